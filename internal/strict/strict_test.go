package strict

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

type rule struct {
	Severity string   `toml:"severity"`
	Find     []string `toml:"find"`
	Bound    float64  `toml:"bound"`
	Phrase   []struct {
		Try   string   `toml:"try"`
		Find  []string `toml:"find"`
		Level level    `toml:"level"`
	} `toml:"phrase"`
}

// A level is a word of a short list.
type level struct{}

func (*level) UnmarshalText(text []byte) error {
	if string(text) != "calm" {
		return fmt.Errorf("“%s” is no level", text)
	}
	return nil
}

type file struct {
	Version int             `toml:"version"`
	Ban     map[string]rule `toml:"ban"`
}

func TestErrorsHavePlaceAndWayOut(t *testing.T) {
	for name, c := range map[string]struct{ src, want, detail string }{
		"unknown key": {
			"version = 1\n[ban.threat]\nseverty = \"error\"\n",
			"x.toml:3:1: “severty” is not a key here (did you mean “severity”?)",
			"  severty = \"error\"\n  ^^^^^^^",
		},
		"unknown key in an array of tables": {
			"[[ban.a.phrase]]\ntry = \"x\"\n[[ban.a.phrase]]\n# try = 1\ntyr = \"y\"\n",
			"x.toml:5:1: “tyr” is not a key here (did you mean “try”?)",
			"  tyr = \"y\"\n  ^^^",
		},
		"unknown table": {"versoin = 2\n", "x.toml:1:1: “versoin” is not a key here (did you mean “version”?)", "  versoin = 2\n  ^^^^^^^"},
		"wrong type in the second of three": {
			"[[ban.a.phrase]]\ntry = \"x\"\n[[ban.a.phrase]]\ntry = 3\n[[ban.a.phrase]]\ntry = \"z\"\n",
			"x.toml:4:1: this is a whole number and has to be text in quotes",
			"  try = 3\n  ^^^",
		},
		"wrong type in the second of an inline list": {
			"[ban.a]\nphrase = [{try = \"x\"}, {try = 4}]\n",
			"x.toml:2:25: this is a whole number and has to be text in quotes",
			"",
		},
		"wrong type inside a list": {
			"[[ban.a.phrase]]\nfind = [\"x\"]\n[[ban.a.phrase]]\nfind = [\"x\", 3]\n",
			"x.toml:4:1: this is a whole number and has to be text in quotes",
			"",
		},
		"a word that is none, in the first of two": {
			"[[ban.a.phrase]]\nlevel = \"loud\"\n[[ban.a.phrase]]\nlevel = \"calm\"\n",
			"x.toml:2:10: “loud” is no level",
			"  level = \"loud\"\n           ^^^^",
		},
		"a table twice":         {"[ban.a]\nbound = 3.0\n[ban.a]\n", "x.toml:3:2: “ban.a” is written a second time: put all of it in one place", ""},
		"a key twice":           {"version = 1\nversion = 2\n", "x.toml:2:1: “version” is written a second time: put all of it in one place", "  version = 2\n  ^^^^^^^"},
		"a list for a word":     {"[ban.a]\nseverity = [\"x\"]\n", "x.toml:2:1: this is a list in brackets and has to be text in quotes", ""},
		"a date for a number":   {"[ban.a]\nbound = 2026-06-05\n", "x.toml:2:1: this is a date and has to be a number", ""},
		"a word for a table":    {"[ban]\na = \"x\"\n", "x.toml:2:1: this is text in quotes and has to be a table", ""},
		"a word for all tables": {"version = 1\nban = \"x\"\n", "x.toml:2:1: this is text in quotes and has to be a table", "  ban = \"x\"\n  ^^^"},
		"a list of tables":      {"[[ban]]\n", "x.toml:1:1: this is a list of tables and has to be a table", ""},
		"syntax":                {"version = \n", "x.toml:1:11: there is no value behind the equals sign: write one, or remove the line", "  version = \n            ^"},
		"wrong type":            {"[ban.a]\nbound = \"high\"\n", "x.toml:2:1: this is text in quotes and has to be a number", "  bound = \"high\"\n  ^^^^^"},
		"text for a table":      {"[ban.a]\nphrase = [\"x\"]\n", "x.toml:2:1: this is text in quotes and has to be a table", "  phrase = [\"x\"]\n  ^^^^^^"},
		"a key in a string":     {"[ban.a]\nfind = [\n  \"\"\"\nx = 1\n\"\"\", 'y = 2', # z = 3\n]\nnope = 1\n", "x.toml:7:1: “nope” is not a key here", "  nope = 1\n  ^^^^"},
		"an inline table":       {"ban = { a = { severity = \"x\", sevrity = \"y\" } }\n", "x.toml:1:31: “sevrity” is not a key here (did you mean “severity”?)", ""},
		"after an accent":       {"# María\n[ban.\"é\"]\nbuond = 1.0\n", "x.toml:3:1: “buond” is not a key here (did you mean “bound”?)", "  buond = 1.0\n  ^^^^^"},
	} {
		_, err := Decode("x.toml", []byte(c.src), &file{})
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("%s: error %v has no place", name, err)
			continue
		}
		if err.Error() != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, err, c.want)
		}
		if c.detail != "" && fault.Detail() != c.detail {
			t.Errorf("%s: detail\n%s\nwant\n%s", name, fault.Detail(), c.detail)
		}
	}
}

