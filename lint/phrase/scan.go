package phrase

import (
	"bytes"
	"math/bits"
	"slices"

	"bedside/lint/readability"
)

// Scanner scans one text at a time. It keeps its buffers, so a warm one allocates nothing.
type Scanner struct {
	tokenizer
	m       *Matcher
	matches []match
	excepts []match
	spelled []byte // key of a word with its upper case
}

// match is words first to last, found by a sequence.
type match struct {
	phrase, first, last int32
	slack               int32 // words in gaps
	plain               bool  // no word of the sequence denies: one that does stands in a gap
}

// Scanner returns a new scanner, for one goroutine.
func (m *Matcher) Scanner() *Scanner {
	return &Scanner{m: m, tokenizer: tokenizer{vocabulary: &m.vocabulary}}
}

// Words returns the words of the last text scanned, until the next scan.
func (s *Scanner) Words() []Word { return s.words }

// Scan calls hit for every phrase found in one block of prose, ordered by start, then phrase. Sentences and marks are
// sorted, do not overlap and lie inside the text; text outside the sentences is a sentence of its own. Tokens are those of
// the text, or none; a word whose token bears what Known said of it is not looked up again.
//
// Of the matches of a phrase that end at the same word, the one with the fewest words in gaps counts, then the longest;
// of those that overlap, the one that starts first, then as before.
func (s *Scanner) Scan(text string, tokens []readability.Token, sentences []Span, marks []Mark, hit func(Hit)) {
	s.cut(text, tokens, sentences, marks)
	s.matches, s.excepts = s.matches[:0], s.excepts[:0]
	for from := 0; from < len(s.words); {
		to := from + 1
		for to < len(s.words) && s.words[to].joint&(hard|stop) == 0 {
			to++
		}
		s.stretch(from, to)
		from = to
	}
	if len(s.matches) > 0 {
		s.report(hit)
	}
}

// report calls hit for the matches that count.
func (s *Scanner) report(hit func(Hit)) {
	compete := s.compete()
	if compete {
		s.tightest()
	}
	if compete || len(s.excepts) > 0 {
		slices.SortFunc(s.matches, byStart)
	}
	if len(s.excepts) > 0 {
		s.dropExcepted()
	}
	if compete {
		s.dropOverlaps()
	}
	if len(s.matches) > 1 {
		slices.SortFunc(s.matches, func(a, b match) int {
			if a.first != b.first {
				return int(a.first - b.first)
			}
			return int(a.phrase - b.phrase)
		})
	}
	for _, h := range s.matches {
		if s.cancelled(h) {
			continue
		}
		first, last := &s.words[h.first], &s.words[h.last]
		sentence := int(first.segment) / 2
		if first.segment%2 == 0 {
			sentence = -1
		}
		hit(Hit{Phrase: int(h.phrase), Start: first.Start, End: last.End, Sentence: sentence})
	}
}

// stretch checks the sequences filed under each of the words from one to another, and under the runs of words that begin
// with it. No match goes beyond them.
func (s *Scanner) stretch(from, to int) {
	x := &s.m.anchors
	right := unknown // also where there are no words
	for i := to - 1; i >= from; i-- {
		s.words[i].after = right
		right |= s.words[i].mask
	}
	left := unknown
	for i := from; i < to; i++ {
		w := &s.words[i]
		if list := x.starts[w.word]; list.from < list.to {
			s.try(list, i, i, left)
		}
		if w.class&x.used != 0 {
			s.typed(w.class, i, i, left)
		}
		if w.run > 0 {
			s.typed(w.runClass, i, i+int(w.run)-1, left)
		}
		left |= w.mask
	}
}

// typed checks the sequences filed under the classes.
func (s *Scanner) typed(classes class, first, last int, left signature) {
	x := &s.m.anchors
	for c := classes & x.used; c != 0; c &= c - 1 {
		s.try(x.classes[bits.TrailingZeros8(uint8(c))], first, last, left)
	}
}

