package report

import (
	"io"
	"iter"

	"bedside/lint"
)

// writeJSONL prints one letter a line: the objects that "letters" holds in
// the document of writeJSON.
func writeJSONL(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	j := jsonWriter{w: w}
	for res := range results {
		j.value(letterJSON(res, p.HardPlaces(res)))
		j.text("\n")
		if j.err != nil {
			return j.err
		}
	}
	return j.err
}
