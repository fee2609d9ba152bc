package letter

import (
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"

	"bedside/lint/readability"
)

// A BlockKind says what a block is on the page.
type BlockKind uint8

// The kinds of blocks.
const (
	Paragraph BlockKind = iota
	Item                // a paragraph that is a list item
	Heading
	Cell     // of a table
	Code     // a code block
	Title    // the title of a link: seen when the pointer rests on it
	ListData // a list field alone: it writes its own table
)

// A Block is one run of prose: what the patient reads, with a map back to the
// bytes that wrote it.
type Block struct {
	Kind      BlockKind
	Header    bool   // a cell of the head of a table
	Level     int32  // of a heading, 1 to 6; of a cell its column, from 1
	Text      string // the words; the end of a line of the file is '\n', a line break on the page HardBreak
	Marks     []Mark // sorted, disjoint ranges of Text that are not the letter's own words
	Sentences []readability.Span
	Forms     FormSet // the forms in which it is printed
	mayBlank  bool    // it has more than bare words and fields
	runs      []run
}

// HardBreak is how prose writes a line break that is seen on the page (an
// address has them), as against the end of a line in the file, which is white
// space. It is U+2028, LINE SEPARATOR.
const HardBreak = "\u2028"

// A MarkKind says what a mark marks.
type MarkKind uint8

// The kinds of marks.
const (
	MarkField MarkKind = iota // a merge field, read as its example value
	MarkBlank                 // a blank left by another tool
	MarkCode                  // a code span: quoted, not said
)

// A Mark is a range of a block's text that stands for something else. Type is
// that of the field it is or probably means.
type Mark struct {
	Start, End int
	Kind       MarkKind
	Name       string // of the field, "" when not known
	Type       Type
}

// A run maps a stretch of prose, which ends where the next run begins, to the
// bytes [start, end) of the file. In a verbatim run they are the same bytes;
// otherwise the bytes stand for the prose as a whole. Letters have many runs, so
// they are small: no letter is longer than MaxSize.
type run struct {
	prose      int32
	start, end int32
	verbatim   bool
}

// Source maps a range of the block's text, in bytes, to the bytes of the file
// that wrote it, first to last. An empty range maps to an empty span.
func (b *Block) Source(start, end int) Span {
	if len(b.runs) == 0 {
		return Span{}
	}
	first := b.runAt(start)
	s := Span{Start: int(first.start), End: int(first.start)}
	if first.verbatim {
		s.Start += start - int(first.prose)
		s.End = s.Start
	}
	if end > start {
		last := b.runAt(end - 1)
		s.End = int(last.end)
		if last.verbatim {
			s.End = int(last.start) + end - int(last.prose)
		}
	}
	return s
}

// Span covers the whole block in the file.
func (b *Block) Span() Span { return b.Source(0, len(b.Text)) }

// Words is the range of the block's text that bytes of the file write: Source
// the other way round.
func (b *Block) Words(s Span) (start, end int) {
	after := func(at int) int {
		return sort.Search(len(b.Text), func(i int) bool { return b.Source(i, i+1).Start >= at })
	}
	return after(s.Start), after(s.End)
}

// Flat reports whether a range of the text is written by just its own bytes,
// so that it can be replaced without touching marks of emphasis or links.
func (b *Block) Flat(start, end int) bool {
	first := b.runAt(start)
	return first.verbatim && end > start && b.runAt(end-1) == first
}

// Marked reports whether a range of the text touches a mark.
func (b *Block) Marked(start, end int) bool { return overlaps(b.Marks, start, end) }

func (b *Block) runAt(offset int) run {
	i := sort.Search(len(b.runs), func(i int) bool { return int(b.runs[i].prose) > offset })
	return b.runs[max(0, i-1)]
}

