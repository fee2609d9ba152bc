package letter

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// TestPlainText holds pages to those of goldmark without the parser of plain text.
func TestPlainText(t *testing.T) {
	plain := goldmark.New(goldmark.WithExtensions(extension.Table))
	parts := []string{"*", "_", "**", "`", "[", "](x)", "[x]: y", "!", "![", "\\", "\\ ", "<", ">", "<b>", "<http://a.b>", "  \n", "  \r\n", "\\\n", "\n", "\n\n", "\r\n",
		"\t", " ", " ", " ", "&amp;", "{", "~~", " | ", "\n|-|-|\n", "\n- ", "\n> ", "\n# ", "\n===\n", "’", "“", "\u00a0", "1. ", "a", "bill", "é", "don't", "x_y_z", ".", ",", ":", "(", ")", "\""}
	r := rand.New(rand.NewPCG(1, 2))
	md := NewMarkdown()
	for range 20000 {
		var src strings.Builder
		for range 1 + r.IntN(24) {
			src.WriteString(parts[r.IntN(len(parts))])
		}
		if strings.Contains(src.String(), "\\  \n") || strings.Contains(src.String(), "\\  \r\n") {
			continue // goldmark alone lets this backslash escape the first sign of the next line, which CommonMark does not
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
