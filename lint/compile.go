package lint

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"bedside/internal/nearest"
	"bedside/internal/strict"
)

// compile turns the tables into rules and the words of all rules into one
// matcher a language.
func (l *loader) compile() error {
	if len(l.names) == 0 {
		return l.read[0].Errorf([]string{"language"}, "[language.en] is missing: without it no word can be found")
	}
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
	for i, lang := range l.names[1:] {
		wait.Go(func() { matchers[i+1], faults[i+1] = l.matcher(lang) })
	}
	matchers[0], faults[0] = l.matcher(l.names[0])
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

// meant hints at the rule of the same kind that a new one was meant to be. Their
// names are compared behind the kind, which is right already.
func (l *loader) meant(id string) string {
	kind, name, _ := strings.Cut(id, ".")
	var others []string
	for _, other := range l.order {
		if short, same := strings.CutPrefix(other, kind+"."); same && other != id {
			others = append(others, short)
		}
	}
	near := nearest.Name(name, others)
	if near == "" {
		return ""
	}
	return " (did you mean “" + kind + "." + near + "”?)"
}

// rule checks the keys that every rule has and compiles the rest.
func (l *loader) rule(id string) error {
	t, f := l.tables[id], l.files[id]
	c := t.keys()
	kind, _, _ := strings.Cut(id, ".")
	r := &Rule{ID: id, Kind: kind, Severity: c.Severity, Says: c.Says, Why: c.Why, Source: c.Source, Label: labelOf(id),
		only: c.OnlyKinds, allow: c.AllowKinds, Off: c.Off, Waivable: c.Waivable == nil || *c.Waivable, file: f}
	if missing := c.missing(kind); missing != "" && !c.Off {
		return f.Errorf(rulePath(id), "%s has no %s%s", id, missing, l.meant(id))
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
