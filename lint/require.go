package lint

import (
	"fmt"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// requireTable is [require.*]: what a letter should hold, in every form it can
// take.
type requireTable struct {
	common
	Place     string            `toml:"place"`  // where it belongs: opening, details, closing
	Within    string            `toml:"within"` // "opening": it must stand there
	Of        string            `toml:"of"`     // the rule whose words it looks for, when it has none of its own
	Fields    []string          `toml:"fields"` // a field that meets the need by itself
	Any       byLanguage        `toml:"any"`
	Void      byLanguage        `toml:"void"` // a sentence with these words counts for nothing
	Negatable *bool             `toml:"negatable"`
	Insert    map[string]string `toml:"insert"` // a sentence to insert
	Hit       byLanguage        `toml:"hit"`
	OK        byLanguage        `toml:"ok"`
}

func (t *requireTable) decode(into func(v any) error) error { return into(t) }

// places are where a missing element can belong.
var places = []string{"opening", "details", "closing"}

func (t *requireTable) compile(r *Rule, p *Pack) (check, error) {
	if !slices.Contains(places, t.Place) {
		return nil, &keyError{[]string{"place"}, 0, t.Place, unknownName("place", t.Place, places).Error()}
	}
	if t.Within != "" && t.Within != "opening" {
		return nil, &keyError{[]string{"within"}, 0, t.Within, unknownName("place to stand in", t.Within, []string{"opening"}).Error()}
	}
	for _, name := range t.Fields {
		if p.Dictionary.Field(name) == nil {
			return nil, &keyError{[]string{"fields"}, 0, name, fmt.Sprintf("“%s” is not a field of fields.toml; did you mean “%s”?", name, p.Dictionary.Nearest(name))}
		}
	}
	negatable := t.Negatable == nil || *t.Negatable
	for _, lang := range sortedKeys(t.Any) {
		r.Entries = append(r.Entries, &Entry{Language: lang, Find: t.Any[lang], Try: nonEmpty(t.Insert[lang]),
			Hit: t.Hit[lang], OK: t.OK[lang], negatable: negatable})
	}
	for _, lang := range sortedKeys(t.Void) {
		r.Entries = append(r.Entries, &Entry{Language: lang, Find: t.Void[lang], void: true})
	}
	el := &element{requireTable: t, rule: r}
	r.element = el
	return el.check, nil
}

// An element finds one required thing in a letter.
type element struct {
	*requireTable
	rule *Rule
}

// A mention is one sentence that meets the need.
type mention struct {
	block int
	hit   hit
	forms letter.FormSet
}

// mentions are the sentences and fields that meet the need.
func (el *element) mentions(read *reading) []mention {
	hits := read.hitsOf(el.rule)
	var void []hit
	for _, h := range hits {
		if el.rule.Entries[h.entry].void {
			void = append(void, h)
		}
	}
	var out []mention
	for _, h := range hits {
		dead := slices.ContainsFunc(void, func(v hit) bool { return v.block == h.block && v.sentence == h.sentence })
		if el.rule.Entries[h.entry].void || dead || h.block < 0 {
			continue
		}
		out = append(out, mention{h.block, h, read.Blocks[h.block].Forms})
	}
	if len(el.Fields) == 0 {
		return out
	}
	for i := range read.Blocks {
		for _, m := range read.Blocks[i].Marks {
			if m.Kind != letter.MarkCode && slices.Contains(el.Fields, m.Name) {
				out = append(out, mention{i, hit{block: i, start: m.Start, end: m.End}, read.Blocks[i].Forms})
			}
		}
	}
	return out
}

// present is the set of forms in which the element is there.
func (el *element) present(read *reading) letter.FormSet {
	var s letter.FormSet
	for _, m := range el.mentions(read) {
		s |= m.forms
	}
	return s
}

// check reports the forms in which the element is missing, once, where it
// belongs; and an element that stands too late.
func (el *element) check(read *reading, found func(Match)) {
	mentions := el.mentions(read)
	var have, early letter.FormSet
	for _, m := range mentions {
		have |= m.forms
		if m.block < read.openingEnd() {
			early |= m.forms
		}
	}
	all := read.AllForms()
	insert := el.insertFor(read.lang)
	if missing := all &^ have; missing != 0 {
		m := Match{Span: read.insertAt(el.Place), Forms: missing, Try: nonEmpty(insert)}
		m.Message = "this letter does not " + el.Says
		if missing != all {
			m.Message = fmt.Sprintf("%s, this letter does not %s", read.When(missing), el.Says)
			if open, ok := read.Condition(read.Blocks[mentions[0].block].Span().Start); ok {
				m.Span = open
				m.Text = strings.TrimSpace(read.Text(open))
				m.Message += fmt.Sprintf(": the only words for it stand under %s", m.Text)
			}
		}
		found(m)
		return
	}
	if late := all &^ early; el.Within != "" && late != 0 {
		m := read.match(mentions[0].hit)
		m.Forms = late
		m.Severity = min(el.rule.Severity, Warning)
		m.Message = fmt.Sprintf("%s early, before the numbers: here it comes late", el.Says)
		m.Try = []string{"Move this up, right after the greeting."}
		found(m)
	}
}

func (el *element) insertFor(lang string) string {
	if s := el.Insert[lang]; s != "" {
		return s
	}
	return el.Insert["en"]
}
