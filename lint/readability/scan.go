package readability

import (
	"unicode"
	"unicode/utf8"
)

// kind sorts the characters of a text by what they do to tokens and sentences.
type kind uint8

const (
	other    kind = iota
	space         // any Unicode white space
	letter        // any letter
	digit         // any decimal digit
	mark          // a combining mark, part of the letter before it
	field         // a whole merge field, whatever it shows
	currency      // $, which may begin a token
	percent       // %, which may end one
	hyphen        // - and the Unicode hyphens
	enDash        // –
	emDash        // —
	slash         // /
	colon         // :
	comma         // ,
	at            // @
	stop          // .
	ellipsis      // …
	shout         // ! and ?
	hash          // #
	opener        // ¿ and ¡
	closer        // closing quotes, brackets and emphasis marks
)

// set is a set of kinds.
type set uint32

func (s set) has(any set) bool { return s&any != 0 }

func (k kind) set() set { return 1 << k }

func (k kind) in(any set) bool { return k.set().has(any) }

// scanner reads a text unit by unit: a whole field or one character. As no
// character inside a field is ever looked at, sample data changes nothing.
type scanner struct {
	text   string
	fields []Span // those not yet read
	pos    int
}

// more reports whether a unit is left. A field may show nothing at all, so one
// can stand at the very end.
func (s *scanner) more() bool {
	return s.pos < len(s.text) || s.atField()
}

// atField reports whether the next unit is a field.
func (s *scanner) atField() bool {
	return len(s.fields) > 0 && s.fields[0].Start <= s.pos
}

// next reads one unit.
func (s *scanner) next() kind {
	if s.atField() {
		s.pos = min(max(s.pos, s.fields[0].End), len(s.text))
		s.fields = s.fields[1:]
		return field
	}
	if c := s.text[s.pos]; c < utf8.RuneSelf {
		s.pos++
		return asciiKinds[c]
	}
	r, size := utf8.DecodeRuneInString(s.text[s.pos:])
	s.pos += size
	return kindOf(r)
}

// limit is where the next field begins, or the end of the text.
func (s *scanner) limit() int {
	if len(s.fields) > 0 {
		return min(len(s.text), s.fields[0].Start)
	}
	return len(s.text)
}

// skipLetters reads the plain letters that follow, which are most of a text,
// without asking for the kind of each, and returns how many they are.
func (s *scanner) skipLetters() int {
	start := s.pos
	s.pos = max(start, lettersEnd(s.text, start, s.limit()))
	return s.pos - start
}

// peek returns the kind of the next unit, other at the end.
func (s *scanner) peek() kind {
	switch {
	case s.atField():
		return field
	case s.pos >= len(s.text):
		return other
	}
	if c := s.text[s.pos]; c < utf8.RuneSelf {
		return asciiKinds[c]
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.pos:])
	return kindOf(r)
}

// asciiKinds are the kinds of the ASCII characters; what is not named is other.
var asciiKinds = [utf8.RuneSelf]kind{
	'\t': space, space, space, space, space, // to the carriage return
	' ': space,
	'0': digit, digit, digit, digit, digit, digit, digit, digit, digit, digit,
	'A': letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter,
	'N': letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter,
	'a': letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter,
	'n': letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter, letter,
	'.': stop, '!': shout, '?': shout, ',': comma, ':': colon,
	'-': hyphen, '/': slash, '@': at, '$': currency, '%': percent, '#': hash,
	'"': closer, '\'': closer, ')': closer, ']': closer, '}': closer, '*': closer, '_': closer, '~': closer, '`': closer,
}

func kindOf(r rune) kind {
	if r < utf8.RuneSelf {
		return asciiKinds[r]
	}
	switch r {
	case '’', '‘', '”', '“', '»', '›':
		// ‘ and “ close German quotes and open English ones; after a full stop
		// with no space between they can only close.
		return closer
	case '…':
		return ellipsis
	case '—':
		return emDash
	case '–':
		return enDash
	case '‐', '‑':
		return hyphen
	case '¿', '¡':
		return opener
	}
	switch {
	case unicode.IsLetter(r):
		return letter
	case unicode.IsSpace(r):
		return space
	case unicode.IsDigit(r):
		return digit
	case unicode.Is(unicode.M, r):
		return mark
	}
	return other
}
