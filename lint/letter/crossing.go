package letter

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/yuin/goldmark/ast"
)

// A letter is read once, with all that stands under its conditions. So a list
// item, a table, code and a comment must have begun in every form in which
// they go on: where the beginning is left out, the rest would be printed as
// something else, which nobody has checked.

// A holder is what blocks are part of.
type holder struct {
	what  string
	start int
}

// within reads the blocks that are part of a node.
func (p *page) within(n ast.Node, what string) {
	around := p.holder
	p.holder = holder{what, n.Pos()}
	p.children(n)
	p.holder = around
}

// held reports a block that is part of something that has not begun in all of
// the block's forms.
func (p *page) held(n ast.Node) {
	if h := p.holder; h.what != "" && p.FormsAt(n.Pos())&^p.FormsAt(h.start) != 0 {
		p.crossed(h.what, h.start)
	}
}

// whole reports code or a comment of which a line, or the end, stands where it
// has not begun, or that does not end in a form in which it begins.
func (p *page) whole(n ast.Node, what string, end int) {
	begun := p.FormsAt(n.Pos())
	crossed := p.FormsAt(end) != begun
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		crossed = crossed || p.FormsAt(line.Start)&^begun != 0 && len(bytes.TrimSpace(line.Value(p.text))) > 0
	}
	switch {
	case !crossed:
	case p.regionAt(n.Pos()) != nil:
		p.crossed(what, n.Pos())
	default:
		p.crossed(what, end)
	}
}

// parted reports what stands under a condition where only that parts a list from
// indented code: without it the code would be part of the list, and words.
func (p *page) parted(n ast.Node) {
	rest := p.FormsAt(n.Pos())
	for before := n.PreviousSibling(); before != nil && rest != 0; before = before.PreviousSibling() {
		if _, list := before.(*ast.List); list && before != n.PreviousSibling() {
			p.crossed("list", n.PreviousSibling().Pos())
			return
		}
		rest &^= p.FormsAt(before.Pos())
	}
}

// referred reports a reference that is used where it may not be there: then its
// brackets would be printed.
func (p *page) referred(use ast.Node, dest []byte) {
	if offset, ok := p.offsetOf(dest); ok && p.FormsAt(use.Pos())&^p.FormsAt(offset) != 0 {
		p.crossed("reference", offset)
	}
}

// crossed reports the condition around an offset, once.
func (p *page) crossed(what string, offset int) {
	open, _ := p.Condition(offset)
	if slices.Contains(p.told, open.Start) {
		return
	}
	p.told = append(p.told, open.Start)
	p.problem("condition", trimmed(p.Src, open), fmt.Sprintf("this condition parts a %s from what belongs to it", what),
		"Let it begin and end between the same condition lines, or outside of all conditions.")
}
