package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

var update = flag.Bool("update", false, "write what is printed now as what is wanted; read it before you keep it")

func openPack(t *testing.T) *lint.Pack {
	t.Helper()
	fsys := os.DirFS("testdata/office")
	p, err := lint.Open(fsys, fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// checkAll checks the letters of testdata, in order.
func checkAll(t *testing.T, p *lint.Pack) []*lint.Result {
	t.Helper()
	files, err := filepath.Glob("testdata/letters/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no letters", err)
	}
	var results []*lint.Result
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		res := p.Check("letters/"+filepath.Base(file), src)
		if filepath.Base(file) == "allowed.md" {
			waive(res)
		}
		results = append(results, res)
	}
	return results
}

// waive lets what threatens stay, for the reason that stands in the letter.
func waive(res *lint.Result) {
	start := bytes.Index(res.Letter.Src, []byte("<!--"))
	end := bytes.Index(res.Letter.Src, []byte("-->")) + len("-->")
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Rule.ID == "ban.threat" {
			f.Waiver = &letter.Waiver{Rule: f.Rule.ID, Because: "required by <state> form 12-B | 30 `days`,\nsee [their page](https://example.org)",
				Until: "2027-03-31", By: "María Núñez", Span: letter.Span{Start: start, End: end}, Covers: f.Span}
		}
	}
	res.Ready = res.Count(lint.Error) == 0
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got), go test -update accepts it:\n%s", file, diff)
	}
}

// The hard set, in every format: no finding, one, many of different rules,
// over several lines, after accents and emoji, about the whole letter, in one
// form only, a missing element, waived.
func TestFormats(t *testing.T) {
	p := openPack(t)
	for _, f := range report.Formats {
		for _, res := range checkAll(t, p) {
			name := strings.TrimSuffix(filepath.Base(res.Path), ".md")
			t.Run(f.Name+"/"+name, func(t *testing.T) {
				var out bytes.Buffer
				if err := f.Write(&out, p, slices.Values([]*lint.Result{res}), report.Options{Rules: "rules.toml"}); err != nil {
					t.Fatal(err)
				}
				golden(t, name+"."+f.Name, ofLetters(f.Name, out.Bytes()))
			})
		}
	}
}

// ofLetters is a report without what is the same in all of its format, as the
// help of all rules: that is kept once, of no letters.
func ofLetters(format string, out []byte) []byte {
	switch format {
	case "html":
		_, after, _ := bytes.Cut(out, []byte("</nav>\n"))
		before, _, _ := bytes.Cut(after, []byte(`<section id="rules"`))
		return before
	case "sarif":
		before, rest, _ := bytes.Cut(out, []byte(`"rules":[`+"\n"))
		_, after, _ := bytes.Cut(rest, []byte("\n]}},\n"))
		return slices.Concat(before, []byte("\"rules\":[…]}},\n"), after)
	}
	return out
}

func TestFormatsManyLettersAndNone(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	for _, f := range report.Formats {
		for name, set := range map[string][]*lint.Result{"all-letters": results, "no-letters": nil} {
			t.Run(f.Name+"/"+name, func(t *testing.T) {
				var out bytes.Buffer
				if err := f.Write(&out, p, slices.Values(set), report.Options{Rules: "rules.toml"}); err != nil {
					t.Fatal(err)
				}
				if len(set) > 0 {
					golden(t, name+"."+f.Name, ofLetters(f.Name, out.Bytes()))
					return
				}
				golden(t, name+"."+f.Name, out.Bytes())
			})
		}
	}
}

func TestColorAndNarrowScreen(t *testing.T) {
	p := openPack(t)
	var out bytes.Buffer
	err := report.Find("text").Write(&out, p, slices.Values(checkAll(t, p)), report.Options{Color: true, Width: 60})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "color-narrow.text", out.Bytes())
}

// Where letters are hard to read is said after the findings, and of letters
// without findings as well.
func TestWhereLettersAreHard(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	spanish := "+++\nlanguage = \"es\"\n+++\n\nSabemos que es difícil. Le solicitamos la documentación correspondiente a la notificación. " +
		"La puede pagar hoy. La puede pagar poco a poco. Si no puede, llame al {{office_phone}} y le damos una mano. Gracias por la visita."
	results = append(results, p.Check("letters/spanish.md", []byte(spanish)))
	for name, o := range map[string]report.Options{"where-hard": {Verbose: true}, "where-hard-narrow": {Verbose: true, Color: true, Width: 60}} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := report.Find("text").Write(&out, p, slices.Values(results), o); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".text", out.Bytes())
		})
	}
}

