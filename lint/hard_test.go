package lint

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// easy are three sentences of 36 words, all of one syllable.
const easy = "We sent you the bill for your care last week. You can pay it now or pay a bit each month. " +
	"Please call us if you need some more time to pay your part of it. "

// TestHardestSentence: the share of the last sentence was worked out by hand.
// The letter has 4 sentences, 41 words and 53 syllables, a grade of
// 0.39·41/4 + 11.8·53/41 − 15.59 = 3.66; without its last sentence 3, 36 and
// 36, a grade of 0.39·36/3 + 11.8·36/36 − 15.59 = 0.89.
func TestHardestSentence(t *testing.T) {
	const hard = "Documentation of eligibility is necessary."
	p := openPack(t)
	for _, src := range []string{easy + hard, hard + "\n\n" + easy, "# Documentation\n\n" + easy + "\n\n- " + hard, easy + "**Documentation** of\neligibility is necessary."} {
		res := p.Check("x.md", []byte(src))
		places := p.HardPlaces(res)
		if len(places.Sentences) != 1 {
			t.Errorf("%q: want 1 hard sentence, got %d", src, len(places.Sentences))
			continue
		}
		got := places.Sentences[0]
		if got.Text != hard || got.Words != 5 || math.Abs(got.Share-2.7712) > 0.0001 {
			t.Errorf("%q: want “%s”, 5 words, 2.7712, got “%s”, %d, %.4f", src, hard, got.Text, got.Words, got.Share)
		}
		if words := strings.NewReplacer("*", "", "\n", " ").Replace(res.Letter.Text(got.Span)); words != strings.TrimPrefix(hard, "**") {
			t.Errorf("%q: its place is %q", src, words)
		}
	}
}

// TestHardestSentences: the order, what is left out, and what is printed in
// other forms.
func TestHardestSentences(t *testing.T) {
	p := openPack(t)
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"the hardest first, three at most": {
			easy + "Documentation is a necessary thing. Documentation of eligibility is necessary. " +
				"Your balance is a delinquent balance. Ineligibility notification necessitates administrative documentation.",
			[]string{"Ineligibility notification necessitates administrative documentation.", "Documentation of eligibility is necessary.",
				"Documentation is a necessary thing."},
		},
		"a field is named":    {easy + "Documentation for {{patient_first_name}} is necessary.", []string{"Documentation for {{patient_first_name}} is necessary."}},
		"all alike":           {"We can help you now. We can help you now. We can help you now. We can help you now. We can help you now. We can help you now.", nil},
		"too short a letter":  {"We can help. Documentation of eligibility is necessary.", nil},
		"too short to change": {easy + "Documentation is necessary.", nil},
		"in the hardest form only": {
			easy + "\n\n{{#if portal_url}}\nDocumentation of eligibility is necessary.\n{{else}}\nDocumentation is a necessary thing.\n{{/if}}",
			[]string{"Documentation of eligibility is necessary."},
		},
		"no running text": {"# Documentation of eligibility is necessary\n\n" + easy, []string{"Please call us if you need some more time to pay your part of it."}},
		"empty":           {"", nil},
	} {
		var got []string
		for _, s := range p.HardPlaces(p.Check("x.md", []byte(c.src))).Sentences {
			got = append(got, s.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: want %q, got %q", name, c.want, got)
		}
	}
}

// TestHardForms: the forms that are told are those with the running text that
// was scored, whatever else differs.
func TestHardForms(t *testing.T) {
	p := openPack(t)
	const hard = "{{#if portal_url}}\nDocumentation of eligibility is necessary.\n{{/if}}\n"
	for name, c := range map[string]struct{ src, want string }{
		"one form":             {easy, ""},
		"one of two":           {easy + "\n\n" + hard, "with portal_url"},
		"a heading or none":    {easy + "\n\n{{#if due_date}}\n## When\n{{/if}}\n", ""},
		"a heading and a part": {easy + "\n\n" + hard + "\n{{#if due_date}}\n## When\n{{/if}}\n", "with portal_url"},
	} {
		res := p.Check("x.md", []byte(c.src))
		if got := strings.Join(res.Letter.Describe(res.Readability.Forms), "; "); got != c.want {
			t.Errorf("%s: want %q, got %q", name, c.want, got)
		}
	}
}

