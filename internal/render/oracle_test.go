package render

import (
	"bytes"
	"fmt"
	htmltemplate "html/template"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"bedside/lint/letter"
)

func testDictionary(t testing.TB) *letter.Dictionary {
	t.Helper()
	src, err := os.ReadFile("../../templates/fields.toml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := letter.ParseDictionary("fields.toml", src, []string{"charges_interest"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// examples fills every hole with the example of its field, as the reader of
// letters does.
func examples(t *Template, d *letter.Dictionary) string {
	var out []byte
	for _, s := range t.segments {
		out = append(out, s.literal...)
		if s.hole != nil && s.hole.context != inURL && s.hole.context != inPath {
			out = appendEscaped(out, d.Field(s.hole.field).Example)
		}
	}
	return string(out)
}

// visibleText is what a browser shows of a page's body, white space joined and
// signs that nobody sees left out.
func visibleText(t testing.TB, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		block := n.Type == html.ElementNode && blockElement[n.Data]
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case block:
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte(' ')
		}
	}
	walk(root)
	return normal(b.String())
}

var blockElement = map[string]bool{"br": true, "p": true, "li": true, "td": true, "th": true, "pre": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true}

func normal(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// proseOf is what the reader of letters takes a form to say.
func proseOf(l *letter.Letter, form int) string {
	var parts []string
	for i := range l.Blocks {
		if b := &l.Blocks[i]; b.Forms.Has(form) && b.Kind != letter.Title {
			parts = append(parts, b.Text)
		}
	}
	return normal(strings.Join(parts, " "))
}

// holdOracle fails when the prose of a letter is not the visible text of its
// page, in any form.
func holdOracle(t testing.TB, src string, d *letter.Dictionary) {
	t.Helper()
	l := letter.Parse("x.md", []byte(src), d, "en")
	for form := range l.Forms {
		tm, err := Compile(l, form, d)
		if err != nil {
			t.Fatal(err)
		}
		page := examples(tm, d)
		if got, want := proseOf(l, form), visibleText(t, page); got != want {
			t.Fatalf("%q\nform %q\nprose %q\npage  %q\nhtml  %s", src, l.FormName(form), got, want, page)
		}
	}
}

// tricky are letters that are easy to read wrong.
var tricky = []string{
	"This is your **final** notice\nthat wraps.",
	"fi**nal** notice, final *notice*, final&nbsp;notice, &#102;inal notice, final\\\nnotice, `final notice`",
	"> a quote that\n> wraps **and\n> is** bold\n> - with a list\n>   that wraps\n\n1. one\n2. two\n\n   second paragraph\n",
	"| a | b |\n|---|--:|\n| {{balance_due}} | *x* \\| `y\\|z` |\n{{#if portal_url}}\n| more | [pay]({{portal_url}}) |\n{{/if}}\n| last | row |\n",
	"a | b\n--- | ---\n{{#if portal_url}}\nc | d\n{{else}}\ne | f\n{{/if}}\ng | h\n{{#if portal_url}}\n{{#unless balance_due}}\ni | j\n{{/unless}}\nk | l\n{{/if}}\n\nend\n",
	"{{#if portal_url}}\n| a | b |\n|---|---|\n| c | d |\n{{else}}\n| e | f |\n|---|---|\n| g | h |\n{{/if}}\n\nend",
	"- one\n{{#if portal_url}}\n- two\n{{else}}\n- three\n{{/if}}\n- four\n",
	"Dear {{patient_first_name}},\n\n{{#unless portal_url}}\nCall {{office_phone}}.\n{{/unless}}\n\n{{! a note }}\nBye {{! note }} now.\n",
	"[a][r] ![alt *x*](https://example.org/i.png \"seen\") <https://example.org> <a@example.org>\n\n[r]: https://example.org \"title\"\n",
	"<!-- hidden -->\n\na <!-- hidden --> b <b>bold</b> c<br>d\n\n<div>\nhidden\n</div>\n\nend",
	"    code block\n    {{balance_due}}\n\n```\nfenced\n```\n\n***\n\nSetext\n===\n\nafter",
	"a\\*b\\* \\{{x}} \\& &amp;amp; &notit; &copy; &#0; &#xD800; &Aacute;",
	"tab\tinside  two spaces\n trailing \n\tcode?",
	"{{unknown_field}} {{ doc.name }} {amount} ____ [Patient Name] {{}} {{ }} {{{x}}} {{a}",
	"* a\n\n* b\n\n  c\n* d\n  * e\n  * f\n",
	"a `code {{balance_due}}` b ``x ` y`` c",
	"fi\u00adnal no\u200btice e\u0301 \u00e9 👩\u200d⚕️ fi\u2062nal\u034f no\ufe0etice",
	"\ufeffA letter with a mark before it.",
	"{{line_items}}\n\nAnd {{line_items}} in a line.",
	"Hard  \nbreak\\\nand `code\nover` lines *em\nphasis*",
	"# A heading with {{practice_name}}\n\n## Two ##\n\nText",
}

func TestProseIsTheVisibleTextOfThePage(t *testing.T) {
	d := testDictionary(t)
	for _, src := range tricky {
		holdOracle(t, src, d)
		holdOracle(t, strings.ReplaceAll(src, "\n", "\r\n"), d)
		holdOracle(t, strings.ReplaceAll("> "+src, "\n", "\n> "), d)
	}
}

func FuzzProseIsTheVisibleTextOfThePage(f *testing.F) {
	d := testDictionary(f)
	for _, src := range tricky {
		f.Add(src)
	}
	for _, s := range []string{"```\n%s\nx\n```\n%s\ny", "%s\n- a\n%s\n\n    b", "- a\n%s\n\n  b\n%s\n\n    c", "[a][x]\n\n%s\n[x]: https://a.org\n%s\n[x]: https://b.org", "<!--\n%s\n-->\n%s\nx -->"} {
		f.Add(fmt.Sprintf(s, "{{#if portal_url}}", "{{/if}}"))
	}
	f.Fuzz(func(t *testing.T, src string) {
		l := letter.Parse("x.md", []byte(src), d, "en")
		for _, p := range l.Problems {
			switch p.ID {
			case "encoding", "too-large", "nesting", "front-matter", "raw-html", "condition", "table", "too-many-forms":
				return // refused: no page is made of it
			}
		}
		holdOracle(t, src, d)
	})
}

// hostile values must stay values.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='x`, `javascript:alert(1)`, `JaVaScRiPt:alert(1)`,
	"data:text/html,<b>", "https://example.org/\"onclick=", "&lt;b&gt;", "# not a heading", "- no list", "{{balance_due}}", "*no emphasis*",
	"a\x00b", "<!-- x", "]]>", "`code`", "4. Main St", "+1 \u2028 \u202e", strings.Repeat("<", 50), "//example.org", "vbscript:x", "https://",
}

