package lint

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"bedside/internal/strict"
	"bedside/lint/letter"
)

// A Score tells how far the findings about letters agree with the labels that
// people gave them.
type Score struct {
	Letters       int            // that were checked
	Labelled      int            // that carry a label
	Languages     []Agreement    // by language, sorted
	All           Agreement      // over all languages
	Disagreements []Disagreement // letter by letter, in the order of the file
}

// An Agreement counts over the labelled letters of one language, or all. Rules
// that are off, or have nothing to count in any language, are left out.
type Agreement struct {
	Language      string // "" is all
	Letters       int
	Harsh         Share       // letters labelled harsh; right are those in which a ban rule finds something
	Compassionate Share       // letters labelled compassionate; right are those in which none does
	Phrases       RuleTally   // harsh phrases, of all rules together; Rule is nil
	Categories    Share       // harsh phrases that are found; right are those found by a rule of their category
	Rules         []RuleTally // those for harsh words, in the order of rules.toml
	Elements      []RuleTally // those that require an element, likewise
}

// A Share counts some things, and those of them that are right.
type Share struct{ Of, Right int }

// A RuleTally is the tally of one rule. Labelled are the phrases of its
// category, whichever rule finds them; or the letters that hold its element.
type RuleTally struct {
	Rule    *Rule
	Letters int // that carry the label it is counted with
	Tally
}

// A Tally compares what is labelled with what is found. A phrase is found when
// a finding covers a whole word of it, and a finding is right when it covers a
// whole word of a phrase. For an element they are letters.
type Tally struct {
	Labelled, Found int // what is labelled, and how much of it is found
	Findings, Right int // what is found, and how much of it is labelled
}

// Precision is the share of the findings that is right, 0 to 1; nil without
// findings.
func (t Tally) Precision() *float64 { return ratio(t.Right, t.Findings) }

// Recall is the share of the labelled that is found, 0 to 1; nil without
// labels.
func (t Tally) Recall() *float64 { return ratio(t.Found, t.Labelled) }

// F1 is the harmonic mean of precision and recall, 0 to 1; nil when one of
// them says nothing and the other is not zero.
func (t Tally) F1() *float64 {
	switch {
	case t.Found+t.Right == 0: // zero, whichever of them there is
		return ratio(0, t.Labelled+t.Findings)
	case t.Labelled == 0 || t.Findings == 0:
		return nil
	}
	return ratio(2*t.Right*t.Found, t.Right*t.Labelled+t.Found*t.Findings)
}

func ratio(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	return new(float64(part) / float64(whole))
}

// A DisagreementKind says in what a finding and a label disagree.
type DisagreementKind string

// The kinds of disagreement.
const (
	Missed        DisagreementKind = "missed"         // a harsh phrase that no rule finds
	Wrong         DisagreementKind = "wrong"          // a finding where no harsh phrase is labelled
	OtherCategory DisagreementKind = "category"       // a harsh phrase found by a rule of another category
	ElementMissed DisagreementKind = "element-missed" // an element that the letter holds
	ElementSeen   DisagreementKind = "element-seen"   // an element that it does not hold
	Misjudged     DisagreementKind = "letter"         // a harsh letter in which nothing is found, a compassionate one in which something is
)

// A Disagreement is one place where a finding and a label do not agree.
type Disagreement struct {
	Letter *letter.Letter
	Kind   DisagreementKind
	Label  string      // the label: a category, an element or "harsh"; "" for a finding without one
	Rule   *Rule       // that finds it or should; nil when none of several does
	Span   letter.Span // the words; what is missing stands where it is labelled
	Text   string      // the words, or ""
}

