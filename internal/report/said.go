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

// advice is why that matters and what to write instead, a line for each.
func advice(f *lint.Finding) []string {
	var lines []string
	if f.Why != "" {
		lines = append(lines, "Why: "+oneLine(f.Why))
	}
	for i, try := range f.Try {
		lines = append(lines, choose(i == 0, "Try: ", "Or: ")+oneLine(try))
	}
	return lines
}

// message is a finding on one line, for formats that know of no waivers: one
// that is waived begins with that word, so that nobody takes it for something
// to do.
func message(l *letter.Letter, f *lint.Finding) string {
	if f.Waiver == nil {
		return said(l, f)
	}
	return "waived: " + excused(l, f)
}

// excused is what is wrong and why it may stay, with who decided it, and until
// when.
func excused(l *letter.Letter, f *lint.Finding) string {
	return said(l, f) + "; it may stay so: " + reason(f.Waiver)
}

// severityOf is the severity of a finding for formats that know of no waivers:
// one that is waived weighs as little as any can.
func severityOf(f *lint.Finding) lint.Severity {
	if f.Waiver == nil {
		return f.Severity
	}
	return lint.Note
}

// reason is why a finding is waived, with who decided it, and until when.
func reason(w *letter.Waiver) string {
	aside := listed([]string{oneLine(w.By), choose(w.Until == "", "", "until "+w.Until)})
	return oneLine(w.Because) + choose(aside == "", "", " ("+aside+")")
}

// ends are where a finding begins and ends. Of one about the whole letter both
// are its beginning: nobody wants all of it underlined.
func ends(l *letter.Letter, f *lint.Finding) (start, end letter.Position) {
	start = l.Position(f.Span.Start)
	if shapeOf(l, f) == whole {
		return start, start
	}
	return start, l.Position(f.Span.End)
}
