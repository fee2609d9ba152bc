package report

import (
	"fmt"
	"io"
	"iter"

	"bedside/lint"
)

// writeConcise prints one line a finding, in the shape that editors and
// problem matchers know from compilers. What may stay is none: there every line
// is something to do.
func writeConcise(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	for res := range results {
		for _, f := range open(res) {
			if _, err := io.WriteString(w, conciseLine(res, f)); err != nil {
				return err
			}
		}
	}
	return nil
}

func conciseLine(res *lint.Result, f *lint.Finding) string {
	at := res.Letter.Position(f.Span.Start)
	return fmt.Sprintf("%s:%d:%d: %s: %s [%s]\n", Clean(res.Path), at.Line, at.Column, f.Severity, said(res.Letter, f), f.Rule.ID)
}
