package letter

import (
	"bytes"
	"fmt"
	"slices"
)

// A letter is read once, with all that its conditions hold, and each form is
// taken to be that less what it leaves out. This is so while conditions hold
// whole blocks, as an empty line parts blocks in Markdown. Here is found what
// goes on over empty lines and is cut in two by a condition: the page of some
// form would not be what was read and checked.

// holdForms reports the first place where a form reads otherwise than the
// letter as a whole.
func (p *page) holdForms() {
	for _, r := range p.regions {
		closes := func(h Span) bool { return h.Start == r.span.End }
		if !slices.Contains(p.hidden, r.open) && slices.ContainsFunc(p.hidden, closes) {
			p.problem("condition", trimmed(p.Src, r.open), "this condition begins outside of a table and ends inside", "Put the whole table into it, or only rows.")
			return
		}
	}
	if len(p.Forms) == 1 || !p.spansBlocks() {
		return
	}
	for form := range p.Forms {
		q := &page{Letter: &Letter{Src: p.Src, Body: p.Body, Forms: p.Forms, lines: p.lines, regions: p.regions, stretches: p.stretches}, dict: p.dict}
		q.text, q.hidden = p.inForm(form)
		q.read()
		if at := p.differs(q, form); at >= 0 {
			p.problem("condition", trimmed(p.Src, p.LineAt(at)),
				fmt.Sprintf("%s, this reads otherwise: a condition cuts code, a comment, a list or the target of a link in two", p.When(1<<form)),
				"Let each condition hold whole paragraphs, lists and comments, and write targets where they are linked.")
			return
		}
	}
}

// spansBlocks reports whether a line may belong to something that goes on over
// empty lines: code, HTML, a list item with more than one block, the
// definition of a target.
func (p *page) spansBlocks() bool {
	for line := range bytes.Lines(p.text[p.Body.Start:]) {
		text := bytes.TrimLeft(line, " ")
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		switch c := text[0]; {
		case len(line)-len(text) >= 2, c == '\t', c == '<', c == '`', c == '~', c == '[' && bytes.Contains(text, []byte("]:")):
			return true
		}
	}
	return false
}

// differs tells where a form, read by itself as q, is not what the letter as a
// whole says it is; -1 when it is.
func (p *page) differs(q *page, form int) int {
	i := 0
	for _, b := range p.Blocks {
		if !b.Forms.Has(form) {
			continue
		}
		if i == len(q.Blocks) || q.Blocks[i].Text != b.Text || q.Blocks[i].setAs() != b.setAs() {
			return b.Span().Start
		}
		i++
	}
	if i < len(q.Blocks) {
		return q.Blocks[i].Span().Start
	}
	i = 0
	for _, k := range p.Links {
		if !k.Forms.Has(form) {
			continue
		}
		if i == len(q.Links) || q.Links[i].Target != k.Target {
			return k.Span.Start
		}
		i++
	}
	return -1
}

// setAs is the kind of a block as far as it tells how its words are taken: a
// paragraph of a list item that is left out goes on as one of its own.
func (b *Block) setAs() BlockKind {
	if b.Kind == Item {
		return Paragraph
	}
	return b.Kind
}
