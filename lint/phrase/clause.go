package phrase

import (
	"math/bits"
	"slices"
)

// role is what some words do in a clause.
type role uint8

const (
	negator role = iota
	subject
	trap
	clauseWord
	opener
	breaker // of an office's promise
	denial  // after a hit
	pronoun
	alternative // "or"
	finite      // "will", "is": a part with one is a clause of its own
	partitive   // "of": what stands behind is part of what stands before
	roleCount
)

// clauses is what denies a hit or makes it the office's own promise, for one language.
type clauses struct {
	lists  [roleCount][]opening
	roles  []uint16 // by word: a bit for each role whose sequences it may begin
	window int
}

// opening is a sequence of a list: where a word begins it, the others follow.
type opening struct {
	first signature
	items span
}

// clauses compiles the lists of the language.
func (c *compiler) clauses() {
	c.m.window = c.lang.Window
	for r, patterns := range [roleCount][]string{
		negator:     c.lang.Negators,
		subject:     c.lang.Subjects,
		trap:        c.lang.Traps,
		clauseWord:  c.lang.ClauseWords,
		opener:      c.lang.Openers,
		breaker:     c.lang.BrokenBy,
		denial:      c.rules.denials,
		pronoun:     c.rules.pronouns,
		alternative: c.rules.alternatives,
		finite:      c.rules.finite,
		partitive:   c.rules.partitives,
	} {
		for _, pattern := range patterns {
			c.roles[r] = c.pattern(c.roles[r], pattern, sequence{phrase: -1}, false)
		}
	}
}

// closeClauses notes which words begin the sequences of the lists. Few do, so most words of a clause are passed over.
func (c *compiler) closeClauses() {
	m := c.m
	m.roles = make([]uint16, m.words)
	for r, list := range c.roles {
		m.lists[r] = make([]opening, len(list))
		for i, q := range list {
			s := &m.sets[m.items[q.items.from].set]
			m.lists[r][i] = opening{s.signature, q.items}
			for _, w := range m.members[s.words.from:s.words.to] {
				m.roles[w] |= 1 << r
			}
			if s.signature.has(typed) {
				for w := range m.roles {
					m.roles[w] |= 1 << r
				}
			}
		}
	}
}

// closeDenials tells the sequences none of whose words denies.
func (m *Matcher) closeDenials() {
	denies := func(it item) bool {
		s := m.sets[it.set].words
		return slices.ContainsFunc(m.members[s.from:s.to], func(w word) bool { return m.roles[w]>>negator&1 != 0 })
	}
	for i := range m.sequences {
		q := &m.sequences[i]
		q.plain = !slices.ContainsFunc(m.items[q.items.from:q.items.to], denies)
	}
}

// begins returns the last word of a sequence with the role that begins with word i, or -1.
func (s *Scanner) begins(r role, i int) int {
	w := &s.words[i]
	if s.m.roles[w.word]>>r&1 == 0 {
		return -1
	}
	list := s.m.lists[r]
	for k := range list {
		if !list[k].first.has(w.mask) {
			continue
		}
		items := s.m.items[list[k].items.from:list[k].items.to]
		if !s.accepts(&items[0], w) {
			continue
		}
		if ends := s.right(items, i); ends != 0 {
			return i + bits.TrailingZeros64(ends)
		}
	}
	return -1
}

// beginsBefore reports whether a sequence with the role begins with word i and ends before word end.
func (s *Scanner) beginsBefore(r role, i, end int) bool {
	last := s.begins(r, i)
	return 0 <= last && last < end
}

// cancelled reports whether the clause around a match takes it back.
func (s *Scanner) cancelled(h match) bool {
	first, last := int(h.first), int(h.last)
	t := s.m.phrases[h.phrase]
	return t.negatable && (s.deniedBefore(first, last) || h.plain && h.slack > 0 && s.deniedInside(first, last) || s.deniedAfter(last)) ||
		t.firstPerson && s.ownPromise(first, last)
}

