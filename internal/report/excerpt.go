package report

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"bedside/lint"
	"bedside/lint/letter"
)

// maxLines is how many lines of a finding are shown in full; of a longer one
// the first two.
const maxLines = 3

// excerpt shows the source lines of a finding with carets under its words.
func (p *page) excerpt(f *lint.Finding) {
	lines, more := p.shownOf(f.Span)
	p.bar("")
	for i, line := range lines {
		mark := p.markIn(line, f.Span, i > 0)
		color := colorOf(f.Severity)
		if i > 0 && mark.End <= mark.Start {
			color = ""
		}
		p.source(line, mark, color)
	}
	if more > 0 {
		p.bar(fmt.Sprintf("… and %d more lines", more))
	}
}

// shownOf lists the lines of a span that are shown, and how many more it has.
func (p *page) shownOf(s letter.Span) (lines []letter.Span, more int) {
	lines = p.linesOf(s)
	if len(lines) > maxLines {
		return lines[:2], len(lines) - 2
	}
	return lines, 0
}

// markIn is the part of a line that belongs to a span. What Markdown puts
// before a line that goes on is none of the words.
func (p *page) markIn(line, s letter.Span, goesOn bool) letter.Span {
	mark := letter.Span{Start: max(s.Start, line.Start), End: min(s.End, line.End)}
	if goesOn {
		text := p.letter.Text(mark)
		mark.Start += len(text) - len(strings.TrimLeft(text, " \t>"))
	}
	return mark
}

// linesOf lists the lines that a span touches.
func (p *page) linesOf(s letter.Span) []letter.Span {
	var lines []letter.Span
	for at := s.Start; ; {
		line := p.lineAt(at)
		lines = append(lines, line)
		next := bytes.IndexByte(p.letter.Src[line.End:], '\n')
		if next < 0 || line.End+next+1 >= s.End {
			return lines
		}
		at = line.End + next + 1
	}
}

// lineAt is the line of an offset. Most findings stand in the line of the one
// before; its ends are far away when a whole letter is one line.
func (p *page) lineAt(offset int) letter.Span {
	if p.row == nil || offset < p.rowAt.Start || offset > p.rowAt.End {
		return p.letter.LineAt(offset)
	}
	return p.rowAt
}

// insertion shows the lines around the place where a sentence is missing,
// with the sentence between them. Of several that belong to one place only
// the first has the lines around it.
func (p *page) insertion(f *lint.Finding) {
	if p.gap == f.Span.Start {
		p.added(f.Try[0])
		return
	}
	p.gap = f.Span.Start
	before, after := p.around(f.Span.Start)
	p.bar("")
	if before.End > p.letter.Body.Start {
		p.source(before, letter.Span{}, "")
	}
	p.added(f.Try[0])
	if after.End > after.Start {
		p.source(after, letter.Span{}, "")
	}
}

// added prints a sentence to insert.
func (p *page) added(sentence string) {
	room := p.width - leftEdge
	for part := range strings.Lines(sentence) { // a signature has lines of its own
		for i, line := range wrap(Clean(part), room, room) {
			sign := choose(i == 0, "+", " ")
			text := fmt.Sprintf("%*s%s %s", gutter+1, "", p.paint(green, sign), p.paint(green, line))
			fmt.Fprintln(p, strings.TrimRight(text, " "))
		}
	}
}

// around finds the nearest lines with text before and after a place.
func (p *page) around(offset int) (before, after letter.Span) {
	src := p.letter.Src
	line := p.letter.LineAt(offset)
	if offset > line.Start || offset == len(src) {
		before = line // the sentence belongs after this line
	} else {
		after = line
	}
	for at := line.Start; blank(src, before) && at > 0; at = before.Start {
		before = p.letter.LineAt(at - 1)
	}
	for at := line.End; blank(src, after); at = after.End {
		n := bytes.IndexByte(src[at:], '\n')
		if n < 0 {
			return before, letter.Span{}
		}
		after = p.letter.LineAt(at + n + 1)
	}
	return before, after
}

func blank(src []byte, s letter.Span) bool { return len(bytes.TrimSpace(src[s.Start:s.End])) == 0 }

// bar prints the edge of the source, with a remark or without.
func (p *page) bar(remark string) {
	fmt.Fprintln(p, strings.TrimRight(fmt.Sprintf("%*s %s %s", gutter, "", p.paint(dim, "│"), remark), " "))
}

