package render

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"bedside"
	"bedside/lint/letter"
)

// openPack opens what the pages of this repository are made of.
func openPack(t testing.TB) *Pack {
	t.Helper()
	p, err := openWith(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// packLetters are the letters of the pack.
func packLetters(t *testing.T, p *Pack) (letters []*letter.Letter) {
	t.Helper()
	names, err := fs.Glob(bedside.FS, "templates/*/*.md")
	if err != nil || len(names) == 0 {
		t.Fatal("no letters", err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(bedside.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, letter.Parse(name, src, p.dict, "en"))
	}
	return letters
}

// openWith opens it with other people, when there are any.
func openWith(t testing.TB, people []byte) (*Pack, error) {
	t.Helper()
	root := os.DirFS("../..")
	practice, err := os.ReadFile("../../templates/practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	office, err := letter.ParsePractice("practice.toml", practice)
	if err != nil {
		t.Fatal(err)
	}
	office.Know(office)
	over := fstest.MapFS{}
	if people != nil {
		over[peopleName] = &fstest.MapFile{Data: people}
	}
	return Open(over, root, testDictionary(t), office)
}

// TestWordsOfThePackAreInEveryLanguage holds what is said in words, of the
// office, of every person and in every example, to both languages: a letter
// with one that is missing would leave it out.
func TestWordsOfThePackAreInEveryLanguage(t *testing.T) {
	p := openPack(t)
	words := 0
	for _, f := range p.dict.All() {
		if f.Type != "words" && f.Type != "list" {
			continue
		}
		words++
		if f.Examples["es"] == "" {
			t.Errorf("fields.toml: %s has no example_in.es", f.Name)
		}
		for _, person := range p.People {
			en, es := p.record(person, "en"), p.record(person, "es")
			if en.Has(f.Name) != es.Has(f.Name) {
				t.Errorf("%s: %s is there in English: %v, in Spanish: %v", person.ID, f.Name, en.Has(f.Name), es.Has(f.Name))
			}
			if en.Has(f.Name) && f.Type == "words" && en[f.Name] == es[f.Name] {
				t.Errorf("%s: %s is the same in both languages: %v", person.ID, f.Name, en[f.Name])
			}
		}
	}
	if words == 0 {
		t.Error("fields.toml has no field in words")
	}
}

func TestAPersonReadsALanguage(t *testing.T) {
	for language, want := range map[string]string{
		``:                     "templates/people.toml:1:1: “a” needs a language: en, es",
		`language = "spanish"`: "templates/people.toml:4:1: “a” needs a language: en, es",
	} {
		_, err := openWith(t, []byte("[[person]]\nid = \"a\"\nname = \"A\"\n"+language+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s:\nwant %s\n got %v", language, want, err)
		}
	}
}
