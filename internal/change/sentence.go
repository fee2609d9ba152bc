// Package change tells what is different between two versions of a letter:
// sentence by sentence, and what each difference means to the rules.
package change

import (
	"fmt"
	"sort"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// A Sentence is one thing that a letter says: a sentence of its body, or a
// line of its front matter.
type Sentence struct {
	Text   string         // with the names of fields where values go
	What   string         // what it is, where it is no plain sentence: "title", "heading", "link", "never if"
	When   string         // in which forms: "with portal_url"; "" is in every one
	Forms  letter.FormSet // the same
	Number int            // among all that the letter says, counted from 0
	Line   int            // of its file, counted from 1
	Span   letter.Span    // bytes of its file

	findings []*lint.Finding // that touch it
}

// lone are the things that a letter says once. Two of them are always one that
// has changed.
var lone = []string{"title", "language", "kinds", "sender", "stage", "purpose"}

// Sentences are what a letter says, in the order of its file.
func Sentences(res *lint.Result) []Sentence {
	r := &reader{l: res.Letter}
	r.meta()
	for i := range r.l.Blocks {
		r.block(&r.l.Blocks[i])
	}
	for _, link := range r.l.Links {
		r.add("link", link.Target, link.Span, link.Forms)
	}
	sort.SliceStable(r.out, func(i, j int) bool { return r.out[i].Span.Start < r.out[j].Span.Start })
	for i := range r.out {
		r.out[i].Number = i
	}
	for i := range res.Findings {
		r.touch(&res.Findings[i])
	}
	return r.out
}

type reader struct {
	l   *letter.Letter
	out []Sentence
}

func (r *reader) add(what, text string, at letter.Span, forms letter.FormSet) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return
	}
	r.out = append(r.out, Sentence{Text: text, What: what, When: strings.Join(r.l.Describe(forms), "; or "), Forms: forms, Line: r.l.Position(at.Start).Line, Span: at})
}

// meta adds what the front matter says.
func (r *reader) meta() {
	m, all := &r.l.Meta, r.l.AllForms()
	for i, text := range []string{m.Title, m.Language, strings.Join(m.Kinds, ", "), m.Sender, m.Stage, m.Purpose} {
		r.add(lone[i], text, r.l.MetaKey(lone[i]), all)
	}
	for _, list := range []struct {
		what, key string
		holds     []letter.Hold
	}{{"send only if", "send_only_if", m.SendOnlyIf}, {"never if", "never_if", m.NeverIf}} {
		for i := range list.holds {
			text := list.holds[i].Says
			if test := list.holds[i].Test(); test != "" {
				text += " (" + test + ")"
			}
			r.add(list.what, text, r.l.MetaKey(list.key), all)
		}
	}
	for _, w := range r.l.Waivers {
		text := fmt.Sprintf("%s because “%s”", w.Rule, w.Because)
		if w.Until != "" {
			text += " until " + w.Until
		}
		if w.By != "" {
			text += " by " + w.By
		}
		r.add("allowed", text, w.Span, all)
	}
}

// block adds the sentences of a block.
func (r *reader) block(b *letter.Block) {
	from := 0
	for i, s := range b.Sentences {
		to := len(b.Text) // with what stands behind it, such as a dash
		if i+1 < len(b.Sentences) {
			to = b.Sentences[i+1].Start
		}
		r.add(kindOf(b), named(b, from, to), b.Source(s.Start, s.End), b.Forms)
		from = to
	}
	if len(b.Sentences) == 0 {
		r.add(kindOf(b), named(b, 0, len(b.Text)), b.Span(), b.Forms)
	}
}

// kindOf is what people call a block that is no paragraph.
func kindOf(b *letter.Block) string {
	switch b.Kind {
	case letter.Heading:
		return fmt.Sprintf("heading %d", b.Level)
	case letter.Item:
		return "list"
	case letter.Cell:
		return "table"
	case letter.Code:
		return "code"
	case letter.Title:
		return "title of a link"
	}
	return ""
}

// named is a part of a block with the names of fields in place of examples.
func named(b *letter.Block, from, to int) string {
	var out strings.Builder
	for _, m := range b.Marks {
		if m.Kind != letter.MarkField || m.Start < from || m.End > to {
			continue
		}
		out.WriteString(b.Text[from:m.Start] + "{{" + m.Name + "}}")
		from = m.End
	}
	out.WriteString(b.Text[from:to])
	return strings.ReplaceAll(out.String(), letter.HardBreak, " ")
}

// touch notes a finding with the sentence that it is about, if it is about
// one.
func (r *reader) touch(f *lint.Finding) {
	if f.Span.Start == f.Span.End {
		return
	}
	for i := range r.out {
		if s := &r.out[i]; f.Span.Start < s.Span.End && s.Span.Start < f.Span.End && s.What != "link" {
			s.findings = append(s.findings, f)
			return
		}
	}
}
