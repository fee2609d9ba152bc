package readability

import (
	"bytes"
	"strings"
)

// abbreviation says whether a full stop after a word can end a sentence.
type abbreviation uint8

const (
	plain     abbreviation = iota // an ordinary word: it can
	inner                         // it never does: Dr. Lopez
	outer                         // only before a word that often begins a sentence: 9 a.m.
	street                        // as outer, or at the end of an address: 9 Elm St.
	numbering                     // not before a number: No. 12
)

// longestAbbreviation is in bytes; longer words need not be looked at.
const longestAbbreviation = 16

// abbreviationOf looks up the word before a full stop.
func abbreviationOf(word string, lang Language) abbreviation {
	word = lastTitle(trimSigns(word))
	if word == "" || len(word) > longestAbbreviation {
		return plain
	}
	var buf [longestAbbreviation]byte
	w := fold(buf[:0], word)
	if len(w) > 0 && w[0] <= '9' {
		if bare := bytes.TrimLeft(w, "0123456789"); isDotted(bare) {
			w = bare // 9a.m., but not 1st.
		}
	}
	if a := commonAbbreviation(string(w)); a != plain {
		return a
	}
	if lang == Spanish {
		if a := spanishAbbreviation(string(w)); a != plain {
			return a
		}
	}
	if isDotted(w) || len(w) == 1 && isLetters(w) { // the last is an initial
		return outer
	}
	return plain
}

// trimSigns takes opening quotes, brackets and the like off a word.
func trimSigns(word string) string {
	return strings.TrimLeftFunc(word, func(r rune) bool { return !kindOf(r).in(visible) })
}

// lastTitle is the last of the titles that are written for a man or a woman:
// Sr(a), Sr./Sra, Mr/Ms. N/A is none.
func lastTitle(word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "(a)"), "(as)")
	if i := strings.LastIndexByte(word, '/'); i > 0 && (word[i-1] == '.' || len(word)-i > len("/a")) {
		return word[i+1:]
	}
	return word
}

// commonAbbreviation knows the abbreviations of English letters, most of which
// stand in Spanish ones, too.
func commonAbbreviation(w string) abbreviation {
	switch w {
	case "mr", "mrs", "ms", "mx", "dr", "drs", "prof", "rev", "hon", "mt", "ft", "nos", "ref", "acct", "attn", "vs",
		"cf", "approx", "tel", "ext", "fax", "fig", "p", "pp", "e.g", "i.e", "p.o", "p.s", "incl", "max", "avg", "rs", "ksh", "kshs":
		return inner
	case "inc", "co", "corp", "ltd", "llc", "jr", "sr", "etc", "dept", "apt", "ste", "min", "mo", "yr", "hr",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun":
		return outer
	case "st", "ave", "blvd", "rd":
		return street
	case "no":
		return numbering
	}
	return plain
}

// spanishAbbreviation knows those of Spanish letters only; accents are folded.
func spanishAbbreviation(w string) abbreviation {
	switch w {
	case "sra", "sras", "sres", "srta", "dra", "dna", "ud", "uds", "num", "pag", "av", "avda", "p.ej", "lic", "ing", "art", "s/":
		return inner
	case "bs", "gs", "lps", "ee.uu", "ene", "abr", "may", "ago", "dic", "lun", "mie", "jue", "vie", "sab", "dom":
		return outer
	}
	return plain
}

// isLetters reports whether w is nothing but letters.
func isLetters(w []byte) bool {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// isDotted reports whether w is letters with full stops between them, one or
// two at a time: u.s, ph.d.
func isDotted(w []byte) bool {
	letters, stops := 0, 0
	for _, c := range w {
		switch {
		case 'a' <= c && c <= 'z' && letters < 2:
			letters++
		case c == '.' && letters > 0:
			letters = 0
			stops++
		default:
			return false
		}
	}
	return stops > 0 && letters > 0
}

// isEnglishStarter reports whether a sentence often begins with w: an article,
// pronoun, possessive, question word, auxiliary, preposition, conjunction, or
// an imperative of letters.
func isEnglishStarter(w string) bool {
	switch w {
	case "a", "an", "the", "this", "that", "these", "those", "each", "every", "all", "both", "some", "any", "many", "most",
		"i", "we", "you", "he", "she", "it", "they", "there", "here", "someone", "anyone", "everyone", "nothing",
		"none", "my", "our", "your", "his", "her", "its", "their",
		"who", "what", "when", "where", "why", "which", "how", "whose",
		"is", "are", "was", "were", "am", "do", "does", "did", "has", "have", "had", "can", "could", "may", "might",
		"must", "shall", "should", "will", "would",
		"about", "above", "after", "along", "among", "around", "as", "at", "before", "below", "between", "by",
		"during", "for", "from", "in", "into", "of", "on", "over", "since", "through", "to", "under", "until",
		"upon", "with", "within", "without",
		"and", "but", "or", "nor", "so", "yet", "if", "because", "although", "though", "unless", "while", "once",
		"whether", "however", "then", "also", "now", "not",
		"please", "thank", "thanks", "yes", "no", "sorry",
		"call", "ask", "pay", "see", "send", "mail", "bring", "keep", "write", "visit", "leave", "use", "check",
		"contact", "let", "make", "read", "tell":
		return true
	}
	return false
}

// isSpanishStarter is isEnglishStarter for Spanish; accents are folded.
func isSpanishStarter(w string) bool {
	switch w {
	case "el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "este", "esta", "esto", "estos", "estas",
		"ese", "esa", "eso", "esos", "esas", "cada", "todo", "toda", "todos", "todas", "algunos", "algunas", "ambos",
		"yo", "tu", "usted", "ustedes", "nosotros", "ella", "ellos", "ellas", "nos", "le", "les", "se", "me", "te",
		"alguien", "nadie", "nada", "mi", "mis", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras",
		"que", "quien", "cuando", "donde", "como", "cual", "cuanto", "cuantos",
		"es", "son", "era", "estan", "ha", "han", "hay", "fue", "puede", "pueden", "debe", "deben", "tiene",
		"tienen", "sera",
		"a", "al", "ante", "antes", "con", "de", "del", "desde", "despues", "durante", "en", "entre", "hasta", "para",
		"por", "segun", "sin", "sobre",
		"y", "e", "o", "u", "ni", "pero", "si", "porque", "aunque", "mientras", "tambien", "ahora", "aqui", "ahi",
		"luego", "entonces", "ya", "no", "gracias",
		"llame", "llamenos", "pregunte", "pida", "pague", "vea", "envie", "mande", "traiga", "guarde", "escriba",
		"escribanos", "visite", "visitenos", "deje", "use", "revise", "conserve", "consulte", "comuniquese":
		return true
	}
	return false
}