// source prints one line of the file and carets under the marked part of it,
// or at least one; no colour means no carets. Both are cut to the width of the
// screen, around the mark.
func (p *page) source(line, mark letter.Span, color string) {
	r := p.rowFor(line)
	from, to := r.marked(mark.Start-line.Start, mark.End-line.Start)
	first, last := r.window(from, to, p.width-leftEdge)
	var text strings.Builder
	if first > 0 {
		text.WriteString("…")
	}
	text.WriteString(r.between(first, last))
	if last < r.cells() {
		text.WriteString("…")
	}
	number := fmt.Sprintf("%*d", gutter, p.letter.Position(line.Start).Line)
	fmt.Fprintf(p, "%s %s %s\n", p.paint(dim, number), p.paint(dim, "│"), strings.TrimRight(text.String(), " "))
	if color == "" {
		return
	}
	indent := r.width(first, from)
	if first > 0 {
		indent++
	}
	carets := max(1, r.width(from, min(to, last)))
	p.bar(strings.Repeat(" ", indent) + p.paint(color, strings.Repeat("^", carets)))
}

// rowFor is a line in cells. The line that was shown last is kept.
func (p *page) rowFor(line letter.Span) *row {
	if p.row == nil || p.rowAt != line {
		p.row, p.rowAt = rowOf(p.letter.Src[line.Start:line.End]), line
	}
	return p.row
}

// A row is one line of the file in cells; a cell is what one user sees as one
// sign. Lines can be long and full of findings, so a line is divided once and
// what is asked of it takes no longer at its end than at its start.
type row struct {
	line []byte
	ends []edge // where each cell begins; the last is the end of the line
}

// An edge stands before a cell: so many bytes and columns of the line.
type edge struct{ offset, column int }

const (
	tabStop = 4
	maxCell = 128 // bytes: more marks on one letter than any language has are no text
)

// rowOf divides a line into cells.
func rowOf(line []byte) *row {
	r := &row{line, make([]edge, 1, len(line)+1)}
	var at edge
	cell := func(sign []byte, width int) {
		at = edge{at.offset + len(sign), at.column + cellWidth(sign, width, at.column)}
		r.ends = append(r.ends, at)
	}
	for g := displaywidth.BytesGraphemes(line); g.Next(); {
		sign := g.Value()
		if utf8.Valid(sign) {
			cell(sign, g.Width())
			continue
		}
		for len(sign) > 0 { // a bad byte takes the signs beside it into its cell
			_, n := utf8.DecodeRune(sign)
			cell(sign[:n], displaywidth.Bytes(sign[:n]))
			sign = sign[n:]
		}
	}
	return r
}

// cellWidth is the width of a sign that begins at a column.
func cellWidth(sign []byte, width, column int) int {
	switch {
	case len(sign) == 1 && sign[0] == '\t':
		return tabStop - column%tabStop
	case !printable(sign):
		return 1
	}
	return max(1, width) // a soft hyphen, a zero-width space: shown, for it may be the trouble
}

// printable reports whether a sign can be printed as it is.
func printable(sign []byte) bool {
	return len(sign) <= maxCell && utf8.Valid(sign) && !bytes.ContainsFunc(sign, isControl)
}

// text is the i-th cell on the screen. Tabs become spaces; what acts on a
// screen becomes a replacement sign.
func (r *row) text(i int) string {
	sign := r.line[r.ends[i].offset:r.ends[i+1].offset]
	switch {
	case len(sign) == 1 && sign[0] == '\t':
		return strings.Repeat(" ", r.width(i, i+1))
	case !printable(sign):
		return "\ufffd"
	case displaywidth.Bytes(sign) == 0:
		return "·"
	}
	return string(sign)
}

// between is the cells [from, to) on the screen.
func (r *row) between(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(r.text(i))
	}
	return b.String()
}

func (r *row) cells() int { return len(r.ends) - 1 }

// width is that of the cells [from, to).
func (r *row) width(from, to int) int { return r.ends[to].column - r.ends[from].column }

// marked finds the cells [from, to) that hold the bytes [start, end) of the
// line; at least one where the line has one there.
func (r *row) marked(start, end int) (from, to int) {
	from = sort.Search(r.cells(), func(i int) bool { return r.ends[i+1].offset > start })
	to = sort.Search(r.cells(), func(i int) bool { return r.ends[i].offset >= end })
	return from, max(from, to)
}

// window chooses the cells to show when a line is wider than the screen: the
// marked ones with as much as fits on either side.
func (r *row) window(from, to, width int) (first, last int) {
	n := r.cells()
	if r.width(0, n) <= width {
		return 0, n
	}
	first, last = from, from
	room := width - 2 // a sign for what is cut on either side
	for ; last < to && room >= r.width(last, last+1); last++ {
		room -= r.width(last, last+1)
	}
	for left := room / 2; first > 0 && left >= r.width(first-1, first); first-- {
		left -= r.width(first-1, first)
		room -= r.width(first-1, first)
	}
	for ; last < n && room >= r.width(last, last+1); last++ {
		room -= r.width(last, last+1)
	}
	for ; first > 0 && room >= r.width(first-1, first); first-- {
		room -= r.width(first-1, first)
	}
	return first, last
}
