package lint

import (
	"fmt"
	"slices"
	"strings"

	"bedside/internal/nearest"
	"bedside/lint/letter"
)

// The rules that hold waivers to their form.
const (
	waiverRule  = "letter.waiver"
	expiredRule = waiverRule + "-expired"
	unusedRule  = waiverRule + "-unused"
)

// OfLetter reports whether the rule is about a letter as a whole: what is
// missing in it, how long or hard to read it is. No block can waive that, only
// the front matter.
func (r *Rule) OfLetter() bool {
	return r.Kind == "require" || r.Kind == "letter" || r.ofForm()
}

// Allow is how a letter waives the rule, for a reason: the comment before a
// block or, with inMeta, the line of the front matter.
func (r *Rule) Allow(because string) (text string, inMeta bool) {
	if r.OfLetter() {
		return fmt.Sprintf("waivers = [{ allow = %q, because = %q }]", r.ID, because), true
	}
	return fmt.Sprintf("<!-- bedside: allow %s because \"%s\" -->", r.ID, because), false
}

// waive lets the waivers of a letter for some rules stand beside what they
// cover, and adds what is wrong with them. A finding has the waiver that covers
// least around it, so that the others are seen to be of no use.
func (p *Pack) waive(res *Result, ours func(rule string) bool) {
	if p.NoWaivers {
		return
	}
	all := res.Letter.Waivers
	waives := make([]int, len(all)) // how many findings; -1: it may not
	var faults []Finding
	for i := range all {
		w := &all[i]
		if !ours(w.Rule) {
			waives[i] = -1
		} else if f, bad := p.unfit(res.Letter, w); bad {
			waives[i] = -1
			faults = append(faults, f)
		}
	}
	for i := range res.Findings {
		f, best := &res.Findings[i], -1
		for n := range all {
			if w := &all[n]; waives[n] >= 0 && w.Rule == f.Rule.ID && w.Has(f.Span) && (best < 0 || length(w.Covers) < length(all[best].Covers)) {
				best = n
			}
		}
		if best >= 0 {
			f.Waiver = &all[best]
			waives[best]++
		}
	}
	for i := range all {
		if waives[i] == 0 && p.knows(res) {
			faults = append(faults, p.unused(res.Letter, i, waives))
		}
	}
	res.Findings = append(res.Findings, faults...)
}

func length(s letter.Span) int { return s.End - s.Start }

// knows reports whether a letter was read well enough to say that nothing is
// found in it.
func (p *Pack) knows(res *Result) bool {
	return res.unread() == nil && p.matchers[res.Language] != nil
}

// unfit is the finding about a waiver that waives nothing as it is.
func (p *Pack) unfit(l *letter.Letter, w *letter.Waiver) (f Finding, bad bool) {
	r, meant := p.rules[w.Rule], p.NearestRule(w.Rule)
	switch {
	case r == nil && slices.ContainsFunc(p.Rules, func(r *Rule) bool { return r.Kind == w.Rule }):
		return p.onWaiver(waiverRule, l, w.RuleAt, fmt.Sprintf("“%s” is a group of rules; a waiver is for one rule", w.Rule), "Its rules: bedside explain "+w.Rule), true
	case r == nil:
		return p.onWaiver(waiverRule, l, w.RuleAt, fmt.Sprintf("“%s” is not a rule of this pack%s", w.Rule, nearest.Hint(meant, nonEmpty(meant))), "All rules: bedside rules"), true
	case !r.Waivable:
		return p.onWaiver(waiverRule, l, w.RuleAt, r.ID+" cannot be waived", "Remove this waiver, and change what the rule finds."), true
	case r.OfLetter() && !w.Whole:
		text, _ := r.Allow(w.Because)
		return p.onWaiver(waiverRule, l, w.RuleAt, r.ID+" is about the whole letter: no block can waive it", "Write in the front matter: "+text), true
	case w.Until != "" && w.Until < p.Today:
		return p.onWaiver(expiredRule, l, w.UntilAt, fmt.Sprintf("this waiver for %s ended on %s", r.ID, w.Until), "Decide again: give it a later day, or remove it and change what the rule finds."), true
	}
	return Finding{}, false
}

// unused is the finding about a waiver that nothing needs, the n-th.
func (p *Pack) unused(l *letter.Letter, n int, waives []int) Finding {
	w := &l.Waivers[n]
	message, try := fmt.Sprintf("nothing here breaks %s: this waiver is of no use", w.Rule), "Remove it."
	again := -1
	for i := range n {
		if o := &l.Waivers[i]; waives[i] > 0 && o.Rule == w.Rule && o.Covers == w.Covers {
			again = i
		}
	}
	switch {
	case !w.Whole && length(w.Covers) == 0:
		message, try = "nothing stands behind this waiver that it could cover", "Put it before the paragraph, list or table that it is for, in the same list item and under the same condition, or remove it."
	case again >= 0:
		message = fmt.Sprintf("%s is waived here already, in line %d", w.Rule, l.Position(l.Waivers[again].Span.Start).Line)
	case !w.Whole:
		message = fmt.Sprintf("nothing in the block behind it breaks %s: this waiver is of no use", w.Rule)
		try = "Remove it, or put it before the block that it is for."
	}
	return p.onWaiver(unusedRule, l, w.Span, message, try)
}

// onWaiver is a finding about a waiver.
func (p *Pack) onWaiver(id string, l *letter.Letter, at letter.Span, message, try string) Finding {
	r := p.rules[id]
	return Finding{Rule: r, Severity: r.Severity, Span: at, Text: oneLine(l.Text(at)), Message: message, Why: r.Why, Try: []string{try}, Forms: l.FormsAt(at.Start)}
}

// NearestRule is the rule that a mistyped name was meant to be, also when its
// group was left out; "" when none is near enough.
func (p *Pack) NearestRule(name string) string {
	ids := p.RuleNames()
	if strings.Contains(name, ".") {
		return nearest.Name(name, ids)
	}
	short := make([]string, len(ids))
	for i, id := range ids {
		_, short[i], _ = strings.Cut(id, ".")
	}
	if i := slices.Index(short, nearest.Name(name, short)); i >= 0 {
		return ids[i]
	}
	return nearest.Name(name, ids)
}
