package readability

import (
	"math/bits"
	"strings"
)

// A Memo remembers what it has found out about words: letters use the same few
// hundred over and over, and looking one up takes a tenth of the time that
// counting takes. The zero Memo is ready; it is not for concurrent use.
type Memo struct {
	// Known, if there is one, returns what somebody else knows of a word, which
	// has no full stop on it; 0 is nothing. It is remembered with the rest, and
	// the tokens of the word bear it, so that the word is looked up once for both.
	Known func(word string) uint16

	slots *[memoSlots]remembered
}

// remembered is what is known of one word.
type remembered struct {
	key  memoKey
	says wordFacts
}

// memoSlots is a power of two. The letters of a practice use a thousand words or
// two in each language; with more than a quarter of the slots taken too many
// would not be at their own place.
const memoSlots = 1 << 13

// memoKey is a word of at most 15 bytes, which may have its full stop on it,
// and in the last byte its language. So the zero key is that of no word.
type memoKey struct{ low, high uint64 }

const (
	longestRemembered = 15
	inEnglish         = 1 << 56 // or any language but Spanish
	inSpanish         = 2 << 56
)

// facts returns what is known of the word text[start:end], which may have its
// full stop on it, until the next call. It returns nil for a word that is too
// long to be remembered; a nil Memo remembers none.
func (m *Memo) facts(text string, start, end int, lang Language) *wordFacts {
	if m == nil || end-start > longestRemembered {
		return nil
	}
	if m.slots == nil {
		m.slots = new([memoSlots]remembered)
	}
	key := keyOf(text, start, end, lang)
	at := key.hash() % memoSlots
	slot := &m.slots[at]
	if slot.key != key {
		slot = m.place(key, at)
		if slot.key != key {
			*slot = remembered{key, factsOf(text[start:end], lang)}
			if m.Known != nil {
				slot.says.known = m.Known(strings.TrimSuffix(text[start:end], "."))
			}
		}
	}
	return &slot.says
}

// place returns the slot of a key that is not at its own place: there or in one
// of the next few slots, so that two frequent words whose place is the same do
// not push each other out again and again. If the key has no slot it returns
// the one to put it in.
func (m *Memo) place(key memoKey, at uint64) *remembered {
	for i := range uint64(4) {
		slot := &m.slots[(at+i)%memoSlots]
		if slot.key == key || slot.key == (memoKey{}) {
			return slot
		}
	}
	return &m.slots[at]
}

// keyOf makes the key of text[start:end].
func keyOf(text string, start, end int, lang Language) memoKey {
	key := memoKey{eight(text, start), eight(text, start+8)}
	n := uint(end - start)
	key.low &= 1<<(8*min(n, 8)) - 1
	key.high &= 1<<(8*(max(n, 8)-8)) - 1
	if lang == Spanish {
		key.high |= inSpanish
	} else {
		key.high |= inEnglish
	}
	return key
}

// hash mixes the bits of a key into the low ones.
func (k memoKey) hash() uint64 {
	high, low := bits.Mul64(k.low^0x9e3779b97f4a7c15, k.high^0xff51afd7ed558ccd)
	return high ^ low
}
