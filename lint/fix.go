package lint

import (
	"slices"
	"strings"

	"bedside/lint/letter"
)

// Fixed is a letter with the fixes of its findings put in.
type Fixed struct {
	Src  []byte    // the bytes of the file; the caller's own when there was nothing to fix
	Done []Finding // what was fixed, in the order in which it was; places are those of that moment
}

// maxTries bounds how often a letter is looked at again: once a round, more
// often where fixes do harm. A word that is told once a letter takes a round for
// each of its places. No letter comes near it; it keeps hostile files cheap.
const maxTries = 300

// FixAs puts the fixes of a letter's findings in, until there are none left,
// and leaves out each that would lead to a finding that was not there before.
// (What is found once front matter can be read was there all along: of its fix
// only the file itself may not be worse.) The result can be checked again; what
// is not fixed stands there byte for byte. The arguments are those of CheckAs.
func (p *Pack) FixAs(path string, src []byte, language string) Fixed {
	out := Fixed{Src: src}
	r := &repair{pack: p, path: path, language: language}
	for r.tries < maxTries {
		r.src, r.before, r.chosen = out.Src, p.CheckAs(path, out.Src, language), nil
		r.try(fixable(r.before))
		if len(r.chosen) == 0 {
			break
		}
		out.Src = apply(r.src, r.chosen)
		out.Done = append(out.Done, r.chosen...)
	}
	return out
}

// fixable are the findings of a letter that can be fixed at once, in the order
// of the file: of two that overlap the first, and front matter alone, for what
// the letter is held to depends on it.
func fixable(res *Result) []Finding {
	var out []Finding
	for _, f := range res.Findings {
		if f.Fix == "" || f.Waiver != nil {
			continue
		}
		if isFrontMatter(f) {
			return []Finding{f}
		}
		if len(out) == 0 || f.Span.Start >= out[len(out)-1].Span.End {
			out = append(out, f)
		}
	}
	return out
}

func isFrontMatter(f Finding) bool { return f.Rule.ID == "letter.front-matter" }

// A repair puts fixes into a letter, round by round.
type repair struct {
	pack           *Pack
	path, language string
	tries          int
	src            []byte // in this round
	before         *Result
	chosen         []Finding // whose fixes do no harm, in the order of the file
}

// try chooses those of some findings whose fixes do no harm: all of them, or
// else those of each half.
func (r *repair) try(some []Finding) {
	all := append(slices.Clone(r.chosen), some...)
	switch {
	case len(some) == 0 || r.tries >= maxTries:
	case !r.harms(all):
		r.chosen = all
	case len(some) > 1:
		r.try(some[:len(some)/2])
		r.try(some[len(some)/2:])
	}
}

// harms reports whether the letter with some fixes has a finding that it has
// not without.
func (r *repair) harms(fixes []Finding) bool {
	r.tries++
	after := r.pack.CheckAs(r.path, apply(r.src, fixes), r.language)
	onlyFile := isFrontMatter(fixes[0])
	had := map[sameness]int{}
	old, now := fixedAt(fixes)
	for i := range r.before.Findings {
		f := &r.before.Findings[i]
		for s := Note; s <= f.Severity; s++ { // a finding that weighs less now is no harm
			had[sameness{f.Rule, s, r.before.wordsBeside(f, old)}]++
		}
	}
	for i := range after.Findings {
		f := &after.Findings[i]
		if onlyFile && f.Rule.Kind != "letter" {
			continue
		}
		for s := Note; s <= f.Severity; s++ {
			is := sameness{f.Rule, s, after.wordsBeside(f, now)}
			if had[is]--; had[is] < 0 {
				return true
			}
		}
	}
	return false
}

// A sameness is what two findings of a letter share when they are one: the
// rule and the words, wherever they have moved to.
type sameness struct {
	rule     *Rule
	severity Severity
	words    string
}

// wordsBeside are the words of a finding without what stands at some places
// inside them: a long sentence stays the same when a blank in it is filled in.
func (r *Result) wordsBeside(f *Finding, places []letter.Span) string {
	var rest strings.Builder
	at := f.Span.Start
	for _, s := range places {
		if inside := f.Span.Start <= s.Start && s.End <= f.Span.End && s != f.Span; inside {
			rest.Write(r.Letter.Src[at:s.Start])
			rest.WriteByte(0)
			at = s.End
		}
	}
	if words := r.wordsOf(f); at == f.Span.Start || words == "" {
		return words
	}
	rest.Write(r.Letter.Src[at:f.Span.End])
	return rest.String()
}

// fixedAt are where fixes go, in the letter as it was and in the one with all
// of them.
func fixedAt(fixes []Finding) (old, now []letter.Span) {
	moved := 0
	for _, f := range fixes {
		start := f.Span.Start + moved
		old, now = append(old, f.Span), append(now, letter.Span{Start: start, End: start + len(f.Fix)})
		moved += len(f.Fix) - (f.Span.End - f.Span.Start)
	}
	return old, now
}

// apply puts fixes in; they stand in the order of the file and do not overlap.
func apply(src []byte, fixes []Finding) []byte {
	var out []byte
	at := 0
	for _, f := range fixes {
		out = append(append(out, src[at:f.Span.Start]...), f.Fix...)
		at = f.Span.End
	}
	return append(out, src[at:]...)
}
