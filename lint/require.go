package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"bedside/lint/letter"
)

// requireTable is [require.*]: what a letter should hold, in every form it can
// take.
type requireTable struct {
	common
	Place     string            `toml:"place"`  // where it belongs: one of places
	Within    string            `toml:"within"` // "opening": it must stand there
	Label     string            `toml:"label"`  // what labels of letters call it
	Fields    []string          `toml:"fields"` // a field that meets the need by itself
	Calls     []string          `toml:"calls"`  // a field that meets it where the letter begins by calling the reader so
	Blanks    []string          `toml:"blanks"` // what a blank that meets it is called, in any language
	Links     []string          `toml:"links"`  // with what words a link that meets it begins, in any language
	Any       byLanguage        `toml:"any"`
	Except    byLanguage        `toml:"except"`
	Void      byLanguage        `toml:"void"` // a sentence with these words counts for nothing
	Negatable *bool             `toml:"negatable"`
	Insert    map[string]string `toml:"insert"` // a sentence to insert
	Hit       byLanguage        `toml:"hit"`
	OK        byLanguage        `toml:"ok"`
}

func (t *requireTable) decode(into func(v any) error) error { return into(t) }

// places are where a missing element can belong, in the order of a letter.
var places = [...]string{"greeting", "opening", "details", "closing", "signature"}

func (t *requireTable) compile(r *Rule, p *Pack) (check, error) {
	place := slices.Index(places[:], t.Place)
	if place < 0 {
		return nil, &keyError{[]string{"place"}, 0, t.Place, unknownName("place", t.Place, places[:]).Error()}
	}
	if t.Within != "" && t.Within != "opening" {
		return nil, &keyError{[]string{"within"}, 0, t.Within, unknownName("place to stand in", t.Within, []string{"opening"}).Error()}
	}
	el := &element{requireTable: t, rule: r, name: strings.TrimPrefix(r.ID, "require."), place: place, voids: t.Void != nil,
		lacks: "this letter does not " + t.Says, tries: map[string][]string{}}
	for lang, sentence := range t.Insert {
		el.tries[lang] = nonEmpty(sentence)
	}
	if err := errors.Join(p.metBy(el, "fields", t.Fields, p.meets), p.metBy(el, "calls", t.Calls, p.calls)); err != nil {
		return nil, err
	}
	if t.Links != nil {
		p.links = append(p.links, el)
	}
	for _, name := range t.Blanks {
		el.blanks = append(el.blanks, strings.Fields(name))
	}
	if t.Blanks != nil {
		p.blanks = append(p.blanks, el)
	}
	if t.Calls != nil {
		p.calls[""] = append(p.calls[""], el) // a blank for a name that no field has
	}
	r.Label = cmp.Or(t.Label, r.Label)
	if err := errors.Join(inVain("any", t.Any, "except", t.Except), inVain("any", t.Any, "hit", t.Hit), inVain("any", t.Any, "ok", t.OK)); err != nil {
		return nil, err
	}
	negatable := t.Negatable == nil || *t.Negatable
	for _, lang := range sortedKeys(t.Any) {
		r.Entries = append(r.Entries, &Entry{key: []string{"any", lang}, Language: lang, Find: t.Any[lang], Except: t.Except[lang],
			Try: nonEmpty(t.Insert[lang]), Hit: t.Hit[lang], OK: t.OK[lang], negatable: negatable})
	}
	for _, lang := range sortedKeys(t.Void) {
		r.Entries = append(r.Entries, &Entry{key: []string{"void", lang}, Language: lang, Find: t.Void[lang], void: true})
	}
	r.element = el
	return el.check, nil
}

// metBy notes that the fields that a key names meet the need of an element.
func (p *Pack) metBy(el *element, key string, fields []string, meets map[string][]*element) error {
	for _, name := range fields {
		if p.Dictionary.Field(name) == nil {
			return &keyError{[]string{key}, 0, name, p.notAField(name, el.rule)}
		}
		meets[name] = append(meets[name], el)
	}
	return nil
}

