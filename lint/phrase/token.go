package phrase

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/readability"
)

// Word is one word of the text: letters, a number, an address or a mark.
type Word struct {
	Start, End int // bytes of the text
	word       word
	segment    int32 // odd in a sentence, even between two; never goes back
	class      class
	runClass   class // of the run of words that begins or ends here
	run        int8  // words of a run that begins here ("May 5, 2026"); minus that of one that ends here
	joint      joint
	looks      looks
	mask       signature
	after      signature // of the words behind it in the stretch
}

// Letters reports whether the word is written with letters, perhaps after digits: neither a number nor an address, and
// not a mark.
func (w *Word) Letters() bool { return w.looks&letters != 0 }

// class is what a typed item accepts: # numeric, #money, [name] and so on.
type class uint8

const (
	numeric class = 1 << iota
	money
	date
	phone
	email
	url
	name
	withDigits // no item asks for it; sequences whose rarest item is a shape are filed under it
)

type looks uint8

const (
	letters   looks = 1 << iota
	colonNext       // a colon follows
)

// joint is what stands before a word, apart from white space, hyphens, slashes, quotes and other marks of no weight.
type joint uint8

const (
	soft  joint = 1 << iota // comma, bracket: only a gap runs over it
	colon                   // only an item with a colon runs over it
	hard                    // semicolon, dash and the like
	line                    // line break, unless a small letter goes on
	stop                    // end of the sentence or the block
	lead                    // end of what a list begins with
)

const (
	adjacent    = line | lead     // what may stand between neighbours
	inGap       = adjacent | soft // ... and in a gap
	clauseBreak = soft | colon | hard | line | stop
	freshStart  = adjacent | stop // where ^ holds
)

// LeadIn stands between the words that a list begins with and those of one of its items: "We will not" and "sue you" are
// one clause, though ^ holds where the item begins. It is U+2029, PARAGRAPH SEPARATOR.
const LeadIn = string(leadIn)

const leadIn = '\u2029'

// fieldClass returns the class of a field by its type. A field of unknown type may be a number or a name.
func fieldClass(typ string) class {
	switch typ {
	case "money":
		return money | numeric
	case "date":
		return date | numeric
	case "phone":
		return phone | numeric
	case "integer", "percent", "digits4", "zip":
		return numeric
	case "email":
		return email
	case "url":
		return url
	case "name":
		return name
	case "state", "lang", "text", "words", "enum", "bool", "list", "block":
		return 0
	}
	return numeric | name
}

// tokenizer cuts a text into words. Its buffers are used again for the next text.
type tokenizer struct {
	vocabulary *vocabulary
	words      []Word
	key        []byte

	text      string // up to the next mark
	floor     int    // end of the last mark or address
	joint     joint  // since the last word
	classes   class  // of all words
	sentences []Span
	sentence  int                 // first one that has not ended
	segment   int32               // of the last word
	tokens    []readability.Token // not yet reached
	turn      int                 // where the next segment begins
}

// cut fills t.words.
func (t *tokenizer) cut(text string, tokens []readability.Token, sentences []Span, marks []Mark) {
	t.words, t.joint, t.floor, t.classes = t.words[:0], stop, 0, 0
	t.tokens, t.sentences, t.sentence, t.segment, t.turn = tokens, sentences, 0, 0, 0
	pos := 0
	for _, m := range marks {
		t.text = text[:m.Start]
		t.prose(pos)
		class := class(0)
		if m.Kind == Field {
			class = fieldClass(m.Type)
		}
		t.push(m.Start, m.End, 0, class, 0)
		pos, t.floor = m.End, m.End
	}
	t.text = text
	t.prose(pos)
	if t.classes&(numeric|withDigits) != 0 { // no run is without
		t.join()
	}
}

// prose cuts what stands between two marks.
func (t *tokenizer) prose(i int) {
	for text := t.text; i < len(text); {
		c := text[i]
		switch kind := ascii[c]; {
		case kind&(lower|upper) != 0:
			i = t.plain(i)
		case kind == digit:
			i = t.number(i, i)
		case c == ' ' || c == '.' || c == '\n': // says no more than that a word ends
			i++
		default:
			i = t.other(i)
		}
	}
}

// push adds a word with what stands before it.
func (t *tokenizer) push(start, end int, word word, class class, looks looks) {
	if start >= t.turn {
		t.enter(start)
	}
	n := len(t.words)
	if n == cap(t.words) {
		t.words = slices.Grow(t.words, 1)
	}
	t.words = t.words[:n+1]
	w := &t.words[n] // filled in place: a Word put together elsewhere would be copied, and the copy wait for its fields
	w.Start, w.End = start, end
	w.word, w.segment = word, t.segment
	w.class, w.runClass, w.run = class, 0, 0
	w.joint, w.looks, w.mask = t.joint, looks, 1<<(t.vocabulary.bits[word]&63)
	if class != 0 {
		w.mask |= classSignature(class)
	}
	t.joint = 0
	t.classes |= class
}

