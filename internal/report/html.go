package report

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"bedside/lint"
	"bedside/lint/letter"
)

// A htmlReport is what the page says: what was checked, the result, every
// letter, every rule. How it says so stands in htmlpage.go.
type htmlReport struct {
	Date      htmlDate
	Scope     string   // which letters those are, or "" for all that were chosen
	Languages []string // "English (31 letters)"
	Rules     string   // "rules.toml, version 1"
	InForce   int
	Off       []string // ids of rules that are switched off
	Digest    string
	Baseline  string // what accepts findings
	Summary
	Result string   // in words
	Unread []string // what could not be checked, and why

	Rows   []markup // the letters in the table of letters
	Groups []htmlGroup
}

// writeHTML prints one page that stands alone, to read, to print and to keep.
// The result stands before the letters, so the page is written at the end.
func writeHTML(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	r := &htmlReport{Date: dateOf(o.Date), Digest: p.Digest, InForce: InForce(p), Baseline: o.Baseline, Scope: capital(o.Scope),
		Rules: fmt.Sprintf("%s, version %d", choose(o.Rules == "built-in", "built-in rules", o.Rules), p.Version)}
	languages := map[string]int{}
	var letters []markup
	for res := range results {
		r.Add(res)
		languages[res.Language]++
		l := htmlLetterOf(p, res, len(letters)+1, o)
		letters, r.Rows = append(letters, l.html()), append(r.Rows, l.row())
	}
	if o.Unread != nil {
		r.Unread = o.Unread()
	}
	r.Languages = languagesOf(languages)
	r.Result = choose(r.Summary.Letters == 0, "No letter was checked.", r.verdict(p, Closing{Baseline: o.Baseline}))
	r.Groups, r.Off = htmlGroups(p, o.Rules), offRules(p)
	for _, part := range slices.Concat([]markup{r.top()}, letters, []markup{r.bottom()}) {
		if _, err := io.WriteString(w, string(part)); err != nil {
			return err
		}
	}
	return nil
}

// policy lets the page load nothing and run nothing: only its own style is
// used, known by its digest.
func policy() markup {
	sum := sha256.Sum256([]byte(htmlStyle))
	return "default-src 'none'; style-src 'sha256-" + markup(base64.StdEncoding.EncodeToString(sum[:])) + "'; base-uri 'none'; form-action 'none'"
}

// A htmlDate is a day for programs, "2026-11-22", and for people.
type htmlDate struct{ ISO, Text string }

// dateOf reads a day. What is no day is shown as it is written.
func dateOf(day string) htmlDate {
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		return htmlDate{day, t.Format("January 2, 2006")}
	}
	return htmlDate{"", day}
}

// languagesOf says how many letters there are in each language.
func languagesOf(letters map[string]int) []string {
	var out []string
	for _, tag := range slices.Sorted(maps.Keys(letters)) {
		out = append(out, fmt.Sprintf("%s (%s)", letter.LanguageName(tag), plural(letters[tag], "letter")))
	}
	return out
}

// offRules are those that somebody switched off; what is built in is off where
// nobody asked for it.
func offRules(p *lint.Pack) []string {
	var ids []string
	for _, r := range p.Rules {
		if r.Off && r.Kind != "letter" {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// A htmlGroup is the rules of one kind.
type htmlGroup struct {
	Name, Says string
	Rules      []htmlRule
}

// A htmlRule is a rule with its reason.
type htmlRule struct {
	ID, Says, Why, Bounds, Set string
	State                      htmlState
	Sources                    []htmlSource
}

// A htmlSource is a source, and where it can be read.
type htmlSource struct{ Text, URL string }

func htmlGroups(p *lint.Pack, rules string) []htmlGroup {
	var groups []htmlGroup
	for _, name := range Groups(p) {
		g := htmlGroup{Name: name, Says: capital(groupSays[name])}
		for r := range ofGroup(p, name) {
			g.Rules = append(g.Rules, htmlRule{ID: r.ID, Says: capital(Says(r)) + extent(r), Why: r.Why, Bounds: bounds(r), Set: setIn(r, rules),
				State: ruleState(r), Sources: htmlSources(p, sources(r))})
		}
		groups = append(groups, g)
	}
	return groups
}

// setIn says where a rule is set, as somebody would open it.
func setIn(r *lint.Rule, rules string) string {
	file, line := r.Place()
	switch {
	case file == "":
		return "the program itself"
	case file == "rules.toml" && rules == "built-in":
		file = "built-in rules.toml"
	case file == "rules.toml":
		file = rules
	}
	return fmt.Sprintf("%s, line %d", file, line)
}

// htmlSources spells sources out. One that ends with an address is a link.
func htmlSources(p *lint.Pack, ids []string) []htmlSource {
	var out []htmlSource
	for _, id := range ids {
		text := choose(p.Sources[id] == "", id, p.Sources[id])
		var s htmlSource
		if at := strings.LastIndexByte(text, ' '); strings.HasPrefix(text[at+1:], "https://") {
			text, s.URL = strings.TrimSpace(text[:at+1]), text[at+1:]
		}
		s.Text = text
		out = append(out, s)
	}
	return out
}

// ruleState is what a rule weighs. Colour only repeats what the shape and the
// word say.
func ruleState(r *lint.Rule) htmlState {
	if r.Off {
		return htmlState{"–", "off", "quiet"}
	}
	return severityState(r.Severity)
}

func severityState(s lint.Severity) htmlState {
	switch s {
	case lint.Error:
		return htmlState{"■", s.Words(), "must"}
	case lint.Warning:
		return htmlState{"▲", s.Words(), "should"}
	}
	return htmlState{"●", s.Words(), "consider"}
}
