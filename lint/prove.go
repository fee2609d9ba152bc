package lint

import (
	"fmt"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// A Failure is a sentence that does not prove its rule.
type Failure struct {
	Rule     *Rule
	Sentence string // as rules.toml has it
	Message  string // what was found instead
}

// Prove holds every rule to its own proof: it must find exactly the words
// between << and >> in each hit, and nothing in each ok. (Of a required
// element any words inside the marks will do: it is the sentence that counts.)
func (p *Pack) Prove() []Failure {
	var out []Failure
	for _, r := range p.Rules {
		for _, e := range r.proofs() {
			for _, hit := range e.Hit {
				if msg := p.proveHit(r, e, hit); msg != "" {
					out = append(out, Failure{r, hit, msg})
				}
			}
			for _, ok := range e.OK {
				if found := p.words(r, e, ok); len(found) > 0 {
					out = append(out, Failure{r, ok, "finds " + strings.Join(found, ", ") + ", and should find nothing"})
				}
			}
		}
	}
	return out
}

// Proofs counts the sentences that Prove looks at.
func (p *Pack) Proofs() int {
	n := 0
	for _, r := range p.Rules {
		for _, e := range r.proofs() {
			n += len(e.Hit) + len(e.OK)
		}
	}
	return n
}

// proofs are the entries of a rule that is on.
func (r *Rule) proofs() []*Entry {
	if r.Off {
		return nil
	}
	return r.Entries
}

// proveHit tells what is wrong with a hit, or "".
func (p *Pack) proveHit(r *Rule, e *Entry, sentence string) string {
	plain, want := Marked(sentence)
	found := p.words(r, e, plain)
	switch {
	case len(found) == 0:
		return "finds nothing"
	case len(want) == 0: // about the letter as a whole
		return ""
	}
	for _, w := range want {
		if !slices.ContainsFunc(found, func(f string) bool {
			return f == quote(w) || r.element != nil && strings.Contains(w, strings.Trim(f, "“”"))
		}) {
			return fmt.Sprintf("finds %s, not %s", strings.Join(found, ", "), quote(w))
		}
	}
	return ""
}

// Marked takes the << >> out of a sentence and returns the words between them.
func Marked(sentence string) (plain string, words []string) {
	var b strings.Builder
	for rest := sentence; ; {
		before, after, ok := strings.Cut(rest, "<<")
		b.WriteString(before)
		if !ok {
			return b.String(), words
		}
		marked, after, _ := strings.Cut(after, ">>")
		b.WriteString(marked)
		words = append(words, oneLine(marked))
		rest = after
	}
}

// words reads a sentence as a letter and returns, in quotation marks, the
// words that one entry of a rule finds in it. They are read back from the
// bytes of the sentence: a place that is a byte off is a failure.
func (p *Pack) words(r *Rule, e *Entry, sentence string) []string {
	lang := e.Language
	if lang == "" {
		lang = "en"
	}
	path, title, text := "", "", sentence
	switch e.proofIn {
	case inFile:
		path, text = sentence, "A letter."
	case inTitle:
		title, text = sentence, "A letter."
	}
	l := letter.Parse(path, []byte(text), p.Dictionary, lang)
	l.Meta.Title = title
	l.Meta.Sender = e.sender
	l.Meta.Kinds = append(append([]string{}, e.only...), r.only...)
	read := p.read(l)
	defer p.release(read)
	if r.element != nil {
		return read.mentioned(r.element)
	}
	var found []string
	keep := func(m Match) {
		words := oneLine(l.Text(m.Span))
		if m.Span.Start == m.Span.End {
			words = m.Text
		}
		found = append(found, quote(words))
	}
	if r.Kind == "limit" && !r.wording || r.Kind == "guard" || e.swap {
		r.check(read, keep)
		return found
	}
	for _, h := range read.hitsOf(r) {
		if r.Entries[h.entry] == e && read.applies(e) && !(e.defined && read.undefined(h) == 0) {
			keep(read.match(h))
		}
	}
	return found
}

// mentioned lists the words that meet a need.
func (read *reading) mentioned(el *element) []string {
	var found []string
	el.mentions(read, func(h *hit, _ letter.FormSet) {
		found = append(found, quote(oneLine(read.Text(read.match(*h).Span))))
	})
	return found
}
