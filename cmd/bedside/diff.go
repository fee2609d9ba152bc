package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"bedside/internal/approval"
	"bedside/internal/change"
	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

// A comparing is one run of bedside diff.
type comparing struct {
	*program
	since    string
	language string

	file   string // full path of the letter
	office *office
	sealer *approval.Sealer
	signed bool // it is compared with what was approved
}

// sinceApproved is the value of --since for what was approved.
const sinceApproved = "approved"

func diffCommand(p *program) *cobra.Command {
	d := &comparing{program: p}
	c := &cobra.Command{
		Use:   "diff LETTER",
		Short: "show what has changed in what the patient reads, and what that means to the rules",
		Long: `Sentence by sentence: was and now, with << and >> around the words that are others, and the findings
that each change brings or ends. The older version is read from git. Without --since it is the one
that was approved or, where nobody has approved the letter, that of the last commit.`,
		Example: `bedside diff templates/en/reminder-30.md
bedside diff templates/en/reminder-30.md --since main`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := given(c, "since"); err != nil {
				return err
			}
			return d.run(args)
		},
	}
	c.Flags().StringVar(&d.since, "since", "", "compare with the letter of `REV`: approved, or a branch, tag or commit of git")
	c.Flags().StringVar(&d.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	return c
}

func (d *comparing) run(args []string) error {
	now, err := d.open(args)
	if err != nil {
		return err
	}
	c := report.Comparison{Path: now.Path}
	src, err := d.before(&c, now)
	if err != nil {
		return err
	}
	then := d.office.CheckAs(now.Path, src, d.language)
	c.Difference = change.Between(then, now)
	if err := d.otherwise(&c, now, then); err != nil {
		return err
	}
	if err := report.Changes(d.out, c, d.options()); err != nil {
		return err
	}
	d.tell("%s   %s", report.CountChanges(c.Difference), d.office.provenance())
	return nil
}

// open reads the letter as it is now.
func (d *comparing) open(args []string) (now *lint.Result, err error) {
	if len(args) != 1 || args[0] == "-" {
		return nil, refuse([]string{"Write: bedside diff LETTER"}, "diff takes the file of one letter")
	}
	chosen, err := d.choose(args)
	if err != nil {
		return nil, err
	}
	if len(chosen.letters) != 1 {
		return nil, refuse([]string{"Write: bedside diff LETTER"}, "“%s” stands for %d letters; diff takes one", d.shown(args[0]), len(chosen.letters))
	}
	if d.office, err = d.program.office(chosen.folders[0]); err != nil {
		return nil, err
	}
	if err := oneOf("--language", d.language, d.office.Languages()); err != nil {
		return nil, err
	}
	if err := d.openRegister(d.office, nil); err != nil {
		return nil, err
	}
	d.file = chosen.letters[0].full
	now, err = chosen.letters[0].check(d.office, d.language)
	if err != nil {
		return nil, refuse([]string{"Make it readable."}, "%s", err)
	}
	now.Findings = slices.DeleteFunc(now.Findings, func(f lint.Finding) bool { return f.AboutApproval() }) // who approved it is said
	return now, nil
}

// before reads the letter as it was, and says since when.
func (d *comparing) before(c *report.Comparison, now *lint.Result) ([]byte, error) {
	signed := now.Approval.By != ""
	switch {
	case d.since == sinceApproved && !signed:
		return nil, refuse([]string{"To compare with the last commit: --since HEAD"}, "nobody has approved “%s”", now.Path)
	case d.since == sinceApproved, d.since == "" && signed:
		return d.asApproved(c, now)
	}
	rev := d.since
	if rev == "" {
		rev = "HEAD"
	}
	h, err := d.versions(d.file)
	if err != nil {
		return nil, err
	}
	commit, err := h.commit(rev)
	if err != nil && d.since == "" {
		return nil, refuse([]string{"In the folder of rules.toml: git add ., git commit"}, "nothing was committed here yet, so there is no older version of “%s”", now.Path)
	}
	if err != nil {
		return nil, err
	}
	src, ok := h.at(commit)
	if !ok {
		return nil, refuse([]string{"git log --follow " + now.Path + " tells which versions there are."}, "“%s” was not there in %s", now.Path, rev)
	}
	c.Since = fmt.Sprintf("since %s (%.8s)", rev, commit)
	return src, nil
}

// asApproved is the newest version whose words have the seal that was signed.
func (d *comparing) asApproved(c *report.Comparison, now *lint.Result) ([]byte, error) {
	a := now.Approval
	d.signed = true
	c.Since = fmt.Sprintf("since %s approved it on %s", a.By, a.On)
	if !slices.Contains(a.What, approval.TheLetter) {
		return now.Letter.Src, nil
	}
	h, err := d.versions(d.file)
	if why, ok := errors.AsType[*refusal](err); ok {
		return nil, refuse(append(why.lines, "approvals.toml keeps a seal of what was approved, and not its words."), "%s", why.message)
	}
	if src, commit, ok := d.office.asSigned(h, d.file, d.language); ok {
		c.Since += fmt.Sprintf(" (%.8s)", commit)
		return src, nil
	}
	return nil, refuse([]string{"To compare with another version: --since HEAD",
		"A letter is found again when it was committed as it was approved, and its fields are still those of then."},
		"git has no version of “%s” with the words that %s approved on %s", now.Path, a.By, a.On)
}

// otherwise tells what has changed that is not the words: how they are set
// and, since an approval, what else was signed.
func (d *comparing) otherwise(c *report.Comparison, now, then *lint.Result) error {
	for _, what := range now.Approval.What {
		if d.signed && what != approval.TheLetter {
			c.Otherwise = append(c.Otherwise, what)
		}
	}
	if len(c.Difference.Changes) > 0 || string(now.Letter.Src) == string(then.Letter.Src) {
		return nil
	}
	is, err := d.digest(now.Letter)
	if err != nil {
		return err
	}
	was, err := d.digest(then.Letter)
	c.Set = is != was
	return err
}

// digest is that of what a letter says.
func (d *comparing) digest(l *letter.Letter) (string, error) {
	if d.sealer == nil {
		var err error
		if d.sealer, err = d.program.sealer(d.office, nil); err != nil {
			return "", err
		}
	}
	return d.sealer.LetterDigest(d.office.nameOf(d.file), l)
}
