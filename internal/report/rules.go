package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"bedside/lint"
)

// Says is what a rule asks for, as one phrase: what rules.toml says about it
// with … where the words found stand.
func Says(r *lint.Rule) string {
	says := strings.NewReplacer("%q", "“…”", "%s", "…").Replace(r.Says)
	switch r.Kind {
	case "require":
		return "a letter should " + says
	case "limit":
		if measure, _, _ := r.Limit(); measure != "words" && !strings.HasPrefix(says, "a ") { // those are what is found, not what is counted
			return "a limit on " + says
		}
	}
	return says
}

// weight is the severity of a rule for people.
func weight(r *lint.Rule) string {
	if r.Off {
		return "off"
	}
	return r.Severity.Words()
}

// Groups lists the kinds of rules of a pack, in order.
func Groups(p *lint.Pack) []string {
	var groups []string
	for _, r := range p.Rules {
		if !slices.Contains(groups, r.Kind) {
			groups = append(groups, r.Kind)
		}
	}
	return groups
}

// ofGroup yields the rules of one group, or all for "".
func ofGroup(p *lint.Pack, group string) iter.Seq[*lint.Rule] {
	return func(yield func(*lint.Rule) bool) {
		for _, r := range p.Rules {
			if (group == "" || r.Kind == group) && !yield(r) {
				return
			}
		}
	}
}

var groupSays = map[string]string{
	"require": "what a letter should hold, in every form it can take",
	"ban":     "words that hurt, each with kinder ones",
	"limit":   "how long, how hard, how loud",
	"guard":   "data that must not stand in a letter",
	"promise": "sentences that need a fact of practice.toml",
	"letter":  "faults of the file itself",
}

// Rules lists the rules for the screen, or only those of one group.
func Rules(w io.Writer, p *lint.Pack, group string, o Options) error {
	st, b := style(o.Color), &bytes.Buffer{}
	for _, g := range Groups(p) {
		if group != "" && group != g {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "%s  %s\n", st.paint(bold, g), groupSays[g])
		for r := range ofGroup(p, g) {
			ruleLine(b, r, longestID(p), st, o.width())
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func ruleLine(b *bytes.Buffer, r *lint.Rule, idWidth int, st style, width int) {
	edge := 2 + idWidth + 2 + weightWidth + 2
	lines := wrap(Clean(Says(r)), width-edge, width-edge)
	fmt.Fprintf(b, "  %s  %s  %s\n", pad(r.ID, idWidth), st.paint(colorOf(r.Severity), pad(weight(r), weightWidth)), lines[0])
	for _, line := range lines[1:] {
		fmt.Fprintf(b, "%*s%s\n", edge, "", line)
	}
}

const weightWidth = len("should fix")

func longestID(p *lint.Pack) int {
	n := 0
	for _, r := range p.Rules {
		n = max(n, len(r.ID))
	}
	return n
}

// RuleTable prints the rules, or only those of one group, as a Markdown table,
// for README and for the pages of an office.
func RuleTable(w io.Writer, p *lint.Pack, group string) error {
	var b bytes.Buffer
	b.WriteString("| Rule | Weight | What it looks for | Why |\n| --- | --- | --- | --- |\n")
	for r := range ofGroup(p, group) {
		fmt.Fprintf(&b, "| `%s` | %s%s | %s | %s |\n", r.ID, weight(r), choose(r.Waivable || r.Off, "", ", always"), markdownText(Says(r)), markdownText(r.Why))
	}
	_, err := w.Write(b.Bytes())
	return err
}

type jsonRule struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Severity string   `json:"severity"`
	Off      bool     `json:"off"`
	Waivable bool     `json:"waivable"`
	Says     string   `json:"says"`
	Why      string   `json:"why"`
	Source   []string `json:"source"`
	Phrases  int      `json:"phrases"`
	Hit      []string `json:"hit"`
	OK       []string `json:"ok"`
	Try      []string `json:"try"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
}

// RulesJSON prints the rules, or only those of one group, for programs.
func RulesJSON(w io.Writer, p *lint.Pack, group string) error {
	out := struct {
		Version int               `json:"version"`
		Digest  string            `json:"digest"`
		Rules   []jsonRule        `json:"rules"`
		Sources map[string]string `json:"sources"` // encoding/json sorts the keys
	}{p.Version, p.Digest, []jsonRule{}, p.Sources}
	for r := range ofGroup(p, group) {
		file, line := r.Place()
		j := jsonRule{ID: r.ID, Kind: r.Kind, Severity: r.Severity.String(), Off: r.Off, Waivable: r.Waivable, Says: Says(r), Why: r.Why, Source: list(sources(r)),
			Hit: []string{}, OK: []string{}, Try: []string{}, File: file, Line: line}
		for _, e := range r.Entries {
			j.Phrases += len(e.Find)
			j.Hit, j.OK, j.Try = append(j.Hit, e.Hit...), append(j.OK, e.OK...), append(j.Try, e.Try...)
		}
		out.Rules = append(out.Rules, j)
	}
	return indented(w, out)
}

// indented prints a value for programs that people also read.
func indented(w io.Writer, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Failures prints what a proof of the rules has found wrong. place says where
// an example stands.
func Failures(w io.Writer, failures []lint.Failure, place func(lint.Failure) string) error {
	var b bytes.Buffer
	for _, f := range failures {
		fmt.Fprintf(&b, "%s: %s: %s\n      %s\n", Clean(place(f)), f.Rule.ID, oneLine(f.Message), oneLine(f.Sentence))
	}
	_, err := w.Write(b.Bytes())
	return err
}
