package lint

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"bedside/lint/letter"
)

// twinRule is the rule of what Twins finds.
const twinRule = "letter.twin"

// Twins holds letters of the same name in the folders of two languages to each
// other, such as templates/en/thanks.md and templates/es/thanks.md: whichever
// of them is sent, the reader learns the same. (What letters of their kind have
// to hold, the rules for that ask of each, in every form.) It looks at results,
// after the letters have been checked one by one, and is not safe for
// concurrent use.
type Twins struct {
	pack  *Pack
	count map[string]int       // of letters, by what twins have in common
	first map[string]*likeness // the one that has been seen
}

// Twins begins to compare the letters at some paths, written with /.
func (p *Pack) Twins(paths []string) *Twins {
	t := &Twins{pack: p, count: map[string]int{}, first: map[string]*likeness{}}
	for _, name := range paths {
		if of := p.TwinsOf(name); of != "" {
			t.count[of]++
		}
	}
	return t
}

// TwinsOf is what the paths of twins, written with /, have in common:
// "templates/ thanks.md"; "" for a letter that does not lie in the folder of a
// language.
func (p *Pack) TwinsOf(name string) string {
	dir, file := path.Split(name)
	around, lang := path.Split(path.Clean(dir))
	if p.matchers[lang] == nil {
		return ""
	}
	return around + " " + file
}

// Compare adds to the result of a letter where it differs from its twin, if
// that has been seen before. Letters without front matter have no twin.
func (t *Twins) Compare(res *Result) {
	of := t.pack.TwinsOf(res.Path)
	if t.count[of] < 2 || !res.Letter.Meta.Present || res.unread() != nil || t.pack.matchers[res.Language] == nil {
		return
	}
	mine, first := t.pack.likenessOf(res), t.first[of]
	if first == nil {
		t.first[of] = mine
	} else {
		c := pairing{pack: t.pack, res: res, first: first, mine: mine}
		c.compare()
	}
	fit, faults := t.pack.waivers(res.Letter, func(rule string) bool { return rule == twinRule })
	for i := range res.Findings {
		if f := &res.Findings[i]; f.Rule.ID == twinRule {
			f.Waiver = waiverFor(fit, twinRule, f.Span)
		}
	}
	res.Findings = append(res.Findings, faults...)
	res.sorted(append(res.Findings, t.pack.unused(res, fit)...))
}

// A likeness is what has to be the same in twins.
type likeness struct {
	path, lang, stage string
	kinds             []string // sorted
	choices           []string // sorted
	fields            []use    // of any name once, in the order of the letter
	tables            []int    // how many rows with fields each has
	holds             [][]string
}

// A use of a field: the forms in which the letter uses it, as canon writes
// them, and the first place.
type use struct {
	name  string
	forms letter.FormSet
	at    letter.Span // the first place
	line  int
}

// likenessOf is the likeness of a letter that has been checked.
func (p *Pack) likenessOf(res *Result) *likeness {
	l := res.Letter
	canon := canonOf(l)
	out := &likeness{path: res.Path, lang: res.Language, stage: l.Meta.Stage, kinds: slices.Sorted(slices.Values(res.Kinds)), tables: tablesOf(l),
		choices: canon.names, holds: [][]string{tests(l.Meta.SendOnlyIf), tests(l.Meta.NeverIf)}}
	for _, f := range l.Fields {
		if f.Field == nil {
			continue // a finding of its own
		}
		i := slices.IndexFunc(out.fields, func(u use) bool { return u.name == f.Name })
		if i < 0 {
			i, out.fields = len(out.fields), append(out.fields, use{name: f.Name, at: f.Span, line: l.Position(f.Span.Start).Line})
		}
		out.fields[i].forms |= canon.of(f.Forms)
	}
	return out
}

// tests are what a program looks at, condition by condition.
func tests(holds []letter.Hold) []string {
	out := make([]string, len(holds))
	for i := range holds {
		out[i] = holds[i].Test()
	}
	return out
}

