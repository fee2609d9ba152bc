// Package letter reads a letter once into exact spans: the bytes of a Markdown
// file with TOML front matter, merge fields and conditions become blocks of
// prose, the words the patient reads, each with a map back to the bytes that
// wrote them.
package letter

import (
	"bytes"

	"bedside/lint/readability"
)

// A Span is a range of bytes of the file as it was read, half-open, on rune
// boundaries.
type Span struct{ Start, End int }

// A Letter is one letter, read. It does not change after Parse.
type Letter struct {
	Path     string // as the caller named it
	Src      []byte // the file, byte for byte
	Meta     Meta
	Body     Span // the Markdown after the front matter; empty if the file cannot be read
	Blocks   []Block
	Fields   []FieldUse // every use of a merge field, in file order
	Links    []Link     // every link target
	Forms    []Form     // the forms the letter can take; at least one
	Choices  []Choice   // the names its conditions ask for, in file order
	Problems []Problem  // what is wrong with the letter itself, in file order
	Waivers  []Waiver   // that can be read, in file order

	lines     []int     // byte offsets of line starts
	columns   columns   // characters before an offset
	regions   []region  // what stands under which condition
	stretches []stretch // which region a byte lies in
	blanked   []Span    // condition lines: what Markdown reads has spaces there, as for the front matter
	dashes    []Span    // signs that Markdown reads as the dashes of a list
	hidden    []Span    // condition lines between rows of a table
}

// A Link is the target of a link as written. Span covers the link's words.
type Link struct {
	Target string
	Span   Span
	Forms  FormSet
}

// A Problem is something wrong with the letter itself: an unknown field, an
// unclosed condition. ID is the last part of its rule, "unknown-field" of
// letter.unknown-field.
type Problem struct {
	ID      string
	Span    Span
	Message string
	Try     string // what to write instead, or ""
	Fix     string // what to put in place of the bytes of Span, where that surely keeps the meaning, or ""
}

// A Position is a place as people and programs count it. All are 1-based.
type Position struct {
	Line        int
	Column      int // Unicode code points
	ByteColumn  int
	UTF16Column int
}

// MaxSize is the largest letter that is read, in bytes: a page of text has
// three thousand. (Hostile Markdown takes time that grows with the square of
// its size.)
const MaxSize = 256 << 10

// byteOrderMark is U+FEFF, which some programs write before a text.
var byteOrderMark = []byte("\ufeff")

// Parse reads a letter. It never fails outright: what cannot be read is in
// Problems, with its place. The caller must not change src afterwards.
//
// Names of dict are the fields a letter may use; language is that of a letter
// whose front matter does not name one.
func Parse(path string, src []byte, dict *Dictionary, language string) *Letter {
	l := &Letter{Path: path, Src: src, Forms: []Form{{}}}
	l.Meta.Language = language
	l.Body = Span{0, len(src)}
	if !l.readable() {
		l.Body.Start = len(src)
		return l
	}
	l.frontMatter()
	p := newPage(l, dict)
	defer p.done()
	fill(p.text[:l.Body.Start])
	p.holds()
	p.metaWaivers()
	p.conditions()
	p.bullets()
	p.read()
	p.finish()
	return l
}

// finish does what needs the whole letter: sentences, blanks, the order of
// what was found.
func (p *page) finish() {
	l := p.Letter
	words := 0
	var fields []readability.Span
	for i := range l.Blocks {
		b := &l.Blocks[i]
		p.findBlanks(b)
		b.typeByCurrency()
		from := len(p.sentences)
		fields = b.Fields(fields[:0])
		p.sentences = readability.Sentences(p.sentences, b.Text, fields, readability.Language(l.Meta.Language))
		b.Sentences = p.sentences[from:]
		words += len(b.Sentences)
	}
	if words == 0 && len(l.Problems) == 0 {
		l.problem("empty", l.Body, "this letter has no words", "Write the letter, or remove the file.")
	}
	sortProblems(l.Problems)
}

func (l *Letter) problem(id string, at Span, message, try string) *Problem {
	l.Problems = append(l.Problems, Problem{ID: id, Span: at, Message: message, Try: try})
	return &l.Problems[len(l.Problems)-1]
}

// Text returns the bytes of a span as they stand in the file.
func (l *Letter) Text(s Span) string { return string(l.Src[s.Start:s.End]) }

// LineAt returns the span of the line that holds offset, without its end and
// without a byte order mark.
func (l *Letter) LineAt(offset int) Span {
	start := bytes.LastIndexByte(l.Src[:offset], '\n') + 1
	if start == 0 && bytes.HasPrefix(l.Src, byteOrderMark) {
		start = len(byteOrderMark)
	}
	end := len(l.Src)
	if n := bytes.IndexByte(l.Src[offset:], '\n'); n >= 0 {
		end = offset + n
	}
	for end > start && l.Src[end-1] == '\r' {
		end--
	}
	return Span{start, end}
}
