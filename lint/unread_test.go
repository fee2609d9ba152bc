package lint

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unread are the places of a letter that the patient does not read: what
// stands before the words and behind them. Words are joined as a target needs
// it.
var unread = []struct {
	name, before, after string
	join                string
	block               bool
}{
	{name: "comment", before: "<!-- ", after: " -->", block: true},
	{name: "comment of several lines", before: "<!--\n", after: "\n-->", block: true},
	{name: "comment in a line", before: "A <!-- ", after: " --> word."},
	{name: "comment in a heading", before: "## A <!-- ", after: " --> word"},
	{name: "comment in a cell", before: "| A | B |\n|---|---|\n| C | D <!-- ", after: " --> |"},
	{name: "note", before: "{{! ", after: " }}", block: true},
	{name: "note in a line", before: "A {{! ", after: " }} word."},
	{name: "note in an item", before: "- A {{! ", after: " }} word."},
	{name: "code in a fence", before: "```\n", after: "\n```", block: true},
	{name: "code in a fence of tildes", before: "~~~ text\n", after: "\n~~~", block: true},
	{name: "code that is indented", before: "      ", block: true},
	{name: "code in a quote", before: "> ```\n> ", after: "\n> ```", block: true},
	{name: "code in an item", before: "- A\n\n  ```\n  ", after: "\n  ```"},
	{name: "language of code", before: "```", after: "\nx\n```", block: true},
	{name: "target of a link", before: "[A word](https://example.org/", after: ")", join: "-"},
	{name: "target in angle brackets", before: "[A word](<https://example.org/", after: ">)", join: " "},
	{name: "address of a mail", before: "[A word](mailto:", after: "@example.org)", join: "-"},
	{name: "target of a reference", before: "[A word][r]\n\n[r]: https://example.org/", after: "", join: "-"},
	{name: "target of a picture", before: "![A word](https://example.org/", after: ")", join: "-"},
	{name: "name of a reference", before: "[A word][r]\n\n[r]: https://example.org\n[", after: "]: https://example.org", join: "-"},
	{name: "reference that nobody uses", before: "[r]: https://example.org \"", after: "\"", block: true},
}

// fieldName is a field, of which these tests keep the name only: in code it
// would be reported as what would be printed.
var fieldName = regexp.MustCompile(`\{\{(\w+)\}\}`)

// TestWhatIsNotReadRaisesNothing puts every hit of every rule at every place
// that the patient does not read.
func TestWhatIsNotReadRaisesNothing(t *testing.T) {
	t.Parallel()
	p := openPack(t)
	tried := 0
	for _, u := range unread {
		for _, r := range p.Rules {
			for _, e := range r.Entries {
				head := headFor(r, e)
				with := func(words string) []sight {
					return p.sights("x.md", []byte(head+"A word.\n\n"+u.before+words+u.after+"\n\nA last word.\n"))
				}
				quiet := with("x")
				for i := range quiet {
					quiet[i].at.End = 0
				}
				for _, hit := range e.Hit {
					text, _ := Marked(hit)
					text = fieldName.ReplaceAllString(strings.TrimSpace(text), "$1")
					if u.join != "" {
						text = strings.Join(aWord.FindAllString(text, -1), u.join)
					}
					if strings.Contains(u.before, "{{!") && len(text) > 900 {
						continue // a note in a line has an end
					}
					if strings.Contains(u.before, `"`) {
						text = strings.ReplaceAll(text, `"`, `\"`)
					}
					tried++
					for _, s := range with(text) {
						s.at.End = 0
						if !slices.Contains(quiet, s) {
							t.Errorf("%s, %s: %s in %q", r.ID, u.name, s, u.before+text+u.after)
						}
					}
				}
			}
		}
	}
	if tried < 10_000 {
		t.Errorf("only %d tried", tried)
	}
}

// TestWhatIsNotReadInLetters puts a harsh sentence that is not read between
// any two paragraphs of the letters of the pack. A comment keeps two blocks of
// code apart where the paragraph between them is left out.
func TestWhatIsNotReadInLetters(t *testing.T) {
	t.Parallel()
	c := compareDresses(t)
	for name, src := range letters(t, c.pack) {
		if name == "harsh" {
			continue
		}
		plain := c.pack.sights("x.md", []byte(src))
		for _, u := range unread {
			if !u.block {
				continue
			}
			top, body, _ := strings.Cut(src, "\n\n")
			var w written
			w.plain(top + "\n\n")
			for part := range strings.SplitAfterSeq(body, "\n\n") {
				w.plain(part)
				if strings.HasSuffix(part, "\n\n") {
					w.marks("<!-- -->\n\n" + u.before + "Final notice: pay now or we will sue you." + u.after + "\n\n")
				}
			}
			c.compare(name, plain, &w, dress{name: u.name}, paragraph)
		}
	}
}
