package readability

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Counts are what the formulas are made of, over all scored sentences. Counts
// of two blocks add up.
type Counts struct {
	Sentences     int
	Tokens        int // of every class
	Words         int // word tokens; what follows counts these only
	Syllables     int
	Polysyllables int // of three syllables or more
	Complex       int // by the rules of the fog index; English only
	Letters       int
	Squares       int // sum of the squares of the letters of each word
	Long          int // of more than six letters
	AllTokens     int // also those of blocks that are not scored
}

// Add adds the counts of another block or letter.
func (c *Counts) Add(d Counts) {
	c.Sentences += d.Sentences
	c.Tokens += d.Tokens
	c.Words += d.Words
	c.Syllables += d.Syllables
	c.Polysyllables += d.Polysyllables
	c.Complex += d.Complex
	c.Letters += d.Letters
	c.Squares += d.Squares
	c.Long += d.Long
	c.AllTokens += d.AllTokens
}

// Count counts one block. Of one that is not scored only AllTokens is counted.
func Count(b Block, lang Language) Counts {
	// Room on the stack for most blocks; a longer one costs a few allocations.
	var tokens [128]Token
	var sentences [16]Span
	return CountTokens(b, lang, Sentences(sentences[:0], b.Text, b.Fields, lang), Tokens(tokens[:0], b.Text, b.Fields), nil)
}

// CountTokens is Count for a caller that has the block's sentences and tokens,
// and may have a Memo; nil is none.
func CountTokens(b Block, lang Language, sentences []Span, tokens []Token, memo *Memo) Counts {
	c := Counts{AllTokens: len(tokens)}
	if !Scored(b, sentences, tokens) {
		return c
	}
	c.Sentences, c.Tokens = len(sentences), len(tokens)
	rest := sentences
	for _, t := range tokens {
		first := len(rest) > 0 && t.Start >= rest[0].Start
		if first {
			rest = rest[1:]
		}
		if t.Class == Word {
			c.word(b.Text, t, first, lang, memo)
		}
	}
	return c
}

// word counts one word token; first says that it begins a sentence.
func (c *Counts) word(text string, t Token, first bool, lang Language, memo *Memo) {
	word := text[t.Start:t.End]
	said := word
	if t.End < len(text) && text[t.End] == '.' {
		said = text[t.Start : t.End+1] // it may be an abbreviation
	}
	syllables, letters := memo.count(said, lang)
	c.Words++
	c.Syllables += syllables
	c.Letters += letters
	c.Squares += letters * letters
	if letters > 6 {
		c.Long++
	}
	if syllables >= 3 {
		c.Polysyllables++
		if lang != Spanish && isComplex(word, syllables, first) {
			c.Complex++
		}
	}
}

func countLetters(word string) int {
	n := 0
	for _, r := range word {
		if kindOf(r) == letter {
			n++
		}
	}
	return n
}

// isComplex reports whether a word of three syllables or more is a hard one for
// the fog index (Gunning 1952): not an initialism, not a name, not a word that
// only an ending makes so long, not a compound of short words.
func isComplex(word string, syllables int, first bool) bool {
	var buf [wordLength]byte
	w := fold(buf[:0], word)
	initial, _ := utf8.DecodeRuneInString(word)
	switch {
	case IsInitialism(word) || isDotted(w):
		return false
	case !first && unicode.IsUpper(initial):
		return false
	case bytes.IndexByte(w, '-') < 0:
		return syllables > 3 || !isInflected(w)
	}
	for more := true; more; {
		var part []byte
		part, w, more = bytes.Cut(w, []byte("-"))
		if n := partSyllables(part); n > 3 || n == 3 && !isInflected(part) {
			return true
		}
	}
	return false
}

// isInflected reports whether w ends in -ing, or in an -ed or -es that is a
// syllable.
func isInflected(w []byte) bool {
	stem := w[:max(0, len(w)-2)]
	switch {
	case ends(w, "ing"):
		return true
	case ends(w, "ed"):
		return ends(stem, "t") || ends(stem, "d")
	case ends(w, "es"):
		return hisses(stem)
	}
	return false
}
