package render

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// sheet puts what stands around a letter around its body.
func (p *Pack) sheet(l *letter.Letter, r Record, body string, o Options) (Sheet, error) {
	sheet, s := p.around(l, r, body, o)
	return sheet, s.err
}

// around is sheet, with what the surroundings asked for.
func (p *Pack) around(l *letter.Letter, r Record, body string, o Options) (Sheet, *surroundings) {
	title := cmp.Or(l.Meta.Title, l.Path)
	if !strings.Contains(body, "<h1>") {
		body = `<h1 class="unseen">` + html.EscapeString(title) + "</h1>\n" + body
	}
	s := &surroundings{dict: p.dict, record: r, names: o.Fields, traced: o.Traced, language: l.Meta.Language, words: wordsIn(l.Meta.Language)}
	slip := ""
	if p.hasSlip(l) {
		slip = s.slip()
	}
	_, each, _ := cutPage(p.page)
	filled := strings.NewReplacer(
		"{{.Lang}}", html.EscapeString(l.Meta.Language),
		"{{.Title}}", html.EscapeString(title),
		"{{.Letterhead}}", s.letterhead(p.envelope),
		"{{.Date}}", s.get("letter_date"),
		"{{.Address}}", s.address(),
		"{{.Body}}", strings.TrimSpace(body),
		"{{.Footer}}", s.footer(),
		"{{.Slip}}", slip,
	).Replace(each)
	return Sheet{Title: title, Language: l.Meta.Language, Draft: o.Draft, holds: holdBanner(&l.Meta), html: filled}, s
}

// hasSlip reports whether a letter ends with a slip to send with a check.
func (p *Pack) hasSlip(l *letter.Letter) bool {
	return slices.ContainsFunc(l.Meta.Kinds, func(kind string) bool { return slices.Contains(p.practice.Mail.Slips, kind) })
}

// surroundings write what stands around a letter.
type surroundings struct {
	dict     *letter.Dictionary
	record   Record
	names    bool // field names in place of values
	traced   bool // see Options
	language string
	words    pageWords
	err      error    // the first value that does not fit its type
	asked    []string // the names whose values decided what is written
}

// has reports whether a name has a value that is there and not false.
func (s *surroundings) has(name string) bool {
	s.asked = append(s.asked, name)
	return s.record.Has(name)
}

// get is the value of a field as text of the page, its name when names are
// wanted, and nothing when it is missing.
func (s *surroundings) get(field string) string {
	f, there := s.dict.Field(field), s.has(field)
	switch {
	case s.names:
		return `<span class="field">{{` + field + `}}</span>`
	case f == nil || !there:
		return ""
	}
	text, err := letter.Format(f.Type, s.record[field], s.language)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("the value of {{%s}} %w", field, err)
	}
	if s.traced {
		return string(appendTraced(nil, field, text))
	}
	return string(appendEscaped(nil, text))
}

// say is the value of a field in words that have a %s for it, and nothing when
// it is missing.
func (s *surroundings) say(words, field string) string {
	if value := s.get(field); value != "" {
		return fmt.Sprintf(words, value)
	}
	return ""
}

// letterhead is the name and address of the office, and nothing else: it may
// show through a window, and then under the name that is meant for that.
func (s *surroundings) letterhead(e Envelope) string {
	name := s.get("practice_name")
	if s.has("practice_display_name") && e.Return.Width > 0 {
		name = s.get("practice_display_name")
	}
	return `<p class="practice">` + name + "</p>\n<p>" + lines(s.office()...) + "</p>"
}

// office are the lines of the office's address.
func (s *surroundings) office() []string {
	return []string{joined(", ", s.get("office_address_line1"), s.get("office_address_line2")),
		city(s.get("office_city"), s.get("office_state"), s.get("office_zip"))}
}

func (s *surroundings) address() string { return "<p>" + lines(s.addressLines()...) + "</p>" }

// addressLines are the lines of the reader's name and address; one that is
// missing is empty.
func (s *surroundings) addressLines() []string {
	return []string{s.get("recipient_name"), s.get("recipient_address_line1"), s.get("recipient_address_line2"),
		city(s.get("recipient_city"), s.get("recipient_state"), s.get("recipient_zip"))}
}

// footer says how to reach the office, and who helps in another language or
// format, for those who cannot read the letter in both languages.
func (s *surroundings) footer() string {
	var b strings.Builder
	part := func(parts ...string) {
		if text := lines(parts...); text != "" {
			b.WriteString("<p>" + text + "</p>\n")
		}
	}
	part(s.say(s.words.questions+"<br>\n%s", "office_phone"), s.say("TTY %s", "tty_phone"), s.get("office_hours"))
	if phone := s.get("language_line_phone"); phone != "" && (s.has("offers_interpreters") || s.names) {
		other, own := "es", s.words.interpreters
		if s.language == "es" {
			other = "en"
		}
		part(own, `<span lang="`+other+`">`+wordsIn(other).interpreters+"</span>", phone)
	}
	part(s.say(s.words.formats+"<br>\n%s", "alt_format_phone"))
	return strings.TrimSuffix(b.String(), "\n")
}

// slip is what the reader tears off and sends with a check. It names no
// amount: which one is meant, the letter says.
func (s *surroundings) slip() string {
	address := joined(", ", s.get("payment_address_line1"), s.get("payment_address_city_state_zip"))
	if address == "" {
		address = joined(", ", s.office()...)
	}
	var b strings.Builder
	for _, part := range []struct{ term, text string }{
		{s.words.payable, lines(cmp.Or(s.get("payee_name"), s.get("practice_name")), address)},
		{s.words.from, lines(s.get("recipient_name"), joined(" · ", s.say(s.words.account, "account_last4"), s.get("slip_reference")))},
		{s.words.enclosed, `$ <span class="blank"></span>`},
	} {
		fmt.Fprintf(&b, "<div><dt>%s</dt>\n<dd>%s</dd></div>\n", part.term, part.text)
	}
	return "<div class=\"slip\">\n<p class=\"tear\">" + s.words.tear + "</p>\n<dl>\n" + b.String() + "</dl>\n</div>"
}

// lines joins what is there, one line each.
func lines(parts ...string) string { return joined("<br>\n", parts...) }

// joined joins what is there.
func joined(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}

// city writes the last line of an address.
func city(city, state, zip string) string { return joined(", ", city, joined(" ", state, zip)) }