// tablesOf counts, in each table, the rows that have a field.
func tablesOf(l *letter.Letter) []int {
	var tables []int
	inTable, inHead, row := false, false, -1
	for i := range l.Blocks {
		b := &l.Blocks[i]
		if b.Kind != letter.Cell {
			inTable = false
			continue
		}
		if !inTable || b.Header && !inHead {
			tables = append(tables, 0)
			inTable, row = true, -1
		}
		inHead = b.Header
		line := l.LineAt(b.Span().Start).Start
		isField := func(m letter.Mark) bool { return m.Kind == letter.MarkField && m.Name != "" }
		if line != row && slices.ContainsFunc(b.Marks, isField) {
			tables[len(tables)-1]++
			row = line
		}
	}
	return tables
}

// A canon writes sets of forms in the same way for all letters that have
// conditions on the same names, whatever comes first in them.
type canon struct {
	names []string // sorted
	forms []int    // by form of the letter
}

func canonOf(l *letter.Letter) canon {
	c := canon{forms: make([]int, len(l.Forms))}
	for _, choice := range l.Choices {
		c.names = append(c.names, choice.Name)
	}
	slices.Sort(c.names)
	for i := range l.Forms {
		for bit, choice := range l.Choices {
			if i>>bit&1 == 1 {
				c.forms[i] |= 1 << slices.Index(c.names, choice.Name)
			}
		}
	}
	return c
}

// of writes a set of forms of the letter.
func (c canon) of(s letter.FormSet) (out letter.FormSet) {
	for form, canonical := range c.forms {
		if s.Has(form) {
			out |= 1 << canonical
		}
	}
	return out
}

// back is the set of forms of the letter that of writes so.
func (c canon) back(s letter.FormSet) (out letter.FormSet) {
	for form, canonical := range c.forms {
		if s.Has(canonical) {
			out |= 1 << form
		}
	}
	return out
}

// A pairing is a letter and its twin, which came first.
type pairing struct {
	pack        *Pack
	res         *Result
	first, mine *likeness
}

func (c *pairing) compare() {
	meta := c.res.Letter.MetaKey
	if c.first.lang == c.mine.lang {
		c.differs(Match{Span: meta("language"), Message: fmt.Sprintf("this letter is in %s, and so is its twin", letter.LanguageName(c.mine.lang))}, 0)
		return
	}
	if !slices.Equal(c.first.kinds, c.mine.kinds) {
		c.differs(Match{Span: meta("kinds"), Message: fmt.Sprintf("the %s letter is of the kinds %s, this one of %s",
			c.other(), strings.Join(c.first.kinds, ", "), strings.Join(c.mine.kinds, ", "))}, 0)
	}
	if c.first.stage != c.mine.stage {
		c.differs(Match{Span: meta("stage"), Message: fmt.Sprintf("the %s letter is of the stage %s, this one of %s", c.other(), quote(c.first.stage), quote(c.mine.stage))}, 0)
	}
	for i, list := range []string{"send_only_if", "never_if"} {
		c.holds(list, c.first.holds[i], c.mine.holds[i])
	}
	c.conditions()
	c.fields()
	if !slices.Equal(c.first.tables, c.mine.tables) {
		c.differs(Match{Span: c.top(), Message: fmt.Sprintf("the %s letter has %s, this one %s", c.other(), rows(c.first.tables), rows(c.mine.tables))}, 0)
	}
}

// top is where findings about the whole letter stand.
func (c *pairing) top() letter.Span { return topOf(c.res.Letter) }

// other is the language of the letter that came first.
func (c *pairing) other() string { return letter.LanguageName(c.first.lang) }

