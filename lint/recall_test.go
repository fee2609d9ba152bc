package lint

import (
	"bytes"
	"crypto/sha256"
	"os"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"

	"bedside/internal/strict"
	"bedside/lint/letter"
)

const indexFile = "../" + indexName

// readOurs reads a file of this repository's pack.
func readOurs(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// indexed is a pack with nothing but an index.
func indexed(index []byte) fstest.MapFS { return fstest.MapFS{indexName: {Data: index}} }

// loadOurs loads the rules of this repository with an index.
func loadOurs(t *testing.T, index []byte) *loader {
	t.Helper()
	l := &loader{pack: &Pack{Sources: map[string]string{}, Kinds: map[string]string{}}, builtin: indexed(index), tables: map[string]table{},
		files: map[string]*strict.File{}, languages: map[string]*languageTable{}, digest: sha256.New()}
	if err := l.load(rulesName, readOurs(t, rulesName), true); err != nil {
		t.Fatal(err)
	}
	return l
}

// TestIndex holds the file that starts read to rules.toml and fields.toml.
func TestIndex(t *testing.T) {
	practice, err := letter.ParsePractice(practiceName, readOurs(t, practiceName))
	if err != nil {
		t.Fatal(err)
	}
	fields := readOurs(t, fieldsName)
	parsed, err := dictionary(indexed(nil), fields, practice.FactNames())
	if err != nil {
		t.Fatal(err)
	}
	read := loadOurs(t, nil)
	want, err := read.keep()
	if err != nil {
		t.Fatal(err)
	}
	ofFields, err := keepFields(string(fields), parsed)
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, ofFields...)
	if *update {
		if err := os.WriteFile(indexFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(readOurs(t, indexName), want) {
		t.Error("pack.index is of another rules.toml or fields.toml, so each start reads these: right, but slow; go test ./lint -run Index -update writes it")
	}
	if keptOf(indexed(want), fields) == nil || keptOf(indexed(want), []byte(read.read[0].Src)) == nil {
		t.Fatal("nothing is recalled of fields.toml or rules.toml")
	}
	if again, err := dictionary(indexed(want), fields, practice.FactNames()); err != nil || !reflect.DeepEqual(again, parsed) {
		t.Errorf("the fields recalled are not those of fields.toml (%v)", err)
	}
	recalled := loadOurs(t, want)
	for _, part := range []struct {
		name      string
		got, want any
	}{
		{"the version", recalled.pack.Version, read.pack.Version},
		{"the kinds", recalled.pack.Kinds, read.pack.Kinds},
		{"the sources", recalled.pack.Sources, read.pack.Sources},
		{"the order", recalled.order, read.order},
		{"the names of the languages", recalled.names, read.names},
		{"the languages", recalled.languages, read.languages},
		{"the rules", recalled.tables, read.tables},
	} {
		if !reflect.DeepEqual(part.got, part.want) {
			t.Errorf("%s recalled are not those of rules.toml", part.name)
		}
	}
}

// TestIndexOfAnotherFile: what is kept of other bytes, or damaged, is not used.
func TestIndexOfAnotherFile(t *testing.T) {
	kept, src, fields := readOurs(t, indexName), readOurs(t, rulesName), readOurs(t, fieldsName)
	changed := func(b []byte, at int) []byte {
		b = slices.Clone(b)
		b[at] ^= 1
		return b
	}
	if keptOf(indexed(kept), src) == nil {
		t.Fatal("nothing is recalled of rules.toml as it is")
	}
	for name, c := range map[string]struct{ index, of []byte }{
		"another rules.toml": {kept, changed(src, len(src)-2)},
		"other line ends":    {kept, bytes.ReplaceAll(src, []byte("\n"), []byte("\r\n"))},
		"damaged":            {changed(kept, len(kept)/2), src},
		"cut":                {kept[:len(kept)-1], fields},
		"empty":              {nil, src},
	} {
		if keptOf(indexed(c.index), c.of) != nil {
			t.Errorf("%s: it was recalled", name)
		}
	}
}