// deniedBefore reports whether a negator stands in the clause before the match: "we will not take legal action", or before
// the alternatives of which the match is one: "we will not report you, sue you, or charge interest".
func (s *Scanner) deniedBefore(first, last int) bool {
	end, own, listed := first-s.m.window, true, false
	for i := first - 1; i >= max(0, end); i-- {
		if broken := s.words[i+1].joint & clauseBreak; broken != 0 {
			if broken != soft || !s.offersAlternative(i+1) || s.isClause(i+1, last) {
				return false
			}
			end, own = i-s.m.window, false
		}
		leads := s.words[i+1].joint&lead != 0
		if listed = listed || leads; leads || s.begins(alternative, i) >= 0 {
			end = i - s.m.window
		}
		if s.m.roles[s.words[i].word]&(1<<negator|1<<clauseWord|1<<subject) == 0 {
			continue
		}
		switch {
		case s.beginsBefore(negator, i, first) && s.begins(trap, i) < 0:
			return !listed || !s.conditional(i)
		case s.beginsBefore(clauseWord, i, first), s.beginsBefore(subject, i, first) && (own || s.words[i].joint&clauseBreak != 0) && !s.endsAlternative(i) && !s.isPart(i):
			return false
		}
	}
	return false
}

// deniedInside reports whether a negator stands in a gap of the match: "your water will not be shut off".
func (s *Scanner) deniedInside(first, last int) bool {
	for i := first + 1; i < last; i++ {
		if s.beginsBefore(negator, i, last+1) && s.begins(trap, i) < 0 {
			return true
		}
	}
	return false
}

// conditional reports whether word i stands in a clause that a clause word opens: what a list follows is then its
// condition, "If this is not done:", and denies none of its items.
func (s *Scanner) conditional(i int) bool {
	for ; i > 0 && s.words[i].joint&clauseBreak == 0; i-- {
		if s.begins(clauseWord, i-1) >= 0 {
			return true
		}
	}
	return false
}

// offersAlternative reports whether an "or" stands in the sentence from word i on: what is denied before it is denied in
// all its parts.
func (s *Scanner) offersAlternative(i int) bool {
	for ; i < len(s.words); i++ {
		if s.begins(alternative, i) >= 0 {
			return true
		}
		if i+1 < len(s.words) && s.words[i+1].joint&(clauseBreak&^soft) != 0 {
			return false
		}
	}
	return false
}

// isClause reports whether the words from first to last hold a verb that makes them a clause: "your service will end" is
// one, "end your service" denied with what stands before it.
func (s *Scanner) isClause(first, last int) bool {
	for i := first; i <= last; i++ {
		if s.begins(finite, i) >= 0 {
			return true
		}
	}
	return false
}

// endsAlternative reports whether word i is the last of one of several parts: in "sue you, or" the "you" begins no clause.
func (s *Scanner) endsAlternative(i int) bool {
	next := i + 1
	return next < len(s.words) && (s.words[next].joint&clauseBreak == soft || s.begins(alternative, next) >= 0) && s.offersAlternative(next)
}

// isPart reports whether what begins with word i is a part of what stands before: in "none of this will" the "this" begins
// no clause.
func (s *Scanner) isPart(i int) bool {
	return i > 0 && s.words[i].joint&clauseBreak == 0 && s.begins(partitive, i-1) == i-1
}

// deniedAfter reports whether the match is denied right after: "legal action will not be taken". After a pronoun another
// clause begins: "if we sue you, not ...". What "cannot be ruled out" is not denied.
func (s *Scanner) deniedAfter(last int) bool {
	next := last + 1
	if next >= len(s.words) || s.words[next].joint&clauseBreak != 0 {
		return false
	}
	end := s.begins(denial, next)
	return end >= 0 && s.begins(pronoun, last) < 0 && s.begins(trap, next) < 0 && s.begins(trap, end) < 0
}

// ownPromise reports whether the clause of the match opens with the office and asks nothing of the reader.
func (s *Scanner) ownPromise(first, last int) bool {
	start := first
	for start > 0 && s.words[start].joint&clauseBreak == 0 {
		if end := s.begins(clauseWord, start-1); 0 <= end && end < first {
			start = end + 1
			break
		}
		start--
	}
	if s.begins(opener, start) < 0 {
		return false
	}
	for i := start; i < len(s.words); i++ {
		if i > last && (s.words[i].joint&clauseBreak != 0 || s.begins(clauseWord, i) >= 0) {
			break
		}
		if s.begins(breaker, i) >= 0 {
			return false
		}
	}
	return true
}
