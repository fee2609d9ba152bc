package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// Makings are all that the pages of a letter are made of, but for what its
// front matter says and for the values of its reader.
type Makings struct {
	Letter []byte   // its words in every form, with the names of fields where values go
	Page   []byte   // letter.html and letter.css; the ends of lines do not count
	Mail   []byte   // where the windows are, and whether it ends with a slip
	Names  []string // the fields and facts that it asks for and that stand around it, sorted
	Sample []byte   // a page with examples for values: how this program writes it
}

// Makings takes a letter apart. The letter must have been read without
// problems.
func (p *Pack) Makings(l *letter.Letter) (*Makings, error) {
	m := &Makings{}
	for _, c := range l.Choices {
		m.ask(c.Name)
	}
	for _, h := range slices.Concat(l.Meta.SendOnlyIf, l.Meta.NeverIf) {
		m.ask(h.If)
		m.ask(h.After)
	}
	var words bytes.Buffer
	var t *Template
	c := newCompiler(&nodes{dict: p.dict})
	for form := range l.Forms {
		var err error
		if t, err = c.compile(l, form); err != nil {
			return nil, err
		}
		words.WriteString(l.FormName(form) + "\x00")
		for _, s := range t.segments {
			words.Write(s.literal)
			words.WriteByte(0) // a letter has no NUL of its own
			if s.hole != nil {
				fmt.Fprintf(&words, "%s %d\x00", s.hole.field, s.hole.context)
				m.ask(s.hole.field)
			}
		}
	}
	m.Letter = words.Bytes()
	m.Page = []byte(oneEnd(p.page) + "\x00" + oneEnd(p.style))
	m.Mail = fmt.Appendf(nil, "%s\nslip %v\n", p.envelope.Style(), p.hasSlip(l))
	m.Sample = p.sample(l, t, m)
	slices.Sort(m.Names)
	m.Names = slices.Compact(m.Names)
	return m, nil
}

func (m *Makings) ask(name string) {
	if name != "" {
		m.Names = append(m.Names, name)
	}
}

// oneEnd makes the ends of lines the same on every system.
func oneEnd(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// sample is the page of a letter, with the examples of fields.toml for what
// the office does not fill in, or why there is none. It notes the names that
// stand around the letter.
func (p *Pack) sample(l *letter.Letter, t *Template, m *Makings) []byte {
	record := p.record(Person{}, l.Meta.Language)
	for _, f := range p.dict.All() {
		if !record.Has(f.Name) {
			record[f.Name] = example(f, l.Meta.Language)
		}
		if f.Type == "list" {
			record[f.Name] = exampleLines
		}
	}
	var body bytes.Buffer
	if err := t.Execute(&body, record); err != nil {
		body.WriteString(err.Error())
	}
	sheet, s := p.around(&letter.Letter{Meta: l.Meta}, record, body.String(), Options{}) // wherever the file is
	m.Names = append(m.Names, s.asked...)
	return p.Page([]Sheet{sheet}, false)
}

// exampleLines is a list with a value in every column.
var exampleLines = []map[string]any{{
	"date": "2026-05-04", "what": "Lab test", "code": "80053", "charge": "1240.00", "plan_discount": "141.60",
	"our_discount": "0.00", "plan_paid": "980.00", "you_paid": "0.00", "your_part": "118.40",
}}
