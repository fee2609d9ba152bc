package approval

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bedside/internal/strict"
	"bedside/lint"
)

// FileName is the file beside rules.toml that keeps what was signed.
const FileName = "approvals.toml"

// An Entry is one line of approvals.toml: what somebody signed.
type Entry struct {
	Seal Seal
	By   string
	On   string // "2026-11-22"
	Note string
}

// A Book is approvals.toml: for each letter, by its path in the pack, what was
// signed last.
type Book map[string]Entry

// line is an entry as the file writes it.
type line struct {
	By     string `toml:"by"`
	On     day    `toml:"on"`
	Note   string `toml:"note"`
	Seal   string `toml:"seal"`
	Parts  string `toml:"parts"`
	Values string `toml:"values"`
}

// A day is a date of TOML, "2026-11-22".
type day string

// UnmarshalTOML reads a date.
func (d *day) UnmarshalTOML(v any) error {
	date, ok := v.(time.Time)
	if !ok {
		return errors.New("this is not a day; write it without quotes, as 2026-11-22")
	}
	*d = day(date.Format(time.DateOnly))
	return nil
}

const header = `# Who has approved which letter. Written by "bedside approve"; one line a letter, so that git can merge it.
# A seal breaks when anything changes that a patient could read: "bedside approvals" says what.

`

// Parse reads approvals.toml. The order of its lines does not matter. Errors
// are *strict.Error.
func Parse(name string, src []byte) (Book, error) {
	if at := merging.FindIndex(src); at != nil {
		return nil, &strict.Error{File: name, Src: string(src), Place: strict.Place{Offset: at[0], Length: at[1] - at[0]},
			Message: "two versions of this file were not merged yet: keep the lines of both and remove the lines <<<<<<<, ======= and >>>>>>>"}
	}
	lines := map[string]line{}
	f, err := strict.Decode(name, src, &lines)
	if fault, ok := errors.AsType[*strict.Error](err); ok && strings.HasSuffix(fault.Message, strict.Twice) {
		fault.Message = "this is written a second time: of two lines about one letter keep the newer"
	}
	if err != nil {
		return nil, err
	}
	book := Book{}
	for _, letter := range slices.Sorted(maps.Keys(lines)) {
		l := lines[letter]
		if key, message := l.fault(); message != "" {
			return nil, f.Errorf([]string{letter, key}, "%s; approve the letter again, or remove the line", message)
		}
		book[letter] = Entry{Seal{Sum: l.Seal, Parts: l.Parts, Values: l.Values}, l.By, string(l.On), l.Note}
	}
	return book, nil
}

// merging is what git leaves where two versions do not go together.
var merging = regexp.MustCompile(`(?m)^(<<<<<<< .*|=======|>>>>>>> .*)$`)

var (
	sums   = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	parts  = regexp.MustCompile(`^letter:[0-9a-f]{8} page:[0-9a-f]{8} mail:[0-9a-f]{8} rules:[0-9a-f]{8}$`)
	values = regexp.MustCompile(`^([0-9a-f]{12})*$`)
)

// fault is what is wrong with a line, and the key it is about.
func (l *line) fault() (key, message string) {
	switch {
	case l.On == "":
		return "on", "this line has no day (on)"
	case !sums.MatchString(l.Seal):
		return "seal", "this is not a seal"
	case !parts.MatchString(l.Parts):
		return "parts", "these are not the parts of a seal"
	case !values.MatchString(l.Values):
		return "values", "these are not the values of a seal"
	}
	for _, text := range []struct{ key, text string }{{"by", l.By}, {"note", l.Note}} {
		if err := Plain(text.text); err != nil {
			return text.key, err.Error()
		}
	}
	if strings.TrimSpace(l.By) == "" {
		return "by", "this line does not say who approved the letter (by)"
	}
	return "", ""
}

// Plain says why a name or a note cannot stand in the file, or nil: it would
// not be seen as it is.
func Plain(text string) error {
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			return fmt.Errorf("it has a character that nobody sees, U+%04X", r)
		}
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("it is not UTF-8 text")
	}
	return nil
}

// Bytes is the file, with its lines in the order of the letters' paths.
func (b Book) Bytes() []byte {
	out := []byte(header)
	for _, letter := range b.Letters() {
		e := b[letter]
		out = fmt.Appendf(out, "%s = { by = %s, on = %s, ", quoted(letter), quoted(e.By), e.On)
		if e.Note != "" {
			out = fmt.Appendf(out, "note = %s, ", quoted(e.Note))
		}
		out = fmt.Appendf(out, "seal = %q, parts = %q, values = %q }\n", e.Seal.Sum, e.Seal.Parts, e.Seal.Values)
	}
	return out
}

// quoted is a text as TOML writes it. It has no character that nobody sees.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// Letters are the paths of those that were signed, sorted.
func (b Book) Letters() []string { return slices.Sorted(maps.Keys(b)) }

// Has reports whether somebody signed a letter.
func (b Book) Has(letter string) bool { _, ok := b[letter]; return ok }

// Of is what was signed of a letter that has this seal now.
func (b Book) Of(letter string, now Seal) lint.Approval {
	e, ok := b[letter]
	if !ok {
		return lint.Approval{}
	}
	what := now.Changes(e.Seal)
	return lint.Approval{By: e.By, On: e.On, Note: e.Note, Changed: what != nil, What: what}
}
