package readability

import (
	"iter"
	"strings"
)

// BySentence yields each of the sentences with those of the tokens that stand in it. Both are in the order of the text.
func BySentence(sentences []Span, tokens []Token) iter.Seq2[Span, []Token] {
	return func(yield func(Span, []Token) bool) {
		rest := tokens
		for _, s := range sentences {
			for len(rest) > 0 && rest[0].Start < s.Start {
				rest = rest[1:]
			}
			n := 0
			for n < len(rest) && rest[n].Start < s.End {
				n++
			}
			if !yield(s, rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// voiceOf returns what an English word can do in a passive verb group: traits from heard to between.
func voiceOf(word string) traits {
	var buf [wordLength]byte
	w := fold(buf[:0], word)
	v := heard
	if isHelper(string(w)) {
		v |= helper
	}
	if isParticiple(w) {
		v |= participle
	}
	if isBetween(w) {
		v |= between
	}
	return v
}

// has reports whether a token is a word of that voice.
func (t *Token) has(v traits, text string) bool {
	if t.traits&heard != 0 || t.Class != Word {
		return t.traits&v != 0
	}
	return voiceOf(text[t.Start:t.End])&v != 0
}

// Passives appends the passive verb groups of English sentences to dst, from
// the helping verb to the participle: "was not yet paid". The tokens are those
// of the text, and are quicker to look at after CountTokens has been.
func Passives(dst []Span, text string, sentences []Span, tokens []Token) []Span {
	for i := 0; i < len(tokens); i++ {
		help := &tokens[i]
		if help.traits&(heard|helper) == heard || !help.has(helper, text) {
			continue // as most are
		}
		for len(sentences) > 0 && sentences[0].End <= help.Start {
			sentences = sentences[1:]
		}
		if len(sentences) == 0 {
			break
		}
		for i+1 < len(tokens) && tokens[i+1].Start < sentences[0].End && isJoined(text[tokens[i].End:tokens[i+1].Start]) {
			i++
			if tokens[i].has(participle, text) {
				dst = append(dst, Span{help.Start, tokens[i].End})
				break
			}
			if !tokens[i].has(between, text) {
				i-- // it may be the next helper; those passed have nothing else after them
				break
			}
		}
	}
	return dst
}

// isJoined reports whether what stands between two words leaves them in one
// verb group.
func isJoined(gap string) bool { return !strings.ContainsAny(gap, ",;:()—–") }

// isHelper reports whether w is a form of be or get. Contractions with 's are
// left out: "he's called" is as likely "has".
func isHelper(w string) bool {
	switch w {
	case "am", "is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "gotten", "getting",
		"isn't", "aren't", "wasn't", "weren't", "i'm", "you're", "we're", "they're":
		return true
	}
	return false
}

// isBetween reports whether w may stand between helper and participle: not,
// been, being, an adverb.
func isBetween(w []byte) bool {
	switch string(w) {
	case "not", "been", "being", "already", "also", "always", "ever", "just", "later", "never", "now", "often", "once",
		"only", "soon", "still", "then", "yet", "again", "even", "first", "both", "all", "well", "perhaps", "otherwise":
		return true
	case "family", "reply", "apply", "supply", "july", "bully", "ally", "likely", "friendly", "costly", "ugly":
		return false
	}
	return len(w) > 4 && ends(w, "ly")
}

// isParticiple reports whether w is the past participle of a verb and not
// better read as an adjective.
func isParticiple(w []byte) bool {
	if ends(w, "ed") && len(w) >= 5 {
		return !ends(w, "eed") && !isAdjective(string(w))
	}
	return isIrregularParticiple(string(w))
}

// isAdjective reports whether a word in -ed says how something is, rather than
// what was done to it.
func isAdjective(w string) bool {
	switch w {
	case "advanced", "amazed", "annoyed", "ashamed", "attached", "bored", "closed", "committed", "complicated",
		"concerned", "confused", "crowded", "dedicated", "delighted", "detailed", "disabled", "disappointed",
		"divorced", "embarrassed", "enclosed", "excited", "experienced", "frightened", "frustrated", "hundred",
		"interested", "involved", "limited", "located", "married", "naked", "overwhelmed", "pleased", "related",
		"relieved", "retired", "sacred", "satisfied", "scared", "shocked", "skilled", "started", "stressed",
		"supposed", "surprised", "talented", "thrilled", "tired", "uncovered", "unemployed", "uninsured",
		"unlimited", "unrelated", "untreated", "used", "wicked", "worried", "wounded":
		return true
	}
	return false
}

// isIrregularParticiple knows the participles that do not end in -ed. Simple
// pasts that are no participles (broke, went) are not among them.
func isIrregularParticiple(w string) bool {
	switch w {
	case "beaten", "bent", "bitten", "borne", "bought", "bound", "broken", "brought", "built", "burnt", "caught",
		"chosen", "cut", "dealt", "done", "drawn", "driven", "drunk", "eaten", "fed", "felt", "forbidden",
		"forgiven", "forgotten", "fought", "found", "frozen", "given", "ground", "grown", "heard", "held",
		"hidden", "hit", "hung", "hurt", "kept", "known", "laid", "led", "left", "lent", "let", "lit", "lost",
		"made", "meant", "met", "mistaken", "misunderstood", "outdone", "overdrawn", "overpaid", "overseen",
		"paid", "prepaid", "proven", "put", "read", "rebuilt", "redone", "repaid", "resent", "rewritten", "ridden",
		"rung", "said", "seen", "sent", "set", "sewn", "shaken", "shot", "shown", "shut", "sold", "sought",
		"spent", "split", "spoken", "spread", "stolen", "struck", "sung", "sworn", "taken", "taught", "thought",
		"thrown", "told", "torn", "undone", "understood", "underpaid", "upheld", "withdrawn", "withheld", "won",
		"worn", "woven", "written":
		return true
	}
	return false
}
