package lint

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
)

// kinds are the kinds of rules, each with the shape of its table. A new kind
// is one file with such a table, and one line here.
var kinds = []struct {
	name  string
	table func() table
	rules func(*rulesFile) map[string]toml.Primitive
}{
	{"require", func() table { return &requireTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Require }},
	{"ban", func() table { return &banTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Ban }},
	{"limit", func() table { return &limitTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Limit }},
	{"guard", func() table { return &guardTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Guard }},
	{"promise", func() table { return &promiseTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Promise }},
}

// newTable is an empty table for the rule of that id, nil when it names no kind
// of rule.
func newTable(id string) table {
	for _, k := range kinds {
		if strings.HasPrefix(id, k.name+".") {
			return k.table()
		}
	}
	return nil
}

// A table is one rule as rules.toml writes it.
type table interface {
	keys() *common
	// decode lays the table of a file over what is there.
	decode(into func(v any) error) error
	// compile turns the table into the rule's entries and its check. Faults
	// are a keyError or plain.
	compile(r *Rule, p *Pack) (check, error)
}

// common are the keys that every rule has.
type common struct {
	Severity   Severity `toml:"severity"`
	Says       string   `toml:"says"`
	Why        string   `toml:"why"`
	Source     []string `toml:"source"`
	OnlyKinds  []string `toml:"only_kinds"`
	AllowKinds []string `toml:"allow_kinds"`
	Off        bool     `toml:"off"`
	Waivable   *bool    `toml:"waivable"` // nil: it is
}

func (c *common) keys() *common { return c }

// missing names a key that every rule needs and this one does not have. The
// severity of a limit is told by its bounds.
func (c *common) missing(kind string) string {
	switch {
	case c.Severity == 0 && kind != "limit":
		return "severity"
	case c.Says == "":
		return "says"
	case c.Why == "":
		return "why"
	case len(c.Source) == 0:
		return "source"
	}
	return ""
}

// byLanguage are lists by language: find.en = [...].
type byLanguage map[string][]string

// inVain is the fault of a list in a language that a rule has no words in:
// nothing would ever look at it.
func inVain(wordsKey string, words byLanguage, key string, lists byLanguage) error {
	for _, lang := range sortedKeys(lists) {
		if len(words[lang]) == 0 {
			return &keyError{[]string{key, lang}, 0, "", fmt.Sprintf("%s.%s is of no use without %s.%s, the words that are looked for", key, lang, wordsKey, lang)}
		}
	}
	return nil
}

// A keyError is a fault in one key of a rule's table; the n-th of an array of
// tables, when there are several.
type keyError struct {
	key     []string
	n       int
	text    string // the part of the value that is wrong, or ""
	message string
}

func (e *keyError) Error() string { return e.message }

// rulePath is where a rule stands in rules.toml.
func rulePath(id string) []string {
	kind, name, _ := strings.Cut(id, ".")
	return []string{kind, name}
}
