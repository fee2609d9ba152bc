package lint

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"

	"bedside/internal/strict"
	"bedside/lint/letter"
)

// overalls are what a letter can be labelled as, as a whole.
var overalls = []string{harshLetter, "neutral", kindLetter}

// The labels of letters that rules can judge rightly.
const (
	harshLetter = "harsh"
	kindLetter  = "compassionate"
)

// A marked phrase is a label on harsh words with the places it stands for.
type marked struct {
	letter.Harsh
	places [][]word
}

// touches reports whether a finding covers a whole word of the phrase.
func (m *marked) touches(f *Finding) bool {
	return slices.ContainsFunc(m.places, func(place []word) bool {
		return slices.ContainsFunc(place, func(w word) bool { return f.Span.Start <= w.at.Start && w.at.End <= f.Span.End })
	})
}

// A word is one word of a letter with its place in the file. A field is one
// word, its name.
type word struct {
	text string
	at   letter.Span
}

// wordsOf are the words that the reader of a letter sees.
func wordsOf(l *letter.Letter) []word {
	var words []word
	for i := range l.Blocks {
		b := &l.Blocks[i]
		from := 0
		read := func(to int) {
			for start, end := range wordsIn(b.Text[from:to]) {
				words = append(words, word{b.Text[from+start : from+end], b.Source(from+start, from+end)})
			}
		}
		for _, m := range b.Marks {
			if m.Kind == letter.MarkField && m.Name != "" {
				read(m.Start)
				words = append(words, word{m.Name, b.Source(m.Start, m.End)})
				from = m.End
			}
		}
		read(len(b.Text))
	}
	return words
}

// wordsIn yields where the words of a text begin and end: letters and digits,
// and what joins them in a word. Marks of emphasis, the braces of a field and
// white space are between words.
func wordsIn(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		start, end := -1, 0 // of the word so far
		for i, r := range text {
			switch {
			case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
				if start < 0 {
					start = i
				}
				end = i + len(string(r))
			case start >= 0 && i == end && strings.ContainsRune("'’_", r) && wordFollows(text[i+len(string(r)):]):
				end = i + len(string(r))
			case start >= 0:
				if !yield(start, end) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(start, end)
		}
	}
}

// cutWords are the words of a text.
func cutWords(text string) []string {
	var words []string
	for start, end := range wordsIn(text) {
		words = append(words, text[start:end])
	}
	return words
}

// wordFollows reports whether a text begins inside a word.
func wordFollows(text string) bool {
	for _, r := range text {
		return unicode.IsLetter(r) || unicode.IsNumber(r)
	}
	return false
}

// placesOf are the places where words stand one after the other, whatever
// stands between them.
func placesOf(phrase []string, words []word, same func(a, b string) bool) [][]word {
	var places [][]word
	for i := 0; len(phrase) > 0 && i+len(phrase) <= len(words); i++ {
		place := words[i : i+len(phrase)]
		if slices.EqualFunc(place, phrase, func(w word, p string) bool { return same(w.text, p) }) {
			places = append(places, place)
			i += len(phrase) - 1
		}
	}
	return places
}

// A labelReader holds the labels of one letter to what the rules know and to
// what the letter says.
type labelReader struct {
	*Result
	pack   *Pack
	marks  []marked
	faults []*strict.Error
}

// readLabels returns the labels on harsh words with their places, and every
// fault of the labels of a letter, in the order of the file.
func (p *Pack) readLabels(res *Result) ([]marked, []*strict.Error) {
	r := &labelReader{Result: res, pack: p}
	if f := res.unread(); f != nil {
		r.fault(f.Span, f.Message)
		return nil, r.faults
	}
	labels := &res.Letter.Meta.Labels
	if v := labels.Overall; v != "" && !slices.Contains(overalls, v) {
		r.fault(res.Letter.MetaAt([]string{"overall"}, 0, v), unknownName("judgement of a letter", v, overalls).Error())
	}
	r.harsh(labels.Harsh)
	known := p.labels(func(r *Rule) bool { return r.element != nil })
	for _, name := range sortedKeys(labels.Expect) {
		if !slices.Contains(known, name) {
			r.fault(res.Letter.MetaAt([]string{"expect", name}, 0, ""), unknownName("label of a required element", name, known).Error())
		}
	}
	slices.SortStableFunc(r.faults, func(a, b *strict.Error) int { return cmp.Compare(a.Place.Offset, b.Place.Offset) })
	return r.marks, r.faults
}

