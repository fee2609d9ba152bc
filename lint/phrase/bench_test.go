package phrase

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// vocabularyOf makes n words up; the first ones stand for the common words of a language.
func vocabularyOf(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	var words []string
	for len(words) < n {
		var w []byte
		for range 1 + r.IntN(4) {
			w = append(w, "bcdfglmnprst"[r.IntN(12)], "aeiou"[r.IntN(5)])
		}
		if !seen[string(w)] {
			seen[string(w)] = true
			words = append(words, string(w))
		}
	}
	return words
}

// zipf draws words as texts do: few of them often.
func zipf(r *rand.Rand, words []string) func() string {
	z := rand.NewZipf(r, 1.1, 8, uint64(len(words)-1))
	return func() string { return words[z.Uint64()] }
}

// generated returns n phrases of patterns that look like ours, and a letter of their words with ten hits or so, and as
// many that are excepted.
func generated(n int) ([]Phrase, block) {
	words := vocabularyOf(12000)
	r := rand.New(rand.NewPCG(3, 4))
	next := zipf(r, words)
	phrases := make([]Phrase, n)
	for i := range phrases {
		p := fmt.Sprintf("(%s~|%s|%s) ..3 %s (%s|%s %s)? %s", next(), next(), next(), next(), next(), next(), next(), next())
		if i%5 == 0 {
			p = fmt.Sprintf("%s %s* (%s|%s)", next(), words[r.IntN(len(words))], next(), next())
		}
		phrases[i] = Phrase{Find: []string{p}, Negatable: i%3 == 0}
	}
	for i := range 10 { // ten hits, whatever n
		phrases[i].Find = append(phrases[i].Find, fmt.Sprintf("(%s|%s)", words[2000+i], words[4000+i]))
		phrases[i].Except = []string{fmt.Sprintf("apart from (%s|%s)", words[2000+i], words[4000+i])}
	}
	var text strings.Builder
	var sentences []Span
	next = zipf(rand.New(rand.NewPCG(5, 6)), words) // same words whatever n
	for i := range 25 {
		start := text.Len()
		text.WriteString("We")
		for range 11 {
			text.WriteString(" " + next())
		}
		if i < 10 {
			text.WriteString(" " + words[2000+i] + " apart from " + words[2000+i])
		}
		text.WriteString(".")
		sentences = append(sentences, Span{Start: start, End: text.Len()})
		text.WriteString(" ")
	}
	return phrases, block{text: text.String(), sentences: sentences}
}

func scanAll(b *testing.B, m *Matcher, text block) {
	s := m.Scanner()
	hits := 0
	count := func(Hit) { hits++ }
	s.Scan(text.text, nil, text.sentences, text.marks, count)
	words := len(s.Words())
	b.ReportAllocs()
	hits = 0
	for b.Loop() {
		s.Scan(text.text, nil, text.sentences, text.marks, count)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
	b.ReportMetric(float64(hits)/float64(b.N), "hits")
}

// The cost of a word must hardly grow with the number of phrases.
func BenchmarkScanPhrases(b *testing.B) {
	for _, n := range []int{100, 1000, 3000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			phrases, text := generated(n)
			scanAll(b, compile(b, testEnglish(), phrases...), text)
		})
	}
}

// The cost of a text must grow with its length and no faster.
func BenchmarkScanLength(b *testing.B) {
	phrases, text := generated(1000)
	m := compile(b, testEnglish(), phrases...)
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(times), func(b *testing.B) { scanAll(b, m, text.times(times)) })
	}
}

func (b block) times(n int) block {
	long := block{text: strings.Repeat(b.text, n)}
	for i := range n {
		for _, s := range b.sentences {
			long.sentences = append(long.sentences, Span{Start: s.Start + i*len(b.text), End: s.End + i*len(b.text)})
		}
	}
	return long
}

func BenchmarkCompile(b *testing.B) {
	phrases, _ := generated(2000)
	compileAll(b, testEnglish(), phrases)
}

func compileAll(b *testing.B, lang Language, phrases []Phrase) {
	patterns := 0
	for _, p := range phrases {
		patterns += len(p.Find) + len(p.Except)
	}
	b.ReportAllocs()
	for b.Loop() {
		compile(b, lang, phrases...)
	}
	b.ReportMetric(float64(patterns), "patterns")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(patterns)*2000/1000, "ms/2000")
}
