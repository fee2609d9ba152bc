package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sort"
	"strings"

	"bedside/internal/nearest"
	"bedside/internal/watch"
	"bedside/lint"
	"bedside/lint/letter"
)

// A source is one letter that is still to be read.
type source struct {
	path string // as it is shown
	fsys fs.FS  // nil: full is a path of the operating system
	full string
	src  []byte // of a letter that came in by stdin
	in   bool   // it did
}

// A selection is what the paths of a command stand for.
type selection struct {
	letters []source
	folders []string // full paths of the folders whose pack is asked for
	packs   []string // folders below that have a rules.toml of their own, as shown
	skipped []error  // folders that could not be read
	left    []string // what was left out, and why
	whole   bool     // a folder is among them, not only letters
}

// choose finds the letters that paths stand for: files as they are, and in
// folders every *.md but README.md.
func (p *program) choose(paths []string) (*selection, error) {
	s := &selection{}
	for _, arg := range paths {
		if err := p.add(s, arg); err != nil {
			return nil, err
		}
	}
	sort.SliceStable(s.letters, func(i, j int) bool { return s.letters[i].path < s.letters[j].path })
	s.letters = slices.CompactFunc(s.letters, func(a, b source) bool { return a.full == b.full && !a.in })
	if len(s.letters) > many {
		debug.SetGCPercent(manyPercent)
	}
	return s, nil
}

func (p *program) add(s *selection, arg string) error {
	if arg == "" {
		return refuse([]string{"Write the name of a letter or a folder; this folder is a dot: ."}, "the path is empty")
	}
	full := p.full(arg)
	info, err := os.Stat(full)
	switch {
	case err != nil:
		return p.addMissing(s, arg, err)
	case !info.IsDir():
		s.letters = append(s.letters, source{path: p.shown(arg), full: full})
		s.folders = append(s.folders, filepath.Dir(full))
		return nil
	}
	s.whole = true
	before, left := len(s.letters), len(s.left)
	p.walk(s, full, p.shown(arg))
	s.folders = append(s.folders, full)
	if len(s.letters) == before && len(s.skipped) == 0 {
		lines := []string{"Letters are files whose names end in .md (README.md is not one). To start with some: bedside init"}
		if len(s.left) > left {
			lines = []string{"Left out: " + few(s.left[left:]), "A letter or folder that is named is always read: bedside check " + lint.Typed(path.Join(p.shown(arg), "NAME"))}
		}
		return refuse(lines, "there are no letters in “%s”", p.shown(arg))
	}
	return nil
}

// few names the first of a list.
func few(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

// addMissing takes a path that is no file as a pattern, where the shell did
// not (that of Windows does not), or says what it was probably meant to be.
func (p *program) addMissing(s *selection, arg string, err error) error {
	switch {
	case isDangling(p.full(arg)):
		return refuse([]string{"What it points to was moved or removed. Make the link again, or name the letter itself."}, "“%s” is a link to nothing", p.shown(arg))
	case !errors.Is(err, fs.ErrNotExist):
		return refuse([]string{"Make it readable, or leave it out."}, "cannot read “%s”: %s", p.shown(arg), reason(err))
	}
	if strings.ContainsAny(arg, "*?[") {
		matches, _ := filepath.Glob(p.full(arg))
		for _, m := range matches {
			if err := p.add(s, m); err != nil {
				return err
			}
		}
		if len(matches) == 0 {
			return refuse([]string{"* stands for any part of a name, ? for one character: templates/*.md"}, "no file has a name like “%s”", p.shown(arg))
		}
		return nil
	}
	folder := filepath.Dir(p.full(arg))
	entries, folderErr := os.ReadDir(folder)
	if folderErr != nil {
		return refuse([]string{"There is no folder “" + p.shown(folder) + "” either."}, "there is no letter “%s”", p.shown(arg))
	}
	var names, stems []string // only what may be wrong is compared: neither the folder nor the ending
	for _, e := range entries {
		if e.IsDir() || isLetter(e.Name()) {
			names, stems = append(names, p.shown(filepath.Join(folder, e.Name()))), append(stems, stem(e.Name()))
		}
	}
	meant := ""
	if near := nearest.Name(stem(filepath.Base(arg)), stems); near != "" {
		meant = "; did you mean “" + names[slices.Index(stems, near)] + "”?"
	}
	return refuse([]string{"All letters there: bedside check " + lint.Typed(p.shown(folder))}, "there is no letter “%s”%s", p.shown(arg), meant)
}

// stem is the name of a file without its ending.
func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

// isLetter reports whether a file in a folder is a letter, by its name. What an
// editor keeps beside a letter while somebody writes is none.
func isLetter(name string) bool {
	return strings.EqualFold(filepath.Ext(name), ".md") && !strings.EqualFold(name, "README.md") && !watch.Temporary(filepath.Base(name))
}

// walk adds the letters of a folder and those below. It passes over what the
// office has left out and folders whose names begin with a dot, and does not
// follow links to folders: they can lead round in a circle.
func (p *program) walk(s *selection, full, shown string) {
	root := full + string(filepath.Separator) // a link that was named is followed
	out := p.ignoredAbove(full)
	_ = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(full, name)
		at := path.Join(shown, filepath.ToSlash(rel))
		switch {
		case err != nil:
			s.skipped = append(s.skipped, fmt.Errorf("cannot read the folder “%s”: %s", at, reason(err)))
			return fs.SkipDir
		case rel == ".":
			out.read(full)
		case d.IsDir() && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir():
			if by := out.by(name, true); by != "" {
				s.left = append(s.left, at+"/ "+by)
				return fs.SkipDir
			}
			out.read(name)
		case d.Name() == rulesName && rel != rulesName:
			s.packs = append(s.packs, path.Dir(at))
		case isLetter(d.Name()) && !isFolder(name, d):
			if by := out.by(name, false); by != "" {
				s.left = append(s.left, at+" "+by)
				return nil
			}
			s.letters = append(s.letters, source{path: at, full: filepath.Clean(name)})
		}
		return nil
	})
}

