package lint

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"bedside/lint/letter"
)

// aWaiver is a waiver for a rule, in a comment.
func aWaiver(rule string) string {
	return fmt.Sprintf("<!-- bedside: allow %s because \"the state form says so\" -->\n", rule)
}

// standing lists what is found by the rules with one of these beginnings:
// line, rule, words and, where it is waived, the line of its waiver.
func standing(res *Result, begins ...string) (out []string) {
	for i := range res.Findings {
		f := &res.Findings[i]
		if !slices.ContainsFunc(begins, func(b string) bool { return strings.HasPrefix(f.Rule.ID, b) }) {
			continue
		}
		line := fmt.Sprintf("%d %s %s", res.Letter.Position(f.Span.Start).Line, f.Rule.ID, f.Text)
		if strings.HasPrefix(f.Rule.ID, "letter.") {
			line = fmt.Sprintf("%d %s %s", res.Letter.Position(f.Span.Start).Line, f.Rule.ID, f.Message)
		}
		if f.Waiver != nil {
			line += fmt.Sprintf(", waived in %d", res.Letter.Position(f.Waiver.Span.Start).Line)
		}
		out = append(out, line)
	}
	return out
}

func TestWaiversHoldForTheirBlock(t *testing.T) {
	p := openPack(t)
	p.Today = "2026-11-22"
	final, again := "This is your final notice.\n", "\nIt is our final notice.\n"
	front := func(waivers string) string {
		return "+++\nkinds = [\"paid_in_full\"]\nwaivers = [" + waivers + "]\n+++\n"
	}
	in := func(rule string) string {
		return fmt.Sprintf("{ allow = %q, because = \"the state form says so\" }", rule)
	}
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"the block and no other": {aWaiver("ban.urgency") + final + again, []string{"2 ban.urgency final notice, waived in 1", "4 ban.urgency final notice"}},
		"all in the block":       {aWaiver("ban.urgency") + final + "Act now.", []string{"2 ban.urgency final notice, waived in 1", "3 ban.urgency Act now, waived in 1"}},
		"a whole list": {aWaiver("ban.urgency") + "- Call us.\n- " + final + "- Act now.\n\nAct now.",
			[]string{"3 ban.urgency final notice, waived in 1", "4 ban.urgency Act now, waived in 1", "6 ban.urgency Act now"}},
		"one cell of a table": {aWaiver("ban.urgency") + "| A | B |\n|---|---|\n| Hi | final notice |\n", []string{"4 ban.urgency final notice, waived in 1"}},
		"another rule":        {aWaiver("ban.blame") + final, []string{"1 letter.waiver-unused nothing in the block behind it breaks ban.blame: this waiver is of no use", "2 ban.urgency final notice"}},
		"at the end":          {final + "\n" + aWaiver("ban.urgency"), []string{"1 ban.urgency final notice", "3 letter.waiver-unused nothing stands behind this waiver that it could cover"}},
		"two rules": {aWaiver("ban.urgency") + aWaiver("ban.threat") + "This is your final notice before further action.",
			[]string{"3 ban.urgency final notice, waived in 1", "3 ban.threat further action, waived in 2"}},
		"the same rule twice": {aWaiver("ban.urgency") + aWaiver("ban.urgency") + final,
			[]string{"2 letter.waiver-unused ban.urgency is waived here already, in line 1", "3 ban.urgency final notice, waived in 1"}},
		"inside what another covers": {aWaiver("ban.urgency") + "- " + aWaiver("ban.urgency") + "  " + final + "- Act now.",
			[]string{"3 ban.urgency final notice, waived in 2", "4 ban.urgency Act now, waived in 1"}},
		"over blank lines":   {aWaiver("ban.urgency") + "\n\n\n" + final, []string{"5 ban.urgency final notice, waived in 1"}},
		"under a condition":  {"{{#if portal_url}}\n" + aWaiver("ban.urgency") + final + "{{else}}\nAct now.\n{{/if}}\n", []string{"3 ban.urgency final notice, waived in 2", "5 ban.urgency Act now"}},
		"across lines":       {aWaiver("ban.urgency") + "This is your **final\nnotice** now.", []string{"2 ban.urgency final notice, waived in 1"}},
		"in front matter":    {front(in("ban.urgency")) + final + again, []string{"5 ban.urgency final notice, waived in 3", "7 ban.urgency final notice, waived in 3"}},
		"front matter twice": {front(in("ban.urgency")+", "+in("ban.urgency")) + final, []string{"3 letter.waiver-unused ban.urgency is waived here already, in line 3", "5 ban.urgency final notice, waived in 3"}},
		"in front matter and before the block": {front(in("ban.urgency")) + aWaiver("ban.urgency") + final,
			[]string{"3 letter.waiver-unused nothing here breaks ban.urgency: this waiver is of no use", "6 ban.urgency final notice, waived in 5"}},
		"a heading that is missing": {front(in("letter.heading")) + "Hi.", []string{"5 letter.heading this letter has no heading that says what it is about, waived in 3"}},
		"a slip":                    {aWaiver("ban.urgncy") + final, []string{"1 letter.waiver “ban.urgncy” is not a rule of this pack (did you mean “ban.urgency”?)", "2 ban.urgency final notice"}},
		"no group":                  {aWaiver("urgency") + final, []string{"1 letter.waiver “urgency” is not a rule of this pack (did you mean “ban.urgency”?)", "2 ban.urgency final notice"}},
		"far from any":              {aWaiver("ban.everything") + "Hi.", []string{"1 letter.waiver “ban.everything” is not a rule of this pack"}},
		"a group":                   {aWaiver("ban") + final, []string{"1 letter.waiver “ban” is a group of rules; a waiver is for one rule", "2 ban.urgency final notice"}},
		"what must not be waived":   {aWaiver("letter.blank") + "Dear [Patient Name],", []string{"1 letter.waiver letter.blank cannot be waived", "2 letter.blank “[Patient Name]” is a blank that nobody fills in: the patient would read it as it stands"}},
		"a waiver of waivers":       {aWaiver("letter.waiver-unused") + aWaiver("ban.urgency") + "Hi.", []string{"1 letter.waiver letter.waiver-unused cannot be waived", "2 letter.waiver-unused nothing in the block behind it breaks ban.urgency: this waiver is of no use"}},
		"about the whole letter":    {aWaiver("require.gratitude") + "Hi.", []string{"1 letter.waiver require.gratitude is about the whole letter: no block can waive it"}},
		"how hard it is":            {aWaiver("limit.reading-grade") + "Hi.", []string{"1 letter.waiver limit.reading-grade is about the whole letter: no block can waive it"}},
		"over":                      {strings.Replace(aWaiver("ban.urgency"), " -->", " until 2026-11-21 -->", 1) + final, []string{"1 letter.waiver-expired this waiver for ban.urgency ended on 2026-11-21", "2 ban.urgency final notice"}},
		"on its last day":           {strings.Replace(aWaiver("ban.urgency"), " -->", " until 2026-11-22 -->", 1) + final, []string{"2 ban.urgency final notice, waived in 1"}},
		"over, and of no use":       {strings.Replace(aWaiver("ban.urgency"), " -->", " until 2026-11-21 -->", 1) + "Hi.", []string{"1 letter.waiver-expired this waiver for ban.urgency ended on 2026-11-21"}},
		"in a language not known":   {"+++\nlanguage = \"xx\"\n+++\n" + aWaiver("ban.urgency") + final, []string{"2 letter.language “xx” is not a language of this pack: en, es", "5 letter.heading this letter has no heading that says what it is about"}},
		"shown in code":             {"    " + aWaiver("ban.urgency") + "\n" + final, []string{"3 ban.urgency final notice"}},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			res := p.Check("x.md", []byte(strings.ReplaceAll(c.src, "\n", eol)))
			got := slices.DeleteFunc(standing(res, "ban.", "letter."), func(s string) bool {
				return strings.Contains(s, "letter.heading") && !strings.Contains(strings.Join(c.want, ""), "letter.heading")
			})
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: got\n\t%s\nwant\n\t%s", name, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
			for _, f := range res.Findings {
				if strings.HasPrefix(f.Rule.ID, waiverRule) && (len(f.Try) == 0 || f.Why == "" || f.Forms == 0) {
					t.Errorf("%s: %s has no way out, reason or form: %+v", name, f.Message, f)
				}
			}
		}
	}
}