func TestSlipsOfThePenAreSaidPlainly(t *testing.T) {
	for src, want := range map[string]string{
		`a = "x`:              "x.toml:1:6: this text is not closed: a quote mark is missing at its end",
		"a = 'x\n":            "x.toml:1:7: this text is not closed: a quote mark is missing at its end",
		"a = \"\"\"x\n":       "x.toml:1:9: this text is not closed: quote marks are missing at its end",
		"a = “x”":             "x.toml:1:5: these are curly quotes: text stands in straight ones, \"like this\"",
		"a = Maple":           "x.toml:1:5: text stands in quotes, \"like this\"; true, false and numbers stand without, true and false in small letters",
		"a = True":            "x.toml:1:5: text stands in quotes, \"like this\"; true, false and numbers stand without, true and false in small letters",
		"a = \nb = 1":         "x.toml:1:5: there is no value behind the equals sign: write one, or remove the line",
		"a =":                 "x.toml:1:3: there is no value behind the equals sign: write one, or remove the line",
		`a: "x"`:              "x.toml:1:2: an equals sign stands between a key and its value: key = \"text\"",
		`a "x"`:               "x.toml:1:3: an equals sign is missing between a key and its value: key = \"text\"",
		"a":                   "x.toml:1:1: an equals sign and a value are missing: key = \"text\"",
		`= "x"`:               "x.toml:1:1: there is no key before the equals sign",
		`a = "The "B" House"`: "x.toml:1:11: the value ends before this, and nothing but a # comment may follow it; a quote mark inside of text is written \\\"",
		`a = ["x" "y"]`:       "x.toml:1:10: a comma is missing in this list, or the ] at its end",
		"a = [\"x\"\nb = 1":   "x.toml:2:1: a comma is missing in this list, or the ] at its end",
		`a = { b = 1`:         "x.toml:1:11: a comma is missing between these braces, or the } at their end",
		"[a":                  "x.toml:1:2: this heading has no ] at its end",
		"[[a]\n":              "x.toml:1:4: this heading has no ]] at its end",
		`a = "C:\Drive"`:      "x.toml:1:6: a backslash in text is written twice: \\\\",
		`a = "C:\Users"`:      "x.toml:1:6: a backslash in text is written twice: \\\\",
		"a = 2026-13-45":      "x.toml:1:5: this is no date: one is written as 2026-01-31, text stands in quotes",
	} {
		if _, err := Decode("x.toml", []byte(src), new(map[string]any)); err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", src, err, want)
		}
	}
}

