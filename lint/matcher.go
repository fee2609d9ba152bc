package lint

import (
	"errors"
	"slices"
	"sync"

	"bedside/internal/strict"
	"bedside/lint/phrase"
)

// A matcher finds the words of all rules in one language. owners tells whose
// the phrases are.
type matcher struct {
	*phrase.Matcher
	owners   []owner
	readings sync.Pool // of letters in the language
}

type owner struct {
	rule  *Rule
	entry int
}

// matcher compiles the words that all rules have in one language.
func (l *loader) matcher(lang string) (*matcher, error) {
	t := l.languages[lang]
	m := &matcher{}
	var phrases []phrase.Phrase
	for _, r := range l.pack.Rules {
		if r.Off {
			continue
		}
		for i, e := range r.Entries {
			if !e.off && len(e.Find) > 0 && (e.Language == lang || e.Language == "") {
				phrases = append(phrases, phrase.Phrase{Find: e.Find, Except: e.Except, Negatable: e.negatable, FirstPerson: e.personal, Case: e.matchCase})
				m.owners = append(m.owners, owner{r, i})
			}
		}
	}
	var err error
	m.Matcher, err = phrase.Compile(phrase.Language{Name: lang, Inflect: t.Inflect, Lists: t.List, Negators: t.Negators, ClauseWords: t.ClauseWords,
		Subjects: t.Subjects, Traps: t.Traps, Openers: t.Openers, BrokenBy: t.BrokenBy, Window: t.Window}, phrases)
	var fault *phrase.PatternError
	if errors.As(err, &fault) && fault.Phrase < 0 {
		f := l.files["language."+lang]
		return nil, badPattern(f, f.Find([]string{"language", lang}, 0, fault.Pattern), fault)
	}
	if errors.As(err, &fault) {
		o := m.owners[fault.Phrase]
		e := o.rule.Entries[o.entry]
		key := e.key
		if !slices.Contains(e.Find, fault.Pattern) {
			key = e.beside("except")
		}
		return nil, badPattern(l.files[o.rule.ID], l.place(o.rule.ID, &keyError{key: key, n: e.n, text: fault.Pattern}), fault)
	}
	return m, err
}

// badPattern is the fault of a pattern that stands at a place of a file.
func badPattern(f *strict.File, at strict.Place, fault *phrase.PatternError) error {
	at.Offset += fault.Offset
	at.Length = max(1, at.Length-fault.Offset)
	return &strict.Error{File: f.Name, Src: f.Src, Place: at, Message: fault.Message}
}
