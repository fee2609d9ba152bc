package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

// htmlOf is the report of some letters.
func htmlOf(t *testing.T, p *lint.Pack, results []*lint.Result, o report.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.Find("html").Write(&out, p, slices.Values(results), o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// elements are all elements of a page, in order.
func elements(t *testing.T, page []byte) []*html.Node {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			all = append(all, n)
		}
	}
	return all
}

// attribute is the value of an attribute; "" where there is none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// words is the text of an element, with the shapes of states before them.
func words(n *html.Node) string {
	var b strings.Builder
	b.WriteString(attribute(n, "data-shape") + " ")
	for c := range n.Descendants() {
		if shape := attribute(c, "data-shape"); shape != "" {
			b.WriteString(shape + " ")
		}
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// find is the text of the elements that stand in others, by name and class:
// "dd.cited".
func find(all []*html.Node, what string) []string {
	name, class, _ := strings.Cut(what, ".")
	var out []string
	for _, n := range all {
		if n.Data == name && (class == "" || slices.Contains(strings.Fields(attribute(n, "class")), class)) {
			out = append(out, words(n))
		}
	}
	return out
}

// signed are two letters: of one, findings may stay, and somebody has signed
// it; the other has changed since.
func signed(t *testing.T, p *lint.Pack, reason, name string) []*lint.Result {
	t.Helper()
	src := []byte("# Your bill\n\nWe know that a bill can be hard. This is the final notice.\n\nThe final notice. Please call us at {{office_phone}}.\n")
	first, second := p.Check("a.md", src), p.Check("b.md", src)
	block := letter.Span{Start: 13, End: 72}
	first.Letter.Waivers = []letter.Waiver{
		{Rule: "ban.threat", Because: reason, Until: "2027-03-31", By: name, Span: letter.Span{Start: 13, End: 13}, Covers: block},
		{Rule: "ban.urgency", Because: reason, Covers: letter.Span{Start: 0, End: len(src)}},
	}
	first.Findings[0].Waiver = &first.Letter.Waivers[0]
	first.Approval = lint.Approval{By: name, On: "2026-11-20", Note: reason}
	second.Approval = lint.Approval{By: name, On: "2026-11-20", Changed: true}
	return []*lint.Result{first, second}
}

func TestHTMLWaivedAndSigned(t *testing.T) {
	p := openPack(t)
	page := htmlOf(t, p, signed(t, p, "required by state form 12-B", "Dana Whitfield"), report.Options{Rules: "rules.toml", Date: "2026-11-22"})
	golden(t, "signed.html", ofLetters("html", page))
	text := words(elements(t, page)[0])
	for _, want := range []string{
		"Made by Bedside on November 22, 2026",
		"✗ 2 of 2 letters need work: 3 must fix, 1 waived.",
		"What is waived may stay, for a reason that stands in the letter.",
		"1 must fix, 1 waived",
		"○ waived (must fix) Line 3, column 46",
		"May stay required by state form 12-B (Dana Whitfield), until March 31, 2027",
		"ban.threat for line 3, set in line 3 by Dana Whitfield, until March 31, 2027. 1 finding may stay because of it.",
		"ban.urgency for the whole letter, set in line 1. No finding stays because of it.",
		"✓ Approved November 20, 2026 by Dana Whitfield: required by state form 12-B",
		"▲ Changed since it was approved November 20, 2026 by Dana Whitfield",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// What a letter, its front matter, a waiver, a signature or a name of a file
// says can add nothing to the page but text.
func TestHTMLEscapesEverything(t *testing.T) {
	p := openPack(t)
	attack := `</style></title></code></p><script>alert(1)</script><img src=x onerror=alert(1)>"' onload="x" {{.Title}} <!-- ]]> &lt;b&gt; javascript:alert(1) ` + "\x00\x1b[2J\u202e"
	src := "+++\ntitle = '''" + strings.NewReplacer("\x00", "", "\x1b", "").Replace(attack) + "'''\nlanguage = \"<b>\"\nkinds = [\"series\"]\n+++\n\n" +
		"We know it is hard " + attack + " the final notice <script>alert(2)</script> and the documentation.\n\n> act now [x](javascript:alert(1)) " + attack + "\n"
	results := append(signed(t, p, attack, attack), p.Check(attack, []byte(src)), p.Check("c.md", []byte(strings.Replace(src, "<b>", "es", 1))))
	results[0].Letter.Waivers = append(results[0].Letter.Waivers, letter.Waiver{Rule: attack, Because: attack, By: attack, Until: attack})
	page := htmlOf(t, p, results, report.Options{Rules: attack, Date: attack, Unread: func() []string { return []string{attack} }})
	known, keys := map[string]bool{}, map[string]bool{}
	for _, n := range elements(t, htmlOf(t, p, append(checkAll(t, p), signed(t, p, "a", "b")...), report.Options{Date: "2026-11-22", Unread: func() []string { return []string{"x"} }})) {
		known[n.Data] = true
		for _, a := range n.Attr {
			keys[a.Key] = true
		}
	}
	for _, n := range elements(t, page) {
		if !known[n.Data] {
			t.Errorf("there is a <%s> on the page", n.Data)
		}
		for _, a := range n.Attr {
			if !keys[a.Key] {
				t.Errorf("<%s> has the attribute %s=%q", n.Data, a.Key, a.Val)
			}
			if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "https://") {
				t.Errorf("a link to %q", a.Val)
			}
			if a.Key == "lang" && !slices.Contains([]string{"en", "es"}, a.Val) {
				t.Errorf("the language %q", a.Val)
			}
		}
	}
	if n := strings.Count(words(elements(t, page)[0]), "<script>alert(1)</script>"); n < 12 {
		t.Errorf("the words are %d times on the page as they are", n)
	}
}

// The page needs nothing but itself, and everything on it leads somewhere.
func TestHTMLStandsAlone(t *testing.T) {
	p, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	page := htmlOf(t, p, append(checkAll(t, p), signed(t, p, "a", "b")...), report.Options{Rules: "built-in"})
	all := elements(t, page)
	ids, level, policy, style := map[string]bool{}, 0, "", ""
	for _, n := range all {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements are #%s", id)
			}
			ids[id] = true
		}
		switch {
		case slices.Contains([]string{"script", "link", "img", "iframe", "form", "base"}, n.Data) || attribute(n, "src")+attribute(n, "style") != "":
			t.Errorf("<%s %v>", n.Data, n.Attr)
		case n.Data == "style":
			style = n.FirstChild.Data
		case attribute(n, "http-equiv") == "Content-Security-Policy":
			policy = attribute(n, "content")
		case n.Data == "th" && attribute(n, "scope") == "":
			t.Errorf("a table head without scope: %s", words(n))
		case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
			if next := int(n.Data[1] - '0'); next > level+1 {
				t.Errorf("<%s> %s follows a heading of level %d", n.Data, words(n), level)
			} else {
				level = next
			}
		}
	}
	sum := sha256.Sum256([]byte(style))
	if want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"; policy != want {
		t.Errorf("the policy is %q, want %q", policy, want)
	}
	if loads := regexp.MustCompile(`(?i)url\(|@import|@font-face`).FindString(style); loads != "" {
		t.Errorf("the style loads something: %s", loads)
	}
	for _, n := range all {
		if href := attribute(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
			t.Errorf("%s leads nowhere", href)
		}
		if href := attribute(n, "href"); strings.HasPrefix(href, "https:") && words(n) != href {
			t.Errorf("on paper, nobody sees that %q leads to %s", words(n), href)
		}
	}
	if want := len(p.Rules); len(find(all, "div.rule")) != want {
		t.Errorf("%d rules are on the page, want %d", len(find(all, "div.rule")), want)
	}
}