// try checks those of the sequences listed whose signatures are met by the words before and after the anchor, and by
// those left and right of it.
func (s *Scanner) try(list span, first, last int, left signature) {
	around := glance{unknown, unknown, left, s.words[last].after} // unknown also where no neighbouring item takes what stands between
	if s.words[first].joint&^(adjacent|colon) == 0 {
		around.before = s.words[first-1].mask
	}
	if last+1 < len(s.words) && s.words[last+1].joint&^(adjacent|colon) == 0 {
		around.after = s.words[last+1].mask
	}
	glances := s.m.anchors.glances[list.from:list.to]
	for k := range glances {
		if glances[k].met(&around) {
			s.check(&s.m.anchors.list[int(list.from)+k], first, last)
		}
	}
}

// check keeps the matches of the sequence with its anchor at words first to last. Left and right of it do not depend on
// each other, so the best start goes with every end.
func (s *Scanner) check(q *sequence, first, last int) {
	items := s.m.items[q.items.from:q.items.to]
	anchor := &items[q.anchor]
	switch {
	case q.first && q.anchor == 0 && s.words[first].joint&freshStart == 0,
		q.picky && first == last && !s.accepts(anchor, &s.words[first]),
		anchor.looks&^s.words[last].looks != 0:
		return
	}
	starts, ends := uint64(1), uint64(1) // the anchor alone
	if q.anchor > 0 {
		starts = s.left(items[:q.anchor+1], first)
	}
	if q.first {
		starts = s.fresh(starts, first)
	}
	if starts == 0 {
		return
	}
	if after := items[q.anchor:]; len(after) > 1 {
		ends = s.right(after, last)
	}
	start := first - bits.TrailingZeros64(starts)
	list := &s.matches
	if q.except { // the widest excuses most
		start = first - (bits.Len64(starts) - 1)
		list = &s.excepts
	}
	for ; ends != 0; ends &= ends - 1 {
		end := last + bits.TrailingZeros64(ends)
		*list = append(*list, match{})
		m := &(*list)[len(*list)-1] // filled in place, as words are
		m.phrase, m.first, m.last, m.plain = q.phrase, int32(start), int32(end), q.plain
		m.slack = s.slack(start, end, len(items))
	}
}

// slack returns how many words of a match stand in gaps. A run may be one item, so it counts as one word.
func (s *Scanner) slack(first, last, items int) int32 {
	n := last - first + 1 - items
	for i := first; i <= last && n > 0; i++ {
		if run := int(s.words[i].run); run > 0 && i+run-1 <= last {
			n -= run - 1
		}
	}
	return int32(max(n, 0))
}

// right follows the items after the first one, which ends at word last. The result has bit n set where the last item can
// end at word last+n. Sets of words rather than single ones are followed, so the work is bounded by items times reach.
func (s *Scanner) right(items []item, last int) uint64 {
	n, items := s.following(items[1:], last)
	if n < 0 {
		return 0
	}
	words, ends := s.words, uint64(1)<<n
	for k := 0; k < len(items) && ends != 0; k++ {
		next, it := uint64(0), &items[k]
		for ; ends != 0; ends &= ends - 1 {
			from := bits.TrailingZeros64(ends) + 1
			for n, to := from, from+int(it.gap); n <= to && last+n < len(words); n++ {
				w := &words[last+n]
				if w.joint&^it.pass != 0 || w.joint&lead != 0 && n > from {
					break
				}
				if !it.signature.has(w.mask) || it.need&^w.joint != 0 {
					continue
				}
				if s.accepts(it, w) && it.looks&^w.looks == 0 {
					next |= 1 << n
				}
				if w.run > 0 && it.mayRun() && w.runClass&s.m.sets[it.set].class != 0 {
					end := n + int(w.run) - 1
					if it.looks&^words[last+end].looks == 0 {
						next |= 1 << end
					}
				}
			}
		}
		ends = next
	}
	return ends
}

