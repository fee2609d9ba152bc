package report

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"

	"bedside/lint"
)

// writeMarkdown prints a report for people who keep it: all letters in one
// table, then what was found in each, with reason and advice, and what was
// waived and why. What a baseline accepts is only counted. The table stands
// first, so nothing is written before the last letter is known.
func writeMarkdown(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	var sum Summary
	var rows, letters bytes.Buffer
	for res := range results {
		sum.Add(res)
		markdownRow(&rows, res)
		markdownLetter(&letters, res)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Letters checked by Bedside\n\n**%s**\n\nRules: %s\n\n", markdownText(sum.verdict(p, Closing{Baseline: o.Baseline})), markdownText(sum.proof(p, Closing{Rules: o.Rules})+", "+p.Digest))
	if o.Scope != "" {
		fmt.Fprintf(&b, "%s\n\n", markdownText(capital(o.Scope)))
	}
	b.WriteString("| Letter | State | Reading | Findings | May stay |\n| --- | --- | --- | --- | --- |\n")
	for _, part := range []*bytes.Buffer{&b, &rows, &letters} {
		if _, err := w.Write(part.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func markdownRow(b *bytes.Buffer, res *lint.Result) {
	var sum Summary
	sum.Add(res)
	cells := []string{res.Path, state(res), grade(res), listed(sum.weights()), listed(sum.left())}
	for i := range cells {
		cells[i] = markdownText(cells[i])
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// state is what a letter may be used for.
func state(res *lint.Result) string {
	switch a := &res.Approval; {
	case !res.Ready:
		return "needs work"
	case a.Holds():
		return "approved by " + a.By + choose(a.On == "", "", " on "+a.On)
	case a.Changed:
		return "ready, changed since it was approved"
	}
	return "ready"
}

// grade is how hard a letter is to read, in a few words.
func grade(res *lint.Result) string {
	switch r := &res.Readability; {
	case r.Confidence == "none":
		return "too short to tell"
	case r.Scores.FKGrade != nil:
		return fmt.Sprintf("grade %.1f", *r.Scores.FKGrade)
	case r.Scores.INFLESZ != nil:
		return fmt.Sprintf("INFLESZ %.1f", *r.Scores.INFLESZ)
	}
	return ""
}

// markdownLetter tells of the findings of a letter, and then of those that are
// waived.
func markdownLetter(b *bytes.Buffer, res *lint.Result) {
	var found, waived bytes.Buffer
	for _, f := range named(res) {
		if f.Waiver == nil {
			markdownFinding(&found, res, f, advice(f))
		} else {
			markdownFinding(&waived, res, f, []string{"Because: " + reason(f.Waiver)})
		}
	}
	if found.Len()+waived.Len() == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n", markdownText(res.Path))
	if found.Len() > 0 {
		fmt.Fprintf(b, "\n%s", found.Bytes())
	}
	if waived.Len() > 0 {
		fmt.Fprintf(b, "\n### Waived\n\n%s", waived.Bytes())
	}
}

func markdownFinding(b *bytes.Buffer, res *lint.Result, f *lint.Finding, notes []string) {
	at := res.Letter.Position(f.Span.Start)
	fmt.Fprintf(b, "- **%s** %d:%d `%s`: %s\n", f.Severity.Words(), at.Line, at.Column, f.Rule.ID, markdownText(said(res.Letter, f)))
	for _, note := range notes {
		fmt.Fprintf(b, "  - %s\n", markdownText(note))
	}
}

// markdownText is text as words of a line or a cell of a table: no sign in it
// means anything to Markdown or HTML.
func markdownText(s string) string { return markdownSigns.Replace(oneLine(s)) }

var markdownSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`, "$", `\$`, "#", `\#`)
