package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestFindingsNameTheirForms: each finding says in which forms it is so, and a
// form has every finding that it would have alone.
func TestFindingsNameTheirForms(t *testing.T) {
	p, err := openOver(t, `extends = "bedside"
[[ban.threat.phrase]]
find = ["purple cow"]
once = true
try = "a cow"
hit = ["A <<purple cow>>."]
ok = ["A purple calf."]
[[ban.jargon.phrase]]
find = ["cow"]
try = "cattle"
hit = ["A <<cow>>."]
ok = ["A calf."]
`)
	if err != nil {
		t.Fatal(err)
	}
	under := func(words string) string { return "{{#if portal_url}}\n" + words + "\n{{/if}}\n\n" }
	easy := strings.Repeat("We will tell you more about it then. ", 8) + "\n\n"
	hard := "Verification of documentation is recommended by your insurance organization. Representatives are available to facilitate resolution.\n\n"
	for name, c := range map[string]struct {
		src, rule string
		want      []string // words and forms
	}{
		"said once, first under a condition": {under("We cease it.") + "They cease it. You cease it.", "limit.plain-words",
			[]string{"“cease” with portal_url", "“cease” without portal_url"}},
		"explained under a condition": {under("An EOB (a letter from your plan) came.") + "See your EOB.", "ban.jargon",
			[]string{"“EOB” without portal_url"}},
		"explained too late under a condition": {under("See your EOB.") + "An EOB (a letter from your plan) came.", "ban.jargon",
			[]string{"“EOB” with portal_url", "“EOB” with portal_url"}},
		"hidden by a finding that is said once": {under("See the purple cow.") + "See the purple cow.", "ban.jargon", []string{"“cow” with portal_url"}},
		"understanding late in one form, missing in another": {strings.Repeat("You can pay us a bit of it.\n\n", 9) + under("We know a bill can be hard."), "require.acknowledgment",
			[]string{"“{{#if portal_url}}” without portal_url", "“bill can be hard” with portal_url"}},
		"an opening that is longer in one form": {under(strings.Repeat("You can pay us a bit of it, or all.\n\n", 30)) + "We know a bill can be hard.\n\nYou can call us, too.\n\nCall us.", "require.acknowledgment",
			[]string{"“bill can be hard” with portal_url"}},
		"harder in one form than in another": {easy + hard + under(hard) + "{{#if fpl_limit}}\n" + hard + "{{/if}}\n", "limit.reading-grade",
			[]string{"warning with portal_url, without fpl_limit; with fpl_limit, without portal_url", "“Verification of documentation is recommended by your insurance organization.” with portal_url and fpl_limit"}},
		"long in two forms of four": {strings.Repeat("You can pay a bit of it. ", 55) + "\n\n" + under(strings.Repeat("You can pay a bit of it. ", 10)) +
			"{{#if fpl_limit}}\nCall us.\n{{/if}}\n", "limit.letter-length",
			[]string{"note with portal_url"}},
		"no words in one form":     {under("Dear Ann,"), "letter.empty", []string{"error without portal_url"}},
		"nothing is missing in it": {under("Dear Ann,"), "require.gratitude", []string{"error with portal_url"}},
		"words in each form":       {"{{#if portal_url}}\nA.\n{{else}}\nB.\n{{/if}}\n", "letter.empty", nil},
		"no heading and two headings": {"+++\n+++\nHi.\n\n" + under("# A\n\n# B") + "{{#if fpl_limit}}\n# C\n{{/if}}\n", "letter.heading",
			[]string{"warning without portal_url or fpl_limit", "warning with portal_url, without fpl_limit", "warning with portal_url and fpl_limit"}},
	} {
		res := p.Check("x.md", []byte(c.src))
		var got []string
		for _, f := range res.Findings {
			if f.Rule.ID == c.rule {
				what := quote(f.Text)
				if f.Text == "" {
					what = f.Severity.String()
				}
				got = append(got, fmt.Sprintf("%s %s", what, strings.Join(res.Letter.Describe(f.Forms), "; ")))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A condition that is never closed has no end behind which a sentence could
// stand: the check must not look for one for ever.
func TestWhatIsMissingUnderAConditionWithoutEnd(t *testing.T) {
	p := openPack(t)
	for _, src := range []string{
		"# Your bill\n\n{{/if}}\n\nYour part.\n\n{{#if portal_url}}\nPay.\nDear Ann,\n\nCall us.\n",
		"{{#if portal_url}}\nDear Ann,\n\nPay.\n",
		"{{#if portal_url}}\n{{#if fpl_limit}}\nDear Ann,\n\nPay.\n",
		"{{#unless portal_url}}\nDear Ann,\n{{else}}\nPay.\n",
	} {
		res := p.Check("a.md", []byte(src))
		missing := 0
		for _, f := range res.Findings {
			if f.Span.End > len(src) {
				t.Errorf("%q: %s belongs behind the end of the file", src, f.Rule.ID)
			}
			if f.Rule.Kind == "require" {
				missing++
			}
		}
		if missing == 0 {
			t.Errorf("%q: nothing is missing", src)
		}
	}
}
