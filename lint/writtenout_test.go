package lint

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"bedside/lint/letter"
)

// A chunk of a letter: words that stand under some decisions, or a line that
// opens, turns or closes a condition.
type chunk struct {
	text    string
	line    bool // it is such a line
	inTable bool // … between rows, where an empty line would end the table
	when    []decision
}

// A decision is a name that must be there, or must not.
type decision struct {
	name  string
	there bool
}

// A maker makes letters out of bytes: each is a choice, and none left is the
// simplest.
type maker struct {
	choices []byte
	chunks  []chunk
	when    []decision
	refs    int
	ends    bool // with some of the ends
}

// of chooses a number below n.
func (m *maker) of(n int) int {
	if len(m.choices) == 0 {
		return 0
	}
	c := int(m.choices[0])
	m.choices = m.choices[1:]
	return c % n
}

// asked are the names that conditions of these letters ask for.
var asked = []string{"portal_url", "installment_amount", "fpl_limit", "sender_phone", "charges_interest", "insurance_paid"}

// paragraphs are what these letters are made of: what they need, what harms
// them, and what is hard to tell apart.
var paragraphs = []string{
	"Thank you for trusting us with your care.",
	"# Your bill",
	"## Ways to pay",
	"Dear {{patient_first_name}},",
	"Dear Patient,",
	"We know a medical bill can be hard to fit into a budget.",
	"You can set up a payment plan with us, a little each month.",
	"Please call {{office_phone}} and ask for {{sender_name}}.",
	"Left to pay: {{balance_due}}. Please pay by {{due_date}}.",
	"You may pay less, or nothing: ask about financial assistance.",
	"If something looks wrong, call us. If you have already paid, thank you.",
	"Warmly,\n\n{{sender_name}}\\\nPatient Billing",
	"This is your **final\nnotice**. We will sue you.",
	"- This is a final demand.\n- Pay it now!",
	"> We may take legal action\n> if you do not pay.",
	"Your bill was sent. PLEASE PAY TODAY!",
	"We cease it. It is documentation.",
	"We may cease it here.",
	"See your EOB for more.",
	"An EOB (the letter from your plan) shows it.",
	"It went to your deductible.",
	"Your deductible is what you pay before your plan pays.",
	"We do not charge interest.",
	"Your part is {{balance_due}}, and we will not charge a late fee.",
	"See [the page](https://example.org/pay?token=8f3a \"final notice\").",
	"See [the bill][r] or ![the notice][r].\n\n[r]: https://example.org/bill?session=1 \"You owe us.\"",
	"Dear [Patient Name], you owe {amount}.",
	"Your {{diagnosis}} and {{patient_frist_name}} and [pay](https://example.org/{{account_last4}}).",
	"```\nfinal notice\n```",
	"<!-- final notice -->",
	"{{! Say it with a smile. }}",
	"Subsequent to the completion of adjudication by your insurance organization, a residual obligation has been identified on your account. Verification of the accompanying documentation is recommended before additional communication regarding reimbursement eligibility. Representatives are available to facilitate resolution of any outstanding discrepancies.",
	"We can help. We are here. You can pay a bit. You can call us. You can come by. We have time for you. We like to talk. Ask us. Tell us. We hear you.",
	"You can pay it now or in May, all or a bit of it, so do as you like or as is best for you and for all of those who live with you at home. " +
		"You can call us or come by, or send us a note in the mail, and one of us will sit down with you and go through it line by line.",
	strings.Repeat("You can pay it in May, or do as you like. We can talk. ", 20),
	"Hola, {{patient_first_name}}:",
	"Si no paga, lo demandaremos. Sírvase llamar.",
	"Con posterioridad a la finalización de la adjudicación correspondiente por parte de su organización aseguradora, se identificó una obligación residual. Recomendamos la verificación de la documentación complementaria con anterioridad a cualquier comunicación administrativa adicional. Nuestros representantes facilitarán la resolución satisfactoria de las discrepancias pendientes.",
}

