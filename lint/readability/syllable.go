package readability

import (
	"bytes"
	"strings"
	"unicode"
)

// wordLength is enough for any real word; longer ones cost an allocation.
const wordLength = 64

// Syllables counts the syllables of one word token, at least one. The full stop
// of an abbreviation may be left on it: "Dr." is said as two.
func Syllables(word string, lang Language) int {
	if lang == Spanish {
		return spanishSyllables(word)
	}
	return englishSyllables(word)
}

func englishSyllables(word string) int {
	var buf [wordLength]byte
	name := strings.TrimRight(word, ".")
	w := fold(buf[:0], name)
	if isDotted(w) || IsInitialism(name) {
		return spelled(w)
	}
	if len(name) < len(word) {
		if n := readAloud(string(w)); n > 0 {
			return n
		}
	}
	n := 0
	for {
		part, rest, more := bytes.Cut(w, []byte("-"))
		n += partSyllables(part)
		if !more {
			return n
		}
		w = rest
	}
}

// partSyllables counts one part of a hyphenated word, or a whole plain one.
func partSyllables(w []byte) int {
	if n := exception(w); n > 0 {
		return n
	}
	if bare := bytes.Trim(w, "'"); len(bare) < len(w) {
		return partSyllables(bare)
	}
	if stem, ok := bytes.CutSuffix(w, []byte("'s")); ok {
		n := exception(stem)
		if n == 0 {
			n = ruleSyllables(stem)
		}
		return n + possessive(stem)
	}
	return ruleSyllables(w)
}

// possessive returns the syllables that 's adds to stem: one in "boss's".
func possessive(stem []byte) int {
	if hisses(stem) || ends(stem, "e") && hisses(stem[:len(stem)-1]) {
		return 1
	}
	return 0
}

// spelled counts letters that are read out one by one.
func spelled(w []byte) int {
	n := 0
	for _, c := range w {
		switch {
		case c == 'w':
			n += 3
		case 'a' <= c && c <= 'z':
			n++
		}
	}
	return n
}

// IsCapitals reports whether a word of two letters or more is all capitals.
func IsCapitals(word string) bool {
	if c := word[0]; c >= 'a' && c <= 'z' {
		return false
	}
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			letters++
		case unicode.IsLetter(r):
			return false
		}
	}
	return letters >= 2
}

// IsInitialism reports whether word is in capitals and one of the letter words
// of medical bills, which are read out letter by letter: EOB, HMO.
func IsInitialism(word string) bool {
	switch word {
	case "EOB", "HMO", "PPO", "HSA", "FSA", "ID", "US", "USA", "MD", "DO", "NP", "PA", "RN", "CPT", "ICD", "DOB",
		"SSN", "ACH", "FAQ", "IRS", "CFPB", "FTC", "PDF", "MRI", "CT", "ER", "ICU", "ENT", "TV", "PO":
		return true
	}
	return false
}

// readAloud returns the syllables of an abbreviation written with its full stop
// as it is read aloud, or 0.
func readAloud(w string) int {
	switch w {
	case "ms", "st", "inc", "rd":
		return 1
	case "mr", "mrs", "dr", "jr", "sr", "acct", "dept", "vs", "apr", "aug":
		return 2
	case "ext", "ave", "blvd", "apt", "ste", "tel", "attn", "sept", "oct", "nov", "dec":
		return 3
	case "etc", "approx", "jan", "feb":
		return 4
	}
	return 0
}