// TestWaiversWaiveTheirRuleAlone: words that break two rules, of which only
// the graver is told, or words that are told once a letter, have not been
// waived with the one that is.
func TestWaiversWaiveTheirRuleAlone(t *testing.T) {
	p, err := openOver(t, `extends = "bedside"
[[ban.threat.phrase]]
find = ["purple cow"]
try = "a cow"
hit = ["A <<purple cow>>."]
ok = ["A purple calf."]
[[ban.threat.phrase]]
find = ["078-05-1120 cow"]
try = "a cow"
hit = ["The <<078-05-1120 cow>>."]
ok = ["A purple calf."]
[[ban.jargon.phrase]]
find = ["cow"]
try = "cattle"
hit = ["A <<cow>>."]
ok = ["A calf."]
[[ban.blame.phrase]]
find = ["green dog"]
yields = true
try = "a dog"
hit = ["A <<green dog>>."]
ok = ["A green puppy."]
`)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"the graver":             {aWaiver("ban.threat") + "See the purple cow.", []string{"2 ban.threat purple cow, waived in 1", "2 ban.jargon cow"}},
		"the milder":             {aWaiver("ban.jargon") + "See the purple cow.", []string{"2 ban.threat purple cow", "2 ban.jargon cow, waived in 1"}},
		"both":                   {aWaiver("ban.jargon") + aWaiver("ban.threat") + "See the purple cow.", []string{"3 ban.threat purple cow, waived in 2", "3 ban.jargon cow, waived in 1"}},
		"before a guard":         {aWaiver("ban.threat") + aWaiver("ban.jargon") + "See the 078-05-1120 cow.", []string{"3 ban.threat 078-05-1120 cow, waived in 1", "3 guard.ssn 078-05-1120", "3 ban.jargon cow, waived in 2"}},
		"the first of two":       {aWaiver("limit.plain-words") + "We cease it.\n\nThey cease it. You cease it.", []string{"2 limit.plain-words cease, waived in 1", "4 limit.plain-words cease"}},
		"the second of two":      {"We cease it.\n\n" + aWaiver("limit.plain-words") + "They cease it.", []string{"1 limit.plain-words cease", "4 limit.plain-words cease, waived in 3"}},
		"plainer harm":           {aWaiver("ban.urgency") + "A green dog is your final notice.", []string{"2 ban.blame green dog", "2 ban.urgency final notice, waived in 1"}},
		"what yields":            {aWaiver("ban.blame") + "A green dog is your final notice.", []string{"2 ban.blame green dog, waived in 1", "2 ban.urgency final notice"}},
		"plainer harm elsewhere": {"A green dog:\n\n- " + aWaiver("ban.urgency") + "  your final notice", []string{"4 ban.urgency final notice, waived in 3"}},
	} {
		if got := standing(p.Check("x.md", []byte(c.src)), "ban.", "guard.", "limit.plain-words", waiverRule); !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n\t%s\nwant\n\t%s", name, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
		}
	}
}

