package lint

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"bedside/lint/letter"
)

// scoreRules are a pack with rules of each shape that labels can name.
const scoreRules = `version = 1
[require.thanks]
label = "gratitude"
severity = "error"
says = "thank"
why = "w"
source = ["S"]
place = "closing"
any.en = ["thank you"]
hit.en = ["<<Thank you>>."]
ok.en = ["Hello."]

[require.due-date]
severity = "error"
says = "name a day"
why = "w"
source = ["S"]
place = "closing"
any.en = ["by #date"]
hit.en = ["Pay <<by May 5>>."]
ok.en = ["Pay."]

[ban.threat]
severity = "error"
says = "%q"
why = "w"
source = ["S"]
[[ban.threat.phrase]]
find = ["final notice", "we will sue"]
try = "t"
hit = ["A <<final notice>>.", "Or <<we will sue>>."]
ok = ["A notice."]

[ban.legalese]
label = "jargon"
severity = "error"
says = "%q"
why = "w"
source = ["S"]
[[ban.legalese.phrase]]
find = ["hereby"]
try = "t"
hit = ["We <<hereby>> write."]
ok = ["Here by the door."]

[ban.jargon]
severity = "error"
says = "%q"
why = "w"
source = ["S"]
[[ban.jargon.phrase]]
find = ["superbill"]
try = "t"
hit = ["A <<superbill>>."]
ok = ["A bill."]

[limit.shouting]
measure = "capitals"
says = "words in capitals"
why = "w"
source = ["S"]
error = 0
try = "t"
hit = ["<<PAY NOW>>."]
ok = ["Pay now."]

[source]
S = "s"
[language.en]
negators = ["not"]
[language.es]
negators = ["no"]
`

