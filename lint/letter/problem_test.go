package letter

import (
	"slices"
	"strings"
	"testing"
)

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
