package letter

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"bedside/lint/phrase"
)

// markdown is shared: a goldmark parser is set up once and is safe for
// concurrent use.
var markdown = newMarkdown(true)

// read turns the Markdown into blocks.
func (p *page) read() {
	doc := parse(markdown, p.text, p.hidden, &p.nodes)
	p.w.all.Grow(len(p.Src) - p.Body.Start)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n)
	}
}

// block reads one block of Markdown and those inside it.
func (p *page) block(n ast.Node) {
	p.held(n)
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		kind := Paragraph
		if _, ok := n.Parent().(*ast.ListItem); ok {
			kind = Item
		}
		p.prose(n, kind, 0, false)
	case *ast.Heading:
		p.prose(n, Heading, n.Level, false)
	case *ast.CodeBlock:
		p.whole(n, "code block", n.Pos())
		p.parted(n)
		p.code(n)
	case *ast.FencedCodeBlock:
		if lines := n.Lines(); lines.Len() > 0 {
			p.whole(n, "code block", lines.At(lines.Len()-1).Stop)
		}
		p.code(n)
	case *ast.HTMLBlock:
		p.htmlBlock(n)
	case *east.TableHeader, *east.TableRow:
		_, header := n.(*east.TableHeader)
		column := 0
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			column++
			p.prose(c, Cell, column, header)
		}
	case *ast.ListItem:
		p.within(n, "list item")
	case *east.Table:
		p.within(n, "table")
	default:
		p.children(n)
	}
}

// children reads the blocks inside a block.
func (p *page) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c)
	}
}

// add adds a block with what was written since begin.
func (p *page) add(kind BlockKind) *Block {
	p.Blocks = append(p.Blocks, Block{})
	b := &p.Blocks[len(p.Blocks)-1]
	b.Kind = kind
	p.w.block(b)
	return b
}

// prose reads the inline content of one block.
func (p *page) prose(n ast.Node, kind BlockKind, level int, header bool) {
	w := &p.w
	w.begin()
	p.inline(n, w)
	if w.size() > 0 {
		b := p.add(kind)
		b.Level, b.Header = int32(level), header
		b.Forms = p.FormsAt(int(b.runs[0].start))
		if b.Kind != Cell {
			p.noTable(b)
		}
		if b.Kind == Paragraph && len(b.Marks) == 1 && b.Marks[0].Type == "list" && b.Marks[0].End == len(b.Text) && b.Marks[0].Start == 0 {
			b.Kind = ListData
		}
	}
	for _, t := range p.titles {
		p.title(t)
	}
	p.titles = p.titles[:0]
}

// noTable reports the line of dashes of a table that is none: rows would be
// printed with their bars, and conditions between them would part nothing.
func (p *page) noTable(b *Block) {
	if !strings.Contains(b.Text, "|") {
		return
	}
	from := 0
	for line := range strings.SplitAfterSeq(strings.ReplaceAll(b.Text, HardBreak, "\n  "), "\n") { // as long as they were
		if text := strings.TrimSpace(line); isRow([]byte(text)) && isDelimiter([]byte(text)) {
			start := from + strings.Index(line, text)
			p.problem("table", b.Source(start, start+len(text)), "these lines look like a table and are none: they would be printed as they stand",
				"Give the line above and this line of dashes the same number of columns, and put nothing between them.")
		}
		from += len(line)
	}
}

// inline reads the children of a node.
func (p *page) inline(parent ast.Node, w *writer) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			p.write(w, n.Segment.Start, n.Segment.Stop)
			w.broken(n)
		case *bareText:
			w.bare(func() { w.verbatim(p.text, n.Segment.Start, n.Segment.Stop) })
			w.broken(&n.astText)
		case *ast.CodeSpan:
			from := w.size()
			p.codeSpan(n, w)
			w.mark(from, Mark{Kind: MarkCode})
		case *ast.AutoLink:
			start := n.Pos() + 1
			end := start + len(n.Label(p.text))
			w.verbatim(p.text, start, end)
			if n.AutoLinkType == ast.AutoLinkURL {
				p.link(string(p.text[start:end]), Span{start, end})
			}
		case *ast.Link:
			from := w.size()
			p.inline(n, w)
			p.target(n.Destination, w.since(from, n.Pos()))
			p.referred(n, n.Destination)
			p.titles = append(p.titles, title{n.Title, n.Destination, n.Pos()})
		case *ast.Image:
			from := w.size()
			p.inline(n, w)
			p.problem("image", w.since(from, n.Pos()), "this letter shows a picture; letters load nothing from elsewhere", "Say it in words.")
			p.referred(n, n.Destination)
			p.titles = append(p.titles, title{n.Title, n.Destination, n.Pos()})
		case *ast.RawHTML:
			p.rawHTML(n, w)
		case *TagNode:
			p.tag(n, w)
		default:
			p.inline(n, w)
		}
	}
}

