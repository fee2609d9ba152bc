package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"bedside/lint/letter"
)

// listed lists the findings whose rule begins so: rule, words, severity,
// sorted and each once.
func listed(res *Result, prefix string) string {
	var out []string
	for _, f := range res.Findings {
		if strings.HasPrefix(f.Rule.ID, prefix) {
			out = append(out, fmt.Sprintf("%s “%s” %s", f.Rule.ID, f.Text, f.Severity))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "; ")
}

// TestWordsAreFoundInAnyDress is the table of what the general prose linters
// miss or misplace. << >> stand around the bytes that must be reported; a
// letter without them must have no finding.
func TestWordsAreFoundInAnyDress(t *testing.T) {
	p := openPack(t)
	for name, src := range map[string]string{
		"plain":                      "This is your <<final notice>> now.",
		"bold word, wraps":           "This is your **<<final**\nnotice>> now, and it wraps.",
		"bold both, wraps":           "This is your **<<final\nnotice>>** now.",
		"bold word":                  "This is your **<<final** notice>> now.",
		"bold inside the word":       "This is your <<fi**nal** notice>> now.",
		"italic second":              "This is your <<final *notice>>* now.",
		"no-break space":             "This is your <<final&nbsp;notice>> now.",
		"no-break space, typed":      "This is your <<final\u00a0notice>> now.",
		"letter by number":           "This is your <<&#102;inal notice>> now.",
		"hard break, backslash":      "This is your <<final\\\nnotice>> now.",
		"hard break, spaces":         "This is your <<final  \nnotice>> now.",
		"quote that wraps":           "> This is your <<final\n> notice>> now.",
		"list item":                  "- This is your <<final notice>> now.",
		"list item that wraps":       "- This is your <<final\n  notice>> now.",
		"hyphen":                     "This is your <<final-notice>> now.",
		"plural":                     "These are our <<final notices>> now.",
		"zero-width space":           "This is your <<fi\u200bnal notice>> now.",
		"soft hyphen":                "This is your <<fi\u00adnal no\u00adtice>> now.",
		"soft hyphen by name":        "This is your <<fi&shy;nal notice>> now.",
		"zero-width joiner":          "This is your <<final no\u200dtice>> now.",
		"after accents and an emoji": "Señora Núñez 👩‍⚕️, c’est ça: <<final notice>> now.",
		"capitals":                   "This is your <<Final Notice>> now.",
		"heading":                    "# Your <<final notice>>",
		"table cell":                 "| a | b |\n|---|---|\n| your <<final notice>> | c |",
		"link":                       "See [your <<final notice>>](https://example.org).",
		"half a link":                "See [your <<final](https://example.org) notice>>.",
		"link title":                 "See [this](https://example.org \"your <<final notice>>\").",
		"image":                      "![your <<final notice>>](https://example.org/a.png)",
		"curly quotes":               "This is your “<<final notice>>” now.",
		"one word in quotes":         "This is your \"<<final\" notice>> now.",
		"tabs":                       "This is your <<final \t notice>> now.",
		"code span":                  "This is your `final notice` now.",
		"code block":                 "A code block:\n\n    final notice\n\n```\nfinal notice\n```",
		"comment":                    "This is <!-- final notice --> it.\n\n<!-- final notice -->",
		"author's note":              "This is {{! final notice }} it.\n\n{{! final notice }}",
		"link target":                "See [this](https://example.org/final-notice).",
		"two sentences":              "This is final. Notice the date.",
		"a comma between":            "This is final, notice the date.",
		"another word":               "This is your finale notice.",
		"two cells":                  "| a | b |\n|---|---|\n| final | notice |",
		"two items":                  "- final\n- notice",
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			src := strings.ReplaceAll(src, "\n", eol)
			plain := strings.NewReplacer("<<", "", ">>", "").Replace(src)
			want := ""
			if start := strings.Index(src, "<<"); start >= 0 {
				want = fmt.Sprintf("%d-%d", start, strings.Index(src, ">>")-2)
			}
			res := p.Check("x.md", []byte(plain))
			got := ""
			for _, f := range res.Findings {
				if f.Rule.ID == "ban.urgency" {
					got = fmt.Sprintf("%d-%d", f.Span.Start, f.Span.End)
				}
			}
			if got != want {
				t.Errorf("%s: found at %q, want %q in %q", name, got, want, plain)
			}
		}
	}
}