// Score measures how far the findings of letters agree with the labels the
// letters carry. A letter is measured by what is labelled in it; one without
// labels is only counted. Labels that cannot be used are faults, each with its
// place; the score leaves out their letters.
func (p *Pack) Score(results iter.Seq[*Result]) (*Score, []*strict.Error) {
	var faults []*strict.Error
	s := &Score{All: p.agreement("")}
	for res := range results {
		s.Letters++
		marks, wrong := p.readLabels(res)
		faults = append(faults, wrong...)
		if len(wrong) > 0 || !res.Letter.Meta.Labelled() {
			continue
		}
		s.Labelled++
		m := &measured{Result: res, sum: p.agreement(res.Language)}
		m.sum.Letters = 1
		m.judge()
		m.phrases(marks)
		m.elements()
		sort.SliceStable(m.apart, func(i, j int) bool { return m.apart[i].Span.Start < m.apart[j].Span.Start })
		s.Disagreements = append(s.Disagreements, m.apart...)
		s.add(p, &m.sum)
	}
	sort.Slice(s.Languages, func(i, j int) bool { return s.Languages[i].Language < s.Languages[j].Language })
	s.trim()
	return s, faults
}

// agreement is one that has counted nothing.
func (p *Pack) agreement(language string) Agreement {
	a := Agreement{Language: language}
	for _, r := range p.Rules {
		switch {
		case r.Off:
		case r.harsh():
			a.Rules = append(a.Rules, RuleTally{Rule: r})
		case r.element != nil:
			a.Elements = append(a.Elements, RuleTally{Rule: r})
		}
	}
	return a
}

// add counts a letter in its language and among all.
func (s *Score) add(p *Pack, one *Agreement) {
	i := slices.IndexFunc(s.Languages, func(a Agreement) bool { return a.Language == one.Language })
	if i < 0 {
		i = len(s.Languages)
		s.Languages = append(s.Languages, p.agreement(one.Language))
	}
	s.Languages[i].add(one)
	s.All.add(one)
}

func (a *Agreement) add(b *Agreement) {
	a.Letters += b.Letters
	a.Harsh.add(b.Harsh)
	a.Compassionate.add(b.Compassionate)
	a.Phrases.add(b.Phrases)
	a.Categories.add(b.Categories)
	for i := range a.Rules {
		a.Rules[i].add(b.Rules[i])
	}
	for i := range a.Elements {
		a.Elements[i].add(b.Elements[i])
	}
}

func (s *Share) add(b Share) { s.Of, s.Right = s.Of+b.Of, s.Right+b.Right }

func (t *RuleTally) add(b RuleTally) {
	t.Letters += b.Letters
	t.Tally.add(b.Tally)
}

func (t *Tally) add(b Tally) {
	t.Labelled, t.Found = t.Labelled+b.Labelled, t.Found+b.Found
	t.Findings, t.Right = t.Findings+b.Findings, t.Right+b.Right
}

// trim leaves out what has nothing to count in any language.
func (s *Score) trim() {
	silent := map[*Rule]bool{}
	for _, t := range slices.Concat(s.All.Rules, s.All.Elements) {
		silent[t.Rule] = t.Letters == 0 || t.Rule.harsh() && t.Labelled+t.Findings == 0
	}
	drop := func(tallies []RuleTally) []RuleTally {
		return slices.DeleteFunc(tallies, func(t RuleTally) bool { return silent[t.Rule] })
	}
	for i := range s.Languages {
		a := &s.Languages[i]
		a.Rules, a.Elements = drop(a.Rules), drop(a.Elements)
	}
	s.All.Rules, s.All.Elements = drop(s.All.Rules), drop(s.All.Elements)
}

// A measured letter is one while it is counted.
type measured struct {
	*Result
	sum   Agreement
	apart []Disagreement
}

func (m *measured) differ(d Disagreement) {
	d.Letter = m.Letter
	m.apart = append(m.apart, d)
}

