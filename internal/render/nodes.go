package render

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"bedside/lint/letter"
)

// nodes writes the nodes that letters treat differently from Markdown at
// large: fields become marks that holes are cut at, pictures are their words,
// raw HTML is left out.
type nodes struct {
	dict     *letter.Dictionary
	holes    []hole
	marks    []letter.Span // see Options
	anchored int           // the offset up to which texts are written
}

// register puts the writer before goldmark's own.
func (n *nodes) register(md goldmark.Markdown) {
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(n, 1)))
}

// RegisterFuncs lists the nodes.
func (n *nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(letter.KindTag, n.tag)
	reg.Register(ast.KindParagraph, n.paragraph)
	reg.Register(ast.KindHeading, n.heading)
	reg.Register(ast.KindLink, n.link)
	reg.Register(ast.KindAutoLink, n.autoLink)
	reg.Register(ast.KindImage, n.image)
	reg.Register(ast.KindRawHTML, n.rawHTML)
	reg.Register(ast.KindHTMLBlock, n.nothing)
	reg.Register(east.KindTableCell, n.cell)
	if n.marks != nil {
		reg.Register(ast.KindText, n.text)
	}
}

// mark writes the mark of a new hole.
func (n *nodes) mark(w util.BufWriter, h hole) {
	_ = w.WriteByte(0)
	_, _ = w.WriteString(strconv.Itoa(len(n.holes)))
	_ = w.WriteByte(0)
	n.holes = append(n.holes, h)
}

func (n *nodes) tag(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	t := node.(*letter.TagNode)
	name := t.Name(src)
	switch f := n.dict.Field(name); {
	case name[0] == '!', name[0] == '#', name[0] == '/', name == "else": // nothing the patient reads
	case f != nil:
		n.marked(w, t.Segment.Start, t.Segment.Stop, true, func(int, int) { n.mark(w, hole{f.Name, f.Type, inText}) })
	default:
		_, _ = w.Write(util.EscapeHTML(t.Segment.Value(src)))
	}
	return ast.WalkContinue, nil
}

// paragraph lets a list field that stands alone write its own block.
func (n *nodes) paragraph(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if t, ok := node.FirstChild().(*letter.TagNode); ok && node.ChildCount() == 1 {
		if f := n.dict.Field(t.Name(src)); f != nil && f.Type == "list" {
			if entering {
				n.mark(w, hole{f.Name, f.Type, inList})
				_ = w.WriteByte('\n')
			}
			return ast.WalkSkipChildren, nil
		}
	}
	if entering {
		_, _ = w.WriteString("<p>")
	} else {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

func (n *nodes) heading(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	level := node.(*ast.Heading).Level
	if entering {
		fmt.Fprintf(w, "<h%d>", level)
	} else {
		fmt.Fprintf(w, "</h%d>\n", level)
	}
	return ast.WalkContinue, nil
}

func (n *nodes) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	link := node.(*ast.Link)
	if !entering {
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<a href="`)
	n.target(w, link.Destination)
	if len(link.Title) > 0 {
		_, _ = w.WriteString(`" title="`)
		_, _ = w.Write(util.EscapeHTML(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(link.Title)))))
	}
	_, _ = w.WriteString(`">`)
	return ast.WalkContinue, nil
}

// target writes a link's target with the fields in it as holes. A target that
// must not be printed is left empty.
func (n *nodes) target(w util.BufWriter, dest []byte) {
	start := true
	if !letter.SafeTarget(dest) {
		return
	}
	for len(dest) > 0 {
		literal := letter.BeforeTag(dest)
		if len(literal) > 0 {
			_, _ = w.Write(util.EscapeHTML(util.URLEscape(literal, true)))
			start = false
			dest = dest[len(literal):]
			continue
		}
		end := letter.TagEnd(dest)
		if f := n.dict.Field(string(bytes.TrimSpace(dest[2 : end-2]))); f != nil {
			context := inPath
			if start {
				context = inURL
			}
			n.mark(w, hole{f.Name, f.Type, context})
		}
		start = false
		dest = dest[end:]
	}
}

func (n *nodes) autoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	link := node.(*ast.AutoLink)
	label := util.EscapeHTML(link.Label(src))
	target := string(link.URL(src))
	if link.AutoLinkType == ast.AutoLinkEmail {
		target = "mailto:" + target
	}
	if !letter.SafeURL(target) {
		_, _ = w.Write(label)
		return ast.WalkContinue, nil
	}
	fmt.Fprintf(w, `<a href="%s">%s</a>`, util.EscapeHTML(util.URLEscape([]byte(target), false)), label)
	return ast.WalkContinue, nil
}

// image prints the words of a picture: a page loads nothing.
func (n *nodes) image(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

func (n *nodes) rawHTML(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	raw := node.(*ast.RawHTML)
	if entering && raw.Segments.Len() > 0 {
		first := raw.Segments.At(0)
		if tag := raw.Segments.Value(src); !letter.IsHTML(tag) {
			_, _ = w.Write(util.EscapeHTML(tag))
		} else if bytes.HasPrefix(bytes.ToLower(first.Value(src)), []byte("<br")) {
			_, _ = w.WriteString("<br>\n")
		}
	}
	return ast.WalkSkipChildren, nil
}

func (n *nodes) nothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

// cell writes a table cell; its alignment is a class, because a page has no
// style attributes.
func (n *nodes) cell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	c := node.(*east.TableCell)
	tag, scope := "td", ""
	if c.Parent().Kind() == east.KindTableHeader {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		fmt.Fprintf(w, "</%s>\n", tag)
		return ast.WalkContinue, nil
	}
	class := ""
	if c.Alignment != east.AlignNone {
		class = ` class="` + c.Alignment.String() + `"`
	}
	fmt.Fprintf(w, "<%s%s%s>", tag, scope, class)
	return ast.WalkContinue, nil
}
