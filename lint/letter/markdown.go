package letter

import (
	"bytes"
	"slices"
	"sort"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// NewMarkdown returns the Markdown that letters are written in: CommonMark
// with tables and merge fields. Extensions that insert text without a place
// in the file (typographic quotes) stay off, and so do attributes, which could
// carry a style.
func NewMarkdown() goldmark.Markdown { return newMarkdown(false) }

// newMarkdown is NewMarkdown, with nodes of bare text or without.
func newMarkdown(bare bool) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithBlockParsers(util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 999)),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithInlineParsers(util.Prioritized(tagParser{}, 50), util.Prioritized(boldParser{bare}, 450), util.Prioritized(plainParser{bare}, 1000)),
			parser.WithParagraphTransformers(util.Prioritized(linkDefinitions{}, 100), util.Prioritized(tableTransformer{}, 150)),
		)),
		goldmark.WithExtensions(extension.Table),
	)
}

// linkDefinitions reads "[name]: address" where a paragraph begins with a bracket. Goldmark would set out to do so in each.
type linkDefinitions struct{}

func (linkDefinitions) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	first := n.Lines().At(0)
	if bytes.HasPrefix(bytes.TrimLeft(first.Value(reader.Source()), " \t"), []byte("[")) {
		parser.LinkReferenceParagraphTransformer.Transform(n, reader, pc)
	}
}

// A TagNode is what stands between {{ and }} in a line: a field, a comment or
// something that is neither.
type TagNode struct {
	ast.BaseInline
	Segment text.Segment // with its braces
}

// KindTag is the kind of a TagNode.
var KindTag = ast.NewNodeKind("Tag")

// Kind is KindTag.
func (n *TagNode) Kind() ast.NodeKind { return KindTag }

// Dump prints the node for debugging.
func (n *TagNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Pos is the offset of the first brace.
func (n *TagNode) Pos() int { return n.Segment.Start }

// Name is what stands between the braces, without spaces around it.
func (n *TagNode) Name(source []byte) string {
	return string(tagName(n.Segment.Value(source)))
}

func tagName(tag []byte) []byte { return bytes.TrimSpace(tag[2 : len(tag)-2]) }

type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'{'} }

func (tagParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	end := TagEnd(line)
	if end < 0 {
		return nil
	}
	block.Advance(end)
	return nodesOf(pc).tag(segment.WithStop(segment.Start + end))
}

// maxTag is the length of the longest tag that is read: a note to authors in
// the middle of a line.
const maxTag = 1000

// TagEnd is the length in bytes of the tag that line begins with, or -1.
func TagEnd(line []byte) int {
	if len(line) < 5 || line[0] != '{' || line[1] != '{' {
		return -1
	}
	n := bytes.Index(line[2:min(len(line), maxTag)], []byte("}}"))
	if n < 1 || len(bytes.TrimSpace(line[2:2+n])) == 0 || bytes.IndexByte(line[2:2+n], '{') >= 0 {
		return -1
	}
	return n + 4
}

// skipper is a reader that passes over lines that Markdown must not see.
type skipper struct {
	text.Reader
	hidden []Span
}

func (s *skipper) AdvanceLine() {
	s.Reader.AdvanceLine()
	for len(s.hidden) > 0 {
		_, at := s.Reader.Position()
		if at.Start > s.hidden[0].Start {
			s.hidden = s.hidden[1:]
			continue
		}
		if at.Start != s.hidden[0].Start {
			return
		}
		s.hidden = s.hidden[1:]
		s.Reader.AdvanceLine()
	}
}

// parse parses Markdown, passing over the hidden lines.
func parse(md goldmark.Markdown, src []byte, hidden []Span, nodes *nodes) ast.Node {
	reader := text.NewReader(src)
	if len(hidden) > 0 {
		reader = &skipper{Reader: reader, hidden: hidden}
	}
	pc := parser.NewContext()
	pc.Set(nodesKey, nodes)
	return md.Parser().Parse(reader, parser.WithContext(pc))
}

// Document parses the Markdown of the letter in one of its forms, for
// rendering. The returned source is what the nodes point into; its offsets are
// those of the file.
func (l *Letter) Document(md goldmark.Markdown, form int) (ast.Node, []byte) {
	src, hidden := l.inForm(form)
	return parse(md, src, hidden, &nodes{}), src
}

// inForm is what Markdown reads of the letter in one of its forms: everything
// that the form leaves out is blanked, rows of a table are hidden.
func (l *Letter) inForm(form int) (src []byte, hidden []Span) {
	src = bytes.Clone(l.Src)
	fill(src[:l.Body.Start])
	for _, line := range l.blanked {
		fill(src[line.Start:line.End])
	}
	for _, sign := range l.dashes {
		dash(src[sign.Start:sign.End])
	}
	hidden = slices.Clone(l.hidden)
	for _, r := range l.regions {
		if r.forms.Has(form) {
			continue
		}
		fill(src[r.span.Start:r.span.End])
		if slices.Contains(l.hidden, r.open) { // rows of a table: an empty line would end it
			for at := r.span.Start; at < r.span.End; {
				line := l.LineAt(at)
				hidden = append(hidden, line)
				at = nextLine(l.Src, line.End)
			}
		}
	}
	sort.SliceStable(hidden, func(i, j int) bool { return hidden[i].Start < hidden[j].Start })
	return src, hidden
}

// fill turns everything but line ends into spaces.
func fill(b []byte) {
	for i, c := range b {
		if c != '\n' && c != '\r' {
			b[i] = ' '
		}
	}
}
