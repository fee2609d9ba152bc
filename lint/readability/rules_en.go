package readability

import "bytes"

// ruleSyllables counts the syllables of one folded English word, which has no
// hyphen in it, by spelling alone. Where spelling does not tell, the word
// stands in the exceptions table.
func ruleSyllables(w []byte) int {
	w, n := uncontract(w)
	for {
		stem := withoutSuffix(w)
		if len(stem) == len(w) {
			break
		}
		w, n = stem, n+1
	}
	for {
		cut := compoundHead(w)
		if cut == 0 {
			return n + groups(w)
		}
		n += groups(w[:cut])
		w = w[cut:]
	}
}

// uncontract takes a contracted verb or "not" off the end of w and says how
// many syllables it adds: "couldn't" has two, "you'll" has one.
func uncontract(w []byte) ([]byte, int) {
	cut := bytes.LastIndexByte(w, '\'')
	if cut < 1 {
		return w, 0
	}
	stem := w[:cut]
	switch string(w[cut+1:]) {
	case "t":
		switch string(stem) {
		case "can", "won", "don", "ain":
			return stem, 0
		}
		if ends(stem, "n") && len(stem) > 1 && hasVowel(stem) {
			return stem[:len(stem)-1], 1
		}
	case "ll", "re", "ve", "d":
		if last := stem[cut-1]; isConsonant(last) || silentE(stem) && hasVowel(stem[:cut-1]) {
			return stem, 1
		}
		return stem, 0
	}
	return w, 0
}

// withoutSuffix takes off one suffix that is a syllable of its own, so that a
// silent e before it is seen as one, while a stem with a vowel remains.
func withoutSuffix(w []byte) []byte {
	n := 0
	switch {
	case ends(w, "ically"):
		n = 4
	case ends(w, "ly"):
		n = 2
	case ends(w, "ful"):
		n = 3
	case ends(w, "ville"):
		n = 5
	case ends(w, "less"), ends(w, "ness"), ends(w, "ment"):
		n = 4
	case ends(w, "ments"):
		n = 5
	}
	if n == 0 || !hasVowel(w[:len(w)-n]) {
		return w
	}
	return w[:len(w)-n]
}

func hasVowel(w []byte) bool {
	// From the end, where one is near: stems are taken off one by one.
	for i := len(w) - 1; i >= 0; i-- {
		if isVowel(w[i]) {
			return true
		}
	}
	return false
}

// groups counts the runs of vowels, adds one where a run holds two syllables
// and takes one away for each vowel that is not said.
func groups(w []byte) int {
	if string(w) == "every" {
		return 2
	}
	n := prefixBreak(w) + endings(w)
	in := false
	for i, c := range w {
		v := isVowel(c)
		if v && (!in || hiatus(w, i)) {
			n++
		}
		in = v
	}
	return max(n, 1)
}

// char returns w[i], or 0 outside w.
func char(w []byte, i int) byte {
	if i < 0 || i >= len(w) {
		return 0
	}
	return w[i]
}

// hiatus reports whether the vowels w[i-1] and w[i] belong to two syllables.
func hiatus(w []byte, i int) bool {
	before, next := char(w, i-2), char(w, i+1)
	final := next == 0
	switch w[i-1] {
	case 'a':
		return w[i] == 'o' && !final || w[i] == 'i' && next == 'c' && i+2 == len(w) // chaos, mosaic
	case 'e':
		return hiatusE(w, i, before, next)
	case 'i':
		return hiatusI(w, i, before, next)
	case 'o':
		return w[i] == 'i' && begins(w[i:], "ing") || w[i] == 'a' && final // going, boa
	case 'u':
		return hiatusU(w, i, before, next)
	case 'y':
		switch w[i] {
		case 'i':
			return i > 1 // paying
		case 'a', 'o':
			return isVowel(before) // payable, mayor
		case 'e':
			return i > 1 && next == 'r' // payer
		}
	}
	return false
}

// hiatusE is hiatus after an e.
func hiatusE(w []byte, i int, before, next byte) bool {
	rest := w[i:]
	switch w[i] {
	case 'a':
		switch before {
		case 'r':
			return next == 'c' && char(w, i+2) == 't' || next == 'l' || char(w, i-3) == 'c' && next == 't' // react, real, create
		default:
			return next == 0 // area
		}
	case 'i':
		return begins(rest, "ing") // being
	case 'e':
		return begins(rest[1:], "ing") // seeing
	case 'o':
		return next != 'p' && before != 'g' && before != 'c' // video; not people, surgeon
	case 'u':
		return next == 'm' // museum
	}
	return false
}

// hiatusI is hiatus after an i.
func hiatusI(w []byte, i int, before, next byte) bool {
	switch w[i] {
	case 'a':
		switch before {
		case 'c', 't':
			return next == 't' // appreciate; not special
		case 's', 'g':
			return false
		}
		return next != 'g' || char(w, i+2) != 'e' // not marriage
	case 'e':
		switch next {
		case 'r', 's':
			return string(w[i:]) == "er" || string(w[i:]) == "est"
		case 't':
			return true // society
		case 'n':
			after := char(w, i+2)
			return (after == 't' || after == 'c') && before != 'c' && before != 't' && before != 's' // client; not patient
		}
	case 'i', 'u':
		return true // premium
	case 'o':
		switch before {
		case 't', 's', 'c', 'g', 'x':
			return next == 0
		case 'l', 'n':
			return next != 'n' // not million, union
		}
		return true
	}
	return false
}

