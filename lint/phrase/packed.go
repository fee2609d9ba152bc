package phrase

import (
	"encoding/binary"
	"math/bits"
)

// packed is a short key in two machine words, so that it is compared and hashed in a few instructions: its bytes from
// the lowest on, then zeros, and its length in the highest byte.
type packed struct{ low, high uint64 }

// maxPacked is the length of the longest key that packs.
const maxPacked = 15

// pack packs a key that is not longer than maxPacked.
func pack(key []byte) packed {
	var b [16]byte
	copy(b[:maxPacked], key)
	b[maxPacked] = byte(len(key))
	return packed{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
}

// appendTo appends the key to buf.
func (k packed) appendTo(buf []byte) []byte {
	n := len(buf) + k.length()
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(buf, k.low), k.high)[:n]
}

func (k packed) length() int { return int(k.high >> 56) }

// triple is triple of the key.
func (k packed) triple() uint { return uint(k.low&31)<<10 | uint(k.low>>8&31)<<5 | uint(k.low>>16&31) }

// hash spreads keys over 64 bits, the highest ones best.
func (k packed) hash() uint64 {
	return (k.low ^ bits.RotateLeft64(k.high*0x9e3779b97f4a7c15, 32)) * 0xff51afd7ed558ccd
}

// eightLetters returns up to eight ASCII letters at byte i of the text, in lower case from the lowest byte on, and how
// many they are. It looks at all bytes at once: each is moved so that its highest bit tells on which side of a bound it
// lies.
func eightLetters(text string, i int) (letters uint64, length int) {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	var w uint64
	if i+8 <= len(text) {
		b := text[i : i+8]
		w = uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
	} else {
		w = lastBytes(text, i)
	}
	low := (w | 0x20*ones) &^ high
	fromA, afterZ := low+(0x80-'a')*ones, low+(0x80-'z'-1)*ones
	isLetter := fromA &^ afterZ &^ w & high
	length = bits.TrailingZeros64(^isLetter&high) / 8
	return low & (1<<(8*length) - 1), length
}

// lastBytes returns the bytes of the text from i on, fewer than eight, the first one lowest.
func lastBytes(text string, i int) (w uint64) {
	for k := len(text) - 1; k >= i; k-- {
		w = w<<8 | uint64(text[k])
	}
	return w
}
