package preview

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bedside/internal/strict"
)

// TestFaults: what cannot be shown is told in words for everybody, and exactly
// for whoever mends it.
func TestFaults(t *testing.T) {
	p := smallPack(t)
	for src, want := range map[string]fault{
		"":                            {"There are no words in its file.", "templates/en/a.md:1:1: this file is empty"},
		"Dear Mar\xeda, hello.\n":     {"Its file was not saved as plain text (UTF-8).", "templates/en/a.md:1:9: this file is Windows-1252"},
		strings.Repeat("word ", 1e6):  {"Its file is too large to be a letter.", "templates/en/a.md:1:1: this file"},
		strings.Repeat("> ", 5000):    {"Its file cannot be read.", "templates/en/a.md:1:1: "},
		"PK\x03\x04\x00\x00 and more": {"Its file was not saved as plain text (UTF-8).", "templates/en/a.md:1:1: this file is not text"},
	} {
		_, err := p.page(Letter{"en/a", p.Check("templates/en/a.md", []byte(src))}, look{form: -1}, nil)
		if got, ok := errors.AsType[*fault](err); !ok || got.Says != want.Says || !strings.HasPrefix(got.Detail, want.Detail) {
			t.Errorf("%.20q: %v, want %v", src, err, want)
		}
	}
	parser := func(file string) error {
		return fmt.Errorf("more: %w", &strict.Error{File: file, Src: "extends = \n", Place: strict.Place{Offset: 10}, Message: "expected value"})
	}
	for _, c := range []struct {
		err  error
		want fault
	}{
		{parser("letters/rules.toml"), fault{"The file rules.toml, with the rules that your letters are held to, was saved with a mistake in it.", "letters/rules.toml:1:11: expected value"}},
		{parser("other.toml"), fault{"The file other.toml was saved with a mistake in it.", "other.toml:1:11: expected value"}},
		{errors.New("the folder is gone"), fault{"Something was saved that cannot be read.", "the folder is gone"}},
	} {
		if got := *faultOf(c.err); got != c.want {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}
