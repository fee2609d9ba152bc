package phrase

import (
	"math"
	"strings"
)

// index lists sequences by their anchor.
type index struct {
	starts  []span   // of list, by word
	classes [8]span  // of list, by bit of the class
	used    class    // classes that have any
	list    []int32  // sequences
	glances []glance // at each of them, side by side: most are turned away
}

// How often patterns use a word is a fair guess of how often letters do, but for those that every text is full of.

// frequent are the words that letters about money use most, the most frequent first: counted in the letters of the pack
// and in what other offices send.
var frequent = [...]string{
	"you to your the is a for we if and payment this or it of can in on have please that with not pay me us bill amount call " +
		"i will date due our account ask plan by at name days dear invoice help may do what are be patient tell another as would now " +
		"number letter any balance thank overdue language contact print",
	"de la a que el con por su en y si o no pago le para factura un del es lo una al pagar mas esta se plan fecha puede tiene tu " +
		"usted cuenta digame hola dias las otro este nombre ya ayuda los gracias nada letra monto grande antes idioma pendiente asunto " +
		"estimado favor llame total mes quizas pague prefiere cada nos",
}

// Costs of an anchor, in patterns that use a word: how much likelier frequent and typed words are met in a letter.
const (
	frequentCost = 42000 // of the word n of a list, divided by n + frequentRank: Zipf's law as Mandelbrot mended it
	frequentRank = 12
	typedCost    = 2500
)

// addFrequent adds the costs of frequent words to those that the patterns know.
func (m *Matcher) addFrequent(uses []int32) {
	for _, list := range frequent {
		n := int32(0)
		for w := range strings.SplitSeq(list, " ") {
			if k := m.find([]byte(w)); k != 0 {
				uses[k] += frequentCost / (n + frequentRank)
			}
			n++
		}
	}
}

// fileSequences chooses the anchor of every sequence, the item that is met least, and lists the sequence under each of
// its words.
func (m *Matcher) fileSequences(uses []int32) {
	m.addFrequent(uses)
	costs := make([]int32, len(m.sets))
	for i, s := range m.sets {
		costs[i] = s.cost(uses, m.members)
	}
	x := &m.anchors
	x.starts = make([]span, m.words)
	for i := range m.sequences {
		q := &m.sequences[i]
		items := m.items[q.items.from:q.items.to]
		for k := range items {
			if costs[items[k].set] < costs[items[q.anchor].set] {
				q.anchor = uint8(k)
			}
		}
		q.picky = m.sets[items[q.anchor].set].extra != 0
		m.eachList(q, func(list *span) { list.to++ })
	}
	n := int32(0)
	room := func(list *span) { n, *list = n+list.to, span{n, n} } // where it begins, and ends so far
	for w := range x.starts {
		room(&x.starts[w])
	}
	for b := range x.classes {
		room(&x.classes[b])
	}
	x.list, x.glances = make([]int32, n), make([]glance, n)
	for i := range m.sequences {
		q := &m.sequences[i]
		g := m.glance(q)
		m.eachList(q, func(list *span) {
			x.list[list.to], x.glances[list.to] = int32(i), g
			list.to++
		})
	}
}

// eachList calls visit for the lists a sequence belongs to: those of the words and of the classes of its anchor.
func (m *Matcher) eachList(q *sequence, visit func(*span)) {
	x, s := &m.anchors, &m.sets[m.items[q.items.from+int32(q.anchor)].set]
	for _, w := range m.members[s.words.from:s.words.to] {
		visit(&x.starts[w])
	}
	x.used |= s.index
	for b := range x.classes {
		if s.index>>b&1 != 0 {
			visit(&x.classes[b])
		}
	}
}

// cost returns how often words of the set are met. A set that is filed under nothing must not be an anchor.
func (s *set) cost(uses []int32, members []word) int32 {
	if s.words.from == s.words.to && s.index == 0 {
		return math.MaxInt32
	}
	cost := int32(0)
	for _, w := range members[s.words.from:s.words.to] {
		cost += uses[w]
	}
	if s.index != 0 {
		cost += typedCost
	}
	return cost
}
