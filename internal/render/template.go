// Package render turns letters into pages: HTML that stands alone, for screen
// and paper. Field values are data; no value can add markup.
package render

import (
	"bytes"
	"fmt"
	"io"
	"strconv"

	"github.com/yuin/goldmark"

	"bedside/lint/letter"
)

// A Template is one form of a letter, ready to be filled in: literal HTML with
// holes. It does not change and is safe for concurrent use.
type Template struct {
	language string
	segments []segment
	traced   bool // see Options
}

// A segment is literal HTML followed by a hole; the last one has no hole.
type segment struct {
	literal []byte
	hole    *hole
}

// A hole is where a field's value goes.
type hole struct {
	field   string
	typ     letter.Type
	context context
}

// A context is where in the page a value stands; it decides how the value is
// escaped.
type context uint8

const (
	inText context = iota
	inURL          // the whole of a link's target, or its start: the scheme is checked
	inPath         // later in a link's target: everything special is percent-encoded
	inList         // a list field alone: it writes its own table or list
)

// A Record is the values of one letter, by field name: string, integer,
// float, bool, time.Time or list, as the field's type asks. A missing, empty
// or false value is one that is not there.
type Record map[string]any

// Has reports whether a name has a value that is there and not false: what
// conditions ask.
func (r Record) Has(name string) bool { return letter.Given(r[name]) }

// Compile prepares one form of a letter (the number of one of l.Forms). The
// letter must have been read without problems, or be meant as a draft: what
// is not a field of dict is printed as it stands.
func Compile(l *letter.Letter, form int, dict *letter.Dictionary) (*Template, error) {
	return compile(l, form, &nodes{dict: dict})
}

func compile(l *letter.Letter, form int, w *nodes) (*Template, error) {
	if form < 0 || form >= len(l.Forms) {
		return nil, fmt.Errorf("%s has %d forms; there is no form %d", l.Path, len(l.Forms), form+1)
	}
	return newCompiler(w).compile(l, form)
}

// A compiler compiles forms one after the other. It is not safe for concurrent
// use.
type compiler struct {
	*nodes
	md goldmark.Markdown
}

func newCompiler(w *nodes) *compiler {
	c := &compiler{w, letter.NewMarkdown()}
	c.register(c.md)
	return c
}

func (c *compiler) compile(l *letter.Letter, form int) (*Template, error) {
	c.holes = nil
	doc, src := l.Document(c.md, form)
	var out bytes.Buffer
	if err := c.md.Renderer().Render(&out, src, doc); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", l.Path, err)
	}
	t := &Template{language: l.Meta.Language}
	return t, t.split(out.Bytes(), c.holes)
}

// split cuts the HTML at the marks that stand for holes: NUL, number, NUL. A
// letter has no NUL of its own.
func (t *Template) split(html []byte, holes []hole) error {
	for {
		before, rest, found := bytes.Cut(html, []byte{0})
		if !found {
			t.segments = append(t.segments, segment{literal: html})
			return nil
		}
		number, after, _ := bytes.Cut(rest, []byte{0})
		n, err := strconv.Atoi(string(number))
		if err != nil || n >= len(holes) {
			return fmt.Errorf("the page has a mark %q that stands for no field", number)
		}
		t.segments = append(t.segments, segment{before, &holes[n]})
		html = after
	}
}

// Execute writes the letter with the values of r. A value that is missing or
// does not fit its type is an error that names the field, never the value.
func (t *Template) Execute(w io.Writer, r Record) error {
	var buf []byte
	for _, s := range t.segments {
		buf = append(buf, s.literal...)
		if s.hole == nil {
			continue
		}
		fill := s.hole.fill
		if t.traced {
			fill = s.hole.trace
		}
		var err error
		if buf, err = fill(buf, r, t.language); err != nil {
			return err
		}
	}
	_, err := w.Write(buf)
	return err
}

// ExecuteNames writes the letter with the names of fields in their places.
func (t *Template) ExecuteNames(w io.Writer) error {
	var buf []byte
	for _, s := range t.segments {
		buf = append(buf, s.literal...)
		switch {
		case s.hole == nil:
		case s.hole.context == inURL:
			buf = append(buf, '#')
		case s.hole.context != inPath:
			buf = append(buf, `<span class="field">{{`+s.hole.field+`}}</span>`...)
		}
	}
	_, err := w.Write(buf)
	return err
}

// fill appends the escaped value.
func (h *hole) fill(dst []byte, r Record, language string) ([]byte, error) {
	v := r[h.field]
	if !r.Has(h.field) && h.typ != "bool" {
		return dst, fmt.Errorf("{{%s}} has no value: give it one, or put what needs it under {{#if %s}}", h.field, h.field)
	}
	if h.context == inList {
		return appendList(dst, h.field, v, language)
	}
	text, err := letter.Format(h.typ, v, language)
	if err != nil {
		return dst, fmt.Errorf("the value of {{%s}} %w", h.field, err)
	}
	switch h.context {
	case inURL:
		if !letter.SafeURL(text) {
			return dst, fmt.Errorf("the value of {{%s}} is no link that may be printed: https, mailto or tel", h.field)
		}
		return appendEscaped(dst, normalURL(text)), nil
	case inPath:
		return appendPercent(dst, h.typ, text), nil
	}
	return appendEscaped(dst, text), nil
}
