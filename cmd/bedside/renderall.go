package main

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"bedside/internal/render"
	"bedside/lint"
)

// indexName is the page that links to all others.
const indexName = "index.html"

// everything renders every letter of the pack and an index of them.
func (r *rendering) everything() error {
	if err := r.open("."); err != nil {
		return err
	}
	chosen, err := r.packLetters(r.office)
	if err != nil {
		return err
	}
	if err := r.freeForAll(chosen.letters); err != nil {
		return err
	}
	var ready []*lint.Result
	var out unmade
	var sheets []render.Sheet // of ready; nothing is written before all are made
	for res, err := range checkAll(chosen.letters, r.office, r.language) {
		if err != nil {
			return refuse([]string{"Make it readable, or leave it out."}, "%s", err)
		}
		if !r.renders(res) {
			out.refused = append(out.refused, res)
			continue
		}
		sheet, person, err := r.sheet(res, -1)
		if back, ok := errors.AsType[*render.HeldBack](err); ok {
			out.held = append(out.held, unshown{res.Path, person.ID, strings.Join(back.Reasons, "; ")})
			continue
		}
		if err != nil {
			out.lacking = append(out.lacking, unshown{res.Path, person.ID, cause(res, err).Error()})
			continue
		}
		ready, sheets = append(ready, res), append(sheets, sheet)
	}
	if r.oneFile {
		err = r.toOneFile(sheets)
	} else {
		err = r.toFolder(ready, sheets)
	}
	if err == nil {
		err = r.takeAway(r.earlier(out, len(sheets)))
	}
	if err != nil {
		return err
	}
	if r.office.builtin {
		r.tell("  These letters are of an invented office. To make them yours: bedside init FOLDER   %s", r.office.aside)
	}
	return r.tellLeftOut(out)
}

// unmade are the letters of which no page is made.
type unmade struct {
	refused       []*lint.Result // not ready, or not approved
	held, lacking []unshown      // must not be sent to the person; cannot be shown with their values
}

// unshown tells why a letter is not shown with a person.
type unshown struct{ letter, person, why string }

// earlier are the files that may hold pages, of an earlier run, of letters of
// which none is made now: one for each letter, or the one file where no page is
// made at all.
func (r *rendering) earlier(out unmade, made int) []string {
	if r.oneFile && (made > 0 || r.output == "-") {
		return nil
	} else if r.oneFile {
		return []string{r.output}
	}
	var files []string
	add := func(letter string) {
		files = append(files, filepath.Join(r.output, filepath.FromSlash(r.nameOf(letter))))
	}
	for _, res := range out.refused {
		add(res.Path)
	}
	for _, l := range slices.Concat(out.held, out.lacking) {
		add(l.letter)
	}
	return files
}

// takeAway removes earlier pages: somebody could print them. They would be
// written over, too, if pages were made.
func (r *rendering) takeAway(files []string) error {
	for _, file := range files {
		if info, err := os.Lstat(r.full(file)); err != nil || info.IsDir() {
			continue
		}
		if err := os.Remove(r.full(file)); err != nil {
			return refuse([]string{"Remove it yourself: it shows what is not rendered now."}, "cannot remove “%s”: %s", r.shown(file), reason(err))
		}
		r.tell("  removed %s: an earlier page of a letter that is not rendered now", r.shown(file))
	}
	return nil
}

// tellLeftOut tells which letters were not rendered, and why.
func (r *rendering) tellLeftOut(out unmade) error {
	if len(out.refused)+len(out.held)+len(out.lacking) == 0 {
		return nil
	}
	r.tellUnshown("held back", "to", out.held)
	r.tellUnshown("without a value", "with", out.lacking)
	if err := r.findings(out.refused...); err != nil {
		return err
	}
	ready := 0 // but not approved
	for _, res := range out.refused {
		if res.Ready {
			ready++
		}
	}
	r.tellRefused("ready", len(out.refused)-ready)
	r.tellRefused("approved", ready)
	return errFindings
}

// tellUnshown says which letters were not shown with a person, and what for.
func (r *rendering) tellUnshown(what, with string, letters []unshown) {
	if len(letters) > 0 {
		r.tell("✗ %s, and not rendered: %s.   --fields renders %s with names of fields.", what, count(len(letters), "letter", "letters"), them(len(letters)))
	}
	for _, l := range letters {
		r.tell("  %s   %s “%s”: %s", l.letter, with, l.person, l.why)
	}
}