// following takes the neighbours of word last by the items up to the first one with a gap or with more than words. It
// returns how many they are, or -1 if one does not fit, and the items that are left: in most sequences none.
func (s *Scanner) following(items []item, last int) (int, []item) {
	words := s.words[last+1:]
	for n := range items {
		it := &items[n]
		if !it.isNext() || it.mayRun() {
			return n, items[n:]
		}
		if n >= len(words) {
			return -1, nil
		}
		if w := &words[n]; w.joint&^it.pass != 0 || !it.signature.has(w.mask) || !s.accepts(it, w) || it.looks&^w.looks != 0 {
			return -1, nil
		}
	}
	return len(items), nil
}

// left follows the items before the last one, which begins at word first. The result has bit n set where the first item
// can begin at word first-n.
func (s *Scanner) left(items []item, first int) uint64 {
	n := s.preceding(items, first)
	if n < 0 {
		return 0
	}
	words, starts := s.words, uint64(1)<<n
	for k := len(items) - 1 - n; k > 0 && starts != 0; k-- {
		next, it, after := uint64(0), &items[k-1], &items[k]
		for ; starts != 0; starts &= starts - 1 {
			n := bits.TrailingZeros64(starts)
			if after.need&^words[first-n].joint != 0 {
				continue
			}
			for to := n + int(after.gap); n <= to && words[first-n].joint&^after.pass == 0; {
				if words[first-n].joint&lead != 0 {
					to = n // the last word of the lead-in
				}
				n++ // the first word of a text is joined to nothing, so there is a word before
				w := &words[first-n]
				if !it.signature.has(w.mask) || it.looks&^w.looks != 0 {
					continue
				}
				if s.accepts(it, w) {
					next |= 1 << n
				}
				if w.run < 0 && it.mayRun() && w.runClass&s.m.sets[it.set].class != 0 {
					next |= 1 << (n - int(w.run) - 1)
				}
			}
		}
		starts = next
	}
	return starts
}

// preceding is following for the items before the last one, which begins at word first.
func (s *Scanner) preceding(items []item, first int) int {
	words := s.words[:first+1]
	for n := 0; n < len(items)-1; n++ {
		next, it := &items[len(items)-1-n], &items[len(items)-2-n]
		if !next.isNext() || it.mayRun() {
			return n
		}
		if words[len(words)-1-n].joint&^next.pass != 0 {
			return -1
		}
		if w := &words[len(words)-2-n]; !it.signature.has(w.mask) || !s.accepts(it, w) || it.looks&^w.looks != 0 {
			return -1
		}
	}
	return len(items) - 1
}

// fresh keeps the starts, as bits n of words first-n, where a sentence or a line begins.
func (s *Scanner) fresh(starts uint64, first int) uint64 {
	for b := starts; b != 0; b &= b - 1 {
		if n := bits.TrailingZeros64(b); s.words[first-n].joint&freshStart == 0 {
			starts &^= 1 << n
		}
	}
	return starts
}

// accepts reports whether the item accepts the word, which has a bit of its signature.
func (s *Scanner) accepts(it *item, w *Word) bool {
	switch {
	case it.words.to > 0:
		return s.member(it.words, w.word)
	case it.words.from > 0:
		return it.words.from == int32(w.word)
	}
	return s.contains(&s.m.sets[it.set], w)
}

// contains reports whether the word is in the set.
func (s *Scanner) contains(set *set, w *Word) bool {
	if w.class&set.class != 0 {
		return true
	}
	known := w.word != 0 && s.member(set.words, w.word)
	if set.extra == 0 {
		return known
	}
	return s.acceptsExtra(&s.m.extras[set.extra], w, known)
}

// member reports whether the word is one of the members.
func (s *Scanner) member(members span, w word) bool {
	words := s.m.members[members.from:members.to]
	for len(words) > 8 {
		if half := len(words) / 2; words[half] <= w {
			words = words[half:]
		} else {
			words = words[:half]
		}
	}
	return slices.Contains(words, w)
}

