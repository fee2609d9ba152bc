package lint

import (
	"io/fs"

	"bedside/internal/compact"
	"bedside/internal/strict"
	"bedside/lint/letter"
)

// indexName is the file that keeps what was read from the built-in rules.toml
// and fields.toml: to read it takes a tenth of the time that reading TOML takes,
// which was half of the time to the first finding. What it keeps counts only
// for the very bytes it was made from. go test ./lint -run Index -update makes
// it anew.
const indexName = "pack.index"

// keptOf returns what the index keeps of a file, nil when that is nothing.
func keptOf(builtin fs.FS, src []byte) *compact.Reader {
	kept, err := fs.ReadFile(builtin, indexName)
	if err != nil {
		return nil
	}
	return compact.NewReader(kept, src)
}

// dictionary recalls or parses fields.toml.
func dictionary(builtin fs.FS, src []byte, facts []string) (*letter.Dictionary, error) {
	if r := keptOf(builtin, src); r != nil {
		var fields []*letter.Field
		if r.Get(&fields) == nil {
			return letter.DictionaryOf(strict.Unread(fieldsName, r.Text()), fields, facts)
		}
	}
	return letter.ParseDictionary(fieldsName, src, facts)
}

// keepFields is what dictionary recalls.
func keepFields(src string, d *letter.Dictionary) ([]byte, error) {
	w := compact.NewWriter(src)
	w.Put(d.All())
	return w.Bytes()
}

// A loaded is what a rules.toml sets that extends no other, but for its rules
// and languages themselves.
type loaded struct {
	Version          int
	ApprovalRequired bool
	Kinds, Sources   map[string]string
	Rules, Languages []string
}

// keep is what recall takes over: all of the first rules.toml.
func (l *loader) keep() ([]byte, error) {
	p := l.pack
	w := compact.NewWriter(l.read[0].Src)
	w.Put(loaded{p.Version, p.ApprovalRequired, p.Kinds, p.Sources, l.order, l.names})
	for _, id := range l.order {
		w.Put(l.tables[id])
	}
	for _, lang := range l.names {
		w.Put(l.languages[lang])
	}
	return w.Bytes()
}

// recall takes over what the index keeps of a rules.toml, and reports whether
// it keeps anything of it.
func (l *loader) recall(name string, src []byte) bool {
	r := keptOf(l.builtin, src)
	if r == nil {
		return false
	}
	var head loaded
	if r.Get(&head) != nil {
		return false
	}
	f := strict.Unread(name, r.Text())
	tables, languages, files := map[string]table{}, map[string]*languageTable{}, map[string]*strict.File{}
	for _, id := range head.Rules {
		t := newTable(id)
		if t == nil || r.Get(t) != nil {
			return false
		}
		tables[id], files[id] = t, f
	}
	for _, lang := range head.Languages {
		languages[lang] = &languageTable{}
		if r.Get(languages[lang]) != nil {
			return false
		}
		files["language."+lang] = f
	}
	p := l.pack
	p.Version, p.ApprovalRequired, p.Kinds, p.Sources = head.Version, head.ApprovalRequired, head.Kinds, head.Sources
	l.tables, l.order, l.files = tables, head.Rules, files
	l.languages, l.names, l.read = languages, head.Languages, []*strict.File{f}
	return true
}
