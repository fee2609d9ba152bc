package render

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

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

// TestPeopleShowWhatLettersHaveToBear: among the people of the pack is
// everybody a letter has to be read with, and nothing of anybody real.
func TestPeopleShowWhatLettersHaveToBear(t *testing.T) {
	p := openPack(t)
	own := func(person Person, name string) any { return person.Values[name] }
	for what, is := range map[string]func(Person) bool{
		"a child, whose parent gets the letter": func(x Person) bool {
			return own(x, "patient_is_minor") == true && own(x, "recipient_role") == "parent" && own(x, "recipient_first_name") == own(x, "guarantor_first_name") &&
				own(x, "recipient_first_name") != own(x, "patient_first_name")
		},
		"an estate": func(x Person) bool {
			return own(x, "recipient_role") == "personal_representative" && own(x, "deceased_name") == own(x, "patient_full_name")
		},
		"a name of more than 50 letters": func(x Person) bool { return utf8.RuneCountInString(own(x, "recipient_name").(string)) > 50 },
		"two last names, in Spanish": func(x Person) bool {
			return x.Language == "es" && len(strings.Fields(own(x, "patient_last_name").(string))) > 1
		},
		"$4.10":                          func(x Person) bool { return own(x, "balance_due") == "4.10" },
		"$48,200.00":                     func(x Person) bool { return own(x, "balance_due") == "48200.00" },
		"a visit at the end of February": func(x Person) bool { return own(x, "service_date").(time.Time).Format("01-02") == "02-28" },
		"a bill of last year": func(x Person) bool {
			return own(x, "service_date").(time.Time).Year() < own(x, "letter_date").(time.Time).Year()
		},
		"payments on the last day of months": func(x Person) bool { return own(x, "installment_day") == "the last day of each month" },
		"no value that could be missing": func(x Person) bool {
			return !slices.ContainsFunc(p.dict.All(), func(f *letter.Field) bool { return !f.Core && own(x, f.Name) != nil && own(x, f.Name) != "" })
		},
	} {
		if !slices.ContainsFunc(p.People, is) {
			t.Errorf("nobody in people.toml has %s", what)
		}
	}
	for _, x := range p.People {
		for _, f := range p.dict.All() {
			value, _ := own(x, f.Name).(string)
			switch {
			case f.Type == "phone" && value != "" && !strings.Contains(value, ") 555-01"):
				t.Errorf("%s: %s is no invented number", x.ID, f.Name)
			case (f.Type == "url" || f.Type == "email") && value != "" && !strings.HasSuffix(value, "example.org"):
				t.Errorf("%s: %s is not at example.org", x.ID, f.Name)
			}
		}
	}
}
