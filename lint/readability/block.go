package readability

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Kind says what a block is in its letter.
type Kind uint8

// The kinds of blocks. Only paragraphs and items can be scored.
const (
	Paragraph Kind = iota // also one inside a quote
	Item                  // a list item's own paragraph
	Heading
	Cell
	Code
)

// Block is one piece of a letter: its visible text, where a line break of the
// source is a newline, and the ranges of it that show merge fields, sorted and
// disjoint.
type Block struct {
	Text   string
	Fields []Span
	Kind   Kind
}

// The lengths, in tokens, that tell prose from the furniture of a letter.
const (
	longestSalutation = 6
	shortestItem      = 4 // that need not end a sentence
	shortestSentence  = 3 // that is a paragraph of its own
	longestLine       = 6 // of an address or a signature
	shortestProse     = 8
)

// Scored reports whether a block is prose: sentences and not, say, an address,
// a date line, a salutation or a closing. The sentences and tokens are those of
// the block.
func Scored(b Block, sentences []Span, tokens []Token) bool {
	if len(tokens) == 0 || b.Kind != Paragraph && b.Kind != Item {
		return false
	}
	last, ended := b.ending(0, len(b.Text), tokens)
	switch {
	case b.isSalutation(last, tokens):
		return false
	case b.Kind == Item:
		return ended || len(tokens) >= shortestItem
	case ended && len(tokens) >= shortestSentence:
		return true
	case b.isLines(tokens):
		return false
	}
	return len(tokens) >= shortestProse && (len(sentences) > 1 || last != comma)
}

// isSalutation reports whether the block greets someone; last is the sign that
// it ends in.
func (b Block) isSalutation(last kind, tokens []Token) bool {
	if len(tokens) > longestSalutation || last != comma && last != colon || tokens[0].Class != Word {
		return false
	}
	var buf [wordLength]byte
	switch string(fold(buf[:0], b.Text[tokens[0].Start:tokens[0].End])) {
	case "dear", "hello", "hi", "hola",
		"estimado", "estimada", "estimados", "estimadas", "querido", "querida", "queridos", "queridas":
		return true
	}
	return false
}

// isLines reports whether the block is a stack of short lines, as an address
// is, none of which ends a sentence.
func (b Block) isLines(tokens []Token) bool {
	lines := 0
	for begin := 0; len(tokens) > 0; {
		end := b.lineEnd(begin)
		n := 0
		for n < len(tokens) && tokens[n].Start < end {
			n++
		}
		if n > 0 {
			if _, ended := b.ending(begin, end, tokens[:n]); ended || n > longestLine {
				return false
			}
			lines++
		}
		begin, tokens = min(end+1, len(b.Text)), tokens[n:]
	}
	return lines >= 2
}

// lineEnd returns where the line ends that begins at begin. A newline shown by
// a field breaks no line of the source.
func (b Block) lineEnd(begin int) int {
	for {
		end := begin
		for end < len(b.Text) && b.Text[end] != '\n' && (b.Text[end] < utf8.RuneSelf || !strings.HasPrefix(b.Text[end:], "\u2028")) {
			end++
		}
		if end == len(b.Text) {
			return end + 1
		}
		f := b.lastField(end)
		if f.End <= end {
			return end
		}
		begin = min(f.End, len(b.Text))
	}
}

// lastField returns the last field that begins at pos or before, or the zero
// Span. One that shows nothing may stand at the very end.
func (b Block) lastField(pos int) Span {
	i := sort.Search(len(b.Fields), func(i int) bool { return b.Fields[i].Start > pos })
	if i == 0 {
		return Span{}
	}
	return b.Fields[i-1]
}

// ending returns the last sign of a part of the text, less closing quotes,
// brackets and emphasis, and whether it ends a sentence. The full stop of a
// street does not where the part is short enough to be an address.
func (b Block) ending(begin, end int, tokens []Token) (last kind, ended bool) {
	end = min(end, len(b.Text))
	floor := min(max(begin, b.lastField(end).End), end)
	for end > floor {
		r, size := utf8.DecodeLastRuneInString(b.Text[floor:end])
		last = kindOf(r)
		end -= size
		if !last.in(1<<space | 1<<closer | 1<<mark) {
			break
		}
	}
	switch last {
	case shout, ellipsis, colon:
		return last, true
	case stop:
		word := tokens[len(tokens)-1]
		return last, len(tokens) >= shortestProse || word.End != end || !isStreet(b.Text[word.Start:word.End])
	}
	return last, false
}

// isStreet reports whether word is short for a part of a postal address.
func isStreet(word string) bool {
	var buf [wordLength]byte
	switch string(fold(buf[:0], word)) {
	case "st", "ave", "blvd", "rd", "dr", "ln", "ct", "pl", "pkwy", "hwy", "sq", "ter", "apt", "ste", "fl", "rm", "bldg",
		"av", "avda", "col", "n.e", "n.w", "s.e", "s.w", "d.c":
		return true
	}
	return false
}
