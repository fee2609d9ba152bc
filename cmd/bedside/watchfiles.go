package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folders are those to watch: of the letters, and of the pack.
func (w *watching) folders() []string {
	var dirs []string
	for _, full := range w.named() {
		if info, err := os.Stat(full); err == nil && !info.IsDir() {
			full = filepath.Dir(full)
		}
		dirs = append(dirs, full)
	}
	if !w.office.builtin {
		dirs = append(dirs, w.office.dir, filepath.Join(w.office.dir, "templates"))
	}
	return dirs
}

// named are the full paths of what was asked for.
func (w *watching) named() []string {
	if len(w.args) == 0 {
		return []string{filepath.Join(w.office.dir, "templates")}
	}
	var all []string
	for _, arg := range w.args {
		found := []string{w.full(arg)}
		if !exists(found[0]) {
			found, _ = filepath.Glob(found[0]) // as open took it
		}
		all = append(all, found...)
	}
	return all
}

// wants reports whether a file is one to look at.
func (w *watching) wants(file string) bool {
	name := filepath.Base(file)
	return isLetter(name) || name == rulesName || slices.Contains(ignoreNames, name) || w.office.owns(file)
}

// enters reports whether a folder lies below one that was asked for, and is
// not left out. It is asked again and again.
func (w *watching) enters(dir string) bool {
	known, ok := w.entered[dir]
	if !ok {
		known = w.isBelow(dir)
		w.entered[dir] = known
	}
	return known
}

func (w *watching) isBelow(dir string) bool {
	return slices.ContainsFunc(w.named(), func(top string) bool {
		rel, err := filepath.Rel(top, dir)
		return err == nil && rel != "." && filepath.IsLocal(rel) && !w.passesOver(top, rel)
	})
}

// passesOver reports whether a folder below another is left out, or one of
// those on the way to it.
func (p *program) passesOver(top, rel string) bool {
	out := p.ignoredAbove(top)
	out.read(top)
	at := top
	for _, name := range strings.Split(filepath.ToSlash(rel), "/") {
		at = filepath.Join(at, name)
		if strings.HasPrefix(name, ".") || out.by(at, true) != "" {
			return true
		}
		out.read(at)
	}
	return false
}

// find finds the letters.
func (w *watching) find() (*selection, error) {
	if len(w.args) == 0 {
		return w.packLetters(w.office)
	}
	return w.choose(w.args)
}

// knows reports whether a file is one of the letters.
func (w *watching) knows(file string) bool {
	return slices.ContainsFunc(w.letters, func(s source) bool { return s.full == file })
}
