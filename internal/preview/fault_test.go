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
		"PK\x03\x04\x00\x00 and more": {"Its file was not saved as plain text (UTF-8).", "templates/en/a.md:1:1: this file is a document of Word"},
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

// TestFaultsOfTheFile: what only the author of a letter can put right is said
// without the signs that letters are written with, and exactly beside it.
func TestFaultsOfTheFile(t *testing.T) {
	p := smallPack(t)
	forms := ""
	for _, name := range []string{"balance_due", "due_date", "office_phone", "patient_first_name", "portal_url", "sender_name", "charges_interest"} {
		forms += "{{#if " + name + "}}\n\nYes.\n\n{{/if}}\n\n"
	}
	for rule, src := range map[string]string{
		"letter.front-matter":   "+++\ntitle = \n+++\n\nHi.\n",
		"letter.condition":      "Hi.\n\n{{#if portal_url}}\n\nYes.\n",
		"letter.too-many-forms": forms,
		"letter.hold":           "+++\nnever_if = [{ says = \"it is over\", is = [\"so\"] }]\n+++\n\nHi.\n",
		"letter.unknown-field":  "Hi {{patient_frist_name}}.\n",
		"letter.language":       "+++\nlanguage = \"fr\"\n+++\n\nHi.\n",
		"letter.nesting":        strings.Repeat("> ", 200) + "hi\n",
		"letter.raw-html":       "Hi <b>there</b>.\n",
		"letter.table":          "Hi.\n\n| a | b |\n|---|\n| c | d |\n",
		"letter.waiver":         "Hi.\n\n<!-- bedside: allow ban.threat -->\n\nYes.\n",
	} {
		l := Letter{"en/a", p.Check("templates/en/a.md", []byte(src))}
		found := false
		for i := range l.Findings {
			f := &l.Findings[i]
			if f.Rule.ID != rule {
				continue
			}
			found = true
			var out finding
			l.plainly(&out, f)
			if text := out.Says + out.Why + strings.Join(out.Try, ""); out.Says == "" || strings.ContainsAny(text, "{}<>|_") || !strings.HasPrefix(out.Detail, "templates/en/a.md:") || !strings.Contains(out.Detail, f.Message) || strings.Contains(out.Detail, "?.") {
				t.Errorf("%s: %+v", rule, out)
			}
		}
		if !found {
			t.Errorf("%s is not found in %.60q", rule, src)
		}
	}
}
