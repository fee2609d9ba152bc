package letter

import (
	"bytes"
	"sort"
	"unicode/utf16"
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
	p := Position{Line: line, Column: 1, ByteColumn: 1, UTF16Column: 1}
	for rest := l.Src[l.lines[line-1]:offset]; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		p.Column++
		p.ByteColumn += n
		p.UTF16Column += max(1, utf16.RuneLen(r))
		rest = rest[n:]
	}
	return p
}

// lineStarts lists the byte offsets at which the lines of src begin.
func lineStarts(src []byte) []int {
	starts := make([]int, 1, bytes.Count(src, []byte{'\n'})+1)
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
