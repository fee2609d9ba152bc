package main

import (
	"errors"
	"io/fs"
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
	large    bool
	all      bool
	oneFile  bool
	pdf      bool

	office  *office
	pages   *render.Pack
	browser browser // with --pdf
}

func renderCommand(p *program) *cobra.Command {
	r := &rendering{program: p}
	c := &cobra.Command{
		Use:   "render LETTER -o FILE",
		Short: "make a page or a PDF of a letter that is ready, to look at or to print",
		Long: `LETTER is a file, or - for standard input. The page is one HTML file that needs nothing else;
values are those of an invented person of people.toml. A letter that is not ready is refused,
with its findings; with --all, its page of an earlier run is removed. A PDF is made by the Chrome,
Edge or Chromium of this computer; only you can read its file.`,
		Example: `bedside render templates/en/reminder-30.md -o reminder.html
bedside render templates/en/reminder-30.md --pdf -o reminder.pdf
bedside render templates/en/reminder-30.md --large-print --pdf -o reminder-large.pdf
bedside render templates/en/reminder-30.md --person long-names -o - > page.html
bedside render templates/en/reminder-30.md --form "without portal_url" -o page.html
bedside render --all -o out/
bedside render --all --pdf -o out/
bedside render --all --pdf --one-file -o letters.pdf`,
		RunE: func(_ *cobra.Command, args []string) error { return r.run(args) },
	}
	f := c.Flags()
	f.StringVarP(&r.output, "output", "o", "", "the `FILE` to write, - for standard output; with --all a folder")
	f.BoolVar(&r.pdf, "pdf", false, "make a PDF")
	f.BoolVar(&r.large, "large-print", false, "in 18 point, for those who see poorly; takes more pages")
	f.StringVar(&r.person, "person", "", "the invented person to show it with, by `ID` (default: the first who reads its language)")
	completeWith(c, "person", func() ([]string, error) {
		if err := r.open("."); err != nil {
			return nil, err
		}
		return r.personIDs(), nil
	})
	f.StringVar(&r.form, "form", "", "the `FORM` to show, by number or as text: \"without portal_url\" (default: as the person's values have it)")
	f.StringVar(&r.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	f.BoolVar(&r.fields, "fields", false, "show the names of fields in place of values")
	f.BoolVar(&r.draft, "draft", false, "also letters that are not ready, marked DRAFT")
	f.BoolVar(&r.all, "all", false, "every letter of the pack, with an index of the pages")
	f.BoolVar(&r.oneFile, "one-file", false, "with --all: all letters in one file, each on a sheet of its own")
	return c
}

func (r *rendering) run(args []string) (err error) {
	switch {
	case r.all && len(args) > 0:
		return refuse([]string{"Write bedside render --all -o FOLDER, or leave out --all."}, "--all renders the letters of the pack; it takes no path")
	case r.oneFile && !r.all:
		return refuse([]string{"Write: bedside render --all --one-file -o FILE"}, "--one-file is for all letters of the pack")
	case r.oneFile && r.output == "":
		return refuse([]string{"Write: bedside render --all --one-file -o letters" + r.ending()}, "--one-file needs a file to write to")
	case r.all && !r.oneFile && (r.output == "" || r.output == "-"):
		return refuse([]string{"Write: bedside render --all -o out/"}, "--all needs a folder to write to")
	case r.all && r.form != "":
		return refuse([]string{"Write: bedside render LETTER --form FORM -o FILE"}, "--form is of one letter; it does not go with --all")
	case !r.all && len(args) != 1:
		return refuse([]string{"Write: bedside render LETTER -o FILE   or: bedside render --all -o FOLDER"}, "render takes one letter, not %d", len(args))
	}
	if err := r.fits(); err != nil {
		return err
	}
	if r.pdf {
		if r.browser, err = r.program.browser(); err != nil {
			return err
		}
	}
	if r.all {
		return r.everything()
	}
	return r.one(args[0])
}

// fits refuses to call a page a PDF, or a PDF a page.
func (r *rendering) fits() error {
	ending := strings.ToLower(filepath.Ext(r.output))
	switch {
	case r.all && !r.oneFile:
		return nil
	case ending == ".pdf" && !r.pdf:
		return refuse([]string{"To make a PDF: --pdf   To make a page: -o " + strings.TrimSuffix(r.output, filepath.Ext(r.output)) + ".html"}, "“%s” would be a page of HTML, not a PDF", r.output)
	case (ending == ".html" || ending == ".htm") && r.pdf:
		return refuse([]string{"To make a page: leave out --pdf   To make a PDF: -o " + strings.TrimSuffix(r.output, filepath.Ext(r.output)) + ".pdf"}, "“%s” would be a PDF, not a page of HTML", r.output)
	}
	return nil
}

// ending is what the name of a file ends with.
func (r *rendering) ending() string {
	if r.pdf {
		return ".pdf"
	}
	return ".html"
}

// mode is who may read what is written.
func (r *rendering) mode() fs.FileMode {
	if r.pdf {
		return private
	}
	return forAll
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
	if err = r.openRegister(r.office, r.pages); err != nil || r.person == "" {
		return err
	}
	return oneOf("the person", r.person, r.personIDs())
}

// personIDs are what the people of the pack are called by --person.
func (r *rendering) personIDs() []string {
	var ids []string
	for _, person := range r.pages.People {
		ids = append(ids, person.ID)
	}
	return ids
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
		page := strings.TrimSuffix(path.Base(res.Path), path.Ext(res.Path)) + r.ending()
		return refuse([]string{"To a file: -o " + page + "   To standard output: -o -"}, "where should the page go?")
	}
	if err := r.free(r.output, letter); err != nil {
		return err
	}
	form, err := formOf(res, r.form)
	if err != nil {
		return err
	}
	sheet, person, err := r.sheet(res, form)
	if held, ok := errors.AsType[*render.HeldBack](err); ok {
		return r.heldBack(res, person, held)
	}
	if err != nil {
		return refuse(r.otherwise(res, person), "cannot show “%s” with the values of “%s”: %s", res.Path, person.ID, cause(res, err))
	}
	made, err := r.make([][]render.Sheet{{sheet}})
	if err != nil {
		return err
	}
	return r.deliver(made[0], "✓ "+r.shown(r.output)+"   "+r.shows(res, person)+r.paper(", ", made[0]))
}

