package phrase

import (
	"math"
	"math/bits"
	"sort"
)

// word is the number of a word some pattern knows; 0 is every other word.
//
// A prefix ("delinquen*") has a number too. It stands for the words that begin so and are not known themselves, so a
// look-up gives one number, and whether a word is in a set is a question about numbers alone.
type word int32

type vocabulary struct {
	slots    []slot          // a hash table of the keys that pack: a power of two, half of them free at least
	shift    uint8           // leaves as many bits of a hash as the number of a slot has
	taken    int             // slots
	long     map[string]word // the other keys
	prefixes []prefix        // sorted
	letters  [256]span       // of prefixes, by first byte
	triples  [512]uint64     // a bit for each three bytes that a key with a prefix may begin with
	words    int             // numbers given out, 0 among them
	bits     []uint8         // of the words in signatures
}

// slot holds a key, or none if the word is 0. A key that finds its slot taken goes into the next one.
type slot struct {
	key  packed
	word word
}

// span is a range of some slice.
type span struct{ from, to int32 }

type prefix struct {
	text  string
	word  word
	outer int32 // index of the longest prefix of this prefix, or -1
}

func newVocabulary(size int) vocabulary {
	n := bits.Len(uint(2 * size))
	return vocabulary{slots: freshSlots(1 << n), shift: uint8(64 - n), long: map[string]word{}, words: 1, bits: []uint8{0}}
}

// freshSlots makes n free slots. They are written once here: memory that is
// read first and written later costs two page faults each 4 KiB, and while
// matchers are put together side by side the second one stops all of them.
func freshSlots(n int) []slot {
	slots := make([]slot, n)
	clear(slots)
	return slots
}

// intern returns the number of the key, new or known.
func (v *vocabulary) intern(key []byte) word {
	if len(key) > maxPacked {
		w := v.long[string(key)]
		if w == 0 {
			w = v.number()
			v.long[string(key)] = w
		}
		return w
	}
	return v.internPacked(pack(key))
}

func (v *vocabulary) internPacked(k packed) word {
	s := v.slot(k)
	if s.word == 0 {
		if 2*(v.taken+1) > len(v.slots) {
			v.grow()
			s = v.slot(k)
		}
		v.taken++
		*s = slot{k, v.number()}
	}
	return s.word
}

// number gives a number out.
func (v *vocabulary) number() word {
	v.words++
	return word(v.words - 1)
}

// slot returns where the key is or would be.
func (v *vocabulary) slot(k packed) *slot {
	for i := k.hash() >> v.shift; ; i++ {
		s := &v.slots[i&uint64(len(v.slots)-1)]
		if s.key == k || s.word == 0 {
			return s
		}
	}
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = freshSlots(2 * len(old))
	v.shift--
	for _, s := range old {
		if s.word != 0 {
			*v.slot(s.key) = s
		}
	}
}

// internPrefix returns the number of the prefix, new or known. No word has a star in it.
func (v *vocabulary) internPrefix(text []byte) word {
	before := v.words
	w := v.intern(append(text, '*'))
	if v.words > before {
		v.prefixes = append(v.prefixes, prefix{text: string(text), word: w, outer: -1})
	}
	return w
}

// closePrefixes makes find and begunBy work; nothing is interned after it.
func (v *vocabulary) closePrefixes() {
	sort.SliceStable(v.prefixes, func(i, j int) bool { return v.prefixes[i].text < v.prefixes[j].text })
	for i, p := range v.prefixes {
		s := &v.letters[p.text[0]]
		if s.to == 0 {
			s.from = int32(i)
		}
		s.to = int32(i) + 1
		v.noteTriples(p.text)
		if i > 0 {
			v.prefixes[i].outer = v.innermost(int32(i)-1, []byte(p.text))
		}
	}
}

// noteTriples sets the bits of what a key with the prefix may begin with: a short one goes on with anything, or ends.
func (v *vocabulary) noteTriples(prefix string) {
	n := min(len(prefix), 3)
	first := triple([]byte(prefix[:n]))
	for i := range uint(1) << (5 * (3 - n)) {
		v.triples[(first+i)>>6] |= 1 << ((first + i) & 63)
	}
}

// triple maps the first three bytes of a key to 0 to 32767, letters of ASCII one to one.
func triple(key []byte) (bits uint) {
	for i := range 3 {
		bits <<= 5
		if i < len(key) {
			bits |= uint(key[i] & 31)
		}
	}
	return bits
}

// innermost returns the longest prefix of the key among prefix i and those around it, or -1.
func (v *vocabulary) innermost(i int32, key []byte) int32 {
	for i >= 0 {
		p := &v.prefixes[i]
		if len(p.text) <= len(key) && string(key[:len(p.text)]) == p.text {
			break
		}
		i = p.outer
	}
	return i
}

// prefixOf returns the index of the longest prefix of a key, or -1. Whatever is a prefix of the key is also one of the
// last prefix sorted before the key, or that prefix itself; so one search and a walk outwards find it.
func (v *vocabulary) prefixOf(key []byte) int32 {
	if t := triple(key); v.triples[t>>6]>>(t&63)&1 == 0 {
		return -1
	}
	s := v.letters[key[0]]
	for s.from < s.to {
		if i := (s.from + s.to) / 2; v.prefixes[i].text <= string(key) {
			s.from = i + 1
		} else {
			s.to = i
		}
	}
	return v.innermost(s.from-1, key)
}

// find returns the number of a key: its own, else that of its longest prefix, else 0. No key is empty.
func (v *vocabulary) find(key []byte) word {
	if len(key) <= maxPacked {
		return v.findPacked(pack(key))
	}
	if w := v.long[string(key)]; w != 0 {
		return w
	}
	return v.findPrefix(key)
}

// Known returns the number of a word for readability.Memo, one above that of find; 0 if the word is not of letters of
// ASCII alone, so that the tokenizer has to look at it, or if the number is too high.
func (v *vocabulary) Known(said string) uint16 {
	for i := range len(said) {
		if ascii[said[i]]&(lower|upper) == 0 {
			return 0
		}
	}
	if w := v.find(appendKey(nil, said, true)); w < math.MaxUint16 {
		return uint16(w) + 1
	}
	return 0
}

// findPacked is find for a short key.
func (v *vocabulary) findPacked(k packed) word {
	if w := v.slot(k).word; w != 0 {
		return w
	}
	if t := k.triple(); v.triples[t>>6]>>(t&63)&1 == 0 {
		return 0
	}
	var buf [16]byte
	return v.findPrefix(k.appendTo(buf[:0]))
}

func (v *vocabulary) findPrefix(key []byte) word {
	if i := v.prefixOf(key); i >= 0 {
		return v.prefixes[i].word
	}
	return 0
}

// begunBy returns, by number of a prefix, the known words and prefixes that begin so.
func (v *vocabulary) begunBy() map[word][]word {
	m := make(map[word][]word, len(v.prefixes))
	if len(v.prefixes) == 0 {
		return m
	}
	add := func(key []byte, w word) {
		for i := v.prefixOf(key); i >= 0; i = v.prefixes[i].outer {
			p := v.prefixes[i].word
			m[p] = append(m[p], w)
		}
	}
	for key, w := range v.long {
		add([]byte(key), w)
	}
	var buf [16]byte
	for _, s := range v.slots {
		if s.word != 0 && s.key.length() > 0 {
			add(s.key.appendTo(buf[:0]), s.word)
		}
	}
	return m
}