// TestLimitsInAnyDress is the same for what is measured.
func TestLimitsInAnyDress(t *testing.T) {
	p := openPack(t)
	for src, want := range map[string]string{
		"Please call us <<today!>>":                         "limit.exclamation",
		"Please call us\u00a0<<today!>>":                    "limit.exclamation",
		"Please call us&nbsp;<<today!!>>":                   "limit.exclamation",
		"Please call us\t<<today!>>":                        "limit.exclamation",
		"Please call us\\\n<<today!>>":                      "limit.exclamation",
		"See [this](https://example.org \"<<PAY NOW>>\").":  "limit.shouting",
		"See ![this](https://example.org '<<URGENT>> pay')": "limit.shouting",
		"9 Elm St, SPRINGFIELD\u00a0OR&nbsp;97477":          "",
		"PHONE\u00a0:": "",
	} {
		got, start := "", strings.Index(src, "<<")
		plain := strings.NewReplacer("<<", "", ">>", "").Replace(src)
		for _, f := range p.Check("x.md", []byte(plain)).Findings {
			if f.Rule.ID != "limit.exclamation" && f.Rule.ID != "limit.shouting" {
				continue
			}
			if got = f.Rule.ID; f.Span != (letter.Span{Start: start, End: strings.Index(src, ">>") - 2}) {
				t.Errorf("%q: %s at %v", plain, got, f.Span)
			}
		}
		if got != want {
			t.Errorf("%q: found %q, want %q", plain, got, want)
		}
	}
}

func TestTheOwnersSentence(t *testing.T) {
	const sentence = "We understand that medical expenses can be challenging. Our office is here to support you with flexible payment options tailored to your needs. " +
		"Please contact us at your earliest convenience to discuss how we can assist you."
	p := openPack(t)
	res := p.Check("x.md", []byte(sentence))
	for _, prefix := range []string{"ban.", "promise."} {
		if got := listed(res, prefix); got != "" {
			t.Errorf("found %s", got)
		}
	}
	for _, e := range res.Elements {
		if (e.Name == "acknowledgment" || e.Name == "invitation") && !e.Present {
			t.Errorf("%s is not seen", e.Name)
		}
	}
}

// letters are the letters of the pack, and sentences that its rules find.
func letters(t testing.TB, p *Pack) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, _ := filepath.Glob("../templates/*/*.md")
	if len(files) < 6 {
		t.Fatalf("%d letters in the pack", len(files))
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[f] = string(src)
	}
	var harsh strings.Builder
	for _, r := range p.Rules {
		for _, e := range r.Entries {
			if r.Kind != "ban" || e.Language != "en" {
				continue
			}
			for _, hit := range e.Hit {
				plain, _ := Marked(hit)
				if !strings.ContainsAny(plain, "*_`[]<>#|\\&{") {
					harsh.WriteString(plain + "\n\n")
				}
			}
		}
	}
	out["harsh"] = harsh.String()
	return out
}

func TestLettersOfThePackAreReady(t *testing.T) {
	p := openPack(t)
	for name, src := range letters(t, p) {
		if name == "harsh" {
			continue
		}
		res := p.Check(name, []byte(src))
		if !res.Ready {
			t.Errorf("%s is not ready: %s", name, listed(res, ""))
		}
		if len(res.Findings) > 0 {
			t.Errorf("%s: %s", name, listed(res, ""))
		}
		switch scores := res.Readability.Scores; {
		case res.Language == "es":
			if scores.INFLESZ == nil || *scores.INFLESZ < 65 {
				t.Errorf("%s: reading ease (INFLESZ) %v", name, scores.INFLESZ)
			}
		case scores.FKGrade == nil || *scores.FKGrade > 7:
			t.Errorf("%s: grade %v", name, scores.FKGrade)
		}
		if dir := filepath.Base(filepath.Dir(name)); dir != res.Language {
			t.Errorf("%s is in %s", name, res.Language)
		}
		if len(res.Letter.Forms) < 2 {
			t.Errorf("%s has no condition", name)
		}
	}
}

