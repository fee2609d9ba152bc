package readability

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences appends the sentences of one block's text to dst, without the
// white space around them. Every sentence has a token.
func Sentences(dst []Span, text string, fields []Span, lang Language) []Span {
	f := sentenceFinder{scanner: scanner{text: text, fields: fields}, lang: lang}
	f.skipSpace()
	begin, end := f.pos, f.pos
	first := f.ahead()
	for first.found {
		f.skipToTerminator()
		if !f.more() {
			break
		}
		start := f.pos
		k := f.next()
		if k == field {
			end, f.floor = f.pos, f.pos
			f.seen = upcoming{} // a field that shows nothing is passed without moving on
			continue
		}
		run := f.run(k)
		end = f.pos
		if !f.more() || f.peek() != space || first.pos > start {
			continue
		}
		if next := f.ahead(); next.found && f.boundary(start, run, next) {
			dst = append(dst, Span{begin, end})
			f.skipSpace()
			begin, first = f.pos, next
		}
	}
	if first.found {
		end += len(strings.TrimRightFunc(text[end:], unicode.IsSpace))
		dst = append(dst, Span{begin, end})
	}
	return dst
}

// sentenceFinder is a scanner that knows where the last field was and what
// comes next.
type sentenceFinder struct {
	scanner
	lang  Language
	floor int      // end of the last field read
	seen  upcoming // the answer of the last ahead
}

// terminator is a run of full stops, ellipses, exclamation and question marks.
type terminator struct {
	shout  bool // has an exclamation or question mark
	single bool // is one full stop
	closed bool // is followed by closing quotes, brackets or emphasis marks
}

// upcoming is the next visible token.
type upcoming struct {
	found bool
	pos   int
	kind  kind
	lead  kind // what stands directly before it
}

// skipToTerminator reads up to a full stop, ellipsis, exclamation or question
// mark, a field, or the end. Nothing else can end a sentence.
func (f *sentenceFinder) skipToTerminator() {
	limit := max(f.pos, f.limit())
	f.pos = terminatorLead(f.text, f.pos, limit)
	for f.pos < limit && f.text[f.pos] == ellipsisLead && !strings.HasPrefix(f.text[f.pos:], "…") {
		f.pos = terminatorLead(f.text, f.pos+1, limit)
	}
}

// wordStart returns where the word begins that ends at end, at the signs
// before it. The text is read again, but no further than to the last space.
func (f *sentenceFinder) wordStart(end int) int {
	for end > f.floor {
		r, size := utf8.DecodeLastRuneInString(f.text[f.floor:end])
		if kindOf(r).in(1<<space | 1<<emDash | 1<<enDash) {
			break
		}
		end -= size
	}
	return end
}

// run reads on to the end of a run that began with k and of what closes it.
func (f *sentenceFinder) run(k kind) terminator {
	t := terminator{shout: k == shout, single: k == stop}
	for f.more() {
		switch k := f.peek(); k {
		case stop, shout, ellipsis:
			t.single = false
			t.shout = t.shout || k == shout
		case closer:
			t.closed = true
		default:
			return t
		}
		f.next()
		if t.closed {
			break
		}
	}
	for f.more() && f.peek() == closer {
		f.next()
	}
	return t
}

// skipSpace reads white space.
func (f *sentenceFinder) skipSpace() {
	for f.more() && f.peek() == space {
		f.next()
	}
}

// ahead finds the next visible token without reading. It remembers its answer
// while that still lies ahead, or a megabyte of lonely stops would be searched
// once for each of them.
func (f *sentenceFinder) ahead() upcoming {
	if f.seen.found && f.seen.pos >= f.pos {
		return f.seen
	}
	s := f.scanner
	f.seen = upcoming{}
	for s.more() {
		start := s.pos
		k := s.next()
		if k.in(visible) {
			f.seen.found, f.seen.pos, f.seen.kind = true, start, k
			break
		}
		f.seen.lead = k
	}
	return f.seen
}

