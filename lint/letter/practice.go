package letter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"bedside/internal/nearest"
	"bedside/internal/strict"
)

// A Practice is the office that sends the letters: practice.toml.
type Practice struct {
	Office Values          `toml:"office"` // values of fields that are the same in every letter
	Facts  map[string]bool `toml:"facts"`  // what its promises rest on: charges_interest …
	Mail   Mail            `toml:"mail"`

	file  *strict.File
	known map[string]bool // the fields that are an office's to fill in
	slips []string        // the kinds that may have a slip, whatever the rules know
}

// Mail is how the letters of an office go out.
type Mail struct {
	Envelope string   `toml:"envelope"` // its name; "" is the usual one
	Slips    []string `toml:"slips"`    // the kinds of letters that end with a slip to send with a check
}

// ParsePractice reads practice.toml. Errors are *strict.Error.
func ParsePractice(name string, src []byte) (*Practice, error) {
	p := &Practice{}
	var err error
	p.file, err = strict.Decode(name, src, p)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// OfficeLanguage is the language that [office] is written in; [office.es] is
// the same in Spanish.
const OfficeLanguage = "en"

// Know adds the fields that another office fills in to those that are an
// office's, and the kinds of its slips to those there are.
func (p *Practice) Know(other *Practice) {
	p.slips = other.Mail.Slips
	p.known = map[string]bool{}
	for _, o := range []*Practice{p, other} {
		for name := range o.Office {
			p.known[name] = true
		}
	}
}

// Lacks reports whether a field is an office's to fill in, and this one has
// not in a language.
func (p *Practice) Lacks(f *Field, language string) bool {
	if !p.known[f.Name] {
		return false
	}
	v := p.Office.In(f, OfficeLanguage, language)
	return v == nil || v == ""
}

// FactNames lists the facts, sorted.
func (p *Practice) FactNames() []string { return slices.Sorted(maps.Keys(p.Facts)) }

// Check holds the values of the office to the fields of the dictionary: those
// of the sender that every letter relies on must be there.
func (p *Practice) Check(d *Dictionary) error {
	if err := d.CheckValues(p.file, []string{"office"}, 0, p.Office); err != nil {
		return err
	}
	for _, f := range d.All() {
		if v := p.Office[f.Name]; f.Core && f.Group == "sender" && (v == nil || v == "") {
			return p.file.Errorf([]string{"office", f.Name}, "[office] has no %s: %s. Every letter relies on it", f.Name, f.Says)
		}
	}
	return nil
}

// CheckSlips wants the kinds of letters that end with a slip to be kinds of
// the rules.
func (p *Practice) CheckSlips(kinds []string) error {
	for _, kind := range p.Mail.Slips {
		if !slices.Contains(kinds, kind) && !slices.Contains(p.slips, kind) {
			at := p.file.Find([]string{"mail", "slips"}, 0, `"`+kind+`"`)
			return &strict.Error{File: p.file.Name, Src: p.file.Src, Place: at,
				Message: fmt.Sprintf("“%s” is not a kind of letter%s", kind, cmp.Or(nearest.Hint(kind, kinds), "; rules.toml lists them under [kind]"))}
		}
	}
	return nil
}

// Fault is an *strict.Error at a key of practice.toml.
func (p *Practice) Fault(key []string, format string, args ...any) error {
	return p.file.Errorf(key, format, args...)
}

// Missing is the error for a fact that the office does not answer and by
// needs.
func (p *Practice) Missing(fact, by string) error {
	slip := ""
	if near := nearest.Name(fact, p.FactNames()); near != "" {
		slip = fmt.Sprintf(" (it has “%s”: is one of the two a slip?)", near)
	}
	return p.file.Errorf([]string{"facts"}, "[facts] does not answer %s%s: add “%s = true” or “false”; %s needs it", fact, slip, fact, by)
}
