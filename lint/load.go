package lint

import (
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"bedside/internal/nearest"
	"bedside/internal/strict"
	"bedside/lint/phrase"
)

// kinds are the kinds of rules, each with the shape of its table. A new kind
// is one file with such a table, and one line here.
var kinds = []struct {
	name  string
	table func() table
	rules func(*rulesFile) map[string]toml.Primitive
}{
	{"require", func() table { return &requireTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Require }},
	{"ban", func() table { return &banTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Ban }},
	{"limit", func() table { return &limitTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Limit }},
	{"guard", func() table { return &guardTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Guard }},
	{"promise", func() table { return &promiseTable{} }, func(f *rulesFile) map[string]toml.Primitive { return f.Promise }},
}

// A table is one rule as rules.toml writes it.
type table interface {
	keys() *common
	// decode lays the table of a file over what is there.
	decode(into func(v any) error) error
	// compile turns the table into the rule's entries and its check. Faults
	// are a keyError or plain.
	compile(r *Rule, p *Pack) (check, error)
}

// common are the keys that every rule has.
type common struct {
	Severity   Severity `toml:"severity"`
	Says       string   `toml:"says"`
	Why        string   `toml:"why"`
	Source     []string `toml:"source"`
	OnlyKinds  []string `toml:"only_kinds"`
	AllowKinds []string `toml:"allow_kinds"`
	Off        bool     `toml:"off"`
	Waivable   *bool    `toml:"waivable"` // nil: it is
}

func (c *common) keys() *common { return c }

// missing names a key that every rule needs and this one does not have. The
// severity of a limit is told by its bounds.
func (c *common) missing(kind string) string {
	switch {
	case c.Severity == 0 && kind != "limit":
		return "severity"
	case c.Says == "":
		return "says"
	case c.Why == "":
		return "why"
	case len(c.Source) == 0:
		return "source"
	}
	return ""
}

// byLanguage are lists by language: find.en = [...].
type byLanguage map[string][]string

// inVain is the fault of a list in a language that a rule has no words in:
// nothing would ever look at it.
func inVain(wordsKey string, words byLanguage, key string, lists byLanguage) error {
	for _, lang := range sortedKeys(lists) {
		if len(words[lang]) == 0 {
			return &keyError{[]string{key, lang}, 0, "", fmt.Sprintf("%s.%s is of no use without %s.%s, the words that are looked for", key, lang, wordsKey, lang)}
		}
	}
	return nil
}

// A keyError is a fault in one key of a rule's table; the n-th of an array of
// tables, when there are several.
type keyError struct {
	key     []string
	n       int
	text    string // the part of the value that is wrong, or ""
	message string
}

func (e *keyError) Error() string { return e.message }

// A loader puts a pack together from the files it is made of.
type loader struct {
	pack      *Pack
	builtin   fs.FS
	digest    hash.Hash
	tables    map[string]table // by rule id
	order     []string         // rule ids
	files     map[string]*strict.File
	languages map[string]*languageTable
	names     []string // languages, in order
}

// load reads one rules.toml over what was loaded before.
func (l *loader) load(name string, src []byte, mayExtend bool) error {
	l.pack.sources = append(l.pack.sources, src)
	var file rulesFile
	f, err := strict.Open(name, src, &file)
	if err != nil {
		return err
	}
	if file.Extends != "" {
		if err := l.extend(f, &file, mayExtend); err != nil {
			return err
		}
	} else if file.Version < 1 {
		return f.Errorf([]string{"version"}, "begin this file with extends = \"bedside\" to change the built-in rules, or with version = 1 to replace them")
	}
	if required := file.Approval.Required; required != nil {
		l.pack.ApprovalRequired = *required
	}
	l.pack.Version = max(l.pack.Version, file.Version)
	maps.Copy(l.pack.Sources, file.Source)
	maps.Copy(l.pack.Kinds, file.Kind)
	if err := l.rules(f, &file); err != nil {
		return err
	}
	for _, lang := range sortedKeys(file.Language) {
		prim := file.Language[lang]
		if l.languages[lang] == nil {
			l.languages[lang] = &languageTable{Window: 7}
			l.names = append(l.names, lang)
		}
		if err := l.language(f, lang, prim); err != nil {
			return err
		}
		l.files["language."+lang] = f
	}
	slices.Sort(l.names)
	if err := f.Done(); err != nil {
		return err
	}
	if len(l.names) == 0 {
		return f.Errorf([]string{"language"}, "[language.en] is missing: without it no word can be found")
	}
	return nil
}