// differs adds a finding; line is where the twin has what it is about, 0 when
// that is in its front matter or in no place.
func (c *pairing) differs(m Match, line int) {
	r := c.pack.rules[twinRule]
	see := c.first.path
	if line > 0 {
		see = fmt.Sprintf("line %d of %s", line, see)
	}
	m.Try = []string{"Make the two say the same: see " + see + "."}
	if m.Forms == 0 {
		m.Forms = c.res.Letter.AllForms()
	}
	c.res.Findings = append(c.res.Findings, Finding{Rule: r, Severity: r.Severity, Span: m.Span, Text: m.Text, Message: m.Message, Why: r.Why, Try: m.Try, Forms: m.Forms})
}

// holds compares one list of hold conditions: their number, and what a program
// looks at.
func (c *pairing) holds(list string, first, mine []string) {
	at := c.res.Letter.MetaKey(list)
	if len(first) != len(mine) {
		c.differs(Match{Span: at, Message: fmt.Sprintf("%s of the %s letter has %s, that of this one %d", list, c.other(), count(len(first), "condition"), len(mine))}, 0)
	}
	for _, test := range without(first, mine) {
		c.differs(Match{Span: at, Message: fmt.Sprintf("%s of the %s letter looks if %s, that of this one does not", list, c.other(), test)}, 0)
	}
	for _, test := range without(mine, first) {
		c.differs(Match{Span: at, Message: fmt.Sprintf("%s of this letter looks if %s, that of the %s one does not", list, test, c.other())}, 0)
	}
}

// conditions compares what the conditions of the letters ask for.
func (c *pairing) conditions() {
	for _, name := range without(c.first.choices, c.mine.choices) {
		c.differs(Match{Span: c.top(), Message: fmt.Sprintf("the %s letter has a condition on %s, this one does not", c.other(), name)}, 0)
	}
	for _, choice := range c.res.Letter.Choices {
		if !slices.Contains(c.first.choices, choice.Name) {
			c.differs(Match{Span: choice.Span, Text: c.res.Letter.Text(choice.Span),
				Message: fmt.Sprintf("this letter has a condition on %s, the %s one does not", choice.Name, c.other())}, 0)
		}
	}
}

// fields compares the fields that the letters use.
func (c *pairing) fields() {
	for _, f := range c.first.fields {
		has := c.mine.field(f.name)
		if forms := c.more(f.forms, has.forms); forms != 0 {
			c.differs(Match{Span: c.top(), Forms: forms, Message: fmt.Sprintf("the %s letter uses {{%s}}, this one does not", c.other(), f.name)}, f.line)
		}
	}
	for _, f := range c.mine.fields {
		has := c.first.field(f.name)
		if forms := c.more(f.forms, has.forms); forms != 0 {
			c.differs(Match{Span: f.at, Text: "{{" + f.name + "}}", Forms: forms,
				Message: fmt.Sprintf("this letter uses {{%s}}, the %s one does not", f.name, c.other())}, has.line)
		}
	}
}

// field is how a letter uses a field, an empty use when it does not.
func (l *likeness) field(name string) use {
	for _, f := range l.fields {
		if f.name == name {
			return f
		}
	}
	return use{}
}

// more is the set of forms of this letter in which one of the twins has
// something that the other has not. Where their conditions differ, and with
// them their forms, it counts only whether they have it at all.
func (c *pairing) more(has, hasNot letter.FormSet) letter.FormSet {
	if slices.Equal(c.first.choices, c.mine.choices) {
		return canonOf(c.res.Letter).back(has &^ hasNot)
	}
	if has != 0 && hasNot == 0 {
		return c.res.Letter.AllForms()
	}
	return 0
}

// without lists what is in a list and not in another, in order.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" || slices.Contains(other, s) })
}

// rows says how many rows with fields the tables of a letter have.
func rows(tables []int) string {
	parts := make([]string, len(tables))
	for i, n := range tables {
		parts[i] = strconv.Itoa(n)
	}
	what := "tables with "
	switch len(tables) {
	case 0:
		return "no table"
	case 1:
		what = "a table with "
	}
	return what + strings.Join(parts, ", ") + " rows of fields"
}

// count counts something in words.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
