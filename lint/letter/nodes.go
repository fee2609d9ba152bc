package letter

import (
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// nodes are where the most frequent nodes of a document lie. When it is not needed any longer the next document may have
// them: what is in the processor's cache is not fetched again.
type nodes struct {
	paragraphs reused[ast.Paragraph]
	texts      reused[ast.Text]
	bares      reused[bareText]
	tags       reused[TagNode]
	bolds      reused[ast.Emphasis]
	tables     reused[east.Table]
	headers    reused[east.TableHeader]
	rows       reused[east.TableRow]
	cells      reused[east.TableCell]
	alignments []east.Alignment // of the columns of all tables
}

var nodesKey = parser.NewContextKey()

// nodesOf are those of the document that is being parsed.
func nodesOf(pc parser.Context) *nodes {
	return pc.ComputeIfAbsent(nodesKey, func() any { return new(nodes) }).(*nodes)
}

// reuse gives the nodes to another document.
func (n *nodes) reuse() {
	n.paragraphs.used, n.texts.used, n.bares.used, n.tags.used, n.bolds.used = 0, 0, 0, 0, 0
	n.tables.used, n.headers.used, n.rows.used, n.cells.used, n.alignments = 0, 0, 0, 0, n.alignments[:0]
}

// A bareText is text all of whose signs stand for themselves: there is nothing to look for in it. Only letters that are
// read have such nodes, not pages.
type bareText struct{ astText }

type astText = ast.Text // under its own name it would hide its method Text

var kindBare = ast.NewNodeKind("BareText")

func (n *bareText) Kind() ast.NodeKind { return kindBare }

func (n *nodes) text(at text.Segment) *ast.Text {
	t := n.texts.next()
	*t = ast.Text{Segment: at}
	return t
}

// plain returns a text, perhaps a bare one, as a node and as the text that it is.
func (n *nodes) plain(at text.Segment, bare bool) (ast.Node, *ast.Text) {
	if !bare {
		t := n.text(at)
		return t, t
	}
	t := n.bares.next()
	*t = bareText{ast.Text{Segment: at}}
	return t, &t.astText
}

func (n *nodes) tag(at text.Segment) *TagNode {
	t := n.tags.next()
	*t = TagNode{Segment: at}
	return t
}

func (n *nodes) bold() *ast.Emphasis {
	b := n.bolds.next()
	*b = ast.Emphasis{Level: 2}
	return b
}

// paragraph returns one with its first line.
func (n *nodes) paragraph(line text.Segment) *ast.Paragraph {
	p := n.paragraphs.next()
	lines := *p.Lines()
	lines.SetSliced(0, 0)
	lines.Append(line)
	*p = ast.Paragraph{}
	p.SetLines(&lines)
	return p
}

// cell returns one without lines.
func (n *nodes) cell() *east.TableCell {
	c := n.cells.next()
	lines := *c.Lines()
	lines.SetSliced(0, 0)
	*c = east.TableCell{Alignment: east.AlignNone}
	c.SetLines(&lines)
	return c
}

// reused is memory for values of one type that are given out one by one.
type reused[T any] struct {
	all  []T
	used int
}

// next gives out a value, which may be used already.
func (r *reused[T]) next() *T {
	if r.used == len(r.all) {
		*r = reused[T]{all: make([]T, max(16, 2*len(r.all)))}
	}
	r.used++
	return &r.all[r.used-1]
}

// paragraphParser is goldmark's but for where the paragraphs lie.
type paragraphParser struct{ parser.BlockParser }

func (paragraphParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return nodesOf(pc).paragraph(segment), parser.NoChildren
}
