package report

import (
	"slices"

	"bedside/lint"
)

// A Standing is what is kept of a check of a letter, to tell what is different
// after the next one. The zero value is a letter of which nothing is known.
type Standing struct {
	Ready    bool
	findings map[string]noted // by fingerprint
}

// A noted finding is what can be said of it when it is gone.
type noted struct {
	rule   string
	waived bool
}

// StandingOf is how a letter stands.
func StandingOf(res *lint.Result) Standing {
	s := Standing{Ready: res.Ready, findings: map[string]noted{}}
	for i, print := range res.Fingerprints() {
		f := &res.Findings[i]
		s.findings[print] = noted{f.Rule.ID, f.Waiver != nil}
	}
	return s
}

// A Difference is what is different between two checks of a letter. Other words
// that break the same rule are new, and then the rule is not called fixed.
type Difference struct {
	Fixed  []string // the rules of findings that are gone, in order, each as often as it is
	Waived []string // the rules of findings that may stay, and were not there or might not
	New    []bool   // by finding of the result
}

// Since tells how the result of a check differs from how the letter stood.
func (s Standing) Since(res *lint.Result) Difference {
	d := Difference{New: make([]bool, len(res.Findings))}
	added, left := map[string]int{}, map[string]bool{}
	for i, print := range res.Fingerprints() {
		f := &res.Findings[i]
		before, known := s.findings[print]
		left[print] = true
		switch {
		case f.Waiver != nil && !before.waived:
			d.Waived = append(d.Waived, f.Rule.ID)
		case f.Waiver == nil && (!known || before.waived):
			d.New[i] = true
			added[f.Rule.ID]++
		}
	}
	for print, f := range s.findings {
		if !left[print] && !f.waived {
			d.Fixed = append(d.Fixed, f.rule)
		}
	}
	slices.Sort(d.Fixed)
	d.Fixed = slices.DeleteFunc(d.Fixed, func(rule string) bool {
		added[rule]--
		return added[rule] >= 0
	})
	slices.Sort(d.Waived)
	return d
}

// Empty reports whether nothing is different.
func (d *Difference) Empty() bool {
	return len(d.Fixed)+len(d.Waived) == 0 && !slices.Contains(d.New, true)
}

// partly reports whether some findings of a result are new and others are not.
func (d *Difference) partly(res *lint.Result) bool {
	added, known := false, false
	for i, isNew := range d.New {
		added = added || isNew
		known = known || !isNew && res.Findings[i].Waiver == nil
	}
	return added && known
}
