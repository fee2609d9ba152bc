package letter

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// link records the target of a link whose words stand at a place.
func (p *page) link(target string, at Span) {
	p.Links = append(p.Links, Link{Target: target, Span: at, Forms: p.FormsAt(at.Start)})
	if !SafeTarget([]byte(target)) {
		p.problem("link", at, fmt.Sprintf("this link goes to “%s”", target), linkTo)
	}
}

// linkTo is the way out for a link that may not be printed.
const linkTo = "Link to https:, mailto: or tel: only, or to a field such as {{portal_url}}."

// SafeURL reports whether s may be the target of a link: https with a host,
// mailto or tel.
func SafeURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "https":
		return u.Host != ""
	case "mailto", "tel":
		return true
	}
	return false
}

// SafeTarget reports whether a target with fields in it may be printed as far
// as it can be known without their values.
func SafeTarget(dest []byte) bool {
	before := BeforeTag(dest)
	return len(before) == 0 && len(dest) > 0 || SafeURL(string(before)+"x")
}

// BeforeTag is the part of a target before its first field.
func BeforeTag(dest []byte) []byte {
	for i := range dest {
		if TagEnd(dest[i:]) > 0 {
			return dest[:i]
		}
	}
	return dest
}

// target reads the target of a link: the fields in it are used in a place
// where they are not read.
func (p *page) target(dest []byte, words Span) {
	p.link(string(dest), words)
	offset, ok := p.offsetOf(dest)
	for i := 0; i < len(dest); i++ {
		n := TagEnd(dest[i:])
		if n < 0 {
			continue
		}
		at := words
		if ok {
			at = Span{offset + i, offset + i + n}
		}
		if name := string(tagName(dest[i : i+n])); isName(name) {
			p.leads(p.useField(name, at, false, p.FormsAt(words.Start)), dest[:i], at, ok)
		} else {
			p.guess(name, string(dest[i:i+n]), at, ok)
		}
		i += n - 1
	}
}

// leads reports a field in a target that cannot be followed there: it begins
// the target and is no address of a page, or is one behind https://. exact
// tells that the bytes at the place are the field.
func (p *page) leads(f *Field, before []byte, at Span, exact bool) {
	if f == nil {
		return
	}
	if exact {
		at.Start -= len(before)
	}
	problem := func(message, scheme string) {
		pr := p.problem("link", at, message, scheme+"{{"+f.Name+"}}")
		if exact {
			pr.Fix = pr.Try
		}
	}
	switch {
	case len(before) == 0 && f.Type == "phone":
		problem(fmt.Sprintf("this link goes to {{%s}} without saying that it is a phone number", f.Name), "tel:")
	case len(before) == 0 && f.Type == "email":
		problem(fmt.Sprintf("this link goes to {{%s}} without saying that it is an e-mail address", f.Name), "mailto:")
	case len(before) == 0 && f.Type != "url":
		p.problem("link", at, fmt.Sprintf("this link goes to {{%s}}, which is no address", f.Name), linkTo)
	case string(before) == "https://" && f.Type == "url":
		problem(fmt.Sprintf("this link says https:// twice: {{%s}} begins with it", f.Name), "")
	}
}

// A title of a link or an image is seen when the pointer rests on it.
type title struct {
	text, target []byte
	pos          int // of the link
}

// title reads a title as a block of its own.
func (p *page) title(t title) {
	if len(t.text) == 0 {
		return
	}
	w := &p.w
	w.begin()
	if offset, ok := p.titleAfter(t.target, t.text); ok {
		p.write(w, offset, offset+len(t.text))
	} else {
		w.stand(string(t.text), max(0, t.pos), max(0, t.pos))
	}
	if w.size() > 0 {
		p.add(Title).Forms = p.FormsAt(max(0, t.pos)) // the title of a reference stands elsewhere
	}
}