// extend loads the built-in rules first.
func (l *loader) extend(f *strict.File, file *rulesFile, mayExtend bool) error {
	if file.Extends != "bedside" || !mayExtend {
		return f.Errorf([]string{"extends"}, "a pack can extend \"bedside\", nothing else")
	}
	src, err := fs.ReadFile(l.builtin, rulesName)
	if err != nil {
		return fmt.Errorf("reading the built-in rules: %w", err)
	}
	l.digest.Write(src)
	return l.load("built-in "+rulesName, src, false)
}

// rules decodes the rules of a file in the order in which they stand there.
func (l *loader) rules(f *strict.File, file *rulesFile) error {
	seen := map[string]bool{}
	for _, key := range f.Keys() {
		if len(key) < 2 || seen[key[0]+"."+key[1]] {
			continue
		}
		id := key[0] + "." + key[1]
		seen[id] = true
		for _, k := range kinds {
			prim, ok := k.rules(file)[key[1]]
			if k.name != key[0] || !ok {
				continue
			}
			if l.tables[id] == nil {
				l.tables[id] = k.table()
				l.order = append(l.order, id)
			}
			l.files[id] = f
			if err := l.tables[id].decode(func(v any) error { return f.Into(key[:2], prim, v) }); err != nil {
				return err
			}
		}
	}
	return nil
}

// compile turns the tables into rules and the words of all rules into one
// matcher a language.
func (l *loader) compile() error {
	for _, id := range l.order {
		if err := l.rule(id); err != nil {
			return err
		}
	}
	l.builtins()
	for i, r := range l.pack.Rules {
		r.index = i
		l.pack.rules[r.ID] = r
		if r.element != nil {
			l.pack.elements++
		}
	}
	matchers, faults := make([]*matcher, len(l.names)), make([]error, len(l.names))
	var wait sync.WaitGroup
	for i, lang := range l.names {
		wait.Go(func() { matchers[i], faults[i] = l.matcher(lang) })
	}
	wait.Wait()
	for i, lang := range l.names {
		if faults[i] != nil {
			return faults[i]
		}
		l.pack.matchers[lang] = matchers[i]
		p, t := l.pack, l.languages[lang]
		p.plain[lang] = sync.OnceValue(func() *plainWords { return p.plainWords(lang, t) })
	}
	return nil
}

// rule checks the keys that every rule has and compiles the rest.
func (l *loader) rule(id string) error {
	t, f := l.tables[id], l.files[id]
	c := t.keys()
	kind, _, _ := strings.Cut(id, ".")
	r := &Rule{ID: id, Kind: kind, Severity: c.Severity, Says: c.Says, Why: c.Why, Source: c.Source, Label: labelOf(id),
		only: c.OnlyKinds, allow: c.AllowKinds, Off: c.Off, Waivable: c.Waivable == nil || *c.Waivable, file: f}
	if missing := c.missing(kind); missing != "" && !c.Off {
		others := slices.DeleteFunc(slices.Clone(l.order), func(o string) bool { return o == id })
		return f.Errorf(rulePath(id), "%s has no %s%s", id, missing, nearest.Hint(id, others))
	}
	for _, s := range c.Source {
		if _, ok := l.pack.Sources[s]; !ok {
			return f.Errorf(append(rulePath(id), "source"), "“%s” is not in [source]%s", s, nearest.Hint(s, l.sources()))
		}
	}
	check, err := t.compile(r, l.pack)
	if err == nil {
		err = l.knownKinds(r)
	}
	if err == nil {
		err = l.proven(r)
	}
	if err != nil {
		var elsewhere *strict.Error
		if errors.As(err, &elsewhere) {
			return elsewhere
		}
		var fault *keyError
		if errors.As(err, &fault) {
			return &strict.Error{File: f.Name, Src: f.Src, Place: l.place(id, fault), Message: fault.message}
		}
		return f.Errorf(rulePath(id), "%s: %s", id, err)
	}
	r.check = check
	l.pack.Rules = append(l.pack.Rules, r)
	return nil
}

