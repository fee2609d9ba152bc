package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"bedside/internal/nearest"
	"bedside/internal/strict"
	"bedside/lint/letter"
)

// A Person is one invented patient of people.toml.
type Person struct {
	ID       string        `toml:"id"`
	Name     string        `toml:"name"` // "Typical", "Long names": the trouble they show
	Says     string        `toml:"says"`
	Language string        `toml:"language"`
	Values   letter.Values `toml:"values"`
}

// A Pack is what pages are made of.
type Pack struct {
	People   []Person
	dict     *letter.Dictionary
	practice *letter.Practice
	envelope Envelope
	page     string // letter.html
	style    string // letter.css
	digest   string
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
	digest := sha256.New()
	for _, name := range []string{peopleName, pageName, styleName} {
		src, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			src, err = fs.ReadFile(builtin, name)
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		if !utf8.Valid(src) {
			return nil, &strict.Error{File: name, Src: string(src), Message: "this file is not UTF-8 text"}
		}
		files[name] = string(src)
		fmt.Fprintf(digest, "%s %d\n%s", name, len(src), src)
	}
	p.digest = hex.EncodeToString(digest.Sum(nil))
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

// Digest tells the files of the pack apart from others.
func (p *Pack) Digest() string { return p.digest }

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
		switch {
		case person.ID == "" || person.Name == "":
			return f.ErrorAt([]string{"person"}, i, "a person needs id and name")
		case !slices.Contains(letter.Languages(), person.Language):
			return f.ErrorIn([]string{"person"}, i, []string{"person", "language"}, "“%s” needs a language: %s", person.ID, strings.Join(letter.Languages(), ", "))
		}
		if first := slices.IndexFunc(p.People, func(q Person) bool { return q.ID == person.ID }); first < i {
			return f.ErrorAt([]string{"person", "id"}, i, "another person has the id “%s” already", person.ID)
		}
		if err := p.dict.CheckValues(f, []string{"person", "values"}, i, person.Values); err != nil {
			return err
		}
		if err := p.addUp(f, i, person); err != nil {
			return err
		}
		record := p.record(person, person.Language)
		for _, field := range p.dict.All() {
			if field.Core && !p.practice.Lacks(field, person.Language) && !record.Has(field.Name) {
				return f.ErrorAt([]string{"person"}, i, "“%s” has no %s, which every letter relies on (core = true in fields.toml)", person.ID, field.Name)
			}
		}
	}
	return nil
}

// addUp holds the figures of the i-th person to the sums of fields.toml, as a
// letter in each language has them.
func (p *Pack) addUp(f *strict.File, i int, person Person) error {
	for _, language := range letter.Languages() {
		record := p.record(person, language)
		all := p.dict.Differences(func(name string) any { return record[name] })
		if len(all) == 0 {
			continue
		}
		key := []string{"person", "values", all[0].Field}
		if words, ok := person.Values[language].(map[string]any); ok && words[all[0].Field] != nil {
			key = []string{"person", "values", language, all[0].Field}
		}
		return f.ErrorIn([]string{"person"}, i, key, "“%s” has figures that do not add up: %s", person.ID, all[0])
	}
	return nil
}

// Only is the pack with one person alone. Errors name fields and never hold a
// value: the person may be real.
func (p *Pack) Only(person Person) (*Pack, error) {
	person.ID, person.Name = "data", cmp.Or(person.Name, "Your data") // the id stands in addresses of pages and in errors
	if !slices.Contains(letter.Languages(), person.Language) {
		return nil, fmt.Errorf("the person needs a language: %s", strings.Join(letter.Languages(), ", "))
	}
	if fault := p.dict.FaultIn(person.Values); fault != "" {
		return nil, errors.New(fault)
	}
	only := *p
	only.People = []Person{person}
	only.digest += fmt.Sprint(person.Values)
	return &only, nil
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

// PersonFor finds the person to show a letter with: that of the id or, without
// one, the first of those whom it fits best. It fits somebody to whom it may be
// sent, or against whom least stands, then who has every value in it, then who
// reads its language.
func (p *Pack) PersonFor(l *letter.Letter, id string) (*Person, error) {
	if id != "" {
		return p.Person(id)
	}
	var best *Person
	least := 0
	for i := range p.People {
		person := &p.People[i]
		fit := p.Fit(l, person)
		against := 4 * len(fit.Held)
		if len(fit.Lacks) > 0 {
			against += 2
		}
		if person.Language != l.Meta.Language {
			against++
		}
		if best == nil || against < least {
			best, least = person, against
		}
	}
	return best, nil
}

// A Fit tells how a letter fits a person.
type Fit struct {
	Form  int      // the form that their values give
	Held  []string // why it must not be sent to them, as far as a program can tell
	Lacks []string // the fields of that form that they have no value for, in the order of the letter
}

// Fit tells how a letter fits a person.
func (p *Pack) Fit(l *letter.Letter, person *Person) Fit {
	record := p.record(*person, l.Meta.Language)
	fit := Fit{Form: l.FormOf(record.Has), Held: l.Meta.Held(func(name string) any { return record[name] })}
	for _, f := range l.Fields {
		if f.Field != nil && f.Field.Type != "bool" && f.Forms.Has(fit.Form) && !record.Has(f.Name) && !slices.Contains(fit.Lacks, f.Name) {
			fit.Lacks = append(fit.Lacks, f.Name)
		}
	}
	return fit
}

// Address is the lines of the name and address in a letter to a person.
func (p *Pack) Address(person *Person, language string) []string {
	s := &surroundings{dict: p.dict, record: p.record(*person, language), language: language}
	var lines []string
	for _, line := range s.addressLines() {
		if line != "" {
			lines = append(lines, html.UnescapeString(line))
		}
	}
	return lines
}

// record is everything known about a letter in a language to a person: the
// office's values and facts, and the person's own.
func (p *Pack) record(person Person, language string) Record {
	r := Record{}
	for fact, is := range p.practice.Facts {
		r[fact] = is
	}
	for _, f := range p.dict.All() {
		if v := person.Values.In(f, person.Language, language); v != nil {
			r[f.Name] = v
		} else if v := p.practice.Office.In(f, letter.OfficeLanguage, language); v != nil {
			r[f.Name] = v
		}
	}
	return r
}
