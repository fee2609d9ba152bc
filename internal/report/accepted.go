package report

import (
	"io"
	"iter"
	"slices"

	"bedside/lint"
)

// newOnly hands a format the findings that no baseline accepts: what an office
// lives with for now is counted in the summary, and not told again on every
// run.
func newOnly(write func(io.Writer, *lint.Pack, iter.Seq[*lint.Result], Options) error) func(io.Writer, *lint.Pack, iter.Seq[*lint.Result], Options) error {
	return func(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
		return write(w, p, func(yield func(*lint.Result) bool) {
			for res := range results {
				if !yield(withoutAccepted(res)) {
					return
				}
			}
		}, o)
	}
}

// withoutAccepted is a result without the findings that a baseline accepts.
// The result itself goes to other formats as well, and stays as it is.
func withoutAccepted(res *lint.Result) *lint.Result {
	isAccepted := func(f lint.Finding) bool { return f.Accepted }
	if !slices.ContainsFunc(res.Findings, isAccepted) {
		return res
	}
	rest := *res
	rest.Findings = slices.DeleteFunc(slices.Clone(res.Findings), isAccepted)
	return &rest
}
