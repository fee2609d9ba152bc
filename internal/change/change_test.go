package change

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"bedside"
	"bedside/lint"
)

const before = `+++
title = "Your bill"
language = "en"
kinds = ["series"]
never_if = ["the bill has been paid"]
+++

# Your bill

Dear {{patient_first_name}},

This is your final notice. Your part is {{balance_due}}.

{{#if portal_url}}
You can pay at {{portal_url}}.
{{/if}}

Call {{office_phone}} and ask for {{sender_name}}. Thank you for your trust.
`

// told writes a difference down, one line each.
func told(d *Difference) []string {
	var out []string
	for _, c := range d.Changes {
		switch {
		case c.Before == nil:
			out = append(out, fmt.Sprintf("%d new: %s", c.After.Line, c.After.Text))
		case c.After == nil:
			out = append(out, fmt.Sprintf("%d gone: %s", c.Before.Line, c.Before.Text))
		default:
			was, now := c.Marked()
			out = append(out, fmt.Sprintf("%d was: %s", c.Before.Line, was), fmt.Sprintf("%d now: %s", c.After.Line, now))
			if c.Before.What != c.After.What || c.Before.When != c.After.When {
				out = append(out, fmt.Sprintf("  %s/%s → %s/%s", c.Before.What, c.Before.When, c.After.What, c.After.When))
			}
		}
		out = append(append(out, rules("  ends", c.Ends)...), rules("  brings", c.Brings)...)
	}
	out = append(append(out, rules("ends", d.Ends)...), rules("brings", d.Brings)...)
	for _, id := range d.Lost {
		out = append(out, "lost "+id)
	}
	for _, id := range d.Won {
		out = append(out, "won "+id)
	}
	return out
}

func rules(label string, findings []*lint.Finding) []string {
	var out []string
	for _, f := range findings {
		if f.Rule.Kind != "limit" && f.Severity > lint.Note {
			out = append(out, fmt.Sprintf("%s %s “%s”", label, f.Rule.ID, f.Text))
		}
	}
	return out
}

func TestBetween(t *testing.T) {
	pack, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		from, to string
		want     []string
	}{
		"nothing":               {"", "", nil},
		"the ends of lines":     {"Your part", "Your\npart", nil},
		"a note to authors":     {"Dear", "{{! ours }}\nDear", nil},
		"emphasis":              {"Your part", "**Your part**", nil},
		"words":                 {"Your part is", "What you owe is", []string{"12 was: <<Your part>> is {{balance_due}}.", "12 now: <<What you owe>> is {{balance_due}}."}},
		"the name of a field":   {"ask for {{sender_name}}", "ask for {{contact_name}}", []string{"18 was: Call {{office_phone}} and ask for <<{{sender_name}}.>>", "18 now: Call {{office_phone}} and ask for <<{{contact_name}}.>>"}},
		"a harsh word goes":     {"final notice", "second bill", []string{"12 was: This is your <<final notice.>>", "12 now: This is your <<second bill.>>", "  ends ban.urgency “final notice”"}},
		"a harsh sentence goes": {"This is your final notice. ", "", []string{"12 gone: This is your final notice.", "  ends ban.urgency “final notice”"}},
		"a harsh sentence comes": {"Call {{office_phone}}", "This is the final notice. Call {{office_phone}}",
			[]string{"18 new: This is the final notice.", "  brings ban.urgency “final notice”"}},
		"it stays harsh": {"This is your final notice.", "So this is your final notice.",
			[]string{"12 was: <<This>> is your final notice.", "12 now: <<So this>> is your final notice."}},
		"a condition": {"{{#if portal_url}}", "{{#unless portal_url}}",
			[]string{"15 was: You can pay at {{portal_url}}.", "15 now: You can pay at {{portal_url}}.", "  /with portal_url → /without portal_url",
				"ends require.payment-options “{{#if portal_url}}”", "brings require.payment-options “{{#unless portal_url}}”"}},
		"a heading":           {"# Your bill", "## Your bill", []string{"8 was: Your bill", "8 now: Your bill", "  heading 1/ → heading 2/", "brings letter.heading “”"}},
		"the title":           {`"Your bill"`, `"A letter"`, []string{"2 was: <<Your bill>>", "2 now: <<A letter>>"}},
		"who must not get it": {`["the bill has been paid"]`, `["the bill has been paid", "we know of a bankruptcy"]`, []string{"5 new: we know of a bankruptcy"}},
		"where a link goes":   {"Thank you for your trust.", "[Thank you for your trust.](https://example.org/a)", []string{"18 new: https://example.org/a"}},
		"a waiver": {"This is", "<!-- bedside: allow ban.urgency because \"the plan has it so\" until 2999-03-31 by \"Ana Ruiz\" -->\n\nThis is",
			[]string{"12 new: ban.urgency because “the plan has it so” until 2999-03-31 by Ana Ruiz", "ends ban.urgency “final notice”", "brings ban.urgency “final notice”"}},
		"what is missing": {" Thank you for your trust.", "", []string{"18 gone: Thank you for your trust.", "brings require.gratitude “”", "lost require.gratitude"}},
		"order":           {"This is your final notice. Your part is {{balance_due}}.", "Your part is {{balance_due}}. This is your final notice.", []string{"12 gone: This is your final notice.", "12 new: This is your final notice."}},
	} {
		t.Run(name, func(t *testing.T) {
			src := strings.Replace(before, c.from, c.to, 1)
			if name == "a condition" {
				src = strings.Replace(src, "{{/if}}", "{{/unless}}", 1)
			}
			if c.from != "" && src == before {
				t.Fatal("this edit changes nothing")
			}
			got := told(Between(pack.Check("a.md", []byte(before)), pack.Check("a.md", []byte(src))))
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestBetweenIsComplete: whatever the two versions, every sentence of each is
// kept or told of, and a version has no difference to itself.
func TestBetweenIsComplete(t *testing.T) {
	pack, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(before, "\n")
	for cut := 7; cut < len(lines); cut++ {
		for swap := cut; swap < len(lines); swap++ {
			other := slices.Clone(lines)
			other[cut], other[swap] = other[swap], other[cut]
			old, now := pack.Check("a.md", []byte(before)), pack.Check("a.md", []byte(strings.Join(other, "")))
			d := Between(old, now)
			gone, came := 0, 0
			for _, c := range d.Changes {
				if c.Before != nil {
					gone++
				}
				if c.After != nil {
					came++
				}
			}
			if a, b := len(Sentences(old)), len(Sentences(now)); a-gone != b-came {
				t.Fatalf("lines %d and %d: of %d sentences %d are gone or changed, of %d now %d are new or changed", cut, swap, a, gone, b, came)
			}
			if same := Between(now, now); len(told(same)) > 0 {
				t.Fatalf("a letter differs from itself: %q", told(same))
			}
		}
	}
}

func TestMarked(t *testing.T) {
	for name, c := range map[string]struct{ from, to, was, now string }{
		"in the middle": {"a b c", "a x c", "a <<b>> c", "a <<x>> c"},
		"at both ends":  {"a b c", "x b y z", "<<a>> b <<c>>", "<<x>> b <<y z>>"},
		"all":           {"a b", "c d", "<<a b>>", "<<c d>>"},
		"more":          {"a c", "a b c", "a c", "a <<b>> c"},
	} {
		was, now := (&Change{Before: &Sentence{Text: c.from}, After: &Sentence{Text: c.to}}).Marked()
		if was != c.was || now != c.now {
			t.Errorf("%s: %q and %q, want %q and %q", name, was, now, c.was, c.now)
		}
	}
}