// TestReadingLimitBeginsAtTheHardestSentence: the finding stands where there is
// most to gain.
func TestReadingLimitBeginsAtTheHardestSentence(t *testing.T) {
	p := openPack(t)
	for _, c := range []struct{ lang, src, text, message string }{
		{
			"en", "Help is here. Subsequent documentation of ineligibility necessitates administrative communication regarding reimbursement. " + easy,
			"Subsequent documentation of ineligibility necessitates administrative communication regarding reimbursement.",
			"reading grade 6.8; aim at 6 or below; begin with this sentence, it adds 6.8",
		},
		{
			"es", "Su plan ya pagó. Con posterioridad a la adjudicación, la administración facilitará la documentación administrativa correspondiente a la notificación. " +
				"La puede pagar hoy o poco a poco. Si no puede, llame.",
			"Con posterioridad a la adjudicación, la administración facilitará la documentación administrativa correspondiente a la notificación.",
			"reading ease (INFLESZ) 56.4; aim at 65 or above; begin with this sentence, it takes 55.5",
		},
		{"en", strings.Repeat("We can communicate anytime about it. ", 6), "", "reading grade 10.4; aim at 6 or below"},
	} {
		res := p.CheckAs("x.md", []byte(c.src), c.lang)
		i := slices.IndexFunc(res.Findings, func(f Finding) bool { return f.Rule.Reading() })
		if i < 0 {
			t.Errorf("%q: no limit on reading is passed", c.src)
			continue
		}
		f := &res.Findings[i]
		if f.Message != c.message || f.Text != c.text || res.Letter.Text(f.Span) != c.text {
			t.Errorf("%q:\nwant %q: %q\n got %q: %q at %q", c.src, c.text, c.message, f.Text, f.Message, res.Letter.Text(f.Span))
		}
	}
}

// hardList writes hard words as "word ×2 → plainer, plainer", with the rule of
// the finding they have.
func hardList(places HardPlaces) []string {
	var out []string
	for _, w := range places.Words {
		s := w.Text
		if w.Count > 1 {
			s += fmt.Sprintf(" ×%d", w.Count)
		}
		if len(w.Plainer) > 0 {
			s += " → " + strings.Join(w.Plainer, ", ")
		}
		if w.Finding != nil {
			s += " (" + w.Finding.Rule.ID + ")"
		}
		out = append(out, s)
	}
	return out
}

func TestHardWords(t *testing.T) {
	p := openPack(t)
	for name, c := range map[string]struct {
		src  string
		want []string
	}{
		"with a plainer word":       {"Call us for assistance.", []string{"assistance → help"}},
		"in any form":               {"We assist you, and we are assisting them, and assistance is free.", []string{"assist ×3 → help"}},
		"short, but known":          {"You can obtain one here.", []string{"obtain → get"}},
		"long, and none known":      {"This is about a reconciliation.", []string{"reconciliation"}},
		"everyone knows it":         {"Your family's insurance and your hospital, another day, already.", nil},
		"an owner's":                {"Call the hospital's insurance’s desk.", nil},
		"a name":                    {"Please ask Alejandra Villanueva at Mount Washington, our Financial Assistance Office.", nil},
		"maybe a name":              {"Alejandra can help you. Reconciliation is here.", nil},
		"a field":                   {"Please ask {{practice_name}} about {{service_summary}} now.", nil},
		"the first of its sentence": {"Assistance is free. Assistance is here.", []string{"Assistance ×2 → help"}},
		"shouted":                   {"You need IMMEDIATE care.", []string{"IMMEDIATE → quick"}},
		"the most frequent first":   {"The reconciliation is additional. It is an additional call.", []string{"additional ×2 → more, other", "reconciliation"}},
		"a swap of a rule":          {"We will facilitate it.", []string{"facilitate → help, make easier (limit.plain-words)"}},
		"a phrase of a rule":        {"This is about delinquency, my friend.", []string{"delinquency (ban.blame)"}},
		"no running text":           {"# Documentation\n\n| Documentation |\n| :-- |\n| Eligibility |", nil},
		"broken by a soft hyphen":   {"Call us for assis\u00adtance.", []string{"assistance → help"}},
		"in Spanish": {"+++\nlanguage = \"es\"\n+++\n\nSolicitamos una notificación, y la NOTIFICACIÓN es para usted y su familia.",
			[]string{"notificación ×2 → aviso", "Solicitamos → pedir"}},
	} {
		got := hardList(p.HardPlaces(p.Check("x.md", []byte(c.src))))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: want %q, got %q", name, c.want, got)
		}
	}
}

// TestAnOfficesPlainWords: an office adds to the lists, and what everyone knows
// there is not hard.
func TestAnOfficesPlainWords(t *testing.T) {
	p, err := openOver(t, `extends = "bedside"
[language.en]
everyday = ["copayment~", "assistance"]
[language.en.plain]
superbill = ["list of charges"]
"additional" = ["another"]
`)
	if err != nil {
		t.Fatal(err)
	}
	got := hardList(p.HardPlaces(p.Check("x.md", []byte("An additional copayment and assistance, insurance and a superbill are documentation."))))
	want := []string{"additional → another", "superbill → list of charges", "documentation → papers (limit.plain-words)"}
	if !slices.Equal(got, want) {
		t.Errorf("want %q, got %q", want, got)
	}
}
