package readability

// spanishHard is how many syllables make a Spanish word a hard one. In real
// letters one word in five has as many; of English words one in seven has
// three. (Own judgement: no Spanish formula counts hard words.)
const spanishHard = 4

// IsHard reports whether a word token that is no name is hard to read by its
// length: in English a complex word of the fog index, in Spanish one of four
// syllables or more. In other languages no word is.
func IsHard(word string, lang Language) bool {
	switch lang {
	case English:
		return factsOf(word, lang).complex[opening] == 1
	case Spanish:
		return spanishSyllables(word) >= spanishHard
	}
	return false
}