// boundary reports whether a sentence ends at t, which begins at start, where
// next follows.
func (f *sentenceFinder) boundary(start int, t terminator, next upcoming) bool {
	switch {
	case t.shout:
		return !f.lower(next)
	case !t.single:
		return f.upper(next)
	case next.kind == letter && !f.upper(next) && !next.lead.in(sentenceFirst):
		return false
	case t.closed:
		return true // abbreviations matter only directly before the space
	}
	word := f.wordStart(start)
	switch abbreviationOf(f.text[word:start], f.lang) {
	case inner:
		return false
	case numbering:
		return next.kind == letter && next.lead != hash
	case outer:
		return f.starter(next)
	case street:
		return f.starter(next) || f.afterHouseNumber(word) && f.subject(next)
	}
	return true
}

// sentenceFirst are the signs that begin a sentence even before a small letter.
const sentenceFirst = set(1<<currency | 1<<hash | 1<<opener)

// upper reports whether the next token begins with a capital. So does a brand
// that hides it, as iPhone.
func (f *sentenceFinder) upper(next upcoming) bool {
	if next.kind != letter {
		return false
	}
	for _, r := range f.glance(next.pos) {
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			return true
		case !unicode.IsLower(r):
			return false
		}
	}
	return false
}

// lower reports whether the next token begins with a small letter.
func (f *sentenceFinder) lower(next upcoming) bool {
	r, _ := utf8.DecodeRuneInString(f.text[next.pos:])
	return next.kind == letter && !next.lead.in(sentenceFirst) && unicode.IsLower(r) && !f.upper(next)
}

// starter reports whether the next token is a word that sentences often begin
// with. Only such a one ends a sentence after an abbreviation that may stand in
// the middle of one: "8 a.m. We close", but "9 a.m. Monday".
func (f *sentenceFinder) starter(next upcoming) bool {
	switch {
	case !f.upper(next):
		return false
	case next.lead == opener:
		return true // ¿Puede, ¡Gracias
	}
	var buf [glanceLength]byte
	w, end := f.wordAt(buf[:0], next.pos)
	if f.lang == Spanish {
		return isSpanishStarter(string(w))
	}
	rest := f.glance(end)
	not := strings.HasPrefix(rest, "'t") || strings.HasPrefix(rest, "’t")
	return isEnglishStarter(string(w)) || not && ends(w, "n")
}

// subject reports whether an auxiliary verb follows the next token: in "9 Elm
// St. Parking is free" that begins a sentence, in "9 Elm St. Suite 4" not.
func (f *sentenceFinder) subject(next upcoming) bool {
	var buf [glanceLength]byte
	_, end := f.wordAt(buf[:0], next.pos)
	rest := f.glance(end)
	skip := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	verb, _ := f.wordAt(buf[:0], end+skip)
	switch string(verb) {
	case "is", "are", "was", "were", "will", "can", "may", "must", "has", "have", "do", "does":
		return f.upper(next) && skip > 0
	}
	return false
}

// afterHouseNumber reports whether the word that begins at word ends an
// address: it follows a number and then nothing but capitalised words, as in
// "9 Elm St."
func (f *sentenceFinder) afterHouseNumber(word int) bool {
	const longestStreet = 48
	line := f.text[max(f.floor, word-longestStreet):word]
	for {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		cut := lastSpace(line)
		switch r, _ := utf8.DecodeRuneInString(trimSigns(line[cut:])); {
		case unicode.IsDigit(r):
			return true
		case cut == 0 || !unicode.IsUpper(r):
			return false
		}
		line = line[:cut]
	}
}

// lastSpace returns where the last word of line begins.
func lastSpace(line string) int {
	cut := strings.LastIndexFunc(line, unicode.IsSpace)
	if cut < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(line[cut:])
	return cut + size
}

// glanceLength is how far ahead words are read. No starter and no brand is
// longer, and a text without spaces must not be read again at every stop.
const glanceLength = 24

// glance returns the text at pos, as far as words are read and no further than
// the next field.
func (f *sentenceFinder) glance(pos int) string {
	end := min(len(f.text), pos+glanceLength)
	if len(f.fields) > 0 {
		end = min(end, f.fields[0].Start)
	}
	return f.text[pos:max(pos, end)]
}

// wordAt folds the letters at pos into dst and returns where they end.
func (f *sentenceFinder) wordAt(dst []byte, pos int) (word []byte, end int) {
	rest := f.glance(pos)
	n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) })
	if n < 0 {
		n = len(rest)
	}
	return fold(dst, rest[:n]), pos + n
}
