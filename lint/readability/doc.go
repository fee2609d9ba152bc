// Package readability counts the sentences, words and syllables of a letter
// and turns the counts into the published readability scores, for English and
// for Spanish.
//
// It scores prose and skips furniture: an address, a date line, a salutation,
// a heading, a table, a signature are not sentences. Numbers, links and merge
// fields lengthen a sentence and say nothing about how hard its words are, so
// sample data never moves a score.
//
// The caller hands over blocks of visible text. Tokens, Sentences and Scored
// are the three steps and can be asked one by one, to show what was counted;
// Count takes them together. Counts of blocks add up to those of the letter.
//
// A score is a hint about the length of words and sentences, not a measure of
// understanding.
package readability

// Language says whose rules for sentences and syllables hold.
type Language string

// Any other language is split by the English rules and gets no scores.
const (
	English Language = "en"
	Spanish Language = "es"
)

// Span is a half-open range of bytes of a block's text.
type Span struct{ Start, End int }
