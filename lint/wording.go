package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/letter"
)

// A wording is words to look for, each with better ones: [[ban.*.phrase]], and
// swaps of one plain word for another.
type wording struct {
	Phrase []wordingPhrase     `toml:"phrase"`
	Swap   map[string][]string `toml:"swap"` // long word -> short ones; the proof is the rule's
	Safe   []string            `toml:"safe"` // those whose first short one fits wherever the long one does
	Hit    []string            `toml:"hit"`
	OK     []string            `toml:"ok"`

	inherited int // how many phrases are of the pack below, so of another file
}

type wordingPhrase struct {
	Find        []string `toml:"find"`
	Except      []string `toml:"except"`
	Try         string   `toml:"try"`
	Why         string   `toml:"why"`
	Source      []string `toml:"source"`
	Hit         []string `toml:"hit"`
	OK          []string `toml:"ok"`
	Lang        string   `toml:"lang"`
	Severity    Severity `toml:"severity"`
	Negatable   bool     `toml:"negatable"`
	FirstPerson bool     `toml:"first_person_ok"`
	OnlyKinds   []string `toml:"only_kinds"`
	AllowKinds  []string `toml:"allow_kinds"`
	Sender      string   `toml:"sender"`
	Defined     bool     `toml:"ok_if_defined"`
	Once        bool     `toml:"once"`
	Yields      bool     `toml:"yields"`
	Case        bool     `toml:"case"`
	Off         bool     `toml:"off"`
}

// lay decodes over what is there, with the phrases of a file behind those
// that are there already: an office's pack adds phrases, it does not have to
// repeat ours.
func (w *wording) lay(into func() error) error {
	before := w.Phrase
	w.inherited = len(before)
	w.Phrase = nil
	err := into()
	w.Phrase = append(before, w.Phrase...)
	return err
}

// below is how many phrases stand in other files than the last.
func (w *wording) below() int { return w.inherited }

// compile turns the phrases into the rule's entries.
func (w *wording) compile(r *Rule) (check, error) {
	for i, ph := range w.Phrase {
		if len(ph.Find) == 0 {
			return nil, &keyError{[]string{"phrase"}, i, "", "a phrase needs find: the words it looks for"}
		}
		if !ph.Off && (len(ph.Hit) == 0 || len(ph.OK) == 0 || ph.Try == "") {
			return nil, &keyError{[]string{"phrase"}, i, ph.Find[0], "a phrase needs try, a hit and an ok: what to write instead, a sentence it finds, and a near miss"}
		}
		lang := ph.Lang
		if lang == "" {
			lang = "en"
		}
		r.Entries = append(r.Entries, &Entry{
			key: []string{"phrase", "find"}, n: i,
			Language: lang, Find: ph.Find, Except: ph.Except, Try: nonEmpty(ph.Try), Why: ph.Why, Source: ph.Source,
			Severity: ph.Severity, Hit: ph.Hit, OK: ph.OK, only: ph.OnlyKinds, allow: ph.AllowKinds, sender: ph.Sender,
			negatable: ph.Negatable, personal: ph.FirstPerson, matchCase: ph.Case, once: ph.Once, defined: ph.Defined, yields: ph.Yields, off: ph.Off,
		})
	}
	for _, long := range w.Safe {
		if len(w.Swap[long]) == 0 || strings.ContainsAny(long, phraseSigns) || slices.ContainsFunc(w.Safe, func(s string) bool { return s == w.Swap[long][0] }) {
			return nil, &keyError{[]string{"safe"}, 0, long, fmt.Sprintf("“%s” cannot be safe: it has to be one of swap, in plain words, and its short one not safe itself", long)}
		}
	}
	for _, long := range sortedKeys(w.Swap) {
		e := &Entry{key: []string{"swap", long}, Language: "en", Find: []string{long}, Try: w.Swap[long], once: true, swap: true}
		if slices.Contains(w.Safe, long) {
			e.fix = e.Try[0]
		}
		r.Entries = append(r.Entries, e)
	}
	if len(w.Swap) > 0 {
		r.Entries = append(r.Entries, &Entry{key: []string{"hit"}, Language: "en", Hit: w.Hit, OK: w.OK, swap: true})
	}
	if strings.Count(r.Says, "%q") != 1 && !r.Off {
		return nil, &keyError{[]string{"says"}, 0, "", "says needs one %q where the words found stand"}
	}
	r.wording = true
	return r.findWording, nil
}

// findWording reports each place where words of the rule stand.
func (r *Rule) findWording(read *reading, found func(Match)) {
	var told map[int]letter.FormSet // by entry that is said once a letter, the forms in which it is said
	for _, h := range read.hitsOf(r) {
		e := r.Entries[h.entry]
		if !read.applies(e) {
			continue
		}
		m := read.match(h)
		if e.defined {
			m.Forms = read.undefined(h)
		}
		waived := read.waived(h) // what is told elsewhere, or otherwise, is told here as well
		if e.yields && !waived {
			m.Forms &^= read.outdone(h)
		}
		if e.once && !waived {
			if told == nil {
				told = map[int]letter.FormSet{}
			}
			m.Forms &^= told[h.entry]
			told[h.entry] |= m.Forms
		}
		if m.Forms == 0 {
			continue
		}
		m.Severity, m.Why, m.Source, m.Try = e.Severity, e.Why, e.Source, e.Try
		m.Message = strings.Replace(r.Says, "%q", quote(m.Text), 1)
		if e.swap {
			m.Message += fmt.Sprintf("; shorter: %s", strings.Join(e.Try, ", "))
		}
		if e.fix != "" && read.Blocks[h.block].Flat(h.start, h.end) {
			m.Fix = e.fixFor(m.Text)
		}
		found(m)
	}
}

