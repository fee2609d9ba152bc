package lint

import (
	"cmp"
	"slices"
	"strings"

	"bedside/lint/letter"
	"bedside/lint/phrase"
	"bedside/lint/readability"
)

// A leadIn is what a list begins with: the last sentence of the paragraph
// before it, which ends with a colon. Each item goes on with it: "We will
// not:", "sue you". Or it is the first cell of the row of a table, which labels
// the others: "Due date", "May 5". The zero value is none.
type leadIn struct {
	block      *letter.Block
	start, end int // the sentence without its colon
	line       int // of a cell: where its line of the file ends
}

// maxLabel is how many words the label of a row may have; more are a text of
// their own.
const maxLabel = 4

// follow is the lead-in of what comes after a block.
func (read *reading) follow(lead leadIn, b *letter.Block) leadIn {
	switch b.Kind {
	case letter.Cell:
		if lead.labels(b) {
			return lead
		}
		if label := strings.TrimRight(b.Text, " \n:"); len(strings.Fields(label)) <= maxLabel && !strings.ContainsAny(label, ".!?") {
			return leadIn{b, 0, len(label), read.LineAt(b.Span().Start).End}
		}
	case letter.Item, letter.Title:
		return lead // also of the items that come
	case letter.Paragraph, letter.Heading:
		text := strings.TrimRight(b.Text, " \n")
		if n := len(b.Sentences); n > 0 && strings.HasSuffix(text, ":") {
			return leadIn{b, b.Sentences[n-1].Start, len(text) - 1, 0}
		}
	}
	return leadIn{}
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
		return lead.labels(b) && !b.Header && lead.end > 0
	}
	return b.Kind == letter.Item && lead.line == 0
}

// scanLed looks up the words of a list item or a cell with its lead-in before
// them. Words of the lead-in alone are found where it stands.
func (read *reading) scanLed(block int, lead leadIn) {
	b := &read.Blocks[block]
	before := lead.block.Text[lead.start:lead.end]
	if b.Kind == letter.Cell {
		before += ":" // a label, and no part of the sentence
	}
	before += phrase.LeadIn
	read.marks, read.spans = read.marks[:0], read.spans[:0]
	for _, m := range lead.block.Marks {
		if lead.start <= m.Start && m.End <= lead.end {
			read.mark(m, -lead.start)
		}
	}
	for _, m := range b.Marks {
		read.mark(m, len(before))
	}
	for i, s := range b.Sentences {
		span := readability.Span{Start: s.Start + len(before), End: s.End + len(before)}
		if i == 0 {
			span.Start = 0
		}
		read.spans = append(read.spans, phrase.Span(span))
	}
	read.look(block, before+b.Text, len(before), read.spans, read.marks)
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
	if lead.block == nil || h.end <= lead.start {
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