// ends are what a condition can part from its beginning: a letter in which it
// does is refused.
var ends = []string{
	"```", "~~~", "<!--", "-->", "- one", "1. one", "- one\n\n  We will sue you.", "  Pay it now!", "   We will sue you.", "    We will sue you.",
	"     Pay now!", "       Call us.", "[z]: https://example.org/bill?token=1 \"final notice\"", "[z]: https://example.org/{{account_last4}}",
	"See [it][z].", "See ![it][z].", "| a | b |\n|---|---|\n",
}

// makeLetter makes a letter of choices.
func makeLetter(choices []byte) []chunk {
	m := &maker{choices: choices}
	front := []string{"", "+++\ntitle = \"A\"\n+++\n", "+++\ntitle = \"A\"\nkinds = [\"series\", \"reminder\"]\n+++\n", "+++\ntitle = \"A\"\nkinds = [\"paid_in_full\"]\n+++\n",
		"+++\ntitle = \"A\"\nkinds = [\"pre_referral\", \"series\"]\n+++\n", "+++\ntitle = \"A\"\nlanguage = \"es\"\n+++\n"}
	m.chunks = []chunk{{text: front[m.of(len(front))]}}
	m.ends = m.of(3) == 2
	for range 1 + m.of(12) {
		m.part()
	}
	return m.chunks
}

// part writes a paragraph, a table or a condition.
func (m *maker) part() {
	switch m.of(9) {
	case 0:
		if m.ends {
			m.words(ends[m.of(len(ends))] + "\n")
			return
		}
		fallthrough
	case 1, 2, 3:
		m.refs++
		m.words(strings.ReplaceAll(paragraphs[m.of(len(paragraphs))], "[r]", fmt.Sprintf("[r%d]", m.refs)) + "\n")
	case 4, 5:
		m.table()
	default:
		m.condition(false, m.part)
	}
}

// words writes a paragraph with an empty line before it, unless a condition
// line is there already.
func (m *maker) words(text string) {
	if !m.chunks[len(m.chunks)-1].line || m.of(2) == 1 {
		text = "\n" + text
	}
	m.chunks = append(m.chunks, chunk{text: text, when: slices.Clone(m.when)})
}

var cells = []string{"| Left to pay | {{balance_due}} |\n", "| Your last warning | PAY NOW |\n", "| Pay by | {{due_date}} |\n", "| EOB | deductible |\n"}

func (m *maker) table() {
	m.words("| Your bill | |\n|---|--:|\n")
	row := func() {
		m.chunks = append(m.chunks, chunk{text: cells[m.of(len(cells))], when: slices.Clone(m.when)})
	}
	row()
	for range m.of(3) {
		m.condition(true, row)
		row()
	}
	if m.of(2) == 1 {
		m.chunks = append(m.chunks, chunk{text: "\n", when: slices.Clone(m.when)})
	}
}

// condition writes a condition on a name that is not decided yet.
func (m *maker) condition(inTable bool, part func()) {
	var free []string
	for _, name := range asked {
		if !slices.ContainsFunc(m.when, func(d decision) bool { return d.name == name }) {
			free = append(free, name)
		}
	}
	if len(free) < 4 { // deep enough
		part()
		return
	}
	name, there := free[m.of(len(free))], m.of(3) > 0
	verb := "if"
	if !there {
		verb = "unless"
	}
	line := func(text string) {
		m.chunks = append(m.chunks, chunk{text: text + "\n", line: true, inTable: inTable})
	}
	branch := func(there bool) {
		m.when = append(m.when, decision{name, there})
		for range 1 + m.of(2) {
			part()
		}
		m.when = m.when[:len(m.when)-1]
	}
	line("{{#" + verb + " " + name + "}}")
	branch(there)
	if m.of(2) == 1 {
		line("{{else}}")
		branch(!there)
	}
	line("{{/" + verb + "}}")
}

// A writtenForm is one form of a letter, written out: its text, and where each
// byte of it stands in the letter.
type writtenForm struct {
	src  []byte
	from []int
	when [][]decision // of each byte
}

