package phrase

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"bedside/internal/nearest"
)

// Bounds of one pattern.
const (
	maxSequences = 256 // sequences without alternatives it is written out into
	maxReach     = 63  // words a match may have
	defaultGap   = 3   // words in between that ".." allows
)

// element is one thing of a pattern: a set of words, or what stands between two.
type element struct {
	kind elementKind
	n    int32 // index of the set, or length of the gap
}

type elementKind uint8

const (
	setElement elementKind = iota
	gapElement
	missingElement // where something with a "?" is left out
	commaElement
	colonElement
	startElement
)

// part is what a part of a pattern may be written out to: a single element, as most are, or lines of elements.
type part struct {
	single element
	lines  [][]element // nil for a single one
}

func one(kind elementKind, n int32) part { return part{single: element{kind, n}} }

// carve cuts an empty slice with room for n off the arena. What is cut off stays as it is when the arena is replaced.
func carve[T any](arena *[]T, n int) []T {
	if cap(*arena)-len(*arena) < n {
		*arena = make([]T, 0, max(n, 1024))
	}
	from := len(*arena)
	*arena = (*arena)[:from+n]
	return (*arena)[from:from:len(*arena)]
}

// all returns the lines of a part, also of a single element.
func (c *compiler) all(p part) [][]element {
	if p.lines == nil {
		return append(carve(&c.lines, 2), append(carve(&c.elements, 8), p.single))
	}
	return p.lines
}

// then returns each line of the part followed by each of the next. It may write to the part.
func (c *compiler) then(p, next part) part {
	lines := c.all(p)
	if next.lines == nil {
		for i := range lines {
			lines[i] = append(lines[i], next.single)
		}
		return part{lines: lines}
	}
	all := carve(&c.lines, len(lines)*len(next.lines))
	for _, a := range lines {
		for _, b := range next.lines {
			all = append(all, append(append(carve(&c.elements, len(a)+len(b)+4), a...), b...))
		}
	}
	return part{lines: all}
}

// parser reads one pattern. After the first error it is at the end of the source.
type parser struct {
	*compiler
	src     string
	pos     int
	written bool // words match as written
	suffix  bool // a list of the language: "*remos" is allowed
	err     *PatternError
}

// fail keeps the first error.
func (p *parser) fail(at int, format string, args ...any) part {
	if p.err == nil {
		p.err = &PatternError{Pattern: p.src, Offset: at, Message: fmt.Sprintf(format, args...)}
	}
	p.pos = len(p.src)
	return part{}
}

// whole reads the whole pattern.
func (p *parser) whole() part {
	whole := p.sequence()
	if p.pos < len(p.src) && p.err == nil {
		if p.src[p.pos] == ')' {
			return p.fail(p.pos, `no bracket is open here; remove ")"`)
		}
		return p.fail(p.pos, `put the alternatives in brackets: (a|b)`)
	}
	return whole
}

// sequence reads elements up to the end of the pattern, of the group or of the alternative.
func (p *parser) sequence() part {
	start := p.pos
	if p.atEnd() {
		return p.failEmpty(start)
	}
	whole := p.element()
	for !p.atEnd() {
		whole = p.then(whole, p.element())
		if len(whole.lines) > maxSequences {
			return p.fail(0, "the pattern spells out to more than %d sequences; split it in two", maxSequences)
		}
	}
	return whole
}

// atEnd passes over white space and reports whether the sequence ends there.
func (p *parser) atEnd() bool {
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ', '\t', '\n':
			p.pos++
		case '|', ')':
			return true
		default:
			return false
		}
	}
	return true
}

func (p *parser) failEmpty(at int) part {
	if strings.TrimSpace(p.src) == "" {
		return p.fail(0, "the pattern is empty; write at least one word")
	}
	return p.fail(at, `an alternative is empty; remove the "|", or write (...)? for a group that may be missing`)
}

// element reads one word, group, gap or sign, and the "?" after it.
func (p *parser) element() part {
	at := p.pos
	var read part
	switch c := p.src[at]; {
	case c == '(':
		read = p.group()
	case c == '#':
		read = p.typed()
	case c == '[':
		read = p.name()
	case c == '{':
		read = p.list()
	case c == ':':
		p.pos++
		read = one(colonElement, 0)
	case c == ',':
		p.pos++
		return one(commaElement, 0)
	case c == '_':
		p.pos++
		read = one(setElement, p.set(set{extra: p.extra(extra{any: true})}))
	case c == '^':
		p.pos++
		return one(startElement, 0)
	case strings.HasPrefix(p.src[at:], ".."):
		read = p.gap()
	case strings.IndexByte("?~*]}", c) >= 0 && !(c == '*' && p.suffix):
		return p.fail(at, "%q needs a word before it", c)
	default:
		read = p.word()
	}
	if p.pos < len(p.src) && p.src[p.pos] == '?' {
		if read.lines == nil && read.single.kind != setElement {
			return p.fail(p.pos, "only a word or a group may be missing; remove the \"?\"")
		}
		p.pos++
		read.lines = append(p.all(read), append(carve(&p.elements, 8), element{kind: missingElement}))
	}
	if p.pos < len(p.src) && p.src[at] == '(' && strings.IndexByte("~*", p.src[p.pos]) >= 0 {
		return p.fail(p.pos, "%q goes behind each word of a choice: (late%[1]c|overdue%[1]c)", p.src[p.pos])
	}
	if p.pos < len(p.src) && strings.IndexByte(" \t\n|):,", p.src[p.pos]) < 0 {
		return p.fail(p.pos, "put a space before %q", p.src[p.pos:])
	}
	return read
}

