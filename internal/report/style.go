package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"

	"bedside/lint"
)

// A style paints text when colours are wanted. Colour only repeats what a
// word or a sign says already.
type style bool

const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	green  = "32"
	yellow = "33"
	blue   = "36"
)

func (s style) paint(code, text string) string {
	if !s || code == "" || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// colorOf is the colour of a severity.
func colorOf(s lint.Severity) string {
	switch s {
	case lint.Error:
		return red
	case lint.Warning:
		return yellow
	}
	return blue
}

// Clean replaces what could move the cursor, hide text or turn its direction
// on a screen: a letter's words are data there as well, and so
// are the names of files. Line breaks and tabs
// become spaces.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case isControl(r):
			return '\ufffd'
		}
		return r
	}, s)
}

// isControl reports whether r acts on a screen instead of showing there:
// control characters and the signs that turn the direction of text.
func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// oneLine makes text that may have line breaks fit on one line.
func oneLine(s string) string { return Clean(strings.Join(strings.Fields(s), " ")) }

// wrap breaks text into lines of at most first columns for the first and rest
// columns for the others. A word that is longer than a line stays whole.
func wrap(text string, first, rest int) []string {
	var lines []string
	var line strings.Builder
	used, limit := 0, first
	for word := range strings.FieldsSeq(text) {
		n := displaywidth.String(word)
		if used > 0 && used+1+n > limit {
			lines = append(lines, line.String())
			line.Reset()
			used, limit = 0, rest
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += n
	}
	return append(lines, line.String())
}

// pad adds spaces until text fills width columns.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-displaywidth.String(text)))
}
