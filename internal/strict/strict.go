// Package strict decodes TOML files that people write by hand: an unknown key
// is an error, and every error says the file, the line, the column and the
// way out. BurntSushi/toml tells the place of syntax errors only, so the
// places of keys are indexed here.
package strict

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"bedside/internal/nearest"
)

// A File is a decoded TOML file that knows where its keys stand.
type File struct {
	Name   string
	Src    string
	once   sync.Once // places are indexed when the first is asked for: most files have no fault
	places map[string][]Place
	meta   toml.MetaData
	parts  []part
}

// A Place is where a key or a table header is written: the byte offset of its
// first byte and its length in bytes.
type Place struct{ Offset, Length int }

// An Error is a fault in a TOML file with its place.
type Error struct {
	File    string // as the user named it
	Src     string
	Place   Place
	Message string // what is wrong and the way out
	Syntax  bool   // this is no TOML: nothing of the file could be read
}

// Line returns the 1-based line and the 1-based column (in code points).
func (e *Error) Line() (line, column int) {
	before := e.Src[:min(e.Place.Offset, len(e.Src))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, len([]rune(before[start:])) + 1
}

// Error is the place and the message on one line.
func (e *Error) Error() string {
	line, column := e.Line()
	return fmt.Sprintf("%s:%d:%d: %s", e.File, line, column, e.Message)
}

// Detail is the source line with carets under the fault, each line indented
// by two spaces; it ends without a newline. It is "" when the line is empty.
func (e *Error) Detail() string {
	offset := min(e.Place.Offset, len(e.Src))
	start := strings.LastIndexByte(e.Src[:offset], '\n') + 1
	end := len(e.Src)
	if n := strings.IndexByte(e.Src[offset:], '\n'); n >= 0 {
		end = offset + n
	}
	text := strings.TrimRight(strings.ReplaceAll(e.Src[start:end], "\t", " "), "\r")
	if text == "" {
		return ""
	}
	marked := text[min(offset-start, len(text)):]
	carets := max(1, len([]rune(marked[:min(e.Place.Length, len(marked))])))
	pad := len([]rune(e.Src[start:offset]))
	text, pad = excerpt([]rune(text), pad)
	return "  " + text + "\n  " + strings.Repeat(" ", pad) + strings.Repeat("^", min(carets, max(1, longLine-pad)))
}

// longLine is how many characters of a line are shown at most.
const longLine = 120

// excerpt is the part of a line around a character, and where that is in it.
func excerpt(line []rune, at int) (string, int) {
	if len(line) <= longLine {
		return string(line), at
	}
	from := max(0, min(at-longLine/2, len(line)-longLine))
	part := line[from:min(from+longLine, len(line))]
	before, after := "", ""
	if from > 0 {
		before, part = "…", part[1:]
	}
	if from+longLine < len(line) {
		after, part = "…", part[:len(part)-1]
	}
	return before + string(part) + after, at - from
}

// Decode reads src into v and refuses unknown keys. The error, if any, is an
// *Error.
func Decode(name string, src []byte, v any) (*File, error) {
	f, err := Open(name, src, v)
	if err == nil {
		err = f.Done()
	}
	return f, err
}

// Unread is a file whose values come from elsewhere, known to be without
// fault: its keys have places, and nothing is unknown.
func Unread(name, src string) *File { return &File{Name: name, Src: src} }

// Open reads src into v but leaves what v holds as toml.Primitive for Into.
// After the last Into, Done refuses unknown keys.
func Open(name string, src []byte, v any) (*File, error) {
	f := &File{Name: name, Src: string(src), parts: []part{{nil, reflect.TypeOf(v)}}}
	meta, err := toml.Decode(f.Src, v)
	f.meta = meta
	if err != nil {
		return f, f.wrap(err)
	}
	return f, nil
}

// Into decodes the table at path over what v holds already: keys that the
// table does not have stay as they are.
func (f *File) Into(path []string, table toml.Primitive, v any) error {
	f.parts = append(f.parts, part{path, reflect.TypeOf(v)})
	if err := f.meta.PrimitiveDecode(table, v); err != nil {
		return f.wrap(err)
	}
	return nil
}

// Done returns an *Error for the first key that nothing has read.
func (f *File) Done() error {
	if err := f.noTable(); err != nil {
		return err
	}
	unknown := f.meta.Undecoded()
	if len(unknown) == 0 {
		return nil
	}
	for _, key := range unknown {
		for i := range key {
			known, anything := f.known(key[:i])
			if anything {
				break // the toml package does not count what it puts into a value of any type
			}
			if i == len(key)-1 || known != nil && !slices.Contains(known, key[i]) {
				return f.Errorf(key, "“%s” is not a key here%s", key[i], nearest.Hint(key[i], known))
			}
		}
	}
	return nil
}

// known lists the keys that the table at path may have: nil when it may have
// any. With anything set, so may all tables inside it.
func (f *File) known(path []string) (keys []string, anything bool) {
	for _, p := range slices.Backward(f.parts) {
		if t := p.typeAt(path); t != nil {
			if keys, anything := keysOf(t); keys != nil || anything {
				return keys, anything
			}
		}
	}
	return nil, false
}

// wrap gives an error of the toml package its place: that of the syntax, or
// of the first value that does not fit.
func (f *File) wrap(err error) error {
	if len(f.Keys()) == 0 {
		return f.syntax(err)
	}
	key, fault := f.misfit()
	if fault == nil { // a table where none belongs
		fault = err
		if m := lastKey.FindStringSubmatch(err.Error()); m != nil {
			key = f.Place(strings.Split(m[1], "."), 0)
		}
	}
	var refused toml.ParseError // by the type itself
	if errors.As(fault, &refused) {
		return &Error{File: f.Name, Src: f.Src, Place: f.inQuotes(f.value(key)), Message: saying(refused)}
	}
	_, what, _ := strings.Cut(strings.TrimPrefix(fault.Error(), "toml: "), ": ")
	return &Error{File: f.Name, Src: f.Src, Place: key, Message: plain(what)}
}

// lastKey is how the toml package says which key a value is of.
var lastKey = regexp.MustCompile(`\(last key "([^"]*)"\)`)

// mismatch is how the toml package says that a value is of the wrong type.
var mismatch = regexp.MustCompile(`TOML value has type (\S+); destination has type (\S+)|expected (table) but found (\S+)`)

// kindsOfValues are what Go calls values, as people write them.
var kindsOfValues = map[string]string{
	"string": "text in quotes", "slice": "a list in brackets", "array": "a list in brackets", "bool": "true or false", "boolean": "true or false",
	"integer": "a whole number", "int64": "a whole number", "int": "a whole number", "float": "a number", "float64": "a number",
	"primitive": "text in quotes", "map": "a table", "table": "a table", "map[string]any": "a table",
	"[]any": "a list in brackets", "[]map[string]any": "a list of tables", "arrayhash": "a list of tables",
	"time.Time": "a date", "datetime": "a date",
}

// plain says a type error without the words of Go.
func plain(message string) string {
	m := mismatch.FindStringSubmatch(message)
	if m == nil {
		return message
	}
	is, want := kindsOfValues[m[1]+m[4]], kindsOfValues[m[2]+m[3]]
	if is == "" || want == "" {
		return message
	}
	return fmt.Sprintf("this is %s and has to be %s", is, want)
}

// Errorf is an *Error at the first place where key is written.
func (f *File) Errorf(key []string, format string, args ...any) *Error {
	return f.ErrorAt(key, 0, format, args...)
}

// ErrorAt is an *Error at the n-th place (from 0) where key is written: keys
// inside an array of tables are written once a table.
func (f *File) ErrorAt(key []string, n int, format string, args ...any) *Error {
	return &Error{File: f.Name, Src: f.Src, Place: f.Place(key, n), Message: fmt.Sprintf(format, args...)}
}

// ErrorIn is an *Error at the place where key is written in the n-th table
// (from 0) of an array of tables: not every one of them has to have it.
func (f *File) ErrorIn(table []string, n int, key []string, format string, args ...any) *Error {
	from := f.Place(table, n)
	for _, at := range f.written(key) {
		if at.Offset >= from.Offset {
			return &Error{File: f.Name, Src: f.Src, Place: at, Message: fmt.Sprintf(format, args...)}
		}
	}
	return &Error{File: f.Name, Src: f.Src, Place: from, Message: fmt.Sprintf(format, args...)}
}

// Keys lists the keys of the file in the order in which they stand there,
// each as its path.
func (f *File) Keys() []toml.Key { return f.meta.Keys() }

// Place returns the n-th place (from 0) where key is written, or the place of
// the nearest table above it when the key itself is not written.
func (f *File) Place(key []string, n int) Place {
	for ; len(key) > 0; key = key[:len(key)-1] {
		if at := f.written(key); len(at) > 0 {
			return at[min(n, len(at)-1)]
		}
	}
	return Place{}
}

// Find returns the place of text at or after the n-th place of key: for
// faults inside a value.
func (f *File) Find(key []string, n int, text string) Place {
	p := f.Place(key, n)
	if i := strings.Index(f.Src[p.Offset:], text); i >= 0 && text != "" {
		return Place{p.Offset + i, len(text)}
	}
	return p
}

// written lists the places where key is written.
func (f *File) written(key []string) []Place {
	f.once.Do(func() { f.places = index(f.Src) })
	return f.places[strings.Join(key, "\x00")]
}
