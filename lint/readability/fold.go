package readability

import (
	"unicode"
	"unicode/utf8"
)

// latin holds the plain lower-case letter of each code point from U+00C0 to
// U+017F; a '?' marks the two signs among them that are not letters.
const latin = "aaaaaaaceeeeiiii" + "dnooooo?ouuuuyts" + "aaaaaaaceeeeiiii" + "dnooooo?ouuuuyty" +
	"aaaaaaccccccccdd" + "ddeeeeeeeeeegggg" + "gggghhhhiiiiiiii" + "iijjjjkkklllllll" +
	"lllnnnnnnnnnoooo" + "oooorrrrrrssssss" + "ssttttttuuuuuuuu" + "uuuuwwyyyzzzzzzs"

// fold appends word to dst in lower case and without accents, every apostrophe
// straight, every hyphen plain. Combining marks vanish; what has no plain letter becomes '?', so
// that folding never joins two letters that something stood between.
func fold(dst []byte, word string) []byte {
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		i += size
		switch {
		case r >= 0xC0 && r <= 0x17F:
			dst = append(dst, latin[r-0xC0])
		case r == '’' || r == '‘':
			dst = append(dst, '\'')
		case r == '‐' || r == '‑':
			dst = append(dst, '-')
		case unicode.Is(unicode.M, r):
		default:
			dst = append(dst, '?')
		}
	}
	return dst
}

// isVowel reports whether c is one of the letters that spell vowels; y is one.
func isVowel(c byte) bool {
	const vowels = 1 | 1<<('e'-'a') | 1<<('i'-'a') | 1<<('o'-'a') | 1<<('u'-'a') | 1<<('y'-'a')
	return vowels>>(c-'a')&1 != 0
}

// isConsonant reports whether c is a letter that is no vowel.
func isConsonant(c byte) bool {
	return 'a' <= c && c <= 'z' && !isVowel(c)
}

// ends reports whether w ends in suffix.
func ends(w []byte, suffix string) bool {
	return len(w) >= len(suffix) && string(w[len(w)-len(suffix):]) == suffix
}

// begins reports whether w begins with prefix.
func begins(w []byte, prefix string) bool {
	return len(w) >= len(prefix) && string(w[:len(prefix)]) == prefix
}
