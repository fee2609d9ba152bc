package letter

import (
	"reflect"
	"testing"
)

func TestLabels(t *testing.T) {
	for name, c := range map[string]struct {
		front    string
		want     Labels
		language string
	}{
		"none":                 {"title = \"x\"", Labels{}, "en"},
		"beside our own keys":  {"title = \"x\"\nlanguage = \"es\"\noverall = \"harsh\"", Labels{Overall: "harsh"}, "es"},
		"of a collection":      {"id = \"a\"\nsource = \"b\"\nkind = \"c\"\ndomain = \"d\"\nlang = \"es\"\noverall = \"neutral\"", Labels{Overall: "neutral"}, "es"},
		"no harsh words":       {"harsh = []", Labels{Harsh: []Harsh{}}, "en"},
		"a list of tables":     {"[[harsh]]\nphrase = \"pay\"\ncategory = \"demand\"", Labels{Harsh: []Harsh{{"pay", "demand"}}}, "en"},
		"in a line":            {"harsh = [{ phrase = \"pay\", category = \"demand\" }]", Labels{Harsh: []Harsh{{"pay", "demand"}}}, "en"},
		"elements":             {"[expect]\ngratitude = true\namount = false", Labels{Expect: map[string]bool{"gratitude": true, "amount": false}}, "en"},
		"a language with land": {"lang = \"es-MX\"\noverall = \"harsh\"", Labels{Overall: "harsh"}, "es"},
	} {
		l := parseTest(t, "+++\n"+c.front+"\n+++\nPay now.")
		if got := problems(l); got != nil {
			t.Errorf("%s: problems %q", name, got)
		}
		if !reflect.DeepEqual(l.Meta.Labels, c.want) || l.Meta.Language != c.language {
			t.Errorf("%s: %+v in %s, want %+v in %s", name, l.Meta.Labels, l.Meta.Language, c.want, c.language)
		}
	}
}

// Places in front matter are exact in the file, whatever way labels are
// written.
func TestMetaAt(t *testing.T) {
	const list = "+++\r\ntitle = \"Ñ\"\r\nharsh = [\r\n  { phrase = \"pay now\", category = \"demand\" },\r\n  { phrase = \"or else\", category = \"thraet\" },\r\n]\r\n[expect]\r\namount = true\r\n+++\r\nPay now or else."
	const tables = "+++\n[[harsh]]\nphrase = \"pay now\"\ncategory = \"demand\"\n[[harsh]]\nphrase = \"or else\"\ncategory = \"thraet\"\n+++\nPay now or else."
	for name, c := range map[string]struct {
		src  string
		key  []string
		n    int
		text string
		want string // at its position
		line int
	}{
		"a value in a list":      {list, []string{"harsh", "category"}, 1, "thraet", "thraet", 5},
		"a value of the first":   {list, []string{"harsh", "phrase"}, 0, "pay now", "pay now", 4},
		"text that is not there": {list, []string{"harsh", "phrase"}, 1, "or\telse", "phrase", 5},
		"a key":                  {list, []string{"expect", "amount"}, 0, "", "amount", 8},
		"a key that is not":      {list, []string{"overall"}, 0, "", "", 1},
		"of a collection":        {"+++\nlang = \"en\"\n" + list[5:], []string{"expect", "amount"}, 0, "", "amount", 9},
		"a value in a table":     {tables, []string{"harsh", "category"}, 1, "thraet", "thraet", 7},
		"without front matter":   {"Hi.", []string{"overall"}, 0, "", "", 1},
	} {
		l := parseTest(t, c.src)
		at := l.MetaAt(c.key, c.n, c.text)
		if got := l.Text(at); got != c.want || l.Position(at.Start).Line != c.line {
			t.Errorf("%s: %q in line %d, want %q in line %d", name, got, l.Position(at.Start).Line, c.want, c.line)
		}
	}
}
