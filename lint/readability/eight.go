package readability

import (
	"encoding/binary"
	"math/bits"
)

// Texts are searched eight bytes at a time. A loop over single bytes ends at
// each word, where no processor foresees it, and that costs more than the loop.
// Eight bytes are held in a number, the first one lowest.
const (
	eachByte = 0x0101010101010101 // times a byte is that byte eight times
	highBits = 0x80 * eachByte
)

// eight returns the eight bytes of text at pos, zeros for those behind its end.
func eight(text string, pos int) uint64 {
	if pos+8 <= len(text) {
		return binary.LittleEndian.Uint64([]byte(text[pos : pos+8])) // copies nothing
	}
	return lastEight(text, pos)
}

// lastEight is eight near the end of the text.
func lastEight(text string, pos int) uint64 {
	if len(text) >= 8 {
		return binary.LittleEndian.Uint64([]byte(text[len(text)-8:])) >> (8 * uint(pos+8-len(text)))
	}
	var n uint64
	for i := len(text) - 1; i >= pos; i-- {
		n = n<<8 | uint64(text[i])
	}
	return n
}

// lettersEnd returns where the plain letters end that begin at pos, limit at
// the most.
func lettersEnd(text string, pos, limit int) int {
	for pos < limit {
		b := eight(text, pos)
		lower := (b | 0x20*eachByte) &^ highBits // so that no sum leaves its byte
		fromA, aboveZ := lower+(0x80-'a')*eachByte, lower+(0x80-'z'-1)*eachByte
		if others := (b | ^fromA | aboveZ) & highBits; others != 0 {
			return min(pos+bits.TrailingZeros64(others)/8, limit)
		}
		pos += 8
	}
	return limit
}

// terminatorLead returns where at pos or after it a byte is that a terminator
// begins with, limit if there is none before it.
func terminatorLead(text string, pos, limit int) int {
	for pos < limit {
		b := eight(text, pos)
		if found := zeros(b^'.'*eachByte) | zeros(b^'!'*eachByte) | zeros(b^'?'*eachByte) | zeros(b^ellipsisLead*eachByte); found != 0 {
			return min(pos+bits.TrailingZeros64(found)/8, limit)
		}
		pos += 8
	}
	return limit
}

// ellipsisLead is the first byte of an ellipsis, but also that of dashes and
// curly quotes.
const ellipsisLead = 0xE2

// zeros sets the high bit of each byte that is zero. It may set others, but
// only above the first of these.
func zeros(b uint64) uint64 { return (b - eachByte) &^ b & highBits }
