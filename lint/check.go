package lint

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"bedside/lint/letter"
	"bedside/lint/phrase"
	"bedside/lint/readability"
)

// plainKinds are the kinds of a letter that does not say: it is held to the
// rules for a letter of the series that asks for payment.
var plainKinds = []string{"series"}

// Check reads a letter and holds it to the rules of the pack. A letter without
// front matter is in English and of the kind "series". The path is only named
// in the result. It is safe for concurrent use.
func (p *Pack) Check(path string, src []byte) *Result { return p.CheckAs(path, src, "en") }

// CheckAs is Check with the language of a letter whose front matter does not
// name one.
func (p *Pack) CheckAs(path string, src []byte, language string) *Result {
	read := p.read(letter.Parse(path, src, p.Dictionary, language))
	defer p.release(read)
	return p.judge(read)
}

// judge holds a reading to the rules.
func (p *Pack) judge(read *reading) *Result {
	res := &Result{Path: read.Path, Letter: read.Letter, Language: read.lang, Kinds: read.kinds, Readability: read.worst}
	if len(read.Blocks) == 0 { // it could not be read: what is missing in it says nothing
		return res.sorted(p.problems(read))
	}
	res.Elements = make([]Element, 0, p.elements)
	for _, r := range p.Rules {
		if el := r.element; el != nil && !r.Off {
			res.Elements = append(res.Elements, el.seen(read))
		}
	}
	var faults []Finding
	read.waivers, faults = p.waivers(read.Letter, func(rule string) bool { return rule != twinRule }) // of that tells Twins
	all := read.resolve(p.findings(read))
	for _, more := range [][]Finding{p.problems(read), p.form(read), p.holes(read), faults} {
		all = append(all, more...)
	}
	res.Findings = all
	read.out = append(all, p.unused(res, read.waivers)...)
	return res.sorted(read.out)
}

// findings holds a reading to every rule that applies to it.
func (p *Pack) findings(read *reading) []Finding {
	read.out = read.out[:0] // its memory serves the next letter
	known := !slices.ContainsFunc(read.Problems, func(pr letter.Problem) bool { return pr.ID == "front-matter" })
	for _, rule := range p.Rules {
		if rule.element != nil && !known {
			continue // what kind of letter this is, and so what it must hold, is not known
		}
		if rule.check != nil && !rule.Off && appliesTo(read.kinds, rule.only, rule.allow) {
			read.rule = rule
			rule.check(read, read.keep)
		}
	}
	return read.out
}

// keepMatch keeps what the rule that is looked at found.
func (read *reading) keepMatch(m Match) {
	f := read.rule.finding(m, read)
	if f.Forms &= read.worded; f.Forms != 0 { // of a form without words that is said, and no more
		read.out = append(read.out, f)
	}
}

// finding completes a match with what its rule says.
func (r *Rule) finding(m Match, read *reading) Finding {
	f := Finding{Rule: r, Severity: m.Severity, Span: m.Span, Text: m.Text, Message: m.Message, Why: m.Why, Source: m.Source,
		Try: m.Try, Forms: m.Forms, Fix: m.Fix}
	if f.Severity == 0 {
		f.Severity = r.Severity
	}
	if f.Why == "" {
		f.Why = r.Why
	}
	if f.Source == nil {
		f.Source = r.Source
	}
	if f.Forms == 0 {
		f.Forms = read.AllForms()
	}
	f.Waiver = waiverFor(read.waivers, r.ID, m.Span)
	return f
}

// sorted takes over the findings in the order of the file and decides whether
// the letter is ready: it has to be before it can be approved.
func (res *Result) sorted(findings []Finding) *Result {
	var few [32]int
	order := few[:0]
	for i := range findings {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &findings[i], &findings[j]
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return cmp.Or(a.inserted()-b.inserted(), cmp.Compare(b.Severity, a.Severity), a.Rule.index-b.Rule.index)
	})
	res.Findings = make([]Finding, len(findings))
	for to, from := range order {
		res.Findings[to] = findings[from]
	}
	res.Ready = !slices.ContainsFunc(res.Findings, func(f Finding) bool {
		return f.Severity == Error && f.Waiver == nil && f.Rule.ID != approvalRule
	})
	return res
}

// inserted orders what is missing at one place as it is written there: who puts
// the sentences in one after the other has the greeting first and the signature
// last. It is 0 for what is there.
func (f *Finding) inserted() int {
	if el := f.Rule.element; el != nil && f.Span.Start == f.Span.End {
		return 1 + el.place
	}
	return 0
}

// A reading is one letter as every rule looks at it: read once, its words
// looked up once.
type reading struct {
	*letter.Letter
	pack     *Pack
	lang     string
	kinds    []string
	sender   string
	found    []hit // as they stand in the letter
	hits     []hit // the same, rule by rule
	starts   []int // where the hits of each rule begin
	blocks   []counted
	forms    []readability.Counts // by form
	tokens   []readability.Token
	passives []readability.Span
	fields   []readability.Span
	memo     readability.Memo
	worded   letter.FormSet // the forms that have words
	waivers  []*letter.Waiver
	worst    Readability // of the hardest form
	out      []Finding
	rule     *Rule       // that is looked at
	keep     func(Match) // keepMatch
	surveys  []survey    // by rule
	inserts  [len(places)]insertion
	named    []namedMark
	order    []int            // see resolve
	taken    []letter.FormSet // by byte, the forms in which it has its finding
	scanner  *phrase.Scanner
	m        *matcher
	marks    []phrase.Mark
	spans    []readability.Span
	openings []int // by form, see inOpening
	heads    []int // by column, the block that heads it in the table being read, or -1
}