// phraseSigns are what a phrase has beside its words.
const phraseSigns = "~*()|?.#^[]{}:,_"

// fixFor is the short word of a safe swap as it stands in place of the words
// found; "" where they are written in another way than the swap has them.
func (e *Entry) fixFor(words string) string {
	switch words {
	case e.Find[0]:
		return e.fix
	case capital(e.Find[0]):
		return capital(e.fix)
	}
	return ""
}

// capital writes words as a sentence begins with them.
func capital(words string) string {
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}

// applies reports whether an entry applies to this letter.
func (read *reading) applies(e *Entry) bool {
	return appliesTo(read.kinds, e.only, e.allow) && (e.sender == "" || e.sender == read.sender)
}

// outdone is the set of forms in which the sentence of a hit, or the list it
// leads to, holds plainer harm: words of any ban that do not yield themselves.
// The sentence has to be written anew for those.
func (read *reading) outdone(h hit) (out letter.FormSet) {
	for _, x := range read.together(h) {
		r := read.pack.Rules[x.rule]
		if e := r.Entries[x.entry]; r.Kind == "ban" && !r.Off && appliesTo(read.kinds, r.only, r.allow) && !e.yields && read.applies(e) && !(x.block == h.block && read.waived(x)) {
			out |= read.Blocks[x.block].Forms
		}
	}
	return out
}

// waived reports whether what the rule of a hit finds there is waived.
func (read *reading) waived(h hit) bool {
	return len(read.waivers) > 0 && waiverFor(read.waivers, read.pack.Rules[h.rule].ID, read.match(h).Span) != nil
}

// undefined is the set of forms in which a term is not explained at its first
// use.
func (read *reading) undefined(h hit) (out letter.FormSet) {
	rest := read.Blocks[h.block].Forms
	for _, first := range read.hitsOf(read.pack.Rules[h.rule]) {
		if in := rest & read.Blocks[first.block].Forms; first.entry == h.entry && in != 0 {
			rest &^= in
			if !read.explained(first) {
				out |= in
			}
		}
		if rest == 0 {
			break
		}
	}
	return out
}

// explanations are how words begin that explain a term before them.
var explanations = []string{"(", "means", "that is", "is what", "is the", "is an", ", which", ", or", "es lo que", "es la", "es el", "significa"}

// explained reports whether a term is explained where it stands: in brackets
// around it or after it, or by words.
func (read *reading) explained(h hit) bool {
	text := read.Blocks[h.block].Text
	around := func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"“”'‘’", r) }
	before, after := strings.TrimRightFunc(text[:h.start], around), strings.TrimLeftFunc(text[h.end:], around)
	const longest = 80 // bytes of white space and words
	after = strings.ToLower(strings.Join(strings.Fields(after[:min(len(after), longest)]), " "))
	return strings.HasSuffix(before, "(") || slices.ContainsFunc(explanations, func(s string) bool { return strings.HasPrefix(after, s) })
}

// resolve leaves one finding of the rules about wording, and of the guards, a
// place and form: of those that overlap, the gravest, then the longest as the
// reader sees them, then the first. One sentence that is wrong in two ways is still one sentence to
// rewrite.
func (read *reading) resolve(findings []Finding) []Finding {
	read.settle(findings, nil)
	for _, w := range read.waivers { // a waiver lets words stand that break its rule, and no other
		read.settle(findings, w)
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return f.Forms == 0 })
}

// lettersIn counts what stays of words in any dress: no space, no sign.
func lettersIn(words string) (n int) {
	for _, r := range words {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// settle does so among the findings that have the same waiver or, with nil,
// none.
func (read *reading) settle(findings []Finding, waiver *letter.Waiver) {
	order := read.order[:0]
	defer func() { read.order = order }()
	end := 0
	for i := range findings {
		if f := &findings[i]; f.Waiver == waiver && (f.Rule.wording || f.Rule.Kind == "guard") {
			order = append(order, i)
			end = max(end, f.Span.End)
		}
	}
	if len(order) < 2 {
		return
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &findings[a], &findings[b]
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(lettersIn(y.Text), lettersIn(x.Text)), cmp.Compare(x.Rule.index, y.Rule.index))
	})
	read.taken = slices.Grow(read.taken, end)[:max(end, len(read.taken))] // all zero between two letters
	for _, i := range order {
		f := &findings[i]
		words := read.taken[f.Span.Start:f.Span.End]
		for _, forms := range words {
			f.Forms &^= forms
		}
		for j := range words {
			words[j] |= f.Forms
		}
	}
	for _, i := range order {
		clear(read.taken[findings[i].Span.Start:findings[i].Span.End])
	}
}
