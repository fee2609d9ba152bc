package lint

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// guardTable is [guard.*]: data that must not be shown.
type guardTable struct {
	common
	Find   []string `toml:"find"` // in any language
	Except []string `toml:"except"`
	Fields []string `toml:"fields"` // fields that must not be used
	Links  []string `toml:"links"`  // query parameters that must not be in a link
	Where  []string `toml:"where"`  // letter, title, file, link; default letter and title
	Try    string   `toml:"try"`
	Hit    []string `toml:"hit"`
	OK     []string `toml:"ok"`
}

func (t *guardTable) decode(into func(v any) error) error { return into(t) }

// scopes are the places a guard can look at.
var scopes = []string{"letter", "title", "file", "link"}

func (t *guardTable) compile(r *Rule, _ *Pack) (check, error) {
	if len(t.Where) == 0 {
		t.Where = []string{"letter", "title"}
	}
	for _, w := range t.Where {
		if !slices.Contains(scopes, w) {
			return nil, &keyError{[]string{"where"}, 0, w, unknownName("place that is looked at", w, scopes).Error()}
		}
	}
	r.Try = nonEmpty(t.Try)
	r.Entries = []*Entry{{key: []string{"find"}, Find: t.Find, Except: t.Except, Try: r.Try, Hit: t.Hit, OK: t.OK, proofIn: t.proofIn()}}
	return func(read *reading, found func(Match)) {
		say := func(m Match) {
			m.Try = r.Try
			m.Message = strings.Replace(r.Says, "%q", quote(m.Text), 1)
			found(m)
		}
		for _, h := range read.hitsOf(r) {
			if slices.Contains(t.Where, h.scope()) {
				say(read.match(h))
			}
		}
		t.fields(read, say)
		t.links(read, say)
	}, nil
}

// proofIn is the text that the sentences of the proof stand for: the page
// where the guard looks at that.
func (t *guardTable) proofIn() int {
	switch looks := func(where string) bool { return slices.Contains(t.Where, where) }; {
	case looks("letter"):
		return 0
	case looks("file"):
		return inFile
	case looks("title"):
		return inTitle
	}
	return 0
}

// fields reports uses of fields that must not be used.
func (t *guardTable) fields(read *reading, say func(Match)) {
	for _, f := range read.Fields {
		if slices.Contains(t.Fields, f.Name) {
			say(Match{Span: f.Span, Text: "{{" + f.Name + "}}", Forms: f.Forms})
		}
	}
}

// links reports fields and query parameters in links that give data away.
func (t *guardTable) links(read *reading, say func(Match)) {
	if len(t.Links) == 0 {
		return
	}
	for _, f := range read.Fields { // a link is seen by every computer on its way
		if !f.Text && f.Field != nil && f.Field.Privacy != "none" {
			say(Match{Span: f.Span, Text: "{{" + f.Name + "}}", Forms: f.Forms})
		}
	}
	for _, l := range read.Links {
		_, query, _ := strings.Cut(l.Target, "?")
		if query == "" {
			_, query, _ = strings.Cut(l.Target, "#")
		}
		for parameter := range strings.FieldsFuncSeq(query, func(c rune) bool { return c == '&' || c == '#' || c == ';' }) {
			name, value, _ := strings.Cut(parameter, "=")
			if value != "" && slices.ContainsFunc(t.Links, func(s string) bool { return strings.Contains(strings.ToLower(name), strings.ToLower(s)) }) {
				say(Match{Span: l.Span, Text: fmt.Sprintf("%s=", name), Forms: l.Forms})
			}
		}
	}
}

// scope is where a hit stands.
func (h hit) scope() string {
	switch h.block {
	case inTitle:
		return "title"
	case inFile:
		return "file"
	}
	return "letter"
}

// outside are the texts of a letter that are not on the page: its title in
// lists and its file name.
func (read *reading) outside(block int) (text string, at letter.Span) {
	if block == inTitle {
		return read.Meta.Title, read.MetaKey("title")
	}
	name := path.Base(read.Path)
	return strings.TrimSuffix(name, path.Ext(name)), letter.Span{}
}
