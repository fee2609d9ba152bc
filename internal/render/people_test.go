package render

import (
	"errors"
	"os"
	"strings"
	"testing"

	"bedside/lint/letter"
)

// openPages opens what the pages of this repository are made of.
func openPages(t *testing.T) *Pack {
	t.Helper()
	fsys := os.DirFS("../..")
	src, err := os.ReadFile("../../templates/practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	practice, err := letter.ParsePractice("practice.toml", src)
	if err != nil {
		t.Fatal(err)
	}
	if src, err = os.ReadFile("../../templates/fields.toml"); err != nil {
		t.Fatal(err)
	}
	dict, err := letter.ParseDictionary("fields.toml", src, practice.FactNames())
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open(fsys, fsys, dict, practice)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestALetterIsShownWithSomebodyItFits(t *testing.T) {
	p := openPages(t)
	for name, c := range map[string]struct{ front, body, want string }{
		"anybody":             {"", "Hi {{patient_first_name}}.", "typical"},
		"Spanish":             {"language = \"es\"", "Hola {{patient_first_name}}.", "spanish"},
		"a language of none":  {"language = \"fr\"", "Salut {{patient_first_name}}.", "typical"},
		"may be sent":         {"send_only_if = [{ says = \"x\", if = \"agency_closed_date\" }]", "Hi.", "agency"},
		"not to be sent":      {"never_if = [{ says = \"x\", if = \"insurance_name\" }]", "Hi.", "few-values"},
		"to be sent, Spanish": {"language = \"es\"\nsend_only_if = [{ says = \"x\", if = \"agency_closed_date\" }]", "Hola.", "agency"},
		"every value":         {"", "Hi from {{agency_closed_date}}.", "agency"},
		"every value it asks": {"", "Hi.\n\n{{#if agency_closed_date}}\n{{agency_closed_date}}\n{{/if}}", "typical"},
		"to nobody":           {"send_only_if = [{ says = \"x\", if = \"sues_patients\" }]", "Hi from {{agency_closed_date}}.", "agency"},
	} {
		l := letter.Parse("x.md", []byte("+++\n"+c.front+"\n+++\n# Hi\n\n"+c.body), p.dict, "en")
		if len(l.Problems) > 0 {
			t.Fatalf("%s: %+v", name, l.Problems)
		}
		person, err := p.PersonFor(l, "")
		if err != nil || person.ID != c.want {
			t.Errorf("%s: shown with %q, want %q (%v)", name, person.ID, c.want, err)
		}
	}
}

func TestAHeldLetterHasNoPage(t *testing.T) {
	p := openPages(t)
	src := "+++\nnever_if = [\"it rains\", { says = \"there is a <plan>\", if = \"insurance_name\" }]\n+++\n# Hi\n\nHi {{patient_first_name}}."
	l := letter.Parse("x.md", []byte(src), p.dict, "en")
	_, err := p.Sheet(l, Options{Person: "typical", Form: -1})
	held, ok := errors.AsType[*HeldBack](err)
	want := "x.md must not be sent to the person “typical”: never if there is a <plan>: insurance_name is there"
	if !ok || held.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, o := range []Options{{Person: "few-values", Form: -1}, {Person: "typical", Form: -1, Fields: true}} {
		sheet, err := p.Sheet(l, o)
		if err != nil {
			t.Fatal(err)
		}
		if page := string(p.Page([]Sheet{sheet}, false)); !strings.Contains(page, "<dt>Never if</dt>\n<dd>it rains</dd>\n<dd>there is a &lt;plan&gt;</dd>") {
			t.Errorf("%+v: the page does not say when the letter must not be sent:\n%s", o, page)
		}
	}
}