// acceptsExtra looks at how the word is written. That is rare, so its key is made once more rather than kept.
func (s *Scanner) acceptsExtra(e *extra, w *Word, known bool) bool {
	if e.any {
		return true
	}
	inText := w.looks&letters != 0 || w.class&withDigits != 0 // neither a mark nor an address
	if !inText || (!known || len(e.written) == 0) && len(e.shapes) == 0 && len(e.tails) == 0 {
		return known
	}
	written := appendKey(s.spelled[:0], s.text[w.Start:w.End], len(e.tails) > 0)
	s.spelled = written
	switch {
	case slices.ContainsFunc(e.shapes, func(sh shape) bool { return sh.is(written) }),
		slices.ContainsFunc(e.tails, func(tail string) bool { return bytes.HasSuffix(written, []byte(tail)) }):
		return true
	case len(e.written) > 0:
		return slices.ContainsFunc(e.written, func(w string) bool { return w == string(written) })
	}
	return known
}

// is reports whether a number is written in this shape.
func (sh shape) is(number []byte) bool {
	if sh.most > 0 {
		return sh.least <= len(number) && len(number) <= sh.most && !slices.ContainsFunc(number, func(c byte) bool { return ascii[c] != digit })
	}
	if len(number) != len(sh.outline) {
		return false
	}
	for i, c := range number {
		switch sh.outline[i] {
		case 'd':
			if ascii[c] != digit {
				return false
			}
		case 'A':
			if ascii[c] != upper {
				return false
			}
		case c:
		default:
			return false
		}
	}
	return true
}

// compete reports whether there are two matches of one phrase: in most blocks there are not. Of many there may be.
func (s *Scanner) compete() bool {
	for i, m := range s.matches {
		if i == 16 || slices.ContainsFunc(s.matches[:i], func(other match) bool { return other.phrase == m.phrase }) {
			return true
		}
	}
	return false
}

// byTightness orders matches that compete: fewest words in gaps, then longest.
func byTightness(a, b match) int {
	if a.slack != b.slack {
		return int(a.slack - b.slack)
	}
	return int(b.last - b.first - (a.last - a.first))
}

// tightest keeps one match of those of a phrase that end at the same word.
func (s *Scanner) tightest() {
	slices.SortFunc(s.matches, func(a, b match) int {
		switch {
		case a.phrase != b.phrase:
			return int(a.phrase - b.phrase)
		case a.last != b.last:
			return int(a.last - b.last)
		}
		return byTightness(a, b)
	})
	s.matches = slices.CompactFunc(s.matches, func(a, b match) bool { return a.phrase == b.phrase && a.last == b.last })
}

// byStart orders matches by phrase, those of a phrase by their first word.
func byStart(a, b match) int {
	switch {
	case a.phrase != b.phrase:
		return int(a.phrase - b.phrase)
	case a.first != b.first:
		return int(a.first - b.first)
	}
	return byTightness(a, b)
}

// dropExcepted drops matches inside an exception of their phrase: one of those that begin no later reaches their last
// word. Both go by start, so each is looked at once.
func (s *Scanner) dropExcepted() {
	slices.SortFunc(s.excepts, byStart)
	rest, reach := s.excepts, match{phrase: -1} // the exception that reaches farthest
	kept := s.matches[:0]
	for _, h := range s.matches {
		for ; len(rest) > 0 && (rest[0].phrase < h.phrase || rest[0].phrase == h.phrase && rest[0].first <= h.first); rest = rest[1:] {
			if rest[0].phrase != reach.phrase || rest[0].last > reach.last {
				reach = rest[0]
			}
		}
		if reach.phrase != h.phrase || reach.last < h.last {
			kept = append(kept, h)
		}
	}
	s.matches = kept
}

// dropOverlaps keeps one match of those of a phrase that overlap.
func (s *Scanner) dropOverlaps() {
	kept := s.matches[:0]
	for _, h := range s.matches {
		if n := len(kept); n > 0 && kept[n-1].phrase == h.phrase && h.first <= kept[n-1].last {
			continue
		}
		kept = append(kept, h)
	}
	s.matches = kept
}
