package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"bedside"
	"bedside/lint"
)

type sarifRun struct {
	Tool    struct{ Driver struct{ Rules []sarifRule } }
	Results []struct {
		RuleID              string
		RuleIndex           int
		Level               string
		Locations           []struct{ PhysicalLocation sarifPlace }
		PartialFingerprints map[string]string
		Suppressions        []struct{ Kind, Justification string }
		Fixes               []struct {
			ArtifactChanges []struct {
				Replacements []struct {
					DeletedRegion   sarifRegion
					InsertedContent struct{ Text string }
				}
			}
		}
		Properties struct{ Forms []string }
	}
	Artifacts []struct {
		Location struct{ URI, URIBaseID string }
	}
}

type sarifRule struct {
	ID   string
	Help struct{ Text, Markdown string }
}

type sarifPlace struct {
	ArtifactLocation struct{ URI, URIBaseID string }
	Region           sarifRegion
}

type sarifRegion struct{ StartLine, StartColumn, EndLine, EndColumn, ByteOffset, ByteLength int }

func sarifOf(t *testing.T, out []byte) sarifRun {
	t.Helper()
	var doc struct{ Runs []sarifRun }
	decode(t, out, &doc)
	if len(doc.Runs) != 1 {
		t.Fatalf("%d runs, want 1", len(doc.Runs))
	}
	return doc.Runs[0]
}

// officialSchema is that of OASIS.
func officialSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	return schemaIn(t, "testdata/sarif/sarif-schema-2.1.0.json")
}

func schemaIn(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat() // URIs are looked at as well
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, src []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}