// unread is why a letter cannot be measured, or nil: it or its front matter
// could not be read, or nobody looks for words of its language.
func (res *Result) unread() *Finding {
	for i := range res.Findings {
		f := &res.Findings[i]
		switch {
		case len(res.Letter.Blocks) == 0, f.Rule.ID == "letter.front-matter",
			f.Rule.ID == "letter.language" && res.Letter.Meta.Labelled():
			return f
		}
	}
	return nil
}

// labels are those of the rules for which is holds, each once.
func (p *Pack) labels(is func(*Rule) bool) []string {
	var names []string
	for _, r := range p.Rules {
		if is(r) && !slices.Contains(names, r.Label) {
			names = append(names, r.Label)
		}
	}
	return names
}

func (r *labelReader) fault(at letter.Span, message string) {
	r.faults = append(r.faults, &strict.Error{File: r.Path, Src: string(r.Letter.Src),
		Place: strict.Place{Offset: at.Start, Length: at.End - at.Start}, Message: message})
}

// A listing is a wording that labels list, perhaps several times.
type listing struct {
	words  []string
	places [][]word
	labels int // how many labels list it
	taken  int // how many of them have been given their places
}

// harsh reads the labels on harsh words. Of a wording that stands at several
// places each label takes one, and the last of them all that are left.
func (r *labelReader) harsh(labels []letter.Harsh) {
	known := r.pack.labels((*Rule).harsh)
	if !r.complete(labels, known) {
		return
	}
	words, wordings := wordsOf(r.Letter), map[string]*listing{}
	of := make([]*listing, len(labels))
	for i, l := range labels {
		phrase := cutWords(l.Phrase)
		key := strings.Join(phrase, " ")
		if wordings[key] == nil {
			wordings[key] = &listing{words: phrase, places: placesOf(phrase, words, func(a, b string) bool { return a == b })}
		}
		of[i] = wordings[key]
		of[i].labels++
	}
	for i, l := range labels {
		if !slices.Contains(known, l.Category) {
			r.fault(r.Letter.MetaAt([]string{"harsh", "category"}, i, l.Category), unknownName("category of harsh words", l.Category, known).Error())
		}
		w := of[i]
		if w.taken == len(w.places) {
			r.fault(r.Letter.MetaAt([]string{"harsh", "phrase"}, i, l.Phrase), w.notThere(l.Phrase, words))
			continue
		}
		places := w.places[w.taken:]
		if w.taken++; w.taken < w.labels {
			places = places[:1]
		}
		r.marks = append(r.marks, marked{l, places})
	}
}

// complete refuses labels that lack a phrase or a category. Where one does,
// the places of the others cannot be told: keys are found by counting them.
func (r *labelReader) complete(labels []letter.Harsh, categories []string) bool {
	before := len(r.faults)
	for i, l := range labels {
		switch {
		case l.Phrase == "":
			r.fault(r.Letter.MetaAt([]string{"harsh"}, i, ""), "each entry of harsh needs a phrase: words of the letter")
		case l.Category == "":
			r.fault(r.Letter.MetaAt([]string{"harsh"}, 0, l.Phrase), "each entry of harsh needs a category: "+strings.Join(categories, ", "))
		}
	}
	return len(r.faults) == before
}

// notThere says why a label has no place in the letter.
func (w *listing) notThere(phrase string, words []word) string {
	switch {
	case len(w.words) == 0:
		return quote(oneLine(phrase)) + " has no word in it"
	case len(w.places) > 0:
		return fmt.Sprintf("%s is listed %d times and stands in the letter %d", quote(oneLine(phrase)), w.labels, len(w.places))
	}
	message := quote(oneLine(phrase)) + " does not stand in the letter"
	if like := placesOf(w.words, words, strings.EqualFold); len(like) > 0 {
		var there []string
		for _, w := range like[0] {
			there = append(there, w.text)
		}
		return message + "; the letter writes " + quote(strings.Join(there, " "))
	}
	return message + "; copy the words as its reader sees them"
}
