package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// told lists the waivers of a letter, each with the words it covers.
func told(l *Letter) []string {
	var out []string
	for _, w := range l.Waivers {
		covers := "the letter"
		if !w.Whole {
			covers = strings.Join(strings.Fields(l.Text(w.Covers)), " ")
		}
		out = append(out, fmt.Sprintf("%s|%s|%s|%s → %s", w.Rule, w.Because, w.Until, w.By, covers))
	}
	return out
}

// allow is the shortest waiver.
const allow = `<!-- bedside: allow ban.threat because "the form says so" -->`

func TestWaiversAreRead(t *testing.T) {
	for name, c := range map[string]struct{ comment, want string }{
		"shortest":          {allow, "ban.threat|the form says so||"},
		"all clauses":       {`<!-- bedside: allow ban.legalese because "required by state form 12-B" until 2027-03-31 by "Ana Ruiz" -->`, "ban.legalese|required by state form 12-B|2027-03-31|Ana Ruiz"},
		"another order":     {`<!-- bedside: allow ban.legalese by "Ana" until 2027-03-31 because "required by form 12-B" -->`, "ban.legalese|required by form 12-B|2027-03-31|Ana"},
		"typographic marks": {`<!-- bedside: allow a.b because “the form says so” until 2027-03-31 by „Ana“ -->`, "a.b|the form says so|2027-03-31|Ana"},
		"marks of a name":   {`<!-- bedside: allow a.b because «the form says so» by ‘Ana O’Neil’ -->`, "a.b|the form says so||Ana O’Neil"},
		"an apostrophe":     {`<!-- bedside: allow a.b because 'the state's form says' -->`, "a.b|the state's form says||"},
		"quotes inside":     {`<!-- bedside: allow a.b because "form “12-B” says so" -->`, "a.b|form “12-B” says so||"},
		"mended on one end": {`<!-- bedside: allow a.b because "the form says so” -->`, "a.b|the form says so||"},
		"accents, an emoji": {`<!-- bedside: allow a.b because "así lo pide el estado 👩‍⚕️" by "Señora Núñez" -->`, "a.b|así lo pide el estado 👩‍⚕️||Señora Núñez"},
		"several lines":     {"<!-- bedside: allow a.b\n     because \"the form\n     says so\"\n-->", "a.b|the form says so||"},
		"no spaces":         {`<!--bedside:allow a.b because "the form says so"-->`, "a.b|the form says so||"},
		"capitals":          {`<!-- BEDSIDE: Allow a.b Because "the form says so" -->`, "a.b|the form says so||"},
		"a day in quotes":   {`<!-- bedside: allow a.b because "the form says so" until "2027-03-31" -->`, "a.b|the form says so|2027-03-31|"},
		"no-break spaces":   {"<!-- bedside: allow\u00a0a.b because\u00a0\"the form says so\" -->", "a.b|the form says so||"},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			src := strings.ReplaceAll("Hi.\n\n"+c.comment+"\nYou owe us.\n\nThanks.\n", "\n", eol)
			l := parseTest(t, src)
			if got := told(l); !slices.Equal(got, []string{c.want + " → You owe us."}) || len(l.Problems) > 0 {
				t.Errorf("%s: got %q, want %q; problems %q", name, got, c.want, problems(l))
				continue
			}
			w := l.Waivers[0]
			if comment := strings.ReplaceAll(c.comment, "\n", eol); l.Text(w.Span) != comment || l.Text(w.RuleAt) != w.Rule || strings.Trim(l.Text(w.UntilAt), `"`) != w.Until {
				t.Errorf("%s: stands at %q, its rule at %q, its day at %q", name, l.Text(w.Span), l.Text(w.RuleAt), l.Text(w.UntilAt))
			}
		}
	}
}

