package lint

import (
	"bedside/lint/letter"
	"bedside/lint/readability"
)

// A Severity says how much a finding matters. A letter with an Error is not
// ready.
type Severity uint8

// The severities, in rising order.
const (
	Note    Severity = iota + 1 // consider
	Warning                     // should fix
	Error                       // must fix
)

var severities = []struct{ name, words string }{{"", ""}, {"note", "consider"}, {"warning", "should fix"}, {"error", "must fix"}}

// String is the name that machines read: "note", "warning", "error".
func (s Severity) String() string { return severities[s].name }

// Words is what people read: "consider", "should fix", "must fix".
func (s Severity) Words() string { return severities[s].words }

// UnmarshalText reads a severity from rules.toml.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, known := range severities[1:] {
		if string(text) == known.name {
			*s = Severity(i + 1)
			return nil
		}
	}
	return unknownName("severity", string(text), []string{"error", "warning", "note"})
}

// A Finding is one thing to change in a letter, with its reason.
type Finding struct {
	Rule     *Rule
	Severity Severity
	Span     letter.Span    // bytes of the file; empty where something is missing: there it belongs
	Text     string         // the words as the patient reads them; "" where something is missing
	Message  string         // what is wrong, in a phrase
	Why      string         // why it matters to the patient
	Source   []string       // ids of the sources behind the rule
	Try      []string       // what to write instead; may be empty
	Forms    letter.FormSet // the forms of the letter in which it is so
	Fix      string         // what to put in place of the bytes of Span, where that surely keeps the meaning, or ""
	Waiver   *letter.Waiver // why it may stay, or nil
	Accepted bool           // a baseline knows it, so a run does not fail by it; a check leaves it alone
}

// An Element is something a letter should hold.
type Element struct {
	Name    string // "acknowledgment" of require.acknowledgment
	Present bool   // in every form

	block      *letter.Block // of its first place in any form, or nil
	start, end int
}

// Place is where the element stands first in any form, and the words there.
func (e Element) Place() (at letter.Span, words string) {
	if e.block == nil {
		return letter.Span{}, ""
	}
	return e.block.Source(e.start, e.end), oneLine(e.block.Text[e.start:e.end])
}

// Readability is the score of the letter's hardest form.
type Readability struct {
	readability.Counts
	Scores     readability.Scores
	Coverage   float64 // share of the words that is running text, 0 to 1
	Confidence readability.Confidence
	Forms      letter.FormSet // the hardest form, and those with the same running text
}

// A Result is what a check says about one letter.
type Result struct {
	Path        string
	Letter      *letter.Letter
	Language    string
	Kinds       []string // the kinds it was held to
	Ready       bool     // no finding is an Error, but for those that are waived and letter.approval
	Readability Readability
	Elements    []Element // in the order of rules.toml
	Findings    []Finding // in the order of the file
	Approval    Approval  // as the caller knows it; a check leaves it alone
}

// An Approval is what somebody signed: that this letter, with these rules, may
// be sent. The zero value is a letter that nobody has signed.
type Approval struct {
	By, On, Note string   // who, on which day ("2026-11-22"), and what they said to it
	Changed      bool     // what was signed has changed since
	What         []string // that has: "the letter", "practice.toml: office_phone"
}

// Holds reports whether what was signed is what the letter is now.
func (a Approval) Holds() bool { return a.By != "" && !a.Changed }

// Count returns how many findings have the severity and are not waived.
func (r *Result) Count(s Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s && r.Findings[i].Waiver == nil {
			n++
		}
	}
	return n
}