// judge compares what the letter is labelled as with what the ban rules find.
func (m *measured) judge() {
	first := slices.IndexFunc(m.Findings, func(f Finding) bool { return f.Rule.Kind == "ban" })
	switch label := m.Letter.Meta.Overall; {
	case label == harshLetter && first >= 0:
		m.sum.Harsh = Share{1, 1}
	case label == harshLetter:
		m.sum.Harsh = Share{1, 0}
		m.differ(Disagreement{Kind: Misjudged, Label: label, Span: m.Letter.MetaAt([]string{"overall"}, 0, "")})
	case label == kindLetter && first < 0:
		m.sum.Compassionate = Share{1, 1}
	case label == kindLetter:
		m.sum.Compassionate = Share{1, 0}
		f := &m.Findings[first]
		m.differ(Disagreement{Kind: Misjudged, Label: label, Rule: f.Rule, Span: f.Span, Text: f.Text})
	}
}

// phrases compares the harsh phrases with the findings about harsh words.
func (m *measured) phrases(marks []marked) {
	if m.Letter.Meta.Harsh == nil {
		return
	}
	m.sum.Phrases.Letters = 1
	for i := range m.sum.Rules {
		m.sum.Rules[i].Letters = 1
	}
	by := make([]*Finding, len(marks)) // what finds each phrase: of its category, if one is
	for i := range m.Findings {
		if f := &m.Findings[i]; f.Rule.harsh() {
			m.finding(f, marks, by)
		}
	}
	for i := range marks {
		m.phrase(&marks[i], by[i])
	}
}

// finding counts one finding, and notes in by the phrases it finds.
func (m *measured) finding(f *Finding, marks []marked, by []*Finding) {
	one := Tally{Findings: 1}
	for i := range marks {
		if marks[i].touches(f) {
			one.Right = 1
			if by[i] == nil || f.Rule.Label == marks[i].Category {
				by[i] = f
			}
		}
	}
	if one.Right == 0 {
		m.differ(Disagreement{Kind: Wrong, Rule: f.Rule, Span: f.Span, Text: f.Text})
	}
	m.count(one, func(r *Rule) bool { return r == f.Rule })
}

// phrase counts one harsh phrase, found by a finding or, when that is nil, by
// none.
func (m *measured) phrase(mark *marked, by *Finding) {
	place := mark.places[0]
	apart := Disagreement{Label: mark.Category, Text: strings.Join(strings.Fields(mark.Phrase), " "),
		Span: letter.Span{Start: place[0].at.Start, End: place[len(place)-1].at.End}}
	one := Tally{Labelled: 1, Found: 1}
	switch {
	case by == nil:
		one.Found = 0
		apart.Kind = Missed
		m.differ(apart)
	case by.Rule.Label == mark.Category:
		m.sum.Categories.add(Share{1, 1})
	default:
		m.sum.Categories.add(Share{1, 0})
		apart.Kind, apart.Rule = OtherCategory, by.Rule
		m.differ(apart)
	}
	m.count(one, func(r *Rule) bool { return r.Label == mark.Category })
}

// count adds to the tally of all rules for harsh words and to those for which
// of holds.
func (m *measured) count(one Tally, of func(*Rule) bool) {
	m.sum.Phrases.Tally.add(one)
	for i := range m.sum.Rules {
		if t := &m.sum.Rules[i]; of(t.Rule) {
			t.Tally.add(one)
		}
	}
}

// elements compares what the letter holds with what is seen in it.
func (m *measured) elements() {
	for i := range m.sum.Elements {
		t, e := &m.sum.Elements[i], m.Elements[i] // both of the rules that are not off, in order
		label := t.Rule.Label
		holds, labelled := m.Letter.Meta.Expect[label]
		if !labelled {
			continue
		}
		t.Letters = 1
		switch {
		case holds && e.Present:
			t.Tally = Tally{1, 1, 1, 1}
		case holds:
			t.Labelled = 1
			m.differ(Disagreement{Kind: ElementMissed, Label: label, Rule: t.Rule, Span: m.Letter.MetaAt([]string{"expect", label}, 0, "")})
		case e.Present:
			t.Findings = 1
			at, words := e.Place()
			m.differ(Disagreement{Kind: ElementSeen, Label: label, Rule: t.Rule, Span: at, Text: words})
		}
	}
}
