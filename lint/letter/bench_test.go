package letter

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/yuin/goldmark/text"
)

// packLetters are the letters of the pack and its dictionary.
func packLetters(b *testing.B) (letters [][]byte, dict *Dictionary, bytes int64) {
	b.Helper()
	fields, err := os.ReadFile("../../templates/fields.toml")
	if err != nil {
		b.Fatal(err)
	}
	practice, err := os.ReadFile("../../templates/practice.toml")
	if err != nil {
		b.Fatal(err)
	}
	p, err := ParsePractice("practice.toml", practice)
	if err != nil {
		b.Fatal(err)
	}
	if dict, err = ParseDictionary("fields.toml", fields, p.FactNames()); err != nil {
		b.Fatal(err)
	}
	files, _ := filepath.Glob("../../templates/*/*.md")
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		letters = append(letters, src)
		bytes += int64(len(src))
	}
	return letters, dict, bytes
}

// BenchmarkMarkdown is the floor: goldmark parses the bytes and builds its
// tree, which BenchmarkParse reads.
func BenchmarkMarkdown(b *testing.B) {
	letters, _, bytes := packLetters(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range letters {
			markdown.Parser().Parse(text.NewReader(src))
		}
	}
}

// BenchmarkParse reads letters into blocks, fields and forms.
func BenchmarkParse(b *testing.B) {
	letters, dict, bytes := packLetters(b)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range letters {
			Parse("x.md", src, dict, "en")
		}
	}
}
