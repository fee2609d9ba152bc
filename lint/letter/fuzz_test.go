package letter

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bedside/internal/strict"
)

// FuzzParse holds what must be true of any bytes at all.
func FuzzParse(f *testing.F) {
	d := testDictionary(f)
	for _, s := range []string{
		"+++\ntitle = \"x\"\n+++\n# Hi {{patient_first_name}}\n\n{{#if portal_url}}\n- [pay]({{portal_url}} \"now\")\n{{else}}\n> call\n> us\n{{/if}}\n",
		"| a | b |\n|---|---|\n{{#if portal_url}}\n| c | d |\n{{/if}}\n| e | f |\n",
		"---\ntitle: x\nkinds: [a, b]\n---\nHi", "\xff\xfe", "a\x00", "Jos\xe9", "\ufeffx", "fi**nal&nbsp;no\u00adtice** `x` <b> ![a](b \"c\")",
		"{{#if a}}\n{{#unless b}}\n{{/if}}", "[Name] ____ «X_Y» {a} %(b)s ((c)) ${d}", "\r\n\r\n> a\r\n> b\\\r\n> c", "{{! x", "+++\n", "é👩‍⚕️",
		"+++\nwaivers = [{ allow = \"a.b\", because = \"the form says so\" }]\n+++\n> - <!-- bedside: allow a.b because “é says so” -->\n>\n>   1. x\n>\n>   | a |\n>   |--|\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		l := Parse("x.md", []byte(src), d, "en")
		checkRuns(t, l)
		inside := func(s Span, what string) {
			if s.Start < 0 || s.End < s.Start || s.End > len(src) {
				t.Fatalf("%s at %v of %d bytes", what, s, len(src))
			}
			if utf8.ValidString(src) && (!boundary(src, s.Start) || !boundary(src, s.End)) {
				t.Fatalf("%s at %v cuts a character of %q", what, s, src)
			}
			l.Position(s.Start)
		}
		for _, p := range l.Problems {
			inside(p.Span, "problem "+p.ID)
		}
		for _, u := range l.Fields {
			inside(u.Span, "field "+u.Name)
			if !strings.Contains(l.Text(u.Span), u.Name) {
				t.Fatalf("field %s is said to be written %q", u.Name, l.Text(u.Span))
			}
		}
		for _, w := range l.Waivers {
			inside(w.Span, "waiver")
			inside(w.RuleAt, "rule of a waiver")
			inside(w.UntilAt, "day of a waiver")
			inside(w.Covers, "what a waiver covers")
		}
		for i := range l.Blocks {
			b := &l.Blocks[i]
			inside(b.Span(), "block")
			if b.Forms == 0 || b.Forms&^l.AllForms() != 0 {
				t.Fatalf("block %q is in forms %b of %b", b.Text, b.Forms, l.AllForms())
			}
			last := 0
			for _, m := range b.Marks {
				if m.Start < last || m.End <= m.Start || m.End > len(b.Text) {
					t.Fatalf("mark %+v of %q", m, b.Text)
				}
				last = m.End
			}
			for j := range b.Text {
				inside(b.Source(j, len(b.Text)), "words")
			}
		}
	})
}

// FuzzPlainMeta holds the quick reader of front matter to the toml package:
// what it takes must mean the same, and what is a fault it must not take.
func FuzzPlainMeta(f *testing.F) {
	for _, s := range []string{
		"title = \"a\"\nkinds = [\"series\", \"plan\"]\n\nlanguage=\"es\"\r\n", "title = \"a\\n\"", "title = \"\"\"a\"\"\"", "kinds = []", "kinds = [\"a\",]",
		"kinds = \"a\"", "title = \"a\" # c", "title = \"a\"\ntitle = \"b\"", "kinds = [\"a\" \"b\"]", "title = ", "x", "=", "title = \"\x00\"", "title = \"\x7f\"", "[a]", " title = \"a\"", "title\t= \"a\"", "kinds = [\"a\"]]",
		"never_if = [\r\n  \"a\",\n\n { says = \"b\", if = \"c\", is = [\"d\", \"e\"] },\n]\nsend_only_if=[{days=12,after=\"c\",says=\"b\"}]", "never_if = [{}]", "never_if = [\n]",
		"never_if = [{ says = \"a\", says = \"b\" }]", "never_if = [{ days = 012 }]", "never_if = [{ days = 99999 }]", "never_if = [{ says = \"a\", }]", "never_if = [\"a\"]\nnever_if = []",
		"never_if = [,]", "never_if = [\"a\" { }]", "never_if = [{ if = 3, is = [] }]", "never_if = [{ is = [\"a\",] }]", "never_if = [\r\"a\"]", "never_if = [{ days = 3_0 }]", "kinds = [\n\"a\",\n]",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var quick, slow Meta
		if !utf8.ValidString(src) || !plainMeta(src, &quick) {
			return
		}
		if _, err := strict.Decode("x", []byte(src), &slow); err != nil {
			t.Fatalf("%q is taken for %+v; it is a fault: %v", src, quick, err)
		}
		if !reflect.DeepEqual(quick, slow) {
			t.Fatalf("%q is taken for %+v; it is %+v", src, quick, slow)
		}
	})
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

// TestHostileSizes reads the largest files there can be of what is costly to
// read; each must be done soon, however it is judged.
func TestHostileSizes(t *testing.T) {
	for name, unit := range map[string]string{
		"brackets": "[a", "links": "[a](b) ", "emphasis": "*a ", "many emphasis": "*a **b ", "backticks": "`a ``b ```c ", "quotes": "> ",
		"conditions": "{{#if portal_url}}\n", "pairs": "{{#if portal_url}}\nx\n{{/if}}\n", "else": "{{else}}\n", "tags": "{{", "fields": "{{balance_due}} ",
		"entities": "&amp;", "ampersands": "&", "html": "<b", "comments": "<!-- ", "rows": "|a|b|\n", "table": "|a|b|\n|-|-|\n", "items": "- a\n",
		"underscores": "_", "blanks": "____ ", "dots": ".", "hyphens": "\u00ad", "lines": "a\n", "tabs": "\t", "escapes": "\\", "braces": "{a", "percent": "%(a", "parens": "((a",
	} {
		src := strings.Repeat(unit, MaxSize/len(unit))
		start := time.Now()
		parseTest(t, src)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: %d bytes took %s", name, len(src), took)
		} else if took > time.Second {
			t.Logf("%s: %s", name, took)
		}
	}
}
