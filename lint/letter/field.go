package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bedside/internal/nearest"
	"bedside/internal/strict"
)

// A Type says how a field's value is written and what it can stand for in a
// phrase: "money", "date", "phone" …; "" is not known.
type Type string

// Types are the types a field may have, in the order of fields.toml.
var Types = []Type{"text", "words", "name", "money", "date", "phone", "url", "email", "integer", "percent",
	"digits4", "state", "zip", "lang", "enum", "bool", "list", "block", "blank"}

// Privacies are the privacy classes that a field can have, each with what its
// values tell.
var Privacies = []struct{ Name, Says string }{
	{"none", "says nothing about a patient"},
	{"low", "tells who the patient is"},
	{"phi", "tells of care, money or health plan"},
}

// A Field is one entry of the merge-field dictionary, fields.toml.
type Field struct {
	Name    string   `toml:"-"`
	Group   string   `toml:"group"` // "sender", "patient", "account" …
	Type    Type     `toml:"type"`
	Privacy string   `toml:"privacy"` // the name of one of Privacies
	Core    bool     `toml:"core"`    // every letter may rely on its being there
	Says    string   `toml:"says"`    // what it is, for people
	Example string   `toml:"example"` // how it reads in an English letter
	OneOf   []string `toml:"one_of"`  // of an enum: the values it can have
	SumOf   []string `toml:"sum_of"`  // of money: what it is made of, "total_charges", "-adjustments", "line_items.charge"
	Aliases []string `toml:"aliases"` // what other tools call it
	Safe    []string `toml:"safe"`    // those of them that can mean no other field
	From    string   `toml:"from"`    // where the value usually comes from: FHIR, HL7, X12

	// Of words: how they read in letters of other languages, by language.
	Examples map[string]string `toml:"example_in"`

	LineSumOf map[string][]string `toml:"line_sum_of"` // of a list: what a column of each line is made of
}

// ExampleIn is how a field reads in a letter of a language.
func (f *Field) ExampleIn(language string) string {
	switch example := f.Examples[language]; {
	case example != "":
		return example
	case f.Type != "date" || language == "en":
		return f.Example
	}
	day, err := time.Parse("January 2, 2006", f.Example)
	if err != nil {
		return f.Example
	}
	return dateIn(day, language)
}

// A FieldUse is one place where a letter uses a field. Field is nil when the
// dictionary does not have it. In a link target Text is false.
type FieldUse struct {
	Name  string
	Field *Field
	Span  Span
	Text  bool
	Forms FormSet
}

// A Dictionary holds the fields a letter may use and the facts of the office
// its conditions may ask for.
type Dictionary struct {
	fields  map[string]*Field
	order   []*Field
	facts   map[string]bool
	aliases map[string]*Field // by squeezed alias
	safe    map[string]bool   // squeezed aliases that can mean no other field
}

// ParseDictionary reads fields.toml. The facts are the names of the office's
// facts, which conditions may ask for as well. Errors are *strict.Error.
func ParseDictionary(name string, src []byte, facts []string) (*Dictionary, error) {
	table := map[string]*Field{}
	file, err := strict.Decode(name, src, &table)
	if err != nil {
		return nil, err
	}
	var fields []*Field
	for _, key := range file.Keys() {
		if len(key) == 1 {
			f := table[key[0]]
			f.Name = key[0]
			fields = append(fields, f)
		}
	}
	return DictionaryOf(file, fields, facts)
}

