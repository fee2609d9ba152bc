package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"bedside/internal/approval"
	"bedside/internal/report"
)

// An approvalList is one run of bedside approvals.
type approvalList struct {
	*program
	format   string
	language string
}

func approvalsCommand(p *program) *cobra.Command {
	l := &approvalList{program: p}
	c := &cobra.Command{
		Use:   "approvals [PATH...]",
		Short: "list who has approved which letter, and what has changed since",
		Long: `PATH is a letter or a folder of letters. Without one, all letters of the pack are listed: those that
are approved, those that have changed since, with what has, and those that never were.`,
		Example: "bedside approvals\nbedside approvals templates/es\nbedside approvals --format json",
		RunE:    func(_ *cobra.Command, args []string) error { return l.run(args) },
	}
	c.Flags().StringVar(&l.format, "format", "text", "how to print it; `FORMAT` is one of text, json")
	complete(c, "format", textOrJSON...)
	c.Flags().StringVar(&l.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	return c
}

func (l *approvalList) run(args []string) error {
	if err := oneOf("--format", l.format, textOrJSON); err != nil {
		return err
	}
	chosen, err := l.choose(args)
	if err != nil {
		return err
	}
	o, err := l.officeOf(chosen.folders)
	if err != nil {
		return err
	}
	if o.builtin {
		return refuse([]string{"To start your office's own letters and rules: bedside init"}, "there is no pack that keeps approvals  %s", o.aside)
	}
	if err := oneOf("--language", l.language, o.Languages()); err != nil {
		return err
	}
	if len(args) == 0 {
		if chosen, err = l.packLetters(o); err != nil {
			return err
		}
	}
	if err := l.openRegister(o, nil); err != nil {
		return err
	}
	letters, err := l.list(o, chosen.letters)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		letters = append(letters, l.gone(o)...)
	}
	if l.format == "json" {
		return report.ApprovalsJSON(l.out, letters)
	}
	if err := report.Approvals(l.out, letters, l.options()); err != nil {
		return err
	}
	l.tell("%s   %s", report.CountStates(letters), l.bookName(o))
	return nil
}

// list says of each letter what was approved.
func (l *approvalList) list(o *office, letters []source) ([]report.Signed, error) {
	var all []report.Signed
	for res, err := range checkAll(letters, o, l.language) {
		if err != nil {
			return nil, refuse([]string{"Make it readable, or leave it out."}, "%s", err)
		}
		all = append(all, report.Signed{Path: res.Path, Ready: res.Ready, Approval: res.Approval})
	}
	return all, nil
}

// gone are the letters that were approved and are not there any more.
func (l *approvalList) gone(o *office) []report.Signed {
	var all []report.Signed
	if o.register == nil {
		return nil
	}
	for _, name := range o.register.book.Letters() {
		file := filepath.Join(o.dir, filepath.FromSlash(name))
		if exists(file) {
			continue
		}
		a := o.register.book.Of(name, approval.Seal{})
		a.Changed, a.What = false, nil
		all = append(all, report.Signed{Path: l.shown(l.relative(file)), Gone: true, Approval: a})
	}
	return all
}
