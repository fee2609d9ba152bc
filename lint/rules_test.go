package lint

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// quoted are the sentences an advice gives in quotation marks, and underIf the
// condition lines it says to put around them.
var (
	quoted  = regexp.MustCompile(`"([^"]+)"|«([^»]+)»|“([^”]+)”`)
	underIf = regexp.MustCompile(`\{\{#(if|unless) [a-z_]+\}\}`)
)

// TestKinderWordsAreKind holds the words that a rule offers instead to the
// rules: nobody may be sent from one finding to the next. Words between
// condition lines are checked between them.
func TestKinderWordsAreKind(t *testing.T) {
	p := openPack(t)
	offered := 0
	for _, r := range p.Rules {
		advice := map[string]string{} // by text, its language
		for _, e := range r.Entries {
			for _, try := range e.Try {
				advice[try] = e.Language
			}
		}
		for _, try := range r.Try {
			advice[try] = ""
		}
		for _, try := range sortedKeys(advice) {
			for _, q := range quoted.FindAllStringSubmatch(try, -1) {
				sentence, lang := q[1]+q[2]+q[3], advice[try]
				if lang == "" {
					lang = "en"
				}
				if q[2] != "" {
					lang = "es"
				}
				offered++
				res := p.CheckAs("x.md", []byte(between(try, sentence)), lang)
				for _, f := range res.Findings {
					switch {
					case f.Severity < Warning:
					case f.Rule.Kind == "ban", f.Rule.Kind == "guard", f.Rule.Kind == "promise", f.Rule.Kind == "limit":
						t.Errorf("%s offers %q, and %s finds “%s” in it", r.ID, sentence, f.Rule.ID, f.Text)
					}
				}
			}
		}
	}
	if offered < 200 {
		t.Errorf("only %d sentences are offered", offered)
	}
}

// between puts a sentence between the condition lines that its advice names.
func between(advice, sentence string) string {
	open := underIf.FindStringSubmatch(advice)
	if open == nil {
		return sentence
	}
	return strings.Join([]string{open[0], sentence, "{{/" + open[1] + "}}"}, "\n")
}

// TestDeniedIsNotOffered: what is denied, asked back or threatened meets no
// need, in either language.
func TestDeniedIsNotOffered(t *testing.T) {
	p := openPack(t)
	for sentence, element := range map[string]string{
		"Dear Neighbour,":                                       "personal-greeting",
		"Dear Valued Member,":                                   "personal-greeting",
		"There is no payment plan for this bill.":               "payment-options",
		"None of our payment plans is open to you.":             "payment-over-time",
		"Your visits stay on hold until this is paid.":          "reassurance",
		"If you choose to ignore this letter, we will be back.": "already-paid",
		"We'd thank you to settle this.":                        "gratitude",
		"No payment is due today.":                              "due-date",
	} {
		for _, e := range p.Check("x.md", []byte(sentence)).Elements {
			if e.Name == element && e.Present {
				t.Errorf("%q counts as %s", sentence, element)
			}
		}
	}
}

// TestKindLooksLikeHarsh are kind sentences with the words of harsh ones, and
// TestHarshLooksLikeKind harsh ones in soft words: neighbours of the proofs in
// rules.toml, so that a rule is held to the family and not to one sentence.
func TestKindLooksLikeHarsh(t *testing.T) {
	p := openPack(t)
	for _, sentence := range []string{
		"We would like to avoid sending your bill to a collection agency.",
		"We hope never to send a bill to collections.",
		"Call us right away if your pain gets worse.",
		"This is not our last reminder, and there is time.",
		"There is no fee for calling us.",
		"We will not put your care on hold.",
		"Our doctors will see you, whatever you owe.",
		"You may want to hire a lawyer for the accident claim.",
		"We add no fees and no penalties for a late visit.",
		"We never put a diagnosis in a letter.",
		"If you are pregnant, you may get Medicaid.",
		"Si está embarazada, llame a Medicaid.",
		"Su diagnóstico es privado.",
		"We cannot book your refund until your bank sends its answer.",
		"You can pay today or next month.",
		"Do you have MEDICARE?",
		"You may also reply now or later.",
	} {
		res := p.CheckAs("x.md", []byte(sentence), languageOf(sentence))
		for _, prefix := range []string{"ban.", "guard.", "limit.shouting"} {
			if got := listed(res, prefix); got != "" {
				t.Errorf("%q: %s", sentence, got)
			}
		}
	}
}

func TestHarshLooksLikeKind(t *testing.T) {
	p := openPack(t)
	for _, sentence := range []string{
		"We cannot avoid sending this to collections.",
		"We are not able to prevent a referral to a collection agency.",
		"Please do not make us hire a lawyer.",
		"Nobody will book your visits until we see a payment.",
		"Your treatment is on hold.",
		"This account may end up with our attorney.",
		"A lawyer has been hired.",
		"The next step is a lawsuit.",
		"We may bring in a third party.",
		"This will be collected to the full extent.",
		"Respectable families settle their bills.",
		"Everybody else pays.",
		"We know where you live.",
		"Please pay now.",
		"Reply now.",
		"Por favor pague hoy.",
		"No le daremos citas hasta que pague.",
		"Su cuenta podría ser reportada.",
		"Se cobra un interés de 2%.",
	} {
		if got := listed(p.CheckAs("x.md", []byte(sentence), languageOf(sentence)), "ban."); got == "" {
			t.Errorf("nothing is found in %q", sentence)
		}
	}
}

// languageOf tells the Spanish sentences of these tests from the English.
func languageOf(sentence string) string {
	first, _, _ := strings.Cut(sentence, " ")
	if strings.Contains(" Si Su No Se Por ", " "+first+" ") {
		return "es"
	}
	return "en"
}

// TestEveryKeyIsExplained: who reads rules.toml from top to bottom, without an
// editor that knows its schema, is told in its comments what each key of a rule
// or a phrase is.
func TestEveryKeyIsExplained(t *testing.T) {
	src, err := os.ReadFile("../rules.toml")
	if err != nil {
		t.Fatal(err)
	}
	comments, keys := "", map[string]bool{}
	ofRule := false
	for line := range strings.Lines(string(src)) {
		switch {
		case strings.HasPrefix(line, "#"):
			comments += line
		case strings.HasPrefix(line, "["):
			ofRule = regexp.MustCompile(`^\[+(require|ban|limit|guard|promise)\.`).MatchString(line) && !strings.Contains(line, "plain-words.swap")
		case ofRule:
			if m := regexp.MustCompile(`^([a-z_]+)[a-z_.]* *=`).FindStringSubmatch(line); m != nil {
				keys[m[1]] = true
			}
		}
	}
	for _, key := range sortedKeys(keys) {
		if !regexp.MustCompile(`\b` + key + `\b`).MatchString(comments) {
			t.Errorf("no comment of rules.toml tells what %s is", key)
		}
	}
	if len(keys) < 25 {
		t.Errorf("only %d keys are seen", len(keys))
	}
}
