// Package report prints findings and rules for people and for programs. It
// decides nothing: everything it says comes from the results of a check and
// from the rule table.
package report

import (
	"io"
	"iter"

	"bedside/lint"
)

// A Format is one way to print the results of a check. Write is a pure
// function: the same results give the same bytes. It takes the letters one by
// one, so that ten thousand of them need not be in memory together.
type Format struct {
	Name, Doc string
	Write     func(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error
}

// Options say how to print. The zero value is plain text of the default
// width.
type Options struct {
	Color bool
	Width int    // columns of the screen; 0 means 100
	Rules string // where the rules come from: "rules.toml", "built-in"

	Baseline string // "baseline.toml": what accepts findings, or ""
	Scope    string // html, markdown: "Checked 2 of 47 letters: changed since main", or ""

	Date   string          // html: the day of the check, "2026-11-22", or "" for none
	Unread func() []string // html: what could not be checked, and why; asked when all results are there; may be nil

	Quiet   bool // concise: only what is to be changed, not what is waived
	Verbose bool // text: also say of every letter when it may be sent, and where it is hard to read
}

// Formats are the ways to print results, in the order of the help text. A new
// format is one file and one line here.
var Formats = []Format{
	{"text", "for people: every finding with its line, its reason and what to write instead", writeText},
	{"concise", "one line a finding: path:line:column: error: what is wrong [rule]", writeConcise},
	{"json", "for programs: one document, the same names and order on every run", writeJSON},
	{"jsonl", "for programs: one letter a line, as in json", writeJSONL},
	{"sarif", "for code scanning and editors: SARIF 2.1.0, with the help of every rule", writeSARIF},
	{"junit", "for Jenkins, GitLab and Azure: letters as suites of tests", writeJUnit},
	{"rdjson", "for reviewdog: one document, with what can be mended at once", writeRDJSON},
	{"rdjsonl", "for reviewdog: one finding a line", writeRDJSONL},
	{"github", "for GitHub: the text, then annotations beside the lines of a pull request", writeGitHub},
	{"gitlab", "for GitLab: a Code Quality report", writeGitLab},
	{"checkstyle", "for Jenkins and older tools: where each finding begins", writeCheckstyle},
	{"markdown", "for people who keep it: a table of the letters, then what was found in each", writeMarkdown},
	{"html", "to read, print and keep: what was checked, every letter, every rule with its source", writeHTML},
}

// name is what other programs call this one.
const name = "bedside"

// Names lists the names of all formats.
func Names() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// Find returns the format of that name, or nil.
func Find(name string) *Format {
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i]
		}
	}
	return nil
}

// defaultWidth is the width of text that goes to a file or a pipe.
const defaultWidth = 100

func (o Options) width() int {
	if o.Width <= 0 {
		return defaultWidth
	}
	return max(o.Width, 50) // narrower than this, wrapping helps nobody
}