// enter finds the segment of a word that begins at start.
func (t *tokenizer) enter(start int) {
	for t.sentence < len(t.sentences) && t.sentences[t.sentence].End <= start {
		t.sentence++
	}
	segment := int32(2 * t.sentence)
	t.turn = math.MaxInt
	if t.sentence < len(t.sentences) {
		if s := t.sentences[t.sentence]; s.Start <= start {
			segment++
			t.turn = s.End
		} else {
			t.turn = s.Start
		}
	}
	if segment != t.segment {
		t.joint |= stop
		t.segment = segment
	}
}

// What a byte means right after ASCII letters.
const (
	ended   uint8 = iota // the word ends
	blank                // the word ends, and the byte says no more
	dotted               // the word ends, or is part of a domain or a link
	unclear              // only letters can tell
)

var follow = func() (t [256]uint8) {
	for c := range t {
		if c >= utf8.RuneSelf || ascii[c] != 0 || c == '\'' || c == '@' {
			t[c] = unclear
		}
	}
	t[' '], t['.'], t[':'] = blank, dotted, dotted
	return t
}()

// plain adds the word that begins with the ASCII letter at i and returns where to go on. Almost all words are short, of
// nothing but such letters, and no part of an address; others are left to letters.
func (t *tokenizer) plain(i int) int {
	text := t.text
	end, word := t.known(i)
	known := end > 0
	var key packed
	if !known {
		length := 0
		if key.low, length = eightLetters(text, i); length == 8 {
			if key.high, length = eightLetters(text, i+8); length == 8 {
				return t.letters(i)
			}
			length += 8
		}
		key.high |= uint64(length) << 56
		end = i + length
	}
	next := end
	if end < len(text) {
		switch follow[text[end]] {
		case blank:
			next++
		case dotted:
			// A word between white space with a full stop is no address: none begins before it, none goes on after it.
			if !(end+1 == len(text) || text[end+1] <= ' ') || !(i == t.floor || text[i-1] <= ' ') {
				return t.letters(i)
			}
		case unclear:
			return t.letters(i)
		}
	}
	class := class(0)
	if text[i] <= 'Z' {
		class = name
	}
	if !known {
		word = t.vocabulary.findPacked(key)
	}
	t.push(i, end, word, class, letters)
	return next
}

// known returns the end and the number of the word that begins at i, if there is a token that has it; else the end is 0.
func (t *tokenizer) known(i int) (end int, w word) {
	for len(t.tokens) > 0 && t.tokens[0].Start < i {
		t.tokens = t.tokens[1:]
	}
	if len(t.tokens) == 0 || t.tokens[0].Start > i || t.tokens[0].Known == 0 || t.tokens[0].End > len(t.text) {
		return 0, 0
	}
	return t.tokens[0].End, word(t.tokens[0].Known - 1)
}

// letters adds the word that begins with the letter or digit at i, and returns its end.
func (t *tokenizer) letters(i int) int {
	w := Word{Start: i, looks: letters}
	t.key = t.key[:0]
	plain := true
	if ascii[t.text[i]] == upper || ascii[latinAt(t.text, i)] == upper {
		w.class = name
	}
	for i < len(t.text) {
		c := t.text[i]
		switch kind := ascii[c]; {
		case kind == lower:
			t.key = append(t.key, c)
		case kind == upper:
			t.key = append(t.key, c|('a'-'A'))
		case kind == digit:
			t.key = append(t.key, c)
			w.class |= withDigits
		case c < utf8.RuneSelf && c != '\'':
			goto done
		case latinAt(t.text, i) != 0:
			t.key = append(t.key, latinAt(t.text, i)|('a'-'A'))
			i++
		default:
			n := t.partOfWord(i)
			if n == 0 {
				goto done
			}
			plain = false
			i += n
			continue
		}
		i++
	}
done:
	w.End = i
	if !plain {
		w.class |= t.capital(w.Start)
		t.key = appendKey(t.key[:0], t.text[w.Start:w.End], true)
	}
	return t.finish(w)
}

// capital returns the class of a word that may begin with a letter beyond ASCII.
func (t *tokenizer) capital(i int) class {
	if r, _ := utf8.DecodeRuneInString(t.text[i:]); unicode.IsUpper(r) {
		return name
	}
	return 0
}

// partOfWord returns how many bytes at i, not an ASCII letter, carry on the word before them; 0 if none. Apostrophes and
// invisible characters do so only with a letter after them.
func (t *tokenizer) partOfWord(i int) int {
	n := 0
	for apostrophes := 0; i+n < len(t.text); {
		r, size := utf8.DecodeRuneInString(t.text[i+n:])
		n += size
		switch {
		case Invisible(r):
		case letter(r), accent(r) && apostrophes == 0:
			return n
		case apostrophe(r) && apostrophes == 0:
			apostrophes++
		default:
			return 0
		}
	}
	return 0
}

