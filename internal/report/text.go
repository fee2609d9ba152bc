package report

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"bedside/lint"
	"bedside/lint/letter"
)

// Where things stand on the screen, in columns.
const (
	gutter    = 5                               // a line number
	leftEdge  = gutter + len(" : ")             // source lines begin here
	labelEdge = gutter + 1                      // "why", "try"
	noteEdge  = labelEdge + len("when ")        // what they say
	placeEdge = gutter + len(":123 ")           // weights begin here
	headEdge  = placeEdge + len("should fix  ") // messages begin here
)

// writeText prints the findings of one letter after the other and, when that is
// asked for, when it may be sent and where it is hard to read. Letters of which
// there is nothing to say are not named.
func writeText(w io.Writer, pack *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	first := true
	for res := range results {
		res = withoutAccepted(res)
		var hard lint.HardPlaces
		if o.Verbose {
			hard = pack.HardPlaces(res)
		}
		meta := &res.Letter.Meta
		isHard := len(hard.Sentences)+len(hard.Words) > 0
		isSigned := o.Verbose && res.Approval.By != ""
		mayHold := o.Verbose && len(meta.SendOnlyIf)+len(meta.NeverIf) > 0
		if len(res.Findings) == 0 && !isHard && !mayHold && !isSigned {
			continue
		}
		p := page{style: style(o.Color), width: o.width(), letter: res.Letter, told: map[string]bool{}, gap: -1}
		if !first {
			p.WriteByte('\n')
		}
		first = false
		p.result(res)
		if isSigned {
			p.approval(res.Approval)
		}
		if mayHold {
			p.holds(meta)
		}
		if isHard {
			p.hard(res, hard)
		}
		if _, err := w.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// A page is the text about one letter.
type page struct {
	bytes.Buffer
	style
	width  int
	letter *letter.Letter
	told   map[string]bool // reasons given already: each is given once a letter
	row    *row            // the line that was shown last, and where it is
	rowAt  letter.Span
	gap    int // where the sentence belongs that was missing last; -1 before that
	head   int // where what is said of the letter begins, behind its name
}

// section begins a part of what is said of the letter: an empty line behind
// the part before.
func (p *page) section() {
	if p.Len() > p.head {
		p.WriteByte('\n')
	}
}

func (p *page) result(res *lint.Result) {
	fmt.Fprintln(p, p.paint(bold, Clean(res.Path))+heldTo(res))
	p.head = p.Len()
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Waiver == nil {
			p.section()
			p.finding(f)
		}
	}
	p.waivers(res)
}

// heldTo says what a letter is held to that does not say what it is.
func heldTo(res *lint.Result) string {
	unread := func(pr letter.Problem) bool { return pr.ID == "front-matter" }
	if len(res.Letter.Meta.Kinds) > 0 || len(res.Elements) == 0 || slices.ContainsFunc(res.Letter.Problems, unread) {
		return ""
	}
	return fmt.Sprintf("   held to the rules for “%s” letters, as it names no kinds", strings.Join(res.Kinds, "”, “"))
}

// finding prints what is wrong, where, when, why, and what to write instead.
func (p *page) finding(f *lint.Finding) {
	p.headline(f)
	switch shapeOf(p.letter, f) {
	case missing:
		p.insertion(f)
	case words:
		p.excerpt(f)
	}
	if when := onlyIn(p.letter, f); when != "" {
		p.note("when", when)
	}
	if why := f.Why; why != "" && !p.told[f.Rule.ID+why] {
		p.told[f.Rule.ID+why] = true
		p.note("why", why)
	}
	for i, t := range p.tries(f) {
		p.note(choose(i == 0, "try", "or"), t)
	}
}

// tries is what to write instead, beside what the excerpt shows of it.
func (p *page) tries(f *lint.Finding) []string {
	switch shape := shapeOf(p.letter, f); {
	case shape == missing:
		return p.advice(f.Try[1:])
	case shape == words && f.Rule.Kind == "require" && strings.HasPrefix(f.Text, "{{") && len(f.Try) > 0:
		return append([]string{"Outside the condition, add: " + f.Try[0]}, f.Try[1:]...)
	}
	return f.Try
}

// advice says once a letter what the lines marked + are for.
func (p *page) advice(rest []string) []string {
	const text = "Add the line marked +, or words like it."
	if p.told[text] {
		return rest
	}
	p.told[text] = true
	return append([]string{text}, rest...)
}

// headline is the line with place, weight, message and rule.
func (p *page) headline(f *lint.Finding) {
	p.entry(p.place(f.Span.Start), f.Severity.Words(), colorOf(f.Severity), f.Message, f.Rule.ID)
}

// entry prints a text behind its place and weight, with an aside at the right
// edge of its first line.
func (p *page) entry(place, weight, color, text, aside string) {
	room := p.width - headEdge
	lines := wrap(Clean(text), room-displaywidth.String(aside)-2, room)
	first := fmt.Sprintf("%-*s%s  %s  %s", placeEdge, place, p.paint(color, fmt.Sprintf("%-10s", weight)),
		pad(lines[0], room-displaywidth.String(aside)-2), p.paint(dim, aside))
	fmt.Fprintln(p, strings.TrimRight(first, " "))
	for _, line := range lines[1:] {
		fmt.Fprintf(p, "%*s%s\n", headEdge, "", line)
	}
}

// place is a place of the letter, as it stands before what is said about it.
func (p *page) place(offset int) string {
	at := p.letter.Position(offset)
	return fmt.Sprintf("%*d:%d", gutter, at.Line, at.Column)
}

// note prints one labelled paragraph. Text that has lines of its own keeps
// them, for it is there to be copied.
func (p *page) note(label, text string) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) == 1 {
		lines = wrap(lines[0], p.width-noteEdge, p.width-noteEdge)
	}
	for i, line := range lines {
		if line == "" {
			p.WriteByte('\n')
			continue
		}
		fmt.Fprintf(p, "%*s%s%s\n", labelEdge, "", p.paint(dim, pad(choose(i == 0, label, ""), noteEdge-labelEdge)), Clean(line))
	}
}

// A shape says what can be shown of a finding's place.
type shape int

const (
	whole   shape = iota // it is about the whole letter
	missing              // a sentence belongs there
	words                // these words
)

func shapeOf(l *letter.Letter, f *lint.Finding) shape {
	switch {
	case f.Span.Start == f.Span.End && f.Rule.Kind == "require" && len(f.Try) > 0:
		return missing
	case f.Span.Start == f.Span.End:
		return whole
	case f.Span.Start <= l.Body.Start && f.Span.End >= len(bytes.TrimRight(l.Src, " \t\r\n")):
		return whole
	}
	return words
}

func choose[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

// sources lists the sources behind a rule and its words, each once.
func sources(r *lint.Rule) []string {
	ids := slices.Clone(r.Source)
	for _, e := range r.Entries {
		for _, id := range e.Source {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
