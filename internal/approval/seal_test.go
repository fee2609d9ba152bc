package approval_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"bedside"
	"bedside/internal/approval"
	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

const letterName = "templates/en/x.md"

// signed is a letter with a bit of everything.
const signed = `+++
title = "Your bill"
language = "en"
kinds = ["series"]
purpose = "Asks."
never_if = ["the bill has been paid", { says = "the patient has died", if = "deceased_name" }, { says = "we hold care back", if = "denies_care_for_debt" }]
overall = "neutral"
+++

# Your bill from {{practice_name}}

{{! for authors }}
Dear {{patient_first_name}},

Your part is **{{balance_due}}**, for {{service_summary}}. [Pay](https://pay.example.org/x) or call {{sender_phone}}.

{{#if fpl_limit}}
Help is there up to {{fpl_limit}}.
{{else}}
Help is there.
{{/if}}

{{#unless charges_interest}}
We charge no interest.
{{/unless}}

| What | {{service_date}} |
| :-- | --: |
| Left | {{balance_due}} |

Warmly, {{sender_name}}
`

// A world is the files of a pack, laid over those of the program, and one
// letter.
type world map[string]string

// fewRules open faster than those of the program.
const fewRules = `version = 1
source.A = "a guideline"
[ban.threat]
severity = "error"
says = "%q reads as a threat"
why = "It scares."
source = ["A"]
phrase = [{ find = ["final notice"], try = "a bill", hit = ["A <<final notice>>."], ok = ["Notice this."] }]
[language.en]
[language.es]
`

func newWorld() world { return world{letterName: signed, "rules.toml": fewRules} }

