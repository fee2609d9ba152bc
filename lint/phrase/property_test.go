package phrase

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bedside/lint/readability"
)

// everything is a matcher with every element of the language, whose hits do not depend on upper case.
func everything(t testing.TB) *Matcher {
	return compile(t, testEnglish(),
		Phrase{Find: []string{"(take~|pursue~) ..3 legal (action|steps)", "sue~ you"}, Negatable: true},
		Phrase{Find: []string{"(send~|turn~ over) ..6 (collection agency|collections)"}, Except: []string{"not ..6 collections"}},
		Phrase{Find: []string{"within # (days|hours)", "by #date"}, FirstPerson: true},
		Phrase{Find: []string{"delinquen* (account|bill)?", "^(warning|alert) :"}},
		Phrase{Find: []string{"#money", "#phone", "#email", "#url", "#ddd-dd-dddd"}},
		Phrase{Find: []string{"acción ..9 su (cuenta|señal)", "a.m.", "(please)? don't (pay|wait)"}},
	)
}

var samples = []string{
	"We may take further legal action, and we'll sue you. We will not sue you.",
	"If you do not pay, we turn over your account, all of it, to a collection agency; don't wait.",
	"Warning: your delinquent account is due within 10 days, or by May 5, 2026. Please don’t pay $1,250.00 by 5 de mayo de 2026.",
	"Call (903) 555-0171 or 1-800-555-0100, write to billing-office@example.org, see https://pay.example.org/a?b=c (8:30 a.m.)",
	"La acción judicial contra su cuenta, o acción contra la señal; SSN 123-45-6789, {{x:money}} and {{y}}.",
}

// TestSameHits changes what a reader does not read and expects the same hits.
func TestSameHits(t *testing.T) {
	m := everything(t)
	between := func(letter string) func(string) string { // puts it between any two letters of words, not of addresses
		return func(s string) string {
			var out strings.Builder
			for _, w := range strings.SplitAfter(s, " ") {
				for i, r := range w {
					before, _ := utf8.DecodeLastRuneInString(w[:i])
					if i > 0 && !strings.ContainsAny(w, "@/.0123456789") && letterAt(w[i:]) && letterAt(string(before)) {
						out.WriteString(letter)
					}
					out.WriteRune(r)
				}
			}
			return out.String()
		}
	}
	replace := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	for name, change := range map[string]func(string) string{
		"upper case":       replace(asciiCase(-1)...),
		"lower case":       replace(asciiCase(1)...),
		"decomposed":       norm.NFD.String,
		"composed":         norm.NFC.String,
		"soft hyphens":     between("\u00ad"),
		"zero width":       between("\u200b"),
		"grapheme joiners": between("\u034f"),
		"selectors":        between("\ufe0f"),
		"no-break spaces":  replace(" ", "\u00a0"),
		"more white space": replace(" ", " \t\r "),
		"wrapped lines":    replace(" ", "\n"),
		"thin spaces":      replace(" ", "\u202f"),
		"curly":            replace("'", "’"),
		"straight":         replace("’", "'"),
		"hard hyphens":     replace("-", "‑"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, text := range samples {
				if name == "hard hyphens" && strings.Contains(text, "@") {
					continue // an address has ASCII hyphens
				}
				plain := prose(text, nil)
				changed := change(plain.text)
				b := block{text: changed}
				if got, want := phrasesOf(b.hits(m)), phrasesOf(block{text: plain.text}.hits(m)); !slices.Equal(got, want) {
					t.Errorf("hits %v, want %v in %q", got, want, changed)
				}
			}
		})
	}
}

// TestInvisible compares with the definition of UAX #44.
func TestInvisible(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		no := unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark) || 0xfff9 <= r && r <= 0xfffb || 0x13430 <= r && r <= 0x13440
		want := !no && unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
		if Invisible(r) != want {
			t.Errorf("%U: %v, want %v", r, !want, want)
		}
	}
}

// asciiCase returns pairs for a Replacer to lower (1) or upper (-1) case.
func asciiCase(to int) (pairs []string) {
	for c := 'a'; c <= 'z'; c++ {
		pair := []string{string(c - 'a' + 'A'), string(c)}
		if to < 0 {
			slices.Reverse(pair)
		}
		pairs = append(pairs, pair...)
	}
	return pairs
}