// deliver writes the one file that was asked for, and tells of it unless it
// went to standard output.
func (r *rendering) deliver(content []byte, told string) error {
	if r.output == "-" {
		_, err := r.out.Write(content)
		return err
	}
	if err := r.write(r.output, content, r.mode()); err != nil {
		return err
	}
	r.tell("%s", told)
	return nil
}

// renders reports whether a page is made of a letter: as a draft too it has to
// have words.
func (r *rendering) renders(res *lint.Result) bool {
	return r.office.MayGo(res) || r.draft && len(res.Letter.Blocks) > 0
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
	case letter.fsys == nil && sameFile(full, letter.full):
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
func (r *rendering) shows(res *lint.Result, person *render.Person) string {
	what := "sample data “" + person.Name + "”"
	if r.fields {
		what = "names of fields"
	}
	if r.large {
		what += ", large print"
	}
	if !r.office.MayGo(res) {
		what += ", marked DRAFT"
	}
	return what
}

// notReady prints the findings of a letter that is not rendered.
func (r *rendering) notReady(res *lint.Result, arg string) error {
	if err := r.findings(res); err != nil {
		return err
	}
	if res.Ready {
		then := "bedside approve " + lint.Typed(r.shown(arg))
		if res.Approval.Changed {
			then = "bedside diff " + lint.Typed(r.shown(arg)) + ", then bedside approve"
		}
		r.tell("✗ not approved (%s).   %s", then, r.withDraft("it"))
		return errFindings
	}
	r.tell("✗ not ready: %d must fix (bedside check %s).   %s", res.Count(lint.Error), lint.Typed(r.shown(arg)), r.withDraft("it"))
	return errFindings
}

// findings prints what is found in letters, but never where a page was to go.
func (r *rendering) findings(results ...*lint.Result) error {
	w := r.out
	if r.output == "-" {
		w = r.err
	}
	return report.Find("text").Write(w, r.office.Pack, slices.Values(results), r.optionsFor(w))
}

// heldBack says why a letter must not be sent to a person, and to whom it may.
func (r *rendering) heldBack(res *lint.Result, person *render.Person, held *render.HeldBack) error {
	if r.person == "" {
		r.tell("✗ held back: %s may be sent to nobody in people.toml; not to “%s”, for one", res.Path, person.Name)
	} else {
		r.tell("✗ held back: %s must not be sent to “%s”", res.Path, person.Name)
	}
	for _, line := range append(held.Reasons, r.otherwise(res, person)...) {
		r.tell("  %s", line)
	}
	return errFindings
}

// sheet shows a letter, in a form or in that of their values (-1), to the person
// that was asked for, or one to whom it may be sent.
func (r *rendering) sheet(res *lint.Result, form int) (render.Sheet, *render.Person, error) {
	person, err := r.pages.PersonFor(res.Letter, r.person)
	if err != nil {
		return render.Sheet{}, nil, err
	}
	sheet, err := r.pages.Sheet(res.Letter, render.Options{Person: person.ID, Form: form, Fields: r.fields, Draft: !r.office.MayGo(res)})
	return sheet, person, err
}

// cause is why a letter cannot be shown with a person, for who has named both.
func cause(res *lint.Result, err error) error {
	if inner := errors.Unwrap(err); inner != nil && strings.Contains(err.Error(), res.Path) {
		return inner
	}
	return err
}

// otherwise says how else a letter can be seen than with a person.
func (r *rendering) otherwise(res *lint.Result, person *render.Person) []string {
	lines := []string{"To see the letter with names of fields instead: --fields"}
	var others []string
	for i := range r.pages.People {
		other := &r.pages.People[i]
		if _, err := r.pages.Sheet(res.Letter, render.Options{Person: other.ID, Form: -1}); err == nil && other.ID != person.ID {
			others = append(others, other.ID)
		}
	}
	if len(others) > 0 {
		lines = append(lines, "With another person: --person "+strings.Join(others, ", "))
	}
	return lines
}