func TestOfManyFaultsTheFirstIsSaid(t *testing.T) {
	src := "[ban.a]\nfind = [\"x\"]\nbound = \"high\"\nseverity = 3\n[[ban.a.phrase]]\ntry = 1\nfind = 2\nlevel = \"loud\"\n"
	for range 20 {
		_, err := Decode("x.toml", []byte(src), &file{})
		if want := "x.toml:3:1: this is text in quotes and has to be a number"; err == nil || err.Error() != want {
			t.Fatalf("got %v, want %s", err, want)
		}
	}
}

func TestDetailOfALongLine(t *testing.T) {
	src := strings.Repeat("a", 100) + "é" + strings.Repeat("b", 100)
	for name, c := range map[string]struct {
		at, length int
		want       string
	}{
		"at its start":      {0, 2, "  " + src[:100] + "é" + strings.Repeat("b", 18) + "…\n  ^^"},
		"in the middle":     {100, 2, "  …" + strings.Repeat("a", 59) + "é" + strings.Repeat("b", 58) + "…\n  " + strings.Repeat(" ", 60) + "^"},
		"at its end":        {201, 1, "  …" + strings.Repeat("a", 18) + "é" + strings.Repeat("b", 100) + "\n  " + strings.Repeat(" ", 119) + "^"},
		"longer than shown": {0, 202, "  " + src[:100] + "é" + strings.Repeat("b", 18) + "…\n  " + strings.Repeat("^", 120)},
	} {
		if got := (&Error{Src: src, Place: Place{c.at, c.length}}).Detail(); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestDetailOfAnEmptyLine(t *testing.T) {
	for _, src := range []string{"", "\nversion = 1\n", "\r\n"} {
		if got := (&Error{Src: src}).Detail(); got != "" {
			t.Errorf("%q: detail %q points at nothing", src, got)
		}
	}
}

func TestIntoLaysOneTableOverAnother(t *testing.T) {
	var top struct {
		Ban map[string]toml.Primitive `toml:"ban"`
	}
	f, err := Open("x.toml", []byte("[ban.threat]\nseverity = \"note\"\nfnd = []\n"), &top)
	if err != nil {
		t.Fatal(err)
	}
	r := rule{Severity: "error", Bound: 3}
	if err := f.Into([]string{"ban", "threat"}, top.Ban["threat"], &r); err != nil {
		t.Fatal(err)
	}
	if r.Severity != "note" || r.Bound != 3 {
		t.Errorf("got %+v: a key that is not written must stay", r)
	}
	want := "x.toml:3:1: “fnd” is not a key here (did you mean “find”?)"
	if err := f.Done(); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestFindPlacesTheFaultInsideAValue(t *testing.T) {
	src := "[ban.a]\nfind = [\"good\", \"bad (\"]\n"
	f, err := Decode("x.toml", []byte(src), &file{})
	if err != nil {
		t.Fatal(err)
	}
	p := f.Find([]string{"ban", "a", "find"}, 0, "bad (")
	if got := src[p.Offset : p.Offset+p.Length]; got != "bad (" {
		t.Errorf("found %q", got)
	}
	if p := f.Place([]string{"ban", "a", "missing"}, 0); src[p.Offset:p.Offset+p.Length] != "[ban.a]" {
		t.Errorf("the place of a key that is not written is %q, want its table", src[p.Offset:p.Offset+p.Length])
	}
}

func FuzzIndex(f *testing.F) {
	for _, s := range []string{"a = 1\n[b.c]\nd = \"\"\"x\"\"\"\"\n[[e]]\nf = {g = [1, 2], h = 'i'}\n", "[", "a = \"\\", "a = [[[", "x={y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for key, at := range index(src) {
			for _, p := range at {
				if p.Offset < 0 || p.Offset+p.Length > len(src) || p.Length < 0 {
					t.Fatalf("%q stands at %+v of %d bytes", strings.ReplaceAll(key, "\x00", "."), p, len(src))
				}
			}
		}
	})
}
