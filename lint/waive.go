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

// waivers are the waivers of a letter for some rules that waive what they
// cover, and what is wrong with the others.
func (p *Pack) waivers(l *letter.Letter, ours func(rule string) bool) (fit []*letter.Waiver, faults []Finding) {
	if p.NoWaivers {
		return nil, nil
	}
	for i := range l.Waivers {
		w := &l.Waivers[i]
		if !ours(w.Rule) {
			continue
		}
		if f, bad := p.unfit(l, w); bad {
			faults = append(faults, f)
		} else {
			fit = append(fit, w)
		}
	}
	return fit, faults
}

// waiverFor is the waiver for what a rule finds at a place, or nil: the one that
// covers least around it, so that the others are seen to be of no use.
func waiverFor(fit []*letter.Waiver, rule string, at letter.Span) (best *letter.Waiver) {
	for _, w := range fit {
		if w.Rule == rule && w.Has(at) && (best == nil || length(w.Covers) < length(best.Covers)) {
			best = w
		}
	}
	return best
}

func length(s letter.Span) int { return s.End - s.Start }

// unused are the findings about waivers that nothing needs, as far as the
// letter was read well enough to tell.
func (p *Pack) unused(res *Result, fit []*letter.Waiver) (out []Finding) {
	if len(fit) == 0 || res.unread() != nil || p.matchers[res.Language] == nil {
		return nil
	}
	used := map[*letter.Waiver]bool{}
	for i := range res.Findings {
		used[res.Findings[i].Waiver] = true
	}
	for _, w := range fit {
		if used[w] {
			continue
		}
		first := waiverFor(fit, w.Rule, w.Covers)
		if !used[first] {
			first = nil
		}
		out = append(out, p.needless(res.Letter, w, first))
	}
	return out
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

// needless is the finding about a waiver that nothing needs; first is the one
// that waives the same already, or nil.
func (p *Pack) needless(l *letter.Letter, w, first *letter.Waiver) Finding {
	message, try := fmt.Sprintf("nothing here breaks %s: this waiver is of no use", w.Rule), "Remove it."
	switch {
	case !w.Whole && length(w.Covers) == 0:
		message, try = "nothing stands behind this waiver that it could cover", "Put it before the paragraph, list or table that it is for, in the same list item and under the same condition, or remove it."
	case first != nil:
		message = fmt.Sprintf("%s is waived here already, in line %d", w.Rule, l.Position(first.Span.Start).Line)
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