// A letter that is ready but for what it waives is ready; without its waivers
// it is as if they were comments.
func TestWaivedLettersAreReady(t *testing.T) {
	p, bare := openPack(t), openPack(t)
	bare.NoWaivers = true
	const src = "+++\nkinds = [\"paid_in_full\"]\nwaivers = [{ allow = \"require.gratitude\", because = \"the state form ends there\", until = 2000-01-01 }]\n+++\n# Your account\n\n" +
		"<!-- bedside: allow ban.urgency because \"the state form says so\" -->\n\nDear {{patient_first_name}}, this is your final notice.\n"
	res, plain := p.Check("x.md", []byte(src)), bare.Check("x.md", []byte(src))
	if got := standing(res, "ban.", "require.gratitude", "letter."); !slices.Equal(got, []string{"9 ban.urgency final notice, waived in 7", "9 require.gratitude , waived in 3"}) {
		t.Errorf("with its waivers %q", got)
	}
	if got := standing(plain, "ban.", "require.gratitude", "letter."); !slices.Equal(got, []string{"9 ban.urgency final notice", "9 require.gratitude "}) {
		t.Errorf("without waivers %q", got)
	}
	if n := plain.Count(Error) - res.Count(Error); n != 2 {
		t.Errorf("%d findings are waived, want 2", n)
	}
	if got := standing(bare.Check("x.md", []byte(aWaiver("nothing")+"<!-- bedside: allow -->\nHi.")), "letter.waiver"); got != nil {
		t.Errorf("without waivers there is %q", got)
	}
}

