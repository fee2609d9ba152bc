package report_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bedside/internal/report"
	"bedside/lint"
)

// allowedSource is a letter of which all that is found is waived.
const allowedSource = `We know that it is hard. Please call us at {{office_phone}}.

<!-- bedside: allow ban.threat because "required by state form 12-B" until 2999-03-31 by "María Núñez" -->

- It is a final notice.
- 👩‍⚕️ A **final
  notice**.
`

// excuse is what the formats say in one sentence of what is waived there.
const excuse = "“final notice” reads as a threat; it may stay so: required by state form 12-B (María Núñez, until 2999-03-31)"

// Every format tells of each waived finding its rule, its place, why it may
// stay, who decided it and until when; and nothing of that where no waiver
// counts.
func TestFormatsTellWhatIsWaived(t *testing.T) {
	told := map[string][]string{
		"text": {"    5:11  waived      ban.threat, also at 6:12: required by state form 12-B (María Núñez, until\n                      2999-03-31)\n"},
		"concise": {
			"a.md:5:11: waived: " + excuse + " [ban.threat]\n",
			"a.md:6:12: waived: " + excuse + " [ban.threat]\n",
		},
		"json": {
			`"start":{"offset":183,"line":5,"column":11},`,
			`"waived":true,"because":"required by state form 12-B","until":"2999-03-31","by":"María Núñez"}`,
			`"start":{"offset":217,"line":6,"column":12},`,
			`"summary":{"letters":1,"ready":1,"error":0,"warning":0,"note":0,"waived":2}}`,
		},
		"jsonl": {`"waived":true,"because":"required by state form 12-B","until":"2999-03-31","by":"María Núñez"}`},
		"sarif": {
			`"ruleId":"ban.threat"`, `"startLine":5,"startColumn":11,`, `"startLine":6,"startColumn":12,`,
			`"suppressions":[{"kind":"inSource","status":"accepted","justification":"required by state form 12-B",`,
			`"properties":{"by":"María Núñez","until":"2999-03-31"}`,
		},
		"junit": {
			`<testsuite name="a.md" tests="1" failures="0" errors="0" skipped="1">`,
			`<testcase name="ban.threat"`,
			`<skipped type="waived" message="required by state form 12-B (María Núñez, until 2999-03-31)">a.md:5:11: must fix: “final notice” reads as a threat`,
			`a.md:6:12: must fix: “final notice” reads as a threat&#xA;  Waived: required by state form 12-B (María Núñez, until 2999-03-31)`,
		},
		"rdjson": {
			`{"message":"waived: ` + excuse + `","location":{"path":"a.md","range":{"start":{"line":5,"column":11},"end":{"line":5,"column":23}}},"severity":"INFO","code":{"value":"ban.threat"}}`,
			`"start":{"line":6,"column":21}`,
		},
		"rdjsonl": {
			`{"message":"waived: ` + excuse + `","location":{"path":"a.md","range":{"start":{"line":5,"column":11},"end":{"line":5,"column":23}}},"severity":"INFO",` +
				`"source":{"name":"bedside"},"code":{"value":"ban.threat"}}`,
			`"start":{"line":6,"column":21}`,
		},
		"github": {
			"    5:11  waived      ban.threat",
			"\n::notice file=a.md,line=5,col=11,endColumn=23,title=waived (ban.threat)::" + excuse + "\n",
			"\n::notice file=a.md,line=6,endLine=7,title=waived (ban.threat)::" + excuse + "\n",
		},
		"gitlab": {
			`{"description":"waived: ` + excuse + `","check_name":"ban.threat","fingerprint":"waived-`,
			`","severity":"info","location":{"path":"a.md","lines":{"begin":5}}}`,
			`","severity":"info","location":{"path":"a.md","lines":{"begin":6}}}`,
		},
		"checkstyle": {
			`<error line="5" column="11" severity="info" message="waived: ` + excuse + `" source="bedside.ban.threat"></error>`,
			`<error line="6" column="12" severity="info" message="waived: ` + excuse + `" source="bedside.ban.threat"></error>`,
		},
		"markdown": {
			"**1 letter ready; 2 waived.**",
			"### Waived\n\n- **must fix** 5:11 `ban.threat`: “final notice” reads as a threat\n  - Because: required by state form 12-B (María Núñez, until 2999-03-31)\n",
			"- **must fix** 6:12 `ban.threat`:",
		},
		"html": {
			"1 letter ready; 2 waived.",
			`waived (must fix)</span> <span class="place">Line 5, column 11</span> <a href="#rule-ban.threat">`,
			`waived (must fix)</span> <span class="place">Line 6, column 12</span>`,
			`<dt>May stay</dt> <dd>required by state form 12-B <span class="by">(María Núñez)</span>, until <time datetime="2999-03-31">March 31, 2999</time></dd>`,
			"for lines 5 to 7, set in line 3 by María Núñez, until ",
		},
	}
	p, strict := openPack(t), openPack(t)
	strict.NoWaivers = true
	for _, f := range report.Formats {
		out := string(printed(t, f.Name, p, p.Check("a.md", []byte(allowedSource))))
		if told[f.Name] == nil {
			t.Errorf("%s: what it says of waivers is not known here", f.Name)
		}
		for _, want := range told[f.Name] {
			if !strings.Contains(out, want) {
				t.Errorf("%s: want %q in\n%s", f.Name, want, ofLetters(f.Name, []byte(out)))
			}
		}
		out = string(ofLetters(f.Name, printed(t, f.Name, strict, strict.Check("a.md", []byte(allowedSource)))))
		for _, gone := range []string{"waived: ", "(waived", "waived (", `"waived":true`, "it may stay so", "May stay</dt>", "<skipped", `"inSource"`} {
			if strings.Contains(out, gone) {
				t.Errorf("%s: where no waiver counts it says %q:\n%s", f.Name, gone, out)
			}
		}
	}
}

