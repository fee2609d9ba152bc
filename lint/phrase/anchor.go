package phrase

import (
	"math"
	"strings"
)

// index lists sequences by their anchor.
type index struct {
	starts  []span  // of list, by word
	classes [8]span // of list, by bit of the class
	used    class   // classes that have any
	list    []sequence
	glances []glance // at each of them, side by side: most are turned away
}

// How often patterns use a word is a fair guess of how often letters do, but for those that every text is full of.

// frequent are the words that letters about money use most, the most frequent first: counted in the letters of the pack
// and in what other offices send.
var frequent = [...]string{
	"you to the your is a for we if and payment this or it of can in have on please that with not me pay us bill i call " +
		"will our account ask plan by at due dear days help may are be do what amount date tell patient invoice as another " +
		"would now any letter thank balance language overdue contact notice from know print has large paid make send care about " +
		"outstanding need card time an before there so no past look here avoid like within billing month already was reminder " +
		"take nothing subject each over still immediately action too more all insurance form full how check regards one further " +
		"just line ending been question received late right mail also fee number cost discuss credit made go",
	"de que la a el con por si su en y pago o no le para factura un esta del es lo una al mas se pagar plan puede tiene " +
		"cuenta usted tu dias digame hola este las fecha otro ya los ayuda gracias antes nada letra grande asunto pendiente " +
		"idioma estimado favor llame quizas como nos pague prefiere aviso cada dia mes bien tambien pagos tiempo atencion carta " +
		"menos queda deuda algo formulario llameme seguro evitar facturacion aqui nosotros total pacientes termina monto te " +
		"hacer mora saldo paciente hablar tarjeta respuesta correo vencido linea aun ha hoy cheque nuestro pregunta sus " +
		"cualquier mensaje vencida vencimiento servicio atentamente intereses caso personas pida tardar telefono sin " +
		"recordatorio tenga otra situacion conmigo poco regularizar aunque costo todo presente cantidad",
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
	x.list, x.glances = make([]sequence, n), make([]glance, n)
	for i := range m.sequences {
		q := &m.sequences[i]
		g := m.glance(q)
		m.eachList(q, func(list *span) {
			x.list[list.to], x.glances[list.to] = *q, g
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
