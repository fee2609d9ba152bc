package report_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// What is printed is valid by the schemas of reviewdog, and broken copies are
// not.
func TestRDJSONIsValid(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	document, line := schemaIn(t, "testdata/rdjson/DiagnosticResult.json"), schemaIn(t, "testdata/rdjson/Diagnostic.json")
	for _, out := range [][]byte{printed(t, "rdjson", p), printed(t, "rdjson", p, results...)} {
		if err := validate(t, document, out); err != nil {
			t.Error(err)
		}
	}
	for out := range bytes.Lines(printed(t, "rdjsonl", p, results...)) {
		if err := validate(t, line, out); err != nil {
			t.Error(err)
		}
	}
	good := string(printed(t, "rdjson", p, results...))
	for old, broken := range map[string]string{`"ERROR"`: `"error"`, `"line":3`: `"line":"3"`, `"diagnostics":[`: `"diagnostics":{},"x":[`, `"path":"`: `"path":1,"x":"`} {
		if copy := strings.Replace(good, old, broken, 1); copy == good || validate(t, document, []byte(copy)) == nil {
			t.Errorf("%s in place of %s is not refused", broken, old)
		}
	}
}

// The schemas let any key pass. These are the keys of the format.
func TestRDJSONKeys(t *testing.T) {
	type place struct {
		Start, End struct{ Line, Column int }
	}
	var doc struct {
		Source      struct{ Name string }
		Diagnostics []struct {
			Message  string
			Location struct {
				Path  string
				Range place
			}
			Severity    string
			Code        struct{ Value string }
			Suggestions []struct {
				Range place
				Text  string
			}
		}
	}
	p := openPack(t)
	dec := json.NewDecoder(bytes.NewReader(printed(t, "rdjson", p, checkAll(t, p)...)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc.Source.Name != "bedside" || len(doc.Diagnostics) == 0 {
		t.Errorf("source %q, %d diagnostics", doc.Source.Name, len(doc.Diagnostics))
	}
	for _, d := range doc.Diagnostics {
		if d.Message == "" || d.Code.Value == "" || d.Location.Range.Start.Line < 1 || d.Location.Range.Start.Column < 1 || d.Location.Range.End.Line < d.Location.Range.Start.Line {
			t.Errorf("got %+v", d)
		}
	}
}

// Columns are bytes, and what is to be replaced is the blank, behind any
// signs.
func TestRDJSONSuggestions(t *testing.T) {
	p := openPack(t)
	src := "We know that it is hard. María 👩‍⚕️ says: you owe [Balance Due]. Please call us at {{office_phone}}.\n"
	type diagnostic struct {
		Suggestions []struct {
			Range struct{ Start, End struct{ Line, Column int } }
			Text  string
		}
	}
	var doc struct{ Diagnostics []diagnostic }
	decode(t, printed(t, "rdjson", p, p.Check("a.md", []byte(src))), &doc)
	mended := slices.IndexFunc(doc.Diagnostics, func(d diagnostic) bool { return len(d.Suggestions) > 0 })
	if mended < 0 {
		t.Fatal("nothing is suggested")
	}
	s := doc.Diagnostics[mended].Suggestions[0]
	line := strings.Split(src, "\n")[s.Range.Start.Line-1]
	if got := line[s.Range.Start.Column-1 : s.Range.End.Column-1]; got != "[Balance Due]" || s.Text != "{{balance_due}}" {
		t.Errorf("rdjson changes %q to %q", got, s.Text)
	}
}