// DictionaryOf returns the dictionary of the fields that a file holds, in their
// order. Errors are *strict.Error.
func DictionaryOf(file *strict.File, fields []*Field, facts []string) (*Dictionary, error) {
	d := &Dictionary{fields: make(map[string]*Field, len(fields)), order: fields, facts: map[string]bool{}, aliases: map[string]*Field{}, safe: map[string]bool{}}
	for _, fact := range facts {
		d.facts[fact] = true
	}
	for _, f := range d.order {
		d.fields[f.Name] = f
	}
	for _, f := range d.order {
		if err := d.add(file, f); err != nil {
			return nil, err
		}
	}
	for _, f := range d.order {
		if err := d.checkSums(file, f); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// add checks one field and indexes what other tools call it.
func (d *Dictionary) add(file *strict.File, f *Field) error {
	switch {
	case !isName(f.Name):
		return file.Errorf([]string{f.Name}, "“%s” cannot be a field: lower-case letters, digits and _ only", f.Name)
	case !slices.Contains(Types, f.Type):
		return file.Errorf([]string{f.Name, "type"}, "“%s” is not a type%s", f.Type, nearest.Hint(string(f.Type), typeNames()))
	case f.PrivacySays() == "":
		return file.Errorf([]string{f.Name, "privacy"}, "“%s” needs its privacy class: %s", f.Name, privacyClasses())
	case f.Says == "" || f.Example == "":
		return file.Errorf([]string{f.Name}, "field “%s” needs says and example", f.Name)
	case f.Type == "enum" && !slices.Contains(f.OneOf, f.Example):
		return file.Errorf([]string{f.Name, "one_of"}, "field “%s” is an enum: it needs one_of, the values it can have, and its example is one of them", f.Name)
	case f.Type != "enum" && f.OneOf != nil:
		return file.Errorf([]string{f.Name, "one_of"}, "only an enum has one_of, and “%s” is of the type %s", f.Name, f.Type)
	case len(f.Examples) > 0 && !f.Type.inWords():
		return file.Errorf([]string{f.Name, "example_in"}, "a value of type %s is not in words, so its example is the same in every language", f.Type)
	case d.facts[f.Name]:
		return file.Errorf([]string{f.Name}, "“%s” is a fact of practice.toml already", f.Name)
	}
	for _, alias := range append([]string{f.Name}, f.Aliases...) {
		if other := d.aliases[squeeze(alias)]; other != nil && other != f {
			return file.Errorf([]string{f.Name, "aliases"}, "“%s” already means %s", alias, other.Name)
		}
		d.aliases[squeeze(alias)] = f
	}
	d.safe[squeeze(f.Name)] = true
	for _, alias := range f.Safe {
		if d.aliases[squeeze(alias)] != f {
			return file.Errorf([]string{f.Name, "safe"}, "“%s” is none of the aliases of %s", alias, f.Name)
		}
		d.safe[squeeze(alias)] = true
	}
	return nil
}

// PrivacySays is what the privacy class of the field means.
func (f *Field) PrivacySays() string {
	for _, p := range Privacies {
		if p.Name == f.Privacy {
			return p.Says
		}
	}
	return ""
}

// privacyClasses lists the classes with what they mean.
func privacyClasses() string {
	classes := make([]string, len(Privacies))
	for i, p := range Privacies {
		classes[i] = p.Name + " (" + p.Says + ")"
	}
	return strings.Join(classes, ", ")
}

// Fits says why a value cannot be one of the field, or nil. Errors never hold
// the value: it may be a patient's.
func (f *Field) Fits(v any) error {
	s, err := Format(f.Type, v, "en")
	if err == nil && f.Type == "enum" && !slices.Contains(f.OneOf, s) {
		err = fmt.Errorf("is none of %s", strings.Join(f.OneOf, ", "))
	}
	if err == nil && f.Type == "list" {
		err = fitLines(v)
	}
	return err
}

// spelled returns a name as a string, that of a field as the dictionary has it: so it takes no memory.
func (d *Dictionary) spelled(name []byte) string {
	if f := d.fields[string(name)]; f != nil {
		return f.Name
	}
	return string(name)
}

// Field returns the field of that name, or nil.
func (d *Dictionary) Field(name string) *Field { return d.fields[name] }

// Fact reports whether name is a fact of the office.
func (d *Dictionary) Fact(name string) bool { return d.facts[name] }

// All returns the fields in the order of fields.toml.
func (d *Dictionary) All() []*Field { return d.order }

// Nearest returns the name of the field that name was probably meant to be,
// or "".
func (d *Dictionary) Nearest(name string) string {
	if f := d.Called(name); f != nil {
		return f.Name
	}
	return nearest.Name(name, d.names())
}

// Called returns the field that other tools call so ("Patient Name",
// "Recip_LastName"), or nil. Case, spaces and marks do not matter.
func (d *Dictionary) Called(alias string) *Field { return d.aliases[squeeze(alias)] }

func (d *Dictionary) names() []string {
	names := make([]string, len(d.order))
	for i, f := range d.order {
		names[i] = f.Name
	}
	return names
}

func (d *Dictionary) conditionNames() []string {
	names := d.names()
	for fact := range d.facts {
		names = append(names, fact)
	}
	slices.Sort(names)
	return names
}

func typeNames() []string {
	names := make([]string, len(Types))
	for i, t := range Types {
		names[i] = string(t)
	}
	return names
}

// squeeze keeps the letters and digits of a name, in lower case.
func squeeze(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// useField records one use of a field in some forms and returns its dictionary
// entry.
func (p *page) useField(name string, at Span, text bool, forms FormSet) *Field {
	f := p.dict.Field(name)
	p.Fields = append(p.Fields, FieldUse{Name: name, Field: f, Span: at, Text: text, Forms: forms})
	if f != nil {
		return f
	}
	if p.dict.Fact(name) {
		p.problem("unknown-field", at, fmt.Sprintf("“%s” is a fact of the office, not a field: it can only stand in a condition", name),
			fmt.Sprintf("{{#if %s}}", name))
		return nil
	}
	problem := p.problem("unknown-field", at, fmt.Sprintf("{{%s}} is not a field", name),
		"Write one that is (all of them: bedside fields), or take out what needs it, or add it to templates/fields.toml.")
	if near := p.dict.Nearest(name); near != "" {
		problem.Message += fmt.Sprintf("; did you mean {{%s}}?", near)
		problem.Try = "{{" + near + "}}"
		if p.dict.safe[squeeze(name)] && p.fieldFits(at) { // not where it is only spelled alike: last_bill_date is not first_bill_date
			problem.Fix = problem.Try
		}
	}
	return nil
}