// A missing sentence is put neither into a table nor into a list, and behind an
// amount that is written out as behind one in a field.
func TestMissingElementsStandBetweenBlocks(t *testing.T) {
	p := openPack(t)
	for name, c := range map[string]struct {
		src, rule string
		want      letter.Position
	}{
		"a table below the heading": {"# Statement\n\n| Item | Amount |\n|---|---|\n| Visit | {{balance_due}} |\n", "require.acknowledgment", letter.Position{Line: 1, Column: 12}},
		"a list and nothing else":   {"\n- You owe $50.\n- Pay by May 5.\n", "require.acknowledgment", letter.Position{Line: 2, Column: 1}},
		"a short last sentence":     {"Dear Jo,\n\nYou owe $50. Please call us by May 5 to talk about it.\n\nThank you.\n\nOak Street Clinic\n", "require.sign-off", letter.Position{Line: 7, Column: 1}},
		"an amount written out":     {"Dear Ms. Lopez:\n\nHere is your bill.\n\nYour balance is $240.00.\n\nPlease call.\n", "require.due-date", letter.Position{Line: 5, Column: 25}},
	} {
		res := p.Check("x.md", []byte(c.src))
		i := slices.IndexFunc(res.Findings, func(f Finding) bool { return f.Rule.ID == c.rule })
		if i < 0 {
			t.Errorf("%s: %s is not missed", name, c.rule)
			continue
		}
		if got := res.Letter.Position(res.Findings[i].Span.Start); got.Line != c.want.Line || got.Column != c.want.Column {
			t.Errorf("%s: %s belongs at %d:%d, said %d:%d", name, c.rule, c.want.Line, c.want.Column, got.Line, got.Column)
		}
	}
}

// Who puts in what is missing, one sentence after the other, has the greeting
// before the understanding, and the signature last.
func TestMissingElementsStandInTheOrderOfALetter(t *testing.T) {
	var order []string
	for _, f := range openPack(t).Check("x.md", []byte("# Your bill\n\nYour balance is $240.00 today, as we have it.\n")).Findings {
		if f.Rule.Kind == "require" && f.Severity > Note {
			order = append(order, strings.TrimPrefix(f.Rule.ID, "require."))
		}
	}
	first, last := []string{"personal-greeting", "acknowledgment"}, "sign-off"
	if len(order) < 8 || !slices.Equal(order[:2], first) || order[len(order)-1] != last {
		t.Errorf("want %q first and %s last, got %q", first, last, order)
	}
}

// What stands behind {{else}} does not stand under the name that the condition
// asks for.
func TestMissingElementsSayOnWhichSideOfElse(t *testing.T) {
	p := openPack(t)
	for body, want := range map[string]string{
		"{{#if portal_url}}\nPay by card.\n{{else}}\nHello.\n{{/if}}": "when {{portal_url}} is missing, this letter does not offer a way to pay or to spread the cost: the only words for it stand under {{#if portal_url}}",
		"{{#if portal_url}}\nHello.\n{{else}}\nPay by card.\n{{/if}}": "when {{portal_url}} is there, this letter does not offer a way to pay or to spread the cost: the only words for it stand behind the {{else}} of {{#if portal_url}}",
	} {
		got := ""
		for _, f := range p.Check("x.md", []byte("# Your bill\n\n"+body+"\n")).Findings {
			if f.Rule.ID == "require.payment-options" {
				got = f.Message
			}
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", body, got, want)
		}
	}
}

func TestMissingElementsSayWhereAndInWhichForm(t *testing.T) {
	p := openPack(t)
	src := `+++
title = "T"
language = "en"
kinds = ["series"]
+++
# Your bill

Dear {{patient_first_name}},

A medical bill can be hard to plan for.

| Your bill | |
|---|---|
| Left to pay | {{balance_due}} |

{{#if portal_url}}
You can set up a payment plan online.
{{/if}}

Sincerely,

{{sender_name}}
`
	res := p.Check("x.md", []byte(src))
	found := map[string]Finding{}
	for _, f := range res.Findings {
		found[f.Rule.ID] = f
	}
	plan := found["require.payment-options"]
	if got := res.Letter.Describe(plan.Forms); !slices.Equal(got, []string{"without portal_url"}) {
		t.Errorf("payment options are missing in %q", got)
	}
	if plan.Text != "{{#if portal_url}}" || !strings.HasPrefix(plan.Message, "when {{portal_url}} is missing, this letter does not ") {
		t.Errorf("said %q at %q", plan.Message, plan.Text)
	}
	line := func(id string) int { return res.Letter.Position(found[id].Span.Start).Line }
	for id, want := range map[string]int{"require.financial-assistance": 14, "require.gratitude": 20, "require.due-date": 14} {
		f, ok := found[id]
		if !ok {
			t.Errorf("%s is not missed", id)
			continue
		}
		if got := line(id); got != want {
			t.Errorf("%s belongs at line %d, said %d", id, want, got)
		}
		if f.Span.Start != f.Span.End || len(f.Try) == 0 {
			t.Errorf("%s: span %v, try %q; want a place and a sentence to insert", id, f.Span, f.Try)
		}
	}
	if _, ok := found["require.acknowledgment"]; ok {
		t.Error("the acknowledgment is not seen")
	}
}