// A hit is a place where words of a rule stand: bytes [start, end) of a
// block's text. Blocks below zero are not on the page.
type hit struct {
	rule, entry     int
	block, sentence int
	start, end      int
}

// Texts that are looked at but are not on the page.
const (
	inTitle = -1
	inFile  = -2
)

// measured counts what is in a letter.
func (p *Pack) measured(l *letter.Letter) *reading {
	m := p.matchers[l.Meta.Language]
	if m == nil {
		m = &p.wordless
	}
	read, _ := m.readings.Get().(*reading)
	if read == nil {
		read = &reading{pack: p, m: m}
		read.keep = read.keepMatch
		if m.Matcher != nil {
			read.scanner, read.memo.Known = m.Scanner(), m.Known
		}
	}
	read.Letter, read.lang, read.kinds, read.sender = l, l.Meta.Language, l.Meta.Kinds, l.Meta.Sender
	if len(read.kinds) == 0 {
		read.kinds = plainKinds
	}
	if read.sender == "" {
		read.sender = "provider"
	}
	read.found, read.openings = read.found[:0], read.openings[:0]
	read.surveys = slices.Grow(read.surveys[:0], len(p.Rules))[:len(p.Rules)]
	clear(read.surveys)
	clear(read.inserts[:])
	read.nameMarks()
	read.count()
	read.callMarks()
	read.nameLinks()
	read.score()
	return read
}

// read measures a letter and looks up its words.
func (p *Pack) read(l *letter.Letter) *reading {
	read := p.measured(l)
	if read.scanner != nil {
		var lead leadIn
		for i := range l.Blocks {
			b := &l.Blocks[i]
			if b.Header {
				read.head(i)
			}
			with := lead
			if b.Kind == letter.Cell && !b.Header && !lead.opens(b) {
				with = read.column(b)
			}
			if with.opens(b) {
				read.scanLed(i, with)
			} else {
				read.scan(i)
			}
			lead = read.follow(lead, b)
		}
		for _, block := range []int{inTitle, inFile} {
			text, _ := read.outside(block)
			read.look(block, text, 0, nil, nil, nil)
		}
	}
	read.byRule()
	return read
}

// byRule sorts the hits by rule; those of a rule stay in the order of the
// letter.
func (read *reading) byRule() {
	n := len(read.pack.Rules)
	read.starts = slices.Grow(read.starts[:0], n+2)[:n+2]
	clear(read.starts)
	for _, h := range read.found {
		read.starts[h.rule+2]++
	}
	for i := range n {
		read.starts[i+2] += read.starts[i+1]
	}
	read.hits = slices.Grow(read.hits[:0], len(read.found))[:len(read.found)]
	for _, h := range read.found {
		next := &read.starts[h.rule+1]
		read.hits[*next] = h
		*next++
	}
}

// release makes the reading's memory available to the next one.
func (p *Pack) release(read *reading) {
	read.Letter, read.waivers = nil, nil
	clear(read.out) // keeps no letter alive
	read.m.readings.Put(read)
}

// scan looks up the words of one block.
func (read *reading) scan(block int) {
	b := &read.Blocks[block]
	if b.Kind == letter.Code {
		return
	}
	read.marks = read.marks[:0]
	for _, m := range b.Marks {
		read.mark(m, 0)
	}
	read.look(block, b.Text, 0, read.tokensOf(block), b.Sentences, read.marks)
}

// mark adds a mark of a text that stands further on by so many bytes.
func (read *reading) mark(m letter.Mark, by int) {
	kind := phrase.Field
	if m.Kind == letter.MarkCode {
		kind = phrase.Opaque
	}
	read.marks = append(read.marks, phrase.Mark{Start: m.Start + by, End: m.End + by, Kind: kind, Type: string(m.Type)})
}

// look keeps what is found in a text of which the block begins at byte from,
// after a lead-in or none.
func (read *reading) look(block int, text string, from int, tokens []readability.Token, sentences []readability.Span, marks []phrase.Mark) {
	read.scanner.Scan(text, tokens, sentences, marks, func(h phrase.Hit) {
		o := read.m.owners[h.Phrase]
		if block < 0 && o.rule.Kind != "guard" {
			return
		}
		if h.End > from {
			start := h.Start
			if start < from {
				start = len(text) - len(strings.TrimLeftFunc(text[from:], unicode.IsSpace))
			}
			read.found = append(read.found, hit{})
			f := &read.found[len(read.found)-1] // filled in place: one put together elsewhere would be copied, and the copy wait for it
			f.rule, f.entry, f.block, f.sentence, f.start, f.end = o.rule.index, o.entry, block, h.Sentence, start-from, h.End-from
		}
	})
}

// hitsOf returns where words of a rule stand, in the order of the letter.
func (read *reading) hitsOf(r *Rule) []hit {
	return read.hits[read.starts[r.index]:read.starts[r.index+1]]
}

// match turns a hit into a match with its place and its words.
func (read *reading) match(h hit) Match {
	if h.block < 0 {
		text, at := read.outside(h.block)
		return Match{Span: at, Text: text[h.start:h.end]}
	}
	b := &read.Blocks[h.block]
	return Match{Span: b.Source(h.start, h.end), Text: oneLine(b.Text[h.start:h.end]), Forms: b.Forms}
}
