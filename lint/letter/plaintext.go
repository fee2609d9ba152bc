package letter

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainParser takes text that says nothing to Markdown up to the next sign that may, or to the end of the line, in one
// go. Goldmark by itself goes from byte to byte and asks at each whether something begins there, and words are most of a
// letter. What it reads stays the same.
type plainParser struct{}

// Trigger is all signs that begin nothing, for those behind a field or a link, and the space, by which goldmark also means
// the beginning of a line.
func (plainParser) Trigger() []byte { return []byte(" \"#$%&'()+,-./:;=>?@\\^|}~") }

func (plainParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	end := plainEnd(line)
	switch {
	case end == 0 || at.Padding > 0:
		return nil
	case end < len(line):
		block.Advance(end)
		return nodesOf(pc).text(at.WithStop(at.Start + end))
	}
	block.AdvanceLine()
	n := nodesOf(pc).text(at.TrimRightSpace(block.Source()))
	hard := bytes.HasSuffix(line, []byte("  \n")) || bytes.HasSuffix(line, []byte("  \r\n"))
	n.SetHardLineBreak(hard)
	n.SetSoftLineBreak(!hard && line[end-1] == '\n')
	return n
}

// boldParser takes words and fields in bold, as in "**{{balance_due}}**", in one go where nothing else can be meant: after
// white space, up to the next two stars, and with no other sign between them that may say something. Goldmark by itself
// makes a delimiter of each pair of stars and pairs them up when it has read the whole block.
type boldParser struct{}

func (boldParser) Trigger() []byte { return []byte{'*'} }

func (boldParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if before := block.PrecendingCharacter(); before != ' ' && before != '\n' || len(line) < len("**a**") || line[1] != '*' || !bindsTo(line[2]) {
		return nil
	}
	nodes := nodesOf(pc)
	bold := nodes.bold()
	for from := 2; ; {
		end := from + plainEnd(line[from:])
		if end > from {
			bold.AppendChild(bold, nodes.text(text.NewSegment(at.Start+from, at.Start+end)))
		}
		switch size := TagEnd(line[end:]); {
		case size > 0:
			from = end + size
			bold.AppendChild(bold, nodes.tag(text.NewSegment(at.Start+end, at.Start+from)))
		case closesBold(line, end):
			block.Advance(end + 2)
			return bold
		default:
			return nil
		}
	}
}

// closesBold reports whether two stars at end close what is bold, and surely so.
func closesBold(line []byte, end int) bool {
	if !bytes.HasPrefix(line[end:], []byte("**")) || !bindsTo(line[end-1]) {
		return false
	}
	if end+2 == len(line) {
		return true
	}
	after := line[end+2]
	return after != '*' && after < utf8.RuneSelf && (util.IsSpace(after) || util.IsPunct(after) || !util.IsPunct(line[end-1]))
}

// bindsTo reports whether stars beside an ASCII sign surely belong to it.
func bindsTo(c byte) bool { return c < utf8.RuneSelf && c != '*' && !util.IsSpace(c) }

// speaks are the signs that may say something to Markdown inside a line.
var speaks = [256]bool{'`': true, '[': true, ']': true, '!': true, '<': true, '*': true, '_': true, '{': true, '\\': true}

// plainEnd is where the first sign stands that may say something, or the length of the line. A backslash does before a
// sign and before the end of the line.
func plainEnd(line []byte) int {
	for i, c := range line {
		if speaks[c] && (c != '\\' || i+1 < len(line) && (util.IsPunct(line[i+1]) || line[i+1] == '\n' || line[i+1] == '\r')) {
			return i
		}
	}
	return len(line)
}