// titleAfter tells where a title stands: in quotes, after the target. One
// that belongs to a reference, or that several lines make, has no one place.
func (p *page) titleAfter(dest, title []byte) (offset int, ok bool) {
	at, ok := p.offsetOf(dest)
	if !ok {
		return 0, false
	}
	rest := p.text[at+len(dest):]
	inner := bytes.TrimLeft(bytes.TrimPrefix(rest, []byte(">")), " \t\r\n")
	if len(inner) == 0 || strings.IndexByte(`"'(`, inner[0]) < 0 || !bytes.HasPrefix(inner[1:], title) {
		return 0, false
	}
	return len(p.text) - len(inner) + 1, true
}

// offsetOf tells where in the file a slice of it lies. goldmark hands out
// link targets and titles without their place, but as slices of the source;
// those it has put together from several lines have none.
func (p *page) offsetOf(part []byte) (offset int, ok bool) {
	offset = cap(p.text) - cap(part)
	if len(part) == 0 || offset < 0 || offset+len(part) > len(p.text) || &p.text[offset] != &part[0] {
		return 0, false
	}
	return offset, true
}

// htmlBlock reads a block of raw HTML: comments are passed over, the rest is
// refused. A blank of another tool may stand alone on a line as well.
func (p *page) htmlBlock(n *ast.HTMLBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	line := trimmed(p.text, Span{first.Start, first.Stop})
	line.End = line.Start + len(bytes.TrimRight(p.text[line.Start:line.End], "\r\n"))
	if tag := p.Text(line); n.HTMLBlockType == ast.HTMLBlockType7 && !IsHTML([]byte(tag)) { // type 7 is one tag alone
		p.guess(strings.Trim(tag, "</> "), tag, line, true)
		return
	}
	if n.HTMLBlockType != ast.HTMLBlockType2 { // type 2 is <!-- -->
		p.problem("raw-html", line, "raw HTML is not printed", "Write it as Markdown.")
		return
	}
	end := n.Lines().At(n.Lines().Len() - 1).Stop
	if n.HasClosure() {
		p.whole(n, "comment", n.ClosureLine.Start)
		end = n.ClosureLine.Stop
	}
	switch _, after, closed := bytes.Cut(p.text[first.Start:end], []byte("-->")); {
	case !closed:
		p.problem("raw-html", line, "this comment is never closed, so nothing after it is printed", "Put --> where it ends.")
		return
	case len(bytes.TrimSpace(after)) > 0:
		p.problem("raw-html", line, "what stands behind a comment on its line is not printed", "Put it on a line of its own, after an empty line.")
	}
	p.comment(n)
}

// rawHTML reads a tag inside a line.
func (p *page) rawHTML(n *ast.RawHTML, w *writer) {
	if n.Segments.Len() == 0 {
		return
	}
	at := Span{n.Segments.At(0).Start, n.Segments.At(n.Segments.Len() - 1).Stop}
	tag := strings.ToLower(p.Text(at))
	switch {
	case strings.HasPrefix(tag, "<!--"):
		p.inlineWaiver(at)
	case !IsHTML(p.Src[at.Start:at.End]): // <Patient Name>
		from := w.size()
		w.verbatim(p.text, at.Start, at.End)
		w.mark(from, p.guess(strings.Trim(p.Text(at), "</> "), p.Text(at), at, true))
	case strings.HasPrefix(tag, "</"):
	case strings.HasPrefix(tag, "<br"):
		p.problem("raw-html", at, "raw HTML is not printed", "End the line with a backslash to break it.")
		w.lineBreak(at.Start, true)
	default:
		p.problem("raw-html", at, "raw HTML is not printed", "Write it as Markdown: **bold**, *italic*.")
	}
}

// htmlTags are the tags that people write into letters. What else stands in
// angle brackets is a blank of another tool.
var htmlTags = strings.Fields(`a abbr address b big blockquote br button center code col colgroup dd del div dl dt em font footer
	form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label li link main meta ol p pre s script section small
	span strike strong style sub sup table tbody td tfoot th thead tr u ul video`)

// IsHTML reports whether a tag is of HTML, or a comment.
func IsHTML(tag []byte) bool {
	name := strings.ToLower(strings.TrimLeft(string(tag), "</"))
	if i := strings.IndexFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }); i >= 0 {
		name = name[:i]
	}
	return name == "" || slices.Contains(htmlTags, name)
}
