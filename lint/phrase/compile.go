package phrase

import (
	"slices"
	"strings"
)

// sequence is one way to write a pattern out: items one after the other.
type sequence struct {
	items  span // of Matcher.items
	phrase int32
	anchor uint8 // item under which it is filed
	picky  bool  // not only the word tells whether its anchor is accepted
	first  bool  // it begins a sentence or a line
	except bool
	plain  bool // none of its words denies
}

// item is a set of words, and how it is joined to the item before.
type item struct {
	signature signature // of the set
	words     span      // of the set, if it is a plain one; or, if that has one word only, its number and 0
	set       int32

	gap   uint8 // words that may stand between
	pass  joint // what may stand between
	need  joint // what has to stand right before: a comma, or a colon after a gap
	looks looks // what its word has to look like: a colon stands right after
}

// isNext reports whether neither words nor a comma stand between the item and the one before.
func (it *item) isNext() bool { return it.gap|uint8(it.need) == 0 }

// mayRun reports whether a run of words may be the item.
func (it *item) mayRun() bool { return it.signature.has(typed) }

// set is the words an item accepts.
type set struct {
	words     span // of Matcher.members, sorted
	signature signature
	class     class // any word of these classes is accepted too
	index     class // classes of the words it may accept besides
	prefixed  bool  // among its words are prefixes
	extra     int32
}

// extra is what few sets have.
type extra struct {
	written []string // keys with their upper case: one of them must be the word's
	tails   []string // ends of accepted words
	shapes  []shape  // of accepted numbers
	any     bool     // whatever word it is
}

// shape is what a number looks like.
type shape struct {
	outline     string // d for a digit, A for a capital letter, others themselves; or
	least, most int    // this many digits and nothing else
}

// withoutDigit reports whether nothing of this shape has a digit.
func (sh shape) withoutDigit() bool {
	return sh.most == 0 && !strings.ContainsFunc(sh.outline, func(r rune) bool { return r == 'd' || '0' <= r && r <= '9' })
}

type compiler struct {
	m      *Matcher
	forms  map[word]span // inflected words, in bent
	bent   []word
	roles  [roleCount][]sequence // of the lists of the language
	lang   Language
	rules  grammar
	cutter tokenizer // for patterns; knows no words
	errs   []error

	key   []byte // of the word read
	form  []byte // of one of its forms
	stack []word // sets of the groups being read

	elements []element // of the pattern read, see carve
	lines    [][]element
}

// newCompiler makes room for as much as patterns of that length usually need.
func newCompiler(lang Language, phrases []Phrase) *compiler {
	size := 0
	for _, p := range phrases {
		for _, pattern := range p.Find {
			size += len(pattern)
		}
	}
	c := &compiler{
		m: &Matcher{
			vocabulary: newVocabulary(size / 24),
			phrases:    make([]traits, 0, len(phrases)),
			sequences:  make([]sequence, 0, size/16),
			items:      make([]item, 0, size/3),
			sets:       make([]set, 0, size/8),
			members:    make([]word, 0, size/4),
			extras:     make([]extra, 1),
		},
		forms: make(map[word]span),
		lang:  lang,
		rules: grammarOf(lang.Name),
	}
	nothing := newVocabulary(0)
	c.cutter.vocabulary = &nothing
	for _, w := range runWords {
		c.intern(w)
	}
	return c
}

func (c *compiler) intern(w string) word {
	c.key = append(c.key[:0], w...)
	return c.m.intern(c.key)
}

// pattern adds the sequences of one pattern, each like the prototype, to the list.
func (c *compiler) pattern(list []sequence, src string, prototype sequence, written bool) []sequence {
	c.stack, c.elements, c.lines = c.stack[:0], c.elements[:0], c.lines[:0]
	p := parser{compiler: c, src: src, written: written, suffix: prototype.phrase < 0}
	whole := p.whole()
	for _, line := range p.all(whole) {
		if p.err == nil {
			q := prototype
			p.sequenceItems(&q, line)
			list = append(list, q)
		}
	}
	if p.err != nil {
		p.err.Phrase = int(prototype.phrase)
		c.errs = append(c.errs, p.err)
	}
	return list
}

