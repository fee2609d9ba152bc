package readability

import "math"

// Scores are the results of the formulas. Those that do not apply to the
// language, and all where there is nothing to score, are nil.
type Scores struct {
	FKGrade *float64 `json:"fk_grade"`
	Flesch  *float64 `json:"flesch"`
	SMOG    *float64 `json:"smog"`
	Fog     *float64 `json:"fog"`
	ARI     *float64 `json:"ari"`
	CLI     *float64 `json:"cli"`
	LIX     *float64 `json:"lix"`
	RIX     *float64 `json:"rix"`

	FernandezHuerta *float64 `json:"fernandez_huerta"`
	INFLESZ         *float64 `json:"inflesz"`
	Gutierrez       *float64 `json:"gutierrez"`
	Crawford        *float64 `json:"crawford"`
	Mu              *float64 `json:"mu"`
}

// Hardness orders texts of one language from easy to hard by its headline
// formula: the grade of Flesch and Kincaid in English, INFLESZ turned round in
// Spanish. ok is false where there is nothing to score.
func (c Counts) Hardness(lang Language) (hardness float64, ok bool) {
	if c.Sentences <= 0 || c.Words <= 0 || c.Tokens <= 0 {
		return 0, false
	}
	length, syllables := ratio(c.Tokens, c.Sentences), ratio(c.Syllables, c.Words)
	switch lang {
	case English:
		return fkGrade(length, syllables), true
	case Spanish:
		return -inflesz(length, syllables), true
	}
	return 0, false
}

// Share is what a part adds to the hardness of a text: by how much it falls
// when the part is taken out, in the points of the headline formula. With S
// sentences, T tokens, W words and Y syllables of the text, and s, t, w and y
// of the part, that is
//
//	English  0.39·(T/S − (T−t)/(S−s)) + 11.8·(Y/W − (Y−y)/(W−w))
//	Spanish  (T/S − (T−t)/(S−s)) + 62.3·(Y/W − (Y−y)/(W−w))
//
// A part that is easier than the rest has a share below zero. ok is false
// where nothing to score would be left.
func (c Counts) Share(part Counts, lang Language) (share float64, ok bool) {
	whole, scored := c.Hardness(lang)
	rest, left := Counts{
		Sentences: c.Sentences - part.Sentences, Tokens: c.Tokens - part.Tokens,
		Words: c.Words - part.Words, Syllables: c.Syllables - part.Syllables,
	}.Hardness(lang)
	return whole - rest, scored && left
}

func fkGrade(length, syllables float64) float64 { return 0.39*length + 11.8*syllables - 15.59 }

func inflesz(length, syllables float64) float64 { return 206.835 - 62.3*syllables - length }

// Scores applies the formulas of the language. Nothing is rounded and nothing
// clamped: very easy text has grades below zero and a reading ease above 100.
func (c Counts) Scores(lang Language) Scores {
	if c.Sentences <= 0 || c.Words <= 0 || c.Tokens <= 0 {
		return Scores{}
	}
	switch lang {
	case English:
		return c.english()
	case Spanish:
		return c.spanish()
	}
	return Scores{}
}

// english holds the formulas for English.
//
//   - Flesch reading ease: Flesch 1948, J. Applied Psychology 32(3) 221–233.
//   - Flesch-Kincaid grade: Kincaid, Fishburne, Rogers, Chissom 1975, Navy
//     Research Branch Report 8-75.
//   - SMOG: McLaughlin 1969, J. Reading 12(8) 639–646. The constant stands
//     outside the root.
//   - Fog: Gunning 1952, The Technique of Clear Writing.
//   - ARI: Smith and Senter 1967, AMRL-TR-66-220.
//   - CLI: Coleman and Liau 1975, J. Applied Psychology 60, 283–284, by letters
//     and sentences per hundred words.
//   - LIX: Björnsson 1968, Läsbarhet.
//   - RIX: Anderson 1983, J. Reading 26, 490–496.
func (c Counts) english() Scores {
	var (
		length    = ratio(c.Tokens, c.Sentences)
		syllables = ratio(c.Syllables, c.Words)
		letters   = ratio(c.Letters, c.Words)
	)
	return Scores{
		FKGrade: new(fkGrade(length, syllables)),
		Flesch:  new(206.835 - 1.015*length - 84.6*syllables),
		SMOG:    new(1.0430*math.Sqrt(30*ratio(c.Polysyllables, c.Sentences)) + 3.1291),
		Fog:     new(0.4 * (length + 100*ratio(c.Complex, c.Words))),
		ARI:     new(4.71*letters + 0.5*length - 21.43),
		CLI:     new(0.0588*100*letters - 0.296*100*ratio(c.Sentences, c.Tokens) - 15.8),
		LIX:     new(length + 100*ratio(c.Long, c.Words)),
		RIX:     new(ratio(c.Long, c.Sentences)),
	}
}

// spanish holds the formulas for Spanish.
//
//   - Fernández Huerta 1959, as corrected by Law 2011: the last term is words
//     per sentence, not sentences per hundred words.
//   - INFLESZ: Szigriszt Pazos 1993; scale by Barrio-Cantalejo et al. 2008, An.
//     Sist. Sanit. Navar. 31(2).
//   - Gutiérrez de Polini 1972, from school texts of the sixth grade.
//   - Crawford 1984, 1989, for the years of primary school.
//   - Mu: Muñoz Baquedano and Muñoz Urra 2006.
func (c Counts) spanish() Scores {
	var (
		length    = ratio(c.Tokens, c.Sentences)
		syllables = ratio(c.Syllables, c.Words)
		letters   = ratio(c.Letters, c.Words)
	)
	return Scores{
		FernandezHuerta: new(206.84 - 60*syllables - 1.02*length),
		INFLESZ:         new(inflesz(length, syllables)),
		Gutierrez:       new(95.2 - 9.7*letters - 0.35*length),
		Crawford:        new(0.049*100*syllables - 0.205*100*ratio(c.Sentences, c.Tokens) - 3.407),
		Mu:              c.mu(),
	}
}

// mu is the mean of the letters of a word by their variance. Words all of one
// length, or a single one, have no such score.
func (c Counts) mu() *float64 {
	spread := c.Words*c.Squares - c.Letters*c.Letters // variance times the square of Words
	if c.Words < 2 || spread <= 0 {
		return nil
	}
	mean, variance := ratio(c.Letters, c.Words), ratio(spread, c.Words*c.Words)
	return new(100 * ratio(c.Words, c.Words-1) * mean / variance)
}

func ratio(a, b int) float64 { return float64(a) / float64(b) }

// Coverage is the share of all tokens that stand in scored blocks, 0 where
// there are none. Below one half the scores say little about the letter.
func (c Counts) Coverage() float64 {
	if c.AllTokens <= 0 {
		return 0
	}
	return ratio(c.Tokens, c.AllTokens)
}

// Confidence says how far a score can be trusted.
type Confidence string

// How much text a score rests on.
const (
	None  Confidence = "none"  // too little for a grade: show none
	Short Confidence = "short" // a grade, marked as one of a short text
	Full  Confidence = "full"
)

// Confidence rates the amount of text. A grade drawn from 3 sentences moves by
// 4 grades (standard deviation) by chance alone, one from 10 by 2.
func (c Counts) Confidence() Confidence {
	switch {
	case c.Sentences < 3 || c.Words < 30:
		return None
	case c.Sentences < 10 || c.Words < 100:
		return Short
	}
	return Full
}
