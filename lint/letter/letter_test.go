package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// testFields is a small dictionary for the tests of this room.
const testFields = `
[patient_first_name]
group = "patient"
type = "name"
privacy = "low"
says = "the patient's first name"
example = "Jordan"
aliases = ["Patient Name", "customer_name", "Recip_FirstName"]
safe = ["Patient Name"]
[balance_due]
group = "account"
type = "money"
privacy = "phi"
says = "what is left to pay"
example = "$218.40"
aliases = ["amount", "amount due"]
safe = ["amount due"]
[due_date]
group = "account"
type = "date"
privacy = "low"
says = "when it is due"
example = "June 5, 2026"
[portal_url]
group = "sender"
type = "url"
privacy = "none"
says = "where to pay online"
example = "https://pay.example.org"
[office_phone]
group = "sender"
type = "phone"
privacy = "none"
says = "the phone of the office"
example = "(555) 555-0142"
[office_email]
group = "sender"
type = "email"
privacy = "none"
says = "the e-mail address of the office"
example = "billing@example.org"
[line_items]
group = "charges"
type = "list"
privacy = "phi"
says = "the lines of the bill"
example = "office visit"
`

func testDictionary(t testing.TB) *Dictionary {
	t.Helper()
	d, err := ParseDictionary("fields.toml", []byte(testFields), []string{"charges_interest"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parseTest(t testing.TB, src string) *Letter {
	t.Helper()
	return Parse("test.md", []byte(src), testDictionary(t), "en")
}

// texts lists the prose of the blocks.
func texts(l *Letter) []string {
	var out []string
	for _, b := range l.Blocks {
		out = append(out, b.Text)
	}
	return out
}

func problems(l *Letter) []string {
	var out []string
	for _, p := range l.Problems {
		pos := l.Position(p.Span.Start)
		out = append(out, fmt.Sprintf("%d:%d %s %s", pos.Line, pos.Column, p.ID, p.Message))
	}
	return out
}

func TestProseIsWhatThePatientReads(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"emphasis":          {"This is your **final** notice", "This is your final notice"},
		"inside a word":     {"fi**nal** notice", "final notice"},
		"link":              {"[Pay now](https://example.org) please", "Pay now please"},
		"autolink":          {"See <https://example.org/a>.", "See https://example.org/a."},
		"entity":            {"final&nbsp;notice &amp; more", "final\u00a0notice & more"},
		"numeric entity":    {"&#102;inal &#x6E;otice", "final notice"},
		"no entity":         {"AT&T &notit; &#; &copy", "AT&T &notit; &#; &copy"},
		"escape":            {`\*final\* no\tice`, `*final* no\tice`},
		"soft break":        {"final\nnotice", "final\nnotice"},
		"hard break":        {"final\\\nnotice", "final" + HardBreak + "notice"},
		"two spaces":        {"final  \nnotice", "final" + HardBreak + "notice"},
		"quote that wraps":  {"> final\n> notice", "final\nnotice"},
		"list that wraps":   {"- final\n  notice", "final\nnotice"},
		"typed bullets":     {"We may:\n• call\n•\twrite\nagain\n ▪  come", "We may:|call|write\nagain|come"},
		"bullets in code":   {"```\n• call\n```\n\n• write", "• call|write"},
		"no bullet":         {"call • or\n•write\n•   come", "call • or\n•write\n•   come"},
		"break in emphasis": {"**final\nnotice** here", "final\nnotice here"},
		"code span":         {"a `final  notice` b", "a final  notice b"},
		"comment":           {"a <!-- final notice --> b", "a  b"},
		"author's note":     {"a {{! final notice }} b", "a  b"},
		"soft hyphen":       {"fi\u00adnal no\u200btice", "final notice"},
		"entity soft hyph":  {"fi&shy;nal", "final"},
		"invisible sums":    {"fi\u2062nal\u034f no\ufe0e\ufe0etice\u180e", "final notice"},
		"emoji joined":      {"see 👩\u200d⚕️ now", "see 👩\u200d⚕️ now"},
		"field":             {"Dear {{patient_first_name}},", "Dear Jordan,"},
		"spaced field":      {"Dear {{ patient_first_name }},", "Dear Jordan,"},
		"unknown field":     {"Dear {{patient_frist_name}},", "Dear {{patient_frist_name}},"},
		"image":             {"![final notice](https://example.org/a.png)", "final notice"},
		"heading":           {"# Your *bill*", "Your bill"},
		"strikethrough off": {"a ~~b~~ c", "a ~~b~~ c"},
		"typographer off":   {`"a" -- b...`, `"a" -- b...`},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			l := parseTest(t, strings.ReplaceAll(c.src, "\n", eol))
			if got := strings.Join(texts(l), "|"); got != c.want {
				t.Errorf("%s (%q): prose %q, want %q", name, eol, got, c.want)
			}
			checkRuns(t, l)
		}
	}
}

// checkRuns holds the invariants of spans.
func checkRuns(t testing.TB, l *Letter) {
	t.Helper()
	for i := range l.Blocks {
		b := &l.Blocks[i]
		at := 0
		for j, r := range b.runs {
			end := len(b.Text)
			if j+1 < len(b.runs) {
				end = int(b.runs[j+1].prose)
			}
			if int(r.prose) != at || end <= at && len(b.Text) > 0 {
				t.Fatalf("%q: run %d covers %d-%d of the prose, want from %d", b.Text, j, r.prose, end, at)
			}
			if r.start > r.end || int(r.end) > len(l.Src) || j > 0 && r.start < b.runs[j-1].end {
				t.Fatalf("%q: run %d goes backwards in the file: %+v after %+v", b.Text, j, r, b.runs[max(0, j-1)])
			}
			if r.verbatim && string(l.Src[r.start:r.end]) != b.Text[r.prose:end] {
				t.Fatalf("verbatim run %q has the bytes %q", b.Text[r.prose:end], l.Src[r.start:r.end])
			}
			at = end
		}
		if at != len(b.Text) {
			t.Fatalf("%q: runs end at %d of %d", b.Text, at, len(b.Text))
		}
	}
}

func TestSourceIsExact(t *testing.T) {
	for name, c := range map[string]struct{ src, words string }{
		"plain":             {"a <<final notice>> b", "final notice"},
		"bold first word":   {"a **<<final** notice>> b", "final notice"},
		"bold inside":       {"a <<fi**nal** notice>> b", "final notice"},
		"italic second":     {"a <<final *notice>>* b", "final notice"},
		"entity":            {"a <<final&nbsp;notice>> b", "final\u00a0notice"},
		"first by entity":   {"a <<&#102;inal notice>> b", "final notice"},
		"soft break":        {"a <<final\nnotice>> b", "final\nnotice"},
		"quote wraps":       {"> a <<final\n> notice>> b", "final\nnotice"},
		"list wraps":        {"- a <<final\n  notice>> b", "final\nnotice"},
		"hard break":        {"a <<final\\\nnotice>> b", "final" + HardBreak + "notice"},
		"hard by spaces":    {"a <<final  \nnotice>> b", "final" + HardBreak + "notice"},
		"accents and emoji": {"é 👩‍⚕️ ñ <<final notice>> b", "final notice"},
		"soft hyphen":       {"a <<fi\u00adnal notice>>", "final notice"},
		"in a cell":         {"| a | b |\n|---|---|\n| c | <<final notice>> |", "final notice"},
		"in a link":         {"[<<final](https://example.org) notice>>", "final notice"},
		"escape":            {`a <<final\! notice>>`, "final! notice"},
	} {
		src := strings.ReplaceAll(strings.ReplaceAll(c.src, "<<", ""), ">>", "")
		start := strings.Index(c.src, "<<")
		want := Span{start, strings.Index(c.src, ">>") - 2}
		l := parseTest(t, src)
		found := false
		for i := range l.Blocks {
			b := &l.Blocks[i]
			if at := strings.Index(b.Text, c.words); at >= 0 {
				found = true
				if got := b.Source(at, at+len(c.words)); got != want {
					t.Errorf("%s: %q at %v (%q), want %v (%q)", name, c.words, got, l.Text(got), want, l.Text(want))
				}
			}
		}
		if !found {
			t.Errorf("%s: %q not in the prose %q", name, c.words, texts(l))
		}
	}
}

func TestFieldUsesHaveExactPlaces(t *testing.T) {
	src := "+++\ntitle = \"x\"\n+++\nHi {{patient_first_name}}: [pay]({{portal_url}} \"t {{due_date}}\").\n\n`{{balance_due}}`\n"
	l := parseTest(t, src)
	var got []string
	for _, f := range l.Fields {
		got = append(got, fmt.Sprintf("%s %q %v", f.Name, l.Text(f.Span), f.Text))
	}
	want := []string{`patient_first_name "{{patient_first_name}}" true`, `portal_url "{{portal_url}}" false`}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPosition(t *testing.T) {
	l := parseTest(t, "Ana:\nMaría 👩‍⚕️ x\n")
	at := strings.Index(string(l.Src), "x\n")
	if got, want := l.Position(at), (Position{Line: 2, Column: 12, ByteColumn: 22, UTF16Column: 13}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