// FuzzScan scans any text, cut into sentences and marks at any place.
func FuzzScan(f *testing.F) {
	for i, s := range samples {
		f.Add(prose(s, nil).text, uint8(7*i), uint8(5*i))
	}
	for _, s := range []string{"", "\xff$5\xc3", "a.b@c.d-@e", "(903)555-0171(903)5", "https://", "1-2.3,4:5/", "'’'don't'", "n\u0303\u00ad5 de de 2026", ": :a:"} {
		f.Add(s, uint8(3), uint8(0))
	}
	m := everything(f)
	memo := &readability.Memo{Known: m.Known}
	f.Fuzz(func(t *testing.T, text string, sentence, mark uint8) {
		b := cutAnywhere(text, int(sentence), int(mark))
		s := m.Scanner()
		var hits, again []Hit
		s.Scan(b.text, nil, b.sentences, b.marks, func(h Hit) { hits = append(hits, h) })
		checkWords(t, text, s.Words())
		for i, h := range hits {
			switch {
			case h.Start < 0 || h.Start >= h.End || h.End > len(text):
				t.Errorf("hit %v outside the text", h)
			case !boundary(text, h.Start) || !boundary(text, h.End):
				t.Errorf("hit %v within a character", h)
			case h.Sentence >= len(b.sentences):
				t.Errorf("hit %v in no sentence", h)
			case i > 0 && (h.Start < hits[i-1].Start || h.Start == hits[i-1].Start && h.Phrase <= hits[i-1].Phrase):
				t.Errorf("hit %v after %v", h, hits[i-1])
			}
		}
		s.Scan(b.text, nil, b.sentences, b.marks, func(h Hit) { again = append(again, h) })
		if !slices.Equal(hits, again) {
			t.Errorf("hits %v the first time, %v the second", hits, again)
		}
		words := slices.Clone(s.Words())
		for _, fields := range [][]Span{nil, b.spans()} {
			again = nil
			s.Scan(b.text, tokensOf(memo, b, fields), b.sentences, b.marks, func(h Hit) { again = append(again, h) })
			if !slices.Equal(hits, again) || !slices.Equal(words, s.Words()) {
				t.Errorf("hits %v and words %v without tokens, %v and %v with them", hits, words, again, s.Words())
			}
		}
	})
}

// spans are the places of the marks.
func (b block) spans() (spans []Span) {
	for _, m := range b.marks {
		spans = append(spans, Span{Start: m.Start, End: m.End})
	}
	return spans
}

// tokensOf are the tokens of a text, whose words have been looked up.
func tokensOf(memo *readability.Memo, b block, fields []Span) []readability.Token {
	tokens := readability.Tokens(nil, b.text, fields)
	rb := readability.Block{Text: b.text, Fields: fields, Kind: readability.Paragraph}
	whole := []Span{{Start: 0, End: len(b.text)}}
	readability.CountTokens(rb, readability.English, whole, tokens, memo)
	return tokens
}

// The tokens of a text tell the scanner its words, most of them without a look.
func TestTokensSpareTheLookUp(t *testing.T) {
	m := everything(t)
	text := "Please pay the bill today. We will not send your account to anyone."
	for _, tok := range tokensOf(&readability.Memo{Known: m.Known}, block{text: text}, nil) {
		if want := m.find([]byte(strings.ToLower(text[tok.Start:tok.End]))) + 1; word(tok.Known) != want {
			t.Errorf("%q is known as %d, want %d", text[tok.Start:tok.End], tok.Known, want)
		}
	}
	for _, said := range []string{"don't", "día", "8th", "co-pay", "U.S"} {
		if n := m.Known(said); n != 0 {
			t.Errorf("%q is known as %d: the tokenizer may cut it in another way", said, n)
		}
	}
}