// hiatusU is hiatus after a u.
func hiatusU(w []byte, i int, before, next byte) bool {
	if before == 'q' {
		return false
	}
	switch w[i] {
	case 'a':
		return before != 'g' // usual
	case 'e':
		return before != 'g' && (next == 'l' || next == 'n' || next == 't' || string(w[i:]) == "er") // fuel
	case 'i':
		return begins(w[i:], "ing") || begins(w[i:], "ity") // annuity
	case 'o':
		return next == 'u' // arduous
	}
	return false
}

// endings counts what the end of w adds to its vowel runs.
func endings(w []byte) int {
	n := len(w)
	switch char(w, n-1) {
	case 'e':
		switch {
		case ends(w, "gue"), ends(w, "que"):
			return -1
		case ends(w, "ire") && isConsonant(char(w, n-4)) && w[n-4] != 'h':
			return 0
		case silentE(w):
			return -1
		}
	case 's':
		switch {
		case ends(w, "gues"), ends(w, "ques"):
			return -1
		case ends(w, "ires") && isConsonant(char(w, n-5)) && w[n-5] != 'h':
			return 0
		case ends(w, "es") && silentE(w[:n-1]) && !hisses(w[:n-2]):
			return -1
		case ends(w, "sms"):
			return 1
		}
	case 'd':
		if !ends(w, "ed") || !isConsonant(char(w, n-3)) {
			return 0
		}
		switch last, before := w[n-3], char(w, n-4); {
		case last == 't' || last == 'd':
		case (last == 'l' || last == 'r') && isConsonant(before) && before != last:
		case ends(w, "ired") && isConsonant(char(w, n-5)):
		default:
			return -1
		}
	case 'm':
		if ends(w, "sm") || ends(w, "thm") {
			return 1
		}
	}
	return 0
}

// silentE reports whether w ends in an e that is not said.
func silentE(w []byte) bool {
	n := len(w)
	if char(w, n-1) != 'e' || !isConsonant(char(w, n-2)) {
		return false
	}
	switch before := char(w, n-3); char(w, n-2) {
	case 'l':
		return before == 'l' || !isConsonant(before)
	case 'r':
		return before == 'r' || !isConsonant(before)
	}
	return true
}

// hisses reports whether w ends in a sound after which -s and 's are a
// syllable: kiss, box, notice, judge, church.
func hisses(w []byte) bool {
	switch char(w, len(w)-1) {
	case 's', 'z', 'x', 'c', 'g':
		return true
	case 'h':
		return ends(w, "ch") || ends(w, "sh")
	}
	return false
}

// prefixBreak returns 1 where a prefix stands before a vowel that begins a new
// syllable: re-im-burse, co-in-sur-ance, pre-ex-ist-ing. The two letters after
// the prefix tell it from reason, coast and preach. Mc- is a syllable anyway.
func prefixBreak(w []byte) int {
	if len(w) < 6 {
		return 0
	}
	split := false
	switch {
	case begins(w, "re"):
		switch string(w[2:4]) {
		case "af", "ap", "as", "at", "au", "aw", "el", "em", "en", "ev", "ex", "im", "in", "op", "un", "us":
			split = true
		}
	case begins(w, "co"):
		switch string(w[2:4]) {
		case "ag", "al", "ed", "ef", "en", "er", "ex", "in", "or":
			split = true
		}
	case begins(w, "de"):
		switch string(w[2:4]) {
		case "an", "if", "is":
			split = true
		}
	case begins(w, "pre"):
		switch string(w[3:5]) {
		case "ad", "am", "ar", "au", "el", "em", "ex", "op":
			split = true
		}
	case begins(w, "mc"):
		split = true
	}
	if split {
		return 1
	}
	return 0
}

// compoundHead returns the length of the first part of a compound whose silent
// e would else count as a syllable inside the word: home|owner, some|times. The
// first e of every|one is silent, too.
func compoundHead(w []byte) int {
	const shortestTail = 3
	if begins(w, "every") && len(w) > len("every")+1 {
		return len("every")
	}
	for i := 2; i <= 6 && i+shortestTail < len(w); i++ {
		if w[i] != 'e' {
			continue
		}
		switch string(w[:i+1]) {
		case "base", "blue", "brake", "bridge", "care", "cheese", "date", "edge", "file", "fine", "fire", "five",
			"force", "fore", "game", "gate", "goose", "grape", "grave", "guide", "home", "horse", "house", "ice",
			"joke", "judge", "lake", "lease", "life", "like", "line", "love", "make", "mouse", "name", "nine",
			"nose", "note", "office", "one", "peace", "pipe", "plate", "police", "price", "race", "rate", "ridge",
			"role", "safe", "sale", "scape", "score", "service", "shake", "share", "shore", "side", "size", "smoke",
			"snake", "some", "space", "spoke", "stage", "stake", "state", "stone", "store", "strike", "there",
			"time", "trade", "true", "type", "voice", "wake", "ware", "waste", "wedge", "where", "white", "whole",
			"wide", "wise", "write":
			return i + 1
		}
	}
	return 0
}
