package phrase

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
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
}

// Scanner returns a new scanner, for one goroutine.
func (m *Matcher) Scanner() *Scanner {
	return &Scanner{m: m, tokenizer: tokenizer{vocabulary: &m.vocabulary}}
}

// Words returns the words of the last text scanned, until the next scan.
func (s *Scanner) Words() []Word { return s.words }

// Scan calls hit for every phrase found in one block of prose, ordered by start, then phrase. Sentences and marks are
// sorted, do not overlap and lie inside the text; text outside the sentences is a sentence of its own.
//
// Of the matches of a phrase that end at the same word, the one with the fewest words in gaps counts, then the longest;
// of those that overlap, the one that starts first, then as before.
func (s *Scanner) Scan(text string, sentences []Span, marks []Mark, hit func(Hit)) {
	s.cut(text, sentences, marks)
	s.matches, s.excepts = s.matches[:0], s.excepts[:0]
	for i := range s.words {
		s.anchored(i)
	}
	if len(s.matches) > 0 {
		s.report(hit)
	}
}

// report calls hit for the matches that count.
func (s *Scanner) report(hit func(Hit)) {
	s.tightest()
	s.dropExcepted()
	s.dropOverlaps()
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

// anchored checks the sequences filed under word i, or under the run that begins with it.
func (s *Scanner) anchored(i int) {
	x, w := &s.m.anchors, &s.words[i]
	if w.word != 0 {
		postings := x.list[x.starts[w.word]:x.starts[w.word+1]]
		for k := range postings {
			if p := &postings[k]; p.side == 0 || s.glance(p, i) {
				s.check(&s.m.sequences[p.sequence], i, i)
			}
		}
	}
	for c := w.class & x.used; c != 0; c &= c - 1 {
		for _, q := range x.classes[bits.TrailingZeros8(uint8(c))] {
			s.check(&s.m.sequences[q], i, i)
		}
	}
	if w.run > 0 {
		for c := w.runClass & x.used; c != 0; c &= c - 1 {
			for _, q := range x.classes[bits.TrailingZeros8(uint8(c))] {
				s.check(&s.m.sequences[q], i, i+int(w.run)-1)
			}
		}
	}
}

// glance reports whether the item next to the anchor may be there.
func (s *Scanner) glance(p *posting, i int) bool {
	for range p.reach {
		i += int(p.side)
		if uint(i) < uint(len(s.words)) && p.signature>>(s.words[i].word&63)&1 != 0 {
			return true
		}
	}
	return false
}

// check keeps the matches of the sequence with its anchor at words first to last. Left and right of it do not depend on
// each other, so the best start goes with every end.
func (s *Scanner) check(q *sequence, first, last int) {
	items := s.m.items[q.items.from:q.items.to]
	anchor := &items[q.anchor]
	if set := &s.m.sets[anchor.set]; set.extra != 0 && first == last && !s.accepts(set, &s.words[first]) {
		return
	}
	if anchor.colonAfter && s.words[last].looks&colonNext == 0 {
		return
	}
	starts := s.left(items[:q.anchor+1], first)
	if starts == 0 {
		return
	}
	ends := s.right(items[q.anchor:], last)
	start := first - bits.TrailingZeros64(starts)
	list := &s.matches
	if q.except { // the widest excuses most
		start = first - (bits.Len64(starts) - 1)
		list = &s.excepts
	}
	for ; ends != 0; ends &= ends - 1 {
		end := last + bits.TrailingZeros64(ends)
		*list = append(*list, match{q.phrase, int32(start), int32(end), s.slack(start, end, len(items))})
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
	ends := uint64(1)
	for k := 1; k < len(items) && ends != 0; k++ {
		next, it := uint64(0), &items[k]
		set := &s.m.sets[it.set]
		for ; ends != 0; ends &= ends - 1 {
			n := bits.TrailingZeros64(ends) + 1
			for to := n + int(it.gap); n <= to && last+n < len(s.words); n++ {
				w := &s.words[last+n]
				if w.joint&^it.pass != 0 {
					break
				}
				if it.colonBefore && w.joint&colon == 0 {
					continue
				}
				if s.accepts(set, w) && (!it.colonAfter || w.looks&colonNext != 0) {
					next |= 1 << n
				}
				if w.run > 0 && w.runClass&set.class != 0 {
					end := n + int(w.run) - 1
					if !it.colonAfter || s.words[last+end].looks&colonNext != 0 {
						next |= 1 << end
					}
				}
			}
		}
		ends = next
	}
	return ends
}

// left follows the items before the last one, which begins at word first. The result has bit n set where the first item
// can begin at word first-n.
func (s *Scanner) left(items []item, first int) uint64 {
	starts := uint64(1)
	for k := len(items) - 1; k > 0 && starts != 0; k-- {
		next, it := uint64(0), &items[k-1]
		set := &s.m.sets[it.set]
		for ; starts != 0; starts &= starts - 1 {
			n := bits.TrailingZeros64(starts)
			if items[k].colonBefore && s.words[first-n].joint&colon == 0 {
				continue
			}
			for to := n + int(items[k].gap); n <= to && s.words[first-n].joint&^items[k].pass == 0; {
				n++ // the first word of a text is joined to nothing, so there is a word before
				w := &s.words[first-n]
				if it.colonAfter && w.looks&colonNext == 0 {
					continue
				}
				if s.accepts(set, w) {
					next |= 1 << n
				}
				if w.run < 0 && w.runClass&set.class != 0 {
					next |= 1 << (n - int(w.run) - 1)
				}
			}
		}
		starts = next
	}
	if items[0].first {
		for b := starts; b != 0; b &= b - 1 {
			if n := bits.TrailingZeros64(b); s.words[first-n].joint&freshStart == 0 {
				starts &^= 1 << n
			}
		}
	}
	return starts
}

// accepts reports whether the word is in the set.
func (s *Scanner) accepts(set *set, w *Word) bool {
	if w.class&set.class != 0 {
		return true
	}
	known := w.word != 0 && set.signature>>(w.word&63)&1 != 0 && s.member(set, w.word)
	if set.extra == 0 {
		return known
	}
	return s.acceptsExtra(&s.m.extras[set.extra], w, known)
}

func (s *Scanner) member(set *set, w word) bool {
	words := s.m.members[set.words.from:set.words.to]
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

// byTightness orders matches that compete: fewest words in gaps, then longest.
func byTightness(a, b match) int {
	return cmp.Or(cmp.Compare(a.slack, b.slack), cmp.Compare(b.last-b.first, a.last-a.first))
}

// tightest keeps one match of those of a phrase that end at the same word.
func (s *Scanner) tightest() {
	slices.SortFunc(s.matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.last, b.last), byTightness(a, b))
	})
	s.matches = slices.CompactFunc(s.matches, func(a, b match) bool { return a.phrase == b.phrase && a.last == b.last })
}

// dropExcepted drops matches inside an exception of their phrase.
func (s *Scanner) dropExcepted() {
	if len(s.excepts) == 0 {
		return
	}
	kept := s.matches[:0]
	for _, h := range s.matches {
		inside := func(e match) bool { return e.phrase == h.phrase && e.first <= h.first && h.last <= e.last }
		if !slices.ContainsFunc(s.excepts, inside) {
			kept = append(kept, h)
		}
	}
	s.matches = kept
}

// dropOverlaps keeps one match of those of a phrase that overlap, and puts all in the order they are reported.
func (s *Scanner) dropOverlaps() {
	slices.SortFunc(s.matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(a.first, b.first), byTightness(a, b))
	})
	kept := s.matches[:0]
	for _, h := range s.matches {
		if n := len(kept); n > 0 && kept[n-1].phrase == h.phrase && h.first <= kept[n-1].last {
			continue
		}
		kept = append(kept, h)
	}
	s.matches = kept
	slices.SortFunc(s.matches, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.phrase, b.phrase))
	})
}
