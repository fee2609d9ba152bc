package lint

import (
	"strings"

	"bedside/lint/phrase"
)

// A plainEntry is one line of [language.xx.plain].
type plainEntry struct {
	find    string // "assist~"
	plainer []string
}

// everyday stands for all words that everyone knows, however long they are.
var everyday = &plainEntry{find: "everyday"}

// plainWords are the words of a language that need no plainer one or have one.
type plainWords struct {
	matcher *phrase.Matcher
	entries []*plainEntry // by phrase of the matcher
}

// plainWords puts the list of a language together: what everyone knows, the
// swaps of the rules, which are of one word each, and the plain words.
func (p *Pack) plainWords(lang string, t *languageTable) *plainWords {
	w := &plainWords{}
	var phrases []phrase.Phrase
	add := func(e *plainEntry, find ...string) {
		w.entries = append(w.entries, e)
		phrases = append(phrases, phrase.Phrase{Find: find})
	}
	add(everyday, t.Everyday...)
	for _, r := range p.Rules {
		for _, e := range r.Entries {
			if e.swap && !r.Off && e.Language == lang && len(e.Find) == 1 && oneWord(e.Find[0]) {
				add(&plainEntry{e.Find[0], e.Try}, e.Find[0])
			}
		}
	}
	for _, find := range sortedKeys(t.Plain) {
		add(&plainEntry{find, t.Plain[find]}, find)
	}
	w.matcher, _ = phrase.Compile(phrase.Language{Name: lang, Inflect: t.Inflect}, phrases) // a single word has no fault
	return w
}

// lookup returns a plainLookup, for one goroutine.
func (w *plainWords) lookup() *plainLookup { return &plainLookup{w, w.matcher.Scanner()} }

// A plainLookup looks words up.
type plainLookup struct {
	*plainWords
	scanner *phrase.Scanner
}

// entry returns the entry of a word, everyday for one that everyone knows, nil
// for one that is not in the list. The 's of an owner does not count.
func (l *plainLookup) entry(word string) (e *plainEntry) {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	l.scanner.Scan(word, nil, nil, nil, func(h phrase.Hit) {
		if whole := h.Start == 0 && h.End == len(word); whole && e == nil {
			e = l.entries[h.Phrase]
		}
	})
	return e
}