// number adds the number that begins at start with its currency sign and at i with its digits, and returns its end.
func (t *tokenizer) number(start, i int) int {
	w := Word{Start: start, class: withDigits}
	t.key = append(t.key[:0], strings.TrimSuffix(t.text[start:i], " ")...)
	bare := start == i
	for i < len(t.text) {
		c := t.text[i]
		if ascii[c] == digit {
			t.key = append(t.key, c)
			i++
			continue
		}
		sep, n := t.insideNumber(i)
		if n == 0 {
			break
		}
		if sep != 0 {
			t.key = append(t.key, sep)
			bare = false
		}
		i += n
	}
	if bare && i < len(t.text) && letterAt(t.text[i:]) {
		return t.letters(start) // 5th, 1EG4
	}
	w.End = i + t.sign(i)
	w.class |= numberClass(t.key)
	if w.class == numeric|withDigits && len(t.key) >= shortestPhone && dialed(t.text[:start]) {
		w.class |= phone
	}
	return t.finish(w)
}

// insideNumber returns the separator at i as it stands in the key, and its length in the text; 0 for an invisible
// character. The length is 0 where the number ends.
func (t *tokenizer) insideNumber(i int) (sep byte, n int) {
	for i+n < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.text[i+n:])
		switch {
		case r >= '0' && r <= '9':
			return sep, n
		case Invisible(r):
		case sep != 0:
			return 0, 0
		case r == '.' || r == ',' || r == '/' || r == ':':
			sep = byte(r)
		case hyphen(r) || r == '–':
			sep = '-'
		default:
			return 0, 0
		}
		n += size
	}
	return 0, 0
}

// sign takes a percent or euro sign after a number into its key, and returns its length with the space before it, which
// most of the world writes: "60 %", "240 €".
func (t *tokenizer) sign(i int) int {
	rest := t.text[i:]
	space := len(rest) - len(strings.TrimLeft(rest, " \u00a0\u202f"))
	for _, sign := range [...]string{"%", "€"} {
		if space <= len("\u202f") && strings.HasPrefix(rest[space:], sign) {
			t.key = append(t.key, sign...)
			return space + len(sign)
		}
	}
	return 0
}

func letterAt(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}

// finish looks the word up and adds it, unless it turns out to be part of an address, and returns its end.
func (t *tokenizer) finish(w Word) int {
	if w.End < len(t.text) {
		switch t.text[w.End] {
		case '.', ':', '@':
			if a := findAddress(t.text, t.floor, w); a.End > 0 {
				return t.address(a)
			}
		}
	}
	t.push(w.Start, w.End, t.vocabulary.find(t.key), w.class, w.looks)
	return w.End
}

// address adds an address in place of the words that are part of it.
func (t *tokenizer) address(a Word) int {
	for n := len(t.words); n > 0 && t.words[n-1].End > a.Start; n-- {
		last := t.words[n-1]
		a.Start = min(a.Start, last.Start)
		t.joint = last.joint
		t.words = t.words[:n-1]
	}
	if t.segment, t.turn = 0, 0; len(t.words) > 0 {
		t.segment = t.words[len(t.words)-1].segment
	}
	t.push(a.Start, a.End, 0, a.class, 0)
	t.floor = a.End
	return a.End
}

// other takes what is no ASCII letter or digit: a word that begins with another letter, a sign before a number, or what
// stands between words. It returns where to go on.
func (t *tokenizer) other(i int) int {
	r, n := utf8.DecodeRuneInString(t.text[i:])
	switch r {
	case '(':
		if w := findPhone(t.text, i); w.End > 0 {
			t.push(w.Start, w.End, 0, w.class, 0)
			return w.End
		}
		t.joint |= soft
	case ',', ')', '[', ']', '{', '}':
		t.joint |= soft
	case ':':
		if len(t.words) > 0 && t.joint == 0 {
			t.words[len(t.words)-1].looks |= colonNext
		}
		t.joint |= colon
	case ';', '!', '?', '¡', '¿', '–', '—', '…', '•', '·', '|':
		t.joint |= hard
	case '\u2028': // a line break that is seen; '\n' is where the file wraps, and white space
		if !goesOn(t.text[i+n:]) {
			t.joint |= line
		}
	case leadIn:
		t.joint |= lead
	case '-':
		if t.dash(i) {
			t.joint |= hard
		}
	default:
		if r >= utf8.RuneSelf && letter(r) {
			return t.letters(i)
		}
		if figure := strings.TrimPrefix(t.text[i+n:], " "); figure != "" && ascii[figure[0]] == digit && strings.ContainsRune(CurrencySigns, r) { // "$ 185.000"
			return t.number(i, len(t.text)-len(figure))
		}
	}
	return i + n
}

// goesOn reports whether the text after a line break goes on with what stood
// before it: with a small letter. Lines of an address, a list or a signature
// begin with a capital.
func goesOn(text string) bool {
	next := strings.IndexFunc(text, func(r rune) bool { return letter(r) || r == '\u2028' || r == '\u2029' })
	if next < 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[next:])
	return unicode.IsLower(r)
}

// dash reports whether the hyphen at i is used as one: doubled, or with white
// space on both sides.
func (t *tokenizer) dash(i int) bool {
	before, _ := utf8.DecodeLastRuneInString(t.text[:i])
	next, _ := utf8.DecodeRuneInString(t.text[i+1:])
	return next == '-' || unicode.IsSpace(next) && unicode.IsSpace(before)
}