// TestFollowingTheAdviceMendsTheLetter puts the sentence that is offered where
// it is offered: then nothing may be missing any more, in any form.
func TestFollowingTheAdviceMendsTheLetter(t *testing.T) {
	p := openPack(t)
	for name, src := range map[string]string{
		"plain":          "Dear Ann,\n\nYour bill came.\n",
		"no greeting":    "Your bill came. It is here.\n",
		"one line":       "Hello",
		"table at end":   "Dear Ann,\n\n| a | b |\n|--|--|\n| x | {{balance_due}} |\n",
		"all conditions": "Dear Ann,\n\n{{#if portal_url}}\nPay at {{portal_url}}.\n{{/if}}\n\n| a | b |\n|--|--|\n{{#if installment_amount}}\n| x | {{balance_due}} |\n{{/if}}\n\n{{#if fpl_limit}}\nWarmly,\n\nAnn\n{{/if}}\n",
		"nested":         "{{#if portal_url}}\nDear Ann,\n{{#unless fpl_limit}}\nA word.\n{{else}}\nAnother {{balance_due}}.\n{{/unless}}\n{{else}}\nDear Bob,\n{{/if}}\n",
		"quote and list": "> Dear Ann,\n\n- You owe {{balance_due}}\n- now\n\nSincerely,\\\nAnn Lee\n",
		"CRLF":           "Dear Ann,\r\n\r\nYour bill came.\r\n",
	} {
		for range 40 { // one sentence at a time, as a person would
			res := p.Check("x.md", []byte(src))
			i := slices.IndexFunc(res.Findings, func(f Finding) bool {
				return f.Rule.Kind == "require" && f.Span.Start == f.Span.End && len(f.Try) > 0
			})
			if i < 0 {
				break
			}
			f := res.Findings[i]
			src = src[:f.Span.Start] + "\n\n" + f.Try[0] + "\n\n" + src[f.Span.Start:]
			again := p.Check("x.md", []byte(src))
			if slices.ContainsFunc(again.Findings, func(g Finding) bool { return g.Rule == f.Rule && g.Span.Start == g.Span.End }) {
				t.Fatalf("%s: %s is still missing in\n%s", name, f.Rule.ID, src)
			}
		}
	}
}

// TestInsertsMeetTheirNeed: the sentence offered for a missing element is one
// that the rule takes, and harms nothing.
func TestInsertsMeetTheirNeed(t *testing.T) {
	p := openPack(t)
	for _, r := range p.Rules {
		if r.element == nil {
			continue
		}
		for _, lang := range p.Languages() {
			insert := strings.Join(r.element.insertFor(lang), "")
			if insert == "" {
				t.Errorf("%s has no sentence to insert in %s", r.ID, lang)
				continue
			}
			res := p.CheckAs("x.md", []byte(insert), lang)
			for _, f := range res.Letter.Fields {
				if f.Field == nil || !f.Field.Core {
					t.Errorf("%s, %s: %q uses {{%s}}, which may be missing", r.ID, lang, insert, f.Name)
				}
			}
			name := strings.TrimPrefix(r.ID, "require.")
			for _, e := range res.Elements {
				if e.Name == name && !e.Present {
					t.Errorf("%s, %s: %q does not meet it", r.ID, lang, insert)
				}
			}
			for _, prefix := range []string{"ban.", "guard.", "letter.", "promise."} {
				if got := listed(res, prefix); got != "" {
					t.Errorf("%s, %s: %q: %s", r.ID, lang, insert, got)
				}
			}
		}
	}
}

