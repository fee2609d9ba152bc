package letter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// plainParser takes text that says nothing to Markdown up to the next sign that may, or to the end of the line, in one
// go. Goldmark by itself goes from byte to byte and asks at each whether something begins there, and words are most of a
// letter. What it reads stays the same.
type plainParser struct{ bare bool }

// Trigger is all signs that begin nothing, for those behind a field or a link, and the space, by which goldmark also means
// the beginning of a line.
func (plainParser) Trigger() []byte { return []byte(" \"#$%&'()+,-./:;=>?@\\^|}~") }

// Parse reads on over fields and the ends of lines, and stops where another parser has to look.
func (p plainParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	nodes := nodesOf(pc)
	var last ast.Node
	for {
		next := p.next(block, nodes)
		if next == nil {
			return last
		}
		if last != nil {
			parent.AppendChild(parent, last)
		}
		last = next
	}
}

// next reads plain text up to the end of the line at most, or a tag. It is nil where neither stands.
func (p plainParser) next(block text.Reader, nodes *nodes) ast.Node {
	line, at := block.PeekLine()
	end, bare := plainEnd(line)
	switch {
	case at.Padding > 0:
		return nil
	case end == 0:
		if end = TagEnd(line); end < 0 {
			return nil
		}
		block.Advance(end)
		return nodes.tag(at.WithStop(at.Start + end))
	case end < len(line):
		block.Advance(end)
		n, _ := nodes.plain(at.WithStop(at.Start+end), bare && p.bare)
		return n
	}
	block.AdvanceLine()
	n, text := nodes.plain(at.TrimRightSpace(block.Source()), bare && p.bare)
	hard := bytes.HasSuffix(line, []byte("  \n")) || bytes.HasSuffix(line, []byte("  \r\n"))
	text.SetHardLineBreak(hard)
	text.SetSoftLineBreak(!hard && line[end-1] == '\n')
	return n
}

// boldParser takes words and fields in bold, as in "**{{balance_due}}**", in one go where nothing else can be meant: after
// white space, up to the next two stars, and with no other sign between them that may say something. Goldmark by itself
// makes a delimiter of each pair of stars and pairs them up when it has read the whole block.
type boldParser struct{ bare bool }

func (boldParser) Trigger() []byte { return []byte{'*'} }

func (p boldParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if before := block.PrecendingCharacter(); before != ' ' && before != '\n' || len(line) < len("**a**") || line[1] != '*' || !bindsTo(line[2]) {
		return nil
	}
	nodes := nodesOf(pc)
	bold := nodes.bold()
	for from := 2; ; {
		n, bare := plainEnd(line[from:])
		end := from + n
		if end > from {
			words, _ := nodes.plain(text.NewSegment(at.Start+from, at.Start+end), bare && p.bare)
			bold.AppendChild(bold, words)
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

// What a sign may be beside itself.
const (
	speaks uint8 = 1 << iota // something to Markdown
	stands                   // an entity, one that nobody sees, or the beginning of a blank
	twice                    // the beginning of a blank if it stands there twice
)

var signs = func() (signs [256]uint8) {
	for c := range signs {
		switch {
		case c == '.' || c == 'X':
			signs[c] = twice
		case strings.IndexByte("`[]!<*_{\\", byte(c)) >= 0:
			signs[c] = speaks
		case c == '&' || c >= utf8.RuneSelf || opensBlank[c]:
			signs[c] = stands
		}
	}
	return signs
}()

// plainEnd is where the first sign stands that may say something to Markdown, or the length of the line. A backslash does
// before a sign and before the end of the line. bare tells that all before it is just what it is: page.write has nothing
// to look for in it, nor has findBlanks.
func plainEnd(line []byte) (end int, bare bool) {
	bare = true
	for i, c := range line {
		switch sign := signs[c]; {
		case sign == 0:
		case sign == speaks:
			if c != '\\' || i+1 < len(line) && (util.IsPunct(line[i+1]) || line[i+1] == '\n' || line[i+1] == '\r') {
				return i, bare
			}
			bare = false
		case sign == stands || i == 0 || i+1 < len(line) && line[i+1] == c:
			bare = false
		}
	}
	return len(line), bare
}
