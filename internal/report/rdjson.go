package report

import (
	"io"
	"iter"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// The Reviewdog Diagnostic Format. Columns are bytes of UTF-8, ends stand
// behind what they end.
type (
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Source      *rdSource      `json:"source,omitempty"` // in rdjson it stands once, above all
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdSource struct {
		Name string `json:"name"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
)

var rdSeverities = map[lint.Severity]string{lint.Error: "ERROR", lint.Warning: "WARNING", lint.Note: "INFO"}

// writeRDJSON prints one document for reviewdog. What is waived is an INFO,
// without advice or suggestion: nobody is asked to change it.
func writeRDJSON(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	j := jsonWriter{w: w}
	j.text(`{"source":`)
	j.value(rdSource{name})
	j.text(`,"diagnostics":[`)
	n := 0
	for res := range results {
		for _, f := range named(res) {
			j.element(n, rdOf(res, f))
			n++
		}
		if j.err != nil {
			return j.err
		}
	}
	j.text("\n]}\n")
	return j.err
}

// writeRDJSONL prints the same with one finding a line.
func writeRDJSONL(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	j := jsonWriter{w: w}
	for res := range results {
		for _, f := range named(res) {
			d := rdOf(res, f)
			d.Source = &rdSource{name}
			j.value(d)
			j.text("\n")
		}
		if j.err != nil {
			return j.err
		}
	}
	return j.err
}

func rdOf(res *lint.Result, f *lint.Finding) rdDiagnostic {
	d := rdDiagnostic{
		Message:  message(res.Letter, f),
		Location: rdLocation{res.Path, rdRangeOf(ends(res.Letter, f))},
		Severity: rdSeverities[severityOf(f)], Code: rdCode{f.Rule.ID},
	}
	if f.Waiver != nil {
		return d
	}
	d.Message = strings.Join(append([]string{d.Message}, advice(f)...), "\n")
	if f.Fix != "" {
		d.Suggestions = []rdSuggestion{{rdRangeOf(res.Letter.Position(f.Span.Start), res.Letter.Position(f.Span.End)), f.Fix}}
	}
	return d
}

func rdRangeOf(start, end letter.Position) rdRange {
	return rdRange{rdPosition{start.Line, start.ByteColumn}, rdPosition{end.Line, end.ByteColumn}}
}
