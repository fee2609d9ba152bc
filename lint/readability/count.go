package readability

import (
	"bytes"
	"strings"
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
	traits        traits
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
	c.traits |= d.traits
}

// Capitals reports whether one of the words is in capitals.
func (c *Counts) Capitals() bool { return c.traits&capitals != 0 }

// Passive reports whether there may be a passive verb group among the words.
func (c *Counts) Passive() bool { return c.traits&helper != 0 && c.traits&participle != 0 }

// Count counts one block. Of one that is not scored only AllTokens is counted.
func Count(b Block, lang Language) Counts {
	// Room on the stack for most blocks; a longer one costs a few allocations.
	var tokens [128]Token
	var sentences [16]Span
	return CountTokens(b, lang, Sentences(sentences[:0], b.Text, b.Fields, lang), Tokens(tokens[:0], b.Text, b.Fields), nil)
}

// CountTokens is Count for a caller that has the block's sentences and tokens,
// and may have a Memo; nil is none. As it looks up every word anyway it notes
// in the tokens of a scored block what Passives and CountSentence want to know.
func CountTokens(b Block, lang Language, sentences []Span, tokens []Token, memo *Memo) Counts {
	if !Scored(b, sentences, tokens) {
		return Counts{AllTokens: len(tokens)}
	}
	return countProse(b.Text, lang, sentences, tokens, memo)
}

// countProse counts sentences of the text of a scored block, all of them or
// some, with their tokens.
func countProse(text string, lang Language, sentences []Span, tokens []Token, memo *Memo) Counts {
	c := Counts{Sentences: len(sentences), Tokens: len(tokens), AllTokens: len(tokens)}
	var forgotten wordFacts // of a word that memo does not take
	rest := sentences
	for i := range tokens {
		t := &tokens[i]
		place := later
		if len(rest) > 0 && t.Start >= rest[0].Start {
			place = opening
			rest = rest[1:]
		}
		if t.Class != Word {
			continue
		}
		end := t.End
		if end < len(text) && text[end] == '.' {
			end++ // it may be an abbreviation
		}
		w := memo.facts(text, t.Start, end, lang)
		if w == nil {
			forgotten = factsOf(text[t.Start:end], lang)
			w = &forgotten
		}
		c.Words++
		c.Syllables += int(w.syllables)
		c.Polysyllables += int(w.polysyllable)
		c.Complex += int(w.complex[place])
		c.Letters += int(w.letters)
		c.Squares += int(w.letters) * int(w.letters)
		c.Long += int(w.long)
		c.traits |= w.traits
		t.traits, t.syllables, t.Known = w.traits, w.syllables, w.known
	}
	return c
}

// CountSentence counts as much of one sentence as Share asks for. CountTokens
// has been over its tokens.
func CountSentence(tokens []Token) Counts {
	c := Counts{Sentences: 1, Tokens: len(tokens)}
	for i := range tokens {
		if tokens[i].Class == Word {
			c.Words++
			c.Syllables += int(tokens[i].syllables)
		}
	}
	return c
}

// The places of a word in its sentence.
const (
	later   = iota
	opening // the first word, whose capital does not make it a name
)

// traits are what else is asked of a word; all but the last of English ones only.
type traits uint8

const (
	heard      traits = 1 << iota // it was looked up for what it does in a passive verb group
	helper                        // it is a form of be or get
	participle                    // it is a past participle, not better read as an adjective
	between                       // it may stand between the two
	capitals                      // it is in capitals, see IsCapitals
)

// wordFacts are what a word adds to the counts, and its traits. Whether it is counted is a number, so that it is added without asking:
// which words are long or hard no processor foresees.
type wordFacts struct {
	syllables, letters uint32
	polysyllable, long uint8    // 1 or 0
	complex            [2]uint8 // 1 or 0, by its place; English only
	traits             traits
	known              uint16 // see Memo.Known
}

// factsOf counts a word token, on which may be the full stop that follows it.
func factsOf(said string, lang Language) wordFacts {
	word := strings.TrimSuffix(said, ".")
	syllables, letters := Syllables(said, lang), countLetters(word)
	facts := wordFacts{syllables: uint32(syllables), letters: uint32(letters)}
	if letters > 6 {
		facts.long = 1
	}
	if syllables >= 3 {
		facts.polysyllable = 1
	}
	if IsCapitals(word) {
		facts.traits = capitals
	}
	if lang == Spanish {
		return facts
	}
	facts.traits |= voiceOf(word)
	if syllables >= 3 && isComplex(word, syllables) {
		facts.complex[opening] = 1
		if initial, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(initial) {
			facts.complex[later] = 1 // else it is a name
		}
	}
	return facts
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

// isComplex reports whether a word of three syllables or more, which is no
// name, is a hard one for the fog index (Gunning 1952): not an initialism, not
// a word that only an ending makes so long, not a compound of short words.
func isComplex(word string, syllables int) bool {
	var buf [wordLength]byte
	w := fold(buf[:0], word)
	switch {
	case IsInitialism(word) || isDotted(w):
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
