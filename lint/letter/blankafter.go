package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/phrase"
)

// blankAfter is a blank that only what stands before or around it tells from
// plain words: “$X,XXX”, “[$—]”, “$[N]”, “call us at (phone number)”. It begins
// sign bytes behind the offset and has n bytes; 0 when there is none.
func blankAfter(text string, at int, dict *Dictionary) (sign, n int, name string) {
	switch rest := text[at:]; rest[0] {
	case '(':
		n, name = aside(text[:at], rest, dict)
		return 0, n, name
	case '[':
		n, name = nameless(text, at)
		return 0, n, name
	default:
		sign, n = crossed(rest)
		return sign, n, ""
	}
}

// crossed is the X,XXX of $X,XXX: how many bytes its sign has, and it.
func crossed(text string) (sign, n int) {
	currency, sign := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(phrase.CurrencySigns, currency) {
		return 0, 0
	}
	run := text[sign:]
	n = len(strings.TrimRight(run[:len(run)-len(strings.TrimLeft(run, "X.,"))], ".,"))
	if n == 0 || run[0] != 'X' || n < len(run) && (isWordByte(run[n]) || beginsWithLetter(run[n:])) {
		return 0, 0
	}
	return sign, n
}

// nameless is the length of brackets with nothing but room for a figure inside,
// beside a currency or with one, which is its name: $[ ], [N] €, [$—].
func nameless(text string, at int) (n int, name string) {
	const longest = 20 // bytes
	rest := text[at:]
	end := strings.IndexByte(rest[:min(len(rest), longest)], ']')
	if end < 0 {
		return 0, ""
	}
	inner := rest[1:end]
	switch room := isRoom(inner); {
	case room && strings.ContainsAny(inner, phrase.CurrencySigns):
		return end + 1, inner
	case (room || len(inner) == 1) && besideCurrency(text, at, at+end+1):
		return end + 1, ""
	}
	return 0, ""
}

// isRoom reports whether there is room for a figure between brackets, and
// nothing else.
func isRoom(inner string) bool {
	return strings.Trim(inner, phrase.CurrencySigns+"X#0-–—_., ") == ""
}

// aside is the length of words in brackets that mean a field, and they, where
// something has to follow the word before: “at (phone number)” is a blank,
// “555-0142 (phone)” is not.
func aside(before, text string, dict *Dictionary) (n int, name string) {
	const longest = 60 // bytes
	last := strings.TrimRightFunc(before, unicode.IsSpace)
	last = last[strings.LastIndexFunc(last, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	end := strings.IndexByte(text[:min(len(text), longest)], ')')
	if end < 0 || !slices.Contains(leading, strings.ToLower(last)) || !isBlankName(text[1:end], true) || dict.Called(text[1:end]) == nil {
		return 0, ""
	}
	return end + 1, text[1:end]
}

// leading are words that something has to follow.
var leading = []string{"at", "is", "of", "on", "to", "by", "from", "for", "or", "dear", "hi", "hello",
	"es", "de", "del", "al", "por", "hola", "estimado", "estimada"}
