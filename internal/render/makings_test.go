package render

import (
	"io/fs"
	"strings"
	"testing"

	"bedside"
	"bedside/lint/letter"
)

// The sample of every letter of the pack is a whole page with a value in every
// place: else a change of how this program writes one would not be seen in it.
func TestSamplesAreWhole(t *testing.T) {
	p := openPack(t)
	letters, err := fs.Glob(bedside.FS, "templates/*/*.md")
	if err != nil || len(letters) == 0 {
		t.Fatal("no letters", err)
	}
	for _, name := range letters {
		src, err := fs.ReadFile(bedside.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		m, err := p.Makings(letter.Parse(name, src, p.dict, "en"))
		if err != nil {
			t.Fatal(err)
		}
		page := string(m.Sample)
		for _, part := range []string{"<main>", "Springfield, OR 97477", "(800) 555-0111", "Jordan"} {
			if !strings.Contains(page, part) {
				t.Errorf("%s: the sample lacks %q", name, part)
			}
		}
		for _, fault := range []string{"{{", "the value of", name} {
			if strings.Contains(page, fault) {
				t.Errorf("%s: the sample has %q", name, fault)
			}
		}
		if strings.Contains(string(src), "\n{{line_items}}") && strings.Count(page, "<td") < len(letter.Columns) {
			t.Errorf("%s: the sample lacks columns of the list", name)
		}
	}
}
