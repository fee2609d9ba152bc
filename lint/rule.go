package lint

import (
	"fmt"
	"slices"
	"strings"

	"bedside/internal/nearest"
	"bedside/internal/strict"
	"bedside/lint/letter"
)

// A Rule is one table of rules.toml, or one of the built-in letter.* rules.
type Rule struct {
	ID       string // the path of its table: "ban.threat"
	Kind     string // "require", "ban", "limit", "guard", "promise", "letter"
	Severity Severity
	Says     string   // what the rule is about, see rules.toml
	Why      string   // why it matters
	Source   []string // ids of Pack.Sources
	Label    string   // what labels of letters call what it looks for: "threat", "due_date"
	Entries  []*Entry // its words, each with its proof
	Try      []string // what to write instead, for rules whose words have no advice of their own
	Off      bool     // switched off by the pack
	Waivable bool     // a letter may break it for a reason, see letter.Waiver

	file        *strict.File
	only, allow []string // letter kinds
	index       int      // in Pack.Rules
	check       check
	element     *element // of a require rule
	limit       *limitTable
	wording     bool // it looks for words and offers better ones
}

// Place tells where the rule is set: the file and the line of its table, ""
// and 0 for a built-in rule.
func (r *Rule) Place() (file string, line int) {
	if r.file == nil {
		return "", 0
	}
	line, _ = r.file.Errorf(rulePath(r.ID), "").Line()
	return r.file.Name, line
}

// harsh reports whether the rule looks for harsh words, as labels mark them.
func (r *Rule) harsh() bool { return r.Kind == "ban" || r.ID == "limit.shouting" }

// labelOf is what labels call a rule that does not say it: the last part of
// its id, "due_date" of require.due-date.
func labelOf(id string) string {
	_, name, _ := strings.Cut(id, ".")
	return strings.ReplaceAll(name, "-", "_")
}

// An Entry is one group of phrases of a rule with what to write instead and
// the sentences that prove it.
type Entry struct {
	Language string // "" is every language
	Find     []string
	Except   []string
	Try      []string
	Why      string // "" means the rule's
	Source   []string
	Severity Severity // 0 means the rule's
	Hit      []string // sentences it finds; << >> stand around the words found
	OK       []string // sentences it leaves alone

	key                 []string // of its words in the rule's table: find, any.en, phrase.find …
	n                   int      // … in the n-th of the tables that have it
	only, allow         []string
	sender              string
	negatable, personal bool
	matchCase           bool
	once, defined       bool
	yields              bool
	off, swap           bool
	fix                 string // of a swap: what fits wherever its words do, or ""
	void                bool   // of a require rule: a sentence with these words counts for nothing
	proofIn             int    // of a guard that does not look at the page: its proofs are titles (inTitle) or file names (inFile)
}

// beside is the key of the same name as that of the entry's words: hit.en
// beside find.en, phrase.hit beside phrase.find.
func (e *Entry) beside(name string) []string {
	key := slices.Clone(e.key)
	for i := range key {
		if slices.Contains([]string{"find", "any", "void", "hit"}, key[i]) {
			key[i] = name
		}
	}
	return key
}

// check looks at one reading of a letter and tells what it finds. It can set
// neither rule nor severity above what the rule's table gives.
type check func(r *reading, found func(Match))

// A Match is what a check finds.
type Match struct {
	Severity Severity // 0 means the rule's
	Span     letter.Span
	Text     string
	Message  string
	Why      string   // "" means the rule's
	Source   []string // nil means the rule's
	Try      []string
	Forms    letter.FormSet
	Fix      string // see Finding.Fix
}

// appliesTo reports whether a rule or entry limited to some kinds and closed
// to others applies to a letter of the given kinds.
func appliesTo(kinds, only, allow []string) bool {
	if len(only)+len(allow) == 0 {
		return true
	}
	is := func(k string) bool { return slices.Contains(kinds, k) }
	return (len(only) == 0 || slices.ContainsFunc(only, is)) && !slices.ContainsFunc(allow, is)
}

// unknownName is the error for a name that is not one of the known ones.
func unknownName(what, name string, known []string) error {
	hint := nearest.Hint(name, known)
	if hint == "" && len(known) <= 10 {
		hint = ": " + strings.Join(known, ", ")
	}
	return fmt.Errorf("“%s” is not a %s%s", name, what, hint)
}
