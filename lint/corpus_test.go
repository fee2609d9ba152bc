package lint

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// corpus is where labelled letters of other people lie, beside the
// repository: their licences are not known, so they are not part of it.
const corpus = "../../shared/corpus/real"

// checkCorpus checks the labelled letters.
func checkCorpus(t *testing.T, p *Pack) []*Result {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(corpus, "*.md"))
	if len(files) == 0 {
		t.Skipf("NOT PROVEN: agreement with labelled letters: %s is not here", corpus)
	}
	var results []*Result
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, p.Check(filepath.Base(f), src))
	}
	return results
}

// TestCorpus measures agreement with the labels, and holds what was reached.
func TestCorpus(t *testing.T) {
	p := openPack(t)
	results := checkCorpus(t, p)
	score, faults := p.Score(slices.Values(results))
	for _, err := range faults {
		t.Error(err)
	}
	for _, d := range score.Disagreements {
		rule := ""
		if d.Rule != nil {
			rule = d.Rule.ID
		}
		t.Logf("%s:%d: %s %s %s %q", d.Letter.Path, d.Letter.Position(d.Span.Start).Line, d.Kind, d.Label, rule, d.Text)
	}
	all := &score.All
	if score.Labelled != len(results) || len(score.Languages) != 2 {
		t.Errorf("%d of %d letters labelled, in %d languages; want all, in 2", score.Labelled, len(results), len(score.Languages))
	}
	if all.Harsh.Right < all.Harsh.Of {
		t.Errorf("%d of %d harsh letters found", all.Harsh.Right, all.Harsh.Of)
	}
	if p, r, f1 := all.Phrases.Precision(), all.Phrases.Recall(), all.Phrases.F1(); f1 == nil || *p < 0.90 || *r < 0.90 || *f1 < 0.93 {
		t.Errorf("harsh phrases: %+v; want a precision and a recall of 0.90 and an F1 of 0.93", all.Phrases.Tally)
	}
	if c := all.Categories; c.Right*10 < c.Of*9 {
		t.Errorf("the category is right in %d of %d phrases, want nine of ten", c.Right, c.Of)
	}
	if len(all.Elements) != 9 {
		t.Errorf("%d elements, want the nine of the guidelines", len(all.Elements))
	}
	for _, e := range all.Elements {
		if f1 := e.F1(); f1 == nil || *f1 < 0.93 {
			t.Errorf("element %s: %+v, want an F1 of 0.93", e.Rule.Label, e.Tally)
		}
	}
	for _, res := range results {
		for _, f := range res.Findings {
			if res.Letter.Meta.Overall == kindLetter && f.Rule.harsh() && f.Severity > Note {
				t.Errorf("%s in the compassionate letter %s: %q", f.Rule.ID, res.Path, f.Text)
			}
		}
	}
	t.Logf("%+v", *all)
}
