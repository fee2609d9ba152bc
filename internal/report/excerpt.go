package report

import (
	"bytes"
	"fmt"
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
	lines := p.linesOf(f.Span)
	more := 0
	if len(lines) > maxLines {
		more, lines = len(lines)-2, lines[:2]
	}
	p.bar("")
	for i, line := range lines {
		mark := letter.Span{Start: max(f.Span.Start, line.Start), End: min(f.Span.End, line.End)}
		if i > 0 { // what Markdown puts before a line that goes on is none of the words
			text := p.letter.Text(mark)
			mark.Start += len(text) - len(strings.TrimLeft(text, " \t>"))
		}
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

// linesOf lists the lines that a span touches.
func (p *page) linesOf(s letter.Span) []letter.Span {
	var lines []letter.Span
	for at := s.Start; ; {
		line := p.letter.LineAt(at)
		lines = append(lines, line)
		next := bytes.IndexByte(p.letter.Src[line.End:], '\n')
		if next < 0 || line.End+next+1 >= s.End {
			return lines
		}
		at = line.End + next + 1
	}
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
		for i, line := range wrap(clean(part), room, room) {
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
	cells := cellsOf(p.letter.Src[line.Start:line.End])
	from, to := markedCells(cells, mark.Start-line.Start, mark.End-line.Start)
	first, last := window(cells, from, to, p.width-leftEdge)
	var text strings.Builder
	if first > 0 {
		text.WriteString("…")
	}
	for _, c := range cells[first:last] {
		text.WriteString(c.text)
	}
	if last < len(cells) {
		text.WriteString("…")
	}
	number := fmt.Sprintf("%*d", gutter, p.letter.Position(line.Start).Line)
	fmt.Fprintf(p, "%s %s %s\n", p.paint(dim, number), p.paint(dim, "│"), strings.TrimRight(text.String(), " "))
	if color == "" {
		return
	}
	indent := widthOf(cells[first:from])
	if first > 0 {
		indent++
	}
	carets := max(1, widthOf(cells[from:min(to, last)]))
	p.bar(strings.Repeat(" ", indent) + p.paint(color, strings.Repeat("^", carets)))
}

// A cell is what one user sees as one sign: its text on the screen, its
// columns, and its bytes of the line.
type cell struct {
	text       string
	width      int
	start, end int
}

const tabStop = 4

// cellsOf divides a line into cells. Tabs become spaces; what acts on a
// screen becomes a replacement sign.
func cellsOf(line []byte) []cell {
	cells := make([]cell, 0, len(line))
	column, offset := 0, 0
	g := displaywidth.BytesGraphemes(line)
	for g.Next() {
		c := cell{text: string(g.Value()), width: g.Width(), start: offset, end: offset + len(g.Value())}
		switch {
		case c.text == "\t":
			c.width = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.width)
		case !utf8.ValidString(c.text) || strings.ContainsFunc(c.text, isControl):
			c.text, c.width = "\ufffd", 1
		case c.width == 0: // a soft hyphen, a zero-width space: shown, for it may be the trouble
			c.text, c.width = "·", 1
		}
		cells = append(cells, c)
		column, offset = column+c.width, c.end
	}
	return cells
}

// markedCells finds the cells [from, to) that hold the bytes [start, end) of
// the line; at least one where the line has one there.
func markedCells(cells []cell, start, end int) (from, to int) {
	for from < len(cells) && cells[from].end <= start {
		from++
	}
	for to = from; to < len(cells) && cells[to].start < end; to++ {
	}
	return from, to
}

func widthOf(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// window chooses the cells to show when a line is wider than the screen: the
// marked ones with as much as fits on either side.
func window(cells []cell, from, to, width int) (first, last int) {
	if widthOf(cells) <= width {
		return 0, len(cells)
	}
	first, last = from, from
	room := width - 2 // a sign for what is cut on either side
	for ; last < to && room >= cells[last].width; last++ {
		room -= cells[last].width
	}
	for left := room / 2; first > 0 && left >= cells[first-1].width; first-- {
		left -= cells[first-1].width
		room -= cells[first-1].width
	}
	for ; last < len(cells) && room >= cells[last].width; last++ {
		room -= cells[last].width
	}
	for ; first > 0 && room >= cells[first-1].width; first-- {
		room -= cells[first-1].width
	}
	return first, last
}