// place is where a fault of a rule stands in the last file that sets it.
func (l *loader) place(id string, fault *keyError) strict.Place {
	n := fault.n
	if t, ok := l.tables[id].(interface{ below() int }); ok {
		n = max(0, n-t.below())
	}
	return l.files[id].Find(append(rulePath(id), fault.key...), n, fault.text)
}

// knownKinds refuses kinds of letters that [kind] does not have: a rule for a
// kind that no letter can be would never be held.
func (l *loader) knownKinds(r *Rule) error {
	rule := Entry{key: []string{"find"}, only: r.only, allow: r.allow} // the lists beside its own words
	for _, e := range append([]*Entry{&rule}, r.Entries...) {
		if k, err := l.pack.unknownKind(e.only); err != nil {
			return &keyError{e.beside("only_kinds"), e.n, k, err.Error()}
		}
		if k, err := l.pack.unknownKind(e.allow); err != nil {
			return &keyError{e.beside("allow_kinds"), e.n, k, err.Error()}
		}
	}
	return nil
}

// unknownKind is the first of kinds that the pack does not have.
func (p *Pack) unknownKind(kinds []string) (kind string, err error) {
	for _, k := range kinds {
		if _, ok := p.Kinds[k]; !ok {
			return k, unknownName("kind of letter", k, sortedKeys(p.Kinds))
		}
	}
	return "", nil
}

// proven refuses a rule that comes without proof: a sentence it finds and a
// near miss.
func (l *loader) proven(r *Rule) error {
	hits, misses := 0, 0
	for _, e := range r.Entries {
		hits, misses = hits+len(e.Hit), misses+len(e.OK)
		if fault := l.badEntry(r, e); fault != nil {
			return fault
		}
		for _, s := range e.Source {
			if _, ok := l.pack.Sources[s]; !ok {
				return &keyError{e.beside("source"), e.n, s, fmt.Sprintf("“%s” is not in [source]%s", s, nearest.Hint(s, l.sources()))}
			}
		}
	}
	if (hits == 0 || misses == 0) && !r.Off {
		return fmt.Errorf("a rule needs at least one hit and one ok: a sentence it finds, and a near miss")
	}
	return nil
}

// badEntry is the fault of an entry that could never be found or proven.
func (l *loader) badEntry(r *Rule, e *Entry) error {
	if e.Language != "" && l.languages[e.Language] == nil {
		key := e.key // any.en
		if !slices.Contains(key, e.Language) {
			key = e.beside("lang")
		}
		return &keyError{key, e.n, e.Language, unknownName("language of this pack", e.Language, l.names).Error()}
	}
	for _, hit := range e.Hit {
		if _, words := Marked(hit); len(words) == 0 && (r.Kind == "ban" || r.Kind == "promise") {
			return &keyError{e.beside("hit"), e.n, hit, "put << and >> around the words that are found"}
		}
	}
	return nil
}

func (l *loader) sources() []string {
	var ids []string
	for id := range l.pack.Sources {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// A matcher finds the words of all rules in one language. owners tells whose
// the phrases are.
type matcher struct {
	*phrase.Matcher
	owners []owner
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

func rulePath(id string) []string {
	kind, name, _ := strings.Cut(id, ".")
	return []string{kind, name}
}
