package lint

import (
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"slices"

	"bedside/internal/strict"
)

// A loader puts a pack together from the files it is made of.
type loader struct {
	pack      *Pack
	builtin   fs.FS
	digest    hash.Hash
	tables    map[string]table // by rule id
	order     []string         // rule ids
	files     map[string]*strict.File
	read      []*strict.File // each rules.toml, the one that is extended first
	languages map[string]*languageTable
	names     []string // languages, in order
}

// load reads one rules.toml over what was loaded before.
func (l *loader) load(name string, src []byte, mayExtend bool) error {
	l.pack.sources = append(l.pack.sources, src)
	if l.recall(name, src) {
		return nil
	}
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
	l.read = append(l.read, f)
	return nil
}

// unknown refuses keys that nothing has read.
func (l *loader) unknown() error {
	for _, f := range l.read {
		if err := f.Done(); err != nil {
			return err
		}
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
