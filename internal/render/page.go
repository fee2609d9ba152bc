package render

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bedside/internal/strict"
	"bedside/lint/letter"
)

// Options choose how a letter is shown.
type Options struct {
	Person string // id of people.toml; "" is the one that PersonFor finds
	Form   int    // the form to show; -1 is the one that the person's values give
	Fields bool   // show field names in place of values
	Draft  bool   // it is not ready

	// For the preview: each value says which field it is of (data-field), one
	// that is missing is empty there, and the words of these parts of the file
	// say which (data-mark="0 3").
	Traced bool
	Marks  []letter.Span
}

// A Sheet is one letter as it is shown, without the page around it.
type Sheet struct {
	Title    string
	Language string
	Draft    bool
	holds    string // when it may be sent, for the office
	html     string
}

// Sheet shows a letter to a person. The error for one to whom it must not be
// sent is a *HeldBack; a sheet that shows the names of fields is for nobody,
// and is never held back.
func (p *Pack) Sheet(l *letter.Letter, o Options) (Sheet, error) {
	person, err := p.PersonFor(l, o.Person)
	if err != nil {
		return Sheet{}, err
	}
	record := p.record(*person, l.Meta.Language)
	if reasons := l.Meta.Held(func(name string) any { return record[name] }); reasons != nil && !o.Fields {
		return Sheet{}, &HeldBack{l.Path, person.ID, reasons}
	}
	form := o.Form
	if form < 0 {
		form = l.FormOf(record.Has)
	}
	t, err := compile(l, form, &nodes{dict: p.dict, marks: o.Marks})
	if err != nil {
		return Sheet{}, err
	}
	t.traced = o.Traced
	if o.Form >= 0 {
		p.force(l, form, record)
	}
	var body bytes.Buffer
	if o.Fields {
		err = t.ExecuteNames(&body)
	} else {
		err = t.Execute(&body, record)
	}
	if err != nil {
		return Sheet{}, fmt.Errorf("%s for the person “%s”: %w", l.Path, person.ID, err)
	}
	return p.sheet(l, record, body.String(), o)
}

// force makes a record fit a form: what the form says is missing goes, what it
// says is there and the person does not have reads as in fields.toml.
func (p *Pack) force(l *letter.Letter, form int, r Record) {
	for i, c := range l.Choices {
		there := l.Forms[form].Present>>i&1 == 1
		switch f := p.dict.Field(c.Name); {
		case !there:
			delete(r, c.Name)
		case f != nil && !r.Has(c.Name):
			r[c.Name] = example(f, l.Meta.Language)
		}
	}
}

// example is the example of a field as a value of its type, for a letter in a
// language.
func example(f *letter.Field, language string) any {
	switch f.Type {
	case "date":
		if day, err := time.Parse("January 2, 2006", f.Example); err == nil {
			return day
		}
	case "integer":
		if n, err := strconv.ParseInt(f.Example, 10, 64); err == nil {
			return n
		}
	case "bool":
		return true
	}
	return f.ExampleIn(language)
}

// marks are the places that letter.html can have, in double braces. What
// stands between begin and end is there once for each letter.
var marks = []string{".Lang", ".Title", ".Style", ".Edition", ".Draft", begin, end, ".Letterhead", ".Date", ".Address", ".Body", ".Footer", ".Slip"}

const (
	begin = "#each letter"
	end   = "/each"
)

// needed are those that it cannot do without, and what would be lost.
var needed = []struct{ mark, what string }{
	{".Body", "the place of the letter"},
	{".Draft", "the place of the warning on a letter that is not ready"},
	{begin, "before what is there once for each letter"},
	{end, "after what is there once for each letter"},
}

// anyMark is what looks like a mark.
var anyMark = regexp.MustCompile(`\{\{\s*([.#/]?\w*(?: \w+)?)\s*\}\}`)

// checkPage refuses a letter.html whose pages would lack the letter, or show a
// mark as it stands. Errors are *strict.Error.
func checkPage(src string) error {
	fault := func(at []int, message string, args ...any) error {
		return &strict.Error{File: pageName, Src: src, Place: strict.Place{Offset: at[0], Length: at[1] - at[0]}, Message: fmt.Sprintf(message, args...)}
	}
	for _, at := range anyMark.FindAllStringSubmatchIndex(src, -1) {
		whole, mark := src[at[0]:at[1]], src[at[2]:at[3]]
		if whole != "{{"+mark+"}}" || !slices.Contains(marks, mark) {
			return fault(at, "“%s” stands for nothing; there are {{%s}}", whole, strings.Join(marks, "}}, {{"))
		}
	}
	for _, n := range needed {
		if !strings.Contains(src, "{{"+n.mark+"}}") {
			return fault([]int{0, 0}, "this page has no {{%s}}, %s", n.mark, n.what)
		}
	}
	_, each, _ := cutPage(src)
	if strings.Count(src, "{{"+begin+"}}") != 1 || strings.Count(src, "{{"+end+"}}") != 1 || !strings.Contains(each, "{{.Body}}") {
		body := strings.Index(src, "{{.Body}}")
		return fault([]int{body, body + len("{{.Body}}")}, "the letter has to stand between {{%s}} and {{%s}}, and each of the two once", begin, end)
	}
	return nil
}

// cutPage parts letter.html into what is there once and, in the middle, what
// is there for each letter.
func cutPage(src string) (before, each, after string) {
	before, rest, _ := strings.Cut(src, "{{"+begin+"}}")
	each, after, _ = strings.Cut(rest, "{{"+end+"}}")
	return before, each, after
}

// What a page says of letters that are not ready, to the office.
const (
	draftBanner  = `<aside class="draft-banner"><p><strong>Draft.</strong> This letter is not ready. Please do not send it.</p></aside>`
	draftsBanner = `<aside class="draft-banner"><p><strong>Draft.</strong> Not all of these letters are ready. Please do not send them.</p></aside>`
)

// Style is how every page looks, as CSS.
func (p *Pack) Style() string { return p.envelope.Style() + strings.TrimSpace(p.style) }

// Page puts letters on one page of HTML that needs nothing else. Printed, each
// begins on a sheet of its own.
func (p *Pack) Page(sheets []Sheet, largePrint bool) []byte {
	title, edition, draft, holds := sheets[0].Title, "standard", "", sheets[0].holds
	if len(sheets) > 1 {
		title, holds = wordsIn(sheets[0].Language).letters, "" // the index has them
	}
	if largePrint {
		edition = "large-print"
	}
	if slices.ContainsFunc(sheets, func(s Sheet) bool { return s.Draft }) {
		draft = draftBanner
		if len(sheets) > 1 {
			draft = draftsBanner
		}
	}
	around := strings.NewReplacer(
		"{{.Lang}}", html.EscapeString(sheets[0].Language),
		"{{.Title}}", html.EscapeString(title),
		"{{.Style}}", p.Style(),
		"{{.Edition}}", edition,
		"{{.Draft}}", draft+holds,
	)
	before, _, after := cutPage(p.page)
	var b bytes.Buffer
	b.WriteString(around.Replace(before))
	for _, s := range sheets {
		b.WriteString(s.html)
	}
	b.WriteString(around.Replace(after))
	return b.Bytes()
}
