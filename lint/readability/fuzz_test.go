package readability

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// seeds returns every text of the tables.
func seeds(f *testing.F) []string {
	texts := []string{"", "a.a.a.", "....", `""""`, "\xff.\x80", "{{ a }}{{ b }}.", "e\u0301. \u0301"}
	s := decode[segmentation](f, "testdata/segmentation.toml")
	for _, c := range s.Sentence {
		texts = append(texts, c.Text)
	}
	for _, c := range s.Token {
		texts = append(texts, c.Text)
	}
	v := decode[vectors](f, "testdata/vectors.toml")
	for _, p := range slices.Concat(v.Text, v.Passage) {
		texts = append(texts, p.Text)
	}
	return texts
}

var bothLanguages = []Language{English, Spanish}

func FuzzTokens(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := block(text, Paragraph)
		pos := 0
		for _, tok := range Tokens(nil, text, b.Fields) {
			if tok.Start < pos || tok.End <= tok.Start || tok.End > len(text) {
				t.Fatalf("token %v after byte %d of %q", tok, pos, text)
			}
			pos = tok.End
		}
		if got, want := len(Tokens(nil, " "+text+"\n", shift(b.Fields, 1))), len(Tokens(nil, text, b.Fields)); got != want {
			t.Errorf("%d tokens with white space around %q, %d without", got, text, want)
		}
	})
}

func FuzzSentences(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := block(text, Paragraph)
		tokens := Tokens(nil, text, b.Fields)
		for _, lang := range bothLanguages {
			sentences := Sentences(nil, text, b.Fields, lang)
			pos, n := 0, 0
			for s, in := range BySentence(sentences, tokens) {
				if s.Start < pos || s.End <= s.Start || s.End > len(text) {
					t.Fatalf("sentence %v after byte %d of %q", s, pos, text)
				}
				if len(in) == 0 || in[len(in)-1].End > s.End {
					t.Errorf("sentence %q has tokens %v", text[s.Start:s.End], in)
				}
				if got := text[s.Start:s.End]; strings.TrimSpace(got) != got {
					t.Errorf("white space around %q", got)
				}
				n += len(in)
				pos = s.End
			}
			Passives(nil, text, sentences, tokens)
			if n != len(tokens) {
				t.Errorf("%d of %d tokens of %q are in sentences", n, len(tokens), text)
			}
		}
	})
}

func FuzzSyllables(f *testing.F) {
	v := decode[vectors](f, "testdata/vectors.toml")
	for _, w := range v.Word {
		f.Add(w.Word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		for _, lang := range bothLanguages {
			n := Syllables(word, lang)
			// w is the only letter of three syllables; ß, æ and their like fold to one.
			if most := 3*utf8.RuneCountInString(word) + 1; n < 1 || n > most {
				t.Errorf("%q (%s) has %d syllables", word, lang, n)
			}
			if curly := Syllables(strings.ReplaceAll(word, "'", "’"), lang); curly != n {
				t.Errorf("%q (%s) has %d syllables, %d with curly apostrophes", word, lang, n, curly)
			}
		}
	})
}

func FuzzCount(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text, "Maria O'Brien")
	}
	f.Fuzz(func(t *testing.T, text, sample string) {
		for _, lang := range bothLanguages {
			b := block(text, Item)
			c := Count(b, lang)
			for key, v := range values(t, c.Scores(lang)) {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%s of %q is %v", key, text, v)
				}
			}
			same := func(what string, d Block) {
				t.Helper()
				if got := Count(d, lang); got != c {
					t.Errorf("%s\n%q has %+v\n%q has %+v", what, text, c, d.Text, got)
				}
			}
			same("white space", respace(b, "  \u00a0"))
			same("soft breaks", respace(b, "\n"))
			same("another sample", resample(b, sample))
			same("no sample", resample(b, ""))
			if len(b.Fields) == 0 {
				same("quotes", Block{Text: straight(text), Kind: Item})
				same("emphasis", Block{Text: "*" + text + "*", Kind: Item})
			}
			sum := c
			sum.Add(c)
			if sum.Tokens != 2*c.Tokens || sum.Syllables != 2*c.Syllables || sum.Squares != 2*c.Squares {
				t.Errorf("counts do not add up: %+v and %+v", c, sum)
			}
			split(t, c, lang)
		}
	})
}

// split checks that a full stop more never makes a text harder.
func split(t *testing.T, c Counts, lang Language) {
	t.Helper()
	before := c.Scores(lang).FKGrade
	c.Sentences++
	if after := c.Scores(lang).FKGrade; before != nil && *after > *before {
		t.Errorf("one sentence more: grade %v after %v", *after, *before)
	}
}

func shift(fields []Span, by int) (shifted []Span) {
	for _, s := range fields {
		shifted = append(shifted, Span{s.Start + by, s.End + by})
	}
	return shifted
}

// rebuild writes a block anew, by what plain and sample make of its parts.
func rebuild(b Block, plain, sample func(string) string) Block {
	var text strings.Builder
	var fields []Span
	pos := 0
	for _, f := range b.Fields {
		text.WriteString(plain(b.Text[pos:f.Start]))
		start := text.Len()
		text.WriteString(sample(b.Text[f.Start:f.End]))
		fields = append(fields, Span{start, text.Len()})
		pos = f.End
	}
	text.WriteString(plain(b.Text[pos:]))
	return Block{Text: text.String(), Fields: fields, Kind: b.Kind}
}

func resample(b Block, sample string) Block {
	return rebuild(b, strings.Clone, func(string) string { return sample })
}

// respace replaces every white space outside fields.
func respace(b Block, space string) Block {
	plain := func(s string) string {
		var out strings.Builder
		for len(s) > 0 {
			r, size := utf8.DecodeRuneInString(s)
			if unicode.IsSpace(r) {
				out.WriteString(space)
			} else {
				out.WriteString(s[:size])
			}
			s = s[size:]
		}
		return out.String()
	}
	return rebuild(b, plain, strings.Clone)
}

func straight(text string) string {
	return strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`).Replace(text)
}