func TestWaiversCoverTheNextBlock(t *testing.T) {
	const two = `<!-- bedside: allow ban.blame because "so we were told" -->`
	for name, c := range map[string]struct {
		src  string
		want []string // what each covers
	}{
		"the next line":              {allow + "\nA\nb.\n\nC.", []string{"A b."}},
		"over blank lines":           {allow + "\n\n\n\nA.\n\nC.", []string{"A."}},
		"a heading":                  {"A.\n\n" + allow + "\n## B\n\nC.", []string{"B"}},
		"a whole list":               {"A.\n\n" + allow + "\n\n- B\n- C\n\n  D\n\nE.", []string{"B - C D"}},
		"a whole table":              {"A.\n\n" + allow + "\n\n| B | C |\n|---|---|\n| D | E |\n\nF.", []string{"B | C | |---|---| | D | E"}},
		"a whole quote":              {"A.\n\n" + allow + "\n\n> B\n> C\n>\n> D\n\nE.", []string{"B > C > > D"}},
		"code":                       {"A.\n\n" + allow + "\n\n```\nB\n```\n\nE.", []string{"B"}},
		"two before one block":       {allow + "\n" + two + "\nA.\n\nB.", []string{"A.", "A."}},
		"two, blank lines between":   {allow + "\n\n" + two + "\n\nA.\n\nB.", []string{"A.", "A."}},
		"the same twice":             {allow + "\n\n" + allow + "\n\nA.\n\nB.", []string{"A.", "A."}},
		"an author's comment behind": {allow + "\n<!-- ask Ana -->\nA.\n\nB.", []string{"A."}},
		"an author's note behind":    {allow + "\n\n{{! ask Ana }}\n\nA.\n\nB.", []string{"A."}},
		"parting a paragraph":        {"A\n" + allow + "\nb.\n\nC.", []string{"b."}},
		"at the end":                 {"A.\n\n" + allow + "\n", []string{""}},
		"in a list item":             {"- A\n\n  " + allow + "\n\n  B\n\n  C\n- D", []string{"B"}},
		"first in a list item":       {"- " + allow + "\n  A\n- B", []string{"A"}},
		"a list inside a list":       {"- A\n\n  " + allow + "\n\n  - B\n  - C\n- D", []string{"B - C"}},
		"last in a list item":        {"- A\n\n  " + allow + "\n- B", []string{""}},
		"between items":              {"- A\n" + allow + "\n- B\n- C", []string{"B - C"}},
		"in a numbered item":         {"1. " + allow + "\n   A\n2. B", []string{"A"}},
		"behind a tab":               {"-\tA\n\n\t" + allow + "\n\n\tB\n\n\tC", []string{"B"}},
		"in a list in a quote":       {"> - > " + allow + "\n>   > A\n>   >\n>   > B\n", []string{"A"}},
		"a title that stands apart":  {allow + "\nSee [A][a].\n\n[a]: https://example.org \"B\"", []string{"See [A][a]."}},
		"a line across the page":     {"A.\n\n" + allow + "\n\n---\n\nB.", []string{""}},
		"behind a byte order mark":   {"\ufeff" + allow + "\n\nA.\n\nB.", []string{"A."}},
		"in a quote":                 {"> A\n>\n> " + allow + "\n>\n> B\n>\n> C", []string{"B"}},
		"in a quote, over lines":     {"> <!-- bedside: allow ban.threat\n> because \"the form says so\" -->\n> B\n>\n> C", []string{"B"}},
		"last in a quote":            {"> A\n>\n> " + allow + "\n\nB", []string{""}},
		"inside a condition":         {"{{#if portal_url}}\n" + allow + "\nA.\n\nB.\n{{/if}}\n", []string{"A."}},
		"last inside a condition":    {"{{#if portal_url}}\nA.\n\n" + allow + "\n{{/if}}\n\nB.", []string{""}},
		"before else":                {"{{#if portal_url}}\nA.\n\n" + allow + "\n{{else}}\nB.\n{{/if}}\n", []string{""}},
		"a list that goes on behind": {"{{#if portal_url}}\n" + allow + "\n{{/if}}\n\n- A\n- B", []string{""}},
		"part of a list":             {"- A\n{{#if portal_url}}\n- " + allow + "\n  B\n{{/if}}\n- C", []string{"B"}},
		"before a condition":         {allow + "\n\n{{#if portal_url}}\nA.\n\nB.\n{{/if}}\n", []string{"A."}},
		"rows under a condition":     {allow + "\n\n| A | B |\n|--|--|\n{{#if portal_url}}\n| C | D |\n{{/if}}\n| E | F |\n", []string{"A | B | |--|--| {{#if portal_url}} | C | D | {{/if}} | E | F"}},
		"in code it is shown":        {"    " + allow + "\n\nA.", nil},
		"in a fence it is shown":     {"```\n" + allow + "\n```\n\nA.", nil},
		"in backticks it is shown":   {"Write `" + allow + "` so.\n\nA.", nil},
		"another's comment":          {"<!-- bedside manners: allow time because they are worried -->\nA.", nil},
		"a comment that names us":    {"<!-- see bedside: allow ban.threat -->\nA.", nil},
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			l := parseTest(t, strings.ReplaceAll(c.src, "\n", eol))
			var got []string
			for _, w := range l.Waivers {
				got = append(got, strings.Join(strings.Fields(l.Text(w.Covers)), " "))
			}
			if !slices.Equal(got, c.want) || len(l.Problems) > 0 && !strings.HasPrefix(name, "in a fence") {
				t.Errorf("%s: covers %q, want %q; problems %q", name, got, c.want, problems(l))
			}
		}
	}
}

