package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	"bedside/lint"
	"bedside/lint/letter"
)

// Score prints how far rules and labels agree: a table for each language, and
// one for all when there are several.
func Score(w io.Writer, s *lint.Score, o Options) error {
	t := scoreTable{style: style(o.Color), names: len(judgedRightly)}
	for _, r := range slices.Concat(s.All.Rules, s.All.Elements) {
		t.names, t.labels = max(t.names, len(r.Rule.ID)), max(t.labels, len(r.Rule.Label))
	}
	if indent+t.names+t.figures()+gap+t.labels > o.width() {
		t.labels = 0
	}
	for i := range s.Languages {
		t.agreement(letter.LanguageName(s.Languages[i].Language), &s.Languages[i])
	}
	if len(s.Languages) > 1 {
		t.agreement("All", &s.All)
	}
	_, err := w.Write(t.Bytes())
	return err
}

// The lines of a table that are not about one rule.
const (
	allHarsh      = "all harsh words"
	judgedRightly = "letters judged rightly"
	categoryRight = "category right"
)

// How the table of a score is laid out, in columns of the screen.
const (
	indent = 2
	gap    = 2 // between two columns
)

// columns are the figures of a tally. What there are none of is a dash.
var columns = []struct {
	head  string
	width int
	value func(lint.Tally) string
}{
	{"right", len("999 of 999"), func(t lint.Tally) string { return share(t.Right, t.Findings) }},
	{"precision", len("precision"), func(t lint.Tally) string { return figure(t.Precision()) }},
	{"found", len("999 of 999"), func(t lint.Tally) string { return share(t.Found, t.Labelled) }},
	{"recall", len("recall"), func(t lint.Tally) string { return figure(t.Recall()) }},
	{"F1", len("0.00"), func(t lint.Tally) string { return figure(t.F1()) }},
}

const dash = "–"

func share(part, whole int) string {
	if whole == 0 {
		return dash
	}
	return fmt.Sprintf("%d of %d", part, whole)
}

func figure(v *float64) string {
	if v == nil {
		return dash
	}
	return strconv.FormatFloat(round(*v, 100), 'f', 2, 64)
}

// A scoreTable is the text of a score while it is written.
type scoreTable struct {
	bytes.Buffer
	style
	names, labels int // widths of the first column and the last; the last may be left out
}

// figures is the width of the columns between name and label.
func (t *scoreTable) figures() int {
	n := 0
	for _, c := range columns {
		n += gap + c.width
	}
	return n
}

// row prints one line: a name, figures, a label.
func (t *scoreTable) row(name string, figures func(i int) string, label string) {
	line := fmt.Sprintf("%*s%s", indent, "", pad(name, t.names))
	for i, c := range columns {
		line += fmt.Sprintf("%*s", gap+c.width, figures(i))
	}
	if t.labels > 0 && label != "" {
		line += fmt.Sprintf("%*s%s", gap, "", label)
	}
	fmt.Fprintln(t, line)
}

func (t *scoreTable) tally(name string, tally lint.Tally, label string) {
	t.row(name, func(i int) string { return columns[i].value(tally) }, label)
}

// agreement prints the table of one language.
func (t *scoreTable) agreement(name string, a *lint.Agreement) {
	if t.Len() > 0 {
		t.WriteByte('\n')
	}
	fmt.Fprintf(t, "%s   %s\n", t.paint(bold, name), plural(a.Letters, "labelled letter"))
	t.row("", func(i int) string { return columns[i].head }, "label")
	for _, r := range a.Rules {
		t.tally(r.Rule.ID, r.Tally, r.Rule.Label)
	}
	t.tally(allHarsh, a.Phrases.Tally, "")
	if len(a.Elements) > 0 {
		t.WriteByte('\n')
	}
	for _, r := range a.Elements {
		t.tally(r.Rule.ID, r.Tally, r.Rule.Label)
	}
	t.WriteByte('\n')
	t.fact(judgedRightly, "harsh "+share(a.Harsh.Right, a.Harsh.Of)+", compassionate "+share(a.Compassionate.Right, a.Compassionate.Of))
	t.fact(categoryRight, share(a.Categories.Right, a.Categories.Of)+choose(a.Categories.Of > 0, " found phrases", ""))
}

func (t *scoreTable) fact(name, value string) {
	fmt.Fprintf(t, "%*s%s%*s%s\n", indent, "", pad(name, t.names), gap, "", value)
}

// Disagreements prints one line a disagreement, in the shape of the concise
// format, with an empty line between letters.
func Disagreements(w io.Writer, s *lint.Score) error {
	var b bytes.Buffer
	for i := range s.Disagreements {
		d := &s.Disagreements[i]
		if i > 0 && s.Disagreements[i-1].Letter != d.Letter {
			b.WriteByte('\n')
		}
		at := d.Letter.Position(d.Span.Start)
		rule := ""
		if d.Rule != nil {
			rule = " [" + d.Rule.ID + "]"
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s%s\n", Clean(d.Letter.Path), at.Line, at.Column, oneLine(says(d)), rule)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// says tells in what a finding and a label disagree.
func says(d *lint.Disagreement) string {
	words := "“" + d.Text + "”"
	switch d.Kind {
	case lint.Missed:
		return "missed: " + words + " is labelled " + d.Label
	case lint.Wrong:
		return "wrong: " + words + " is not labelled harsh"
	case lint.OtherCategory:
		return "category: " + words + " is labelled " + d.Label + ", not " + d.Rule.Label
	case lint.ElementMissed:
		return "element: " + d.Label + " is labelled true, and is not seen"
	case lint.ElementSeen:
		return "element: " + d.Label + " is labelled false, and is seen in " + words
	}
	if d.Rule == nil {
		return "letter: it is labelled " + d.Label + ", and no ban rule finds anything"
	}
	return "letter: it is labelled " + d.Label + ", and " + words + " is found"
}
