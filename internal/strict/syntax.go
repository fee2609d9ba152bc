package strict

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// syntax is the error for a file that is no TOML.
func (f *File) syntax(err error) error {
	var fault toml.ParseError
	if !errors.As(err, &fault) {
		return &Error{File: f.Name, Src: f.Src, Message: strings.TrimPrefix(err.Error(), "toml: "), Syntax: true}
	}
	message := saying(fault)
	if m := twice.FindStringSubmatch(message); m != nil {
		message = fmt.Sprintf("“%s” %s", m[1], Twice)
	}
	return &Error{File: f.Name, Src: f.Src, Place: Place{fault.Position.Start, max(1, fault.Position.Len)}, Message: slip(message), Syntax: true}
}

// Twice is what an error says of a key or a table that is there already,
// behind its name.
const Twice = "is written a second time: put all of it in one place"

func saying(err toml.ParseError) string {
	return cmp.Or(err.Message, strings.TrimPrefix(err.Error(), "toml: "))
}

// twice is how the toml package says that a key or a table is there already.
var twice = regexp.MustCompile(`^Key '(.+)' has already been defined\.$`)

// slips are how the toml package begins to tell of a slip of the pen, and what
// that is to somebody who fills in the name of their office. The first that
// fits holds.
var slips = [][2]string{
	{"strings cannot contain newlines", "this text is not closed: a quote mark is missing at its end"},
	{"unexpected EOF; expected '\"'", "this text is not closed: a quote mark is missing at its end"},
	{"unexpected EOF; expected \"'\"", "this text is not closed: a quote mark is missing at its end"},
	{"unexpected EOF; expected '\"\"\"'", "this text is not closed: quote marks are missing at its end"},
	{"unexpected EOF; expected \"'''\"", "this text is not closed: quote marks are missing at its end"},
	{"expected value but found '“'", "these are curly quotes: text stands in straight ones, \"like this\""},
	{"expected value but found '”'", "these are curly quotes: text stands in straight ones, \"like this\""},
	{"expected value but found '‘'", "these are curly quotes: text stands in straight ones, \"like this\""},
	{"expected value but found '’'", "these are curly quotes: text stands in straight ones, \"like this\""},
	{"expected value but found '\\", "there is no value behind the equals sign: write one, or remove the line"},
	{"unexpected EOF; expected value", "there is no value behind the equals sign: write one, or remove the line"},
	{"expected value", "text stands in quotes, \"like this\"; true, false and numbers stand without, true and false in small letters"},
	{"expected '.' or '=', but got ':'", "an equals sign stands between a key and its value: key = \"text\""},
	{"expected '.' or '='", "an equals sign is missing between a key and its value: key = \"text\""},
	{"unexpected EOF; expected key separator", "an equals sign and a value are missing: key = \"text\""},
	{"unexpected '=': key name", "there is no key before the equals sign"},
	{"expected a top-level item to end", "the value ends before this, and nothing but a # comment may follow it; a quote mark inside of text is written \\\""},
	{"expected a comma (',') or array terminator", "a comma is missing in this list, or the ] at its end"},
	{"expected a comma or an inline table terminator", "a comma is missing between these braces, or the } at their end"},
	{"expected '.' or ']' to end table name", "this heading has no ] at its end"},
	{"expected end of table array name", "this heading has no ]] at its end"},
	{"invalid escape", "a backslash in text is written twice: \\\\"},
	{"expected four hexadecimal digits", "a backslash in text is written twice: \\\\"},
	{"expected eight hexadecimal digits", "a backslash in text is written twice: \\\\"},
	{"invalid datetime", "this is no date: one is written as 2026-01-31, text stands in quotes"},
}

// slip says in plain words what the toml package says of a slip of the pen.
func slip(message string) string {
	for _, s := range slips {
		if strings.HasPrefix(message, s[0]) {
			return s[1]
		}
	}
	return message
}
