package main

import (
	"cmp"
	"fmt"
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
	output string
	person string
	form   string
	fields bool
	draft  bool
	all    bool

	office *office
	pages  *render.Pack
}

func renderCommand(p *program) *cobra.Command {
	r := &rendering{program: p}
	c := &cobra.Command{
		Use:   "render LETTER -o FILE",
		Short: "make a page of a letter that is ready, to look at or to print",
		Long: `The page is one HTML file that needs nothing else; values are those of an invented person of
people.toml. A letter that is not ready is refused, with its findings.`,
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
		return refuse(nil, "--form is of one letter; it does not go with --all")
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

// one renders one letter.
func (r *rendering) one(arg string) error {
	chosen, err := r.choose([]string{arg})
	if err != nil {
		return err
	}
	if len(chosen.letters) != 1 {
		return refuse([]string{"All letters of the pack: bedside render --all -o FOLDER"}, "“%s” is a folder", r.shown(arg))
	}
	letter := chosen.letters[0]
	if err := r.open(filepath.Dir(letter.full)); err != nil {
		return err
	}
	res, err := letter.check(r.office, "en")
	if err != nil {
		return refuse(nil, "%s", err)
	}
	if !res.Ready && !r.draft {
		return r.notReady(res)
	}
	if r.output == "" {
		page := strings.TrimSuffix(path.Base(res.Path), path.Ext(res.Path)) + ".html"
		return refuse([]string{"To a file: -o " + page + "   To standard output: -o -"}, "where should the page go?")
	}
	if r.full(r.output) == letter.full {
		return refuse([]string{"Choose another name for the page."}, "“%s” is the letter itself", r.shown(r.output))
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
	fmt.Fprintf(r.err, "✓ %s   %s\n", r.shown(r.output), r.shows(res, person))
	return nil
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

// notReady prints the findings of a letter that is not rendered.
func (r *rendering) notReady(res *lint.Result) error {
	if err := report.Find("text").Write(r.out, r.office.Pack, slices.Values([]*lint.Result{res}), r.options()); err != nil {
		return err
	}
	fmt.Fprintf(r.err, "✗ not ready: %d must fix (bedside check %s).   --draft renders it with a DRAFT mark.\n", res.Count(lint.Error), res.Path)
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
	page, err := r.pages.Letter(res.Letter, render.Options{Person: person.ID, Form: form, Fields: r.fields, Draft: !res.Ready})
	if err != nil {
		return nil, person, refuse(nil, "cannot render “%s”: %s", res.Path, err)
	}
	return page, person, nil
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
	var entries []render.IndexEntry
	var refused []*lint.Result
	for _, letter := range chosen.letters {
		res, err := letter.check(r.office, "en")
		if err != nil {
			return refuse(nil, "%s", err)
		}
		if !res.Ready && !r.draft {
			refused = append(refused, res)
			continue
		}
		entry, err := r.toFolder(res)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	if err := r.index(entries); err != nil {
		return err
	}
	fmt.Fprintf(r.err, "✓ %s → %s   index: %s\n", count(len(entries), "letter", "letters"), folder(r.shown(r.output)), path.Join(r.shown(r.output), "index.html"))
	if len(refused) == 0 {
		return nil
	}
	if err := report.Find("text").Write(r.out, r.office.Pack, slices.Values(refused), r.options()); err != nil {
		return err
	}
	fmt.Fprintf(r.err, "✗ not ready, and not rendered: %s.   --draft renders them with a DRAFT mark.\n", count(len(refused), "letter", "letters"))
	return errFindings
}

// toFolder renders one letter into the output folder, at the place that it
// has in the pack.
func (r *rendering) toFolder(res *lint.Result) (render.IndexEntry, error) {
	page, _, err := r.page(res)
	if err != nil {
		return render.IndexEntry{}, err
	}
	name := strings.TrimSuffix(r.inPack(res.Path), path.Ext(res.Path)) + ".html"
	file := filepath.Join(r.output, filepath.FromSlash(name))
	if err := os.MkdirAll(r.full(filepath.Dir(file)), 0o777); err != nil {
		return render.IndexEntry{}, refuse(nil, "cannot make the folder “%s”: %s", r.shown(filepath.Dir(file)), reason(err))
	}
	entry := render.IndexEntry{Href: name, Title: cmp.Or(res.Letter.Meta.Title, name), Language: res.Language, Purpose: res.Letter.Meta.Purpose, Ready: res.Ready}
	return entry, r.write(file, page)
}

// inPack is the path of a letter below the templates folder: "en/thanks.md".
func (r *rendering) inPack(shown string) string {
	templates := "templates"
	if !r.office.builtin {
		templates = r.shown(r.relative(filepath.Join(r.office.dir, "templates")))
	}
	return strings.TrimPrefix(shown, templates+"/")
}

func (r *rendering) index(entries []render.IndexEntry) error {
	if err := os.MkdirAll(r.full(r.output), 0o777); err != nil {
		return refuse(nil, "cannot make the folder “%s”: %s", r.shown(r.output), reason(err))
	}
	return r.write(filepath.Join(r.output, "index.html"), r.pages.Index(entries))
}