// TestFaultsInWaivers: << >> stand around the bytes that are reported.
func TestFaultsInWaivers(t *testing.T) {
	for name, c := range map[string]struct{ comment, want string }{
		"nothing":            {`<<<!-- bedside: -->>>`, "this waiver says nothing"},
		"no colon":           {`<!-- <<bedside allow>> a.b because "the form says so" -->`, "behind “bedside” a colon is missing"},
		"another verb":       {`<!-- bedside: <<ignore>> a.b because "the form says so" -->`, "“ignore” is not a word here: a waiver begins with allow"},
		"slip of the verb":   {`<!-- bedside: <<alow>> a.b because "the form says so" -->`, "“alow” is not a word here (did you mean “allow”?): a waiver begins with allow"},
		"no rule at all":     {`<<<!-- bedside: allow -->>>`, "this waiver names no rule"},
		"no rule":            {`<!-- bedside: allow <<because>> "the form says so" -->`, "before “because” the name of a rule is missing"},
		"two rules":          {`<!-- bedside: allow <<a.b,>> c.d because "the form says so" -->`, "a waiver is for one rule"},
		"slip of a clause":   {`<!-- bedside: allow a.b <<becuase>> "the form says so" -->`, "“becuase” is not a word here (did you mean “because”?): behind the rule stand because, until and by"},
		"another clause":     {`<!-- bedside: allow a.b because "the form says so" <<from>> 2026-01-01 -->`, "“from” is not a word here: behind the rule stand because, until and by"},
		"twice":              {`<!-- bedside: allow a.b because "the form says so" <<because>> "the law says so" -->`, "this waiver says because twice"},
		"no reason":          {`<<<!-- bedside: allow a.b until 2027-03-31 -->>>`, "this waiver gives no reason"},
		"no quotes":          {`<!-- bedside: allow a.b because <<required>> by state form -->`, "behind because words in quotation marks are missing"},
		"nothing behind":     {`<!-- bedside: allow a.b <<because>> -->`, "behind because words in quotation marks are missing"},
		"as it is explained": {`<!-- bedside: allow a.b because <<"…">> -->`, "“…” says too little for a reason"},
		"an empty reason":    {`<!-- bedside: allow a.b because <<"  ">> -->`, "“” says too little for a reason"},
		"a thin reason":      {`<!-- bedside: allow a.b because <<"legal said so">> -->`, ""},
		"a thinner one":      {`<!-- bedside: allow a.b because <<"it is ok">> -->`, "“it is ok” says too little for a reason"},
		"not closed":         {`<!-- bedside: allow a.b because <<">>the form says so -->`, "behind because a quotation mark is not closed"},
		"a stray quote":      {`<!-- bedside: allow a.b because "the " <<form>> says so" -->`, "“form” is not a word here: behind the rule stand because, until and by"},
		"no day":             {`<!-- bedside: allow a.b because "the form says so" <<until>> -->`, "behind until a day is missing"},
		"a day of no month":  {`<!-- bedside: allow a.b because "the form says so" until <<2027-02-30>> -->`, "“2027-02-30” is no day"},
		"an American day":    {`<!-- bedside: allow a.b because "the form says so" until <<03/31/2027>> -->`, "“03/31/2027” is no day"},
		"a day in words":     {`<!-- bedside: allow a.b because "the form says so" until <<"March 31">> -->`, "“March 31” is no day"},
		"an empty day":       {`<!-- bedside: allow a.b because "the form says so" <<until>> "" -->`, "behind until a day is missing"},
		"nobody":             {`<!-- bedside: allow a.b because "the form says so" <<by>> "" -->`, "behind by a name is missing"},
		"a name, bare":       {`<!-- bedside: allow a.b because "the form says so" by <<Ana>> -->`, "behind by words in quotation marks are missing"},
		"after accents":      {`<!-- bedside: allow a.b because "así lo pide 👩‍⚕️ el estado" <<antes>> -->`, "“antes” is not a word here: behind the rule stand because, until and by"},
	} {
		for _, around := range []string{"A.\n\n%s\nB.\n", "> A.\n>\n> %s\n> B.\n", "- A\n\n  %s\n\n  B"} {
			src := fmt.Sprintf(around, c.comment)
			start := strings.Index(src, "<<<")
			if start < 0 {
				start = strings.Index(src, "<<")
			}
			src = src[:start] + src[start+2:]
			end := strings.LastIndex(src, ">>")
			src = src[:end] + src[end+2:]
			l := parseTest(t, src)
			got := ""
			for _, p := range l.Problems {
				got += fmt.Sprintf("%s %d-%d %s", p.ID, p.Span.Start, p.Span.End, p.Message)
				if p.Try == "" {
					t.Errorf("%s: there is no way out of %q", name, p.Message)
				}
			}
			want := ""
			if c.want != "" {
				want = fmt.Sprintf("waiver %d-%d %s", start, end, c.want)
			}
			if got != want || (len(l.Waivers) == 0) != (want != "") {
				t.Errorf("%s: got %q, want %q; %d waivers", name, got, want, len(l.Waivers))
			}
		}
	}
}