// Whoever keeps a report sees in its opening that no waiver counts.
func TestReportsTellThatWaiversDoNotCount(t *testing.T) {
	p, strict := openPack(t), openPack(t)
	strict.NoWaivers = true
	opening := map[string]string{
		"markdown": "# Letters checked by Bedside\n\n**1 letter needs work: 2 must fix. Waivers do not count (--no-waivers).**\n",
		"html":     `<p class="result" data-shape="✗">1 letter needs work: 2 must fix.  Waivers do not count (--no-waivers).</p>`,
		"json":     `,"no_waivers":true},` + "\n" + `"letters":[`,
		"sarif":    `,"no_waivers":true}}}]}`,
	}
	for format, want := range opening {
		if out := string(printed(t, format, strict, strict.Check("a.md", []byte(allowedSource)))); !strings.Contains(out, want) {
			t.Errorf("%s: want %q in\n%s", format, want, ofLetters(format, []byte(out)))
		}
		if out := string(printed(t, format, p, p.Check("a.md", []byte(allowedSource)))); strings.Contains(out, "do not count") || strings.Contains(out, "no_waivers") {
			t.Errorf("%s: it says that waivers do not count where they do", format)
		}
	}
	if err := validate(t, officialSchema(t), printed(t, "sarif", strict)); err != nil {
		t.Error(err)
	}
	sum := report.Summary{Letters: 2, Ready: 1, Forms: 2, Errors: 1, Accepted: 3}
	got := sum.Line(strict, report.Closing{Rules: "rules.toml", Baseline: "baseline.toml", HeldBy: "--fail-on error"})
	want := "✗ 1 of 2 letters needs work: 1 must fix.  1 ready.  3 accepted by baseline.toml.  Waivers do not count (--no-waivers).   rules.toml v3, 30 rules, 2 forms"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// No program that takes compilers for an example counts what is waived: this is
// what VS Code calls $gcc.
func TestNoMatcherTakesWaivedForAProblem(t *testing.T) {
	matcher := regexp.MustCompile(`(?m)^(.*):(\d+):(\d+):\s+(?:fatal\s+)?(warning|error|note|info):\s+(.*)$`)
	p, strict := openPack(t), openPack(t)
	strict.NoWaivers = true
	if found := matcher.FindAll(printed(t, "concise", p, p.Check("a.md", []byte(allowedSource))), -1); found != nil {
		t.Errorf("taken for a problem: %q", found)
	}
	if found := matcher.FindAll(printed(t, "concise", strict, strict.Check("a.md", []byte(allowedSource))), -1); len(found) != 2 {
		t.Errorf("%d problems, want 2", len(found))
	}
}

// A quiet run says nothing of a letter in which all may stay.
func TestQuietIsSilentAboutWaivers(t *testing.T) {
	p := openPack(t)
	results := []*lint.Result{p.Check("a.md", []byte(allowedSource)), p.Check("b.md", []byte("We know that it is hard. Act now, and call us at {{office_phone}}."))}
	var out bytes.Buffer
	if err := report.Find("concise").Write(&out, p, slices.Values(results), report.Options{Quiet: true}); err != nil {
		t.Fatal(err)
	}
	if want := "b.md:1:26: warning: “Act now” hurries the reader [ban.urgency]\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// With a waiver a finding is another one to GitLab, so that a merge request
// shows that it is waived, and that it no longer is.
func TestGitLabTellsWaivedFromFound(t *testing.T) {
	p, strict := openPack(t), openPack(t)
	strict.NoWaivers = true
	type finding struct{ Fingerprint string }
	var waived, found []finding
	decode(t, printed(t, "gitlab", p, p.Check("a.md", []byte(allowedSource))), &waived)
	decode(t, printed(t, "gitlab", strict, strict.Check("a.md", []byte(allowedSource))), &found)
	if len(waived) != 2 || len(found) != 2 {
		t.Fatalf("%d waived and %d found, want 2 and 2", len(waived), len(found))
	}
	for i := range waived {
		if slices.Contains(found, waived[i]) || waived[i].Fingerprint != "waived-"+found[i].Fingerprint {
			t.Errorf("%d: %q is waived, %q found", i, waived[i].Fingerprint, found[i].Fingerprint)
		}
	}
}
