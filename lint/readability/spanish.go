package readability

import (
	"strings"
	"unicode/utf8"
)

// spanishSyllables counts by the orthographic convention of the Academies
// (Ortografía de la lengua española, 2010), which needs no dictionary.
func spanishSyllables(word string) int {
	var buf [wordLength]byte
	name := strings.TrimRight(word, ".")
	w := spell(buf[:0], name)
	if len(name) < len(word) {
		switch string(w) {
		case "sr", "dr", "ud", "uds":
			return 2
		case "sra", "dra":
			return 3
		}
	}
	n := 0
	for i := 0; i < len(w); {
		if !isSounded(w, i) {
			i++
			continue
		}
		var nuclei int
		nuclei, i = vowelRun(w, i)
		n += nuclei
	}
	return max(n, 1)
}

// Letters of a spelled word whose sign matters: í and ú part from a strong
// vowel beside them, ü is never silent.
const (
	accentedI = 'I'
	accentedU = 'U'
	diaeresis = 'V'
)

// spell appends word to dst folded, but keeps apart í, ú and ü, written as one
// letter or with a combining sign.
func spell(dst []byte, word string) []byte {
	for len(word) > 0 {
		r, size := utf8.DecodeRuneInString(word)
		last := char(dst, len(dst)-1)
		switch {
		case r == 'í' || r == 'Í':
			dst = append(dst, accentedI)
		case r == 'ú' || r == 'Ú':
			dst = append(dst, accentedU)
		case r == 'ü' || r == 'Ü':
			dst = append(dst, diaeresis)
		case r == '\u0301' && last == 'i':
			dst[len(dst)-1] = accentedI
		case r == '\u0301' && last == 'u':
			dst[len(dst)-1] = accentedU
		case r == '\u0308' && last == 'u':
			dst[len(dst)-1] = diaeresis
		default:
			dst = fold(dst, word[:size])
		}
		word = word[size:]
	}
	return dst
}

// isSounded reports whether w[i] is a vowel that is said: u is silent in que,
// qui, gue, gui, and y is a vowel only at the end of a word.
func isSounded(w []byte, i int) bool {
	switch w[i] {
	case 'a', 'e', 'o', 'i', accentedI, accentedU, diaeresis:
		return true
	case 'u':
		before, next := char(w, i-1), char(w, i+1)
		front := next == 'e' || next == 'i' || next == accentedI
		return !front || before != 'q' && before != 'g'
	case 'y':
		next := char(w, i+1)
		return next == 0 || next == '-'
	}
	return false
}

// isStrong reports whether c is a, e or o.
func isStrong(c byte) bool { return c == 'a' || c == 'e' || c == 'o' }

// base takes the sign off a weak vowel.
func base(c byte) byte {
	switch c {
	case accentedI, 'y':
		return 'i'
	case accentedU, diaeresis:
		return 'u'
	}
	return c
}

// vowelRun counts the nuclei in the run of vowels that begins at w[i] and
// returns where it ends. Each strong vowel is a nucleus, and so is í or ú beside
// one; weak vowels join a nucleus or, where there is none, are one together;
// the same weak vowel twice is always two.
func vowelRun(w []byte, i int) (n, end int) {
	nucleus := false
	var prev byte
	for i >= 0 {
		end = i + 1
		c := w[i]
		i = nextVowel(w, i)
		switch accented := c == accentedI || c == accentedU; {
		case isStrong(c), accented && (isStrong(prev) || i >= 0 && isStrong(w[i])):
			nucleus = true
			n++
		case base(c) == base(prev):
			n++
		}
		prev = c
	}
	if !nucleus {
		n++
	}
	return n, end
}

// nextVowel returns the place of the vowel after w[i] in the same run, or -1.
// An h between does not part them (prohibir), unless it opens a syllable with
// the u or i and the vowel after it (ahuizote).
func nextVowel(w []byte, i int) int {
	i++
	if char(w, i) == 'h' {
		i++
		if c := base(char(w, i)); (c == 'u' || c == 'i') && i+1 < len(w) && isSounded(w, i+1) {
			return -1
		}
	}
	if i < len(w) && isSounded(w, i) {
		return i
	}
	return -1
}
