package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"bedside/lint"
)

// explainEdge is where the text of an explanation begins.
const explainEdge = len("  Instead  ")

// Explain prints everything about one rule: what it asks for, why, examples
// with kinder words, its sources and where it is set ("rules.toml:112"; "" is
// the program itself).
func Explain(w io.Writer, p *lint.Pack, r *lint.Rule, place string, o Options) error {
	e := explanation{style: style(o.Color), width: o.width()}
	fmt.Fprintf(&e, "%s   %s\n\n", e.paint(bold, r.ID), e.paint(colorOf(r.Severity), weight(r)))
	e.lead(capital(Says(r)) + extent(r))
	if r.Why != "" {
		e.paragraph("Why", r.Why)
	}
	if bounds := bounds(r); bounds != "" {
		e.paragraph("Bounds", bounds)
	}
	e.examples(r)
	e.fault(faults[r.ID])
	for i, id := range sources(r) {
		e.paragraph(choose(i == 0, "Source", ""), choose(p.Sources[id] == "", id, p.Sources[id]))
	}
	e.paragraph("Waive", waiving(r))
	e.paragraph("Set in", choose(place == "", "the program itself", place))
	_, err := w.Write(e.Bytes())
	return err
}

type explanation struct {
	bytes.Buffer
	style
	width int
}

// extent says how many phrases a rule looks for.
func extent(r *lint.Rule) string {
	n := 0
	for _, entry := range r.Entries {
		n += len(entry.Find)
	}
	if n == 0 {
		return "."
	}
	return fmt.Sprintf(".  (%s)", plural(n, "phrase"))
}

// bounds tells from which values on a limit finds fault, the mildest first.
// The use of a word has none: each is found.
func bounds(r *lint.Rule) string {
	measure, below, all := r.Limit()
	if measure == "" || measure == "words" {
		return ""
	}
	var parts []string
	for _, b := range all {
		from := choose(below, "below ", "above ") + strconv.FormatFloat(b.Value, 'f', -1, 64)
		parts = append(parts, b.Severity.Words()+" "+choose(b.Value == 0 && !below, "any", from))
	}
	return strings.Join(parts, ", ") + "  (measure: " + measure + ")"
}

// examples prints groups of phrases as pairs: a sentence that is found and
// what to write instead; then sentences that are fine.
func (e *explanation) examples(r *lint.Rule) {
	bad, good := e.paint(red, "✗"), e.paint(green, "✓")
	if r.Kind == "require" {
		e.needs(r, good, bad)
		return
	}
	var fine, short []string
	label, more := "Instead", 0
	said, shown := map[string]bool{}, map[string]int{} // by what to write instead, by language
	for _, entry := range r.Entries {
		try := entry.Try
		if len(try) == 0 {
			try = r.Try
		}
		advice := entry.Language + strings.Join(try, "\n")
		switch {
		case len(entry.Hit) > 0 && (said[advice] || shown[entry.Language] == maxPairs):
			more++
		case len(entry.Hit) > 0:
			e.pair(label, bad, shorten(unmark(entry.Hit[0])))
			for _, t := range try {
				e.pair("", good, t)
			}
			label, said[advice] = "", true
			shown[entry.Language]++
		case r.Kind == "ban" && len(entry.Find) > 0 && len(entry.Try) > 0:
			short = append(short, plainPattern(entry.Find[0])+" → "+strings.Join(entry.Try, ", "))
		}
		if len(entry.OK) > 0 && len(fine) < maxFine {
			fine = append(fine, entry.OK[0])
		}
	}
	if more > 0 {
		e.paragraph("", fmt.Sprintf("and %d more: bedside rules %s --format json", more, r.Kind))
	}
	if len(short) > 0 {
		e.paragraph("Shorter", strings.Join(short, " · "))
	}
	for i, s := range fine {
		e.paragraph(choose(i == 0, "Fine", ""), s)
	}
}

// maxPairs is how many pairs of a language are shown, each with its own advice:
// who asks why a rule is there wants to have its reason and its sources on the
// same screen.
const maxPairs = 6

// maxFine is how many sentences that are fine are shown; all of them are in
// rules.toml.
const maxFine = 3

// needs prints what counts as a required element, what does not, and a
// sentence to add.
func (e *explanation) needs(r *lint.Rule, good, bad string) {
	var counts, not, add []string
	for _, entry := range r.Entries {
		for _, hit := range entry.Hit {
			counts = append(counts, unmark(hit))
		}
		not, add = append(not, entry.OK...), append(add, entry.Try...)
	}
	for _, part := range []struct {
		label, sign string
		sentences   []string
	}{{"Counts", good, counts}, {"Doesn't", bad, not}, {"Add", "+", add}} {
		for i, s := range part.sentences {
			e.pair(choose(i == 0, part.label, ""), part.sign, s)
		}
	}
}

// unmark shows the words that an example marks in quotation marks.
func unmark(s string) string { return strings.NewReplacer("<<", "“", ">>", "”").Replace(s) }

// shorten cuts an example that is long because it has to be.
func shorten(s string) string {
	const most = 400 // bytes
	if len(s) <= most+most/4 {
		return s
	}
	return s[:strings.LastIndexByte(s[:most], ' ')+1] + "…"
}

// pair prints one example with its sign.
func (e *explanation) pair(label, sign, text string) {
	room := e.width - explainEdge - 2
	for part := range strings.Lines(text) {
		for _, line := range wrap(Clean(part), room, room) {
			fmt.Fprintln(e, strings.TrimRight(fmt.Sprintf("  %s%s %s", pad(label, explainEdge-2), sign, line), " "))
			label, sign = "", " "
		}
	}
}

// lead prints what the rule or field is about.
func (e *explanation) lead(text string) {
	for _, line := range wrap(Clean(text), e.width-2, e.width-2) {
		fmt.Fprintf(e, "  %s\n", line)
	}
	e.WriteByte('\n')
}

// paragraph prints one part of the explanation beside its label.
func (e *explanation) paragraph(label, text string) {
	room := e.width - explainEdge
	for i, line := range wrap(Clean(text), room, room) {
		fmt.Fprintf(e, "  %s%s\n", pad(choose(i == 0, label, ""), explainEdge-2), line)
	}
}

// capital writes the first letter of a sentence large.
func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
