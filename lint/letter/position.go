package letter

import (
	"bytes"
	"sort"
	"sync"
	"unicode/utf8"
)

// Position tells where a byte offset of the file is. It is the one place
// where bytes become lines and columns. Offsets outside the file are taken as
// its start or end.
func (l *Letter) Position(offset int) Position {
	offset = max(0, min(offset, len(l.Src)))
	line := sort.Search(len(l.lines), func(i int) bool { return l.lines[i] > offset })
	if line == 0 { // a file that could not be read has no lines
		return Position{1, 1, 1, 1}
	}
	start := l.lines[line-1]
	here, there := l.columns.at(l.Src, offset), l.columns.at(l.Src, start)
	return Position{Line: line, Column: here.runes - there.runes + 1, ByteColumn: offset - start + 1, UTF16Column: here.units - there.units + 1}
}

// columns counts the characters before an offset. It keeps the counts at
// every step-th byte, so that many positions in one long line cost no more
// than as many in short ones.
type columns struct {
	once   sync.Once
	counts []count
}

// A count is of code points and of UTF-16 units.
type count struct{ runes, units int }

const step = 256

func (c *columns) at(src []byte, offset int) count {
	c.once.Do(func() {
		var n count
		for i := 0; i <= len(src); i += step {
			c.counts = append(c.counts, n)
			n = n.plus(src[i:min(i+step, len(src))])
		}
	})
	i := offset / step
	return c.counts[i].plus(src[i*step : offset])
}

// plus adds the characters that begin in part.
func (c count) plus(part []byte) count {
	for _, b := range part {
		if utf8.RuneStart(b) {
			c.runes++
			c.units++
		}
		if b >= 0xf0 { // the first of four bytes: a pair in UTF-16
			c.units++
		}
	}
	return c
}

// lineStarts lists the byte offsets at which the lines of src begin.
func lineStarts(src []byte) []int {
	starts := make([]int, 1, bytes.Count(src, []byte{'\n'})+1)
	for at := 0; ; {
		n := bytes.IndexByte(src[at:], '\n')
		if n < 0 {
			return starts
		}
		at += n + 1
		starts = append(starts, at)
	}
}
