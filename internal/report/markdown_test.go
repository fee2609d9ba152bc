package report_test

import (
	"bytes"
	"html"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"bedside/lint"
	"bedside/lint/letter"
)

// hostile has every sign that means something to Markdown or HTML.
const hostile = "a|b `c` *d* _e_ <b>f</b> [g](https://example.org) ![h](x) &amp; \\ ~~i~~ $j$ # k <!-- l --> ||m| {{n_o}}\r\n| p\n\n- q\n\n> r\n\n```\ns #"

// Whatever a path, a message, an advice or a reason says, the report has the
// same table, headings and lists, and shows the very words.
func TestMarkdownOfHostileWords(t *testing.T) {
	p := openPack(t)
	res := findings(2, 0, 0)
	res.Path, res.Approval = hostile, lint.Approval{}
	res.Findings[0].Message, res.Findings[0].Try, res.Findings[0].Why = hostile, []string{hostile, hostile}, hostile
	res.Findings[1].Waiver = &letter.Waiver{Rule: "ban.x", Because: hostile, By: hostile, Until: "2027-03-31"}
	approved := findings(0, 0, 0)
	approved.Ready, approved.Approval = true, lint.Approval{By: hostile, On: "2026-11-22"}
	src := printed(t, "markdown", p, res, approved)

	kinds := map[string]int{}
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
	doc := md.Parser().Parse(text.NewReader(src))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			kinds[n.Kind().String()]++
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string]int{"TableRow": 2, "TableHeader": 1, "TableCell": 15, "Heading": 3, "ListItem": 2 + 3 + 1, "CodeSpan": 2,
		"RawHTML": 0, "HTMLBlock": 0, "Link": 0, "Image": 0, "Strikethrough": 0, "FencedCodeBlock": 0, "Blockquote": 0, "Emphasis": 1 + 2} {
		if kinds[kind] != want {
			t.Errorf("%d of %s, want %d", kinds[kind], kind, want)
		}
	}
	var page bytes.Buffer
	if err := md.Renderer().Render(&page, src, doc); err != nil {
		t.Fatal(err)
	}
	shown := html.UnescapeString(page.String())
	words := strings.Join(strings.Fields(hostile), " ")
	for _, cell := range []string{"<td>" + words + "</td>", "<td>approved by " + words + " on 2026-11-22</td>", "<h2>" + words + "</h2>"} {
		if !strings.Contains(shown, cell) {
			t.Errorf("want %s in\n%s", cell, shown)
		}
	}
	if n := strings.Count(shown, words); n != 9 {
		t.Errorf("the words are shown %d times, want 9:\n%s", n, shown)
	}
}
