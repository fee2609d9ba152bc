package lint

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/letter"
	"bedside/lint/phrase"
	"bedside/lint/readability"
)

// A leadIn is what a list begins with: the last sentence of the paragraph
// before it, which ends with a colon. Each item goes on with it: "We will
// not:", "sue you". Or it labels what comes after it: the first cell of the row
// of a table or the head of a column, a line of its own above a figure: "Due
// date", "May 5". The zero value is none.
type leadIn struct {
	block      *letter.Block
	start, end int  // the sentence without its colon
	line       int  // of a cell: where its line of the file ends
	label      bool // it is a label, and no part of the sentence
}

// How many words a label may have, and what stands below one that is no cell;
// and how many bytes either: more are a text of their own.
const (
	maxLabel = 4
	maxValue = 6
	maxShort = 80
)

// follow is the lead-in of what comes after a block.
func (read *reading) follow(lead leadIn, b *letter.Block) leadIn {
	switch b.Kind {
	case letter.Cell:
		if lead.labels(b) {
			return lead
		}
		if lead := asLabel(b); lead.block != nil && b.Level == 1 {
			lead.line = read.LineAt(b.Span().Start).End
			return lead
		}
	case letter.Item, letter.Title:
		return lead // also of the items that come
	case letter.Paragraph, letter.Heading:
		text := strings.TrimRight(b.Text, " \n")
		if n := len(b.Sentences); n > 0 && strings.HasSuffix(text, ":") {
			return leadIn{block: b, start: b.Sentences[n-1].Start, end: len(text) - 1}
		}
		return asLabel(b)
	}
	return leadIn{}
}

// asLabel is the lead-in that a block of few words makes, unless it is a value
// itself or a sentence.
func asLabel(b *letter.Block) leadIn {
	if len(b.Text) > maxShort {
		return leadIn{}
	}
	label := strings.TrimRight(b.Text, " \n:")
	if isValue(b) || strings.ContainsAny(label, ".!?") || !fewWords(label, maxLabel) {
		return leadIn{}
	}
	return leadIn{block: b, end: len(label), label: true}
}

// fewWords reports whether a text has no more words than so many.
func fewWords(text string, most int) bool {
	for range strings.FieldsSeq(text) {
		most--
	}
	return most >= 0
}

// isValue reports whether a block is a figure, a date, a field: it begins with
// one, or is short and has a digit.
func isValue(b *letter.Block) bool {
	switch {
	case len(b.Marks) > 0 && b.Marks[0].Start == 0:
		return true
	case !strings.ContainsAny(b.Text, "0123456789"):
		return false
	}
	first, _ := utf8.DecodeRuneInString(b.Text)
	return unicode.IsDigit(first) || unicode.Is(unicode.Sc, first) || fewWords(b.Text, maxLabel)
}

// labels reports whether the block is a cell in the row of the lead-in.
func (lead leadIn) labels(b *letter.Block) bool {
	return lead.line > 0 && b.Kind == letter.Cell && b.Span().Start <= lead.line
}

// opens reports whether a block goes on with the lead-in wherever it is
// printed.
func (lead leadIn) opens(b *letter.Block) bool {
	switch {
	case lead.block == nil || len(b.Sentences) == 0 || b.Forms&^lead.block.Forms != 0:
		return false
	case b.Kind == letter.Cell:
		return lead.labels(b) && (!b.Header || isValue(b)) && lead.end > 0
	case b.Kind == letter.Item:
		return lead.line == 0 && !lead.label
	}
	return b.Kind == letter.Paragraph && lead.line == 0 && lead.end > 0 && len(b.Text) <= maxShort && isValue(b) && fewWords(b.Text, maxValue)
}

// head notes the head of a column, for the cells below it.
func (read *reading) head(block int) {
	b := &read.Blocks[block]
	if block == 0 || !read.Blocks[block-1].Header {
		read.heads = read.heads[:0]
	}
	for len(read.heads) < int(b.Level) {
		read.heads = append(read.heads, -1)
	}
	read.heads[b.Level-1] = block
}

// column is the lead-in that the head of its column is for a cell with a
// value.
func (read *reading) column(b *letter.Block) leadIn {
	if int(b.Level) > len(read.heads) || read.heads[b.Level-1] < 0 || !isValue(b) {
		return leadIn{}
	}
	lead := asLabel(&read.Blocks[read.heads[b.Level-1]])
	lead.line = len(read.Src)
	return lead
}

// scanLed looks up the words of a list item or a cell with its lead-in before
// them. Words of the lead-in alone are found where it stands.
func (read *reading) scanLed(block int, lead leadIn) {
	b := &read.Blocks[block]
	sign := ""
	if lead.label || b.Kind == letter.Paragraph {
		sign = ":"
	}
	text := lead.block.Text[lead.start:lead.end] + sign + phrase.LeadIn + b.Text
	before := len(text) - len(b.Text)
	read.marks, read.spans = read.marks[:0], read.spans[:0]
	for _, m := range lead.block.Marks {
		if lead.start <= m.Start && m.End <= lead.end {
			read.mark(m, -lead.start)
		}
	}
	for _, m := range b.Marks {
		read.mark(m, before)
	}
	for i, s := range b.Sentences {
		span := readability.Span{Start: s.Start + before, End: s.End + before}
		if i == 0 {
			span.Start = 0
		}
		read.spans = append(read.spans, span)
	}
	read.look(block, text, before, nil, read.spans, read.marks)
}

// together are the hits of the sentence of a hit, and those of the list that
// it leads to.
func (read *reading) together(h hit) []hit {
	from, _ := slices.BinarySearchFunc(read.found, h, func(x, h hit) int { return cmp.Or(x.block-h.block, x.sentence-h.sentence) })
	to := from
	for to < len(read.found) && read.found[to].block == h.block && read.found[to].sentence == h.sentence {
		to++
	}
	lead := leadIn{}
	if h.block >= 0 {
		lead = read.follow(lead, &read.Blocks[h.block])
	}
	if lead.block == nil || lead.label || h.end <= lead.start {
		return read.found[from:to]
	}
	last := h.block
	for last+1 < len(read.Blocks) && read.Blocks[last+1].Kind == letter.Item {
		last++
	}
	for to < len(read.found) && h.block <= read.found[to].block && read.found[to].block <= last {
		to++
	}
	return read.found[from:to]
}