// gap reads ".." or "..5".
func (p *parser) gap() part {
	at := p.pos
	p.pos += len("..")
	n := digits(p.src[p.pos:])
	length := defaultGap
	if n > 0 {
		length, _ = strconv.Atoi(p.src[p.pos : p.pos+n])
		if n > 1 || length == 0 {
			return p.fail(at, "a gap has 1 to 9 words; write ..1 to ..9")
		}
	}
	p.pos += n
	return one(gapElement, int32(length))
}

// group reads (a|b c). Alternatives of one word become one set.
func (p *parser) group() part {
	at := p.pos
	var lines [][]element
	union, first := set{}, len(p.stack)
	for closed := false; !closed; {
		p.pos++ // "(" or "|"
		mark := len(p.m.sets)
		a := p.sequence()
		switch {
		case p.err != nil:
			return part{}
		case p.pos == len(p.src):
			return p.fail(at, `the bracket is not closed; write ")" after the last alternative`)
		case a.lines == nil && a.single.kind == setElement:
			p.absorb(&union, mark)
		default:
			lines = append(lines, p.all(a)...)
		}
		closed = p.src[p.pos] == ')'
	}
	p.pos++
	if union.words.to > 0 || union.index != 0 || union.extra != 0 {
		words := one(setElement, p.set(union, p.stack[first:]...))
		p.stack = p.stack[:first]
		if lines == nil {
			return words
		}
		lines = append(lines, []element{words.single})
	}
	if len(lines) > maxSequences {
		return p.fail(at, "the group spells out to more than %d sequences; split the pattern in two", maxSequences)
	}
	return part{lines: lines}
}

// list reads {name}: a group of what the language lists under the name.
func (p *parser) list() part {
	at := p.pos
	end := strings.IndexByte(p.src[at:], '}')
	if end < 0 {
		return p.fail(at, `the name of a list ends with "}"`)
	}
	name := p.src[at+1 : at+end]
	members, ok := p.lang.Lists[name]
	if !ok {
		return p.fail(at, "there is no list %q in this language", name)
	}
	outer := *p
	p.src, p.pos = "("+strings.Join(members, "|")+")", 0
	read := p.group()
	p.src, p.pos = outer.src, at+end+1
	if inner := p.err; inner != nil {
		p.err = nil
		return p.fail(at, "in the list %q: %s", name, inner.Message)
	}
	return read
}

// word reads letters, digits and the signs inside words, with "~" or "*" at the end. One that is written with hyphens
// is several words.
func (p *parser) word() part {
	at := p.pos
	if p.src[at] == '*' {
		return p.tail()
	}
	end := wordEnd(p.src, at)
	text := p.src[at:end]
	p.pos = end
	bend := byte(0)
	if end < len(p.src) && (p.src[end] == '~' || p.src[end] == '*') {
		bend = p.src[end]
		p.pos++
		if p.written {
			return p.fail(end, `a phrase with case = true matches as written; list the forms instead of %q`, bend)
		}
	}
	if key, ok := p.plain(text); ok {
		return one(setElement, p.wordSet(key, text, bend))
	}
	return p.words(at, text, bend)
}

// wordEnd returns where the word at i ends: at a space or a sign of the pattern language. A colon between digits is part
// of a time, a comma one of an amount.
func wordEnd(src string, i int) int {
	for start := i; i < len(src); i++ {
		switch src[i] {
		case ' ', '\t', '\n', '(', ')', '|', '?', '^', '#', '[', ']', '{', '}', '~', '*':
			return i
		case '.':
			if strings.HasPrefix(src[i:], "..") {
				return i
			}
		case ':', ',':
			if i == start || i+1 == len(src) || ascii[src[i-1]] != digit || ascii[src[i+1]] != digit {
				return i
			}
		}
	}
	return i
}

// plain returns the key of a word of ASCII letters, the usual case.
func (p *parser) plain(text string) ([]byte, bool) {
	p.key = p.key[:0]
	for i := range len(text) {
		if ascii[text[i]]&(lower|upper) == 0 {
			return nil, false
		}
		p.key = append(p.key, text[i]|('a'-'A'))
	}
	return p.key, true
}

