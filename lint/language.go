package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"bedside/internal/strict"
)

// languageTable is [language.en]: how words bend, what denies, and which words
// are plainer.
type languageTable struct {
	Negators    []string            `toml:"negators"`
	ClauseWords []string            `toml:"clause_words"`
	Subjects    []string            `toml:"subjects"`
	Traps       []string            `toml:"traps"`
	Openers     []string            `toml:"openers"`
	BrokenBy    []string            `toml:"broken_by"`
	Window      int                 `toml:"window"`
	Inflect     map[string][]string `toml:"inflect"`
	List        map[string][]string `toml:"list"`
	Everyday    []string            `toml:"everyday"`
	Plain       map[string][]string `toml:"plain"`
}

// language lays the table of a language over what was loaded before. Everyday
// words are added to those that are there: an office has a few of its own.
func (l *loader) language(f *strict.File, lang string, prim toml.Primitive) error {
	t := l.languages[lang]
	before := t.Everyday
	t.Everyday = nil
	if err := f.Into([]string{"language", lang}, prim, t); err != nil {
		return err
	}
	if fault := t.check(); fault != nil {
		at := f.Find(append([]string{"language", lang}, fault.key...), 0, fault.text)
		return &strict.Error{File: f.Name, Src: f.Src, Place: at, Message: fault.message}
	}
	t.Everyday = append(before, t.Everyday...)
	return nil
}

// check refuses lines that could never be found or say nothing.
func (t *languageTable) check() *keyError {
	for _, w := range t.Everyday {
		if !oneWord(w) {
			return &keyError{[]string{"everyday"}, 0, w, fmt.Sprintf("“%s” is not a single word: words are looked at one by one here", w)}
		}
	}
	for _, w := range sortedKeys(t.Plain) {
		switch {
		case !oneWord(w):
			return &keyError{[]string{"plain", w}, 0, "", fmt.Sprintf("“%s” is not a single word: words are looked at one by one here", w)}
		case len(t.Plain[w]) == 0 || slices.Contains(t.Plain[w], ""):
			return &keyError{[]string{"plain", w}, 0, "", fmt.Sprintf("“%s” has no plainer word; if everyone knows it, it belongs in everyday", w)}
		}
	}
	return nil
}

// oneWord reports whether a pattern is for a single word: "assist~", or any of
// some: "(assist~|assistance)". Such a pattern has no fault.
func oneWord(pattern string) bool {
	inner, open := strings.CutPrefix(pattern, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if open != closed || !open && strings.Contains(inner, "|") {
		return false
	}
	for word := range strings.SplitSeq(inner, "|") {
		if n := len(word); n > 1 && (word[n-1] == '~' || word[n-1] == '*') {
			word = word[:n-1]
		}
		if word == "" || strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
			return false
		}
	}
	return true
}
