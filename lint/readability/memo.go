package readability

import "encoding/binary"

// A Memo remembers what it has counted in words: letters use the same few
// hundred over and over, and looking one up takes a tenth of the time that
// counting takes. The zero Memo is ready; it is not for concurrent use.
type Memo struct{ slots []remembered }

// remembered are the counts of one word of at most 16 bytes.
type remembered struct {
	low, high          uint64 // the word
	syllables, letters uint8
	known, spanish     bool
}

// memoSlots is a power of two; a word that falls on another one's slot takes
// it.
const memoSlots = 1 << 11

// count returns the syllables and letters of a word, which may have its full
// stop on it.
func (m *Memo) count(word string, lang Language) (syllables, letters int) {
	if m == nil || len(word) > 16 {
		return Syllables(word, lang), countLetters(word)
	}
	if m.slots == nil {
		m.slots = make([]remembered, memoSlots)
	}
	var key [16]byte
	copy(key[:], word)
	low, high := binary.LittleEndian.Uint64(key[:]), binary.LittleEndian.Uint64(key[8:])
	slot := &m.slots[(low^high*0x9e3779b97f4a7c15)*0xff51afd7ed558ccd>>53]
	if spanish := lang == Spanish; slot.low != low || slot.high != high || !slot.known || slot.spanish != spanish {
		*slot = remembered{low, high, uint8(Syllables(word, lang)), uint8(countLetters(word)), true, spanish}
	}
	return int(slot.syllables), int(slot.letters)
}