// A waiver where nobody can tell what it is for.
func TestWaiversInTheWay(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"in a paragraph":      {"Please " + allow + " pay.", "1:8 waiver this waiver stands among the words of a line, where nobody can tell what it is for"},
		"behind a paragraph":  {"Please pay. " + allow, "1:13 waiver this waiver stands among the words of a line, where nobody can tell what it is for"},
		"in a heading":        {"# Bill " + allow, "1:8 waiver this waiver stands among the words of a line, where nobody can tell what it is for"},
		"in a cell":           {"| a " + allow + " | b |\n|---|---|\n| c | d |", "1:5 waiver this waiver stands among the words of a line, where nobody can tell what it is for"},
		"between rows":        {"| a | b |\n|---|---|\n| c | d |\n" + allow + "\n| e | f |", "4:1 waiver this waiver parts a table: the rows behind it would be printed as they stand"},
		"between rows, above": {"| a | b |\n|---|---|\n{{#if portal_url}}\n" + allow + "\n| e | f |\n{{/if}}\n", "4:1 waiver this waiver parts a table: the rows behind it would be printed as they stand"},
		"words behind it":     {allow + " Please pay.\n\nA.", "1:1 raw-html what stands behind a comment on its line is not printed"},
		"never closed":        {"A.\n\n<!-- bedside: allow a.b because \"the form says so\"\n\nB.", "3:1 raw-html this comment is never closed, so nothing after it is printed"},
		"between two tables":  {"| a | b |\n|---|---|\n| c | d |\n\n" + allow + "\n| e | f |\n|---|---|\n| g | h |", ""},
		"behind a table":      {"| a | b |\n|---|---|\n| c | d |\n" + allow + "\nA.", ""},
	} {
		if got := strings.Join(problems(parseTest(t, c.src)), "; "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestWaiversOfTheFrontMatter(t *testing.T) {
	l := held(t, `title = "ban.threat"
waivers = [
  { allow = "ban.threat", because = "the form   says so" }, # for good
  { by = "Ana", until = 2027-03-31, because = "nothing is left to pay", allow = "require.due-date" },
  { allow = "ban.threat", because = "so the law has it", until = "2027-04-01" },
]`)
	want := []string{"ban.threat|the form says so|| → the letter", "require.due-date|nothing is left to pay|2027-03-31|Ana → the letter", "ban.threat|so the law has it|2027-04-01| → the letter"}
	if got := told(l); !slices.Equal(got, want) || len(l.Problems) > 0 {
		t.Fatalf("got %q, want %q; problems %q", got, want, problems(l))
	}
	for i, line := range []int{4, 5, 6} {
		w := l.Waivers[i]
		if at := l.Position(w.RuleAt.Start); at.Line != line || l.Text(w.RuleAt) != w.Rule || l.Text(w.UntilAt) != w.Until {
			t.Errorf("waiver %d: rule %q in line %d, want line %d; day %q", i, l.Text(w.RuleAt), at.Line, line, l.Text(w.UntilAt))
		}
	}
	for _, front := range []string{"[[waivers]]\nallow = \"a.b\"\nbecause = \"the form says so\"", "waivers = []\n"} {
		if l := held(t, front); len(l.Problems) > 0 {
			t.Errorf("%q: problems %q", front, problems(l))
		}
	}
}

func TestFaultsInWaiversOfTheFrontMatter(t *testing.T) {
	for name, c := range map[string]struct{ front, want string }{
		"no list":        {`waivers = "x"`, "2:1 front-matter this is text in quotes and has to be a list in brackets"},
		"a list of text": {`waivers = ["x"]`, "2:1 waiver a waiver of the front matter is a table"},
		"slip of a key":  {`waivers = [{ allow = "a.b", becuase = "the form says so" }]`, "2:29 waiver “becuase” is not a key here (did you mean “because”?)"},
		"no rule":        {`waivers = [{ because = "the form says so" }]`, "2:14 waiver this waiver names no rule"},
		"nothing":        {`waivers = [{}]`, "2:1 waiver this waiver names no rule"},
		"no reason":      {`waivers = [{ allow = "a.b" }]`, "2:23 waiver this waiver gives no reason"},
		"a thin reason":  {"waivers = [\n  { allow = \"a.b\", until = 2027-03-31 },\n  { allow = \"a.b\", because = \"ok\" },\n]", "3:14 waiver this waiver gives no reason; 4:20 waiver “ok” says too little for a reason"},
		"a number":       {`waivers = [{ allow = 3, because = "the form says so" }]`, "2:14 waiver allow has to be text in quotes"},
		"no day":         {`waivers = [{ allow = "a.b", because = "the form says so", until = "soon" }]`, "2:68 waiver “soon” is no day"},
		"a wrong day":    {`waivers = [{ allow = "a.b", because = "the form says so", until = true }]`, "2:59 waiver until has to be a day"},
	} {
		l := held(t, c.front)
		if got := strings.Join(problems(l), "; "); got != c.want || len(l.Waivers) > 0 {
			t.Errorf("%s: got %q, want %q; %d waivers", name, got, c.want, len(l.Waivers))
		}
	}
}

// FuzzWaiver holds what must be true of any comment at all: it is read or has
// one fault, and every place is on the boundaries of characters.
func FuzzWaiver(f *testing.F) {
	for _, s := range []string{
		allow, `<!-- bedside: allow a.b by "é" until 2027-03-31 because “así lo pide el 👩‍⚕️” -->`, `<!-- bedside: allow a.b because 'it's so -->`,
		"<!-- bedside:\u00a0allow\u2028a.b because „x“ -->", `<!-- bedside: allow a,b -->`, `<!-- bedside allow -->`, `<!--bedside:-->`, `<!-- bedside: allow a.b until «2027-13-01» -->`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !waiverStart.MatchString(text) || !strings.HasSuffix(text, "-->") {
			text = "<!-- bedside: " + text + "-->"
		}
		w, fault := readWaiver(text)
		inside := func(s Span, what string) {
			if s.Start < 0 || s.End < s.Start || s.End > len(text) || utf8.ValidString(text) && (!boundary(text, s.Start) || !boundary(text, s.End)) {
				t.Fatalf("%s at %v of %q", what, s, text)
			}
		}
		switch {
		case fault != nil:
			if inside(fault.at, fault.message); fault.at.Start == fault.at.End || fault.message == "" || fault.try == "" {
				t.Fatalf("%q: fault %+v", text, fault)
			}
		case w.Rule != text[w.RuleAt.Start:w.RuleAt.End] || w.Because == "":
			t.Fatalf("%q is read as %+v", text, w)
		}
		inside(w.RuleAt, "rule")
		inside(w.UntilAt, "day")
	})
}
