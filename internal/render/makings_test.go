package render

import (
	"strings"
	"testing"

	"bedside/lint/letter"
)

// The sample of every letter of the pack is a whole page with a value in every
// place: else a change of how this program writes one would not be seen in it.
func TestSamplesAreWhole(t *testing.T) {
	p := openPack(t)
	for _, l := range packLetters(t, p) {
		m, err := p.Makings(l)
		if err != nil {
			t.Fatal(err)
		}
		page := string(m.Sample)
		for _, part := range []string{"<main>", "Springfield, OR 97477", "(800) 555-0111", "Jordan"} {
			if !strings.Contains(page, part) {
				t.Errorf("%s: the sample lacks %q", l.Path, part)
			}
		}
		for _, fault := range []string{"{{", "the value of", l.Path} {
			if strings.Contains(page, fault) {
				t.Errorf("%s: the sample has %q", l.Path, fault)
			}
		}
		if strings.Contains(string(l.Src), "\n{{line_items}}") && strings.Count(page, "<td") < len(letter.Columns) {
			t.Errorf("%s: the sample lacks columns of the list", l.Path)
		}
	}
}
