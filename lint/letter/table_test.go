package letter

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// TestTables holds pages to those of goldmark without the reader of tables. Most of the lines are those of tables.
func TestTables(t *testing.T) {
	plain := goldmark.New(goldmark.WithExtensions(extension.Table))
	md := NewMarkdown()
	heads := []string{"| a | b |", "|a|b|", "a | b", "|a|", "| a | b", "||", "|a||", "| `a|b` | c |", "|a\\|b|c|", "  | a | b |", "    |a|b|", "|", "| a | b | "}
	rules := []string{"|---|---|", "|:--|--:|", "| :-: | - |", "---|---", "|---|", "|--|--||", "||--|--|", "|---| |", "|---|---| ", " |---|---|", "|--\t|--|", "|\u00a0--|--|", "|-:-|--|", "|::|--|", "---", "|---|---"}
	rows := []string{"| c | d |", "|c|", "|c|d|e|", "| | d |", "||", "|c||", "c", "c | d", "| **c** | [d](x) |", "| \\| | `d` |", "|   |", "|", "> | c | d |", "- c", "", "# c", "\tc | d", "|c|d"}
	r := rand.New(rand.NewPCG(5, 6))
	tables := 0
	for range 40000 {
		lines := []string{heads[r.IntN(len(heads))], rules[r.IntN(len(rules))]}
		for range r.IntN(4) {
			lines = append(lines, rows[r.IntN(len(rows))])
		}
		if r.IntN(8) == 0 {
			lines[0] = rows[r.IntN(len(rows))] + "\n" + lines[0]
		}
		prefix := []string{"", "", "", "> ", "- ", "-\t"}[r.IntN(6)]
		end := []string{"\n", "\n", "\r\n", "\n" + strings.Trim(prefix, "-\t")}[r.IntN(4)]
		src := []byte(prefix + strings.Join(lines, end) + []string{"", "\n"}[r.IntN(2)])
		var want, got bytes.Buffer
		if err := plain.Convert(src, &want); err != nil {
			t.Fatal(err)
		}
		if err := md.Convert(src, &got); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Fatalf("%q\nis %q\nand not %q", src, got.String(), want.String())
		}
		tables += strings.Count(got.String(), "<table>")
	}
	if tables < 4000 {
		t.Errorf("only %d of the texts have a table", tables)
	}
}
