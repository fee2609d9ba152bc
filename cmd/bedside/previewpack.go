package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bedside"
	"bedside/internal/approval"
	"bedside/internal/preview"
	"bedside/internal/render"
	"bedside/internal/watch"
)

// An opened pack serves until one of its files is another: opening one takes
// longer than checking all its letters.
type opened struct {
	files  string // what is in them
	office *office
	pages  *render.Pack
}

// read reads the pack and its letters as they are now.
func (v *previewing) read() (*preview.Pack, error) {
	if info, err := os.Stat(v.full(v.folder)); err != nil || !info.IsDir() {
		return nil, refuse([]string{"Name the folder in which rules.toml is, or a folder of letters."}, "there is no folder “%s”", v.shown(v.folder))
	}
	o, pages, err := v.open()
	if err != nil {
		return nil, err
	}
	if v.data != "" {
		someone, err := v.person()
		if err != nil {
			return nil, err
		}
		if pages, err = pages.Only(someone); err != nil {
			return nil, refuse([]string{"All fields, and how their values look: bedside fields"}, "cannot show the person of “%s”: %s", v.shown(v.data), err)
		}
	}
	chosen, root, err := v.letters(o)
	if err != nil {
		return nil, err
	}
	pack := &preview.Pack{Pack: o.Pack, Pages: pages, Rules: o.provenance(), Real: v.data != ""}
	pack.Office, _ = o.Practice.Office["practice_name"].(string)
	files := map[string]string{} // by letter
	for _, s := range chosen {
		files[idBelow(root, s.path)] = s.full
	}
	if !o.builtin || slices.ContainsFunc(chosen, func(s source) bool { return s.fsys == nil }) {
		pack.Earlier = v.earlier(o, files)
	}
	for res, err := range checkAll(chosen, o, v.language) {
		if err != nil {
			return nil, refuse([]string{"Make it readable, or leave it out."}, "%s", err)
		}
		pack.Letters = append(pack.Letters, preview.Letter{ID: idBelow(root, res.Path), Result: res})
	}
	return pack, nil
}

// open opens the pack, unless it is the one that was opened last.
func (v *previewing) open() (*office, *render.Pack, error) {
	files, err := v.contents()
	if err != nil {
		return nil, nil, err
	}
	if v.last.office != nil && files == v.last.files {
		return v.last.office, v.last.pages, nil
	}
	o, err := v.office(v.folder)
	if err != nil {
		return nil, nil, err
	}
	if err := oneOf("--language", v.language, o.Languages()); err != nil {
		return nil, nil, err
	}
	if err := v.within(o); err != nil {
		return nil, nil, err
	}
	pages, err := render.Open(o.fsys, bedside.FS, o.Dictionary, o.Practice)
	if err != nil {
		return nil, nil, v.packError(o, err)
	}
	if err := v.openRegister(o, pages); err != nil {
		return nil, nil, err
	}
	v.last = opened{files, o, pages}
	return o, pages, nil
}

// contents is what is in the files of the pack.
func (v *previewing) contents() (string, error) {
	rules, err := v.rulesFor(v.folder)
	if err != nil || rules == "" {
		return "", err
	}
	var b strings.Builder
	dir := filepath.Dir(rules)
	for _, file := range append(filesBeside(dir), rules, filepath.Join(dir, approval.FileName)) {
		src, err := os.ReadFile(file)
		fmt.Fprintln(&b, file, err)
		b.Write(src)
	}
	return b.String(), nil
}

// letters are those of the pack, and the folder that their paths begin with.
// Without a pack they are those of the folder or, if it has none, the
// program's own.
func (v *previewing) letters(o *office) (letters []source, root string, err error) {
	if o.builtin {
		root = v.shown(v.folder)
		if own, err := v.choose([]string{v.folder}); err == nil {
			return own.letters, root, v.noLinks(own.letters, v.full(v.folder))
		}
		root = "templates"
	} else {
		root = v.shown(v.relative(filepath.Join(o.dir, "templates")))
	}
	chosen, err := v.packLetters(o)
	if err != nil {
		return nil, "", err
	}
	return chosen.letters, root, v.noLinks(chosen.letters, o.dir)
}

// noLinks refuses letters that are links to files outside of a folder.
func (v *previewing) noLinks(letters []source, dir string) error {
	for _, s := range letters {
		if s.fsys == nil && outside(s.full, dir) {
			return refuse([]string{"Copy the letter into the folder, or take the link out."}, "“%s” is a link to a file outside of “%s”", s.path, v.shown(dir))
		}
	}
	return nil
}

// idBelow is the place of a letter below a folder, without ending.
func idBelow(root, letter string) string {
	return strings.TrimPrefix(strings.TrimSuffix(letter, filepath.Ext(letter)), root+"/")
}

// within refuses files of the pack that are links out of it: whoever sent the
// folder could show what lies elsewhere on this computer.
func (v *previewing) within(o *office) error {
	if o.builtin {
		return nil
	}
	for _, file := range filesBeside(o.dir) {
		if outside(file, o.dir) {
			return refuse([]string{"Copy the file into the folder, or take the link out."}, "“%s” is a link to a file outside of “%s”", v.shown(v.relative(file)), v.shown(v.relative(o.dir)))
		}
	}
	return nil
}

// outside reports whether a file is a link to one that is not below a folder.
func outside(file, dir string) bool {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return false // missing: there is nothing to show
	}
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return true
	}
	rel, err := filepath.Rel(root, real)
	return err != nil || !filepath.IsLocal(rel)
}

// changes tells when something is different that the page shows.
func (v *previewing) changes(ctx context.Context) <-chan struct{} {
	changed := make(chan struct{})
	dirs, o := v.watched()
	go func() {
		defer close(changed)
		files, err := watch.Open(dirs, o)
		if err != nil {
			v.tell("✗ the page does not follow what is saved: %s", err)
			return
		}
		defer files.Close()
		for {
			change, err := files.Next(ctx)
			if err != nil {
				return
			}
			if change.Note != "" {
				v.tell("%s", change.Note)
			}
			select {
			case changed <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return changed
}

// watched are the folders to watch: that of the rules, and all below the
// letters.
func (v *previewing) watched() (dirs []string, o watch.Options) {
	office, root := v.last.office, v.full(v.folder)
	letters := filepath.Join(office.dir, "templates")
	if office.builtin {
		letters = root
	} else {
		root = office.dir
	}
	dirs = []string{root, letters}
	data := ""
	if v.data != "" {
		data = v.full(v.data)
		dirs = append(dirs, filepath.Dir(data))
	}
	return dirs, watch.Options{
		FS: os.DirFS,
		Wants: func(file string) bool {
			name := filepath.Base(file)
			return isLetter(name) || name == rulesName || slices.Contains(ignoreNames, name) || office.owns(file) || file == data
		},
		Enters: func(dir string) bool {
			rel, err := filepath.Rel(letters, dir)
			return err == nil && rel != "." && filepath.IsLocal(rel) && !v.passesOver(letters, rel)
		},
	}
}
