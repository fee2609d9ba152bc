package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bedside/internal/report"
	"bedside/lint"
)

// A tally is what a program that reads a format learns of letters and
// findings; what the format has no place for stays 0.
type tally struct{ letters, errors, warnings, notes, waived int }

// tallies read each format again, as a program would.
var tallies = map[string]func(t *testing.T, out []byte) tally{
	"json": func(t *testing.T, out []byte) tally {
		var doc struct{ Letters []jsonLetter }
		decode(t, out, &doc)
		return countJSON(doc.Letters)
	},
	"jsonl": func(t *testing.T, out []byte) tally {
		var letters []jsonLetter
		for line := range bytes.Lines(out) {
			var l jsonLetter
			decode(t, line, &l)
			letters = append(letters, l)
		}
		return countJSON(letters)
	},
	"sarif": func(t *testing.T, out []byte) (n tally) {
		run := sarifOf(t, out)
		n.letters = len(run.Artifacts)
		for _, r := range run.Results {
			if len(r.Suppressions) > 0 {
				n.waived++
			} else {
				n.add(r.Level)
			}
		}
		return n
	},
	"rdjson": func(t *testing.T, out []byte) tally {
		var doc struct {
			Diagnostics []struct{ Severity string }
		}
		decode(t, out, &doc)
		var n tally
		for _, d := range doc.Diagnostics {
			n.add(d.Severity)
		}
		return n
	},
	"rdjsonl": func(t *testing.T, out []byte) (n tally) {
		for line := range bytes.Lines(out) {
			var d struct{ Severity string }
			decode(t, line, &d)
			n.add(d.Severity)
		}
		return n
	},
	"gitlab": func(t *testing.T, out []byte) (n tally) {
		var all []struct{ Fingerprint, Severity string }
		decode(t, out, &all)
		seen := map[string]bool{}
		for _, f := range all {
			n.add(f.Severity)
			if seen[f.Fingerprint] {
				t.Errorf("two findings have the fingerprint %s", f.Fingerprint)
			}
			seen[f.Fingerprint] = true
		}
		return n
	},
	"checkstyle": func(t *testing.T, out []byte) (n tally) {
		for _, e := range xmlElements(t, out) {
			switch e.Name.Local {
			case "file":
				n.letters++
			case "error":
				n.add(attr(e, "severity"))
			}
		}
		return n
	},
	"github": func(_ *testing.T, out []byte) (n tally) {
		for line := range strings.Lines(string(out)) {
			if level, isCommand := strings.CutPrefix(line, "::"); isCommand {
				level, _, _ = strings.Cut(level, " ")
				n.add(level)
			}
		}
		return n
	},
	"concise": func(_ *testing.T, out []byte) (n tally) {
		for line := range strings.Lines(string(out)) {
			n.add(strings.Trim(strings.Fields(line)[1], ":"))
		}
		return n
	},
	"markdown": func(_ *testing.T, out []byte) (n tally) {
		waived := false
		for line := range strings.Lines(string(out)) {
			switch {
			case strings.HasPrefix(line, "## "):
				waived = false
			case strings.HasPrefix(line, "### Waived"):
				waived = true
			case strings.HasPrefix(line, "| letters/"):
				n.letters++
			case strings.HasPrefix(line, "- **") && waived:
				n.waived++
			case strings.HasPrefix(line, "- **"):
				n.add(line[len("- **"):strings.Index(line, "** ")])
			}
		}
		return n
	},
}

// add counts a finding by any of the names that severities have.
func (n *tally) add(severity string) {
	switch strings.ToLower(severity) {
	case "error", "major", "must fix":
		n.errors++
	case "warning", "minor", "should fix":
		n.warnings++
	case "note", "info", "notice", "consider":
		n.notes++
	}
}

type jsonLetter struct {
	Findings []struct {
		Severity string
		Waived   bool
	}
}

func countJSON(letters []jsonLetter) (n tally) {
	n.letters = len(letters)
	for _, l := range letters {
		for _, f := range l.Findings {
			if f.Waived {
				n.waived++
			} else {
				n.add(f.Severity)
			}
		}
	}
	return n
}

func decode(t *testing.T, src []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(src, v); err != nil {
		t.Fatalf("no JSON: %v\n%s", err, src)
	}
}

// xmlElements are those of an XML document, in order; what is no XML fails the
// test.
func xmlElements(t *testing.T, src []byte) []xml.StartElement {
	t.Helper()
	var all []xml.StartElement
	for dec := xml.NewDecoder(bytes.NewReader(src)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, src)
		}
		if e, isElement := token.(xml.StartElement); isElement {
			all = append(all, e.Copy())
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// printed is what a format prints.
func printed(t *testing.T, format string, p *lint.Pack, results ...*lint.Result) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.Find(format).Write(&out, p, slices.Values(results), report.Options{Rules: "rules.toml"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What a program reads of every format, letter by letter and all together, is
// what was found.
func TestFormatsTellWhatWasFound(t *testing.T) {
	p := openPack(t)
	sets := map[string][]*lint.Result{"none": nil, "all": checkAll(t, p)}
	for _, res := range sets["all"] {
		sets[res.Path] = []*lint.Result{res}
	}
	for format, count := range tallies {
		for name, set := range sets {
			t.Run(format+"/"+name, func(t *testing.T) {
				got, want := count(t, printed(t, format, p, set...)), tallyOf(set)
				if got.letters == 0 { // the format names only letters with findings
					want.letters = 0
				}
				if got.waived == 0 && slices.Contains([]string{"concise", "rdjson", "rdjsonl", "gitlab", "checkstyle", "github"}, format) {
					want.waived = 0
				}
				if format == "github" && want.errors > 10 {
					want.errors, want.notes = 10, want.notes+1 // which counts the other errors
				}
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(tally{})); diff != "" {
					t.Errorf("-found +read:\n%s", diff)
				}
			})
		}
	}
}

func tallyOf(set []*lint.Result) (n tally) {
	var sum report.Summary
	for _, res := range set {
		sum.Add(res)
	}
	return tally{sum.Letters, sum.Errors, sum.Warnings, sum.Notes, sum.Waived}
}