// whole is the letter with all its conditions.
func whole(chunks []chunk) (src []byte) {
	for _, c := range chunks {
		src = append(src, c.text...)
	}
	return src
}

// form writes a letter out as it reads where there tells what is: what does
// not hold is left out, and so are the lines of the conditions. Between
// paragraphs each leaves the empty line that it is.
func form(chunks []chunk, there func(name string) bool) (f writtenForm) {
	at := 0
	for _, c := range chunks {
		holds := !slices.ContainsFunc(c.when, func(d decision) bool { return there(d.name) != d.there })
		for i := range len(c.text) {
			if c.line && (c.inTable || c.text[i] != '\n') || !holds {
				continue
			}
			f.src, f.from, f.when = append(f.src, c.text[i]), append(f.from, at+i), append(f.when, c.when)
		}
		at += len(c.text)
	}
	return f
}

// promised are the facts that some promises rest on.
var promised = map[string]decision{"promise.no-interest": {"charges_interest", false}, "promise.no-late-fees": {"charges_late_fees", false}}

// said are the findings of a result that keep says, as texts that can be
// compared. place tells where a span of it stands.
func said(res *Result, keep func(f *Finding) bool, place func(s letter.Span) letter.Span) (out []string) {
	for i := range res.Findings {
		f := &res.Findings[i]
		switch {
		case !keep(f):
		case f.Span.Start == f.Span.End, f.Rule.ID == "letter.empty", f.Rule.ID == "limit.reading-grade", f.Rule.ID == "limit.reading-ease", f.Rule.Kind == "require" && strings.HasPrefix(f.Text, "{{#"): // of the whole (pointing at where the hardest form is hardest), or missing
			out = append(out, fmt.Sprintf("%s %s", f.Rule.ID, f.Severity))
		default:
			out = append(out, fmt.Sprintf("%s %s %q at %v: %s", f.Rule.ID, f.Severity, f.Text, place(f.Span), f.Message))
		}
	}
	slices.Sort(out)
	return out
}

// checkForms compares what a letter with conditions is said to be in each of
// its forms with what is said of that form written out. It returns the first
// difference, or "", and how many forms were compared: none of a letter whose
// conditions are refused.
func (p *Pack) checkForms(chunks []chunk) (difference string, forms int) {
	res := p.Check("x.md", whole(chunks))
	if has(res, "letter.condition") || has(res, "letter.raw-html") {
		return "", 0
	}
	var alone []*Result
	for i := range res.Letter.Forms {
		one, difference := p.checkForm(chunks, res, i)
		if difference != "" {
			return fmt.Sprintf("in the form “%s”:\n%s\nthe letter:\n%s", res.Letter.FormName(i), difference, res.Letter.Src), i + 1
		}
		alone = append(alone, one)
	}
	if difference := together(res, alone); difference != "" {
		return fmt.Sprintf("%s in the letter:\n%s", difference, res.Letter.Src), len(alone)
	}
	return "", len(alone)
}

func has(res *Result, id string) bool {
	return slices.ContainsFunc(res.Findings, func(f Finding) bool { return f.Rule.ID == id })
}

// checkForm compares the i-th form.
func (p *Pack) checkForm(chunks []chunk, res *Result, i int) (alone *Result, difference string) {
	one := form(chunks, func(name string) bool {
		k := slices.IndexFunc(res.Letter.Choices, func(c letter.Choice) bool { return c.Name == name })
		return k >= 0 && res.Letter.Forms[i].Present>>k&1 == 1
	})
	alone = p.Check("x.md", one.src)
	want := said(alone, func(f *Finding) bool {
		fact, ok := promised[f.Rule.ID] // a promise that stands under its fact is kept
		return !ok || !slices.Contains(one.when[f.Span.Start], fact)
	}, func(s letter.Span) letter.Span {
		return letter.Span{Start: one.from[s.Start], End: one.from[s.End-1] + 1}
	})
	got := said(res, func(f *Finding) bool { return f.Forms.Has(i) }, func(s letter.Span) letter.Span { return s })
	if has(alone, "letter.empty") && len(got) > 0 { // marks without words: nothing is certain but that it is not ready
		return alone, ""
	}
	if !slices.Equal(want, got) {
		return alone, unlike(want, got)
	}
	return alone, ""
}