// TestHostileValuesAgainstHTMLTemplate fills the same page by html/template,
// which escapes by context, and wants the same bytes.
func TestHostileValuesAgainstHTMLTemplate(t *testing.T) {
	d := testDictionary(t)
	const src = "# For {{practice_name}}\n\nDear {{patient_first_name}}, *{{service_summary}}*\n\n| {{service_summary}} | x |\n|---|---|\n| {{patient_first_name}} | y |\n\n- {{service_summary}}\n"
	l := letter.Parse("x.md", []byte(src), d, "en")
	tm, err := Compile(l, 0, d)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, s := range tm.segments {
		text.Write(s.literal)
		if s.hole != nil {
			text.WriteString("{{." + s.hole.field + "}}")
		}
	}
	oracle := htmltemplate.Must(htmltemplate.New("x").Parse(text.String()))
	for _, v := range hostile {
		values := map[string]any{"practice_name": v, "patient_first_name": v, "service_summary": v}
		var want, got bytes.Buffer
		if err := oracle.Execute(&want, values); err != nil {
			t.Fatal(err)
		}
		if err := tm.Execute(&got, Record(values)); err != nil {
			t.Fatalf("%q: %v", v, err)
		}
		if got.String() != want.String() {
			t.Errorf("%q\n got %s\nwant %s", v, got.String(), want.String())
		}
	}
}

func TestLinksThatAreDialledAndWrittenTo(t *testing.T) {
	d := testDictionary(t)
	l := letter.Parse("x.md", []byte("[call](tel:{{office_phone}}) [write](mailto:{{office_email}}?subject={{service_summary}})"), d, "en")
	tm, err := Compile(l, 0, d)
	if err != nil {
		t.Fatal(err)
	}
	for phone, want := range map[string]string{"(555) 555-0142": "tel:5555550142", "1-800-555-0142": "tel:18005550142", "(555) 555-0142 ext. 7": "tel:5555550142;ext=7", "711": "tel:711"} {
		var out bytes.Buffer
		if err := tm.Execute(&out, Record{"office_phone": phone, "office_email": "a+b@example.org", "service_summary": "a visit & more"}); err != nil {
			t.Fatal(err)
		}
		for _, link := range []string{want, "mailto:a%2Bb@example.org?subject=a%20visit%20%26%20more"} {
			if !strings.Contains(out.String(), `href="`+link+`"`) {
				t.Errorf("%s: no link to %s in %s", phone, link, out.String())
			}
		}
	}
}

func TestHostileLinks(t *testing.T) {
	d := testDictionary(t)
	l := letter.Parse("x.md", []byte("[pay]({{portal_url}}) [p](https://example.org/{{account_last4}}) [q](https://example.org/?a={{service_summary}})\n"), d, "en")
	tm, err := Compile(l, 0, d)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range hostile {
		var out bytes.Buffer
		err := tm.Execute(&out, Record{"portal_url": v, "account_last4": "1234", "service_summary": "x"})
		if err == nil {
			t.Errorf("%q was printed as a link: %s", v, out.String())
		} else if strings.Contains(err.Error(), v) {
			t.Errorf("the error tells the value: %v", err)
		}
		out.Reset()
		if err := tm.Execute(&out, Record{"portal_url": "https://pay.example.org", "account_last4": "1234", "service_summary": v}); err != nil {
			t.Fatalf("%q: %v", v, err)
		}
		root, err := html.Parse(&out)
		if err != nil {
			t.Fatal(err)
		}
		var hrefs []string
		for n := range root.Descendants() {
			for _, a := range n.Attr {
				if a.Key != "href" {
					t.Errorf("%q added an attribute %s", v, a.Key)
				}
				hrefs = append(hrefs, a.Val)
			}
			if n.Type == html.ElementNode && n.Data == "script" {
				t.Errorf("%q added a script", v)
			}
		}
		if len(hrefs) != 3 || !strings.HasPrefix(hrefs[2], "https://example.org/?a=") || strings.ContainsAny(hrefs[2][23:], "&#<>\"' :") {
			t.Errorf("%q: links %q", v, hrefs)
		}
	}
}