// checkWords checks that words stand in the text one after the other.
func checkWords(t *testing.T, text string, words []Word) {
	t.Helper()
	end := 0
	for _, w := range words {
		if w.Start < end || w.End < w.Start || w.End > len(text) || !boundary(text, w.Start) || !boundary(text, w.End) {
			t.Errorf("word %d to %d after %d in %d bytes", w.Start, w.End, end, len(text))
		}
		end = w.End
	}
}

// boundary reports whether a character begins at i. In broken text any byte that begins none counts as one.
func boundary(text string, i int) bool {
	return i == len(text) || utf8.RuneStart(text[i]) || !utf8.ValidString(text)
}

// cutAnywhere makes sentences and marks about so many characters long.
func cutAnywhere(text string, sentence, mark int) block {
	b := block{text: text}
	start, n := 0, 0
	for i := range text {
		if n++; sentence > 0 && n%sentence == 0 {
			b.sentences = append(b.sentences, Span{Start: start, End: i})
			start = i
		}
		if mark > 1 && n%(2*mark) == 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			end := i + size
			end += len(text[end:]) - len(strings.TrimLeft(text[end:], "aeiou $15"))
			b.marks = append(b.marks, Mark{Start: i, End: end, Type: []string{"money", "", "name"}[n%3]})
		}
	}
	b.marks = slices.CompactFunc(b.marks, func(a, b Mark) bool { return b.Start < a.End })
	return b
}

// FuzzCompile compiles any pattern: it is refused with a place inside it, or it is matched without trouble.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{"(a|b c|d~)? ..5 #money x*", "^a : #", "#d13..19", "((a|b)? c|(d|[name])) e", "#dAA-dd", "a.b 8:30 $5 0%", "(a ..3|b) c"} {
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, pattern string, written bool) {
		m, err := Compile(testSpanish(), []Phrase{{Find: []string{pattern}, Case: written}})
		if err != nil {
			for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
				if e := e.(*PatternError); e.Offset < 0 || e.Offset > len(pattern) || e.Error() == "" {
					t.Errorf("%q: offset %d", pattern, e.Offset)
				}
			}
			return
		}
		for _, s := range append(samples, pattern) {
			block{text: s}.hits(m)
		}
	})
}

// TestRepetition gives the matcher what makes backtracking explode.
func TestRepetition(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"a ..9 a ..9 a ..9 a ..9 a ..9 b"}})
	text := strings.Repeat("a ", 20_000)
	hits := block{text: text + "b"}.hits(m)
	if len(hits) != 1 || hits[0].Start != len(text)-10 {
		t.Errorf("got %v, want one hit at the end", hits)
	}
}

