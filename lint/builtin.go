package lint

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// approvalRule holds letters to their approvals, where rules.toml asks for
// them.
const approvalRule = "letter.approval"

// builtinRules are the problems of the letter itself. Their words are told by
// the reader of letters; here is why they matter. Few can be waived: the others
// make a hole in the page, or one of which nobody knows what it says.
var builtinRules = []Rule{
	{ID: "letter.unknown-field", Severity: Error, Says: "a field or condition that fields.toml does not have",
		Why: "Nobody fills in a field that does not exist: the patient would read a hole where a name or an amount should be."},
	{ID: "letter.no-value", Severity: Error, Says: "a field that is the office's to fill in, and is not in practice.toml",
		Why: "A page with a hole in it is not made. It is better to know now than on the day the letter has to go out."},
	{ID: "letter.condition", Severity: Error, Says: "a condition that is not closed, crossed or not alone on its line",
		Why: "What is printed must not be a guess: a condition has to say where it begins and ends."},
	{ID: "letter.too-many-forms", Severity: Error, Says: "conditions on more than six names",
		Why: "A letter is checked in every form it can take. More than 64 forms are more than anyone can read and sign for."},
	{ID: "letter.blank", Severity: Error, Says: "a blank left by another tool",
		Why: "The patient would read “[Patient Name]” instead of their name: the coldest letter there is."},
	{ID: "letter.front-matter", Severity: Error, Says: "front matter that cannot be read",
		Why: "The front matter decides which rules a letter is held to; if it cannot be read, nothing is certain."},
	{ID: "letter.hold", Severity: Error, Says: "a condition of send_only_if or never_if that cannot be used",
		Why: "A letter that must not go to somebody holds back only if people and programs understand when that is."},
	{ID: "letter.language", Severity: Error, Says: "a language the pack has no words for",
		Why: "A check in the wrong language finds nothing and proves nothing."},
	{ID: "letter.encoding", Severity: Error, Says: "a file that is not UTF-8 text",
		Why: "Names with accents would be printed with wrong signs, or the letter could not be read at all."},
	{ID: "letter.too-large", Severity: Error, Says: "a file too large to be a letter", Why: "A letter is a page or two. Something else was saved under this name."},
	{ID: "letter.empty", Severity: Error, Says: "a letter without words", Why: "An empty page in an envelope worries people as much as a harsh one."},
	{ID: "letter.nesting", Severity: Error, Says: "marks nested without end", Why: "No letter needs it, and it can make programs stand still."},
	{ID: "letter.table", Severity: Error, Says: "lines that look like a table and are none",
		Why: "The patient would read bars and dashes in place of what is owed for what."},
	{ID: "letter.raw-html", Severity: Error, Says: "raw HTML",
		Why: "What stands in raw HTML is not printed, not checked, and could load things from elsewhere when the page is opened."},
	{ID: "letter.image", Severity: Error, Says: "a picture",
		Why: "A picture loaded from elsewhere tells a stranger that this patient opened the letter; a page has to be complete by itself."},
	{ID: "letter.link", Severity: Error, Says: "a link that is not https, mailto or tel",
		Why: "Anything else can be read or changed on its way, or does something the reader did not ask for."},
	{ID: "letter.heading", Severity: Warning, Waivable: true, Says: "a letter without one heading",
		Why: "One heading that says what the letter is about helps a worried reader, and a screen reader, to find the way."},
	{ID: twinRule, Severity: Warning, Waivable: true, Says: "a letter that says other things than the one of its name in another language",
		Why: "Two people with the same bill should learn the same from it, whichever language they read."},
	{ID: approvalRule, Severity: Error, Says: "a letter that nobody has approved as it is, where rules.toml asks for that ([approval] required = true)",
		Why: "What is sent has to be what somebody has read and signed, to the last word."},
	{ID: waiverRule, Severity: Error, Says: "a waiver that cannot be used, or gives no reason",
		Why: "A waiver lets words stand that a rule is against. Whoever signs the letter has to see which rule, and why."},
	{ID: expiredRule, Severity: Error, Says: "a waiver whose last day is over",
		Why: "It was allowed until that day, and nobody has decided since. What it covered counts again."},
	{ID: unusedRule, Severity: Warning, Says: "a waiver that nothing needs",
		Why: "It would hide the next mistake in its place, and everyone who reads the report reads it for nothing."},
}

// builtins adds the built-in rules behind those of the pack.
func (l *loader) builtins() {
	for _, r := range builtinRules {
		r.Kind = "letter"
		r.Off = r.ID == approvalRule && !l.pack.ApprovalRequired
		l.pack.Rules = append(l.pack.Rules, &r)
	}
}

