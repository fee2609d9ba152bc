package readability

import (
	"encoding/json"
	"math"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// passage is a text with all that is counted in it.
type passage struct {
	ID        string
	Lang      Language
	Kind      string // "prose" or "markdown"
	Text      string
	LocalOnly bool `toml:"local_only"`
	Scored    []string
	Sentences int
	Tokens    int
	Words     int
	Syllables int
	Poly      int `toml:"polysyllables"`
	Complex   int
	Letters   int
	Long      int
	Accept    []int `toml:"syllables_range"`
	Scores    map[string]float64
}

type vectors struct {
	Formula []struct {
		ID     string
		Counts struct{ Sentences, Tokens, Words, Syllables, Polysyllables int }
		Expect map[string]float64
	}
	Word []struct {
		Lang      Language
		Word      string
		Syllables int
		Accept    []int
	}
	Text    []passage
	Passage []passage
}

func decode[T any](t testing.TB, path string) (v T) {
	t.Helper()
	if _, err := toml.DecodeFile(path, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// allVectors returns the vectors of testdata and, where they are at hand, the
// texts that may not be copied there.
func allVectors(t testing.TB) vectors {
	t.Helper()
	v := decode[vectors](t, "testdata/vectors.toml")
	path := shared + "vectors.toml"
	if _, err := os.Stat(path); err != nil {
		t.Logf("NOT PROVEN: the counts of the local_only texts of vectors.toml: %v", err)
		return v
	}
	for _, p := range decode[vectors](t, path).Text {
		if p.LocalOnly {
			v.Text = append(v.Text, p)
		}
	}
	return v
}

// values returns the scores that are not nil by their keys.
func values(t testing.TB, s Scores) map[string]float64 {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]*float64
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	m := map[string]float64{}
	for key, v := range all {
		if v != nil {
			m[key] = *v
		}
	}
	return m
}

func compareScores(t *testing.T, got, want map[string]float64, tolerance float64) {
	t.Helper()
	for key, w := range want {
		if g, ok := got[key]; !ok || math.Abs(g-w) > tolerance {
			t.Errorf("%s is %.4f (%v), want %.4f", key, g, ok, w)
		}
	}
}

func TestFormulas(t *testing.T) {
	for _, f := range decode[vectors](t, "testdata/vectors.toml").Formula {
		t.Run(f.ID, func(t *testing.T) {
			c := Counts{
				Sentences: f.Counts.Sentences, Tokens: f.Counts.Tokens, Words: f.Counts.Words,
				Syllables: f.Counts.Syllables, Polysyllables: f.Counts.Polysyllables,
			}
			if c.Words == 0 {
				c.Words, c.Tokens = 1, 1 // SMOG does not look at them, but without words there is no score at all
			}
			got := values(t, c.Scores(English))
			for key, v := range values(t, c.Scores(Spanish)) {
				got[key] = v
			}
			compareScores(t, got, f.Expect, 0.01)
		})
	}
}

func TestSyllablesOfWords(t *testing.T) {
	words, equal := map[Language]int{}, map[Language]int{}
	for _, w := range decode[vectors](t, "testdata/vectors.toml").Word {
		got := Syllables(w.Word, w.Lang)
		words[w.Lang]++
		if got == w.Syllables {
			equal[w.Lang]++
		} else if !slices.Contains(w.Accept, got) {
			t.Errorf("%s (%s): %d syllables, want %d or one of %v", w.Word, w.Lang, got, w.Syllables, w.Accept)
		}
	}
	t.Logf("equal: %v of %v", equal, words)
	if equal[Spanish] < words[Spanish] || equal[English]*100 < words[English]*99 {
		t.Error("too few counts are the preferred ones")
	}
}

var fieldPattern = regexp.MustCompile(`\{\{.*?\}\}`)

// block returns text as a block whose merge fields are still template actions.
func block(text string, kind Kind) Block {
	b := Block{Text: text, Kind: kind}
	for _, m := range fieldPattern.FindAllStringIndex(text, -1) {
		b.Fields = append(b.Fields, Span{m[0], m[1]})
	}
	return b
}

// markdownBlocks is as much of Markdown as the passages need.
func markdownBlocks(t testing.TB, source string) []Block {
	t.Helper()
	var blocks []Block
	src := []byte(source)
	err := ast.Walk(goldmark.DefaultParser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkContinue, nil
		}
		kind := Paragraph
		switch n.(type) {
		case *ast.Heading:
			kind = Heading
		case *ast.Paragraph, *ast.TextBlock:
			if _, ok := n.Parent().(*ast.ListItem); ok {
				kind = Item
			}
		default:
			return ast.WalkContinue, nil
		}
		blocks = append(blocks, block(inlineText(n, src), kind))
		return ast.WalkSkipChildren, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func inlineText(n ast.Node, src []byte) string {
	s := ""
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s += string(c.Segment.Value(src))
			if c.SoftLineBreak() || c.HardLineBreak() {
				s += "\n"
			}
		case *ast.AutoLink:
			s += string(c.Label(src))
		default:
			s += inlineText(c, src)
		}
	}
	return s
}

func TestPassages(t *testing.T) {
	v := allVectors(t)
	for _, p := range slices.Concat(v.Text, v.Passage) {
		t.Run(p.ID, func(t *testing.T) {
			if p.Lang == "" {
				p.Lang = English
			}
			blocks := []Block{block(p.Text, Paragraph)}
			if p.Kind == "markdown" {
				blocks = markdownBlocks(t, p.Text)
			}
			checkPassage(t, p, blocks)
		})
	}
}

func checkPassage(t *testing.T, p passage, blocks []Block) {
	t.Helper()
	var c Counts
	var scored []string
	for _, b := range blocks {
		c.Add(Count(b, p.Lang))
		sentences, tokens := Sentences(nil, b.Text, b.Fields, p.Lang), Tokens(nil, b.Text, b.Fields)
		if Scored(b, sentences, tokens) {
			for _, s := range sentences {
				scored = append(scored, b.Text[s.Start:s.End])
			}
		}
	}
	if p.Scored != nil && !slices.Equal(scored, p.Scored) {
		t.Errorf("scored sentences\n%q, want\n%q", scored, p.Scored)
	}
	got := Counts{c.Sentences, c.Tokens, c.Words, c.Syllables, c.Polysyllables, c.Complex, c.Letters, 0, c.Long, 0, 0}
	want := Counts{p.Sentences, p.Tokens, p.Words, p.Syllables, p.Poly, p.Complex, p.Letters, 0, p.Long, 0, 0}
	if got != want {
		t.Errorf("counts\n%+v, want\n%+v", got, want)
	}
	compareScores(t, values(t, c.Scores(p.Lang)), p.Scores, 0.05)
}
