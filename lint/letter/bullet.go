package letter

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// bulletSigns are how word processors and mail programs begin the items of a list.
var bulletSigns = []string{"•", "●", "▪", "◦", "‣"}

// bullets lets Markdown read the lines that begin with such a sign as items of a list. It would take them for one
// paragraph, and print it so. The dash takes as many bytes as the sign.
func (p *page) bullets() {
	for _, line := range p.lines {
		sign := line
		for sign < len(p.Src) && p.Src[sign] == ' ' {
			sign++
		}
		if sign == len(p.Src) || p.Src[sign] < utf8.RuneSelf {
			continue
		}
		for _, s := range bulletSigns {
			if sign >= p.Body.Start && bytes.HasPrefix(p.Src[sign:], []byte(s)) && spaced(p.Src[sign+len(s):]) {
				p.dashes = append(p.dashes, Span{sign, sign + len(s)})
				dash(p.text[sign : sign+len(s)])
			}
		}
	}
}

// keepBullets gives code its signs back: it is printed as it is written.
func (p *page) keepBullets(code Span) {
	p.dashes = slices.DeleteFunc(p.dashes, func(sign Span) bool {
		inside := code.Start <= sign.Start && sign.End <= code.End
		if inside {
			copy(p.text[sign.Start:], p.Src[sign.Start:sign.End])
		}
		return inside
	})
}

// dash writes a dash in place of a sign.
func dash(sign []byte) {
	fill(sign)
	sign[0] = '-'
}

// spaced reports whether the text goes on after one or two spaces or a tab: more behind a dash would make it code.
func spaced(rest []byte) bool {
	n := len(rest) - len(bytes.TrimLeft(rest, " "))
	return n == 1 || n == 2 || bytes.HasPrefix(rest, []byte("\t"))
}