// Whatever is there, the page says in which language it is.
func TestHTMLSaysWhatIsSpanish(t *testing.T) {
	p, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	src := "+++\ntitle = \"Su factura\"\nlanguage = \"es\"\nkinds = [\"series\"]\n+++\n\n# Su factura\n\nLe mandamos este aviso final. Tomaremos acciones legales.\n"
	page := htmlOf(t, p, []*lint.Result{p.Check("a.md", []byte(src))}, report.Options{})
	var spanish []string
	for _, n := range elements(t, page) {
		if attribute(n, "lang") == "es" {
			spanish = append(spanish, words(n))
		}
	}
	text := strings.Join(spanish, "\n")
	for _, want := range []string{"Su factura\n", "“aviso final”", "9 Le mandamos este aviso final. Tomaremos acciones legales."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said to be Spanish: only\n%s", want, text)
		}
	}
	if strings.Contains(text, "puts pressure") || strings.Contains(text, "column") {
		t.Errorf("English is said to be Spanish:\n%s", text)
	}
}

func TestHTMLSameBytes(t *testing.T) {
	p := openPack(t)
	results := append(checkAll(t, p), p.Check("es.md", []byte("+++\nlanguage = \"es\"\n+++\n\nSabemos que es difícil.\n")), p.Check("xx.md", []byte("+++\nlanguage = \"xx\"\n+++\n\nHello.\n")))
	first := htmlOf(t, p, results, report.Options{Rules: "rules.toml"})
	for range 20 {
		if again := htmlOf(t, p, results, report.Options{Rules: "rules.toml"}); !bytes.Equal(again, first) {
			t.Fatal("the same results give another page")
		}
	}
	for _, day := range regexp.MustCompile(`20[0-9][0-9]-[0-9]+-[0-9]+`).FindAllString(string(first), -1) {
		if day != "2027-03-31" { // to which a waiver holds
			t.Errorf("a day is on the page, and nobody gave one: %s", day)
		}
	}
	if got := find(elements(t, first), "dd"); !slices.Contains(got, "English (15 letters)") || !slices.Contains(got, "Spanish (1 letter)") {
		t.Errorf("languages are missing in %q", got)
	}
}