// sequenceItems adds the items of a line of elements to a sequence. A gap that lost its neighbour to a "?" is dropped.
func (p *parser) sequenceItems(q *sequence, line []element) {
	between := func(e element) bool { return e.kind == gapElement || e.kind == commaElement }
	if len(line) > 0 && (between(line[0]) || between(line[len(line)-1])) {
		p.fail(max(0, strings.LastIndex(p.src, ".."), strings.LastIndexByte(p.src, ',')), "a gap or a comma needs a word on both sides; remove it at the end")
	}
	s := span{from: int32(len(p.m.items))}
	reach := 0
	next := item{pass: adjacent}
	for _, e := range line {
		n := len(p.m.items) - int(s.from)
		switch e.kind {
		case gapElement:
			if n > 0 {
				next.gap += uint8(e.n)
				next.pass |= inGap
				reach += int(e.n)
			}
		case startElement:
			if n > 0 {
				p.fail(strings.IndexByte(p.src, '^'), `"^" stands only before the first word of a pattern`)
			}
			q.first = true
		case commaElement:
			next.pass |= soft
			next.need |= soft
		case colonElement:
			if n == 0 {
				p.fail(strings.IndexByte(p.src, ':'), "a colon needs a word before it")
				break
			}
			next.pass |= colon
			if next.gap > 0 {
				next.need |= colon
			} else {
				p.m.items[len(p.m.items)-1].looks = colonNext
			}
		case setElement:
			if next.need&soft != 0 && next.gap > 0 {
				p.fail(strings.IndexByte(p.src, ','), "a comma stands between two words; a gap runs over one by itself, remove the comma")
			}
			next.set = e.n
			p.m.items = append(p.m.items, next)
			reach++
			next = item{pass: adjacent}
		}
	}
	s.to = int32(len(p.m.items))
	switch {
	case s.from == s.to:
		p.fail(0, `the pattern may be without any word; remove a "?" or add a word`)
	case !slices.ContainsFunc(p.m.items[s.from:], func(it item) bool { return !p.m.extras[p.m.sets[it.set].extra].any }):
		p.fail(0, `"_" is any word at all; add one to look for`)
	case next.need != 0:
		p.fail(strings.LastIndexByte(p.src, ':'), "a colon at the end needs a word right before it")
	case reach > maxReach:
		p.fail(0, "the pattern reaches over %d words, %d are the most; shorten its gaps", reach, maxReach)
	}
	q.items = s
}

// set adds a set of the words.
func (c *compiler) set(s set, words ...word) int32 {
	s.words.from = int32(len(c.m.members))
	c.m.members = append(c.m.members, words...)
	s.words.to = int32(len(c.m.members))
	c.m.sets = append(c.m.sets, s)
	return int32(len(c.m.sets) - 1)
}

// wordSet adds the set of one word, by its key, with its forms or with what begins so.
func (p *parser) wordSet(key []byte, text string, bend byte) int32 {
	switch {
	case bend == '*':
		return p.set(set{prefixed: true}, p.m.internPrefix(key))
	case bend == '~':
		return p.set(set{}, p.inflected(key)...)
	case p.written:
		written := string(appendKey(nil, text, false))
		return p.set(set{extra: p.extra(extra{written: []string{written}})}, p.m.intern(key))
	}
	return p.set(set{}, p.m.intern(key))
}

func (c *compiler) extra(e extra) int32 {
	c.m.extras = append(c.m.extras, e)
	return int32(len(c.m.extras) - 1)
}

// absorb takes the last set, number n, back into a union, its words onto the stack.
func (c *compiler) absorb(union *set, n int) {
	s := c.m.sets[n]
	words := c.m.members[s.words.from:]
	c.stack = append(c.stack, words...)
	union.words.to += int32(len(words))
	union.class |= s.class
	union.index |= s.index
	union.prefixed = union.prefixed || s.prefixed
	if s.extra != 0 {
		a, b := c.m.extras[union.extra], c.m.extras[s.extra]
		union.extra = c.extra(extra{
			written: slices.Concat(a.written, b.written),
			tails:   slices.Concat(a.tails, b.tails),
			shapes:  slices.Concat(a.shapes, b.shapes),
			any:     a.any || b.any,
		})
	}
	c.m.members = c.m.members[:s.words.from]
	c.m.sets = c.m.sets[:n]
}

// inflected returns the word and its forms: those of the table, or else the regular ones.
func (c *compiler) inflected(key []byte) []word {
	base := c.m.intern(key)
	if s, ok := c.forms[base]; ok {
		return c.bent[s.from:s.to]
	}
	s := span{from: int32(len(c.bent))}
	c.bent = append(c.bent, base)
	if forms, ok := c.lang.Inflect[string(key)]; ok {
		for _, f := range forms {
			c.form = appendKey(c.form[:0], f, true)
			c.bent = append(c.bent, c.m.intern(c.form))
		}
	} else {
		for _, e := range c.rules.endings(string(key)) {
			c.form = append(append(c.form[:0], key[:len(key)-e.cut]...), e.text...)
			c.bent = append(c.bent, c.m.intern(c.form))
		}
	}
	s.to = int32(len(c.bent))
	c.forms[base] = s
	return c.bent[s.from:s.to]
}

// close makes the matcher ready once all its words are known.
func (c *compiler) close() {
	c.m.closePrefixes()
	begunBy := c.m.begunBy()
	for i := range c.m.sets {
		c.m.closeSet(&c.m.sets[i], begunBy)
	}
	uses := c.m.uses()
	c.m.sign(uses)
	c.closeClauses()
	c.m.closeDenials()
	c.m.fileSequences(uses)
}

// closeSet sorts the words of a set, with those that its prefixes stand for.
func (m *Matcher) closeSet(s *set, begunBy map[word][]word) {
	words := m.members[s.words.from:s.words.to]
	if s.prefixed {
		from := len(m.members)
		for _, w := range words {
			m.members = append(append(m.members, w), begunBy[w]...)
		}
		s.words = span{int32(from), int32(len(m.members))}
		words = m.members[from:]
	}
	if len(words) > 1 {
		slices.Sort(words)
		words = slices.Compact(words)
		s.words.to = s.words.from + int32(len(words))
	}
}