// notAField says what to do about a field that a rule names and fields.toml
// does not have: the rule may be one that the office cannot change.
func (p *Pack) notAField(name string, r *Rule) string {
	wayOut := fmt.Sprintf("; add it there, or set the fields of %s without it", r.ID)
	if near := p.Dictionary.Nearest(name); near != "" {
		wayOut = fmt.Sprintf(" (did you mean “%s”?)", near) + wayOut
	}
	return fmt.Sprintf("“%s” is not a field of fields.toml%s", name, wayOut)
}

// An element finds one required thing in a letter.
type element struct {
	*requireTable
	rule *Rule
	name string // "acknowledgment" of require.acknowledgment

	place  int                 // of places
	voids  bool                // it has words that make their sentence count for nothing
	lacks  string              // what is said of a letter without it
	blanks [][]string          // Blanks in words
	tries  map[string][]string // Insert
}

// mentions calls yield with each place that meets the need, and the forms in
// which it does: first words, then fields and blanks, the name that greets and
// links, each in the order of the letter.
func (el *element) mentions(read *reading, yield func(h *hit, forms letter.FormSet)) {
	hits := read.hitsOf(el.rule)
	for len(hits) > 0 {
		n := len(hits)
		if el.voids {
			n = sameSentence(hits)
		}
		if !el.voids || !slices.ContainsFunc(hits[:n], el.isVoid) {
			for i := range hits[:n] {
				yield(&hits[i], read.Blocks[hits[i].block].Forms)
			}
		}
		hits = hits[n:]
	}
	if len(el.Fields)+len(el.Calls)+len(el.Blanks)+len(el.Links) == 0 {
		return
	}
	for i := range read.named {
		if m := &read.named[i]; slices.Contains(m.meets, el) {
			yield(&m.hit, m.forms)
		}
	}
}

// A named mark is a field, or a blank that means one, that meets the need of
// some elements.
type namedMark struct {
	hit
	meets []*element
	forms letter.FormSet // in which it does
}

// nameMarks looks up once which elements the fields of the letter meet.
func (read *reading) nameMarks() {
	read.named = read.named[:0]
	for i := range read.Blocks {
		b := &read.Blocks[i]
		for _, m := range b.Marks {
			meets := read.pack.meets[m.Name]
			if m.Kind == letter.MarkBlank || m.Kind == letter.MarkField && read.pack.Dictionary.Field(m.Name) == nil {
				meets = append(meets[:len(meets):len(meets)], read.pack.metByBlank(b.Text[m.Start:m.End])...)
			}
			if len(meets) > 0 && m.Kind != letter.MarkCode {
				read.named = append(read.named, namedMark{hit{block: i, start: m.Start, end: m.End}, meets, b.Forms})
			}
		}
	}
}

// nameLinks looks up which elements the words of the links meet: "Pay now" is
// an order, and a way to pay where it is a link.
func (read *reading) nameLinks() {
	if len(read.pack.links) == 0 {
		return
	}
	block := 0
	for _, link := range read.Links {
		for block < len(read.Blocks) && read.Blocks[block].Span().End <= link.Span.Start {
			block++
		}
		if block == len(read.Blocks) {
			return
		}
		b := &read.Blocks[block]
		start, end := b.Words(link.Span)
		words := strings.ToLower(strings.TrimLeftFunc(b.Text[start:end], func(r rune) bool { return !inWord(r) }))
		for _, el := range read.pack.links {
			for _, begin := range el.Links {
				if beginsWith(words, begin) {
					read.named = append(read.named, namedMark{hit{block: block, start: start, end: end}, []*element{el}, b.Forms})
					break
				}
			}
		}
	}
}

// beginsWith reports whether a text begins with some whole words.
func beginsWith(text, words string) bool {
	rest, ok := strings.CutPrefix(text, words)
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && !inWord(next)
}