// write adds text as Markdown reads it: escapes and entities are what they
// stand for, signs that nobody sees are left out.
func (p *page) write(w *writer, start, end int) {
	src := p.text
	from := start
	flush := func(to int) { w.verbatim(src, from, to) }
	for i := start; i < end; {
		c := src[i]
		switch {
		case c != '\\' && c != '&' && c < utf8.RuneSelf:
			i++
		case c == '\\' && i+1 < end && util.IsPunct(src[i+1]):
			flush(i)
			from = i + 1
			i += 2
		case c == '&':
			text, n := entity(src[i:end])
			if n == 0 {
				i++
				continue
			}
			flush(i)
			w.stand(visible(text), i, i+n)
			i += n
			from = i
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(src[i:end])
			if phrase.Invisible(r) && !ofPicture(src[:end], i) {
				flush(i)
				from = i + n
			}
			i += n
		default:
			i++
		}
	}
	flush(end)
}

// entity decodes the character reference that src begins with; n is its
// length, 0 when there is none. CommonMark wants the closing semicolon, which
// the standard library does not.
func entity(src []byte) (text string, n int) {
	end := bytes.IndexByte(src[:min(len(src), 34)], ';')
	if end < 2 {
		return "", 0
	}
	name := src[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base := name[1:], rune(10)
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || base == 16 && len(digits) > 6 || base == 10 && len(digits) > 7 {
		return "", 0
	}
	var r rune
	for _, d := range digits {
		v := strings.IndexByte("0123456789abcdef", d|0x20)
		if d < 'A' {
			v = strings.IndexByte("0123456789", d)
		}
		if v < 0 || rune(v) >= base {
			return "", 0
		}
		r = r*base + rune(v)
	}
	return string(util.ToValidRune(r)), end + 1
}

// ofPicture reports whether the invisible sign at i is part of a picture: it
// joins two, as in a family emoji, or tells how the one before it is drawn.
func ofPicture(src []byte, i int) bool {
	before, _ := utf8.DecodeLastRune(src[:i])
	r, n := utf8.DecodeRune(src[i:])
	after, _ := utf8.DecodeRune(src[i+n:])
	selects := func(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }
	picture := func(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk) && r > 0x2000 }
	return picture(before) && selects(r) || (picture(before) || selects(before)) && picture(after)
}

func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if phrase.Invisible(r) {
			return -1
		}
		return r
	}, s)
}

// codeSpan reads the text of a code span as it stands.
func (p *page) codeSpan(n ast.Node, w *writer) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			end := t.Segment.Stop
			if end > t.Segment.Start && p.text[end-1] == '\n' {
				end--
				w.verbatim(p.text, t.Segment.Start, end)
				w.lineBreak(end, false)
				continue
			}
			w.verbatim(p.text, t.Segment.Start, end)
		}
	}
}

// code reads a code block: seen on the page, but quoted, not said.
func (p *page) code(n ast.Node) {
	w := &p.w
	w.begin()
	lines := n.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		p.keepBullets(Span{seg.Start, seg.Stop})
		end := seg.Stop
		for end > seg.Start && (p.text[end-1] == '\n' || p.text[end-1] == '\r') {
			end--
		}
		w.verbatim(p.text, seg.Start, end)
		w.lineBreak(end, true)
	}
	if w.size() > 0 {
		w.mark(0, Mark{Kind: MarkCode})
		b := p.add(Code)
		b.Forms = p.FormsAt(int(b.runs[0].start))
	}
}

// tag reads what stands between {{ and }} in a line.
func (p *page) tag(n *TagNode, w *writer) {
	at := Span{n.Segment.Start, n.Segment.Stop}
	name := p.dict.spelled(tagName(n.Segment.Value(p.text)))
	switch {
	case name[0] == '!': // a note to authors
	case strings.HasPrefix(name, "else "):
		p.problem("condition", at, fmt.Sprintf("%s: there is no “else if”", p.Text(at)), "Put a second {{#if name}} after {{else}}, and close it too.")
	case name[0] == '#' || name[0] == '/' || name == "else":
		p.problem("condition", at, fmt.Sprintf("%s does not stand alone on its line", p.Text(at)), "Put it on a line of its own, outside of quotes.")
	case isName(name):
		f := p.useField(name, at, true, p.FormsAt(at.Start))
		from := w.size()
		m := Mark{Kind: MarkField, Name: name}
		if f == nil {
			m.Type = guessType(name)
			w.verbatim(p.text, at.Start, at.End)
		} else {
			m.Type = f.Type
			w.bare(func() { w.stand(f.ExampleIn(p.Meta.Language), at.Start, at.End) })
		}
		w.mark(from, m)
	default: // a blank of another tool, such as {{ doc.customer_name }}
		from := w.size()
		w.verbatim(p.text, at.Start, at.End)
		w.mark(from, p.guess(name, p.Text(at), at, true))
	}
}