// together compares what is said of a letter as a whole with its forms: the
// grade of the hardest, and the elements that all have.
func together(res *Result, alone []*Result) string {
	hardest, lacking := math.Inf(-1), map[string]bool{}
	for _, one := range alone {
		if g := one.Readability.Scores.FKGrade; g != nil {
			hardest = max(hardest, *g)
		}
		for _, e := range res.Elements {
			lacking[e.Name] = lacking[e.Name] || !slices.ContainsFunc(one.Elements, func(x Element) bool { return x.Name == e.Name && x.Present })
		}
	}
	if g := res.Readability.Scores.FKGrade; g != nil && *g != hardest {
		return fmt.Sprintf("grade %v, want %v", *g, hardest)
	}
	for _, e := range res.Elements {
		if e.Present == lacking[e.Name] {
			return fmt.Sprintf("%s in every form: %v, want %v", e.Name, e.Present, !e.Present)
		}
	}
	return ""
}

// unlike tells what one sorted list has and the other has not.
func unlike(want, got []string) string {
	var b strings.Builder
	for _, s := range want {
		if !slices.Contains(got, s) {
			fmt.Fprintf(&b, "  not found: %s\n", s)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) {
			fmt.Fprintf(&b, "  found, and not so: %s\n", s)
		}
	}
	if b.Len() == 0 {
		fmt.Fprintf(&b, "  not as often: %q, want %q\n", got, want)
	}
	return b.String()
}

// TestEachFormIsCheckedAsItReads: what is found in a form of a letter with
// conditions is what is found in that form written out, at the same words.
func TestEachFormIsCheckedAsItReads(t *testing.T) {
	p := openPack(t)
	var forms, nested atomic.Int64
	t.Run("letters", func(t *testing.T) {
		const parts, letters = 4, 600
		for part := range uint64(parts) {
			t.Run(fmt.Sprint(part), func(t *testing.T) {
				t.Parallel()
				for seed := part; seed < letters; seed += parts {
					r := rand.New(rand.NewPCG(seed, 0))
					choices := make([]byte, 10+r.IntN(150))
					for i := range choices {
						choices[i] = byte(r.Uint32())
					}
					chunks := makeLetter(choices)
					difference, n := p.checkForms(chunks)
					if difference != "" {
						t.Fatalf("seed %d, %s", seed, p.smaller(choices, difference))
					}
					forms.Add(int64(n))
					if slices.ContainsFunc(chunks, func(c chunk) bool { return len(c.when) > 1 }) {
						nested.Add(1)
					}
				}
			})
		}
	})
	if forms.Load() < 7_000 || nested.Load() < 150 {
		t.Errorf("only %d forms, %d letters with conditions in conditions", forms.Load(), nested.Load())
	}
}

// smaller looks for a letter with fewer choices that differs, too.
func (p *Pack) smaller(choices []byte, difference string) string {
	for i := 0; i < len(choices); {
		fewer := slices.Delete(slices.Clone(choices), i, i+1)
		if d, _ := p.checkForms(makeLetter(fewer)); d != "" {
			choices, difference = fewer, d
		} else {
			i++
		}
	}
	return difference
}

func FuzzForms(f *testing.F) {
	p := openPack(f)
	f.Add([]byte{1, 3, 3, 0, 0, 1, 0, 12})
	f.Add([]byte{2, 11, 2, 1, 3, 1, 1, 1, 2, 1, 1, 1, 4, 0, 2, 1, 0, 16})
	f.Fuzz(func(t *testing.T, choices []byte) {
		if difference, _ := p.checkForms(makeLetter(choices[:min(len(choices), 160)])); difference != "" {
			t.Fatal(difference)
		}
	})
}
