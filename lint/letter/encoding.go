package letter

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"
)

// readable reports whether the bytes are a text that can be read as a letter;
// if not, it says why and what to do.
func (l *Letter) readable() bool {
	src := l.Src
	whole := Span{0, 0}
	switch {
	case len(src) > MaxSize:
		l.problem("too-large", whole, fmt.Sprintf("this file has %d bytes; a letter has at most %d", len(src), MaxSize),
			"Check that this file is a letter.")
		return false
	case len(bytes.TrimSpace(src)) == 0:
		l.problem("empty", whole, "this file is empty", "Write the letter, or remove the file.")
		return false
	case document(src) != "":
		l.problem("encoding", whole, "this file is "+document(src)+", not plain text",
			"Copy its words into a new file, and save that as plain text (UTF-8) under a name that ends in .md.")
		return false
	case isUTF16(src):
		l.problem("encoding", whole, "this file is UTF-16", "Save it as UTF-8 (“Save as”, encoding “UTF-8”).")
		return false
	case bytes.IndexByte(src, 0) >= 0:
		at := bytes.IndexByte(src, 0)
		l.problem("encoding", Span{at, at}, "this file is not text: it has a NUL byte", "Check that this file is a letter.")
		return false
	case bytes.IndexByte(src, '\n') < 0 && bytes.IndexByte(src, '\r') >= 0:
		l.problem("encoding", whole, "the lines of this file end as on a Mac of long ago (CR)", "Save it with line ends of today (LF or CRLF).")
		return false
	}
	l.lines = lineStarts(src)
	if !utf8.Valid(src) {
		l.problem("encoding", l.firstInvalid(), notUTF8(src), "Save it as UTF-8 (“Save as”, encoding “UTF-8”).")
		return false
	}
	if bytes.HasPrefix(src, byteOrderMark) {
		l.Body.Start = len(byteOrderMark)
	}
	return l.shallow()
}

// document is what other programs for letters have written a file as, by how it
// begins, or "".
func document(src []byte) string {
	for _, d := range [][2]string{
		{"PK\x03\x04", "a document of Word or the like"},
		{"\xd0\xcf\x11\xe0", "a document of an old Word"},
		{"{\\rtf", "rich text (RTF)"},
		{"%PDF-", "a PDF"},
	} {
		if bytes.HasPrefix(src, []byte(d[0])) {
			return d[1]
		}
	}
	return ""
}

// isUTF16 reports whether a text is UTF-16: by its mark of order or, where a
// program left that out, as of its first two characters one byte each is 0.
func isUTF16(src []byte) bool {
	if len(src) < 4 {
		return bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff"))
	}
	high, low := src[0] == 0, src[1] == 0
	return isUTF16(src[:2]) || high != low && high == (src[2] == 0) && low == (src[3] == 0)
}

// firstInvalid is the first byte that is not UTF-8.
func (l *Letter) firstInvalid() Span {
	for i := 0; i < len(l.Src); {
		r, n := utf8.DecodeRune(l.Src[i:])
		if r == utf8.RuneError && n == 1 {
			return Span{i, i + 1}
		}
		i += n
	}
	return Span{}
}

// notUTF8 names the encoding when it can be told: office programs save
// Windows-1252, in which curly quotes and accents are single bytes.
func notUTF8(src []byte) string {
	if slices.ContainsFunc(src, notWindows1252) {
		return "this file is not UTF-8 text"
	}
	return "this file is Windows-1252, not UTF-8: its accents and curly quotes would print as other signs"
}

// notWindows1252 reports whether a byte is none of a text in Windows-1252:
// control bytes that text never has, and those that stand for nothing.
func notWindows1252(c byte) bool {
	switch c {
	case '\n', '\r', '\t', '\f':
		return false
	case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		return true
	}
	return c < ' '
}

// maxDepth is the deepest nesting of quotes and lists, and the largest number
// of opening brackets in a line, that is read. No letter comes near it; it
// keeps hostile files cheap.
const maxDepth = 100

// maxMarks is the largest number of marks of emphasis in one paragraph.
const maxMarks = 2000

// shallow reports whether no line nests deeper than maxDepth, and no
// paragraph has more than maxMarks.
func (l *Letter) shallow() bool {
	count := func(mark byte) int { return bytes.Count(l.Src, []byte{mark}) }
	if !slices.ContainsFunc([]byte("[>-+*"), func(mark byte) bool { return count(mark) > maxDepth/4 }) && count('_') <= maxMarks/2 {
		return true // as every letter is: a paragraph has more than maxMarks of both signs only if the file does
	}
	marks := 0
	for i, start := range l.lines {
		text := l.Src[start:l.lineEnd(i)]
		if len(bytes.TrimSpace(text)) == 0 {
			marks = 0
		} else if bytes.IndexByte(text, '*') >= 0 || bytes.IndexByte(text, '_') >= 0 {
			marks += emphasisMarks(text)
		}
		if marks > maxMarks {
			l.problem("nesting", Span{start, start}, fmt.Sprintf("this paragraph has more than %d marks of emphasis", maxMarks), "Write it without them.")
			return false
		}
		if len(text) > maxDepth && (containers(text) > maxDepth || bytes.Count(text, []byte{'['}) > maxDepth) {
			l.problem("nesting", Span{start, start}, fmt.Sprintf("this line nests more than %d quotes, lists or brackets", maxDepth),
				"Write the paragraph without them.")
			return false
		}
	}
	return true
}

// emphasisMarks counts the runs of stars and underscores.
func emphasisMarks(line []byte) int {
	n := 0
	for i, c := range line {
		if (c == '*' || c == '_') && (i == 0 || line[i-1] != c) {
			n++
		}
	}
	return n
}

// lineEnd is where the i-th line (from 0) ends, with its line end.
func (l *Letter) lineEnd(i int) int {
	if i+1 < len(l.lines) {
		return l.lines[i+1]
	}
	return len(l.Src)
}

// containers counts the quote and list marks that a line begins with.
func containers(line []byte) int {
	n := 0
	for i, c := range line {
		switch c {
		case '>', '-', '*', '+':
			n++
		case ' ', '\t':
		default:
			return n
		}
		if i > 0 && c == line[i-1] && c != '>' && c != ' ' {
			return 0 // a rule: one mark repeated without spaces nests nothing
		}
	}
	return n
}

func nextLine(src []byte, from int) int {
	if n := bytes.IndexByte(src[from:], '\n'); n >= 0 {
		return from + n + 1
	}
	return len(src)
}

// sortProblems puts problems in file order; those at one place keep the order
// in which they were found.
func sortProblems(p []Problem) {
	sort.SliceStable(p, func(i, j int) bool { return p[i].Span.Start < p[j].Span.Start })
}