// TestWaiversChangeNothingElse: a waiver before a block, whatever block and
// rule, leaves all other findings as they were.
func TestWaiversChangeNothingElse(t *testing.T) {
	p := openPack(t)
	const letter = `+++
title = "Your bill"
kinds = ["series"]
+++

# Your FINAL NOTICE

Dear {{patient_first_name}},

You failed to pay {{balance_due}}. Act now! We will not:

- send this bill to an agency,
- remit it, or take legal action,

  or blame you.

| Visit | Amount |
| --- | --- |
{{#if portal_url}}
| final notice | {{balance_due}} |
{{/if}}
| act now | {{balance_due}} |

> This is your final notice
> and your last chance.

{{#if portal_url}}
Pay immediately at {{portal_url}}.
{{else}}
Pay immediately.
{{/if}}

Remittance is required immediately.
`
	describe := func(res *Result, but string) (out []string) {
		for i := range res.Findings {
			f := &res.Findings[i]
			if f.Rule.ID != but && !strings.HasPrefix(f.Rule.ID, waiverRule) {
				out = append(out, fmt.Sprint(f.Rule.ID, f.Severity, f.Text, f.Message, f.Try, res.Letter.Describe(f.Forms), f.Waiver != nil))
			}
		}
		return out
	}
	before := p.Check("x.md", []byte(letter))
	rules := []string{}
	for i := range before.Findings {
		if id := before.Findings[i].Rule.ID; !slices.Contains(rules, id) {
			rules = append(rules, id)
		}
	}
	lines := strings.SplitAfter(letter, "\n")
	tried, waived := 0, 0
	for at := 5; at < len(lines); at++ {
		if strings.TrimSpace(lines[at-1]) != "" && !strings.HasPrefix(lines[at-1], "{{#") && !strings.HasPrefix(lines[at-1], "{{else") || strings.HasPrefix(lines[at-1], "{{#if") && strings.HasPrefix(lines[at], "|") {
			continue // it would part a paragraph or a table
		}
		for _, rule := range rules {
			indent := ""
			if strings.HasPrefix(lines[at], "  ") {
				indent = "  "
			}
			src := strings.Join(lines[:at], "") + indent + aWaiver(rule) + strings.Join(lines[at:], "")
			after := p.Check("x.md", []byte(src))
			if got, want := describe(after, rule), describe(before, rule); !slices.Equal(got, want) {
				t.Fatalf("%s waived before line %d: other findings are\n%s\nwant\n%s", rule, at+1, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			for i := range after.Findings {
				f := &after.Findings[i]
				if f.Waiver == nil {
					continue
				}
				waived++
				if w := f.Waiver; f.Rule.ID != rule || f.Span.Start < w.Covers.Start || f.Span.End > w.Covers.End || w.Covers.Start < w.Span.End {
					t.Fatalf("%s waived before line %d: %s at %v has the waiver %+v", rule, at+1, f.Rule.ID, f.Span, w)
				}
			}
			if n := len(after.Findings) - len(before.Findings); n < 0 || n > 1 {
				t.Fatalf("%s waived before line %d: %d findings, were %d", rule, at+1, len(after.Findings), len(before.Findings))
			}
			tried++
		}
	}
	if tried < 100 || waived < 8 {
		t.Errorf("only %d waivers were tried, %d findings waived", tried, waived)
	}
}

func TestRulesForbidWaivers(t *testing.T) {
	p, err := openOver(t, "extends = \"bedside\"\n[ban.urgency]\nwaivable = false\n[guard.ssn]\nwaivable = true\n")
	if err != nil {
		t.Fatal(err)
	}
	src := aWaiver("ban.urgency") + "This is your final notice.\n\n" + aWaiver("guard.ssn") + "Your number is 078-05-1120."
	want := []string{"1 letter.waiver ban.urgency cannot be waived", "2 ban.urgency final notice", "5 guard.ssn 078-05-1120, waived in 4"}
	if got := standing(p.Check("x.md", []byte(src)), "ban.", "guard.", "letter."); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, r := range openPack(t).Rules {
		if r.Waivable == (r.Kind == "guard") && r.Kind != "letter" {
			t.Errorf("%s: waivable is %v", r.ID, r.Waivable)
		}
	}
	if _, err := openOver(t, "extends = \"bedside\"\n[ban.urgency]\nwaivable = \"no\"\n"); err == nil || !strings.Contains(err.Error(), "rules.toml:3:1: this is text in quotes and has to be true or false") {
		t.Errorf("waivable = \"no\": %v", err)
	}
}

// TestWaiversOfTwins: where twins differ is waived by the one that the finding
// stands in.
func TestWaiversOfTwins(t *testing.T) {
	p := openPack(t)
	const waiver = "waivers = [{ allow = \"letter.twin\", because = \"only this one names the portal\" }]\n"
	en := func(waivers string) string {
		return "+++\nkinds = [\"paid_in_full\"]\n" + waivers + "+++\n# Thank you, {{patient_first_name}}\n\nThank you.\n"
	}
	es := func(waivers, words string) string {
		return "+++\nkinds = [\"paid_in_full\"]\nlanguage = \"es\"\n" + waivers + "+++\n# Gracias, {{patient_first_name}}\n\nGracias.\n\n" + words + "\n"
	}
	const differs = "10 letter.twin this letter uses {{portal_url}}, the English one does not"
	const unused = " letter.waiver-unused nothing here breaks letter.twin: this waiver is of no use"
	for name, c := range map[string]struct {
		en, es string
		want   []string
	}{
		"not waived":         {en(""), es("", "Vea {{portal_url}}."), []string{"9" + differs[2:]}},
		"waived":             {en(""), es(waiver, "Vea {{portal_url}}."), []string{differs + ", waived in 4"}},
		"of no use":          {en(""), es(waiver, ""), []string{"4" + unused}},
		"in the first of it": {en(waiver), es("", "Vea {{portal_url}}."), []string{"3" + unused, "9" + differs[2:]}},
	} {
		paths := []string{"templates/en/x.md", "templates/es/x.md"}
		twins, got := p.Twins(paths), []string(nil)
		for i, src := range []string{c.en, c.es} {
			res := p.Check(paths[i], []byte(src))
			if alone := standing(res, waiverRule); alone != nil {
				t.Errorf("%s: before it is compared there is %q", name, alone)
			}
			twins.Compare(res)
			got = append(got, standing(res, "letter.twin", waiverRule)...)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// TestAllowCanBePasted: what explain shows for a rule is a waiver for it.
func TestAllowCanBePasted(t *testing.T) {
	p := openPack(t)
	for _, r := range p.Rules {
		text, inMeta := r.Allow("it says \\ and so “on”")
		src := text + "\nHi."
		if inMeta {
			src = "+++\n" + text + "\n+++\nHi."
		}
		l := letter.Parse("x.md", []byte(src), p.Dictionary, "en")
		if len(l.Waivers) != 1 || l.Waivers[0].Rule != r.ID || l.Waivers[0].Because != "it says \\ and so “on”" {
			t.Errorf("%s: %q is read as %+v, %+v", r.ID, text, l.Waivers, l.Problems)
		}
	}
}

// Letters with waivers are checked side by side as well.
func TestWaiversSideBySide(t *testing.T) {
	p := openPack(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				res := p.Check("x.md", []byte(aWaiver("ban.urgency")+"This is your final notice."))
				if got := standing(res, "ban."); !slices.Equal(got, []string{"2 ban.urgency final notice, waived in 1"}) {
					t.Errorf("got %q", got)
				}
			}
		})
	}
	all.Wait()
}