// Rules that are off are said to be off, first of all.
func TestHTMLRulesThatAreOff(t *testing.T) {
	files := fstest.MapFS{"rules.toml": {Data: []byte("extends = \"bedside\"\n\n[ban.threat]\noff = true\n")}}
	p, err := lint.Open(files, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	text := words(elements(t, htmlOf(t, p, nil, report.Options{Rules: "office/rules.toml"}))[0])
	for _, want := range []string{"office/rules.toml, version 1: 80 rules", "Rules that are off ban.threat", "ban.threat – off: ", "Nothing was held to it.", "Set in office/rules.toml, line 3", "Set in built-in rules.toml, line "} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// What could not be read is said, or it would look as if all had been checked.
func TestHTMLSaysWhatWasNotChecked(t *testing.T) {
	p := openPack(t)
	asked := false
	results := func(yield func(*lint.Result) bool) {
		yield(checkAll(t, p)[0])
		asked = true
	}
	var out bytes.Buffer
	err := report.Find("html").Write(&out, p, results, report.Options{Unread: func() []string {
		if !asked {
			t.Error("asked before all letters were there")
		}
		return []string{"cannot read “b.md”: permission denied"}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if text := words(elements(t, out.Bytes())[0]); !strings.Contains(text, "✗ Not checked, so nothing is said of it here: cannot read “b.md”: permission denied") {
		t.Errorf("what was not checked is not on the page:\n%s", text)
	}
}

// A letter is ready; what the law says of it, nobody here can know.
func TestHTMLGivesNoLegalAdvice(t *testing.T) {
	p := openPack(t)
	text := words(elements(t, htmlOf(t, p, checkAll(t, p)[9:10], report.Options{}))[0])
	if claim := regexp.MustCompile(`(?i)\b(un)?lawful\w*|\bcompl(y|ies|iant|iance)\w*|\bcertif\w*|\bguarantee\w*|\blegally\b`).FindString(text); claim != "" {
		t.Errorf("the page says %q", claim)
	}
	if !strings.HasSuffix(text, "It gives no legal advice, and a check that passes is not a legal opinion.") {
		t.Errorf("the page ends with %q", text[max(0, len(text)-200):])
	}
}

// Every state has its own word and its own shape.
func TestHTMLStatesNeedNoColour(t *testing.T) {
	p := openPack(t)
	shapes := map[string]map[string]bool{}
	for _, state := range find(elements(t, htmlOf(t, p, append(checkAll(t, p), signed(t, p, "a", "b")...), report.Options{Unread: func() []string { return []string{"x"} }})), "span.state") {
		shape, word, ok := strings.Cut(state, " ")
		if !ok {
			t.Errorf("a state is only %q", state)
		}
		if shapes[word] == nil {
			shapes[word] = map[string]bool{}
		}
		shapes[word][shape] = true
	}
	if want := []string{"Approved", "Changed since it was approved", "Missing", "Missing in some forms", "Needs work", "Not approved", "Not checked",
		"Present", "Ready", "consider", "must fix", "off", "should fix", "waived (must fix)"}; !slices.Equal(slices.Sorted(maps.Keys(shapes)), want) {
		t.Errorf("states %q, want %q", slices.Sorted(maps.Keys(shapes)), want)
	}
	for word, all := range shapes {
		if len(all) != 1 {
			t.Errorf("%s has the shapes %v", word, all)
		}
	}
}

// What nobody asks of a letter of its kind is not called missing.
func TestHTMLNotAskedFor(t *testing.T) {
	files := fstest.MapFS{"rules.toml": {Data: []byte(`version = 1
[kind]
series = "about an open bill"
thanks = "thanks for a payment"
[require.contact-info]
only_kinds = ["series"]
severity = "error"
says = "give a phone number to call"
why = "A question needs an answer."
source = ["OWN"]
place = "closing"
any.en = ["call us at #phone"]
insert.en = "Please call us."
hit.en = ["Please <<call us at (555) 555-0142>>."]
ok.en = ["Please call us."]
[source]
OWN = "Own judgement"
[language.en]
negators = ["not"]
window = 7
`)}}
	p, err := lint.Open(files, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]string{"series": "✗ Missing", "thanks": "– Not asked for"} {
		res := p.Check("a.md", []byte("+++\nlanguage = \"en\"\nkinds = [\""+kind+"\"]\n+++\n\n# Thanks\n\nThank you.\n"))
		if text := words(elements(t, htmlOf(t, p, []*lint.Result{res}, report.Options{}))[0]); !strings.Contains(text, "Give a phone number to call "+want) {
			t.Errorf("%s: want %q in\n%s", kind, want, text)
		}
	}
}