// metByBlank are the elements whose need a blank meets by what it is called:
// {payLink} and [LINK TO PAY] are a way to pay, in a letter of any language.
func (p *Pack) metByBlank(shown string) (meets []*element) {
	shown = strings.ToLower(shown)
	for _, el := range p.blanks {
		if slices.ContainsFunc(el.blanks, func(words []string) bool { return containsAll(shown, words) }) {
			meets = append(meets, el)
		}
	}
	return meets
}

// containsAll reports whether a text has all of some words, in any order.
func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// isVoid reports whether a hit is of words that make their sentence count for
// nothing.
func (el *element) isVoid(h hit) bool { return el.rule.Entries[h.entry].void }

// sameSentence is the number of hits, from the first on, that stand in one
// sentence.
func sameSentence(hits []hit) int {
	n := 1
	for n < len(hits) && hits[n].block == hits[0].block && hits[n].sentence == hits[0].sentence {
		n++
	}
	return n
}

// A survey says where an element stands: in which forms at all, in which in
// the opening, and the first and last place.
type survey struct {
	done        bool
	have, early letter.FormSet
	first, last *hit // nil where it does not
}

// survey looks through the letter once; what it saw is kept with the reading.
func (el *element) survey(read *reading) *survey {
	s := &read.surveys[el.rule.index]
	if s.done {
		return s
	}
	*s = survey{done: true}
	el.mentions(read, func(h *hit, in letter.FormSet) {
		if s.have == 0 {
			s.first = h
		}
		s.last = h
		s.have |= in
		if el.Within != "" {
			s.early |= read.inOpening(h.block) & in
		}
	})
	return s
}

// seen tells whether the letter has the element, and where first.
func (el *element) seen(read *reading) Element {
	s := el.survey(read)
	e := Element{Name: el.name, Present: s.have == read.AllForms()}
	if s.have != 0 {
		e.block, e.start, e.end = &read.Blocks[s.first.block], s.first.start, s.first.end
	}
	return e
}

// check reports the forms in which the element is missing, once, where it
// belongs; and an element that stands too late.
func (el *element) check(read *reading, found func(Match)) {
	s := el.survey(read)
	if read.worded&^s.have != 0 {
		found(el.missing(read, s))
	}
	if el.Within != "" {
		el.late(read, s.have&^s.early, found)
	}
}

// late reports the element where it stands first in forms in which that is too
// late.
func (el *element) late(read *reading, forms letter.FormSet, found func(Match)) {
	if forms == 0 {
		return
	}
	el.mentions(read, func(h *hit, in letter.FormSet) {
		m := read.match(*h)
		if m.Forms = in & forms; m.Forms == 0 {
			return
		}
		forms &^= m.Forms
		m.Severity = min(el.rule.Severity, Warning)
		m.Message = fmt.Sprintf("%s early, before the numbers: here it comes late", el.Says)
		m.Try = []string{"Move this up, right after the greeting."}
		found(m)
	})
}

// missing is the match of an element that some forms do not have.
func (el *element) missing(read *reading, s *survey) Match {
	m := Match{Span: read.insertAt(el.place), Forms: read.worded &^ s.have, Try: el.insertFor(read.lang)}
	if s.have == 0 {
		m.Message = el.lacks
		return m
	}
	m.Message = fmt.Sprintf("%s, this letter does not %s", read.When(m.Forms), el.Says)
	first, last := read.Blocks[s.first.block].Span().Start, read.Blocks[s.last.block].Span().Start
	open, ok := read.Condition(first)
	if other, _ := read.Condition(last); ok && open == other {
		m.Span = open
		m.Text = strings.TrimSpace(read.Text(open))
		where := "under"
		if read.InElse(first) && read.InElse(last) {
			where = "behind the {{else}} of"
		}
		m.Message += fmt.Sprintf(": the only words for it stand %s %s", where, m.Text)
	}
	return m
}

func (el *element) insertFor(lang string) []string {
	if try := el.tries[lang]; try != nil {
		return try
	}
	return el.tries["en"]
}
