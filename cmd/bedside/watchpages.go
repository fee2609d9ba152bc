package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"bedside"
	"bedside/internal/render"
)

// A shelf is where bedside watch --render keeps the pages of the letters.
type shelf struct {
	*rendering
	entries map[string]render.IndexEntry // by path of the letter
	told    []string                     // why pages could not be made
	changed bool                         // the index is not that of entries
}

// newShelf opens what pages are made of.
func (w *watching) newShelf() (*shelf, error) {
	r := &rendering{program: w.program, output: w.pagesTo, draft: true, all: true}
	s := &shelf{rendering: r, entries: map[string]render.IndexEntry{}, changed: true}
	return s, s.open(w.check)
}

// open opens what the pages of these letters are made of, or leaves all as it
// was.
func (s *shelf) open(k *check) error {
	pages, err := render.Open(k.office.fsys, bedside.FS, k.office.Dictionary, k.office.Practice)
	if err != nil {
		return s.packError(k.office, err)
	}
	next := *s.rendering
	next.office, next.pages = k.office, pages
	for _, letter := range k.letters {
		if !filepath.IsLocal(filepath.FromSlash(next.nameOf(letter.path))) {
			return refuse([]string{"Begin in a folder that all of them lie below."}, "--render has no place for the page of “%s”", letter.path)
		}
	}
	if err := next.freeForAll(k.letters); err != nil {
		return err
	}
	*s.rendering = next
	return nil
}

// put writes the page of a letter. If none can be made, the one before is
// taken away, of an earlier run too: somebody could print it.
func (s *shelf) put(o outcome) {
	content, err := s.page(o)
	name := s.nameOf(o.path)
	file := filepath.Join(s.output, filepath.FromSlash(name))
	if err == nil {
		err = s.folder(filepath.Dir(file))
	}
	if err == nil {
		err = s.write(file, content, forAll)
	}
	if err != nil {
		s.drop(o.path)
		s.remove(file)
		s.told = append(s.told, fmt.Sprintf("no page of %s: %s", o.path, err))
		return
	}
	s.entries[o.path] = render.IndexEntry{Href: name, Meta: &o.res.Letter.Meta, Ready: s.office.MayGo(o.res)}
	s.changed = true
}

// page makes the page of a letter.
func (s *shelf) page(o outcome) ([]byte, error) {
	if o.err != nil {
		return nil, o.err
	}
	if !s.renders(o.res) {
		return nil, errors.New("it has no words")
	}
	sheet, person, err := s.sheet(o.res, -1)
	if held, ok := errors.AsType[*render.HeldBack](err); ok {
		return nil, fmt.Errorf("held back from “%s”: %s", person.Name, strings.Join(held.Reasons, "; "))
	}
	if err != nil {
		return nil, fmt.Errorf("it cannot be shown with the values of “%s”: %s", person.ID, cause(o.res, err))
	}
	return s.pages.Page([]render.Sheet{sheet}, false), nil
}

// drop takes away the page of a letter, if this run has made it.
func (s *shelf) drop(letter string) {
	e, ok := s.entries[letter]
	if !ok {
		return
	}
	delete(s.entries, letter)
	s.changed = true
	s.remove(filepath.Join(s.output, filepath.FromSlash(e.Href)))
}

// remove takes away a page, if it is there.
func (s *shelf) remove(file string) {
	if err := os.Remove(s.full(file)); err != nil && !errors.Is(err, os.ErrNotExist) {
		s.told = append(s.told, fmt.Sprintf("cannot remove “%s”: %s", s.shown(file), reason(err)))
	}
}

// finish writes the index, and tells why pages could not be made.
func (s *shelf) finish() []string {
	told := s.told
	s.told = nil
	if !s.changed {
		return told
	}
	var entries []render.IndexEntry
	for _, letter := range sortedKeys(s.entries) {
		entries = append(entries, s.entries[letter])
	}
	err := s.folder(s.output)
	if err == nil {
		err = s.write(s.index(), s.pages.Index(entries), forAll)
	}
	if err != nil {
		told = append(told, err.Error())
	}
	s.changed = err != nil
	return told
}

// index is the page that links to the others.
func (s *shelf) index() string { return path.Join(s.shown(s.output), indexName) }
