package report_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

// checked is the result of a letter of the small pack, with the findings of
// some rules waived.
func checked(t *testing.T, text string, waived ...string) *lint.Result {
	t.Helper()
	res := openPack(t).Check("a.md", []byte("Dear {{patient_first_name}},\n\nWe know that a bill can be hard. "+text+" Please call us at {{office_phone}}.\n"))
	for i := range res.Findings {
		for _, rule := range waived {
			if f := &res.Findings[i]; f.Rule.ID == rule {
				f.Waiver = &letter.Waiver{}
			}
		}
	}
	return res
}

func TestSince(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after string
		waivedBefore  []string
		waivedAfter   []string
		fixed, waived string
		added         string
	}{
		{name: "nothing", before: "Final notice.", after: "Final notice."},
		{name: "elsewhere in the letter", before: "Final notice.", after: "A sentence before it. Final notice."},
		{name: "fixed", before: "Final notice.", after: "Thank you.", fixed: "ban.threat"},
		{name: "new", before: "Thank you.", after: "Final notice.", added: "final notice"},
		{name: "one of two of a rule", before: "Final notice. We take legal action.", after: "Final notice.", fixed: "ban.threat"},
		{name: "the same words twice", before: "Final notice. Final notice.", after: "Final notice.", fixed: "ban.threat"},
		{name: "other words against the same rule", before: "Final notice.", after: "We take legal action.", added: "take legal action"},
		{name: "one for another rule", before: "Final notice.", after: "Please act now.", fixed: "ban.threat", added: "act now"},
		{name: "waived", before: "Final notice.", after: "Final notice.", waivedAfter: []string{"ban.threat"}, waived: "ban.threat"},
		{name: "new and waived at once", before: "Thank you.", after: "Final notice.", waivedAfter: []string{"ban.threat"}, waived: "ban.threat"},
		{name: "waived as before", before: "Final notice.", after: "Thank you. Final notice.", waivedBefore: []string{"ban.threat"}, waivedAfter: []string{"ban.threat"}},
		{name: "no longer waived", before: "Final notice.", after: "Final notice.", waivedBefore: []string{"ban.threat"}, added: "final notice"},
		{name: "waived, and gone", before: "Final notice.", after: "Thank you.", waivedBefore: []string{"ban.threat"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			after := checked(t, c.after, c.waivedAfter...)
			d := report.StandingOf(checked(t, c.before, c.waivedBefore...)).Since(after)
			var added []string
			for i, isNew := range d.New {
				if isNew {
					added = append(added, strings.ToLower(after.Findings[i].Text))
				}
			}
			got := []string{strings.Join(d.Fixed, " "), strings.Join(d.Waived, " "), strings.Join(added, " ")}
			if diff := cmp.Diff([]string{c.fixed, c.waived, c.added}, got); diff != "" {
				t.Errorf("-want +got of fixed, waived, new:\n%s", diff)
			}
			if want := c.fixed+c.waived+c.added == ""; d.Empty() != want {
				t.Errorf("Empty is %t", d.Empty())
			}
		})
	}
}

func TestEvents(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 42, 7, 0, time.UTC)
	before, after := checked(t, "Final notice. Final notice. Please act now."), checked(t, "Please act now. We take legal action.")
	pack := openPack(t)
	pack.ApprovalRequired = true
	unsigned := checked(t, "Thank you.")
	pack.Approve(unsigned, lint.Approval{})
	for _, c := range []struct {
		name       string
		event      report.Event
		text, json string
	}{
		{
			"a letter", report.Event{Kind: report.Checked, Path: "a.md", Result: after, Difference: report.StandingOf(before).Since(after)},
			"10:42:07  a.md   1 must fix   ✓ fixed ban.threat   new:\n" +
				"    3:53  must fix    “take legal action” reads as a threat                               ban.threat\n",
			`{"event":"letter","time":"2026-11-22T10:42:07Z","path":"a.md","letter":{"ready":false,"error":1,"warning":1,"note":0,"fixed":["ban.threat"],"waived":[],"findings":[`,
		},
		{
			"a ready letter, which says no more", report.Event{Kind: report.Checked, Path: "a.md", Result: checked(t, "Thank you."), Tally: &report.Tally{Letters: 14, Ready: 13}},
			"10:42:07  a.md   ready ✓   13 ready · 1 needs work\n",
			`{"event":"letter","time":"2026-11-22T10:42:07Z","path":"a.md","letter":{"ready":true,"error":0,"warning":0,"note":0,"fixed":[],"waived":[],"findings":[]},"pack":{"letters":14,"ready":13}}`,
		},
		{
			"a ready letter that nobody has approved", report.Event{Kind: report.Checked, Path: "a.md", Result: unsigned},
			"10:42:07  a.md   ready ✓, not approved\n",
			`{"event":"letter","time":"2026-11-22T10:42:07Z","path":"a.md","letter":{"ready":true,"error":1,`,
		},
		{
			"a name that moves the cursor", report.Event{Kind: report.Gone, Path: "a\x1b[2J.md", Tally: &report.Tally{}},
			"10:42:07  a\ufffd[2J.md   removed   no letters\n",
			`{"event":"removed","time":"2026-11-22T10:42:07Z","path":"a\u001b[2J.md","pack":{"letters":0,"ready":0}}`,
		},
		{
			"a fault", report.Event{Kind: report.Refused, Path: "rules.toml", Line: 8, Column: 13, Message: "“eror” is not a severity", Detail: "  eror\n  ^^^^"},
			"10:42:07  rules.toml:8:13   ✗ “eror” is not a severity\n          eror\n          ^^^^\n",
			`{"event":"fault","time":"2026-11-22T10:42:07Z","path":"rules.toml","line":8,"column":13,"message":"“eror” is not a severity"}`,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.event.At = at
			if diff := cmp.Diff(c.text, c.event.Text(report.Options{})); diff != "" {
				t.Errorf("text: -want +got\n%s", diff)
			}
			if got := c.event.JSON(); !strings.HasPrefix(got, c.json) || strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "}\n") {
				t.Errorf("JSON: want %s\ngot %s", c.json, got)
			}
		})
	}
}
