package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"

	"bedside/internal/strict"
	"bedside/lint/letter"
)

// The files of a pack that a check reads.
const (
	rulesName    = "rules.toml"
	fieldsName   = "templates/fields.toml"
	practiceName = "templates/practice.toml"
)

// A Pack is what letters are held to: the rules, the fields they may use and
// the office that sends them. After Open the caller may say which day it is and
// whether waivers count; from the first check on it does not change and is safe
// for concurrent use.
type Pack struct {
	Rules      []*Rule           // in the order of rules.toml, the built-in ones last
	Sources    map[string]string // what the ids in Rule.Source stand for
	Kinds      map[string]string // the kinds of letters, in words
	Version    int
	Digest     string // "sha256:…" over the files of the pack as they were used
	Dictionary *letter.Dictionary
	Practice   *letter.Practice

	Today            string // "2026-11-22": waivers that end before are expired; without it none is
	NoWaivers        bool   // findings stand as if no letter waived any
	ApprovalRequired bool   // a letter has to be approved before it is sent: [approval] required = true

	sources  [][]byte // the rules.toml that were read; the one that is extended is the second
	rules    map[string]*Rule
	meets    map[string][]*element         // by field, the elements whose need it meets
	calls    map[string][]*element         // … where the letter calls its reader so; of "" by another name
	blanks   []*element                    // those whose need a blank can meet by its name
	links    []*element                    // those whose need a link can meet by its words
	elements int                           // how many rules require one
	matchers map[string]*matcher           // by language
	wordless matcher                       // of the languages the pack does not know
	plain    map[string]func() *plainWords // by language; put together when somebody asks
}

// rulesFile is rules.toml. The rules themselves are decoded one by one, so
// that those of a pack can be laid over those it extends.
type rulesFile struct {
	Version  int                       `toml:"version"`
	Extends  string                    `toml:"extends"`
	Kind     map[string]string         `toml:"kind"`
	Require  map[string]toml.Primitive `toml:"require"`
	Ban      map[string]toml.Primitive `toml:"ban"`
	Limit    map[string]toml.Primitive `toml:"limit"`
	Guard    map[string]toml.Primitive `toml:"guard"`
	Promise  map[string]toml.Primitive `toml:"promise"`
	Source   map[string]string         `toml:"source"`
	Language map[string]toml.Primitive `toml:"language"`
	Approval approvalTable             `toml:"approval"`
}

// Open reads a pack: rules.toml and templates/*.toml of fsys. What fsys does
// not have is taken from builtin, and so are the rules that a rules.toml with
// extends = "bedside" does not set itself. Faults in a file are *strict.Error.
func Open(fsys, builtin fs.FS) (*Pack, error) {
	p := &Pack{Sources: map[string]string{}, Kinds: map[string]string{}, rules: map[string]*Rule{}, meets: map[string][]*element{}, calls: map[string][]*element{}, matchers: map[string]*matcher{},
		plain: map[string]func() *plainWords{}}
	digest := sha256.New()
	read := func(name string) ([]byte, error) {
		src, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			src, err = fs.ReadFile(builtin, name)
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		fmt.Fprintf(digest, "%s %d\n", name, len(src))
		digest.Write(src)
		return src, nil
	}
	var files [3][]byte
	for i, name := range []string{practiceName, fieldsName, rulesName} {
		var err error
		if files[i], err = read(name); err != nil {
			return nil, err
		}
	}
	// Decoding the rules takes most of the time that the program takes to
	// start, so the rest is done beside it.
	l := &loader{pack: p, builtin: builtin, tables: map[string]table{}, files: map[string]*strict.File{},
		languages: map[string]*languageTable{}, digest: digest}
	loaded := make(chan error, 1)
	go func() { loaded <- l.load(rulesName, files[2], true) }()
	err := p.openOffice(files[0], files[1], builtin)
	if e := <-loaded; e != nil {
		return nil, e
	}
	if err != nil {
		return nil, err
	}
	if err := p.Practice.CheckSlips(slices.Sorted(maps.Keys(p.Kinds))); err != nil {
		return nil, err
	}
	unknown := make(chan error, 1)
	go func() { unknown <- l.unknown() }()
	err = l.compile()
	if e := <-unknown; e != nil {
		return nil, e
	}
	if err != nil {
		return nil, err
	}
	p.Digest = "sha256:" + hex.EncodeToString(digest.Sum(nil))
	return p, nil
}

// openOffice reads practice.toml and fields.toml. What an office fills in, the
// built-in practice.toml tells.
func (p *Pack) openOffice(practice, fields []byte, builtin fs.FS) (err error) {
	if p.Practice, err = letter.ParsePractice(practiceName, practice); err != nil {
		return err
	}
	src, err := fs.ReadFile(builtin, practiceName)
	if err != nil {
		return fmt.Errorf("reading the built-in %s: %w", practiceName, err)
	}
	ours, err := letter.ParsePractice("built-in "+practiceName, src)
	if err != nil {
		return err
	}
	p.Practice.Know(ours)
	if p.Dictionary, err = dictionary(builtin, fields, p.Practice.FactNames()); err != nil {
		return err
	}
	return p.Practice.Check(p.Dictionary)
}

// Rule returns the rule of that id, or nil.
func (p *Pack) Rule(id string) *Rule { return p.rules[id] }

// RuleNames lists the ids of all rules, in order.
func (p *Pack) RuleNames() []string {
	names := make([]string, len(p.Rules))
	for i, r := range p.Rules {
		names[i] = r.ID
	}
	return names
}

// Languages lists the languages that the pack has words for, sorted.
func (p *Pack) Languages() []string {
	var names []string
	for name := range p.matchers {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