// Fields appends the ranges of Text that are fields or blanks, in the form
// that readability takes.
func (b *Block) Fields(spans []readability.Span) []readability.Span {
	for _, m := range b.Marks {
		if m.Kind != MarkCode {
			spans = append(spans, readability.Span{Start: m.Start, End: m.End})
		}
	}
	return spans
}

// A writer builds the text, the runs and the marks of the blocks of a letter,
// one after the other, each in one piece of memory that they share.
type writer struct {
	all   strings.Builder // the text of all blocks
	runs  []run
	marks []Mark
	start struct{ text, runs, marks int } // where the block being written begins
	gap   int                             // offset of a line break that waits for the next line, or -1

	mayBlank bool // of the block being written
	brk      string
}

// begin starts a new block.
func (w *writer) begin() {
	w.start.text, w.start.runs, w.start.marks = w.all.Len(), len(w.runs), len(w.marks)
	w.gap, w.mayBlank = -1, false
}

// size is the length of the block's text so far.
func (w *writer) size() int { return w.all.Len() - w.start.text }

// words skips the line break that was still to be written at from.
func (w *writer) words(from int) int {
	return w.size() - len(strings.TrimLeft(w.all.String()[w.start.text+from:], "\n"+HardBreak))
}

// since is where the words written since from stand in the file; pos when
// there are none.
func (w *writer) since(from, pos int) Span {
	if from = w.words(from); from == w.size() {
		return Span{max(0, pos), max(0, pos)}
	}
	var b Block
	w.block(&b)
	return b.Source(from, len(b.Text))
}

// block gives b what was written since begin.
func (w *writer) block(b *Block) {
	b.mayBlank = w.mayBlank
	b.Text = w.all.String()[w.start.text:]
	b.runs = w.runs[w.start.runs:len(w.runs):len(w.runs)]
	b.Marks = w.marks[w.start.marks:len(w.marks):len(w.marks)]
}

// verbatim adds bytes [start, end) of src as they are.
func (w *writer) verbatim(src []byte, start, end int) {
	if start >= end {
		return
	}
	w.mayBlank = true
	w.join(start)
	if n := len(w.runs); n > w.start.runs && w.runs[n-1].verbatim && int(w.runs[n-1].end) == start {
		w.runs[n-1].end = int32(end)
	} else {
		w.run(start, end, true)
	}
	w.all.Write(src[start:end])
}

// run begins a run of bytes [start, end).
func (w *writer) run(start, end int, verbatim bool) {
	w.runs = append(w.runs, run{int32(w.size()), int32(start), int32(end), verbatim})
}

// stand adds text that bytes [start, end) stand for.
func (w *writer) stand(text string, start, end int) {
	if text == "" {
		return
	}
	w.mayBlank = true
	w.join(start)
	w.run(start, end, false)
	w.all.WriteString(text)
}

// lineBreak notes that the line ends at offset; the break itself is written
// when the next line begins, so that it covers the prefix of that line too.
func (w *writer) lineBreak(offset int, hard bool) {
	if w.size() == 0 {
		return
	}
	if w.gap < 0 {
		w.gap, w.brk = offset, "\n"
	}
	if hard {
		w.brk = HardBreak
	}
}

// broken notes the break behind a text.
func (w *writer) broken(t *ast.Text) {
	if t.SoftLineBreak() || t.HardLineBreak() {
		w.lineBreak(t.Segment.Stop, t.HardLineBreak())
	}
}

func (w *writer) join(start int) {
	if w.gap >= 0 {
		w.run(w.gap, max(w.gap, start), false)
		w.all.WriteString(w.brk)
		w.gap = -1
	}
}

// bare writes what no blank begins in.
func (w *writer) bare(write func()) {
	before := w.mayBlank
	write()
	w.mayBlank = before
}

// mark marks the words written since from.
func (w *writer) mark(from int, m Mark) {
	m.Start, m.End = w.words(from), w.size()
	if m.End > m.Start {
		w.marks = append(w.marks, m)
	}
}
