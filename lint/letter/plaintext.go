package letter

import (
	"bytes"

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
