package render

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bedside/lint/letter"
)

// openPages opens what the pages of this repository are made of, with other
// people: each is "id language", and fields that they have besides those that
// everybody has.
func openPages(t *testing.T, people ...string) *Pack {
	t.Helper()
	ours := openPack(t)
	var file strings.Builder
	for _, words := range people {
		person := strings.Fields(words)
		fmt.Fprintf(&file, "[[person]]\nid = %q\nname = %q\nlanguage = %q\n[person.values]\n", person[0], person[0], person[1])
		for _, f := range ours.dict.All() {
			if f.Core && ours.practice.Office[f.Name] == nil || slices.Contains(person[2:], f.Name) {
				value := strconv.Quote(f.Example)
				if day, ok := example(f, "en").(time.Time); ok {
					value = day.Format(time.DateOnly)
				}
				fmt.Fprintf(&file, "%s = %s\n", f.Name, value)
			}
		}
	}
	p, err := openWith(t, []byte(file.String()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestALetterIsShownWithSomebodyItFits(t *testing.T) {
	p := openPages(t, "one en insurance_name", "two en", "three en agency_name agency_phone insurance_name", "four es insurance_name")
	for name, c := range map[string]struct{ front, body, want string }{
		"anybody":             {"", "Hi {{patient_first_name}}.", "one"},
		"Spanish":             {"language = \"es\"", "Hola {{patient_first_name}}.", "four"},
		"a language of none":  {"language = \"fr\"", "Salut {{patient_first_name}}.", "one"},
		"may be sent":         {"send_only_if = [{ says = \"x\", if = \"agency_name\" }]", "Hi.", "three"},
		"not to be sent":      {"never_if = [{ says = \"x\", if = \"insurance_name\" }]", "Hi.", "two"},
		"to be sent, Spanish": {"language = \"es\"\nsend_only_if = [{ says = \"x\", if = \"agency_name\" }]", "Hola.", "three"},
		"every value":         {"", "Hi from {{agency_name}}.", "three"},
		"every value it asks": {"", "Hi.\n\n{{#if agency_name}}\n{{agency_phone}}\n{{/if}}", "one"},
		"to nobody":           {"send_only_if = [{ says = \"x\", if = \"charges_interest\" }]", "Hi from {{agency_name}}.", "three"},
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
	p := openPages(t, "one en insurance_name", "two en")
	src := "+++\nnever_if = [\"it rains\", { says = \"there is a <plan>\", if = \"insurance_name\" }]\n+++\n# Hi\n\nHi {{patient_first_name}}."
	l := letter.Parse("x.md", []byte(src), p.dict, "en")
	_, err := p.Sheet(l, Options{Person: "one", Form: -1})
	held, ok := errors.AsType[*HeldBack](err)
	want := "x.md must not be sent to the person “one”: never if there is a <plan>: insurance_name is there"
	if !ok || held.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, o := range []Options{{Person: "two", Form: -1}, {Person: "one", Form: -1, Fields: true}} {
		sheet, err := p.Sheet(l, o)
		if err != nil {
			t.Fatal(err)
		}
		if page := string(p.Page([]Sheet{sheet}, false)); !strings.Contains(page, "<dt>Never if</dt>\n<dd>it rains</dd>\n<dd>there is a &lt;plan&gt;</dd>") {
			t.Errorf("%+v: the page does not say when the letter must not be sent:\n%s", o, page)
		}
	}
}
