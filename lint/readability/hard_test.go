package readability

import (
	"math"
	"testing"
)

// TestShare compares with what was worked out by hand.
func TestShare(t *testing.T) {
	whole := Counts{Sentences: 4, Tokens: 41, Words: 41, Syllables: 53}
	for _, c := range []struct {
		name string
		part Counts
		lang Language
		want float64
		ok   bool
	}{
		// 0.39·41/4 + 11.8·53/41 − 15.59 = 3.6612; of the rest 0.39·36/3 + 11.8·36/36 − 15.59 = 0.89
		{"long words", Counts{Sentences: 1, Tokens: 5, Words: 5, Syllables: 17}, English, 2.7712, true},
		// the rest: 0.39·21/3 + 11.8·33/21 − 15.59 = 5.6829
		{"easier than the rest", Counts{Sentences: 1, Tokens: 20, Words: 20, Syllables: 20}, English, -2.0217, true},
		// 206.835 − 62.3·53/41 − 41/4 = 116.0509; of the rest 206.835 − 62.3·36/36 − 36/3 = 132.535
		{"Spanish", Counts{Sentences: 1, Tokens: 5, Words: 5, Syllables: 17}, Spanish, 16.4841, true},
		{"nothing is left", whole, English, 0, false},
		{"no formula", Counts{Sentences: 1, Tokens: 5, Words: 5, Syllables: 17}, "fr", 0, false},
	} {
		got, ok := whole.Share(c.part, c.lang)
		if ok != c.ok || ok && math.Abs(got-c.want) > 0.0001 {
			t.Errorf("%s: want %.4f, %t, got %.4f, %t", c.name, c.want, c.ok, got, ok)
		}
	}
}

func TestIsHard(t *testing.T) {
	for _, c := range []struct {
		word string
		lang Language
		want bool
	}{
		{"assistance", English, true}, {"Documentation", English, true}, {"necessary", English, true},
		{"payment", English, false}, {"following", English, false}, {"EOB", English, false}, {"sixty-day", English, false},
		{"solicitud", Spanish, true}, {"CIRCUNSTANCIAS", Spanish, true}, {"administración", Spanish, true},
		{"factura", Spanish, false}, {"situación", Spanish, false},
		{"documentation", "fr", false},
	} {
		if got := IsHard(c.word, c.lang); got != c.want {
			t.Errorf("%s (%s): want %t, got %t", c.word, c.lang, c.want, got)
		}
	}
}

// TestCountsOfParts: a block is the sum of its sentences, and a name at the
// start of one is told from a name in the middle.
func TestCountsOfParts(t *testing.T) {
	const text = "Immediate payment of 20 dollars is required by Dr. Hernandez. Assistance is available in Montana."
	sentences, tokens := Sentences(nil, text, nil, English), Tokens(nil, text, nil)
	if len(sentences) != 2 {
		t.Fatalf("want 2 sentences, got %d", len(sentences))
	}
	var sum Counts
	for s, in := range BySentence(sentences, tokens) {
		sum.Add(countProse(text, English, []Span{s}, in, nil))
	}
	if whole := CountTokens(Block{Text: text}, English, sentences, tokens, nil); sum != whole {
		t.Errorf("want the counts of the block, %+v, got %+v", whole, sum)
	}
	for s, in := range BySentence(sentences, tokens) { // CountTokens has been over them
		c := countProse(text, English, []Span{s}, in, nil)
		want := Counts{Sentences: 1, Tokens: c.Tokens, Words: c.Words, Syllables: c.Syllables}
		if got := CountSentence(in); got != want {
			t.Errorf("%q: want %+v, got %+v", text[s.Start:s.End], want, got)
		}
	}
	if sum.Complex != 3 { // Immediate, Assistance, available
		t.Errorf("want 3 complex words, got %d", sum.Complex)
	}
}