// What is printed is valid by the official schema: of no letter, of each, of
// all, and with all rules of the program.
func TestSARIFIsValid(t *testing.T) {
	schema, p := officialSchema(t), openPack(t)
	results := checkAll(t, p)
	hold := func(name string, out []byte) {
		if err := validate(t, schema, out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	hold("no letter", printed(t, "sarif", p))
	hold("all letters", printed(t, "sarif", p, results...))
	for _, res := range results {
		hold(res.Path, printed(t, "sarif", p, res))
	}
	for _, path := range []string{"Letters for María/50% off #2?.md", "a:b.md", "../x.md", "/tmp/x y.md", "C:/letters/x.md", "[a]/{b}|c\\d^`e\".md", "\xff.md"} {
		hold(path, printed(t, "sarif", p, p.Check(path, []byte("A final notice."))))
	}
	ours, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	hold("the rules of the program", printed(t, "sarif", ours, ours.Check("a.md", []byte("Dear [Patient Name], pay at once."))))
}

// The same validator refuses copies that are broken.
func TestBrokenSARIFIsRefused(t *testing.T) {
	schema, p := officialSchema(t), openPack(t)
	good := string(printed(t, "sarif", p, append(checkAll(t, p), p.Check("mend.md", []byte("You owe [Balance Due].\n")))...))
	for _, c := range []struct{ name, old, broken string }{
		{"a level that does not exist", `"level":"error"`, `"level":"fatal"`},
		{"a message without text", `"message":{"text":`, `"message":{"txt":`},
		{"a line before the first", `"startLine":3`, `"startLine":0`},
		{"a path that is no URI", `"uri":"letters/many.md"`, `"uri":"letters/50%off.md"`},
		{"an unknown key", `"columnKind":`, `"columnKinds":`},
		{"columns that are not counted so", `"unicodeCodePoints"`, `"bytes"`},
		{"a suppression of no kind", `"kind":"inSource"`, `"kind":"inLetter"`},
		{"a fix that changes nothing", `"replacements":[{`, `"replacements":[],"x":[{`},
		{"an old version", `"version":"2.1.0"`, `"version":"2.0.0"`},
	} {
		broken := strings.Replace(good, c.old, c.broken, 1)
		if broken == good {
			t.Errorf("%s: there is no %s", c.name, c.old)
		} else if validate(t, schema, []byte(broken)) == nil {
			t.Errorf("%s is not refused", c.name)
		}
	}
}

// Both ways to say where a finding is give its bytes.
func TestSARIFRegions(t *testing.T) {
	p := openPack(t)
	for _, res := range checkAll(t, p) {
		run := sarifOf(t, printed(t, "sarif", p, res))
		for i, r := range run.Results {
			f, region := res.Findings[i], r.Locations[0].PhysicalLocation.Region
			want := res.Letter.Text(f.Span)
			src := string(res.Letter.Src)
			if got := src[region.ByteOffset : region.ByteOffset+region.ByteLength]; got != want {
				t.Errorf("%s %s: the bytes are %q, want %q", res.Path, f.Rule.ID, got, want)
			}
			start, end := byteAt(src, region.StartLine, region.StartColumn), byteAt(src, region.EndLine, region.EndColumn)
			if got := src[start:end]; got != want {
				t.Errorf("%s %s: lines and columns give %q, want %q", res.Path, f.Rule.ID, got, want)
			}
			if len(r.Properties.Forms) != len(res.Letter.Describe(f.Forms)) {
				t.Errorf("%s %s: forms %q", res.Path, f.Rule.ID, r.Properties.Forms)
			}
			if id := run.Tool.Driver.Rules[r.RuleIndex].ID; id != f.Rule.ID || r.RuleID != id {
				t.Errorf("%s: a finding of %s is told of %s and %s", res.Path, f.Rule.ID, r.RuleID, id)
			}
		}
	}
}

// byteAt is the byte before the column-th code point of a line, counted
// without the program.
func byteAt(src string, line, column int) int {
	lines := strings.SplitAfter(src, "\n")
	at := len(strings.Join(lines[:line-1], ""))
	runes := []rune(lines[line-1])
	return at + len(string(runes[:column-1]))
}

// A fix puts its text where the field was, and the letter has one finding
// less.
func TestSARIFFixes(t *testing.T) {
	p := openPack(t)
	src := "Dear {{patient_first_name}},\n\nMaría 👩‍⚕️ says: We know that it is hard. You owe [Balance Due]. Please call us at {{office_phone}}.\n"
	res := p.Check("a.md", []byte(src))
	run := sarifOf(t, printed(t, "sarif", p, res))
	if len(run.Results) != 1 || len(run.Results[0].Fixes) != 1 {
		t.Fatalf("want one finding with a fix, got %+v", run.Results)
	}
	r := run.Results[0].Fixes[0].ArtifactChanges[0].Replacements[0]
	at := r.DeletedRegion
	fixed := src[:at.ByteOffset] + r.InsertedContent.Text + src[at.ByteOffset+at.ByteLength:]
	if want := strings.Replace(src, "[Balance Due]", "{{balance_due}}", 1); fixed != want {
		t.Errorf("fixed to %q, want %q", fixed, want)
	}
}

// A fingerprint stays where lines are added above, and no two are the same.
func TestSARIFFingerprints(t *testing.T) {
	p := openPack(t)
	prints := func(src string) (all []string) {
		for _, r := range sarifOf(t, printed(t, "sarif", p, p.Check("a.md", []byte(src)))).Results {
			all = append(all, r.PartialFingerprints["bedside/v1"])
		}
		return all
	}
	const letter = "We know that it is hard. A final notice. Act now, a final notice. Please call us at {{office_phone}}."
	before, after := prints(letter), prints("Dear {{patient_first_name}},\n\n"+letter)
	if len(before) != 3 || strings.Join(before, " ") != strings.Join(after, " ") {
		t.Errorf("three findings have %q, and lower on the page %q", before, after)
	}
	if before[0] == before[2] {
		t.Error("two findings have the same fingerprint")
	}
}

// Waived findings are there, suppressed, with the words of the letter.
func TestSARIFSuppressions(t *testing.T) {
	p := openPack(t)
	waived := 0
	for _, res := range checkAll(t, p) {
		for i, r := range sarifOf(t, printed(t, "sarif", p, res)).Results {
			w := res.Findings[i].Waiver
			switch {
			case w == nil && len(r.Suppressions) != 0:
				t.Errorf("%s %s is suppressed and not waived", res.Path, r.RuleID)
			case w != nil && (len(r.Suppressions) != 1 || r.Suppressions[0].Kind != "inSource" || r.Suppressions[0].Justification != w.Because):
				t.Errorf("%s %s: suppressions %+v, want %q", res.Path, r.RuleID, r.Suppressions, w.Because)
			case w != nil:
				waived++
			}
		}
	}
	if waived < 2 {
		t.Errorf("%d waived findings, want several", waived)
	}
}

// Every rule has help that says why, in both dresses.
func TestSARIFHelp(t *testing.T) {
	p := openPack(t)
	rules := sarifOf(t, printed(t, "sarif", p)).Tool.Driver.Rules
	held := inForce(p)
	if len(rules) != len(held) {
		t.Fatalf("%d rules, want %d", len(rules), len(held))
	}
	for i, r := range rules {
		if why := held[i].Why; !strings.Contains(r.Help.Text, why) || len(r.Help.Markdown) < len(why) {
			t.Errorf("%s: the help does not say why: %q", r.ID, r.Help.Text)
		}
	}
	for _, want := range []string{"**Instead**\n\n- This is your “final notice”. → “This is a reminder about your balance.”\n", "- A second source, 2021\n",
		"\n**To waive it,** on a line of its own before the block, with a reason that every report shows:\n\n```\n<!-- bedside: allow ban.threat because \"REASON\" -->\n```\n"} {
		if !strings.Contains(rules[2].Help.Markdown, want) {
			t.Errorf("want %q in\n%s", want, rules[2].Help.Markdown)
		}
	}
	inMeta := "To waive it, in the front matter, with a reason that every report shows:\n  waivers = [{ allow = %q, because = \"REASON\" }]\n"
	for i, r := range held {
		if strings.Contains(rules[i].Help.Text, "To waive it") != r.Waivable {
			t.Errorf("%s: the help says how to waive it, or not: %q", r.ID, rules[i].Help.Text)
		}
		if want := fmt.Sprintf(inMeta, r.ID); strings.Contains(rules[i].Help.Text, want) != (r.Waivable && r.OfLetter()) {
			t.Errorf("%s: what waives it stands in the front matter, or not: %q", r.ID, rules[i].Help.Text)
		}
	}
}

// Paths are relative to a root, and encoded as URIs are.
func TestSARIFPaths(t *testing.T) {
	p := openPack(t)
	for path, want := range map[string]string{
		"letters/a.md":         "%SRCROOT% letters/a.md",
		"Für María/50% off.md": "%SRCROOT% F%C3%BCr%20Mar%C3%ADa/50%25%20off.md",
		"a:b.md":               "%SRCROOT% ./a:b.md",
		"/srv/a b.md":          " file:///srv/a%20b.md",
		"C:/letters/a.md":      " file:///C:/letters/a.md",
	} {
		at := sarifOf(t, printed(t, "sarif", p, p.Check(path, []byte("A final notice.")))).Results[0].Locations[0].PhysicalLocation.ArtifactLocation
		if got := at.URIBaseID + " " + at.URI; got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// One line a rule, a finding and a letter, so that two runs can be compared.
func TestSARIFLines(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	findings := 0
	for _, res := range results {
		findings += len(res.Findings)
	}
	own := 0
	for line := range bytes.Lines(printed(t, "sarif", p, results...)) {
		if json.Valid(bytes.TrimRight(line, ",\n")) {
			own++
		}
	}
	if want := len(inForce(p)) + findings + len(results); own != want {
		t.Errorf("%d lines that are whole, want %d", own, want)
	}
}

// inForce are the rules that are not switched off.
func inForce(p *lint.Pack) []*lint.Rule {
	return slices.DeleteFunc(slices.Clone(p.Rules), func(r *lint.Rule) bool { return r.Off })
}
