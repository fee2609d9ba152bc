package lint

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"bedside/internal/strict"
)

// openPack opens the pack of this repository.
func openPack(t testing.TB) *Pack {
	t.Helper()
	p, err := Open(os.DirFS(".."), os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// openOver opens an office's rules.toml over the pack of this repository.
func openOver(t testing.TB, rules string) (*Pack, error) {
	t.Helper()
	return Open(fstest.MapFS{"rules.toml": {Data: []byte(rules)}}, os.DirFS(".."))
}

func TestEveryRuleIsProven(t *testing.T) {
	p := openPack(t)
	for _, f := range p.Prove() {
		t.Errorf("%s %s: %s", f.Rule.ID, f.Message, f.Sentence)
	}
	if n := p.Proofs(); n < 1000 {
		t.Errorf("only %d sentences prove the rules", n)
	}
}

// TestProveFindsBadProof shows that a proof can fail.
func TestProveFindsBadProof(t *testing.T) {
	p, err := openOver(t, `extends = "bedside"
[[ban.threat.phrase]]
find = ["purple cow"]
try = "x"
hit = ["A <<purple>> cow.", "A <<brown>> cow."]
ok = ["Not a purple cow."]
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range p.Prove() {
		got = append(got, f.Rule.ID+" "+f.Message+": "+f.Sentence)
	}
	want := []string{
		"ban.threat finds “purple cow”, not “purple”: A <<purple>> cow.",
		"ban.threat finds nothing: A <<brown>> cow.",
		"ban.threat finds “purple cow”, and should find nothing: Not a purple cow.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestAGuardIsProvenWhereItLooks: its sentences are titles or file names when
// it looks only at those.
func TestAGuardIsProvenWhereItLooks(t *testing.T) {
	for _, where := range []string{"letter", "title", "file"} {
		p, err := openOver(t, `extends = "bedside"
[guard.cow]
severity = "note"
says = "%q is a cow"
why = "x"
source = ["HIPAA"]
where = ["`+where+`"]
find = ["purple cow"]
hit = ["<<Purple cow>>"]
ok = ["brown cow"]
`)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range p.Prove() {
			t.Errorf("%s: %s %s: %s", where, f.Rule.ID, f.Message, f.Sentence)
		}
		front := "+++\ntitle = \"A purple cow\"\nlanguage = \"en\"\n+++\n\n# A brown cow\n"
		found := slices.ContainsFunc(p.Check("brown-cow.md", []byte(front)).Findings, func(f Finding) bool { return f.Rule.ID == "guard.cow" })
		if found != (where == "title") {
			t.Errorf("%s: a cow in the title is found: %v", where, found)
		}
	}
}

// TestFixedIDs holds the ids that people write in waivers.
func TestFixedIDs(t *testing.T) {
	p := openPack(t)
	for _, id := range strings.Fields(`
		require.acknowledgment require.payment-options require.contact-info require.amount-owed require.due-date
		require.financial-assistance require.invitation require.gratitude require.personal-greeting require.sign-off
		require.dispute require.language-help require.already-paid require.insurance-check
		ban.threat ban.blame ban.shame ban.demand ban.urgency ban.legalese ban.jargon ban.false-implication ban.condescension
		limit.reading-grade limit.reading-ease limit.sentence-length limit.paragraph-length limit.letter-length
		limit.shouting limit.exclamation limit.passive`) {
		if r := p.Rule(id); r == nil || r.Off {
			t.Errorf("rule %s is gone", id)
		}
	}
	kinds := map[string]int{}
	for _, r := range p.Rules {
		kinds[r.Kind]++
		if r.Why == "" || r.Says == "" {
			t.Errorf("%s does not say what it is or why", r.ID)
		}
	}
	for _, k := range []string{"require", "ban", "limit", "guard", "promise", "letter"} {
		if kinds[k] == 0 {
			t.Errorf("no rule of the kind %s", k)
		}
	}
}

// brokenPacks are rules.toml with one fault each, what is said of it, and what
// the carets stand under.
func brokenPacks(t *testing.T) map[string]struct{ rules, want, under string } {
	t.Helper()
	practice, err := os.ReadFile("../templates/practice.toml")
	if err != nil {
		t.Fatal(err)
	}
	office, _, _ := strings.Cut(string(practice), "\n[facts]\n")
	facts := strconv.Itoa(strings.Count(office, "\n") + 2) // the line where they begin
	return map[string]struct{ rules, want, under string }{
		"unknown key": {
			"extends = \"bedside\"\n[ban.threat]\nseverty = \"note\"\n",
			"rules.toml:3:1: “severty” is not a key here (did you mean “severity”?)", "severty",
		},
		"unknown kind": {
			"extends = \"bedside\"\n[bann.threat]\nseverity = \"note\"\n",
			"rules.toml:2:1: “bann” is not a key here (did you mean “ban”?)", "[bann.threat]",
		},
		"unknown severity": {
			"extends = \"bedside\"\n[ban.threat]\nseverity = \"eror\"\n",
			"rules.toml:3:13: “eror” is not a severity (did you mean “error”?)", "eror",
		},
		"safe word with a sign": {
			"extends = \"bedside\"\n[limit.plain-words]\nsafe = [\"in order to\", \"utiliz*\"]\n",
			"rules.toml:3:25: “utiliz*” cannot be safe: it has to be one of swap, in plain words, and its short one not safe itself", "utiliz*",
		},
		"safe word that is no swap": {
			"extends = \"bedside\"\n[limit.plain-words]\nsafe = [\"prior to\"]\n",
			"rules.toml:3:10: “prior to” cannot be safe", "prior to",
		},
		"bad pattern": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"good\", \"one (two\"]\ntry = \"x\"\nhit = [\"<<good>>\"]\nok = [\"x\"]\n",
			"rules.toml:3:22: ", "(two",
		},
		"bad pattern of a language": {
			"extends = \"bedside\"\n[language.en]\nwindow = 5\ntraps = [\"not only\", \"(not xx\"]\n",
			"rules.toml:4:23: the bracket is not closed", "(not xx",
		},
		"empty negator": {
			"extends = \"bedside\"\n[language.en]\nnegators = [\"\"]\n",
			"rules.toml:2:1: ", "[language.en]",
		},
		"no proof": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"good\"]\ntry = \"x\"\nhit = [\"<<good>>\"]\n",
			"rules.toml:3:10: a phrase needs try, a hit and an ok: what to write instead, a sentence it finds, and a near miss", "good",
		},
		"a new rule without a reason": {
			"extends = \"bedside\"\n[ban.mine]\nseverity = \"note\"\nsays = \"%q\"\n",
			"rules.toml:2:1: ban.mine has no why", "[ban.mine]",
		},
		"unknown kind of letter": {
			"extends = \"bedside\"\n[require.gratitude]\nonly_kinds = [\"seires\"]\n",
			"rules.toml:3:16: “seires” is not a kind of letter (did you mean “series”?)", "seires",
		},
		"unknown kind of letter, named before": {
			"extends = \"bedside\"\n[ban.threat]\nwhy = \"seires\"\nallow_kinds = [\"seires\"]\n",
			"rules.toml:4:17: “seires” is not a kind of letter (did you mean “series”?)", "seires",
		},
		"misspelt rule": {
			"extends = \"bedside\"\n[ban.threats]\nseverity = \"note\"\n",
			"rules.toml:2:1: ban.threats has no says (did you mean “ban.threat”?)", "[ban.threats]",
		},
		"a rule like none": {
			"extends = \"bedside\"\n[require.new-one]\nsays = \"x\"\n",
			"rules.toml:2:1: require.new-one has no severity", "[require.new-one]",
		},
		"unknown language": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nlang = \"fr\"\nfind = [\"x\"]\ntry = \"x\"\nhit = [\"<<x>>\"]\nok = [\"y\"]\n",
			"rules.toml:3:9: “fr” is not a language of this pack: en, es", "fr",
		},
		"unknown language of a need": {
			"extends = \"bedside\"\n[require.gratitude]\nwhy = \"he says oui, xx\"\nany.xx = [\"merci\"]\nhit.xx = [\"merci\"]\n",
			"rules.toml:4:5: “xx” is not a language of this pack: en, es", "xx = [\"merci\"]\nhit",
		},
		"proof without words": {
			"extends = \"bedside\"\n[require.gratitude]\nhit.xx = [\"merci\"]\n",
			"rules.toml:3:1: hit.xx is of no use without any.xx, the words that are looked for", "hit.xx",
		},
		"a key that is gone": {
			"extends = \"bedside\"\n[require.gratitude]\nof = \"require.dispute\"\n",
			"rules.toml:3:1: “of” is not a key here", "of",
		},
		"exception without words": {
			"extends = \"bedside\"\n[promise.no-interest]\nexcept.xx = [\"sans\"]\n",
			"rules.toml:3:1: except.xx is of no use without find.xx, the words that are looked for", "except.xx",
		},
		"unknown language of a void": {
			"extends = \"bedside\"\n[require.gratitude]\nvoid.xx = [\"merci\"]\n",
			"rules.toml:3:6: “xx” is not a language of this pack: en, es", "xx",
		},
		"unknown language of a promise": {
			"extends = \"bedside\"\n[promise.no-interest]\nwhy = \"xx\"\nfind.xx = [\"merci\"]\n",
			"rules.toml:4:6: “xx” is not a language of this pack: en, es", "xx",
		},
		"unknown language of a limit": {
			"extends = \"bedside\"\n[limit.passive]\nwhy = \"xx\"\nlang = \"xx\"\n",
			"rules.toml:4:9: “xx” is not a language of this pack: en, es", "xx",
		},
		"hit of a promise without marks": {
			"extends = \"bedside\"\n[promise.no-interest]\nhit.en = [\"no interest\"]\n",
			"rules.toml:3:12: put << and >> around the words that are found", "no interest",
		},
		"unknown kind of letter of a phrase": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"my plans\"]\nallow_kinds = [\"plans\"]\ntry = \"x\"\nhit = [\"<<my plans>>\"]\nok = [\"y\"]\n",
			"rules.toml:4:17: “plans” is not a kind of letter", "plans",
		},
		"bad pattern of a need": {
			"extends = \"bedside\"\n[require.gratitude]\nwhy = \"say (xx to all\"\nany.en = [\"thanks\", \"(xx\"]\n",
			"rules.toml:4:22: the bracket is not closed", "(xx\"",
		},
		"bad exception": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"cow\"]\ntry = \"say (xx\"\nexcept = [\"(xx\"]\nhit = [\"<<cow>>\"]\nok = [\"y\"]\n",
			"rules.toml:5:12: the bracket is not closed", "(xx\"]",
		},
		"hit without marks": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"xx\"]\ntry = \"x\"\nhit = [\"the xx\"]\nok = [\"y\"]\n",
			"rules.toml:5:9: put << and >> around the words that are found", "the xx",
		},
		"no ok in the first of two": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"xx\"]\ntry = \"x\"\nhit = [\"the <<xx>>\"]\n[[ban.threat.phrase]]\nfind = [\"yy\"]\ntry = \"y\"\nhit = [\"the <<yy>>\"]\nok = [\"z\"]\n",
			"rules.toml:3:10: a phrase needs try, a hit and an ok", "xx",
		},
		"hit without marks in the first of two": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\nfind = [\"xx\"]\ntry = \"x\"\nhit = [\"the xx\"]\nok = [\"y\"]\n[[ban.threat.phrase]]\nfind = [\"yy\"]\ntry = \"y\"\nhit = [\"the <<yy>>\"]\nok = [\"z\"]\n",
			"rules.toml:5:9: put << and >> around the words that are found", "the xx",
		},
		"pattern in the first of two": {
			"extends = \"bedside\"\n[[ban.threat.phrase]]\ntry = \"say (xx\"\nfind = [\"(xx\"]\nhit = [\"the <<xx>>\"]\nok = [\"y\"]\n[[ban.threat.phrase]]\nfind = [\"yy\"]\ntry = \"y\"\nhit = [\"the <<yy>>\"]\nok = [\"z\"]\n",
			"rules.toml:4:", "(xx",
		},
		"bounds out of order": {
			"extends = \"bedside\"\n[limit.sentence-length]\nerror = 5\n",
			"rules.toml:3:1: the bound for error is passed before a milder one", "error",
		},
		"wrong type": {
			"extends = \"bedside\"\n[ban.threat]\noff = \"yes\"\n",
			"rules.toml:3:1: this is text in quotes and has to be true or false", "off",
		},
		"two words with a plainer one": {
			"extends = \"bedside\"\n[language.en.plain]\nhelp = [\"aid\"]\n\"in order to\" = [\"to\"]\n",
			"rules.toml:4:1: “in order to” is not a single word: words are looked at one by one here", "\"in order to\"",
		},
		"no plainer word": {
			"extends = \"bedside\"\n[language.en.plain]\ntelehealth = []\n",
			"rules.toml:3:1: “telehealth” has no plainer word; if everyone knows it, it belongs in everyday", "telehealth",
		},
		"two words that everyone knows": {
			"extends = \"bedside\"\n[language.en]\neveryday = [\"telehealth\", \"video visit\"]\n",
			"rules.toml:3:28: “video visit” is not a single word: words are looked at one by one here", "video visit",
		},
		"misspelt list of words": {
			"extends = \"bedside\"\n[language.en]\neverday = [\"telehealth\"]\n",
			"rules.toml:3:1: “everday” is not a key here (did you mean “everyday”?)", "everday",
		},
		"unknown measure": {
			"extends = \"bedside\"\n[limit.passive]\nmeasure = \"pasive\"\n",
			"rules.toml:3:12: “pasive” is not a measure (did you mean “passive”?)", "pasive",
		},
		"unknown field": {
			"extends = \"bedside\"\n[require.contact-info]\nfields = [\"office_fone\"]\n",
			"rules.toml:3:12: “office_fone” is not a field of fields.toml (did you mean “office_phone”?); add it there, or set the fields of require.contact-info without it", "office_fone",
		},
		"unknown fact": {
			"extends = \"bedside\"\n[promise.no-interest]\nfact = \"charges_intrest\"\n",
			"templates/practice.toml:" + facts + ":1: [facts] does not answer charges_intrest (it has “charges_interest”: is one of the two a slip?): add “charges_intrest = true” or “false”; promise.no-interest needs it", "[facts]",
		},
		"unknown source": {
			"extends = \"bedside\"\n[ban.threat]\nsource = [\"FDCPA-1692ee\"]\n",
			"rules.toml:3:1: “FDCPA-1692ee” is not in [source] (did you mean “FDCPA-1692e”?)", "source",
		},
		"extends nothing known": {"extends = \"vale\"\n", "rules.toml:1:1: a pack can extend \"bedside\", nothing else", "extends"},
		"no version":            {"[source]\n", "rules.toml:1:1: begin this file with extends = \"bedside\"", "["},
		"empty":                 {"", "rules.toml:1:1: begin this file with extends = \"bedside\"", ""},
		"no language":           {"# ours\nversion = 1\n", "rules.toml:1:1: [language.en] is missing: without it no word can be found", "# ours"},
		"broken":                {"extends = \"bedside\"\n[ban\n", "rules.toml:2:", ""},
	}
}

func TestFaultsInRulesHaveAPlace(t *testing.T) {
	for name, c := range brokenPacks(t) {
		_, err := openOver(t, c.rules)
		var fault *strict.Error
		if !errors.As(err, &fault) {
			t.Errorf("%s: %v has no place", name, err)
			continue
		}
		if !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s:\n got %s\nwant %s", name, err, c.want)
		}
		if got := fault.Src[fault.Place.Offset:]; !strings.HasPrefix(got, c.under) {
			t.Errorf("%s: carets under %.20q, want %q", name, got, c.under)
		}
	}
}

func TestAnOfficesPackChangesOnlyWhatDiffers(t *testing.T) {
	ours := openPack(t)
	p, err := openOver(t, `extends = "bedside"
[ban.threat]
severity = "warning"
[require.gratitude]
off = true
[limit.sentence-length]
error = 30
[[ban.jargon.phrase]]
find = ["purple cow~"]
try = "a cow"
hit = ["See the <<purple cows>>."]
ok = ["See the cow."]
`)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rules) != len(ours.Rules) {
		t.Errorf("%d rules, want %d", len(p.Rules), len(ours.Rules))
	}
	if got, want := p.Rule("ban.threat"), ours.Rule("ban.threat"); got.Severity != Warning || got.Why != want.Why || len(got.Entries) != len(want.Entries) {
		t.Errorf("ban.threat: severity %s, %d entries; want warning and ours", got.Severity, len(got.Entries))
	}
	if got, want := len(p.Rule("ban.jargon").Entries), len(ours.Rule("ban.jargon").Entries)+1; got != want {
		t.Errorf("ban.jargon has %d entries, want ours and one more, %d", got, want)
	}
	res := p.Check("x.md", []byte("We may take legal action about the purple cows."))
	if got := listed(res, "ban."); got != "ban.jargon “purple cows” warning; ban.threat “take legal action” warning" {
		t.Errorf("found %s", got)
	}
	if got := listed(res, "require.gratitude"); got != "" {
		t.Errorf("a rule that is off found %s", got)
	}
	if ours.Digest == p.Digest {
		t.Error("another pack has the same digest")
	}
}
