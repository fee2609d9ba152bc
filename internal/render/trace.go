package render

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// trace appends the value with the name of its field. What is missing leaves
// an empty place: whoever looks at the page can see where, and fill it.
func (h *hole) trace(dst []byte, r Record, language string) ([]byte, error) {
	missing := !r.Has(h.field) && h.typ != "bool"
	switch {
	case missing && (h.context == inText || h.context == inList):
		return appendTraced(dst, h.field, ""), nil
	case missing:
		return dst, nil
	case h.context != inText:
		return h.fill(dst, r, language)
	}
	text, err := h.fill(nil, r, language)
	return append(append(append(dst, `<span data-field="`+h.field+`">`...), text...), "</span>"...), err
}

// appendTraced appends text as the value of a field.
func appendTraced(dst []byte, field, text string) []byte {
	return append(appendEscaped(append(dst, `<span data-field="`+field+`">`...), text), "</span>"...)
}

// text writes text as goldmark does, the parts of it that are marked with
// their marks.
func (n *nodes) text(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	t := node.(*ast.Text)
	write := html.DefaultWriter.Write
	if t.IsRaw() {
		write = html.DefaultWriter.RawWrite
	}
	n.marked(w, t.Segment.Start, t.Segment.Stop, false, func(from, to int) { write(w, src[from:to]) })
	switch {
	case t.IsRaw():
	case t.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case t.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// marked writes the bytes [start, stop) of the file in pieces, each with the
// marks that it is part of; a whole is never cut. A mark without length, the
// place of what is missing, stands before the first words behind it.
func (n *nodes) marked(w util.BufWriter, start, stop int, whole bool, write func(from, to int)) {
	for i, m := range n.marks {
		if m.Start == m.End && m.Start >= n.anchored && m.Start < stop {
			_, _ = w.WriteString(`<span data-mark="` + strconv.Itoa(i) + `"></span>`)
		}
	}
	n.anchored = max(n.anchored, stop)
	for at := start; at < stop; {
		next := stop
		var in []string
		for i, m := range n.marks {
			switch {
			case m.Start <= at && at < m.End, whole && m.Start < stop && at < m.End:
				in = append(in, strconv.Itoa(i))
				next = min(next, m.End)
			case at < m.Start:
				next = min(next, m.Start)
			}
		}
		if whole {
			next = stop
		}
		if in != nil {
			_, _ = w.WriteString(`<span data-mark="` + strings.Join(in, " ") + `">`)
		}
		write(at, next)
		if in != nil {
			_, _ = w.WriteString("</span>")
		}
		at = next
	}
}
