package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const twinEnglish = `+++
title = "Your bill"
language = "en"
kinds = ["series", "reminder"]
stage = "reminder-30"
send_only_if = ["the plan has decided"]
never_if = [
  "a question is open",
  { says = "the patient has died", if = "deceased_name" },
]
+++

# Your bill

Dear {{patient_first_name}},

We know that a bill can be hard. Thank you for your trust.

| Your bill | Account ending in {{account_last4}} |
| :-- | --: |
| What it is for | {{service_summary}} on {{service_date}} |
| Left to pay | **{{balance_due}}** |

{{#if portal_url}}
To pay online, go to {{portal_url}}.
{{/if}}

{{#unless charges_interest}}
We do not charge interest.
{{/unless}}

Please call {{office_phone}}.

Warmly,

{{sender_name}}
`

const twinSpanish = `+++
title = "Su factura"
language = "es"
kinds = ["reminder", "series"]
stage = "reminder-30"
send_only_if = ["el plan ha decidido"]
never_if = [
  { says = "el paciente ha fallecido", if = "deceased_name" },
  "hay una pregunta sin responder",
]
+++

# Su factura

Hola, {{patient_first_name}}:

Sabemos que una factura puede ser difícil. Gracias por su confianza.

| Su factura | Cuenta que termina en {{account_last4}} |
| :-- | --: |
| Por qué | {{service_summary}} del {{service_date}} |
| Queda por pagar | **{{balance_due}}** |

{{#unless charges_interest}}
No cobramos intereses.
{{/unless}}

{{#if portal_url}}
Para pagar en línea, vaya a {{portal_url}}.
{{/if}}

Por favor, llame al {{office_phone}}.

Atentamente,

{{sender_name}}
`

// twinFindings checks two letters as a folder and lists what letter.twin
// finds: in which, where, and in which forms.
func twinFindings(p *Pack, first, second string) []string {
	paths := []string{"templates/en/a.md", "templates/es/a.md"}
	twins := p.Twins(paths)
	var got []string
	for i, src := range []string{first, second} {
		res := p.Check(paths[i], []byte(src))
		twins.Compare(res)
		for _, f := range res.Findings {
			if f.Rule.ID == twinRule {
				at := res.Letter.Position(f.Span.Start)
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s:%d:%d: %s %s", res.Path, at.Line, at.Column, f.Message, strings.Join(res.Letter.Describe(f.Forms), "; "))))
			}
		}
	}
	return got
}