func TestPromisesNeedTheirFact(t *testing.T) {
	p := openPack(t)
	for src, want := range map[string]string{
		"We do not charge interest.": "promise.no-interest “do not charge interest” error",
		"{{#unless charges_interest}}\nWe do not charge interest.\n{{/unless}}":                "",
		"{{#if charges_interest}}\nWe do not charge interest.\n{{/if}}":                        "promise.no-interest “do not charge interest” error",
		"{{#if charges_interest}}\nx\n{{else}}\nWe do not charge interest.\n{{/if}}":           "",
		"{{#unless charges_interest}}\nx.\n{{/unless}}\n\nWe do not charge interest.":          "promise.no-interest “do not charge interest” error",
		"{{#unless reports_to_credit}}\nWe do not charge interest.\n{{/unless}}":               "promise.no-interest “do not charge interest” error",
		"{{#unless charges_interest}}\n{{#if portal_url}}\nNo interest.\n{{/if}}\n{{/unless}}": "",
	} {
		if got := listed(p.Check("x.md", []byte(src)), "promise."); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestAnOfficeFillsInWhatALetterNeeds(t *testing.T) {
	src, err := os.ReadFile("../templates/practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	less := regexp.MustCompile(`(?m)^(planned_steps_plain|portal_url) .*$`).ReplaceAllString(string(src), "")
	less = strings.Replace(less, "\n[facts]\n", "\noffice_fax = \"\"\n[facts]\n", 1)
	less = strings.Replace(less, "office_fax      = \"(555) 555-0143\"\n", "", 1)
	p, err := Open(fstest.MapFS{"templates/practice.toml": {Data: []byte(less)}}, os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{
		"We plan to {{planned_steps_plain}}.":                                     "letter.no-value “{{planned_steps_plain}}” error",
		"Fax: {{office_fax}}.":                                                    "letter.no-value “{{office_fax}}” error",
		"[Pay]({{portal_url}})":                                                   "letter.no-value “{{portal_url}}” error",
		"{{#if portal_url}}\nPay at {{portal_url}}.\n{{/if}}":                     "",
		"{{#if portal_url}}\nOr fax {{office_fax}}.\n{{/if}}":                     "", // never printed for this office
		"{{#if sues_patients}}\nFax {{office_fax}}.\n{{/if}}":                     "",
		"{{#unless sues_patients}}\nFax {{office_fax}}.\n{{/unless}}":             "letter.no-value “{{office_fax}}” error",
		"{{#if office_fax}}\nx\n{{else}}\nNot {{office_fax}}.\n{{/if}}":           "letter.no-value “{{office_fax}}” error",
		"Call {{office_phone}} by {{respond_by_date}} about {{insurance_phone}}.": "", // there, or not the office's
	} {
		if got := listed(p.Check("x.md", []byte("Hello.\n\n"+src)), "letter."); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
	if got := listed(openPack(t).Check("x.md", []byte("We plan to {{planned_steps_plain}}.")), "letter."); got != "" {
		t.Errorf("an office that fills it in: %q", got)
	}
}

func TestOneFindingAPlace(t *testing.T) {
	p := openPack(t)
	res := p.Check("x.md", []byte("This is our final demand: pay immediately or face legal action."))
	last := letter.Span{}
	n := 0
	for _, f := range res.Findings {
		if f.Rule.Kind != "ban" {
			continue
		}
		n++
		if f.Span.Start < last.End {
			t.Errorf("%q overlaps the finding before it", f.Text)
		}
		last = f.Span
	}
	if n < 2 {
		t.Errorf("%d findings: %s", n, listed(res, "ban."))
	}
}

// TestSameResultEveryTime checks the letters many times, in parallel and with
// different numbers of processors, and wants the same findings.
func TestSameResultEveryTime(t *testing.T) {
	p := openPack(t)
	src := letters(t, p)
	print := func(p *Pack) string {
		var b strings.Builder
		for _, name := range sortedKeys(src) {
			res := p.Check(name, []byte(src[name]))
			for _, f := range res.Findings {
				fmt.Fprintln(&b, name, f.Rule.ID, f.Span, f.Message, f.Try, f.Forms)
			}
		}
		return b.String()
	}
	want := print(p)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{1, 2, 4} {
		runtime.GOMAXPROCS(procs)
		var wait sync.WaitGroup
		for range 10 {
			wait.Go(func() {
				if got := print(p); got != want {
					t.Error("another result in a parallel run")
				}
			})
		}
		wait.Wait()
		if got := print(openPack(t)); got != want {
			t.Errorf("another result from a pack opened with %d processors", procs)
		}
	}
}

// A hint that is said once a letter stays said when another comes between.
func TestOnceALetter(t *testing.T) {
	p := openPack(t)
	res := p.Check("x.md", []byte("We cease it. It is documentation. We cease it. It is documentation. We cease it."))
	if n := len(slices.DeleteFunc(slices.Clone(res.Findings), func(f Finding) bool { return f.Rule.ID != "limit.plain-words" })); n != 2 {
		t.Errorf("%d findings, want 2: %s", n, listed(res, "limit.plain-words"))
	}
}

// A heading that stands under a condition is missing only in the other form.
func TestHeadingMissingInOneForm(t *testing.T) {
	p := openPack(t)
	res := p.Check("x.md", []byte("+++\ntitle = \"x\"\n+++\n\n{{#if portal_url}}\n# A bill\n{{/if}}\n\nHi.\n"))
	for _, f := range res.Findings {
		if f.Rule.ID == "letter.heading" {
			if f.Forms == res.Letter.AllForms() {
				t.Error("said of every form, for one has a heading")
			}
			return
		}
	}
	t.Error("the form without a heading is not found")
}
