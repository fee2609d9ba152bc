package lint

import (
	"strings"

	"bedside/lint/letter"
)

// topOf is where findings about a whole letter stand: its first words.
func topOf(l *letter.Letter) letter.Span {
	start := l.Blocks[0].Span().Start
	return letter.Span{Start: start, End: start}
}

func (read *reading) top() letter.Span { return topOf(read.Letter) }

// greeting is the block that greets the reader, or -1: a short paragraph near
// the top that ends in a comma or a colon.
func (read *reading) greeting() int {
	for i := range min(len(read.Blocks), 15) {
		b, c := &read.Blocks[i], &read.blocks[i]
		if b.Kind == letter.Paragraph && !c.scored && len(b.Text) < 120 && c.to-c.from <= 8 {
			if text := strings.TrimSpace(b.Text); strings.HasSuffix(text, ",") || strings.HasSuffix(text, ":") {
				return i
			}
		}
	}
	return -1
}

// details is the block in which the account details end: the last cell of the
// first table, else the first block with an amount, as a field or written out;
// -1 when there is none.
func (read *reading) details() int {
	last := -1
	for i := range read.Blocks {
		if read.Blocks[i].Kind == letter.Cell {
			last = i
		} else if last >= 0 {
			return last
		}
	}
	if last >= 0 {
		return last
	}
	for i := range read.Blocks {
		for _, m := range read.Blocks[i].Marks {
			if m.Type == "money" {
				return i
			}
		}
	}
	if s := read.surveyOf("require.amount-owed"); s != nil {
		return s.first.block
	}
	return -1
}

// surveyOf says where the element of a rule stands; nil when it does not, or
// the pack has no such rule.
func (read *reading) surveyOf(id string) *survey {
	r := read.pack.Rule(id)
	if r == nil || r.element == nil {
		return nil
	}
	if s := r.element.survey(read); s.have != 0 {
		return s
	}
	return nil
}

// closing is the block before which the end of the letter begins: the
// sign-off, else the lines below the last paragraph; the number of blocks when
// there are none.
func (read *reading) closing() int {
	at := len(read.Blocks)
	if s := read.surveyOf("require.sign-off"); s != nil {
		at = s.last.block
	}
	greeting := read.greeting()
	for at-1 > greeting && !read.blocks[at-1].scored && read.Blocks[at-1].Kind == letter.Paragraph {
		at-- // “Sincerely,” above the name
	}
	return at
}

// isSentence reports whether a line at the end of a letter is a short sentence,
// such as “Thank you.”, and not a name.
func isSentence(text string) bool {
	text = strings.TrimSpace(text)
	return !strings.Contains(text, "\n") && strings.ContainsAny(text[max(0, len(text)-1):], ".!?")
}

// An insertion is the empty span at which missing sentences of one place belong, once it has been looked for.
type insertion struct {
	known bool
	at    letter.Span
}

// insertAt is the empty span at which a missing sentence belongs.
func (read *reading) insertAt(place int) letter.Span {
	i := &read.inserts[place]
	if !i.known {
		*i = insertion{true, read.placeOf(places[place])}
	}
	return i.at
}

func (read *reading) placeOf(place string) letter.Span {
	// Not inside a condition: there the sentence would be missing in some form still.
	before := func(block int) letter.Span {
		start := read.Outside(read.Blocks[block].Span().Start, false)
		return letter.Span{Start: start, End: start}
	}
	after := func(block int) letter.Span {
		end := min(read.Outside(read.Blocks[block].Span().End, true), len(read.Src))
		return letter.Span{Start: end, End: end}
	}
	greeting := read.greeting()
	switch {
	case place == "closing" || place == "signature":
		at := read.closing()
		for place == "signature" && at < len(read.Blocks) && isSentence(read.Blocks[at].Text) {
			at++
		}
		if at == len(read.Blocks) {
			return after(at - 1)
		}
		return before(at)
	case place == "details" && read.details() >= 0:
		return after(read.details())
	case greeting >= 0:
		return after(greeting)
	}
	first := before(min(read.heading()+1, len(read.Blocks)-1))
	switch line := read.LineAt(first.Start).Start; {
	case line == first.Start:
		return first
	case read.heading() >= 0: // not into a table, a list or a quote
		return after(read.heading())
	default:
		return letter.Span{Start: line, End: line}
	}
}

// heading is the first heading, or -1.
func (read *reading) heading() int {
	for i := range read.Blocks {
		if read.Blocks[i].Kind == letter.Heading {
			return i
		}
	}
	return -1
}

// openingParagraphs is how many paragraphs after the greeting still are the
// opening of a letter.
const openingParagraphs = 3

// inOpening is the set of forms in which a block stands in the opening: the
// first third of the running text, at least three paragraphs.
func (read *reading) inOpening(block int) (out letter.FormSet) {
	if len(read.openings) == 0 {
		for form := range read.Forms {
			read.openings = append(read.openings, read.openingEnd(form))
		}
	}
	for form, end := range read.openings {
		if block < end && read.Blocks[block].Forms.Has(form) {
			out |= 1 << form
		}
	}
	return out
}

// openingEnd is the number of the first block behind the opening of a form.
func (read *reading) openingEnd(form int) int {
	all := read.forms[form].Tokens
	seen, paragraphs := 0, 0
	for i := range read.blocks {
		if !read.Blocks[i].Forms.Has(form) {
			continue
		}
		if paragraphs >= openingParagraphs && seen*3 >= all {
			return i
		}
		seen += read.blocks[i].counts.Tokens
		if read.blocks[i].scored {
			paragraphs++
		}
	}
	return len(read.Blocks)
}

// written is a range of a block's text with the fields in it as the letter
// writes them: what an author knows it by.
func (read *reading) written(b *letter.Block, start, end int) string {
	var out strings.Builder
	for _, m := range b.Marks {
		if m.Kind == letter.MarkField && start <= m.Start && m.End <= end {
			out.WriteString(b.Text[start:m.Start])
			out.WriteString(read.Text(b.Source(m.Start, m.End)))
			start = m.End
		}
	}
	out.WriteString(b.Text[start:end])
	return oneLine(out.String())
}
