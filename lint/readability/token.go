package readability

import "strings"

// Class says what a token counts for. Every token lengthens its sentence; only
// a Word has syllables and letters.
type Class uint8

// The classes of tokens.
const (
	Word    Class = iota
	Number        // has a digit: $1,250.00, 24/7, 2nd, W-9
	Field         // a merge field and what is glued to it
	Address       // a link or mail address
)

// Token is one unit of a sentence's length, without the punctuation around it.
type Token struct {
	Start, End int
	Class      Class
	traits     traits // once it has been looked up, as what follows
	Known      uint16 // what Memo.Known says of the word; 0 if it has not been asked
	syllables  uint32
}

// The kinds that decide how a run of characters without a space is cut.
const (
	tokenFirst   = set(1<<letter | 1<<digit | 1<<currency | 1<<field)
	tokenLast    = set(1<<letter | 1<<digit | 1<<percent | 1<<field)
	visible      = set(1<<letter | 1<<digit | 1<<field)
	hardSplitter = set(1<<emDash | 1<<ellipsis)
	softSplitter = set(1<<enDash | 1<<slash)
)

// Tokens appends the tokens of text to dst. The fields are sorted, disjoint
// ranges of text, each of them one unit whatever it shows.
func Tokens(dst []Token, text string, fields []Span) []Token {
	s := scanner{text: text, fields: fields}
	for s.more() {
		start := s.pos
		if end := s.plainWord(); end > 0 {
			dst = append(dst, Token{}) // as most are
			t := &dst[len(dst)-1]      // filled in place: a Token put together elsewhere would be copied, and the copy wait for its fields
			t.Start, t.End = start, end
			continue
		}
		begin := s
		p := s.measure()
		if p.splits {
			dst = splitHard(dst, begin.until(s.pos, s))
		} else {
			dst = p.token(dst)
		}
		if s.pos < len(text) && !s.atField() {
			s.next() // the space that ended the chunk
		}
	}
	return dst
}

// plainWord reads a word and the white space after it, and returns where the
// word ends. It knows the words that are most of a text: letters, an
// apostrophe or hyphen between them, perhaps one sign behind them. If
// something else is next it reads nothing and returns 0, and measure, which
// knows all there can be, has to look.
func (s *scanner) plainWord() int {
	text, limit := s.text, s.limit()
	end := s.pos
	for part := end; ; part = end {
		end = lettersEnd(text, end, limit)
		for end+1 < limit && text[end] == 0xC3 && isLatinLetter(text[end+1]) {
			end = lettersEnd(text, end+2, limit)
		}
		if end <= part {
			return 0
		}
		if s.whiteAt(end, limit) {
			s.pos = min(end+1, limit)
			return end
		}
		if end == limit {
			return 0
		}
		switch c := text[end]; c {
		case '.', ',', ';', ':', '!', '?', ')', '"':
			if www := c == '.' && end == s.pos+3; www || !s.whiteAt(end+1, limit) {
				return 0
			}
			s.pos = min(end+2, limit)
			return end
		case '\'', '-':
			end++
		case 0xE2:
			if !strings.HasPrefix(text[end:], "’") {
				return 0
			}
			end += len("’")
		default:
			return 0
		}
	}
}

// whiteAt reports whether a space, a line break or the end of the text is at
// pos, and no field; limit is that of s.
func (s *scanner) whiteAt(pos, limit int) bool {
	if pos < limit {
		return s.text[pos] == ' ' || s.text[pos] == '\n'
	}
	return len(s.fields) == 0
}

// isLatinLetter reports whether c stands after 0xC3 in a letter: they are the
// letters from À to ÿ, and two signs for numbers.
func isLatinLetter(c byte) bool {
	const times, divide = 0x97, 0xB7
	return c>>6 == 0b10 && c != times && c != divide
}

// piece is what one pass over a run of characters finds out about it.
type piece struct {
	first, last int  // the token: the run without punctuation around it
	seen        set  // kinds in the run
	splits      bool // something in the run may divide it
	address     bool // has :// or @, or begins with www.
	dotted      bool // two letters or more, a full stop, two letters or more
}

// measure reads units up to a space or the end, which it leaves unread.
func (s *scanner) measure() piece {
	p := piece{first: -1}
	var prev, prev2 kind
	letters, beforeStop := 0, 0 // lengths of the runs of letters here and before the last stop
	for s.more() {
		start := s.pos
		k := s.next()
		if k == space {
			s.pos = start
			break
		}
		if k == letter {
			letters += 1 + s.skipLetters()
		}
		p.seen |= k.set()
		if p.first < 0 && k.in(tokenFirst) {
			p.first = start
		}
		if k.in(tokenLast) || k == mark && prev.in(visible) {
			p.last = s.pos
		}
		switch k {
		case letter:
			p.dotted = p.dotted || letters >= 2 && beforeStop >= 2
		case mark:
			k = prev // no part of what a letter's neighbours are
		case stop:
			p.splits = p.splits || prev == stop
			p.address = p.address || letters == 3 && start == p.first+3 && strings.EqualFold(s.text[p.first:start], "www")
			letters, beforeStop = 0, letters
		default:
			letters, beforeStop = 0, 0
			p.splits = p.splits || k.in(hardSplitter|softSplitter) || k == hyphen && prev == hyphen
			p.address = p.address || k == at || k == slash && prev == slash && prev2 == colon
		}
		prev2, prev = prev, k
	}
	return p
}

// token appends the token of a piece, if anything is left of it.
func (p piece) token(dst []Token) []Token {
	if !p.seen.has(visible) {
		return dst
	}
	class := Word
	switch {
	case p.seen.has(1 << field):
		class = Field
	case p.address:
		class = Address
	case p.seen.has(1 << digit):
		class = Number
	case p.dotted:
		class = Address
	}
	return append(dst, Token{Start: p.first, End: p.last, Class: class})
}

// splitHard cuts a chunk where no token goes on, not even an address: at em
// dashes and ellipses.
func splitHard(dst []Token, s scanner) []Token {
	begin := s
	for s.more() {
		start := s.pos
		if s.next().in(hardSplitter) {
			dst = splitSoft(dst, begin.until(start, s))
			begin = s
		}
	}
	return splitSoft(dst, begin)
}

// until returns the part of s that ends at end, where now has been read to.
func (s scanner) until(end int, now scanner) scanner {
	s.text = s.text[:end]
	s.fields = s.fields[:len(s.fields)-len(now.fields)]
	return s
}

// splitSoft cuts what may stand in an address, which stays whole: runs of full
// stops and of hyphens, and slashes and en dashes between letters.
func splitSoft(dst []Token, s scanner) []Token {
	whole := s
	if p := whole.measure(); !p.splits || p.address || p.dotted {
		return p.token(dst)
	}
	begin := s
	prev := other
	for s.more() {
		start := s.pos
		k := s.next()
		next := s.peek()
		if k == mark {
			continue
		}
		run := (k == stop || k == hyphen) && next == k
		if run || k.in(softSplitter) && prev == letter && next == letter {
			part := begin.until(start, s)
			dst = part.measure().token(dst)
			for run && s.peek() == k {
				s.next()
			}
			begin = s
		}
		prev = k
	}
	return begin.measure().token(dst)
}
