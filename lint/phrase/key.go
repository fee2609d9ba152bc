package phrase

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The key of a word is what it is looked up by: lower case, accents dropped except the tilde of ñ, apostrophes straight,
// invisible characters left out. Composed and decomposed text have the same key.

// Kinds of ASCII bytes, for the fast path of the tokenizer.
const (
	lower uint8 = 1 << iota
	upper
	digit
)

// ascii holds the kind of each byte below utf8.RuneSelf.
var ascii = func() (t [256]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = lower, upper
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = digit
	}
	return t
}()

// latin are the letters from À to ÿ, which are a byte 0xC3 and another one in UTF-8, without their accents; a dash is a
// letter or sign that has more to it.
const latin = "AAAAAA-CEEEEIIII--OOOOO--UUUUY--aaaaaa-ceeeeiiii--ooooo--uuuuy-y"

// latinAt returns the letter at i of the text without its accent, 0 if it is not one of latin.
func latinAt(text string, i int) byte {
	if text[i] != 0xC3 || i+1 == len(text) || text[i+1]>>6 != 0b10 || latin[text[i+1]&63] == '-' {
		return 0
	}
	return latin[text[i+1]&63]
}

const tilde = '\u0303' // the combining one

// appendKey appends the key of one word of the text; fold = false keeps upper case.
func appendKey(key []byte, word string, fold bool) []byte {
	for i := 0; i < len(word); {
		if c := word[i]; c < utf8.RuneSelf {
			if fold && ascii[c] == upper {
				c |= 'a' - 'A'
			}
			key = append(key, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		switch {
		case Invisible(r):
		case apostrophe(r):
			key = append(key, '\'')
		case hyphen(r) || r == '–': // a dash is part of a word only between digits
			key = append(key, '-')
		default:
			key = appendLetter(key, word[i:i+n], r, fold)
		}
		i += n
	}
	return key
}

// appendLetter appends the letter r, spelled s in the text, without its accents.
func appendLetter(key []byte, s string, r rune, fold bool) []byte {
	parts := norm.NFD.PropertiesString(s).Decomposition()
	if parts == nil {
		return appendPart(key, r, fold)
	}
	for len(parts) > 0 {
		r, n := utf8.DecodeRune(parts)
		key = appendPart(key, r, fold)
		parts = parts[n:]
	}
	return key
}

func appendPart(key []byte, r rune, fold bool) []byte {
	switch {
	case r == tilde && len(key) > 0 && key[len(key)-1] == 'n':
		return append(key[:len(key)-1], "ñ"...)
	case r == tilde && len(key) > 0 && key[len(key)-1] == 'N':
		return append(key[:len(key)-1], "Ñ"...)
	case unicode.Is(unicode.Mn, r):
		return key
	case fold:
		r = unicode.ToLower(r)
	}
	return utf8.AppendRune(key, r)
}

// letter reports whether r may stand anywhere in a word.
func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// accent reports whether r belongs to the letter before it.
func accent(r rune) bool { return unicode.Is(unicode.Mn, r) }

// Invisible reports whether r takes no room in print: soft hyphens, zero-width characters, marks of writing direction,
// variation selectors. They are what Unicode lists as Default_Ignorable_Code_Point.
func Invisible(r rune) bool {
	switch {
	case r < 0x34f:
		return r == 0xad
	case r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xfeff, r == 0xffa0:
		return true
	}
	return 0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || 0xfe00 <= r && r <= 0xfe0f ||
		0x180b <= r && r <= 0x180f || 0xfff0 <= r && r <= 0xfff8 || 0x1bca0 <= r && r <= 0x1bca3 || 0x1d173 <= r && r <= 0x1d17a ||
		0xe0000 <= r && r <= 0xe0fff
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' }

func hyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }
