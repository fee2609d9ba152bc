package report

import (
	"iter"
	"slices"

	"bedside/lint"
)

// stays reports whether a finding may stay: it is waived, or a baseline accepts
// it.
func stays(f *lint.Finding) bool { return f.Waiver != nil || f.Accepted }

// leave says why a finding may stay, and how that is called; of one that may
// not both are "".
func (o *Options) leave(f *lint.Finding) (called, why string) {
	switch {
	case f.Waiver != nil:
		return "waived", reason(f.Waiver)
	case f.Accepted:
		return "accepted", "listed in " + oneLine(o.Baseline)
	}
	return "", ""
}

// named yields the findings that a report names one by one, each with its
// number among all of the letter: what is waived is among them, what a baseline
// accepts is not.
func named(res *lint.Result) iter.Seq2[int, *lint.Finding] {
	return func(yield func(int, *lint.Finding) bool) {
		for i := range res.Findings {
			if f := &res.Findings[i]; !f.Accepted && !yield(i, f) {
				return
			}
		}
	}
}

// withoutAccepted is a result without the findings that a baseline accepts:
// what an office lives with for now is counted, and not told again on every
// run. The result itself goes to other formats as well, and stays as it is.
func withoutAccepted(res *lint.Result) *lint.Result {
	isAccepted := func(f lint.Finding) bool { return f.Accepted }
	if !slices.ContainsFunc(res.Findings, isAccepted) {
		return res
	}
	rest := *res
	rest.Findings = slices.DeleteFunc(slices.Clone(res.Findings), isAccepted)
	return &rest
}