// file is what the world has under a name.
func (w world) file(t *testing.T, name string) string {
	t.Helper()
	if src, ok := w[name]; ok {
		return src
	}
	src, err := fs.ReadFile(bedside.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// A view is what comes of a world: a seal, and every page that can be made.
type view struct {
	seal  approval.Seal
	pages string
}

var errRefused = errors.New("the pack does not open")

func (w world) view(t *testing.T) (view, error) {
	t.Helper()
	files := fstest.MapFS{}
	for name, src := range w {
		files[name] = &fstest.MapFile{Data: []byte(src)}
	}
	pack, err := lint.Open(files, bedside.FS)
	if err != nil {
		return view{}, errRefused
	}
	pages, err := render.Open(files, bedside.FS, pack.Dictionary, pack.Practice)
	if err != nil {
		return view{}, errRefused
	}
	return see(t, approval.NewSealer(pack, pages), pack, pages, w[letterName]), nil
}

// see seals a letter and makes its pages: for everybody, in every form, and
// with the names of fields.
func see(t *testing.T, sealer *approval.Sealer, pack *lint.Pack, pages *render.Pack, src string) view {
	t.Helper()
	l := letter.Parse(letterName, []byte(src), pack.Dictionary, "en")
	seal, err := sealer.Seal(letterName, l)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	show := func(o render.Options) {
		sheet, err := pages.Sheet(l, o)
		if err != nil {
			fmt.Fprintln(&all, err)
			return
		}
		all.Write(pages.Page([]render.Sheet{sheet}, false))
	}
	for _, person := range pages.People {
		show(render.Options{Person: person.ID, Form: -1})
	}
	typical := pages.People[0].ID
	for form := range l.Forms {
		show(render.Options{Person: typical, Form: form})
	}
	show(render.Options{Person: typical, Form: -1, Fields: true})
	all.Write(pages.Index([]render.IndexEntry{{Href: "x.html", Meta: &l.Meta, Ready: true}}))
	return view{seal, all.String()}
}

// edited is a world with one text of a file in place of another.
func edited(t *testing.T, file, from, to string) world {
	t.Helper()
	w := newWorld()
	src := w.file(t, file)
	if !strings.Contains(src, from) {
		t.Fatalf("%s has no %q", file, from)
	}
	w[file] = strings.Replace(src, from, to, 1)
	return w
}

func TestWhatBreaksASeal(t *testing.T) {
	first, err := newWorld().view(t)
	if err != nil {
		t.Fatal(err)
	}
	const (
		practice = "templates/practice.toml"
		fields   = "templates/fields.toml"
		css      = "templates/letter.css"
		html     = "templates/letter.html"
	)
	for name, c := range map[string]struct {
		file, from, to string
		want           string // what is said to have changed; "" when the seal holds
	}{
		"a word":                        {letterName, "Help is there.", "Help is here.", "the letter"},
		"a heading":                     {letterName, "# Your bill", "# Your Bill", "the letter"},
		"the level of a heading":        {letterName, "# Your", "## Your", "the letter"},
		"emphasis":                      {letterName, "**{{balance_due}}**", "*{{balance_due}}*", "the letter"},
		"where a link goes":             {letterName, "org/x", "org/y", "the letter"},
		"a condition":                   {letterName, "{{#unless charges_interest}}\nWe", "{{#if charges_interest}}\nWe", "the letter"},
		"what a condition asks for":     {letterName, "{{#if fpl_limit}}", "{{#if portal_url}}", "the letter"},
		"the name of a field":           {letterName, "{{sender_phone}}", "{{office_phone}}", "the letter"},
		"the title":                     {letterName, `"Your bill"`, `"Our bill"`, "the letter"},
		"the language":                  {letterName, `language = "en"`, `language = "es"`, "the letter, practice.toml: office_hours"},
		"kinds":                         {letterName, `kinds = ["series"]`, `kinds = ["series", "reminder"]`, "the letter"},
		"the slip":                      {letterName, `kinds = ["series"]`, `kinds = ["plan"]`, "the letter, practice.toml: mail"},
		"the purpose":                   {letterName, "Asks.", "Asks!", "the letter"},
		"who must not get it":           {letterName, `"deceased_name"`, `"patient_is_minor"`, "the letter"},
		"the alignment of a column":     {letterName, "| --: |", "| :-- |", "the letter"},
		"a note to authors":             {letterName, "for authors", "for you", ""},
		"another note":                  {letterName, "Dear", "{{! more }}\n\nDear", ""},
		"a note away":                   {letterName, "{{! for authors }}\n", "", ""},
		"a label":                       {letterName, "neutral", "harsh", ""},
		"a comment in front matter":     {letterName, "+++\ntitle", "+++\n# Ours.\ntitle", ""},
		"spaces at the end":             {letterName, "Help is there.", "Help is there. ", ""},
		"the ends of lines":             {letterName, signed, strings.ReplaceAll(signed, "\n", "\r\n"), ""},
		"a mark that nobody sees":       {letterName, "+++", "\ufeff+++", ""},
		"style":                         {css, "margin", "Margin", "the page (letter.html, letter.css)"},
		"the page":                      {html, "<main>", "<main >", "the page (letter.html, letter.css)"},
		"the phone of the sender":       {practice, "555-0144", "555-0145", "practice.toml: sender_phone"},
		"the name of the office":        {practice, `practice_name         = "Maple`, `practice_name         = "Naple`, "practice.toml: practice_name"},
		"a value away":                  {practice, "tty_phone", "# tty_phone", "practice.toml: tty_phone"},
		"a fact that it asks for":       {practice, "charges_interest = false", "charges_interest = true", "practice.toml: charges_interest"},
		"a fact that holds it back":     {practice, "denies_care_for_debt = false", "denies_care_for_debt = true", "practice.toml: denies_care_for_debt"},
		"a fact of every page":          {practice, "offers_interpreters = true", "offers_interpreters = false", "practice.toml: offers_interpreters"},
		"the envelope":                  {practice, `envelope = "#10 double`, `envelope = "#10 single`, "practice.toml: mail"},
		"a value that it does not use":  {practice, "31920", "31921", ""},
		"a fact that it does not use":   {practice, "sues_patients = false", "sues_patients = true", ""},
		"the same in another language":  {practice, "lunes a viernes", "lunes a jueves", ""},
		"a comment of the office":       {practice, "# Who you are", "# Who we are", ""},
		"the type of a field":           {fields, "[service_summary]", "[service_summary]\n# words\n", ""},
		"an example":                    {fields, `example = "May 4, 2026"`, `example = "May 5, 2026"`, "fields.toml: letter_date"},
		"what another tool calls it":    {fields, `"date mailed"`, `"day mailed"`, ""},
		"a rule":                        {"rules.toml", `severity = "error"`, `severity = "note"`, "the rules"},
		"a comment between rules":       {"rules.toml", "\n", "\n# Ours.\n", ""},
		"that an approval is asked for": {"rules.toml", "[language.en]", "[approval]\nrequired = true\n[language.en]", ""},
		"another letter":                {"templates/en/reminder-30.md", "+++", "+++ ", ""},
		"people":                        {"templates/people.toml", `name = "Typical"`, `name = "Usual"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			now, err := edited(t, c.file, c.from, c.to).view(t)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(now.seal.Changes(first.seal), ", "); got != c.want {
				t.Errorf("changed: %q, want %q", got, c.want)
			}
			if c.want == "" && now.pages != first.pages && c.file != "templates/people.toml" {
				t.Error("the seal holds, and pages are others")
			}
		})
	}
}

// What no part of a seal explains is this program.
func TestAnotherProgramBreaksASeal(t *testing.T) {
	now, err := newWorld().view(t)
	if err != nil {
		t.Fatal(err)
	}
	then := now.seal
	then.Sum = "sha256:" + strings.Repeat("0", 64)
	if got := now.seal.Changes(then); !slices.Equal(got, []string{"how Bedside writes pages"}) {
		t.Errorf("changed: %q", got)
	}
}

func TestTheSealKnowsWhereTheLetterIs(t *testing.T) {
	w := newWorld()
	pack, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := render.Open(bedside.FS, bedside.FS, pack.Dictionary, pack.Practice)
	if err != nil {
		t.Fatal(err)
	}
	sealer := approval.NewSealer(pack, pages)
	seal := func(name, path string) approval.Seal {
		got, err := sealer.Seal(name, letter.Parse(path, []byte(w[letterName]), pack.Dictionary, "en"))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if a, b := seal("a.md", "a.md"), seal("a.md", "../pack/a.md"); a.Sum != b.Sum {
		t.Error("the seal depends on the folder that one works in")
	}
	if a, b := seal("a.md", "a.md"), seal("b.md", "a.md"); a.Sum == b.Sum {
		t.Error("two letters have the same seal")
	}
}

// TestNoByteOfTheLetterSlipsThrough: whichever byte of the letter is another,
// the seal breaks when any page is another.
func TestNoByteOfTheLetterSlipsThrough(t *testing.T) {
	files := fstest.MapFS{}
	pack, err := lint.Open(files, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := render.Open(files, bedside.FS, pack.Dictionary, pack.Practice)
	if err != nil {
		t.Fatal(err)
	}
	sealer := approval.NewSealer(pack, pages)
	first := see(t, sealer, pack, pages, signed)
	broken, held := 0, 0
	for i := range signed {
		for _, to := range []string{"", "e", " ", "*"} {
			src := signed[:i] + to + signed[i+1:]
			if src == signed || (i+len(to))%9 != 0 {
				continue
			}
			now := see(t, sealer, pack, pages, src)
			same := now.seal.Sum == first.seal.Sum
			if same && now.pages != first.pages {
				t.Fatalf("byte %d, %q, as %q: the seal holds, and pages are others", i, signed[i:i+1], to)
			}
			if same {
				held++
			} else {
				broken++
			}
		}
	}
	if broken < 200 || held < 5 {
		t.Errorf("%d seals broke and %d held: this proves little", broken, held)
	}
}

// TestNoValueOfTheOfficeSlipsThrough does the same with every value and fact
// of practice.toml, and every part of a page.
func TestNoValueOfTheOfficeSlipsThrough(t *testing.T) {
	first, err := newWorld().view(t)
	if err != nil {
		t.Fatal(err)
	}
	var edits []world
	practice := "templates/practice.toml"
	src := newWorld().file(t, practice)
	for _, line := range regexp.MustCompile(`(?m)^\w+ *= .*$`).FindAllString(src, -1) {
		edits = append(edits, edited(t, practice, line, "# "+line))
		for _, swap := range [][2]string{{"true", "false"}, {"false", "true"}, {"5", "6"}, {"a", "e"}} {
			key, value, _ := strings.Cut(line, "=")
			if other := strings.Replace(value, swap[0], swap[1], 1); other != value {
				edits = append(edits, edited(t, practice, line, key+"="+other))
				break
			}
		}
	}
	for _, file := range []string{"templates/letter.html", "templates/letter.css"} {
		src := newWorld().file(t, file)
		for i := 0; i < len(src); i += len(src) / 12 {
			w := newWorld()
			w[file] = src[:i] + "x" + src[i:]
			edits = append(edits, w)
		}
	}
	fields := newWorld().file(t, "templates/fields.toml")
	for _, name := range []string{"practice_name", "balance_due", "service_summary", "sender_phone", "office_hours", "account_last4", "recipient_name", "fpl_limit"} {
		at := strings.Index(fields, "["+name+"]")
		for _, typ := range []string{"text", "words", "name", "list"} {
			w := newWorld()
			w["templates/fields.toml"] = fields[:at] + regexp.MustCompile(`type = "\w+"`).ReplaceAllLiteralString(fields[at:at+400], `type = "`+typ+`"`) + fields[at+400:]
			edits = append(edits, w)
		}
	}
	seen := 0
	for _, w := range edits {
		now, err := w.view(t)
		if errors.Is(err, errRefused) {
			continue
		}
		seen++
		if now.seal.Sum == first.seal.Sum && now.pages != first.pages {
			var files []string
			for name := range w {
				files = append(files, name)
			}
			slices.Sort(files)
			t.Errorf("the seal holds, and pages are others, after an edit in one of %v", files)
		}
	}
	if seen < 80 {
		t.Errorf("%d edits of %d were seen: this proves little", seen, len(edits))
	}
}
