package lint

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/letter"
	"bedside/lint/readability"
)

// HardPlaces tells where a letter is hard to read, in the form of which
// Readability is the score. Both lists may be empty.
type HardPlaces struct {
	Sentences []HardSentence // those that add most, the first most of all
	Words     []HardWord     // the most frequent first, then in the order of the letter
}

// A HardSentence makes the letter harder to read than it is without it.
type HardSentence struct {
	Span  letter.Span
	Text  string  // as the patient reads it, but with the fields as they are written
	Words int     // its length: words, numbers and fields
	Share float64 // what it adds, above 0: grade points or, in Spanish, points of reading ease; see readability.Counts.Share
}

// A HardWord is hard for its length, or rules.toml knows a plainer one. What
// everyone knows, names and fields are not among them.
type HardWord struct {
	Span    letter.Span // where it stands first
	Text    string      // as it stands there
	Count   int         // how often it is there, in all forms that the same line of rules.toml is about
	Plainer []string    // words to take instead, nil where rules.toml has none
	Finding *Finding    // the finding that tells what to write instead, nil where there is none
}

// Which hard sentences are named: a few to begin with, for after a change the
// order is another one; and none so short that there is little to change in it.
const (
	mostSentences = 3
	shortestHard  = 5 // words
)

// HardPlaces tells where a letter that was checked is hard. A check does not
// need it, so it is found out for those who ask.
func (p *Pack) HardPlaces(res *Result) HardPlaces {
	if len(res.Letter.Blocks) == 0 {
		return HardPlaces{}
	}
	read := p.measured(res.Letter)
	defer p.release(read)
	var places HardPlaces
	for _, h := range read.hardest(mostSentences) {
		places.Sentences = append(places.Sentences, HardSentence{h.block.Source(h.Start, h.End), read.written(h.block, h.Start, h.End), h.words, h.share})
	}
	places.Words = read.hardWords(res.Findings)
	return places
}

// A hardSentence is a HardSentence as a range of its block's text.
type hardSentence struct {
	block *letter.Block
	readability.Span
	words int
	share float64
}

// running calls yield with each sentence of running text in the hardest form.
func (read *reading) running(yield func(b *letter.Block, s readability.Span, tokens []readability.Token)) {
	for i := range read.Blocks {
		if b := &read.Blocks[i]; read.blocks[i].scored && b.Forms&read.worst.Forms != 0 {
			for s, tokens := range readability.BySentence(b.Sentences, read.tokensOf(i)) {
				yield(b, s, tokens)
			}
		}
	}
}

// hardest returns the sentences that add most to the hardness of the letter,
// n at most; what is printed as 0 adds nothing. Of a letter that is too short
// for a score there are none.
func (read *reading) hardest(n int) []hardSentence {
	if read.worst.Confidence == readability.None {
		return nil
	}
	lang := readability.Language(read.lang)
	var out []hardSentence
	read.running(func(b *letter.Block, s readability.Span, tokens []readability.Token) {
		if len(tokens) < shortestHard {
			return
		}
		if share, ok := read.worst.Share(readability.CountSentence(tokens), lang); ok && round(share) > 0 {
			out = append(out, hardSentence{b, s, len(tokens), share})
		}
	})
	sort.SliceStable(out, func(i, j int) bool { return out[i].share > out[j].share })
	return out[:min(n, len(out))]
}

// hardWords lists the hard words of the letter. The findings are those of the
// letter: of a word that one of them is about, it tells what to write.
func (read *reading) hardWords(findings []Finding) []HardWord {
	list := read.pack.plain[read.lang]
	if list == nil {
		return nil
	}
	look, told := list().lookup(), wordings(findings)
	var out []HardWord
	known := map[string]int{} // the place in out, by word or by the line of rules.toml
	read.running(func(b *letter.Block, s readability.Span, tokens []readability.Token) {
		for i, t := range tokens {
			if t.Class != readability.Word {
				continue
			}
			word := b.Text[t.Start:t.End]
			e := look.entry(word)
			if e == nil && readability.IsHard(word, readability.Language(read.lang)) {
				e = &plainEntry{find: strings.ToLower(word)}
			}
			if e == nil || e == everyday || isName(word) && (i > 0 || e.plainer == nil) {
				continue
			}
			span := b.Source(t.Start, t.End)
			at, ok := known[e.find]
			if !ok {
				at = len(out)
				known[e.find] = at
				out = append(out, HardWord{Span: span, Text: word, Plainer: e.plainer})
			}
			w := &out[at]
			w.Count++
			if w.Finding == nil {
				w.Finding = holding(told, span)
			}
		}
	})
	sort.SliceStable(out, func(i, j int) bool { return out[i].Count > out[j].Count })
	return out
}

// isName reports whether a word may be a name: it has a capital and is not
// shouted. The first one of a sentence is none if rules.toml knows it.
func isName(word string) bool {
	initial, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(initial) && !readability.IsCapitals(word)
}

// wordings are the findings about words. None of them overlap, see resolve.
func wordings(findings []Finding) []*Finding {
	var out []*Finding
	for i := range findings {
		if findings[i].Rule.wording {
			out = append(out, &findings[i])
		}
	}
	return out
}

// holding returns the finding that a word lies in, or nil.
func holding(findings []*Finding, word letter.Span) *Finding {
	i := sort.Search(len(findings), func(i int) bool { return findings[i].Span.End >= word.End })
	if i < len(findings) && findings[i].Span.Start <= word.Start {
		return findings[i]
	}
	return nil
}