// isFolder reports whether an entry is a link to a folder.
func isFolder(name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// packLetters are the letters of a pack: its templates folder.
func (p *program) packLetters(o *office) (*selection, error) {
	if folder := filepath.Join(o.dir, "templates"); !o.builtin && !exists(folder) {
		return nil, refuse([]string{"To check letters that are elsewhere: bedside check FOLDER   To start with some: bedside init"},
			"there is no folder “%s” beside %s", p.shown(folder), o.rules)
	} else if !o.builtin {
		return p.choose([]string{p.relative(folder)})
	}
	s := &selection{}
	err := fs.WalkDir(o.fsys, "templates", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && isLetter(d.Name()) {
			s.letters = append(s.letters, source{path: name, fsys: o.fsys, full: name})
		}
		return err
	})
	if err == nil && len(s.letters) == 0 {
		err = refuse(nil, "this program was built without letters")
	}
	return s, err
}

// stdin is the letter that comes in by standard input.
func (p *program) stdin(name string) (source, error) {
	if isTerminal(p.in) {
		p.tell("reading a letter from the keyboard; Ctrl-D ends it (Windows: Ctrl-Z, Enter)")
	}
	src, err := io.ReadAll(io.LimitReader(p.in, letter.MaxSize+1))
	if err != nil {
		return source{}, refuse(nil, "cannot read standard input: %s", reason(err))
	}
	return source{path: name, full: p.full(name), src: src, in: true}, nil
}

// checkAll checks letters on all processors, holds those of one name in two
// languages to each other, and yields the results in order; of a letter that
// cannot be read it yields the reason.
func checkAll(letters []source, o *office, language string) iter.Seq2[*lint.Result, error] {
	type outcome struct {
		res *lint.Result
		err error
	}
	all := inOrder(len(letters), runtime.GOMAXPROCS(0), func(i int) outcome {
		res, err := letters[i].check(o, language)
		return outcome{res, err}
	})
	paths := make([]string, len(letters))
	for i, l := range letters {
		paths[i] = l.path
	}
	return func(yield func(*lint.Result, error) bool) {
		twins := o.Twins(paths)
		for got := range all {
			if got.err == nil {
				twins.Compare(got.res)
			}
			if !yield(got.res, got.err) {
				return
			}
		}
	}
}

// check reads a letter and holds it to the rules.
func (s source) check(o *office, language string) (*lint.Result, error) {
	src, oversize, err := s.load()
	switch {
	case err != nil:
		return nil, err
	case oversize != "":
		return tooLarge(o, s.path, oversize, language), nil
	}
	return o.approved(o.CheckAs(s.path, src, language), s.full)
}

// load reads a letter. A file too large for one is not read; oversize says how
// large it is.
func (s source) load() (src []byte, oversize string, err error) {
	src = s.src
	if !s.in {
		info, err := s.stat()
		switch {
		case err != nil:
			return nil, "", fmt.Errorf("cannot read “%s”: %s", s.path, reasonOf(s.full, err))
		case !info.Mode().IsRegular():
			return nil, "", fmt.Errorf("cannot read “%s”: it is not a file", s.path)
		case info.Size() > letter.MaxSize:
			return nil, fmt.Sprintf("%d bytes", info.Size()), nil
		}
		if src, err = s.read(); err != nil {
			return nil, "", fmt.Errorf("cannot read “%s”: %s", s.path, reason(err))
		}
	}
	if len(src) > letter.MaxSize {
		return nil, fmt.Sprintf("more than %d bytes", letter.MaxSize), nil
	}
	return src, "", nil
}

func (s source) stat() (fs.FileInfo, error) {
	if s.fsys != nil {
		return fs.Stat(s.fsys, s.full)
	}
	return os.Stat(s.full)
}

// read returns the bytes of the letter, at most one more than a letter may
// have: the file may have grown since it was looked at.
func (s source) read() ([]byte, error) {
	if s.fsys != nil {
		return fs.ReadFile(s.fsys, s.full)
	}
	f, err := os.Open(s.full)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, letter.MaxSize+1))
}

// tooLarge is the result for a file that was not read: that of an empty
// letter, with this one finding.
func tooLarge(o *office, path, size, language string) *lint.Result {
	res := o.CheckAs(path, nil, language)
	r := o.Rule("letter.too-large")
	res.Findings = []lint.Finding{{
		Rule: r, Severity: r.Severity, Why: r.Why, Forms: res.Letter.AllForms(),
		Message: fmt.Sprintf("this file has %s; a letter has at most %d", size, letter.MaxSize),
		Try:     []string{"Check that this file is a letter."},
	}}
	return res
}
