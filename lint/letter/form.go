package letter

import (
	"fmt"
	"math/bits"
	"slices"
	"sort"
	"strings"
)

// maxChoices is the largest number of names that the conditions of one letter
// may ask for: 2^6 = 64 forms, which a FormSet holds.
const maxChoices = 6

// A Choice is a name that conditions ask for: a field or a fact of the office.
type Choice struct {
	Name string
	Span Span // the first condition that asks for it
}

// A Form is one way a letter can read once its conditions are decided: bit i
// of Present tells whether the i-th of Letter.Choices is there.
type Form struct{ Present uint8 }

// A FormSet is a set of forms: bit i stands for Letter.Forms[i].
type FormSet uint64

// AllForms is the set of all forms of the letter.
func (l *Letter) AllForms() FormSet {
	return FormSet(1)<<(len(l.Forms)-1)<<1 - 1
}

// Len is the number of forms in the set.
func (s FormSet) Len() int { return bits.OnesCount64(uint64(s)) }

// Has reports whether the i-th form is in the set.
func (s FormSet) Has(i int) bool { return s>>i&1 == 1 }

// Describe says in which forms something is so, in as few words as are true:
// "" for every form, else phrases such as "without portal_url" of which any
// may hold.
func (l *Letter) Describe(s FormSet) []string {
	if s&l.AllForms() == l.AllForms() {
		return nil
	}
	var out []string
	for _, c := range l.cover(s & l.AllForms()) {
		out = append(out, l.name(c))
	}
	return out
}

// When says in which forms something is so, for people: "when {{portal_url}}
// is missing". It is "" for every form.
func (l *Letter) When(s FormSet) string {
	if s&l.AllForms() == l.AllForms() {
		return ""
	}
	var parts []string
	for _, c := range l.cover(s & l.AllForms()) {
		var clauses []string
		for i, choice := range l.Choices {
			if c.decided>>i&1 == 0 {
				continue
			}
			clause := "{{" + choice.Name + "}} is missing"
			if c.present>>i&1 == 1 {
				clause = "{{" + choice.Name + "}} is there"
			}
			clauses = append(clauses, clause)
		}
		parts = append(parts, strings.Join(clauses, " and "))
	}
	return "when " + strings.Join(parts, ", or when ")
}

// A cube is a set of forms given by the choices that are decided in it.
type cube struct{ decided, present uint8 }

// cover writes a set of forms as few cubes: it takes the largest cube inside
// the set that holds the first form not yet covered.
func (l *Letter) cover(s FormSet) []cube {
	var out []cube
	full := uint8(1)<<len(l.Choices) - 1
	for rest := s; rest != 0; {
		first := uint8(bits.TrailingZeros64(uint64(rest)))
		best := cube{full, first}
		for decided := full; ; decided-- {
			c := cube{decided, first & decided}
			if l.within(c)&^s == 0 && bits.OnesCount8(decided) < bits.OnesCount8(best.decided) {
				best = c
			}
			if decided == 0 {
				break
			}
		}
		out = append(out, best)
		rest &^= l.within(best)
	}
	return out
}

// within is the set of forms in a cube.
func (l *Letter) within(c cube) FormSet {
	var s FormSet
	for i, f := range l.Forms {
		if f.Present&c.decided == c.present {
			s |= 1 << i
		}
	}
	return s
}

func (l *Letter) name(c cube) string {
	var with, without []string
	for i, choice := range l.Choices {
		switch {
		case c.decided>>i&1 == 0:
		case c.present>>i&1 == 1:
			with = append(with, choice.Name)
		default:
			without = append(without, choice.Name)
		}
	}
	var parts []string
	if len(with) > 0 {
		parts = append(parts, "with "+strings.Join(with, " and "))
	}
	if len(without) > 0 {
		parts = append(parts, "without "+strings.Join(without, " or "))
	}
	return strings.Join(parts, ", ")
}

// FormName names the i-th form in full: "with portal_url, without
// installment_amount"; a letter without conditions has one form, "".
func (l *Letter) FormName(i int) string {
	return l.name(cube{uint8(1)<<len(l.Choices) - 1, l.Forms[i].Present})
}