// TestManyScanners shares a matcher.
func TestManyScanners(t *testing.T) {
	m := everything(t)
	want := fmt.Sprint(prose(samples[0], nil).hits(m))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 50 {
				if got := fmt.Sprint(prose(samples[0], nil).hits(m)); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	wait.Wait()
}

// TestNoAllocations holds for a warm scanner.
func TestNoAllocations(t *testing.T) {
	m := everything(t)
	s := m.Scanner()
	b := prose(strings.Join(samples, " "), nil)
	hit := func(Hit) {}
	if n := testing.AllocsPerRun(20, func() { s.Scan(b.text, nil, b.sentences, b.marks, hit) }); n != 0 {
		t.Errorf("%v allocations a scan", n)
	}
}

// TestAgainstNaive compares the index and the walk from anchors with trying every sequence at every word.
func TestAgainstNaive(t *testing.T) {
	words := strings.Fields("a b c d e f g ab abc abd bend")
	r := rand.New(rand.NewPCG(7, 8))
	ends := strings.Split("a,b,c,d,e,ab,abc,ab*,be*,#,[name],(a|b),(c|d e),(a|#|f g),(b|ab*)?,d~", ",")
	signs := append(strings.Split("..1,..2,..,..4,c?,(a|e ..1)?,(f|..2 g)", ","), ends...)
	pattern := func(n int) string {
		return random(r, ends, 1) + " " + random(r, signs, n) + " " + random(r, ends, 1)
	}
	crowd := vocabularyOf(200) // so many that words share bits in signatures
	words = append(words, crowd[:20]...)
	compared, found := 0, 0
	for range 300 {
		phrases := []Phrase{{Find: []string{"(" + strings.Join(crowd, "|") + ") c"}}}
		for range 1 + r.IntN(6) {
			phrases = append(phrases, Phrase{Find: []string{pattern(r.IntN(4)), random(r, ends, 1)}, Except: []string{pattern(1)}})
		}
		m, err := Compile(testSpanish(), phrases)
		if err != nil {
			continue // a pattern that may be without any word
		}
		b := prose(strings.ReplaceAll(random(r, append(words, "7", "Abe", ",", "; e"), 40), "7", "{{n:integer}}"), nil)
		hits := naive(m.Scanner(), b)
		found += len(hits)
		want := fmt.Sprint(hits)
		if got := fmt.Sprint(b.hits(m)); got != want {
			t.Errorf("%v\nin %s\n got %s\nwant %s", phrases, b.text, got, want)
		}
		compared++
	}
	if compared < 200 || found < 1000 {
		t.Errorf("only %d comparisons with %d hits", compared, found)
	}
}

// TestExceptionsAgainstNaive compares the sweep over exceptions with trying each for every match.
func TestExceptionsAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	some := func() (out []match) {
		for range r.IntN(12) {
			first := r.Int32N(20)
			out = append(out, match{phrase: r.Int32N(3), first: first, last: first + r.Int32N(6)})
		}
		return out
	}
	dropped := 0
	for range 2000 {
		s := Scanner{matches: some(), excepts: some()}
		slices.SortFunc(s.matches, byStart)
		var want []match
		for _, h := range s.matches {
			if !slices.ContainsFunc(s.excepts, func(e match) bool { return e.phrase == h.phrase && e.first <= h.first && h.last <= e.last }) {
				want = append(want, h)
			}
		}
		dropped += len(s.matches) - len(want)
		if s.dropExcepted(); !slices.Equal(s.matches, want) {
			t.Fatalf("%v less those inside %v is %v, want %v", s.matches, s.excepts, s.matches, want)
		}
	}
	if dropped < 1000 {
		t.Errorf("only %d matches inside an exception", dropped)
	}
}

// TestManyExceptions: eight times the exceptions take some eight times as long, not sixty-four.
func TestManyExceptions(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"arrest"}, Except: []string{"cardiac arrest"}})
	s := m.Scanner()
	best := func(text string) time.Duration {
		least := time.Hour
		for range 5 {
			start := time.Now()
			s.Scan(text, nil, nil, nil, func(h Hit) { t.Errorf("hit %v", h) })
			least = min(least, time.Since(start))
		}
		return least
	}
	text := strings.Repeat("cardiac arrest ", 2000)
	if few, many := best(text), best(strings.Repeat(text, 8)); many > 24*few {
		t.Errorf("2,000 exceptions take %v and 16,000 take %v", few, many)
	}
}

func random(r *rand.Rand, words []string, n int) string {
	var s []string
	for range n {
		s = append(s, words[r.IntN(len(words))])
	}
	return strings.Join(s, " ")
}

func naive(s *Scanner, b block) (hits []Hit) {
	s.cut(b.text, nil, b.sentences, b.marks)
	for _, q := range s.m.sequences {
		items := s.m.items[q.items.from:q.items.to]
		list := &s.matches
		if q.except {
			list = &s.excepts
		}
		for first := range s.words {
			if !s.contains(&s.m.sets[items[0].set], &s.words[first]) {
				continue
			}
			for _, last := range s.naiveEnds(items[1:], first) {
				*list = append(*list, match{q.phrase, int32(first), int32(last), s.slack(first, last, len(items)), q.plain})
			}
		}
	}
	s.report(func(h Hit) { hits = append(hits, h) })
	return hits
}

func (s *Scanner) naiveEnds(items []item, last int) (ends []int) {
	if len(items) == 0 {
		return []int{last}
	}
	for i := last + 1; i < len(s.words) && i <= last+1+int(items[0].gap) && s.words[i].joint&^items[0].pass == 0; i++ {
		if s.contains(&s.m.sets[items[0].set], &s.words[i]) {
			ends = append(ends, s.naiveEnds(items[1:], i)...)
		}
	}
	return ends
}
