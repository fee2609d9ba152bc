package letter

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// holdDictionary is the small dictionary with an enum, a truth and more dates.
func holdDictionary(t testing.TB) *Dictionary {
	t.Helper()
	d, err := ParseDictionary("fields.toml", []byte(testFields+enumField+`
[patient_is_minor]
group = "patient"
type = "bool"
privacy = "low"
says = "true when the patient is a child"
example = "false"
[letter_date]
group = "letter"
type = "date"
privacy = "none"
says = "the day it is mailed"
example = "May 4, 2026"
`), []string{"charges_interest"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// held reads a letter with front matter.
func held(t testing.TB, front string) *Letter {
	t.Helper()
	return Parse("test.md", []byte("+++\n"+front+"\n+++\nHi."), holdDictionary(t), "en")
}

func TestHoldsSayWhatTheyLookAt(t *testing.T) {
	l := held(t, `send_only_if = [
  "the plan has decided", # for people
  { says = "30 days have passed", if = "due_date", days = 30, after = "letter_date" },
]
never_if = [
  { says = "the patient is a child", if = "patient_is_minor" },
  { says = "the reader is a parent", if = "recipient_role", is = ["parent", "patient"] },
  { says = "you charge interest", if = "charges_interest" },
  { if = "portal_url", says = "there is a pay page" },
]`)
	if got := problems(l); got != nil {
		t.Fatalf("problems %q", got)
	}
	var got []string
	for _, h := range slices.Concat(l.Meta.SendOnlyIf, l.Meta.NeverIf) {
		got = append(got, h.Says+": "+h.Test())
	}
	want := []string{
		"the plan has decided: ",
		"30 days have passed: due_date is 30 days or more after letter_date",
		"the patient is a child: patient_is_minor is true",
		"the reader is a parent: recipient_role is parent or patient",
		"you charge interest: charges_interest is true",
		"there is a pay page: portal_url is there",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestHoldsInOtherShapesOfTOML(t *testing.T) {
	l := held(t, "[[never_if]]\nsays = \"it is paid\"\nif = \"due_date\"\n[[never_if]]\nsays = \"a question is open\"")
	if n := len(l.Meta.NeverIf); len(l.Problems) > 0 || n != 2 || l.Meta.NeverIf[0].Test() != "due_date is there" {
		t.Errorf("%d conditions, problems %q", n, problems(l))
	}
}

func TestFaultsInHolds(t *testing.T) {
	for name, c := range map[string]struct{ front, want string }{
		"no list":       {`never_if = "x"`, "2:1 front-matter this is text in quotes and has to be a list in brackets"},
		"a number":      {`never_if = [3]`, "2:1 hold a hold condition is text in quotes or a table"},
		"an empty text": {`never_if = ["x", " "]`, "2:1 hold a hold condition says in words what has to be so"},
		"no words":      {`never_if = [{ if = "due_date" }]`, "2:15 hold a hold condition says in words what has to be so"},
		"unknown key":   {"never_if = [\n  { says = \"x\" },\n  { says = \"y\", unles = \"due_date\" },\n]", "4:17 hold “unles” is not a key here"},
		"slip of a key": {`never_if = [{ says = "x", day = 3 }]`, "2:27 hold “day” is not a key here (did you mean “days”?)"},
		"a list for a name": {`never_if = [{ says = "x", if = ["due_date"] }]`,
			"2:27 hold if has to be text in quotes"},
		"unknown name": {"never_if = [\n  { says = \"portal_ulr\", if = \"due_date\" },\n  { says = \"y\", if = \"portal_ulr\" },\n]",
			"4:23 unknown-field “portal_ulr” is neither a field nor a fact of the office (did you mean “portal_url”?)"},
		"no name":    {`never_if = [{ says = "x", is = ["parent"] }]`, "2:27 hold this says what a value has to be, and not which: if is missing"},
		"no word":    {`never_if = [{ says = "x", if = "recipient_role", is = ["patient", "prent"] }]`, "2:68 hold “prent” is no value of recipient_role (did you mean “parent”?); they are patient, parent"},
		"empty list": {`never_if = [{ says = "x", if = "recipient_role", is = [] }]`, "2:50 hold is has to be a list of values, such as [\"pending\"]"},
		"one word":   {`never_if = [{ says = "x", if = "recipient_role", is = "parent" }]`, "2:50 hold is has to be a list of values, such as [\"pending\"]"},
		"no enum":    {`never_if = [{ says = "x", if = "due_date", is = ["June"] }]`, "2:44 hold due_date has no values to choose from: its type is not enum"},
		"a fact is":  {`never_if = [{ says = "x", if = "charges_interest", is = ["true"] }]`, "2:52 hold charges_interest has no values to choose from: its type is not enum"},
		"days alone": {`never_if = [{ says = "x", if = "due_date", days = 3 }]`, "2:44 hold days and after belong together: if = \"letter_date\", days = 120, after = \"first_bill_date\""},
		"after alone": {`never_if = [{ says = "x", if = "due_date", after = "letter_date" }]`,
			"2:44 hold days and after belong together: if = \"letter_date\", days = 120, after = \"first_bill_date\""},
		"no days":         {`never_if = [{ says = "x", if = "due_date", days = 0, after = "letter_date" }]`, "2:44 hold days has to be a whole number above 0"},
		"no date":         {`never_if = [{ says = "x", if = "portal_url", days = 3, after = "letter_date" }]`, "2:33 hold portal_url is no date"},
		"after no date":   {`never_if = [{ says = "x", if = "due_date", days = 3, after = "portal_url" }]`, "2:63 hold portal_url is no date"},
		"after no field":  {`never_if = [{ says = "x", if = "due_date", days = 3, after = "leter_date" }]`, "2:63 hold “leter_date” is not a field (did you mean “letter_date”?)"},
		"a word and days": {`never_if = [{ says = "x", if = "recipient_role", is = ["parent"], days = 3, after = "due_date" }]`, "2:50 hold a value is one of a few, or a day: leave out is or days"},
	} {
		got := problems(held(t, c.front))
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestHeld(t *testing.T) {
	day := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 12, 0, 0, 0, time.Local) }
	send := `send_only_if = ["somebody said so", { says = "it is late", if = "due_date", days = 30, after = "letter_date" }, ` +
		`{ says = "a parent reads it", if = "recipient_role", is = ["parent"] }, { says = "there is interest", if = "charges_interest" }]`
	never := `never_if = ["somebody said no", { says = "it is late", if = "due_date", days = 30, after = "letter_date" }, ` +
		`{ says = "a parent reads it", if = "recipient_role", is = ["parent"] }, { says = "there is interest", if = "charges_interest" }, ` +
		`{ says = "there is a page", if = "portal_url" }]`
	for name, c := range map[string]struct {
		front  string
		values map[string]any
		want   []string
	}{
		"all is so": {send, map[string]any{"due_date": day(3, 2), "letter_date": day(1, 31), "recipient_role": "parent", "charges_interest": true}, nil},
		"a day short": {send, map[string]any{"due_date": day(3, 1), "letter_date": day(1, 31), "recipient_role": "parent", "charges_interest": true},
			[]string{"send only if it is late: due_date is not 30 days or more after letter_date"}},
		"dates as text": {send, map[string]any{"due_date": "2026-03-02", "letter_date": day(1, 31), "recipient_role": "parent", "charges_interest": true}, nil},
		"not so": {send, map[string]any{"due_date": day(3, 2), "recipient_role": "patient", "charges_interest": false}, []string{
			"send only if it is late: letter_date is missing",
			"send only if a parent reads it: recipient_role is not parent",
			"send only if there is interest: charges_interest is not true"}},
		"nothing there": {send, nil, []string{
			"send only if it is late: due_date is missing",
			"send only if a parent reads it: recipient_role is missing",
			"send only if there is interest: charges_interest is not true"}},
		"nothing against it": {never, map[string]any{"due_date": day(3, 1), "letter_date": day(1, 31), "recipient_role": "patient", "charges_interest": false, "portal_url": ""}, nil},
		"all against it": {never, map[string]any{"due_date": day(3, 2), "letter_date": day(1, 31), "recipient_role": "parent", "charges_interest": true, "portal_url": "https://a.org"}, []string{
			"never if it is late: due_date is 30 days or more after letter_date",
			"never if a parent reads it: recipient_role is parent",
			"never if there is interest: charges_interest is true",
			"never if there is a page: portal_url is there"}},
	} {
		l := held(t, c.front)
		if len(l.Problems) > 0 {
			t.Fatalf("%s: %q", name, problems(l))
		}
		got := l.Meta.Held(func(name string) any { return c.values[name] })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestHoldWithADayOfTOML(t *testing.T) {
	// A date in a file has the zone of the machine; 24 hours are not always a day there.
	zone := time.FixedZone("date-local", -5*3600)
	l := held(t, `send_only_if = [{ says = "x", if = "due_date", days = 30, after = "letter_date" }]`)
	values := map[string]any{"letter_date": time.Date(2026, 2, 28, 0, 0, 0, 0, zone), "due_date": time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)}
	if got := fmt.Sprint(l.Meta.Held(func(name string) any { return values[name] })); got != "[]" {
		t.Errorf("30 days are not counted as 30: %s", got)
	}
}
