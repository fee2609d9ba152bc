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
				end = b.runs[j+1].prose
			}
			if r.prose != at || end <= at && len(b.Text) > 0 {
				t.Fatalf("%q: run %d covers %d-%d of the prose, want from %d", b.Text, j, r.prose, end, at)
			}
			if r.start > r.end || r.end > len(l.Src) || j > 0 && r.start < b.runs[j-1].end {
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

func TestConditionsMakeForms(t *testing.T) {
	src := `Hello.

{{#if portal_url}}
Pay online.
{{#unless balance_due}}
Nothing is due.
{{else}}
Something is due.
{{/unless}}
{{else}}
Call us.
{{/if}}

Thanks.
`
	l := parseTest(t, src)
	if got := problems(l); len(got) > 0 {
		t.Fatal(got)
	}
	if len(l.Forms) != 4 {
		t.Fatalf("%d forms, want 4", len(l.Forms))
	}
	var got []string
	for i := range l.Forms {
		var texts []string
		for _, b := range l.Blocks {
			if b.Forms.Has(i) {
				texts = append(texts, b.Text)
			}
		}
		got = append(got, l.FormName(i)+": "+strings.Join(texts, " "))
	}
	want := []string{
		"without portal_url or balance_due: Hello. Call us. Thanks.",
		"with portal_url, without balance_due: Hello. Pay online. Nothing is due. Thanks.",
		"with balance_due, without portal_url: Hello. Call us. Thanks.",
		"with portal_url and balance_due: Hello. Pay online. Something is due. Thanks.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("forms\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d := l.Describe(l.Blocks[4].Forms); !slices.Equal(d, []string{"without portal_url"}) {
		t.Errorf("the words under else are printed %q", d)
	}
	if w := l.When(l.Blocks[3].Forms); w != "when {{portal_url}} is there and {{balance_due}} is there" {
		t.Errorf("When = %q", w)
	}
}

func TestAConditionMayBeginTheLetter(t *testing.T) {
	for _, src := range []string{"{{#if portal_url}}\na\n{{/if}}", "\ufeff{{#if portal_url}}\na\n{{/if}}", "+++\n+++\n{{#if portal_url}}\na\n{{/if}}"} {
		l := parseTest(t, src)
		if len(l.Forms) != 2 || len(l.Problems) > 0 || len(l.Blocks) != 1 || l.Blocks[0].Forms != 2 {
			t.Errorf("%q: %d forms, problems %q, blocks %q", src, len(l.Forms), problems(l), texts(l))
		}
	}
}

func TestConditionsInsideATable(t *testing.T) {
	src := `| What | How much |
|---|---:|
| Visit | {{balance_due}} |
{{#if portal_url}}
| Online | yes |
{{/if}}
| Last | row |
`
	for name, src := range map[string]string{
		"bars around":    src,
		"bars between":   strings.NewReplacer("\n| ", "\n", " |\n", "\n", "|---|---:|", "--- | ---:").Replace(src[2:]),
		"in a quote":     "> " + strings.ReplaceAll(src, "\n|", "\n> |"),
		"in a list item": "- " + strings.ReplaceAll(src, "\n|", "\n  |"),
	} {
		l := parseTest(t, src)
		if got := problems(l); len(got) > 0 {
			t.Fatal(name, got)
		}
		var cells []string
		for _, b := range l.Blocks {
			if b.Kind != Cell {
				t.Fatalf("%s: %q is not a cell", name, b.Text)
			}
			cells = append(cells, fmt.Sprintf("%s %d", b.Text, b.Forms))
		}
		want := []string{"What 3", "How much 3", "Visit 3", "$218.40 3", "Online 2", "yes 2", "Last 3", "row 3"}
		if !slices.Equal(cells, want) {
			t.Errorf("%s: cells %q, want %q", name, cells, want)
		}
	}
}

func TestAConditionEndsATable(t *testing.T) {
	l := parseTest(t, "a | b\n--- | ---\nc | d\n{{#if portal_url}}\nPay online.\n{{/if}}\n\n{{#unless portal_url}}\nx | y\n{{/unless}}")
	if got, want := texts(l), []string{"a", "b", "c", "d", "Pay online.", "x | y"}; !slices.Equal(got, want) {
		t.Errorf("blocks %q, want %q", got, want)
	}
}

func TestProblems(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"unknown field":       {"Hi {{patient_frist_name}}.", []string{"1:4 unknown-field {{patient_frist_name}} is not a field; did you mean {{patient_first_name}}?"}},
		"fact as field":       {"Hi {{charges_interest}}.", []string{"1:4 unknown-field “charges_interest” is a fact of the office, not a field: it can only stand in a condition"}},
		"unclosed":            {"Hi.\n{{#if portal_url}}\nx", []string{"2:1 condition {{#if portal_url}} is never closed"}},
		"crossed":             {"{{#if portal_url}}\nx\n{{/unless}}", []string{"3:1 condition {{/unless}} closes {{#if portal_url}} of line 1"}},
		"nothing open":        {"x\n\n{{/if}}", []string{"3:1 condition {{/if}} has no {{#if}} before it"}},
		"second else":         {"{{#if portal_url}}\nx\n{{else}}\ny\n{{else}}\nz\n{{/if}}", []string{"5:1 condition this condition has a second {{else}}"}},
		"in a line":           {"x {{#if portal_url}} y", []string{"1:3 condition {{#if portal_url}} does not stand alone on its line"}},
		"unknown name":        {"{{#if portal_ulr}}\nx\n{{/if}}", []string{"1:1 unknown-field “portal_ulr” is neither a field nor a fact of the office (did you mean “portal_url”?)"}},
		"never printed":       {"{{#if portal_url}}\n{{#unless portal_url}}\nx\n{{/unless}}\n{{/if}}\ny", []string{"2:1 condition what stands under this condition is never printed"}},
		"each":                {"{{#each line_items}}\nx", []string{"1:1 condition {{#each line_items}} is not a condition"}},
		"raw html":            {"a <b>c</b>", []string{"1:3 raw-html raw HTML is not printed"}},
		"html block":          {"<div>\nc\n</div>\n\nd", []string{"1:1 raw-html raw HTML is not printed"}},
		"image":               {"![a](https://example.org/x.png)", []string{"1:3 image this letter shows a picture; letters load nothing from elsewhere"}},
		"http link":           {"[a](http://example.org)", []string{"1:2 link this link goes to “http://example.org”"}},
		"javascript":          {"[a](javascript:x)", []string{"1:2 link this link goes to “javascript:x”"}},
		"empty":               {" \n", []string{"1:1 empty this file is empty"}},
		"no words":            {"<!-- x -->", []string{"1:1 empty this letter has no words"}},
		"utf-16":              {"\xff\xfea\x00", []string{"1:1 encoding this file is UTF-16"}},
		"utf-16 unmarked":     {"D\x00e\x00a\x00r\x00\n\x00", []string{"1:1 encoding this file is UTF-16"}},
		"a program":           {"\x7fELF\r\x00\x01\x00", []string{"1:1 encoding this file is not text: it has a NUL byte"}},
		"Word":                {"PK\x03\x04\x00\x00", []string{"1:1 encoding this file is a document of Word or the like, not plain text"}},
		"rich text":           {"{\\rtf1 Final notice}", []string{"1:1 encoding this file is rich text (RTF), not plain text"}},
		"a PDF":               {"%PDF-1.7\n", []string{"1:1 encoding this file is a PDF, not plain text"}},
		"nul":                 {"a\x00b", []string{"1:1 encoding this file is not text: it has a NUL byte"}},
		"windows":             {"Dear Jos\xe9,\n\nWe\x92re here.", []string{"1:9 encoding this file is Windows-1252, not UTF-8: its accents and curly quotes would print as other signs"}},
		"not windows":         {"Dear Jos\xe9,\n\nWe\x90re here.", []string{"1:9 encoding this file is not UTF-8 text"}},
		"not windows either":  {"Dear Jos\xe9,\n\nWe\x01re here.", []string{"1:9 encoding this file is not UTF-8 text"}},
		"deep":                {strings.Repeat("> ", 200) + "x", []string{"1:1 nesting this line nests more than 100 quotes, lists or brackets"}},
		"a rule":              {strings.Repeat("-", 300) + "\n\nx y z.", nil},
		"front matter":        {"+++\ntitel = \"x\"\n+++\nHi.", []string{"2:1 front-matter “titel” is not a key here (did you mean “title”?)"}},
		"slip for kinds":      {"+++\nkind = \"plan\"\n+++\nHi.", []string{"2:1 front-matter “kind” is not a key here (did you mean “kinds”?)"}},
		"slip in labels":      {"+++\nharsh = [{ phrase = \"x\", categry = \"threat\" }]\n+++\nHi.", []string{"2:26 front-matter “categry” is not a key here (did you mean “category”?)"}},
		"slip beside":         {"+++\nid = \"x\"\ntitel = \"x\"\noverall = \"harsh\"\n+++\nHi.", []string{"3:1 front-matter “titel” is not a key here (did you mean “title”?)"}},
		"labels as text":      {"+++\nharsh = [\"final notice\"]\n+++\nHi.", []string{"2:1 front-matter this is text in quotes and has to be a table"}},
		"two languages":       {"+++\nlang = \"es\"\nlanguage = \"en\"\noverall = \"harsh\"\n+++\nHi.", []string{"2:1 front-matter lang and language say the same thing: leave one of them out"}},
		"broken toml":         {"+++\ntitle = \n+++\nHi.", []string{"2:9 front-matter there is no value behind the equals sign: write one, or remove the line"}},
		"not closed":          {"+++\ntitle = \"x\"\n", []string{"1:1 front-matter the front matter that begins here is not closed"}},
		"yaml":                {"---\ntitle: x\n---\nHi.", []string{"1:1 front-matter this front matter is YAML; Bedside reads TOML between +++ lines"}},
		"no yaml":             {"---\n\nHello there.\n\n---\n", nil},
		"bracket blank":       {"Dear [Patient Name],", []string{"1:6 blank “[Patient Name]” is a blank that nobody fills in: the patient would read it as it stands"}},
		"foreign field":       {"Dear {{ doc.customer_name }},", []string{"1:6 blank “{{ doc.customer_name }}” is a blank that nobody fills in: the patient would read it as it stands"}},
		"a plain bracket":     {"See [1] and [ ] and [x], [see below], [sic], I < you, 10 < 20 and 30 > 5, 50%off%, ((see)), 100%, (555) 555-0142.", nil},
		"words in brackets":   {"Call 555-0142 (office phone) or see the bill (amount). [N] times $20, [0] or $[20], X, $Xa, $5 (amount due).", nil},
		"field in a span":     {"Call `{{office_phone}}` now.", []string{"1:7 blank {{office_phone}} stands in code, so its name would be printed, not its value"}},
		"indented field":      {"Hi.\n\n    Pay at {{portal_url}}.", []string{"3:12 blank {{portal_url}} stands in code, so its name would be printed, not its value"}},
		"blank in a span":     {"Dear `[Patient Name]`, `{x}` {y}.", []string{"1:7 blank “[Patient Name]” is a blank that nobody fills in: the patient would read it as it stands"}},
		"indented blank":      {"Hi.\n\n    Name:\n    ____ {{{a}", []string{"4:5 blank “____” is a blank that nobody fills in: the patient would read it as it stands", "4:10 condition “{{{” belongs to no field or condition and would be printed"}},
		"behind a note":       {"Hi.\n\n<!-- note --> We will sue.\n\nBye.", []string{"3:1 raw-html what stands behind a comment on its line is not printed"}},
		"open note":           {"Hi.\n\n<!-- note\n\nWe will sue.", []string{"3:1 raw-html this comment is never closed, so nothing after it is printed"}},
		"closed notes":        {"<!-- one -->\n\n<!-- two\nlines -->\n\nHi.\n<!-- three -->\n", nil},
		"link to a name":      {"[see it]({{Portal_Url}})", []string{"1:10 blank “{{Portal_Url}}” is a blank that nobody fills in: the patient would read it as it stands"}},
		"link that wraps":     {"See\n[a](http://example.org)", []string{"2:2 link this link goes to “http://example.org”"}},
		"empty link":          {"x\n\nSee [](http://example.org)", []string{"3:5 link this link goes to “http://example.org”"}},
		"image wraps":         {"See\n![a](https://example.org/x.png)", []string{"2:3 image this letter shows a picture; letters load nothing from elsewhere"}},
		"link to no host":     {"[see it](https:foo)", []string{"1:2 link this link goes to “https:foo”"}},
		"link to a field":     {"[see it]({{portal_url}}) [and](https://a.org/{{portal_url}})", nil},
		"link to a phone":     {"[call]({{office_phone}}) [so](tel:{{office_phone}})", []string{"1:8 link this link goes to {{office_phone}} without saying that it is a phone number"}},
		"link to e-mail":      {"[write]({{office_email}}) [so](mailto:{{office_email}}?subject={{due_date}})", []string{"1:9 link this link goes to {{office_email}} without saying that it is an e-mail address"}},
		"link to a date":      {"[see it]({{due_date}})", []string{"1:10 link this link goes to {{due_date}}, which is no address"}},
		"https twice":         {"[see it](https://{{portal_url}}/pay)", []string{"1:10 link this link says https:// twice: {{portal_url}} begins with it"}},
		"by reference":        {"[call us][1]\n\n[1]: {{office_phone}}", []string{"3:6 link this link goes to {{office_phone}} without saying that it is a phone number"}},
		"accent first":        {"Vea [única] y <ética>.", nil},
		"a dotted leader":     {"Total ........ $50", nil},
		"dotted blank":        {"Name: .........", []string{"1:7 blank “.........” is a blank that nobody fills in: the patient would read it as it stands"}},
		"angle brackets":      {"Dear <Patient Name>, <b>x</b>", []string{"1:6 blank “<Patient Name>” is a blank that nobody fills in: the patient would read it as it stands", "1:22 raw-html raw HTML is not printed"}},
		"alone on a line":     {"Dear\n\n<PatientName>\nand all,", []string{"3:1 blank “<PatientName>” is a blank that nobody fills in: the patient would read it as it stands"}},
		"details":             {"<details open>See\n</details>", []string{"1:1 raw-html raw HTML is not printed"}},
		"no words to see":     {"Pay now: [](http://example.org) [ ]({{due_date}})", []string{"1:10 link this link goes to “http://example.org”", "1:37 link this link goes to {{due_date}}, which is no address"}},
		"fewer dashes":        {"Hi.\n\n| a | b |\n|---|\n| c | d |", []string{"4:1 table these lines look like a table and are none: they would be printed as they stand"}},
		"a parted table":      {"| a | b |\n{{#if portal_url}}\n|---|:--|\n{{/if}}\n", []string{"3:1 table these lines look like a table and are none: they would be printed as they stand"}},
		"rows, no table":      {"a | b | c\n-|-\nc | d\n{{#if portal_url}}\ne | f\n{{/if}}\n", []string{"2:1 table these lines look like a table and are none: they would be printed as they stand"}},
		"bars in a line":      {"Pay by card | by phone\n- at 8 | at 9\n\nName: --- | ---", nil},
		"else if":             {"{{#if portal_url}}\na\n{{else if due_date}}\nb\n{{/if}}", []string{"3:1 condition {{else if due_date}}: there is no “else if”"}},
		"in a quote":          {"> {{#if portal_url}}\n> a", []string{"1:3 condition {{#if portal_url}} does not stand alone on its line"}},
		"three braces":        {"You owe {{{balance_due}}}.", []string{"1:9 condition “{” belongs to no field or condition and would be printed", "1:25 condition “}” belongs to no field or condition and would be printed"}},
		"note over lines":     {"A {{! many\nlines }} text", []string{"1:3 condition “{{” belongs to no field or condition and would be printed", "2:7 condition “}}” belongs to no field or condition and would be printed"}},
		"never closed":        {"You owe {{balance_due now.", []string{"1:9 condition “{{” belongs to no field or condition and would be printed"}},
		"empty braces":        {"a {{}} b", []string{"1:3 condition “{{” belongs to no field or condition and would be printed", "1:5 condition “}}” belongs to no field or condition and would be printed"}},
		"late fence":          {"\n+++\ntitle = \"x\"\n+++\nHi.", []string{"2:1 front-matter the front matter does not begin on the first line, so it would be printed"}},
		"unclosed yaml":       {"---\ntitle: x\n\nfinal notice", []string{"1:1 front-matter the front matter that begins here is not closed, and is YAML; Bedside reads TOML"}},
		"unknown sender":      {"+++\nsender = \"colector\"\n+++\nHi.", []string{"2:1 front-matter “colector” is no sender: provider or collector (did you mean “collector”?)"}},
		"long meta":           {"+++\nx = " + strings.Repeat("{a=", 2000) + "\n+++\nHi.", []string{"2:1 front-matter this front matter is too long to be that of a letter"}},
		"old Mac":             {"a\rb\r", []string{"1:1 encoding the lines of this file end as on a Mac of long ago (CR)"}},
		"many marks":          {strings.Repeat("*a_ ", 3000), []string{"1:1 nesting this paragraph has more than 2000 marks of emphasis"}},
		"spanish quotes":      {"Diga «gracias» siempre.", nil},
		"head in a condition": {"{{#if portal_url}}\n| a | b |\n|---|---|\n{{/if}}\n| c | d |", []string{"1:1 condition this condition parts a table from what belongs to it"}},
		"fence cut in two":    {"```\n{{#if portal_url}}\nx\n```\n{{/if}}\n\nBye.", []string{"2:1 condition this condition parts a code block from what belongs to it"}},
		"comment cut in two":  {"<!-- a\n\n{{#if portal_url}}\nb -->\nc\n{{/if}}\nd -->", []string{"3:1 condition this condition parts a comment from what belongs to it"}},
		"item left out":       {"{{#if portal_url}}\n- Pay.\n{{/if}}\n\n    Call {{office_phone}}.", []string{"1:1 condition this condition parts a list item from what belongs to it"}},
		"two targets":         {"Pay [here][x].\n\n{{#if portal_url}}\n[x]: {{portal_url}}\n{{else}}\n[x]: http://example.org\n{{/if}}", []string{"3:1 condition this condition parts a reference from what belongs to it"}},
		"whole blocks":        {"- a\n\n  {{#if portal_url}}\n  b\n\n  - c\n  {{else}}\n  <!-- d -->\n  e\n  {{/if}}\n- f\n\n{{#if portal_url}}\n> g\n\n1. h\n\n   i\n{{/if}}\n\nj", nil},
	} {
		l := parseTest(t, c.src)
		got := problems(l)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestWayOutOfFrontMatter(t *testing.T) {
	for src, want := range map[string]string{
		"+++\ntitle = Your bill\n+++\nHi.":     frontMatterLines,
		"+++\ntitel = \"Your bill\"\n+++\nHi.": frontMatterKeys,
	} {
		if l := parseTest(t, src); len(l.Problems) != 1 || l.Problems[0].Try != want {
			t.Errorf("%q: the way out is %+v, want %s", src, l.Problems, want)
		}
	}
}

func TestBlanksStandForWhatTheyName(t *testing.T) {
	for src, want := range map[string]string{
		"Dear [Patient Name],":             "[Patient Name] name patient_first_name",
		"You owe $[amount] now.":           "[amount] money balance_due",
		"You owe {amount_due}.":            "{amount_due} money balance_due",
		"Dear «Recip_FirstName»,":          "«Recip_FirstName» name patient_first_name",
		"Dear %(customer_name)s,":          "%(customer_name)s name patient_first_name",
		"Dear ((client name)),":            "((client name)) name ",
		"Pay by ${due_date}.":              "${due_date} date due_date",
		"Call ________ today.":             "________  ",
		"Dear [Patient\nName],":            "[Patient\nName] name patient_first_name",
		"Dear [Patient\u00a0Name],":        "[Patient\u00a0Name] name patient_first_name",
		"Llame al [Tele\u0301fono 2].":     "[Tele\u0301fono 2] phone ",
		"We ask for the amount ______":     "______ money balance_due",
		"Amount due: ______":               "______ money balance_due",
		"Dear {{ doc.customer_name }},":    "{{ doc.customer_name }} name patient_first_name",
		"Total: {{ invoice.grand_total }}": "{{ invoice.grand_total }} money ",
		"Due @Model.DueDate.":              "@Model.DueDate date due_date",
		"Was due XX/XX/XXXX, please.":      "XX/XX/XXXX date ",
		"Call XXX-XXX-XXXX.":               "XXX-XXX-XXXX phone ",
		"You owe $XXXX.":                   "XXXX money ",
		"You owe EUR %(open)s now.":        "%(open)s money ",
		"Son {{ doc.resto }} € en total.":  "{{ doc.resto }} money ",
		"Paga S/ {monto_x} ya.":            "{monto_x} money ",
		"Paga Bs. {credito} ya.":           "{credito} money ",
		"You owe $X now.":                  "X money ",
		"You owe $X,XXX.XX.":               "X,XXX.XX money ",
		"You owe $[N] now.":                "[N] money ",
		"You owe [$—] now.":                "[$—] money ",
		"You owe [$XXX] now.":              "[$XXX] money ",
		"Son [0.00] € en total.":           "[0.00] money ",
		"Call us at (office phone).":       "(office phone) phone office_phone",
		"A balance of\n(amount) is left.":  "(amount) money balance_due",
		"Dear (Patient Name):":             "(Patient Name) name patient_first_name",
		"See {$subscr_ref} there.":         "{$subscr_ref}  ",
		"Cuota #{installmentNumber} hoy.":  "#{installmentNumber} integer ",
		"Van {days_past_due} days.":        "{days_past_due} integer ",
		"Pague: [opciones de pago]":        "[opciones de pago] words ",
		"Hola {{ESTUDIANTE}}, pague.":      "{{ESTUDIANTE}} name ",
		"It is {payment_status} now.":      "{payment_status} words ",
		"Su {plataforma} ya no va.":        "{plataforma} words ",
		"The {grace_plan} is over.":        "{grace_plan}  ",
	} {
		l := parseTest(t, src)
		b := l.Blocks[0]
		if len(b.Marks) != 1 {
			t.Errorf("%s: marks %v", src, b.Marks)
			continue
		}
		m := b.Marks[0]
		if got := fmt.Sprintf("%s %s %s", b.Text[m.Start:m.End], m.Type, m.Name); got != want || m.Kind != MarkBlank {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// A field or code at the start of a line does not hold the break before it.
func TestMarksAreTheirWords(t *testing.T) {
	for src, want := range map[string]string{
		"Pay\n{{balance_due}} now":     "$218.40",
		"Pay\\\n{{balance_due}} now":   "$218.40",
		"> Pay\n> `now` or later":      "now",
		"Pay\r\n{{ doc.total }}":       "{{ doc.total }}",
		"Pay\n<Patient Name> now":      "<Patient Name>",
		"Pay\n**{{balance_due}}** now": "$218.40",
	} {
		b := &parseTest(t, src).Blocks[0]
		if len(b.Marks) != 1 {
			t.Errorf("%q: marks %v", src, b.Marks)
			continue
		}
		if m := b.Marks[0]; b.Text[m.Start:m.End] != want {
			t.Errorf("%q: marked %q, want %q", src, b.Text[m.Start:m.End], want)
		}
	}
}

func TestYAMLIsShownAsTOML(t *testing.T) {
	l := parseTest(t, "---\ntitle: My letter\nkinds:\n  - series\n  - plan\nlanguage: [en, es]\n---\nHi there.\n")
	want := "Write:\n+++\ntitle = \"My letter\"\nkinds = [\"series\", \"plan\"]\nlanguage = [\"en\", \"es\"]\n+++"
	if len(l.Problems) != 1 || l.Problems[0].Try != want {
		t.Errorf("got %+v, want Try %q", l.Problems, want)
	}
}

// YAML is put into other words only where it can mean nothing else.
func TestYAMLIsConvertedWhereItIsPlain(t *testing.T) {
	for name, c := range map[string]struct{ yaml, want string }{
		"plain":               {"title: Your bill, please\nlanguage: en\nkinds: [series, \"plan\"]\n", "title = \"Your bill, please\"\nlanguage = \"en\"\nkinds = [\"series\", \"plan\"]\n"},
		"a list of lines":     {"# for all: http://x\n\nkinds:\n  - series\n  - 'plan'\nstage: 'reminder-60'\n", "# for all: http://x\nkinds = [\"series\", \"plan\"]\nstage = \"reminder-60\"\n"},
		"signs that are text": {"title: ¿Le llegó su factura? \\o/\n", "title = \"¿Le llegó su factura? \\\\o/\"\n"},
		"a remark":            {"title: x # y\n", ""},
		"null":                {"title: ~\n", ""},
		"nothing":             {"kinds:\nlanguage: en\n", ""},
		"nothing at the end":  {"kinds:\n", ""},
		"a switch":            {"title: Yes\n", ""},
		"true":                {"title: true\n", ""},
		"a text in parts":     {"title: |\n  a\n  b\n", ""},
		"a folded text":       {"title: a\n  b: c\n", ""},
		"an escape":           {"title: \"a\\tb\"\n", ""},
		"quotes in quotes":    {"title: 'it''s'\n", ""},
		"a list in a list":    {"kinds: [[series]]\n", ""},
		"commas in quotes":    {"kinds: [\"a, b\"]\n", ""},
		"a list that goes on": {"kinds: [series,\nplan]\n", ""},
		"a list where a text": {"title: [a, b]\n", ""},
		"a text where a list": {"kinds: series\n", ""},
		"a key of others":     {"date: today\n", ""},
		"a key twice":         {"title: a\ntitle: b\n", ""},
		"no space":            {"title:x\n", ""},
		"an anchor":           {"title: &a x\n", ""},
		"a sender unheard of": {"sender: doctor\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for _, end := range []string{"\n", "\r\n"} {
				lines := func(s string) string { return strings.ReplaceAll(s, "\n", end) }
				src := "\ufeff" + lines("---\n"+c.yaml+"---\nHi there.\n")
				p := parseTest(t, src).Problems
				switch {
				case len(p) != 1 || p[0].ID != "front-matter":
					t.Fatalf("problems %+v, want that of the front matter", p)
				case c.want == "" && p[0].Fix != "":
					t.Errorf("fix %q, want none", p[0].Fix)
				case c.want != "":
					got := src[:p[0].Span.Start] + p[0].Fix + src[p[0].Span.End:]
					if want := "\ufeff" + lines("+++\n"+c.want+"+++\nHi there.\n"); got != want {
						t.Errorf("fixed %q, want %q", got, want)
					}
				}
			}
		})
	}
}

func TestAFixIsSafeOnlyOnFlatWords(t *testing.T) {
	for src, want := range map[string]string{
		"Dear [Patient Name],":            "{{patient_first_name}}",
		"Dear {{patientname}},":           "{{patient_first_name}}",
		"Dear {{patient_firs_name}},":     "",
		"Pay by [Date].":                  "",
		"Dear <PatientName>,":             "{{patient_first_name}}",
		"Dear <<PatientName>>,":           "",
		"Pay ${{Amount Due}} today.":      "",
		"Dear [Customer Name],":           "",
		"Pay [Amount] today.":             "",
		"Pay by XX/XX/XXXX.":              "",
		"Due date: ..........":            "",
		"Pay [Amount Due] today.":         "{{balance_due}}",
		"Pay $[Amount Due] today.":        "",
		"Pay ${{amountdue}} today.":       "",
		"Pay {{amountdue}} EUR today.":    "",
		`Dear \[Patient Name\],`:          "",
		"Amount: ______":                  "",
		"[a]({{office_phone}})":           "tel:{{office_phone}}",
		"[a](https://{{portal_url}}/pay)": "{{portal_url}}",
	} {
		l := parseTest(t, src)
		got := ""
		for _, p := range l.Problems {
			got += p.Fix
		}
		if got != want {
			t.Errorf("%s: fix %q, want %q", src, got, want)
		}
	}
}

func TestTooManyForms(t *testing.T) {
	src := ""
	for _, n := range []string{"patient_first_name", "balance_due", "due_date", "portal_url", "line_items", "charges_interest"} {
		src += "{{#if " + n + "}}\nx.\n{{/if}}\n"
	}
	if l := parseTest(t, src); len(l.Forms) != 64 || len(l.Problems) > 0 || l.AllForms() != ^FormSet(0) {
		t.Errorf("six names: %d forms, problems %q", len(l.Forms), problems(l))
	}
	d, err := ParseDictionary("fields.toml", []byte(testFields), []string{"charges_interest", "reports_to_credit"})
	if err != nil {
		t.Fatal(err)
	}
	l := Parse("x.md", []byte(src+"{{#if reports_to_credit}}\ny.\n{{/if}}\n"), d, "en")
	want := "19:1 too-many-forms conditions on 7 names give this letter 128 forms; at most 64 are checked"
	if got := problems(l); !slices.Equal(got, []string{want}) {
		t.Errorf("seven names: %q, want %q", got, want)
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
