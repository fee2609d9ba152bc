package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// A htmlLetter is what the page says of one letter.
type htmlLetter struct {
	ID, Title, Path string
	Lang            string // of the letter, where it is not English
	Language, Kinds string
	Summary
	Reading  string
	Hardest  []htmlSentence
	Elements []htmlElement
	Findings []htmlFinding
	Waivers  []htmlWaiver
	Approval htmlApproval
}

// A htmlSentence is one of the hardest sentences.
type htmlSentence struct {
	Line               int
	Share, Words, Text string
}

// A htmlElement is something a letter should hold, and its first place; of one
// that is nowhere, Line is 0.
type htmlElement struct {
	Rule, Says string
	State      htmlState
	Line       int
	Text       string
}

// A htmlState is how something stands, as a shape, a word and a colour.
type htmlState struct{ Shape, Word, Class string }

// A htmlWaiver is a waiver as it stands in the letter.
type htmlWaiver struct {
	Rule, Because, By, Covers string
	Line, Stay                int // Stay: findings that may stay because of it
	Until                     htmlDate
}

// A htmlApproval is what somebody signed.
type htmlApproval struct {
	State    htmlState
	By, Note string
	On       htmlDate
}

func htmlLetterOf(p *lint.Pack, res *lint.Result, number int, o Options) *htmlLetter {
	l := &htmlLetter{ID: fmt.Sprintf("letter-%d", number), Title: cmp.Or(oneLine(res.Letter.Meta.Title), res.Path), Path: res.Path,
		Lang: foreign(p, res.Language), Language: letter.LanguageName(res.Language), Kinds: strings.Join(res.Kinds, ", "),
		Reading: reading(res), Waivers: htmlWaivers(res), Approval: approvalOf(res.Approval)}
	l.Add(res)
	adds := choose(res.Readability.Scores.INFLESZ == nil, "adds %.1f to the grade", "takes %.1f points of ease")
	for _, s := range p.HardPlaces(res).Sentences {
		l.Hardest = append(l.Hardest, htmlSentence{res.Letter.Position(s.Span.Start).Line, fmt.Sprintf(adds, s.Share), plural(s.Words, "word"), s.Text})
	}
	for _, e := range res.Elements {
		l.Elements = append(l.Elements, htmlElementOf(p, res, e))
	}
	f := &htmlFindings{page: page{letter: res.Letter, told: map[string]bool{}, gap: -1}, pack: p, res: res, baseline: o.Baseline, lang: l.Lang, first: map[string]int{}}
	for i := range res.Findings {
		l.Findings = append(l.Findings, f.finding(&res.Findings[i]))
	}
	return l
}

// foreign is the language of words that are not English, for the reader of the
// page to be told; "" of one that the pack does not know, which may be no
// language at all.
func foreign(p *lint.Pack, language string) string {
	if language == "en" || !slices.Contains(p.Languages(), language) {
		return ""
	}
	return language
}

// state is whether the letter is ready.
func (l *htmlLetter) state() htmlState {
	if l.Ready == 0 {
		return htmlState{"✗", "Needs work", "must"}
	}
	return htmlState{"✓", "Ready", "good"}
}

// found is how many findings there are of each weight, and how many may stay.
func (l *htmlLetter) found() string { return listed(append(l.weights(), l.left()...)) }

// titleLang is the language of the title: a path has none.
func (l *htmlLetter) titleLang() string { return choose(l.Title == l.Path, "", l.Lang) }

func htmlElementOf(p *lint.Pack, res *lint.Result, e lint.Element) htmlElement {
	id := "require." + e.Name
	out := htmlElement{Rule: id, Says: id}
	if r := p.Rule(id); r != nil {
		out.Says = capital(strings.TrimPrefix(Says(r), "a letter should "))
	}
	at, words := e.Place()
	some := at.End > at.Start
	if some {
		out.Line, out.Text = res.Letter.Position(at.Start).Line, words
	}
	asked := slices.ContainsFunc(res.Findings, func(f lint.Finding) bool { return f.Rule.ID == id })
	switch {
	case e.Present:
		out.State = htmlState{"✓", "Present", "good"}
	case asked:
		out.State = htmlState{"✗", choose(some, "Missing in some forms", "Missing"), "must"}
	default: // not of a letter of this kind
		out.State = htmlState{"–", choose(some, "In some forms, not asked for", "Not asked for"), "quiet"}
	}
	return out
}

func htmlWaivers(res *lint.Result) []htmlWaiver {
	var out []htmlWaiver
	for i := range res.Letter.Waivers {
		w := &res.Letter.Waivers[i]
		out = append(out, htmlWaiver{Rule: w.Rule, Because: w.Because, By: w.By, Until: dateOf(w.Until), Covers: covers(res.Letter, w),
			Line: res.Letter.Position(w.Span.Start).Line, Stay: waivedBy(res, w)})
	}
	return out
}

// covers says which part of a letter a waiver is for.
func covers(l *letter.Letter, w *letter.Waiver) string {
	if w.Covers.Start <= l.Body.Start && w.Covers.End >= l.Body.End {
		return "the whole letter"
	}
	first, last := l.Position(w.Covers.Start).Line, l.Position(max(w.Covers.Start, w.Covers.End-1)).Line
	if first == last {
		return fmt.Sprintf("line %d", first)
	}
	return fmt.Sprintf("lines %d to %d", first, last)
}

func approvalOf(a lint.Approval) htmlApproval {
	out := htmlApproval{By: a.By, Note: a.Note, On: dateOf(a.On), State: htmlState{"–", "Not approved", "quiet"}}
	switch {
	case a.Holds():
		out.State = htmlState{"✓", "Approved", "good"}
	case a.Changed:
		out.State = htmlState{"▲", "Changed since it was approved", "should"}
	}
	return out
}