// words returns the sets of the words that the tokenizer finds in the text, which begins at byte at of the pattern.
func (p *parser) words(at int, text string, bend byte) part {
	p.cutter.cut(text, nil, nil, nil)
	var elements []element
	end := 0
	for i, w := range p.cutter.words {
		if n := strayByte(text[end:w.Start]); n >= 0 {
			return p.failStray(at, text, end+n)
		}
		if w.class&(email|url) != 0 {
			return p.fail(at+w.Start, "an address is one word; write #email or #url")
		}
		end = w.End
		written := text[w.Start:w.End]
		bend := bend
		if i < len(p.cutter.words)-1 {
			bend = 0
		}
		p.key = appendKey(p.key[:0], written, true)
		elements = append(elements, element{setElement, p.wordSet(p.key, written, bend)})
	}
	if n := strayByte(text[end:]); n >= 0 {
		return p.failStray(at, text, end+n)
	}
	if elements == nil {
		return p.fail(at, "%q is no word; words are letters, digits and inner apostrophes", text)
	}
	return part{lines: [][]element{elements}}
}

// strayByte returns the first byte of the text that is no hyphen, slash, full
// stop or apostrophe; -1 if there is none.
func strayByte(text string) int {
	return strings.IndexFunc(text, func(r rune) bool { return !hyphen(r) && !apostrophe(r) && !strings.ContainsRune(`/.`, r) })
}

func (p *parser) failStray(at int, text string, i int) part {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return p.fail(at+i, "%q is not part of a word; leave it out", r)
}

// tail reads *remos.
func (p *parser) tail() part {
	at := p.pos
	p.pos = wordEnd(p.src, at+1)
	if p.pos == at+1 {
		return p.fail(at, "write the end of the word after the star: *remos")
	}
	tail := string(appendKey(nil, p.src[at+1:p.pos], true))
	return one(setElement, p.set(set{extra: p.extra(extra{tails: []string{tail}})}))
}

// name reads [name].
func (p *parser) name() part {
	if !strings.HasPrefix(p.src[p.pos:], "[name]") {
		return p.fail(p.pos, "only a name stands in square brackets; write [name], or #money, #date and so on")
	}
	p.pos += len("[name]")
	return one(setElement, p.set(set{class: name, index: name}))
}

// typed reads "#" and what it is narrowed to.
func (p *parser) typed() part {
	at := p.pos
	p.pos++
	for p.pos < len(p.src) && strings.IndexByte(" \t\n()|?^#[]~*", p.src[p.pos]) < 0 {
		p.pos++
	}
	rest := p.src[at+1 : p.pos]
	if c, ok := typedClass(rest); ok {
		return one(setElement, p.set(set{class: c, index: c}))
	}
	if shapes := p.shapes(rest); shapes != nil {
		return part{lines: [][]element{shapes}}
	}
	return p.fail(at, "there is no type “#%s”%s; the types are %s, a shape is like #ddd-dd-dddd",
		rest, nearest.Hint("#"+rest, typeNames), strings.Join(typeNames, ", "))
}

// typeNames are the types a value can be asked for by; "#" alone is any number.
var typeNames = []string{"#money", "#date", "#phone", "#email", "#url"}

func typedClass(typ string) (class, bool) {
	switch {
	case typ == "":
		return numeric, true
	case slices.Contains(typeNames, "#"+typ):
		return fieldClass(typ) &^ numeric, true
	}
	return 0, false
}

// shapes reads the shape of a number, such as ddd-dd-dddd or d13..19, into one set for each word the tokenizer would
// make of it; nil if it is no shape.
func (p *parser) shapes(text string) []element {
	if least, most, ok := digitRange(text); ok {
		return []element{{setElement, p.shapeSet(shape{least: least, most: most})}}
	}
	sample := []byte(text)
	for i, c := range sample {
		switch {
		case c == 'd':
			sample[i] = '0'
		case ascii[c]&(upper|digit) == 0 && strings.IndexByte("-./,:", c) < 0:
			return nil
		}
	}
	if !strings.Contains(text, "d") {
		return nil
	}
	p.cutter.cut(string(sample), nil, nil, nil)
	var elements []element
	for _, w := range p.cutter.words {
		elements = append(elements, element{setElement, p.shapeSet(shape{outline: text[w.Start:w.End]})})
	}
	return elements
}

// digitRange reads "d13..19".
func digitRange(text string) (least, most int, ok bool) {
	from, to, ok := strings.Cut(text, "..")
	if !ok || !strings.HasPrefix(from, "d") {
		return 0, 0, false
	}
	least, err1 := strconv.Atoi(from[1:])
	most, err2 := strconv.Atoi(to)
	return least, most, err1 == nil && err2 == nil && 0 < least && least <= most
}

// shapeSet adds the set of a shape. Without a digit it is just a word and no place to file a sequence under.
func (p *parser) shapeSet(s shape) int32 {
	index := withDigits
	if s.withoutDigit() {
		index = 0
	}
	return p.set(set{index: index, extra: p.extra(extra{shapes: []shape{s}})})
}
