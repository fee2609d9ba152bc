package report

import (
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// said is what is wrong, on one line, and in which forms of the letter.
func said(l *letter.Letter, f *lint.Finding) string {
	message := oneLine(f.Message)
	if only := onlyIn(l, f); only != "" {
		message += " (" + only + ")"
	}
	return message
}

// onlyIn says in which forms of the letter a finding holds, if not in all and
// the message does not say so itself.
func onlyIn(l *letter.Letter, f *lint.Finding) string {
	forms := l.Describe(f.Forms)
	if len(forms) == 0 || f.Rule.Kind == "require" {
		return ""
	}
	return "only " + strings.Join(forms, "; or ")
}
