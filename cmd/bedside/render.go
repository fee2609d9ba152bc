package main

import (
	"cmp"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bedside"
	"bedside/internal/render"
	"bedside/internal/report"
	"bedside/lint"
)

// A rendering is one run of bedside render.
type rendering struct {
	*program
	output   string
	person   string
	form     string
	language string
	fields   bool
	draft    bool
	all      bool

	office *office
	pages  *render.Pack
}

func renderCommand(p *program) *cobra.Command {
	r := &rendering{program: p}
	c := &cobra.Command{
		Use:   "render LETTER -o FILE",
		Short: "make a page of a letter that is ready, to look at or to print",
		Long: `LETTER is a file, or - for standard input. The page is one HTML file that needs nothing else;
values are those of an invented person of people.toml. A letter that is not ready is refused,
with its findings.`,
		Example: `bedside render templates/en/reminder-30.md -o reminder.html
bedside render templates/en/reminder-30.md --person long-names -o - > page.html
bedside render templates/en/reminder-30.md --form "without portal_url" -o page.html
bedside render --all -o out/`,
		RunE: func(_ *cobra.Command, args []string) error { return r.run(args) },
	}
	f := c.Flags()
	f.StringVarP(&r.output, "output", "o", "", "the `FILE` to write, - for standard output; with --all a folder")
	f.StringVar(&r.person, "person", "", "the invented person to show it with, by `ID` (default: the first who reads its language)")
	f.StringVar(&r.form, "form", "", "the `FORM` to show, by number or as text: \"without portal_url\" (default: as the person's values have it)")
	f.StringVar(&r.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	f.BoolVar(&r.fields, "fields", false, "show the names of fields in place of values")
	f.BoolVar(&r.draft, "draft", false, "also letters that are not ready, marked DRAFT")
	f.BoolVar(&r.all, "all", false, "every letter of the pack, with an index")
	return c
}

func (r *rendering) run(args []string) error {
	switch {
	case r.all && len(args) > 0:
		return refuse([]string{"Write bedside render --all -o FOLDER, or leave out --all."}, "--all renders the letters of the pack; it takes no path")
	case r.all && (r.output == "" || r.output == "-"):
		return refuse([]string{"Write: bedside render --all -o out/"}, "--all needs a folder to write to")
	case r.all && r.form != "":
		return refuse([]string{"Write: bedside render LETTER --form FORM -o FILE"}, "--form is of one letter; it does not go with --all")
	case r.all:
		return r.everything()
	case len(args) != 1:
		return refuse([]string{"Write: bedside render LETTER -o FILE   or: bedside render --all -o FOLDER"}, "render takes one letter, not %d", len(args))
	}
	return r.one(args[0])
}

// open opens the pack around a folder, and what its pages are made of.
func (r *rendering) open(folder string) (err error) {
	if r.office, err = r.program.office(folder); err != nil {
		return err
	}
	if err := oneOf("--language", r.language, r.office.Languages()); err != nil {
		return err
	}
	r.pages, err = render.Open(r.office.fsys, bedside.FS, r.office.Dictionary, r.office.Practice)
	if err != nil {
		return r.packError(r.office, err)
	}
	if r.person == "" {
		return nil
	}
	var ids []string
	for _, person := range r.pages.People {
		ids = append(ids, person.ID)
	}
	return oneOf("the person", r.person, ids)
}

// find finds the one letter to render, and the folder whose pack it is held
// to.
func (r *rendering) find(arg string) (source, string, error) {
	if arg == "-" {
		s, err := r.stdin("stdin")
		return s, r.dir, err
	}
	chosen, err := r.choose([]string{arg})
	if err != nil {
		return source{}, "", err
	}
	if len(chosen.letters) != 1 {
		return source{}, "", refuse([]string{"All letters of the pack: bedside render --all -o FOLDER"}, "“%s” stands for %d letters; render takes one", r.shown(arg), len(chosen.letters))
	}
	return chosen.letters[0], chosen.folders[0], nil
}

// one renders one letter.
func (r *rendering) one(arg string) error {
	letter, folder, err := r.find(arg)
	if err != nil {
		return err
	}
	if err := r.open(folder); err != nil {
		return err
	}
	res, err := letter.check(r.office, r.language)
	if err != nil {
		return refuse([]string{"Make it readable, or leave it out."}, "%s", err)
	}
	if !r.renders(res) {
		return r.notReady(res, arg)
	}
	if r.output == "" {
		page := strings.TrimSuffix(path.Base(res.Path), path.Ext(res.Path)) + ".html"
		return refuse([]string{"To a file: -o " + page + "   To standard output: -o -"}, "where should the page go?")
	}
	if err := r.free(r.output, letter); err != nil {
		return err
	}
	page, person, err := r.page(res)
	if err != nil {
		return err
	}
	if r.output == "-" {
		_, err = r.out.Write(page)
		return err
	}
	if err := r.write(r.output, page); err != nil {
		return err
	}
	r.tell("✓ %s   %s", r.shown(r.output), r.shows(res, person))
	return nil
}

// renders reports whether a page is made of a letter: as a draft too it has to
// have words.
func (r *rendering) renders(res *lint.Result) bool {
	return res.Ready || r.draft && len(res.Letter.Blocks) > 0
}

// withDraft tells what --draft does, or did not do.
func (r *rendering) withDraft(them string) string {
	if r.draft {
		return "Without words there is no draft either."
	}
	return "--draft renders " + them + " with a DRAFT mark."
}

// free refuses to write a page over a letter or a file of the pack.
func (r *rendering) free(output string, letter source) error {
	what, full := "", r.full(output)
	switch {
	case full == letter.full:
		what = "the letter itself"
	case r.office.owns(full):
		what = "a file of the pack"
	case isLetter(output) && exists(full):
		what = "another letter"
	default:
		return nil
	}
	return refuse([]string{"Choose another name for the page."}, "“%s” is %s", r.shown(output), what)
}

// shows says what is on a page.
func (r *rendering) shows(res *lint.Result, person render.Person) string {
	what := "sample data “" + person.Name + "”"
	if r.fields {
		what = "names of fields"
	}
	if !res.Ready {
		what += ", marked DRAFT"
	}
	return what
}

// notReady prints the findings of a letter that is not rendered, but never
// where the page was to go.
func (r *rendering) notReady(res *lint.Result, arg string) error {
	w := r.out
	if r.output == "-" {
		w = r.err
	}
	if err := report.Find("text").Write(w, r.office.Pack, slices.Values([]*lint.Result{res}), r.optionsFor(w)); err != nil {
		return err
	}
	r.tell("✗ not ready: %d must fix (bedside check %s).   %s", res.Count(lint.Error), r.shown(arg), r.withDraft("it"))
	return errFindings
}

// page renders a letter with the person that was asked for, or the first who
// reads its language.
func (r *rendering) page(res *lint.Result) ([]byte, render.Person, error) {
	var person render.Person
	for _, p := range r.pages.People {
		if p.ID == r.person || r.person == "" && (person.ID == "" || person.Language != res.Language && p.Language == res.Language) {
			person = p
		}
	}
	form, err := formOf(res, r.form)
	if err != nil {
		return nil, person, err
	}
	sheet, err := r.pages.Sheet(res.Letter, render.Options{Person: person.ID, Form: form, Fields: r.fields, Draft: !res.Ready})
	if err != nil {
		return nil, person, r.cannot(res, person, err)
	}
	return r.pages.Page([]render.Sheet{sheet}, false), person, nil
}

// cannot says why a letter cannot be shown with a person.
func (r *rendering) cannot(res *lint.Result, person render.Person, err error) error {
	if cause := errors.Unwrap(err); cause != nil && strings.Contains(err.Error(), res.Path) {
		err = cause // the letter and the person are named here
	}
	lines := []string{"To see the letter with names of fields instead: --fields"}
	var others []string
	for _, p := range r.pages.People {
		if p.ID != person.ID {
			others = append(others, p.ID)
		}
	}
	if len(others) > 0 {
		lines = append(lines, "With another person: --person "+strings.Join(others, ", "))
	}
	return refuse(lines, "cannot show “%s” with the values of “%s”: %s", res.Path, person.ID, err)
}

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
	var ready, refused []*lint.Result
	var pages [][]byte // of ready; nothing is written before all are made
	for _, letter := range chosen.letters {
		res, err := letter.check(r.office, r.language)
		if err != nil {
			return refuse([]string{"Make it readable, or leave it out."}, "%s", err)
		}
		if !r.renders(res) {
			refused = append(refused, res)
			continue
		}
		page, _, err := r.page(res)
		if err != nil {
			return err
		}
		ready, pages = append(ready, res), append(pages, page)
	}
	var entries []render.IndexEntry
	for i, res := range ready {
		entry, err := r.toFolder(res, pages[i])
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	if err := r.index(entries); err != nil {
		return err
	}
	r.tell("✓ %s → %s   index: %s", count(len(entries), "letter", "letters"), folder(r.shown(r.output)), path.Join(r.shown(r.output), "index.html"))
	if r.office.builtin {
		r.tell("  These letters are of an invented office. To make them yours: bedside init FOLDER   %s", r.office.aside)
	}
	if len(refused) == 0 {
		return nil
	}
	if err := report.Find("text").Write(r.out, r.office.Pack, slices.Values(refused), r.options()); err != nil {
		return err
	}
	r.tell("✗ not ready, and not rendered: %s.   %s", count(len(refused), "letter", "letters"), r.withDraft("them"))
	return errFindings
}

// freeForAll refuses letters whose pages would take the place of something
// else, before anything is written. Many systems take Index and index for one
// name.
func (r *rendering) freeForAll(letters []source) error {
	taken := map[string]string{"index.html": "the index of all pages"}
	for _, letter := range letters {
		name := r.pageOf(letter.path)
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

// toFolder writes the page of a letter into the output folder, at the place
// that the letter has in the pack.
func (r *rendering) toFolder(res *lint.Result, page []byte) (render.IndexEntry, error) {
	name := r.pageOf(res.Path)
	file := filepath.Join(r.output, filepath.FromSlash(name))
	if err := os.MkdirAll(r.full(filepath.Dir(file)), 0o777); err != nil {
		return render.IndexEntry{}, refuse(nil, "cannot make the folder “%s”: %s", r.shown(filepath.Dir(file)), reason(err))
	}
	entry := render.IndexEntry{Href: name, Title: cmp.Or(res.Letter.Meta.Title, name), Language: res.Language, Purpose: res.Letter.Meta.Purpose, Ready: res.Ready}
	return entry, r.write(file, page)
}

// pageOf is the name of the page of a letter of the pack, by its place below
// the templates folder: "en/thanks.html".
func (r *rendering) pageOf(shown string) string {
	templates := "templates"
	if !r.office.builtin {
		templates = r.shown(r.relative(filepath.Join(r.office.dir, "templates")))
	}
	return strings.TrimPrefix(strings.TrimSuffix(shown, path.Ext(shown)), templates+"/") + ".html"
}

func (r *rendering) index(entries []render.IndexEntry) error {
	if err := os.MkdirAll(r.full(r.output), 0o777); err != nil {
		return refuse(nil, "cannot make the folder “%s”: %s", r.shown(r.output), reason(err))
	}
	return r.write(filepath.Join(r.output, "index.html"), r.pages.Index(entries))
}
