package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"bedside/lint"
	"bedside/lint/letter"
)

//go:embed html.tmpl
var htmlTemplate string

//go:embed html.css
var htmlStyle string

// A htmlReport is the page as html.tmpl has it: what was checked, the result,
// every letter, every rule.
type htmlReport struct {
	Policy template.HTMLAttr
	Style  template.CSS
	Title  string

	Date      htmlDate
	Languages []string // "English (31 letters)"
	Rules     string   // "rules.toml, version 1"
	InForce   int
	Off       []string // ids of rules that are switched off
	Digest    string
	Baseline  string // what accepts findings
	Summary
	Result string   // in words
	Unread []string // what could not be checked, and why

	Rows    []htmlRow
	Letters []template.HTML
	Groups  []htmlGroup
}

// A htmlRow is a letter in the table of letters.
type htmlRow struct {
	ID, Title, Lang, Path string
	State                 htmlState
	Found                 string // "2 must fix, 1 to consider, 1 waived"
	Reading               string
	Approval              htmlApproval
}

// writeHTML prints one page that stands alone, to read, to print and to keep.
// The result stands before the letters, so the page is written at the end.
func writeHTML(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	t, err := template.New("page").Funcs(template.FuncMap{"plural": plural}).Parse(htmlTemplate)
	if err != nil {
		return fmt.Errorf("the page of the report: %w", err)
	}
	r := &htmlReport{Policy: policy(), Style: template.CSS(htmlStyle), Date: dateOf(o.Date), Digest: p.Digest, InForce: inForce(p),
		Baseline: o.Baseline, Rules: fmt.Sprintf("%s, version %d", choose(o.Rules == "built-in", "built-in rules", o.Rules), p.Version)}
	var out bytes.Buffer
	languages := map[string]int{}
	for res := range results {
		r.Add(res)
		languages[res.Language]++
		l := htmlLetterOf(p, res, len(r.Rows)+1, o)
		out.Reset()
		if err := t.ExecuteTemplate(&out, "letter", l); err != nil {
			return err
		}
		r.Rows, r.Letters = append(r.Rows, l.row()), append(r.Letters, template.HTML(out.String()))
	}
	if o.Unread != nil {
		r.Unread = o.Unread()
	}
	r.Languages = languagesOf(languages)
	r.Result = choose(r.Summary.Letters == 0, "No letter was checked.", r.verdict(Closing{Baseline: o.Baseline}))
	r.Title = "Letter review: " + strings.TrimSuffix(r.Result, ".")
	r.Groups, r.Off = htmlGroups(p, o.Rules), offRules(p)
	page := bufio.NewWriter(w)
	if err := t.ExecuteTemplate(harmless{page}, "page", r); err != nil {
		return err
	}
	return page.Flush()
}

// policy lets the page load nothing and run nothing: only its own style is
// used, known by its digest.
func policy() template.HTMLAttr {
	sum := sha256.Sum256([]byte(htmlStyle))
	return template.HTMLAttr(fmt.Sprintf(`content="default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"`,
		base64.StdEncoding.EncodeToString(sum[:])))
}

// harmless takes out of a page what acts instead of showing: see isControl.
// What is written has to end between two characters.
type harmless struct{ w io.Writer }

func (h harmless) Write(page []byte) (int, error) {
	_, err := h.w.Write(bytes.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\r':
			return ' '
		case r != '\n' && isControl(r):
			return '\ufffd'
		}
		return r
	}, page))
	return len(page), err
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