// Colour never says anything that is not there without it.
func TestColorOnlyAddsColor(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	print := func(color bool) string {
		var out bytes.Buffer
		if err := report.Find("text").Write(&out, p, slices.Values(results), report.Options{Color: color, Verbose: true}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	plain := print(true)
	for _, code := range []string{"0", "1", "2", "1;31", "32", "33", "36"} {
		plain = strings.ReplaceAll(plain, "\x1b["+code+"m", "")
	}
	if diff := cmp.Diff(print(false), plain); diff != "" {
		t.Errorf("without its codes, coloured text differs (-plain +coloured):\n%s", diff)
	}
}

// The words of a letter cannot act on the screen.
func TestNoControlCharacters(t *testing.T) {
	p := openPack(t)
	src := "Dear {{patient_first_name}},\n\n\x1b]0;title\x07 final notice \u202e and \x9b31m final\x1b[2J notice [Patient\x07 Name]\n" +
		strings.Repeat("\nWe are glad to help you with \x9b31m it.\n", 6) + "\nThe docu\x1bmentation is \x9b31m necessary.\n"
	for _, src := range []string{src, strings.ToValidUTF8(src, "")} {
		res := p.Check("a\x1b[31m.md", []byte(src))
		for _, f := range report.Formats {
			var out bytes.Buffer
			if err := f.Write(&out, p, slices.Values([]*lint.Result{res}), report.Options{Verbose: true}); err != nil {
				t.Fatal(err)
			}
			if i := strings.IndexFunc(out.String(), func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }); i >= 0 {
				t.Errorf("%s prints a control character: %q", f.Name, out.String()[max(0, i-20):min(out.Len(), i+20)])
			}
			if !strings.HasPrefix(f.Name, "json") && strings.ContainsRune(out.String(), '\u202e') {
				t.Errorf("%s prints a sign that turns the direction of text", f.Name)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	p := openPack(t)
	for _, id := range []string{"ban.threat", "ban.long-word", "require.acknowledgment", "limit.reading-grade", "guard.ssn", "promise.no-interest", "letter.unknown-field"} {
		t.Run(id, func(t *testing.T) {
			var out bytes.Buffer
			place := "rules.toml:1"
			if strings.HasPrefix(id, "letter.") {
				place = ""
			}
			if err := report.Explain(&out, p, p.Rule(id), place, report.Options{}); err != nil {
				t.Fatal(err)
			}
			golden(t, "explain-"+id+".txt", out.Bytes())
		})
	}
}

func TestRulesAndFields(t *testing.T) {
	p := openPack(t)
	for name, print := range map[string]func(*bytes.Buffer) error{
		"rules.txt":     func(b *bytes.Buffer) error { return report.Rules(b, p, "", report.Options{}) },
		"rules-ban.txt": func(b *bytes.Buffer) error { return report.Rules(b, p, "ban", report.Options{}) },
		"rules.md":      func(b *bytes.Buffer) error { return report.RuleTable(b, p, "") },
		"rules.json":    func(b *bytes.Buffer) error { return report.RulesJSON(b, p, "") },
		"fields.txt":    func(b *bytes.Buffer) error { return report.Fields(b, p.Dictionary, report.Options{}) },
		"fields.json":   func(b *bytes.Buffer) error { return report.FieldsJSON(b, p.Dictionary.All()) },
		"field.txt":     func(b *bytes.Buffer) error { return report.Field(b, p.Dictionary.All()[0], report.Options{}) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := print(&out); err != nil {
				t.Fatal(err)
			}
			golden(t, name, out.Bytes())
		})
	}
}

func TestSummaryLine(t *testing.T) {
	p := openPack(t)
	for _, c := range []struct {
		name    string
		summary report.Summary
		closing report.Closing
		want    string
	}{
		{"all ready", report.Summary{Letters: 14, Ready: 14, Forms: 52}, report.Closing{Rules: "rules.toml"},
			"✓ 14 letters ready.   rules.toml v3, 30 rules, 52 forms"},
		{"one letter", report.Summary{Letters: 1, Ready: 1, Forms: 1}, report.Closing{Rules: "rules.toml"},
			"✓ 1 letter ready.   rules.toml v3, 30 rules, 1 form"},
		{"ready with notes", report.Summary{Letters: 2, Ready: 2, Forms: 2, Warnings: 1, Notes: 3}, report.Closing{Rules: "rules.toml"},
			"✓ 2 letters ready; 1 should fix, 3 to consider.   rules.toml v3, 30 rules, 2 forms"},
		{"one to fix", report.Summary{Letters: 14, Ready: 13, Forms: 52, Errors: 2, Notes: 1}, report.Closing{Rules: "rules.toml", HeldBy: "--fail-on error"},
			"✗ 1 of 14 letters needs work: 2 must fix, 1 to consider.  13 ready.   rules.toml v3, 30 rules, 52 forms"},
		{"none ready", report.Summary{Letters: 2, Forms: 2, Errors: 2}, report.Closing{Rules: "built-in rules", What: "built-in ", Aside: "(no rules.toml found above this folder)", HeldBy: "--fail-on error"},
			"✗ 2 of 2 built-in letters need work: 2 must fix.   built-in rules v3, 30 rules, 2 forms  (no rules.toml found above this folder)"},
		{"held back", report.Summary{Letters: 2, Ready: 2, Forms: 2, Warnings: 1}, report.Closing{Rules: "rules.toml", HeldBy: "--fail-on warning"},
			"✗ 2 letters ready, but held back by --fail-on warning: 1 should fix.   rules.toml v3, 30 rules, 2 forms"},
		{"with a baseline", report.Summary{Letters: 9, Ready: 3, Known: 4, Forms: 9, Errors: 2, Accepted: 12}, report.Closing{Rules: "rules.toml", Baseline: "baseline.toml", HeldBy: "--fail-on error"},
			"✗ 2 of 9 letters need work: 2 must fix.  3 ready.  12 accepted by baseline.toml.   rules.toml v3, 30 rules, 9 forms"},
		{"ready with a baseline", report.Summary{Letters: 9, Ready: 9, Forms: 9, Accepted: 2}, report.Closing{Rules: "rules.toml", Baseline: "baseline.toml"},
			"✓ 9 letters ready.  2 accepted by baseline.toml.   rules.toml v3, 30 rules, 9 forms"},
		{"accepted errors make no letter ready", report.Summary{Letters: 9, Ready: 3, Known: 6, Forms: 9, Warnings: 1, Accepted: 12}, report.Closing{Rules: "rules.toml", Baseline: "baseline.toml"},
			"✓ 9 letters, 3 ready; 1 should fix.  12 accepted by baseline.toml.   rules.toml v3, 30 rules, 9 forms"},
		{"waived", report.Summary{Letters: 2, Ready: 2, Forms: 2, Waived: 3}, report.Closing{Rules: "rules.toml"},
			"✓ 2 letters ready; 3 waived.   rules.toml v3, 30 rules, 2 forms"},
		{"with time", report.Summary{Letters: 1, Ready: 1, Forms: 1}, report.Closing{Rules: "rules.toml", Took: 300},
			"✓ 1 letter ready.   rules.toml v3, 30 rules, 1 form, 1 ms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.summary.Line(p, c.closing); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A format that cannot write says so instead of going on.
func TestWriteErrorIsReturned(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	for _, f := range report.Formats {
		if err := f.Write(failing{}, p, slices.Values(results), report.Options{}); err == nil {
			t.Errorf("%s hides that nothing could be written", f.Name)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

// What explain shows of a fault of the file is found by its rule, and what is
// right instead is not.
func TestFaultsAreFound(t *testing.T) {
	p, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Rules {
		if r.Kind != "letter" {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			var out bytes.Buffer
			if err := report.Explain(&out, p, r, "", report.Options{Width: 200}); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			if !strings.Contains(text, "✗") && !strings.Contains(text, "Way out") {
				t.Fatalf("neither an example nor a way out:\n%s", text)
			}
			wrong, right := example(text, "✗"), example(text, "✓")
			if wrong != "" && !finds(p, r, wrong) {
				t.Errorf("it does not find its example %q", wrong)
			}
			if right != "" && finds(p, r, right) {
				t.Errorf("it finds what is right: %q", right)
			}
		})
	}
}

// example is the text of an explanation behind a sign.
func example(text, sign string) string {
	_, rest, _ := strings.Cut(text, sign+" ")
	var lines []string
	for i, line := range strings.Split(rest, "\n") {
		if i > 0 {
			if line != "" && !strings.HasPrefix(line, "             ") {
				break
			}
			line = strings.TrimSpace(line)
		}
		lines = append(lines, line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func finds(p *lint.Pack, r *lint.Rule, text string) bool {
	if !strings.HasPrefix(text, "+++") {
		text = "+++\nlanguage = \"en\"\n+++\n\n" + text
	}
	res := p.Check("a.md", []byte(text+"\n\nWe are glad to help.\n"))
	return slices.ContainsFunc(res.Findings, func(f lint.Finding) bool { return f.Rule == r })
}

// Of a rule with many phrases a screen is shown: no advice twice, and where
// the rest is.
func TestExplainIsShort(t *testing.T) {
	p, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"ban.threat":          `(?m)^           and \d+ more: bedside rules ban --format json$`,
		"promise.no-interest": `(?m)^           ✓ Put the sentence between the lines {{#unless charges_interest}}`,
	} {
		var out bytes.Buffer
		if err := report.Explain(&out, p, p.Rule(id), "", report.Options{}); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(out.String(), "✗"); n > 12 || !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("%s: want at most 12 sentences, got %d, and %s in\n%s", id, n, want, out.String())
		}
		if strings.Count(out.String(), "✓ Leave it out.\n") > 1 {
			t.Errorf("%s gives the same advice twice:\n%s", id, out.String())
		}
	}
}

func TestExplainBounds(t *testing.T) {
	p, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{
		"limit.sentence-length": `(?m)^  Bounds   consider above \d+, should fix above \d+, must fix above \d+ \(measure: sentence_words\)$`,
		"limit.reading-ease":    `(?m)^  Bounds   consider below \d+, should fix below \d+, must fix below \d+ \(measure: inflesz\)$`,
		"limit.passive":         `(?m)^  Bounds   consider any \(measure: passive\)$`,
		"limit.plain-words":     `(?m)^  “…” can be said`, // what is found, not what is counted
		"limit.letter-length":   `(?m) …$`,                // its example is cut
	} {
		var out bytes.Buffer
		if err := report.Explain(&out, p, p.Rule(id), "", report.Options{}); err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(want).MatchString(out.String()) {
			t.Errorf("%s: want %s in\n%s", id, want, out.String())
		}
	}
}
