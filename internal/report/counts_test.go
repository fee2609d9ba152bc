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
type tally struct{ letters, errors, warnings, notes, waived, accepted int }

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
			switch {
			case len(r.Suppressions) == 0:
				n.add(r.Level)
			case r.Suppressions[0].Kind == "external":
				n.accepted++
			default:
				n.waived++
			}
		}
		return n
	},
	"rdjson": func(t *testing.T, out []byte) tally {
		var doc struct{ Diagnostics []rdDiagnostic }
		decode(t, out, &doc)
		var n tally
		for _, d := range doc.Diagnostics {
			n.addTold(t, d.Message, d.Severity)
		}
		return n
	},
	"rdjsonl": func(t *testing.T, out []byte) (n tally) {
		for line := range bytes.Lines(out) {
			var d rdDiagnostic
			decode(t, line, &d)
			n.addTold(t, d.Message, d.Severity)
		}
		return n
	},
	"gitlab": func(t *testing.T, out []byte) (n tally) {
		var all []struct{ Description, Fingerprint, Severity string }
		decode(t, out, &all)
		seen := map[string]bool{}
		for _, f := range all {
			n.addTold(t, f.Description, f.Severity)
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
				n.addTold(t, attr(e, "message"), attr(e, "severity"))
			}
		}
		return n
	},
	"github": func(t *testing.T, out []byte) (n tally) {
		for line := range strings.Lines(string(out)) {
			if level, isCommand := strings.CutPrefix(line, "::"); isCommand {
				level, rest, _ := strings.Cut(level, " ")
				_, title, _ := strings.Cut(rest, "title=")
				n.addTold(t, strings.Replace(title, "waived (", "waived: ", 1), level)
			}
		}
		return n
	},
	"concise": func(_ *testing.T, out []byte) (n tally) {
		for line := range strings.Lines(string(out)) {
			if level := strings.Trim(strings.Fields(line)[1], ":"); level == "waived" {
				n.waived++
			} else {
				n.add(level)
			}
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

// addTold counts a finding of a format that knows of no waivers: one that
// begins with that word may weigh as little as the format knows, and no more.
func (n *tally) addTold(t *testing.T, message, severity string) {
	t.Helper()
	var one tally
	if one.add(severity); !strings.HasPrefix(message, "waived: ") {
		n.add(severity)
	} else if n.waived++; one.notes != 1 {
		t.Errorf("what is waived is of severity %s: %s", severity, message)
	}
}

type rdDiagnostic struct{ Message, Severity string }

type jsonLetter struct {
	Findings []struct {
		Severity         string
		Waived, Accepted bool
	}
}

func countJSON(letters []jsonLetter) (n tally) {
	n.letters = len(letters)
	for _, l := range letters {
		for _, f := range l.Findings {
			switch {
			case f.Waived:
				n.waived++
			case f.Accepted:
				n.accepted++
			default:
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
	if err := report.Find(format).Write(&out, p, slices.Values(results), report.Options{Rules: "rules.toml", Baseline: "baseline.toml"}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What a program reads of every format, letter by letter and all together, is
// what was found.
func TestFormatsTellWhatWasFound(t *testing.T) {
	p := openPack(t)
	sets := map[string][]*lint.Result{"none": nil, "all": checkAll(t, p), "accepted": accept(checkAll(t, p), "ban.threat", "require.acknowledgment")}
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
				if got.accepted == 0 && !slices.Contains([]string{"json", "jsonl", "sarif"}, format) {
					want.accepted = 0
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
	return tally{sum.Letters, sum.Errors, sum.Warnings, sum.Notes, sum.Waived, sum.Accepted}
}

// accept marks what some rules found as a baseline would.
func accept(results []*lint.Result, rules ...string) []*lint.Result {
	for _, res := range results {
		for i := range res.Findings {
			f := &res.Findings[i]
			f.Accepted = f.Waiver == nil && slices.Contains(rules, f.Rule.ID)
		}
	}
	return results
}

// What a baseline accepts is told by the formats that have a place for it, with
// the name of the file, and by no other; its letter is not ready, and nothing
// asks for a change.
func TestFormatsTellWhatIsAccepted(t *testing.T) {
	p := openPack(t)
	res := p.Check("a.md", []byte("We know that it is hard. A final notice, and one more final notice. Please call us at {{office_phone}}."))
	if len(res.Findings) != 2 {
		t.Fatalf("found %d, want 2", len(res.Findings))
	}
	results := accept([]*lint.Result{res}, "ban.threat")
	for format, want := range map[string]string{
		"text": "", "concise": "", "rdjsonl": "", "github": "", "gitlab": "[\n]\n",
		"junit":    `<skipped type="accepted" message="listed in baseline.toml">a.md:1:28: must fix: “final notice” reads as a threat&#xA;  Accepted: listed in baseline.toml`,
		"sarif":    `"suppressions":[{"kind":"external","status":"accepted","justification":"listed in baseline.toml"}]`,
		"markdown": "**1 letter, not ready, nothing new. 2 accepted by baseline.toml.**",
		"html":     "<dt>May stay</dt> <dd>listed in <code>baseline.toml</code></dd>",
		"json":     `"waived":false,"accepted":true`,
	} {
		out := string(printed(t, format, p, results...))
		if want == "" && out != "" || !strings.Contains(out, want) {
			t.Errorf("%s: want %q in\n%s", format, want, out)
		}
	}
	if err := validate(t, officialSchema(t), printed(t, "sarif", p, results...)); err != nil {
		t.Error(err)
	}
	if row := string(printed(t, "markdown", p, results...)); !strings.Contains(row, "| a.md | needs work | too short to tell |  | 2 accepted |\n") || strings.Contains(row, "## a.md") {
		t.Errorf("markdown does not only count it:\n%s", row)
	}
	for _, want := range []string{"accepted (must fix)", "What is accepted was there before, and is listed in <code>baseline.toml</code>: it may stay for now.", "Needs work</span>: 2 accepted"} {
		if page := string(htmlOf(t, p, results, report.Options{Baseline: "baseline.toml"})); !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	res.Findings[1].Accepted = false // a new one beside it
	if out := string(printed(t, "junit", p, res)); !strings.Contains(out, `failures="1" errors="0" skipped="0"`) || !strings.Contains(out, "<system-out>a.md:1:28: ") {
		t.Errorf("junit of one new finding beside an accepted one:\n%s", out)
	}
	if old, now := fingerprintIn(t, printed(t, "gitlab", p, res)), res.Fingerprints(); old != now[1] {
		t.Errorf("gitlab calls the second finding %s, want %s", old, now[1])
	}
}

// fingerprintIn is that of the only finding of a report for GitLab.
func fingerprintIn(t *testing.T, out []byte) string {
	t.Helper()
	var all []struct{ Fingerprint string }
	decode(t, out, &all)
	if len(all) != 1 {
		t.Fatalf("%d findings, want 1", len(all))
	}
	return all[0].Fingerprint
}
