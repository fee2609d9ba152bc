package phrase

import (
	"math/bits"
	"slices"
)

// signature stands for a set of words, with a bit for each. Words share bits, but most words that are not in the set have
// none of its own, so that one instruction turns them away.
type signature uint64

// anyWord is the signature of what accepts words by other things than their numbers.
const anyWord = ^signature(0)

// The first bits are those of words that are told by something else than their number.
const (
	unknown   signature = 1 << iota // words that no pattern knows
	typed                           // besides their own bit: numbers, addresses, fields and the ends of runs
	named                           // besides their own bit: words with a capital
	firstWord = 3                   // bits
)

// has reports whether a word may be in the set, by its own signature.
func (s signature) has(word signature) bool { return s&word != 0 }

func (s signature) size() int { return bits.OnesCount64(uint64(s)) }

// glance is the signatures of items of a sequence that most false starts fail on. Where there is no such item it is
// anyWord.
type glance struct {
	before, after signature // the items next to the anchor
	left, right   signature // on each side, that of the fewest words among the others
}

// met reports whether all four items may be met by words of these signatures: those next to the anchor, and all on each
// side of it. No processor foresees which of them is not, so it does not branch.
func (g *glance) met(by *glance) bool {
	a, b, c, d := g.before&by.before, g.after&by.after, g.left&by.left, g.right&by.right
	return int64((a|-a)&(b|-b)&(c|-c)&(d|-d)) < 0
}

// uses counts the sets that each word is in.
func (m *Matcher) uses() []int32 {
	uses := make([]int32, m.words)
	for _, s := range m.sets {
		for _, w := range m.members[s.words.from:s.words.to] {
			uses[w]++
		}
	}
	return uses
}

// sign chooses the bits of the words and makes the signatures of sets and items. The words take the bits in turn, those
// in most sets first: so the words that are in most texts too do not share a bit with each other. No known word has the
// bit of the unknown ones.
func (m *Matcher) sign(uses []int32) {
	const levels = 64    // words used more often are alike
	var next [levels]int // by number of uses: how many words come first
	for _, n := range uses {
		if n := min(n, levels-1); n > 0 {
			next[n-1]++
		}
	}
	for n := levels - 2; n >= 0; n-- {
		next[n] += next[n+1]
	}
	m.bits = make([]uint8, m.words)
	for w, n := range uses[1:] {
		n := min(n, levels-1)
		m.bits[w+1] = uint8(firstWord + next[n]%(64-firstWord))
		next[n]++
	}
	for i := range m.sets {
		s := &m.sets[i]
		for _, w := range m.members[s.words.from:s.words.to] {
			s.signature |= 1 << m.bits[w]
		}
		switch e := &m.extras[s.extra]; {
		case e.tails != nil, e.any, slices.ContainsFunc(e.shapes, shape.withoutDigit):
			s.signature = anyWord
		default:
			s.signature |= classSignature(s.class | s.index)
		}
	}
	for i := range m.items {
		m.signItem(&m.items[i])
	}
}

// classSignature is the signature of the words of these classes, besides their own bits.
func classSignature(c class) (s signature) {
	if c&name != 0 {
		s |= named
	}
	if c&^name != 0 {
		s |= typed
	}
	return s
}

// signItem takes into an item what tells of most words whether it accepts them, without a look at its set.
func (m *Matcher) signItem(it *item) {
	s := &m.sets[it.set]
	it.signature = s.signature
	switch {
	case s.class != 0 || s.extra != 0:
	case s.words.to == s.words.from+1:
		it.words = span{int32(m.members[s.words.from]), 0}
	default:
		it.words = s.words
	}
}

// glance returns that at a sequence.
func (m *Matcher) glance(q *sequence) glance {
	g := glance{anyWord, anyWord, anyWord, anyWord}
	items, k := m.items[q.items.from:q.items.to], int(q.anchor)
	for i := range items {
		it := &items[i]
		switch {
		case i == k:
		case i == k-1 && items[k].isNext():
			g.before = it.signature
		case i == k+1 && it.isNext():
			g.after = it.signature
		case i < k && it.signature.size() < g.left.size():
			g.left = it.signature
		case i > k && it.signature.size() < g.right.size():
			g.right = it.signature
		}
	}
	return g
}
