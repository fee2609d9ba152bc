package letter

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// asWritten prints a tag as goldmark alone does: as text.
type asWritten struct{}

func (asWritten) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	to.Register(KindTag, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.Write(n.(*TagNode).Segment.Value(source))
		}
		return ast.WalkContinue, nil
	})
}

// TestPlainText holds pages to those of goldmark without the parsers of plain text and of bold.
func TestPlainText(t *testing.T) {
	plain := goldmark.New(goldmark.WithExtensions(extension.Table))
	parts := []string{"*", "_", "**", "`", "[", "](x)", "[x]: y", "!", "![", "\\", "\\ ", "<", ">", "<b>", "<http://a.b>", "  \n", "  \r\n", "\\\n", "\n", "\n\n", "\r\n",
		"\t", " ", " ", " ", "&amp;", "{", "**a**", " **bill** ", "**{{a}}**", " **a {{b}}, c**", "{{a}}", "~~", " | ", "\n|-|-|\n", "\n- ", "\n> ", "\n# ", "\n===\n", "’", "“", "\u00a0", "1. ", "a", "bill", "é", "don't", "x_y_z", ".", ",", ":", "(", ")", "\""}
	r := rand.New(rand.NewPCG(1, 2))
	md := NewMarkdown()
	md.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(asWritten{}, 1)))
	for range 40000 {
		var src strings.Builder
		for range 1 + r.IntN(24) {
			src.WriteString(parts[r.IntN(len(parts))])
		}
		if strings.Contains(src.String(), "\\  \n") || strings.Contains(src.String(), "\\  \r\n") {
			continue // goldmark alone lets this backslash escape the first sign of the next line, which CommonMark does not
		}
		if strings.Contains(src.String(), "![") && strings.Contains(src.String(), "{{") {
			continue // what a picture is called has no tags
		}
		var want, got bytes.Buffer
		if err := plain.Convert([]byte(src.String()), &want); err != nil {
			t.Fatal(err)
		}
		if err := md.Convert([]byte(src.String()), &got); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Fatalf("%q\nis %q\nand not %q", src.String(), got.String(), want.String())
		}
	}
}

// TestBareText holds letters to what is read in them when all text is looked through for blanks, entities and signs that
// nobody sees.
func TestBareText(t *testing.T) {
	parts := []string{"[Name]", "{amount}", "____", "_", "...", ".", "..", "X", "XX", "XXXX", " .*.*.*.*.*. ", "%(name)s", "((name))", "<Name>", "«Name»", "$", "$[amount]", "#", "@", "…", "&amp;", "&#91;", "&", "\\[", "\\",
		"{{patient_name}}", "**", "**bill**", " **a {{balance_due}}** ", "*", "bill", "a", "é", "’", "\u200b", "\u00ad", "(", ")", "555", " ", " ", "\n", "  \n", "\n\n", "- ", "| a | b |\n|---|---|\n| .", " | "}
	r := rand.New(rand.NewPCG(3, 4))
	d := testDictionary(t)
	for range 20000 {
		var src strings.Builder
		for range 1 + r.IntN(16) {
			src.WriteString(parts[r.IntN(len(parts))])
		}
		got := Parse("x.md", []byte(src.String()), d, "en")
		bare := markdown
		markdown = NewMarkdown()
		want := Parse("x.md", []byte(src.String()), d, "en")
		markdown = bare
		for i := range got.Blocks {
			got.Blocks[i].mayBlank = true
		}
		for i := range want.Blocks {
			want.Blocks[i].mayBlank = true
		}
		if !reflect.DeepEqual(got.Blocks, want.Blocks) || !reflect.DeepEqual(got.Problems, want.Problems) {
			t.Fatalf("%q is read as\n%+v %+v\nand not\n%+v %+v", src.String(), got.Blocks, got.Problems, want.Blocks, want.Problems)
		}
	}
}
