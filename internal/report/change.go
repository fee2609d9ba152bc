package report

import (
	"fmt"
	"io"
	"strings"

	"bedside/internal/change"
	"bedside/lint"
)

// A Comparison is a letter now and as it was.
type Comparison struct {
	Path  string
	Since string // "since Ana Ruiz approved it on 2026-11-22"
	*change.Difference
	Otherwise []string // what else has changed since, beside the letter
	Set       bool     // no words, but how they are set
}

// Changes prints what has changed in a letter, sentence by sentence, for the
// screen.
func Changes(w io.Writer, c Comparison, o Options) error {
	p := page{style: style(o.Color), width: o.width()}
	fmt.Fprintln(&p, p.paint(bold, Clean(c.Path))+"   "+Clean(c.Since))
	p.head = p.Len()
	for i := range c.Difference.Changes {
		p.section()
		p.change(&c.Difference.Changes[i])
	}
	if len(c.Brings)+len(c.Ends)+len(c.Lost)+len(c.Won) > 0 {
		p.section()
		fmt.Fprintln(&p, "  In the letter as a whole")
		p.touched(c.Ends, c.Brings)
		p.aspect("lost", strings.Join(c.Lost, ", "), p.plain)
		p.aspect("won", strings.Join(c.Won, ", "), p.plain)
	}
	if c.Set {
		p.section()
		fmt.Fprintln(&p, "  No words have changed, but how they are set: emphasis, the shape of a table, where lines break.")
	}
	if len(c.Otherwise) > 0 {
		p.section()
		fmt.Fprintf(&p, "  Beside the letter: %s\n", Clean(strings.Join(c.Otherwise, "; ")))
	}
	if p.Len() == p.head {
		fmt.Fprintln(&p, "  Nothing has changed that a patient could read.")
	}
	_, err := w.Write(p.Bytes())
	return err
}

// aspectEdge is where what is said of a change begins.
const aspectEdge = gutter + 2 + len("brings ") + 1

// aspect prints one labelled paragraph of a change.
func (p *page) aspect(label, text string, paint func(string) string) {
	if text == "" {
		return
	}
	for i, line := range wrap(Clean(text), p.width-aspectEdge, p.width-aspectEdge) {
		fmt.Fprintf(p, "%*s%s%s\n", gutter+2, "", p.paint(dim, pad(choose(i == 0, label, ""), aspectEdge-gutter-2)), paint(line))
	}
}

func (p *page) plain(s string) string  { return s }
func (p *page) asGone(s string) string { return p.paint(red, s) }
func (p *page) asNew(s string) string  { return p.paint(green, s) }

// change prints a sentence that is not what it was.
func (p *page) change(c *change.Change) {
	here := c.After
	if here == nil {
		here = c.Before
	}
	start := p.Len()
	switch {
	case c.Before == nil:
		p.aspect("new", c.After.Text, p.asNew)
	case c.After == nil:
		p.aspect("gone", c.Before.Text, p.asGone)
	case c.Before.Text == c.After.Text:
		p.aspect("same", c.After.Text, p.plain)
	default:
		before, after := c.Marked()
		p.aspect("was", before, p.asGone)
		p.aspect("now", after, p.asNew)
	}
	copy(p.Bytes()[start:], fmt.Sprintf("%*d", gutter, here.Line))
	p.aspect("where", placeOf(c), p.plain)
	p.touched(c.Ends, c.Brings)
}

// placeOf says what a sentence is and in which forms it stands, and what it
// was where that has changed. A plain sentence of every form is not described.
func placeOf(c *change.Change) string {
	before, after := "", ""
	if c.Before != nil {
		before = described(c.Before)
	}
	if c.After != nil {
		after = described(c.After)
	}
	switch {
	case c.Before == nil || before == after:
		return after
	case c.After == nil:
		return before
	}
	return orPlain(after) + "; it was " + orPlain(before)
}

func described(s *change.Sentence) string {
	parts := []string{}
	if s.What != "" {
		parts = append(parts, s.What)
	}
	if s.When != "" {
		parts = append(parts, "only "+s.When)
	}
	return strings.Join(parts, ", ")
}

func orPlain(described string) string {
	if described == "" {
		return "a sentence of every form"
	}
	return described
}

// touched prints the findings that go and come with a change.
func (p *page) touched(ends, brings []*lint.Finding) {
	for _, group := range []struct {
		label    string
		findings []*lint.Finding
	}{{"ends", ends}, {"brings", brings}} {
		for _, f := range group.findings {
			waived := ""
			if f.Waiver != nil {
				waived = ", waived"
			}
			p.aspect(group.label, fmt.Sprintf("%s%s: %s [%s]", f.Severity.Words(), waived, f.Message, f.Rule.ID), p.plain)
		}
	}
}

// CountChanges tells how many sentences have changed: "1 changed, 2 new".
func CountChanges(d *change.Difference) string {
	var changed, came, gone int
	for _, c := range d.Changes {
		switch {
		case c.Before == nil:
			came++
		case c.After == nil:
			gone++
		default:
			changed++
		}
	}
	return fmt.Sprintf("%d changed, %d new, %d gone", changed, came, gone)
}
