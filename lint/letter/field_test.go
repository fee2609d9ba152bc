package letter

import (
	"errors"
	"strings"
	"testing"

	"bedside/internal/strict"
)

// enumField is a field with values to choose from.
const enumField = `[recipient_role]
group = "recipient"
type = "enum"
privacy = "low"
says = "who the reader is"
one_of = ["patient", "parent"]
example = "patient"
`

// replaced is a text with something else in place of what has to be in it.
func replaced(t *testing.T, text, old, new string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("%q is not in the text", old)
	}
	return strings.Replace(text, old, new, 1)
}

// faultOf holds an error to its place and message, and to what is marked.
func faultOf(t *testing.T, name string, err error, want, under string) {
	t.Helper()
	var fault *strict.Error
	if !errors.As(err, &fault) {
		t.Errorf("%s: %v has no place", name, err)
		return
	}
	if err.Error() != want {
		t.Errorf("%s:\n got %s\nwant %s", name, err, want)
	}
	if got := fault.Src[fault.Place.Offset:][:fault.Place.Length]; got != under {
		t.Errorf("%s: carets under %q, want %q", name, got, under)
	}
}

func TestFaultsInFields(t *testing.T) {
	const classes = "none (says nothing about a patient), low (tells who the patient is), phi (tells of care, money or health plan)"
	change := func(old, new string) string { return replaced(t, enumField, old, new) }
	for name, c := range map[string]struct{ src, want, under string }{
		"no privacy class": {change("privacy = \"low\"\n", ""), "fields.toml:1:1: “recipient_role” needs its privacy class: " + classes, "[recipient_role]"},
		"no such class":    {change("low", "high"), "fields.toml:4:1: “recipient_role” needs its privacy class: " + classes, "privacy"},
		"no such type":     {change("enum", "enmu"), "fields.toml:3:1: “enmu” is not a type (did you mean “enum”?)", "type"},
		"enum without words": {change("one_of = [\"patient\", \"parent\"]\n", ""),
			"fields.toml:1:1: field “recipient_role” is an enum: it needs one_of, the values it can have, and its example is one of them", "[recipient_role]"},
		"example of another word": {change("example = \"patient\"", "example = \"cousin\""),
			"fields.toml:6:1: field “recipient_role” is an enum: it needs one_of, the values it can have, and its example is one of them", "one_of"},
		"words of a text":   {change("enum", "text"), "fields.toml:6:1: only an enum has one_of, and “recipient_role” is of the type text", "one_of"},
		"safe and no alias": {enumField + "safe = [\"role\"]\n", "fields.toml:8:1: “role” is none of the aliases of recipient_role", "safe"},
	} {
		_, err := ParseDictionary("fields.toml", []byte(c.src), nil)
		faultOf(t, name, err, c.want, c.under)
	}
}

func TestValuesFitTheirField(t *testing.T) {
	d, err := ParseDictionary("fields.toml", []byte(testFields+enumField), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		field string
		value any
		want  string
	}{
		"one of them":     {"recipient_role", "parent", ""},
		"none of them":    {"recipient_role", "cousin", "is none of patient, parent"},
		"no amount":       {"balance_due", "ten", "is not an amount of money such as \"218.40\""},
		"an amount":       {"balance_due", "10.00", ""},
		"an amount below": {"balance_due", "-10.00", "is not an amount of money such as \"218.40\""},
	} {
		got := ""
		if err := d.Field(c.field).Fits(c.value); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
