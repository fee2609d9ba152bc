package phrase

import "strings"

// grammar is what the program itself knows of a language. The rest, Language, is data.
type grammar struct {
	endings      func(base string) []ending // regular forms of a base word, besides itself
	denials      []string                   // directly after a hit they cancel it: "legal action will not be taken" ...
	pronouns     []string                   // ... unless the hit ends in one of these
	finite       []string                   // verbs that make a clause of what they stand in
	alternatives []string                   // stand before the last part of what may be denied as a whole
	partitives   []string                   // stand before what only a part is spoken of: "none of this"
}

var (
	english = grammar{
		endings: englishEndings,
		denials: []string{
			"(will|does|do|is|are|can)? (not|never)",
			"(won't|doesn't|don't|isn't|aren't|can't|cannot)",
		},
		pronouns:     []string{"(me|you|him|her|it|us|them)"},
		alternatives: []string{"or", "nor"},
		partitives:   []string{"of"},
		finite:       []string{"(will|shall|may|might|can|could|would|must|is|are|was|were|has|have|had)"},
	}
	spanish = grammar{endings: spanishEndings, denials: []string{"(no|nunca) (es|son|sera|seran|esta|estan)"}, alternatives: []string{"o", "u", "ni"}, partitives: []string{"de"},
		finite: []string{"(sera|seran|podra|podran|podria|podrian|quedara|quedaran|es|son|esta|estan|ha|han|debe|deben|va|van)"}}
	others = grammar{endings: func(string) []ending { return nil }}
)

func grammarOf(language string) grammar {
	switch language {
	case "en":
		return english
	case "es":
		return spanish
	}
	return others
}

// ending makes a form from a base word: cut so many bytes off its end, then add the text.
type ending struct {
	cut  int
	text string
}

var (
	afterE         = []ending{{0, "s"}, {0, "d"}, {1, "ing"}} // reduce
	afterVowelE    = []ending{{0, "s"}, {0, "d"}, {0, "ing"}} // agree
	afterConsY     = []ending{{1, "ies"}, {1, "ied"}, {0, "ing"}}
	afterSibilant  = []ending{{0, "es"}, {0, "ed"}, {0, "ing"}}
	afterOthers    = []ending{{0, "s"}, {0, "ed"}, {0, "ing"}}
	doubled        = "bdgklmnprt"
	afterDoubled   = doubledEndings() // by letter: stop, stopped and stoped
	spanishVerbs   = spanishVerbEndings()
	spanishPlural  = []ending{{0, "s"}}
	spanishPlurals = []ending{{0, "es"}}
	spanishPluralZ = []ending{{1, "ces"}}
)

func doubledEndings() map[byte][]ending {
	m := make(map[byte][]ending)
	for i := range len(doubled) {
		c := doubled[i : i+1]
		m[c[0]] = append([]ending{{0, c + "ed"}, {0, c + "ing"}}, afterOthers...)
	}
	return m
}

// englishEndings follows the head of the phrase file: a letter too many is harmless, for nobody writes "visitting".
func englishEndings(base string) []ending {
	last := base[len(base)-1]
	switch {
	case hasSuffix(base, "ee", "oe", "ye"):
		return afterVowelE
	case last == 'e':
		return afterE
	case last == 'y' && !vowel(base, 2):
		return afterConsY
	case hasSuffix(base, "s", "sh", "ch", "x", "z"):
		return afterSibilant
	case strings.IndexByte(doubled, last) >= 0 && vowel(base, 2) && !vowel(base, 3):
		return afterDoubled[last]
	}
	return afterOthers
}

// vowel reports whether the nth byte of the word from its end is a vowel.
func vowel(word string, n int) bool {
	return n <= len(word) && strings.IndexByte("aeiou", word[len(word)-n]) >= 0
}

func hasSuffix(word string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(word, s) {
			return true
		}
	}
	return false
}

// Endings of the regular Spanish verbs, without accents, in place of -ar, -er and -ir; future and conditional follow the
// whole infinitive. Before the changed ones some stems are spelled anew to keep their sound: pagar, pague.
const (
	arPlain    = "o as a amos an aste asteis aron aba abas abamos aban ara aras aramos aran ado ada ados adas ando ad"
	arChanged  = "e es emos en"
	erPlain    = "es e emos en i iste io imos ieron ia ias iamos ian iera ieras ieramos ieran ido ida idos idas iendo ed"
	irPlain    = "es e imos en i iste io ieron ia ias iamos ian iera ieras ieramos ieran ido ida idos idas iendo id"
	erChanged  = "o a as amos an"
	infinitive = "e as a emos an ia ias iamos ian"
)

// spanishVerbEndings returns the endings by the end of the infinitive.
func spanishVerbEndings() map[string][]ending {
	m := map[string][]ending{}
	add := func(verb string, cut int, before, endings string) {
		for _, e := range strings.Fields(endings) {
			m[verb] = append(m[verb], ending{cut, before + e})
		}
	}
	for _, v := range []struct{ verb, plain, changed, spelling string }{
		{"ar", arPlain, arChanged, ""},
		{"car", arPlain, arChanged, "qu"},
		{"gar", arPlain, arChanged, "gu"},
		{"zar", arPlain, arChanged, "c"},
		{"er", erPlain, erChanged, ""},
		{"ger", erPlain, erChanged, "j"},
		{"ir", irPlain, erChanged, ""},
		{"gir", irPlain, erChanged, "j"},
	} {
		add(v.verb, 2, "", v.plain)
		add(v.verb, len(v.verb), v.spelling, v.changed)
		add(v.verb, 0, "", infinitive)
	}
	return m
}

// spanishEndings returns the plural of a noun or the forms of a verb; the infinitive ends like no plain noun but few.
func spanishEndings(base string) []ending {
	for n := 3; n >= 2; n-- {
		if len(base) > n {
			if e := spanishVerbs[base[len(base)-n:]]; e != nil {
				return e
			}
		}
	}
	switch {
	case vowel(base, 1):
		return spanishPlural
	case hasSuffix(base, "z"):
		return spanishPluralZ
	}
	return spanishPlurals
}
