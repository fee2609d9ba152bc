package render

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"bedside/internal/nearest"
	"bedside/internal/strict"
	"bedside/lint/letter"
)

// A Person is one invented patient of people.toml.
type Person struct {
	ID       string         `toml:"id"`
	Name     string         `toml:"name"` // "Typical", "Long names": the trouble they show
	Says     string         `toml:"says"`
	Language string         `toml:"language"`
	Values   map[string]any `toml:"values"`
}

// A Pack is what pages are made of.
type Pack struct {
	People   []Person
	dict     *letter.Dictionary
	practice *letter.Practice
	envelope Envelope
	page     string // letter.html
	style    string // letter.css
}

const (
	peopleName = "templates/people.toml"
	pageName   = "templates/letter.html"
	styleName  = "templates/letter.css"
)

// Open reads people.toml, letter.html and letter.css of a pack; what fsys does
// not have is taken from builtin. Every value is checked against the type of
// its field. Faults in a file are *strict.Error.
func Open(fsys, builtin fs.FS, dict *letter.Dictionary, practice *letter.Practice) (*Pack, error) {
	p := &Pack{dict: dict, practice: practice}
	files := map[string]string{}
	for _, name := range []string{peopleName, pageName, styleName} {
		src, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			src, err = fs.ReadFile(builtin, name)
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		files[name] = string(src)
	}
	p.page, p.style = files[pageName], files[styleName]
	if err := checkPage(p.page); err != nil {
		return nil, err
	}
	var err error
	if p.envelope, err = envelopeOf(practice); err != nil {
		return nil, err
	}
	return p, p.readPeople(files[peopleName])
}

func (p *Pack) readPeople(src string) error {
	var file struct {
		Person []Person `toml:"person"`
	}
	f, err := strict.Decode(peopleName, []byte(src), &file)
	if err != nil {
		return err
	}
	p.People = file.Person
	if len(p.People) == 0 {
		return f.Errorf([]string{"person"}, "nobody is in this file: add a [[person]] to see letters with")
	}
	for i, person := range p.People {
		if person.ID == "" || person.Name == "" {
			return f.ErrorAt([]string{"person"}, i, "a person needs id and name")
		}
		if first := slices.IndexFunc(p.People, func(q Person) bool { return q.ID == person.ID }); first < i {
			return f.ErrorAt([]string{"person", "id"}, i, "another person has the id “%s” already", person.ID)
		}
		if err := p.dict.CheckValues(f, []string{"person", "values"}, i, person.Values); err != nil {
			return err
		}
		for _, field := range p.dict.All() {
			if field.Core && !p.record(person).Has(field.Name) {
				return f.ErrorAt([]string{"person"}, i, "“%s” has no %s, which every letter relies on (core = true in fields.toml)", person.ID, field.Name)
			}
		}
	}
	return nil
}

// Person returns the person of that id, or an error that lists those there
// are.
func (p *Pack) Person(id string) (*Person, error) {
	var ids []string
	for i := range p.People {
		if p.People[i].ID == id {
			return &p.People[i], nil
		}
		ids = append(ids, p.People[i].ID)
	}
	return nil, fmt.Errorf("“%s” is not in people.toml%s; there are %q", id, nearest.Hint(id, ids), ids)
}

// record is everything known about a letter to a person: the office's values
// and facts, and the person's own.
func (p *Pack) record(person Person) Record {
	r := Record{}
	maps.Copy(r, p.practice.Office)
	for fact, is := range p.practice.Facts {
		r[fact] = is
	}
	maps.Copy(r, person.Values)
	return r
}
