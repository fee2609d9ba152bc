package change

import (
	"slices"
	"strings"

	"bedside/lint"
)

// A Change is a sentence that is not what it was. Before is nil for one that is
// new, After for one that is gone.
type Change struct {
	Before, After *Sentence
	Brings, Ends  []*lint.Finding // findings that come, and go, with it
}

// A Difference is all that is different between two versions of a letter.
type Difference struct {
	Changes      []Change        // in the order of the letter
	Brings, Ends []*lint.Finding // findings about the whole letter that came and went
	Lost, Won    []string        // the rules that ask for what it no longer holds, and for what it does now: "require.gratitude"
}

// Between compares two versions of a letter that were held to the same rules.
func Between(before, after *lint.Result) *Difference {
	d := &Difference{}
	old, now := Sentences(before), Sentences(after)
	gone, came := open(before), open(after)
	same := align(len(old), len(now), func(i, j int) int {
		if old[i].Text == now[j].Text && old[i].What == now[j].What && old[i].When == now[j].When {
			return 1
		}
		return 0
	})
	i, j := 0, 0
	for _, pair := range append(same, [2]int{len(old), len(now)}) {
		d.gap(old[i:pair[0]], now[j:pair[1]])
		if pair[0] < len(old) { // what is found in both has neither come nor gone
			settle(old[pair[0]].findings, now[pair[1]].findings, gone, came)
		}
		i, j = pair[0]+1, pair[1]+1
	}
	for _, c := range d.Changes {
		if c.Before != nil && c.After != nil {
			settle(c.Before.findings, c.After.findings, gone, came)
		}
	}
	settle(listed(before, gone), listed(after, came), gone, came)
	for k := range d.Changes {
		c := &d.Changes[k]
		if c.Before != nil {
			c.Ends = taken(c.Before.findings, gone)
		}
		if c.After != nil {
			c.Brings = taken(c.After.findings, came)
		}
	}
	d.Ends, d.Brings = listed(before, gone), listed(after, came)
	d.elements(before, after)
	return d
}

// open are the findings of a letter that are still to be accounted for.
func open(res *lint.Result) map[*lint.Finding]bool {
	all := map[*lint.Finding]bool{}
	for i := range res.Findings {
		all[&res.Findings[i]] = true
	}
	return all
}

// listed are the findings that are still open, in order.
func listed(res *lint.Result, open map[*lint.Finding]bool) []*lint.Finding {
	var out []*lint.Finding
	for i := range res.Findings {
		if open[&res.Findings[i]] {
			out = append(out, &res.Findings[i])
		}
	}
	return out
}

// taken takes what is open out of a list.
func taken(list []*lint.Finding, open map[*lint.Finding]bool) []*lint.Finding {
	var out []*lint.Finding
	for _, f := range list {
		if open[f] {
			out = append(out, f)
			delete(open, f)
		}
	}
	return out
}

// settle closes pairs of findings that are the same before and after.
func settle(before, after []*lint.Finding, gone, came map[*lint.Finding]bool) {
	for _, f := range before {
		for _, g := range after {
			if gone[f] && came[g] && sameFinding(f, g) {
				delete(gone, f)
				delete(came, g)
			}
		}
	}
}

// sameFinding reports whether two findings say the same. What a limit counts
// changes with every word.
func sameFinding(f, g *lint.Finding) bool {
	return f.Rule == g.Rule && f.Severity == g.Severity && (f.Waiver == nil) == (g.Waiver == nil) &&
		(f.Rule.Kind == "limit" || strings.EqualFold(f.Text, g.Text))
}

// gap takes what stands between two sentences that stayed: sentences that are
// alike have changed, others went or came.
func (d *Difference) gap(old, now []Sentence) {
	pairs := align(len(old), len(now), func(i, j int) int { return likeness(&old[i], &now[j]) })
	i, j := 0, 0
	for _, pair := range append(pairs, [2]int{len(old), len(now)}) {
		for ; i < pair[0]; i++ {
			d.Changes = append(d.Changes, Change{Before: &old[i]})
		}
		for ; j < pair[1]; j++ {
			d.Changes = append(d.Changes, Change{After: &now[j]})
		}
		if i < len(old) && j < len(now) {
			d.Changes = append(d.Changes, Change{Before: &old[i], After: &now[j]})
		}
		i, j = i+1, j+1
	}
}

// alike is from which likeness on two sentences are one that has changed.
const alike = 40

// likeness is how much of two sentences is the same, in percent of their
// words; 0 for less than makes them alike.
func likeness(a, b *Sentence) int {
	if a.What == b.What && slices.Contains(lone, a.What) {
		return 100
	}
	if (a.What == "link") != (b.What == "link") {
		return 0
	}
	before, after := strings.Fields(a.Text), strings.Fields(b.Text)
	share := 200 * len(sameWords(before, after)) / (len(before) + len(after))
	if share < alike {
		return 0
	}
	return share
}

func sameWords(before, after []string) [][2]int {
	return align(len(before), len(after), func(i, j int) int {
		if before[i] == after[j] {
			return 1
		}
		return 0
	})
}

// Marked are the texts of a changed sentence, with << and >> around the words
// that are not in the other.
func (c *Change) Marked() (before, after string) {
	old, now := strings.Fields(c.Before.Text), strings.Fields(c.After.Text)
	same := sameWords(old, now)
	var inOld, inNow []int
	for _, pair := range same {
		inOld, inNow = append(inOld, pair[0]), append(inNow, pair[1])
	}
	return marked(old, inOld), marked(now, inNow)
}

// marked puts << and >> around the words that are not kept.
func marked(words []string, kept []int) string {
	out := slices.Clone(words)
	isKept := func(i int) bool { return i < 0 || i >= len(words) || slices.Contains(kept, i) }
	for i := range words {
		if isKept(i) {
			continue
		}
		if isKept(i - 1) {
			out[i] = "<<" + out[i]
		}
		if isKept(i + 1) {
			out[i] += ">>"
		}
	}
	return strings.Join(out, " ")
}

// elements compares what the letter holds.
func (d *Difference) elements(before, after *lint.Result) {
	had := map[string]bool{}
	for _, e := range before.Elements {
		had[e.Name] = e.Present
	}
	for _, e := range after.Elements {
		switch was, known := had[e.Name]; {
		case known && was && !e.Present:
			d.Lost = append(d.Lost, "require."+e.Name)
		case known && !was && e.Present:
			d.Won = append(d.Won, "require."+e.Name)
		}
	}
}

// maxTable is the largest table that align fills, in cells. No letter comes
// near it; what is larger is not compared, and counts as changed throughout.
const maxTable = 1 << 20

// align pairs the numbers below n with those below m, in order, so that the
// scores of the pairs add up to the most. Pairs without a score are none.
func align(n, m int, score func(i, j int) int) [][2]int {
	if n*m > maxTable {
		return nil
	}
	best := make([]int, (n+1)*(m+1)) // of what stands from i and j on
	at := func(i, j int) *int { return &best[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if s := score(i, j); s > 0 {
				*at(i, j) = max(*at(i, j), s+*at(i+1, j+1))
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < n && j < m; {
		switch s := score(i, j); {
		case s > 0 && *at(i, j) == s+*at(i+1, j+1):
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case *at(i, j) == *at(i+1, j):
			i++
		default:
			j++
		}
	}
	return pairs
}