// tellRefused says how many letters were not rendered, as they are not ready or
// not approved.
func (r *rendering) tellRefused(what string, n int) {
	if n > 0 {
		r.tell("✗ not %s, and not rendered: %s.   %s", what, count(n, "letter", "letters"), r.withDraft(them(n)))
	}
}

// them stands for n letters.
func them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// toOneFile writes all letters into the output file.
func (r *rendering) toOneFile(sheets []render.Sheet) error {
	if len(sheets) == 0 {
		return nil
	}
	made, err := r.make([][]render.Sheet{sheets})
	if err != nil {
		return err
	}
	return r.deliver(made[0], "✓ "+count(len(sheets), "letter", "letters")+r.paper(", ", made[0])+" → "+r.shown(r.output))
}

// toFolder writes each letter into a file of its own below the output folder,
// at the place that it has in the pack, and an index of pages.
func (r *rendering) toFolder(ready []*lint.Result, sheets []render.Sheet) error {
	var each [][]render.Sheet
	for _, sheet := range sheets {
		each = append(each, []render.Sheet{sheet})
	}
	made, err := r.make(each)
	if err != nil {
		return err
	}
	var entries []render.IndexEntry
	for i, res := range ready {
		name := r.nameOf(res.Path)
		file := filepath.Join(r.output, filepath.FromSlash(name))
		if err := r.folder(filepath.Dir(file)); err != nil {
			return err
		}
		if err := r.write(file, made[i], r.mode()); err != nil {
			return err
		}
		entries = append(entries, render.IndexEntry{Href: name, Meta: &res.Letter.Meta, Ready: r.office.MayGo(res)})
	}
	told := "✓ " + count(len(made), "letter", "letters") + r.paper(", ", made...) + " → " + folder(r.shown(r.output))
	if r.pdf {
		r.tell("%s", told)
		r.tellLong(entries, made)
		return nil
	}
	if err := r.folder(r.output); err != nil {
		return err
	}
	if err := r.write(filepath.Join(r.output, indexName), r.pages.Index(entries), forAll); err != nil {
		return err
	}
	r.tell("%s   index: %s", told, path.Join(r.shown(r.output), indexName))
	return nil
}

// tellLong names the letters that take more than a page, which in large print
// is usual.
func (r *rendering) tellLong(entries []render.IndexEntry, pdfs [][]byte) {
	for i, entry := range entries {
		if n := sheetsOfPaper(pdfs[i]); n > 1 && !r.large {
			r.tell("  %s takes %d pages", entry.Href, n)
		}
	}
}

// folder makes a folder of the output.
func (r *rendering) folder(name string) error {
	if err := os.MkdirAll(r.full(name), 0o777); err != nil {
		return refuse(nil, "cannot make the folder “%s”: %s", r.shown(name), reason(err))
	}
	return nil
}

// freeForAll refuses letters whose pages would take the place of something
// else, before anything is written. Many systems take Index and index for one
// name.
func (r *rendering) freeForAll(letters []source) error {
	if r.oneFile {
		for _, letter := range letters {
			if err := r.free(r.output, letter); err != nil {
				return err
			}
		}
		return nil
	}
	taken := map[string]string{indexName: "the index of all pages"}
	for _, letter := range letters {
		name := r.nameOf(letter.path)
		key := strings.ToLower(name)
		if other := taken[key]; other != "" {
			return refuse([]string{"Give the letter another name. Nothing was written."}, "the page of “%s” would have the name of %s: %s", letter.path, other, name)
		}
		taken[key] = "another: that of “" + letter.path + "”"
		if err := r.free(filepath.Join(r.output, filepath.FromSlash(name)), letter); err != nil {
			return err
		}
	}
	return nil
}

// nameOf is the name of the file of a letter of the pack, by its place below
// the templates folder: "en/thanks.html".
func (r *rendering) nameOf(shown string) string {
	templates := "templates"
	if !r.office.builtin {
		templates = r.shown(r.relative(filepath.Join(r.office.dir, "templates")))
	}
	return strings.TrimPrefix(strings.TrimSuffix(shown, path.Ext(shown)), templates+"/") + r.ending()
}