func scorePack(t *testing.T) *Pack {
	t.Helper()
	p, err := Open(fstest.MapFS{"rules.toml": {Data: []byte(scoreRules)}}, os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// scoreOf measures letters, named a.md, b.md ...
func scoreOf(t *testing.T, letters ...string) (*Score, []string) {
	t.Helper()
	p := scorePack(t)
	var results []*Result
	for i, src := range letters {
		results = append(results, p.Check(string(rune('a'+i))+".md", []byte(src)))
	}
	score, faults := p.Score(slices.Values(results))
	var messages []string
	for _, f := range faults {
		messages = append(messages, f.Error())
	}
	return score, messages
}

// apart writes the disagreements of a score, one a line.
func apart(s *Score) string {
	var lines []string
	for _, d := range s.Disagreements {
		at, rule := d.Letter.Position(d.Span.Start), ""
		if d.Rule != nil {
			rule = d.Rule.ID
		}
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%s:%d:%d %s %s %s %s", d.Letter.Path, at.Line, at.Column, d.Kind, d.Label, rule, d.Text)), " "))
	}
	return strings.Join(lines, "\n")
}

func tallied(t Tally) string {
	return fmt.Sprintf("%d of %d found, %d of %d right", t.Found, t.Labelled, t.Right, t.Findings)
}

func TestScorePhrases(t *testing.T) {
	for name, c := range map[string]struct{ labels, body, want, apart string }{
		"found": {
			`harsh = [{ phrase = "your final notice", category = "threat" }]`, "This is your final notice.",
			"1 of 1 found, 1 of 1 right", "",
		},
		"missed and wrong": {
			`harsh = [{ phrase = "Or else", category = "threat" }]`, "Or else.\n\nA final notice.",
			"0 of 1 found, 0 of 1 right", "a.md:5:1 missed threat Or else\na.md:7:3 wrong ban.threat final notice",
		},
		"none are harsh": {
			`harsh = []`, "A final notice.",
			"0 of 0 found, 0 of 1 right", "a.md:5:3 wrong ban.threat final notice",
		},
		"not labelled": {
			`overall = "neutral"`, "A final notice.",
			"0 of 0 found, 0 of 0 right", "",
		},
		"another category": {
			`harsh = [{ phrase = "final notice", category = "jargon" }]`, "A final notice.",
			"1 of 1 found, 1 of 1 right", "a.md:5:3 category jargon ban.threat final notice",
		},
		"two rules of a category": {
			`harsh = [{ phrase = "We hereby", category = "jargon" }, { phrase = "superbill", category = "jargon" }]`, "We hereby send a superbill.",
			"2 of 2 found, 2 of 2 right", "",
		},
		"one of its findings has the category": {
			`harsh = [{ phrase = "FINAL NOTICE", category = "shouting" }]`, "A FINAL NOTICE.",
			"1 of 1 found, 2 of 2 right", "",
		},
		"next to it": {
			`harsh = [{ phrase = "this is your", category = "threat" }]`, "Now this is your final notice.",
			"0 of 1 found, 0 of 1 right", "a.md:5:5 missed threat this is your\na.md:5:18 wrong ban.threat final notice",
		},
		"in any dress": {
			`harsh = [{ phrase = "*Final*  notice: pay", category = "threat" }]`, "Final **notice**, pay.",
			"1 of 1 found, 1 of 1 right", "",
		},
		"over line breaks, hard and in a quote": {
			`harsh = [{ phrase = "your final notice of it", category = "threat" }]`, "> This is your final  \n> notice of\n> it.",
			"1 of 1 found, 1 of 1 right", "",
		},
		"over blocks": {
			`harsh = [{ phrase = "Warning final notice", category = "threat" }]`, "# Warning\n\nFinal notice.\n\n# Warning\n\nfinal notice.",
			"1 of 1 found, 1 of 2 right", "a.md:7:1 wrong ban.threat Final notice",
		},
		"with a field": {
			`harsh = [{ phrase = "pay {{balance_due}} or we", category = "threat" }]`, "Now pay {{balance_due}} or we will sue.",
			"1 of 1 found, 1 of 1 right", "",
		},
		"with a field only": {
			`harsh = [{ phrase = "Now pay {{balance_due}}", category = "threat" }]`, "Now pay {{balance_due}} or we will sue.",
			"0 of 1 found, 0 of 1 right", "a.md:5:1 missed threat Now pay {{balance_due}}\na.md:5:28 wrong ban.threat we will sue",
		},
		"at two places, listed once": {
			`harsh = [{ phrase = "final notice", category = "threat" }]`, "`final notice`\n\nfinal notice\n\nfinal notice",
			"1 of 1 found, 2 of 2 right", "",
		},
		"at two places, listed for each": {
			`harsh = [{ phrase = "final notice", category = "threat" }, { phrase = "final notice", category = "threat" }]`, "`final notice`\n\nfinal notice",
			"1 of 2 found, 1 of 1 right", "a.md:5:2 missed threat final notice",
		},
		"at three places, listed for two": {
			`harsh = [{ phrase = "final notice", category = "threat" }, { phrase = "final notice", category = "threat" }]`, "final notice\n\n`final notice`\n\nfinal notice",
			"2 of 2 found, 2 of 2 right", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, faults := scoreOf(t, "+++\n"+c.labels+"\n+++\n\n"+c.body+"\n")
			if len(faults) > 0 {
				t.Fatalf("faults %q", faults)
			}
			if got := tallied(s.All.Phrases.Tally); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if diff := cmp.Diff(c.apart, apart(s)); diff != "" {
				t.Errorf("disagreements (-want +got):\n%s", diff)
			}
		})
	}
}

// A finding that covers only part of a word does not find it.
func TestTouchesByAWholeWord(t *testing.T) {
	m := marked{places: [][]word{{{"final", letter.Span{Start: 10, End: 15}}, {"notice", letter.Span{Start: 16, End: 22}}}}}
	for _, c := range []struct {
		start, end int
		want       bool
	}{
		{10, 22, true}, {0, 15, true}, {16, 40, true}, {12, 22, true},
		{0, 14, false}, {11, 15, false}, {12, 20, false}, {15, 16, false}, {17, 40, false}, {22, 40, false},
	} {
		if got := m.touches(&Finding{Span: letter.Span{Start: c.start, End: c.end}}); got != c.want {
			t.Errorf("bytes %d to %d: %t, want %t", c.start, c.end, got, c.want)
		}
	}
}

func TestCutWords(t *testing.T) {
	for text, want := range map[string]string{
		"Don't *pay* __now__!":        "Don't|pay|now",
		"«Último» aviso—hoy 24/7":     "Último|aviso|hoy|24|7",
		"{{balance_due}} of {amount}": "balance_due|of|amount",
		"the patients' final-notice":  "the|patients|final|notice",
		"____ ... !":                  "",
		"e\u0301ste":                  "e\u0301ste",
	} {
		if got := strings.Join(cutWords(text), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestScoreElements(t *testing.T) {
	s, faults := scoreOf(t,
		"+++\n[expect]\ngratitude = true\ndue_date = false\n+++\n\nThank you. Pay by May 5.",
		"+++\n[expect]\ngratitude = true\n+++\n\nHello.",
		"+++\ngratitude = true\n+++\n\nHello.",
	)
	if want := []string{"c.md:2:1: “gratitude” is not a key here"}; !slices.Equal(faults, want) {
		t.Errorf("faults %q, want %q", faults, want)
	}
	if diff := cmp.Diff("a.md:7:16 element-seen due_date require.due-date by May 5\nb.md:3:1 element-missed gratitude require.thanks", apart(s)); diff != "" {
		t.Errorf("disagreements (-want +got):\n%s", diff)
	}
	var got []string
	for _, e := range s.All.Elements {
		got = append(got, fmt.Sprintf("%s in %d: %s", e.Rule.ID, e.Letters, tallied(e.Tally)))
	}
	want := []string{"require.thanks in 2: 1 of 2 found, 1 of 1 right", "require.due-date in 1: 0 of 0 found, 0 of 1 right"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestScoreLetters(t *testing.T) {
	s, faults := scoreOf(t,
		"+++\noverall = \"harsh\"\n+++\n\nA final notice.",
		"+++\noverall = \"harsh\"\n+++\n\nPAY NOW.", // shouting alone is no ban
		"+++\noverall = \"compassionate\"\nlang = \"es\"\n+++\n\nHola.",
		"+++\noverall = \"compassionate\"\n+++\n\nA superbill.",
		"+++\ntitle = \"x\"\n+++\n\nA final notice.",
	)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if s.Letters != 5 || s.Labelled != 4 {
		t.Errorf("%d letters, %d labelled; want 5 and 4", s.Letters, s.Labelled)
	}
	var got []string
	for _, a := range append(s.Languages, s.All) {
		got = append(got, fmt.Sprintf("%q %d %v %v", a.Language, a.Letters, a.Harsh, a.Compassionate))
	}
	if want := []string{`"en" 3 {2 1} {1 0}`, `"es" 1 {0 0} {1 1}`, `"" 4 {2 1} {2 1}`}; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if diff := cmp.Diff("b.md:2:1 letter harsh\nd.md:5:3 letter compassionate ban.jargon superbill", apart(s)); diff != "" {
		t.Errorf("disagreements (-want +got):\n%s", diff)
	}
}

// What has nothing to count is left out; what only one language has stays in
// both, so that they can be compared.
func TestScoreRows(t *testing.T) {
	s, _ := scoreOf(t,
		"+++\nharsh = [{ phrase = \"hereby\", category = \"jargon\" }]\n[expect]\ngratitude = true\n+++\n\nWe hereby write.",
		"+++\nlang = \"es\"\nharsh = []\n[expect]\n+++\n\nHola.",
	)
	for _, a := range append(s.Languages, s.All) {
		var got []string
		for _, r := range slices.Concat(a.Rules, a.Elements) {
			got = append(got, r.Rule.ID)
		}
		if want := []string{"ban.legalese", "ban.jargon", "require.thanks"}; !slices.Equal(got, want) {
			t.Errorf("%q: rules %q, want %q", a.Language, got, want)
		}
	}
}

// An office that has switched a rule off need not take its labels out.
func TestRulesThatAreOffAreNotMeasured(t *testing.T) {
	p, err := openOver(t, "extends = \"bedside\"\n[require.gratitude]\noff = true\n[ban.urgency]\noff = true\n")
	if err != nil {
		t.Fatal(err)
	}
	res := p.Check("a.md", []byte("+++\nharsh = [{ phrase = \"final notice\", category = \"urgency\" }]\n[expect]\ngratitude = true\namount = true\n+++\nA final notice of $5."))
	s, faults := p.Score(slices.Values([]*Result{res}))
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	if len(s.All.Rules) != 0 || tallied(s.All.Phrases.Tally) != "0 of 1 found, 0 of 0 right" {
		t.Errorf("harsh words: %+v, %+v", s.All.Rules, s.All.Phrases)
	}
	if len(s.All.Elements) != 1 || s.All.Elements[0].Rule.ID != "require.amount-owed" {
		t.Errorf("elements: %+v", s.All.Elements)
	}
}

func TestTallyFigures(t *testing.T) {
	show := func(v *float64) string {
		if v == nil {
			return "–"
		}
		return fmt.Sprintf("%.3f", *v)
	}
	for _, c := range []struct {
		Tally
		want string
	}{
		{Tally{}, "– – –"},
		{Tally{4, 3, 5, 4}, "0.800 0.750 0.774"},
		{Tally{Labelled: 2}, "– 0.000 0.000"},
		{Tally{Findings: 2}, "0.000 – 0.000"},
		{Tally{Findings: 2, Right: 1}, "0.500 – –"}, // what it finds is labelled, as something else
		{Tally{Labelled: 2, Found: 1}, "– 0.500 –"}, // other rules find it
		{Tally{2, 2, 2, 2}, "1.000 1.000 1.000"},
	} {
		if got := show(c.Precision()) + " " + show(c.Recall()) + " " + show(c.F1()); got != c.want {
			t.Errorf("%+v: %s, want %s", c.Tally, got, c.want)
		}
	}
}

func TestFaultsInLabels(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"category":    {"+++\nharsh = [\n  { phrase = \"final notice\", category = \"thraet\" },\n]\n+++\nA final notice.", []string{"a.md:3:42: “thraet” is not a category of harsh words (did you mean “threat”?)"}},
		"no category": {"+++\nharsh = [{ phrase = \"final notice\" }]\n+++\nA final notice.", []string{"a.md:2:22: each entry of harsh needs a category: threat, jargon, shouting"}},
		"no phrase":   {"+++\nharsh = [{ category = \"threat\" }]\n+++\nA final notice.", []string{"a.md:2:1: each entry of harsh needs a phrase: words of the letter"}},
		"no word":     {"+++\nharsh = [{ phrase = \"!!!\", category = \"threat\" }]\n+++\nPay now!!!", []string{"a.md:2:22: “!!!” has no word in it"}},
		"other words": {
			"+++\nharsh = [{ phrase = \"last notice\", category = \"threat\" }]\n+++\nA final notice.",
			[]string{"a.md:2:22: “last notice” does not stand in the letter; copy the words as its reader sees them"},
		},
		"half a word": {
			"+++\nharsh = [{ phrase = \"final notic\", category = \"threat\" }]\n+++\nA final notice.",
			[]string{"a.md:2:22: “final notic” does not stand in the letter; copy the words as its reader sees them"},
		},
		"other capitals": {
			"+++\nharsh = [{ phrase = \"final notice\", category = \"threat\" }]\n+++\nA FINAL NOTICE.",
			[]string{"a.md:2:22: “final notice” does not stand in the letter; the letter writes “FINAL NOTICE”"},
		},
		"in a comment": {
			"+++\nharsh = [{ phrase = \"final notice\", category = \"threat\" }]\n+++\nHi.\n\n<!-- final notice -->",
			[]string{"a.md:2:22: “final notice” does not stand in the letter; copy the words as its reader sees them"},
		},
		"too often": {
			"+++\nharsh = [\n{ phrase = \"final notice\", category = \"threat\" },\n{ phrase = \"final *notice*\", category = \"threat\" }]\n+++\nA final notice.",
			[]string{"a.md:4:13: “final *notice*” is listed 2 times and stands in the letter 1"},
		},
		"judgement": {"+++\noverall = \"hrash\"\n+++\nHi.", []string{"a.md:2:12: “hrash” is not a judgement of a letter (did you mean “harsh”?)"}},
		"element":   {"+++\n[expect]\ndue-date = true\n+++\nHi.", []string{"a.md:3:1: “due-date” is not a label of a required element (did you mean “due_date”?)"}},
		"all of them": {
			"+++\noverall = \"bad\"\nharsh = [{ phrase = \"x\", category = \"threat\" }, { phrase = \"Hi\", category = \"y\" }]\n[expect]\nz = true\n+++\nHi.",
			[]string{
				"a.md:2:12: “bad” is not a judgement of a letter: harsh, neutral, compassionate",
				"a.md:3:22: “x” does not stand in the letter; copy the words as its reader sees them",
				"a.md:3:73: “y” is not a category of harsh words: threat, jargon, shouting",
				"a.md:5:1: “z” is not a label of a required element: gratitude, due_date",
			},
		},
		"language":             {"+++\nlang = \"fr\"\noverall = \"harsh\"\n+++\nHi.", []string{"a.md:2:1: “fr” is not a language of this pack: en, es"}},
		"language, unlabelled": {"+++\nlanguage = \"fr\"\n+++\nHi.", nil},
		"front matter":         {"+++\noveral = \"harsh\"\n+++\nHi.", []string{"a.md:2:1: “overal” is not a key here (did you mean “overall”?)"}},
		"not text":             {"\xff\xfea\x00", []string{"a.md:1:1: this file is UTF-16"}},
	} {
		t.Run(name, func(t *testing.T) {
			s, got := scoreOf(t, c.src)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
			if s.Labelled != 0 {
				t.Errorf("%d letters measured, want none", s.Labelled)
			}
		})
	}
}

// A label that a rule has not, as one that looks for nothing that people
// label, is a fault.
func TestOnlyRulesForLabelsHaveALabel(t *testing.T) {
	_, err := openOver(t, "extends = \"bedside\"\n[guard.ssn]\nlabel = \"number\"\n")
	if want := "rules.toml:3:1: “label” is not a key here"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
