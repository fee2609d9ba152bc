package letter

import (
	"testing"

	"bedside/internal/strict"
)

// valueFields has one field in words beside those that read the same in every
// language.
const valueFields = testFields + `
[office_hours]
group = "sender"
type = "words"
privacy = "none"
says = "when somebody answers"
example = "Monday to Friday"
example_in.es = "de lunes a viernes"
`

func valueDictionary(t testing.TB) *Dictionary {
	t.Helper()
	d, err := ParseDictionary("fields.toml", []byte(valueFields), nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWordsCountInTheirOwnLanguage(t *testing.T) {
	d := valueDictionary(t)
	spanish := map[string]any{"office_hours": "de lunes a jueves"}
	both := map[string]any{"what": map[string]any{"en": "Visit", "es": "Consulta"}, "charge": "71.00"}
	for name, c := range map[string]struct {
		values        Values
		field         string
		own, language string
		want          any
	}{
		"words in their language":         {Values{"office_hours": "Mondays"}, "office_hours", "en", "en", "Mondays"},
		"words in another":                {Values{"office_hours": "Mondays"}, "office_hours", "en", "es", nil},
		"words in both":                   {Values{"office_hours": "Mondays", "es": spanish}, "office_hours", "en", "es", "de lunes a jueves"},
		"words in both, the first wanted": {Values{"office_hours": "Mondays", "es": spanish}, "office_hours", "en", "en", "Mondays"},
		"words in the other only":         {Values{"es": spanish}, "office_hours", "en", "en", nil},
		"lists are words":                 {Values{"line_items": []any{"Visit"}}, "line_items", "en", "es", nil},
		"lines in another":                {Values{"line_items": []any{map[string]any{"what": "Visit"}}}, "line_items", "en", "es", nil},
		"lines, one of them in both":      {Values{"line_items": []any{both, map[string]any{"what": "Test"}}}, "line_items", "en", "es", nil},
		"a name is no word":               {Values{"patient_first_name": "Ana"}, "patient_first_name", "en", "es", "Ana"},
		"money is no word":                {Values{"balance_due": "4.10"}, "balance_due", "es", "en", "4.10"},
		"another phone for a language":    {Values{"office_phone": "711", "es": map[string]any{"office_phone": "811"}}, "office_phone", "en", "es", "811"},
		"missing, in any language":        {Values{"office_hours": ""}, "office_hours", "en", "es", ""},
		"missing in one language":         {Values{"office_hours": "Mondays", "es": map[string]any{"office_hours": ""}}, "office_hours", "en", "es", ""},
	} {
		if got := c.values.In(d.Field(c.field), c.own, c.language); !same(got, c.want) {
			t.Errorf("%s: want %v, got %v", name, c.want, got)
		}
	}
}

// same compares values of fields, of which a list is told by being there.
func same(a, b any) bool {
	if _, ok := a.([]any); ok {
		return b != nil
	}
	return a == b
}

func TestLinesInALanguage(t *testing.T) {
	f := valueDictionary(t).Field("line_items")
	values := Values{"line_items": []any{map[string]any{"what": map[string]any{"en": "Visit", "es": "Consulta"}, "charge": "71.00"}}}
	for language, want := range map[string]string{"en": "Visit", "es": "Consulta"} {
		lines, _, err := Rows(values.In(f, "en", language))
		if err != nil || len(lines) != 1 || lines[0]["what"] != want || lines[0]["charge"] != "71.00" {
			t.Errorf("%s: want one line, %s for 71.00; got %v, %v", language, want, lines, err)
		}
	}
	if _, each := values["line_items"].([]any)[0].(map[string]any)["what"].(map[string]any); !each {
		t.Error("a letter changed the values of the person")
	}
}

func TestExamplesReadInTheLanguageOfTheLetter(t *testing.T) {
	d := valueDictionary(t)
	for field, want := range map[string]string{"office_hours": "de lunes a viernes", "due_date": "5 de junio de 2026", "balance_due": "$218.40"} {
		if got := d.Field(field).ExampleIn("es"); got != want {
			t.Errorf("%s: want %q, got %q", field, want, got)
		}
	}
	src := "+++\nlanguage = \"es\"\n+++\n\nLlame antes del {{due_date}}, {{office_hours}}.\n"
	if got, want := Parse("x.md", []byte(src), d, "en").Blocks[0].Text, "Llame antes del 5 de junio de 2026, de lunes a viernes."; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}

// TestFaultsInValuesHaveAPlace shows that each fault is found in its own
// table, though a table before it lacks the key.
func TestFaultsInValuesHaveAPlace(t *testing.T) {
	d := valueDictionary(t)
	for name, c := range map[string]struct{ first, second, third, want string }{
		"sound":                  {"balance_due = \"4.10\"", "office_hours = \"Mondays\"\n[person.values.es]\noffice_hours = \"los lunes\"", "", ""},
		"not a field":            {"", "blance_due = \"4.10\"", "", "people.toml:6:1: “blance_due” is not a field of fields.toml (did you mean “balance_due”?)"},
		"in the second of two":   {"", "balance_due = \"four\"", "balance_due = \"4.10\"", "people.toml:6:1: the value of balance_due is not an amount of money such as \"218.40\""},
		"in the third of two":    {"", "balance_due = \"4.10\"", "balance_due = \"four\"", "people.toml:9:1: the value of balance_due is not an amount of money such as \"218.40\""},
		"in a language":          {"", "[person.values.es]\nofice_hours = \"los lunes\"", "", "people.toml:7:1: “ofice_hours” is not a field of fields.toml (did you mean “office_hours”?)"},
		"misfit in a language":   {"", "[person.values.es]\noffice_phone = \"55\"", "", "people.toml:7:1: the value of office_phone is not a phone number such as (555) 555-0142"},
		"unknown language":       {"", "[person.values.fr]\noffice_hours = \"le lundi\"", "", "people.toml:6:1: “fr” is not a language that values can be in: en, es"},
		"line in a language":     {"", "line_items = [{ what = { en = \"Visit\", fr = \"Visite\" } }]", "", "people.toml:6:1: the value of line_items has a value of what in line 1 that is neither text nor text for each of en, es"},
		"language in a language": {"", "[person.values.es.en]\noffice_hours = \"Mondays\"", "", "people.toml:6:1: “en” is not a language that values can be in: en, es"},
	} {
		src := "[[person]]\n[person.values]\n" + c.first + "\n[[person]]\n[person.values]\n" + c.second + "\n[[person]]\n[person.values]\n" + c.third + "\n"
		var people struct {
			Person []struct {
				Values Values `toml:"values"`
			} `toml:"person"`
		}
		f, err := strict.Decode("people.toml", []byte(src), &people)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, person := range people.Person {
			if err := d.CheckValues(f, []string{"person", "values"}, i, person.Values); err != nil && got == "" {
				got = err.Error()
			}
		}
		if got != c.want {
			t.Errorf("%s:\nwant %s\n got %s", name, c.want, got)
		}
	}
}