// FormOf is the number of the form that a record gives: has tells whether a
// name has a value that is there and not false.
func (l *Letter) FormOf(has func(name string) bool) int {
	n := 0
	for i, c := range l.Choices {
		if has(c.Name) {
			n |= 1 << i
		}
	}
	return n
}

// A region is what stands between two condition lines that belong together.
type region struct {
	span    Span // from the start of the line after to the start of the line before
	forms   FormSet
	decided []decision // what must be so, outermost first
	open    Span       // the line that opens it
	inElse  bool       // it stands behind the {{else}} of that
	whole   Span       // the condition it is part of, with its lines
}

// A decision is a choice made one way.
type decision struct {
	name    string
	present bool
}

// A stretch of the letter, up to where the next one begins, lies in one
// region: the innermost one around it, -1 outside of all.
type stretch struct{ start, region int }

// regionAt is the innermost region around the byte at offset, or nil.
func (l *Letter) regionAt(offset int) *region {
	i := sort.Search(len(l.stretches), func(i int) bool { return l.stretches[i].start > offset })
	if i == 0 || l.stretches[i-1].region < 0 {
		return nil
	}
	return &l.regions[l.stretches[i-1].region]
}

// FormsAt is the set of forms in which the byte at offset is printed.
func (l *Letter) FormsAt(offset int) FormSet {
	if r := l.regionAt(offset); r != nil {
		return r.forms
	}
	return l.AllForms()
}

// Condition returns the line that opens the innermost condition around
// offset, if there is one.
func (l *Letter) Condition(offset int) (Span, bool) {
	if r := l.regionAt(offset); r != nil {
		return r.open, true
	}
	return Span{}, false
}

// InElse reports whether offset stands behind the {{else}} of the innermost
// condition around it.
func (l *Letter) InElse(offset int) bool {
	r := l.regionAt(offset)
	return r != nil && r.inElse
}

// Outside moves an offset out of all conditions around it: to where the
// outermost begins or, with after set, to where it ends.
func (l *Letter) Outside(offset int, after bool) int {
	for {
		r := l.regionAt(offset)
		switch {
		case r == nil, offset > len(l.Src): // a condition that is never closed has no outside behind it
			return offset
		case after:
			offset = r.whole.End
		default:
			offset = r.whole.Start
		}
	}
}

// Under reports whether the byte at offset stands under a condition that asks
// that name is there (or, with present false, is not there).
func (l *Letter) Under(offset int, name string, present bool) bool {
	r := l.regionAt(offset)
	return r != nil && slices.Contains(r.decided, decision{name, present})
}

// choice returns the number of a name among the letter's choices, or -1 when
// there are too many.
func (l *Letter) choice(name string, at Span) int {
	for i, c := range l.Choices {
		if c.Name == name {
			return i
		}
	}
	l.Choices = append(l.Choices, Choice{name, at})
	if len(l.Choices) > maxChoices {
		return -1
	}
	return len(l.Choices) - 1
}

// enumerate sets up the 2^k forms once all choices are known.
func (l *Letter) enumerate() {
	if len(l.Choices) > maxChoices {
		c := l.Choices[maxChoices]
		l.problem("too-many-forms", c.Span, fmt.Sprintf("conditions on %d names give this letter %d forms; at most 64 are checked",
			len(l.Choices), 1<<len(l.Choices)), "Write two letters, or ask for fewer than seven different names.")
		l.Choices, l.regions, l.stretches = nil, nil, nil
		return
	}
	l.Forms = make([]Form, 1<<len(l.Choices))
	for i := range l.Forms {
		l.Forms[i].Present = uint8(i)
	}
	for i := range l.regions {
		r := &l.regions[i]
		r.forms = l.when(r.decided)
		if r.forms == 0 {
			l.problem("condition", trimmed(l.Src, r.open), "what stands under this condition is never printed", "Remove it, or check the conditions around it.")
			r.forms = l.AllForms()
		}
	}
}

// when is the set of forms in which all decisions hold.
func (l *Letter) when(decisions []decision) FormSet {
	s := l.AllForms()
	for _, d := range decisions {
		bit := uint8(1) << l.choice(d.name, Span{})
		c := cube{decided: bit}
		if d.present {
			c.present = bit
		}
		s &= l.within(c)
	}
	return s
}