func TestTwins(t *testing.T) {
	p := openPack(t)
	change := func(old, new string) string {
		if strings.Count(twinSpanish, old) != 1 {
			t.Fatalf("%q stands %d times in the letter", old, strings.Count(twinSpanish, old))
		}
		return strings.Replace(twinSpanish, old, new, 1)
	}
	for name, c := range map[string]struct {
		spanish string
		want    []string
	}{
		"other words": {twinSpanish, nil},
		"kinds":       {change(`["reminder", "series"]`, `["series"]`), []string{"4:1: the English letter is of the kinds reminder, series, this one of series"}},
		"stage":       {change("reminder-30", "reminder-60"), []string{"5:1: the English letter is of the stage “reminder-30”, this one of “reminder-60”"}},
		"a field less": {change(" del {{service_date}}", ""), []string{
			"13:3: the English letter uses {{service_date}}, this one does not"}},
		"a field more": {change("por su confianza", "por su confianza, {{patient_last_name}}"), []string{
			"17:70: this letter uses {{patient_last_name}}, the English one does not"}},
		"a field in other forms": {change("\n\nAtentamente", " Escriba a {{portal_url}}.\n\nAtentamente"), []string{
			"29:29: this letter uses {{portal_url}}, the English one does not without portal_url"}},
		"a condition less": {change("{{#unless charges_interest}}\nNo cobramos intereses.\n{{/unless}}\n\n", ""), []string{
			"13:3: the English letter has a condition on charges_interest, this one does not"}},
		"a condition more": {change("Por favor, llame al {{office_phone}}.", "{{#if sender_title}}\nUn saludo.\n{{/if}}\n\nPor favor, llame al {{office_phone}}."), []string{
			"32:1: this letter has a condition on sender_title, the English one does not"}},
		"the other way round": {strings.Replace(change("{{#if portal_url}}", "{{#unless portal_url}}"), "{{portal_url}}.\n{{/if}}", "{{portal_url}}.\n{{/unless}}", 1), []string{
			"13:3: the English letter uses {{portal_url}}, this one does not with portal_url",
			"29:29: this letter uses {{portal_url}}, the English one does not without portal_url"}},
		"an element less": {change(" Gracias por su confianza.", ""), nil}, // require.gratitude says so
		"a row less": {change("| Queda por pagar | **{{balance_due}}** |\n", "") + "\n{{balance_due}}\n", []string{
			"13:3: the English letter has a table with 3 rows of fields, this one a table with 2 rows of fields"}},
		"no table":          {change("| :-- | --: |\n", ""), []string{"13:3: the English letter has a table with 3 rows of fields, this one no table"}},
		"a hold less":       {change("  \"hay una pregunta sin responder\",\n", ""), []string{"7:1: never_if of the English letter has 2 conditions, that of this one 1"}},
		"a hold unchecked":  {change(`{ says = "el paciente ha fallecido", if = "deceased_name" }`, `"el paciente ha fallecido"`), []string{"7:1: never_if of the English letter looks if deceased_name is there, that of this one does not"}},
		"no holds at all":   {change("send_only_if = [\"el plan ha decidido\"]\n", ""), []string{"1:1: send_only_if of the English letter has 1 condition, that of this one 0"}},
		"the same language": {strings.Replace(twinSpanish, `"es"`, `"en"`, 1), []string{"3:1: this letter is in English, and so is its twin"}},
		"no front matter":   {"# Su factura\n\nHola.", nil},
		"broken":            {change(`language = "es"`, `language = es`), nil},
	} {
		got := twinFindings(p, twinEnglish, c.spanish)
		want := slices.Clone(c.want)
		for i := range want {
			want[i] = "templates/es/a.md:" + want[i]
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func TestTwinsLieInFoldersOfLanguages(t *testing.T) {
	p := openPack(t)
	other := strings.Replace(twinSpanish, "reminder-30", "reminder-60", 1)
	for name, c := range map[string]struct {
		paths []string
		want  bool
	}{
		"side by side":         {[]string{"templates/en/a.md", "templates/es/a.md"}, true},
		"here":                 {[]string{"en/a.md", "es/a.md"}, true},
		"at the root":          {[]string{"/en/a.md", "/es/a.md"}, true},
		"others between":       {[]string{"en/a.md", "en/b.md", "es/a.md"}, true},
		"another name":         {[]string{"en/a.md", "es/b.md"}, false},
		"another folder":       {[]string{"one/en/a.md", "two/es/a.md"}, false},
		"no language":          {[]string{"en/a.md", "old/a.md"}, false},
		"no folder":            {[]string{"a.md", "es/a.md"}, false},
		"one of them":          {[]string{"es/a.md"}, false},
		"deeper on both sides": {[]string{"en/new/a.md", "es/new/a.md"}, false},
	} {
		twins, found := p.Twins(c.paths), false
		for i, path := range c.paths {
			src := twinEnglish
			if i == len(c.paths)-1 {
				src = other
			}
			res := p.Check(path, []byte(src))
			before := len(res.Findings)
			twins.Compare(res)
			found = found || len(res.Findings) > before
		}
		if found != c.want {
			t.Errorf("%s: compared %v, want %v", name, found, c.want)
		}
	}
}

// TestTwinsOfThePack holds the letters of the pack that there are in two
// languages to each other.
func TestTwinsOfThePack(t *testing.T) {
	p := openPack(t)
	paths, err := filepath.Glob("../templates/*/*.md")
	if err != nil || len(paths) == 0 {
		t.Fatal("no letters", err)
	}
	twins := p.Twins(paths)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		res := p.Check(path, src)
		twins.Compare(res)
		if got := listed(res, twinRule); got != "" {
			t.Errorf("%s: %s", path, got)
		}
	}
}

// What a letter of the pack holds, its twin in Spanish holds as well, in every
// form.
func TestTwinsOfThePackHoldTheSame(t *testing.T) {
	p := openPack(t)
	held := func(file string) (names []string) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Check(file, src).Elements {
			if e.Present {
				names = append(names, e.Name)
			}
		}
		return names
	}
	files, err := filepath.Glob("../templates/es/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no letters in Spanish", err)
	}
	for _, file := range files {
		twin := filepath.Join("../templates/en", filepath.Base(file))
		if es, en := held(file), held(twin); !slices.Equal(es, en) {
			t.Errorf("%s holds %q, and %s %q", file, es, twin, en)
		}
	}
}
