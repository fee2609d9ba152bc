package report

import (
	"fmt"
	"io"
	"iter"

	"bedside/lint"
)

// writeConcise prints one line a finding, in the shape that editors and
// problem matchers know from compilers. One that is waived says so in the place
// of its severity, where they know no such word and pass it by.
func writeConcise(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	for res := range results {
		for _, f := range named(res) {
			if o.Quiet && f.Waiver != nil {
				continue
			}
			if _, err := io.WriteString(w, conciseLine(res, f)); err != nil {
				return err
			}
		}
	}
	return nil
}

func conciseLine(res *lint.Result, f *lint.Finding) string {
	at := res.Letter.Position(f.Span.Start)
	severity := choose(f.Waiver == nil, f.Severity.String()+": ", "")
	return fmt.Sprintf("%s:%d:%d: %s%s [%s]\n", Clean(res.Path), at.Line, at.Column, severity, message(res.Letter, f), f.Rule.ID)
}
