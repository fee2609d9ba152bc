package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bedside/internal/approval"
	"bedside/internal/report"
	"bedside/lint"
)

// An approving is one run of bedside approve.
type approving struct {
	*program
	by, note string
	language string

	office *office
	sealer *approval.Sealer
}

func approveCommand(p *program) *cobra.Command {
	a := &approving{program: p}
	c := &cobra.Command{
		Use:   "approve LETTER... --by NAME",
		Short: "write down that somebody has read letters and approves them as they are",
		Long: `LETTER is a letter or a folder of letters of your office's pack. Each has to be ready. What was
approved stands in approvals.toml beside rules.toml, one line a letter: who, when, and a seal over
everything that a patient could read. bedside approvals lists it.`,
		Example: `bedside approve templates/en/reminder-30.md --by "Ana Ruiz"
bedside approve templates/ --by "Ana Ruiz" --note "read with Lee Park"`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := given(c, "date"); err != nil {
				return err
			}
			return a.run(args)
		},
	}
	f := c.Flags()
	f.StringVar(&a.by, "by", "", "the `NAME` of the person who approves them")
	f.StringVar(&a.note, "note", "", "what that person says to it: a `TEXT` on one line")
	a.dateFlag(f, "the approval is of it")
	f.StringVar(&a.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	return c
}

// run approves all letters, or none.
func (a *approving) run(args []string) error {
	on, err := a.signature()
	if err != nil {
		return err
	}
	letters, err := a.open(args)
	if err != nil {
		return err
	}
	entries, err := a.entries(letters, on)
	if err != nil {
		return err
	}
	var before []string
	err = a.changeBook(a.office, func(book approval.Book) {
		for _, e := range entries {
			if old, ok := book[e.name]; ok && old.By != e.By && old.Seal.Sum == e.Seal.Sum {
				before = append(before, fmt.Sprintf("%s: in place of %s, %s", e.name, old.By, old.On))
			}
			book[e.name] = e.Entry
		}
	})
	if err != nil {
		return err
	}
	what := letters[0].path
	if len(letters) > 1 {
		what = count(len(letters), "letter", "letters")
	}
	a.tell("✓ %s approved by %s on %s → %s", what, a.by, on, a.bookName(a.office))
	for _, line := range before {
		a.tell("  %s", line)
	}
	return nil
}

// signature makes sure that the file can say who approves, and returns the
// day.
func (a *approving) signature() (on string, err error) {
	a.by, a.note = strings.TrimSpace(a.by), strings.TrimSpace(a.note)
	if a.by == "" {
		return "", refuse([]string{"Write: bedside approve LETTER --by \"Ana Ruiz\""}, "an approval needs the name of the person who approves: --by is empty")
	}
	for _, text := range []struct{ flag, text string }{{"--by", a.by}, {"--note", a.note}} {
		if err := approval.Plain(text.text); err != nil {
			return "", refuse([]string{"Write it on one line, in plain text."}, "%s cannot be written down: %s", text.flag, err)
		}
	}
	return a.today()
}

// open finds the letters and the pack they are of.
func (a *approving) open(args []string) ([]source, error) {
	if len(args) == 0 {
		return nil, refuse([]string{"Write: bedside approve LETTER --by NAME   All letters: bedside approve templates/ --by NAME"}, "which letters? approve takes at least one")
	}
	for _, arg := range args {
		if arg == "-" {
			return nil, refuse([]string{"Save the letter in the pack, and name its file."}, "a letter from standard input cannot be approved: nobody could find it again")
		}
	}
	chosen, err := a.choose(args)
	if err != nil {
		return nil, err
	}
	if len(chosen.skipped) > 0 {
		return nil, refuse([]string{"Nothing was approved. Make it readable, or leave it out."}, "%s", chosen.skipped[0])
	}
	if a.office, err = a.officeOf(chosen.folders); err != nil {
		return nil, err
	}
	if a.office.builtin {
		return nil, refuse([]string{"To start your office's own letters and rules: bedside init", "Then approve the letters in its templates folder."},
			"there is no pack to keep an approval in  %s", a.office.aside)
	}
	if err := oneOf("--language", a.language, a.office.Languages()); err != nil {
		return nil, err
	}
	if _, _, err = a.readBook(a.office); err == nil { // before the findings, where it is broken
		a.sealer, err = a.program.sealer(a.office, nil)
	}
	return chosen.letters, err
}

// A signed letter is what goes into the book.
type signed struct {
	approval.Entry
	name string
}

// entries holds the letters to the rules and seals them. When one is not
// ready, none is approved.
func (a *approving) entries(letters []source, on string) (entries []signed, err error) {
	var refused []*lint.Result
	full := map[string]string{}
	for _, l := range letters {
		full[l.path] = l.full
	}
	for res, err := range checkAll(letters, a.office, a.language) {
		if err != nil {
			return nil, refuse([]string{"Nothing was approved. Make it readable, or leave it out."}, "%s", err)
		}
		name := a.office.nameOf(full[res.Path])
		if name == "" || approval.Plain(name) != nil {
			return nil, refuse([]string{"Move it into the folder of " + a.office.rules + ", under a plain name."}, "“%s” is no letter of this pack", res.Path)
		}
		if !res.Ready {
			refused = append(refused, res)
			continue
		}
		seal, err := a.sealer.Seal(name, res.Letter)
		if err != nil {
			return nil, refuse(nil, "cannot seal “%s”: %s", res.Path, err)
		}
		entries = append(entries, signed{approval.Entry{Seal: seal, By: a.by, On: on, Note: a.note}, name})
	}
	if len(refused) > 0 {
		return nil, a.notReady(refused, len(letters))
	}
	return entries, nil
}

// notReady prints why letters cannot be approved.
func (a *approving) notReady(refused []*lint.Result, of int) error {
	if err := report.Find("text").Write(a.out, a.office.Pack, slices.Values(refused), a.options()); err != nil {
		return err
	}
	only := ""
	if of > len(refused) {
		only = ", and neither were the others"
	}
	a.tell("✗ not ready, and not approved: %s%s", count(len(refused), "letter", "letters"), only)
	return errFindings
}
