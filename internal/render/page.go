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
	Draft  bool   // mark every page as a draft
}

// Letter renders a letter as a page of HTML that needs nothing else. The error
// for a person to whom it must not be sent is a *HeldBack; one that shows the
// names of fields is for nobody, and is never held back.
func (p *Pack) Letter(l *letter.Letter, o Options) ([]byte, error) {
	person, err := p.PersonFor(l, o.Person)
	if err != nil {
		return nil, err
	}
	if reasons := p.Held(l, person); reasons != nil && !o.Fields {
		return nil, &HeldBack{l.Path, person.ID, reasons}
	}
	record := p.record(*person, l.Meta.Language)
	form := o.Form
	if form < 0 {
		form = l.FormOf(record.Has)
	}
	t, err := Compile(l, form, p.dict)
	if err != nil {
		return nil, err
	}
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
		return nil, fmt.Errorf("%s for the person “%s”: %w", l.Path, person.ID, err)
	}
	return p.around(l, record, body.String(), o)
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

// marks are the places that letter.html can have, in double braces.
var marks = []string{".Lang", ".Title", ".Style", ".Letterhead", ".Date", ".Address", ".Body", ".Footer", ".Draft"}

// needed are those that it cannot do without, and what would be lost.
var needed = []struct{ mark, what string }{{".Body", "the letter"}, {".Draft", "the warning on a letter that is not ready"}}

// anyMark is what looks like a mark.
var anyMark = regexp.MustCompile(`\{\{\s*(\.?\w*)\s*\}\}`)

// checkPage refuses a letter.html whose pages would lack the letter, or show a
// mark as it stands. Errors are *strict.Error.
func checkPage(src string) error {
	for _, at := range anyMark.FindAllStringSubmatchIndex(src, -1) {
		whole, mark := src[at[0]:at[1]], src[at[2]:at[3]]
		if whole != "{{"+mark+"}}" || !slices.Contains(marks, mark) {
			return &strict.Error{File: pageName, Src: src, Place: strict.Place{Offset: at[0], Length: len(whole)},
				Message: fmt.Sprintf("“%s” stands for nothing; there are {{%s}}", whole, strings.Join(marks, "}}, {{"))}
		}
	}
	for _, n := range needed {
		if !strings.Contains(src, "{{"+n.mark+"}}") {
			return &strict.Error{File: pageName, Src: src, Message: fmt.Sprintf("this page has no {{%s}}, the place of %s", n.mark, n.what)}
		}
	}
	return nil
}

// around puts the page around the body of a letter.
func (p *Pack) around(l *letter.Letter, r Record, body string, o Options) ([]byte, error) {
	draft := ""
	if o.Draft {
		draft = `<div class="draft-banner"><p><strong>Draft.</strong> This letter is not ready. Please do not send it.</p></div>`
	}
	title := l.Meta.Title
	if title == "" {
		title = l.Path
	}
	if !strings.Contains(body, "<h1>") {
		body = `<h1 class="unseen">` + html.EscapeString(title) + "</h1>\n" + body
	}
	sh := &sheet{dict: p.dict, record: r, names: o.Fields, language: l.Meta.Language}
	page := strings.NewReplacer(
		"{{.Lang}}", html.EscapeString(l.Meta.Language),
		"{{.Title}}", html.EscapeString(title),
		"{{.Style}}", strings.TrimSpace(p.style),
		"{{.Letterhead}}", sh.letterhead(),
		"{{.Date}}", sh.get("letter_date"),
		"{{.Address}}", sh.address(),
		"{{.Body}}", strings.TrimSpace(body),
		"{{.Footer}}", sh.footer(),
		"{{.Draft}}", draft+holdBanner(&l.Meta),
	).Replace(p.page)
	return []byte(page), sh.err
}

// A sheet is what stands around a letter on its page.
type sheet struct {
	dict     *letter.Dictionary
	record   Record
	names    bool // field names in place of values
	language string
	err      error // the first value that does not fit its type
}

// get is the value of a field as text of the page, its name when names are
// wanted, and nothing when it is missing.
func (s *sheet) get(field string) string {
	f := s.dict.Field(field)
	switch {
	case s.names:
		return `<span class="field">{{` + field + `}}</span>`
	case f == nil || !s.record.Has(field):
		return ""
	}
	text, err := letter.Format(f.Type, s.record[field], s.language)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("the value of {{%s}} %w", field, err)
	}
	return string(appendEscaped(nil, text))
}

// lines joins what is there, one line each.
func lines(parts ...string) string { return joined("<br>\n", parts...) }

func (s *sheet) letterhead() string {
	contact := lines(joined(" · ", s.get("office_address_line1"), s.get("office_address_line2"),
		city(s.get("office_city"), s.get("office_state"), s.get("office_zip"))), joined(" · ", s.get("office_phone"), s.get("office_hours")))
	return `<p class="practice">` + s.get("practice_name") + "</p>\n<p class=\"contact\">" + contact + "</p>"
}

func (s *sheet) address() string {
	return "<p>" + lines(s.get("recipient_name"), s.get("recipient_address_line1"), s.get("recipient_address_line2"),
		city(s.get("recipient_city"), s.get("recipient_state"), s.get("recipient_zip"))) + "</p>"
}

// footer says once more who writes and how to reach them, on the last page.
func (s *sheet) footer() string {
	return "<p>" + joined(" · ", s.get("practice_name"), s.get("office_phone")) + "</p>"
}

// joined joins what is there.
func joined(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// city writes the last line of an address.
func city(city, state, zip string) string { return joined(", ", city, joined(" ", state, zip)) }