// problems turns what the reader of letters found into findings.
func (p *Pack) problems(read *reading) []Finding {
	var out []Finding
	for _, pr := range read.Problems {
		r := p.rules["letter."+pr.ID]
		if p.NoWaivers && r.ID == waiverRule {
			continue
		}
		m := Match{Span: pr.Span, Text: oneLine(read.Text(pr.Span)), Message: pr.Message, Try: nonEmpty(pr.Try), Fix: pr.Fix}
		if pr.Span.Start < pr.Span.End && len(read.Blocks) > 0 {
			m.Forms = read.FormsAt(pr.Span.Start)
		}
		out = append(out, r.finding(m, read))
	}
	return out
}

// holes finds the fields that the office does not fill in, where a letter is
// not written for an office without them.
func (p *Pack) holes(read *reading) []Finding {
	var out []Finding
	for _, f := range read.Fields {
		if f.Field == nil || !p.Practice.Lacks(f.Field, read.lang) || p.leavesOut(read, f.Span.Start) {
			continue
		}
		what, where := f.Name, "in templates/practice.toml"
		if !p.Practice.Lacks(f.Field, letter.OfficeLanguage) {
			what, where = f.Name+" in "+letter.LanguageName(read.lang), fmt.Sprintf("below the line [office.%s] of templates/practice.toml", read.lang)
		}
		out = append(out, p.rules["letter.no-value"].finding(Match{Span: f.Span, Text: "{{" + f.Name + "}}", Forms: f.Forms,
			Message: fmt.Sprintf("practice.toml has no %s, and this letter cannot do without it", what),
			Try: []string{fmt.Sprintf("Give it a value %s, or put what needs it between the lines {{#if %s}} and {{/if}}, or remove this letter.",
				where, f.Name)}}, read))
	}
	return out
}

// leavesOut reports whether what stands at an offset is not printed for this
// office, whoever the patient is.
func (p *Pack) leavesOut(read *reading, offset int) bool {
	return slices.ContainsFunc(read.Choices, func(c letter.Choice) bool {
		is, isFact := p.Practice.Facts[c.Name]
		if isFact {
			return read.Under(offset, c.Name, !is)
		}
		f := p.Dictionary.Field(c.Name)
		return f != nil && p.Practice.Lacks(f, read.lang) && read.Under(offset, c.Name, true)
	})
}

// form looks at what each form of a letter must have to be printed: a language
// that the pack knows, words, and one heading.
func (p *Pack) form(read *reading) []Finding {
	var out []Finding
	say := func(id string, m Match) { out = append(out, p.rules[id].finding(m, read)) }
	if p.matchers[read.lang] == nil {
		at := read.MetaKey("language")
		if at.End == at.Start {
			at = read.MetaKey("lang") // of a labelled letter
		}
		say("letter.language", Match{Span: at, Message: unknownName("language of this pack", read.lang, p.Languages()).Error(),
			Try: []string{"Say language = \"en\" in the front matter, or --language en."}})
	}
	if _, err := p.unknownKind(read.Meta.Kinds); err != nil {
		say("letter.front-matter", Match{Span: read.MetaKey("kinds"), Message: err.Error(), Try: []string{"Kinds: " + strings.Join(sortedKeys(p.Kinds), ", ") + "."}})
	}
	if empty := read.AllForms() &^ read.worded; empty != 0 {
		say("letter.empty", Match{Span: read.top(), Forms: empty, Message: "this letter has no words",
			Try: []string{"Write outside of the conditions what it says in any case."}})
	}
	if read.Meta.Present {
		p.headings(read, say)
	}
	return out
}

// headings reports the forms that do not have one heading of the first level;
// those with as many together.
func (p *Pack) headings(read *reading, say func(id string, m Match)) {
	var has [64]int // by form
	for i := range read.Blocks {
		if b := &read.Blocks[i]; b.Kind == letter.Heading && b.Level == 1 {
			for in := b.Forms; in != 0; in &= in - 1 {
				has[bits.TrailingZeros64(uint64(in))]++
			}
		}
	}
	rest := read.worded
	for rest != 0 {
		headings := has[bits.TrailingZeros64(uint64(rest))]
		var same letter.FormSet
		for form := range read.Forms {
			if rest.Has(form) && has[form] == headings {
				same |= 1 << form
			}
		}
		rest &^= same
		if headings != 1 {
			message := "this letter has no heading that says what it is about"
			if headings > 1 {
				message = fmt.Sprintf("this letter has %d headings of the first level, and one is enough", headings)
			}
			say("letter.heading", Match{Span: read.top(), Forms: same, Message: message,
				Try: []string{"Begin with one line such as “# Your bill from {{practice_name}}”; use ## below it."}})
		}
	}
}
