// Package phrase finds phrases in prose: patterns made of words, compiled into one matcher that reads a text once.
//
// A pattern is written for reviewers, not for programmers; it is a sequence of items with spaces between them:
//
//	word          that word, whole; case, accents (except ñ) and the style of apostrophes do not count
//	word~         any inflected form of it
//	word*         any word that begins so
//	(a|b c|d~)    any of these, each a sequence of items
//	x?            the word or group before may be missing
//	..  ..5       up to 3 (or 1 to 9) words in between
//	#             a number, an amount, a date, a phone number
//	#money #date #phone #email #url    only that
//	#ddd-dd-dddd  a number of exactly that shape (d a digit, A a capital letter); #d13..19 so many digits
//	{list}        any of what the language lists under that name
//	[name]        a name: a capitalised word or a field that holds one
//	:             a colon follows the word before
//	^x            x at the start of a sentence, a block or a line; a line break before a small letter is white space
//
// Words are what the tokenizer says they are, for patterns and for texts alike: "final-notice" is two words,
// "$1,250.00" and "(903) 555-0171" are one each. A match stays inside a sentence. Between neighbours there may be white
// space, hyphens, slashes and quotes; only a gap runs over a comma or a bracket; nothing runs over a dash or a semicolon.
//
// # How it works
//
// Compile writes every pattern out into sequences without alternatives, each item a set of words, and files each
// sequence under its rarest item, the anchor. Scan cuts the text into words, looks each up once, and where a word is an
// anchor checks the sequence to its left and right. Words that anchor nothing, which is half of them, cost a look-up.
// Of the sequences under the others nine in ten are turned away by a glance at signatures: 64 bits that tell which
// words may be next to the anchor and which must be about. With all that a word of a letter costs some 250 cycles, so
// the data is kept small and side by side: keys are packed into two machine words, what a glance needs lies together.
package phrase

import (
	"errors"
	"fmt"

	"bedside/lint/readability"
)

// Language is what one language needs to bend and to deny words. The lists hold patterns, mostly single words.
type Language struct {
	Name    string              // "en" and "es" also bend regular words; in other languages word~ knows Inflect only
	Inflect map[string][]string // every form of an irregular word, by base word
	Lists   map[string][]string // what {name} stands for: patterns, by name

	Negators    []string // "not", "never", "instead of": cancel a negatable hit that follows in the same clause ...
	Window      int      // ... at most so many words on
	Subjects    []string // ... unless one of these stands between,
	Traps       []string // ... or the negator begins one of these ("not hesitate")
	ClauseWords []string // "if", "because": begin a clause, as most punctuation does

	Openers  []string // "we", "our office": begin a clause in which the office speaks of itself; "*remos" is any word ending so
	BrokenBy []string // "expect", "hear from": the clause asks something of the reader after all
}

// Phrase is a set of patterns that are reported as one.
type Phrase struct {
	Find        []string
	Except      []string // a hit that lies inside a match of one of these is dropped
	Negatable   bool     // a negator cancels a hit: "we will not take legal action"
	FirstPerson bool     // no hit where the office speaks of itself: "we will answer within 10 days"
	Case        bool     // words match as written: "FAP" is not "fap"
}

// PatternError says what is wrong with one pattern.
type PatternError struct {
	Phrase  int    // index into the phrases, or -1 for a pattern of the Language
	Pattern string // as written
	Offset  int    // byte of Pattern where the trouble is
	Message string // what is wrong and the way out, lower case
}

func (e *PatternError) Error() string {
	return fmt.Sprintf("pattern %q, at %q: %s", e.Pattern, e.Pattern[e.Offset:], e.Message)
}

// Span is a half-open range of bytes of the text.
type Span = readability.Span

// Kind is what a Mark stands for.
type Kind uint8

const (
	Field  Kind = iota // a merge field, or a blank to fill in
	Opaque             // code and the like: matches nothing, but counts as a word in a gap
)

// Mark is a range of the text that is one word whatever its letters are. Marks are sorted, not empty, and do not overlap.
type Mark struct {
	Start, End int
	Kind       Kind
	Type       string // of a Field: "money", "date", "name" ...; "" when unknown
}

// Hit is a phrase found in the text, bytes Start to End.
type Hit struct {
	Phrase     int // index into the phrases given to Compile
	Start, End int
	Sentence   int // index into the sentences given to Scan; -1 outside them
}

// Matcher holds compiled phrases. It does not change and may be shared between goroutines.
type Matcher struct {
	vocabulary
	phrases   []traits
	sequences []sequence // of the phrases
	items     []item     // of all sequences
	sets      []set      // of all items
	members   []word     // of all sets
	extras    []extra    // of the sets that have any; the first is none
	anchors   index
	clauses
}

// traits are what becomes of the matches of a phrase.
type traits struct{ negatable, firstPerson bool }

// Compile returns the matcher of the phrases, or all their errors joined, each a *PatternError.
func Compile(lang Language, phrases []Phrase) (*Matcher, error) {
	c := newCompiler(lang, phrases)
	for i, p := range phrases {
		c.m.phrases = append(c.m.phrases, traits{p.Negatable, p.FirstPerson})
		find := sequence{phrase: int32(i)}
		for _, pattern := range p.Find {
			c.m.sequences = c.pattern(c.m.sequences, pattern, find, p.Case)
		}
		except := sequence{phrase: int32(i), except: true}
		for _, pattern := range p.Except {
			c.m.sequences = c.pattern(c.m.sequences, pattern, except, p.Case)
		}
	}
	c.clauses()
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	c.close()
	return c.m, nil
}
