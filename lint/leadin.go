package lint

import (
	"bytes"
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
}

// maxLabel is how many words the label of a row may have; more are a text of
// their own.
const maxLabel = 4

// follow is the lead-in of what comes after a block.
func (read *reading) follow(lead leadIn, b *letter.Block) leadIn {
	switch b.Kind {
	case letter.Cell:
		if lead.labels(b) && read.sameLine(lead.block, b) {
			return lead
		}
		if label := strings.TrimRight(b.Text, " \n:"); len(strings.Fields(label)) <= maxLabel && !strings.ContainsAny(label, ".!?") {
			return leadIn{b, 0, len(label)}
		}
	case letter.Item, letter.Title:
		return lead // also of the items that come
	case letter.Paragraph, letter.Heading:
		text := strings.TrimRight(b.Text, " \n")
		if n := len(b.Sentences); n > 0 && strings.HasSuffix(text, ":") {
			return leadIn{b, b.Sentences[n-1].Start, len(text) - 1}
		}
	}
	return leadIn{}
}

// labels reports whether the lead-in and the block are cells.
func (lead leadIn) labels(b *letter.Block) bool {
	return lead.block != nil && lead.block.Kind == letter.Cell && b.Kind == letter.Cell
}

// sameLine reports whether two blocks stand on one line of the file.
func (read *reading) sameLine(a, b *letter.Block) bool {
	from, to := a.Span().Start, b.Span().Start
	return from <= to && bytes.IndexByte(read.Src[from:to], '\n') < 0
}

// opens reports whether a block goes on with the lead-in wherever it is
// printed.
func (read *reading) opens(lead leadIn, b *letter.Block) bool {
	switch {
	case lead.block == nil || len(b.Sentences) == 0 || b.Forms&^lead.block.Forms != 0:
		return false
	case lead.labels(b):
		return !b.Header && lead.end > 0 && read.sameLine(lead.block, b)
	}
	return b.Kind == letter.Item
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

// leadsTo reports whether a block is an item of the list that the sentence of
// a hit leads to.
func (read *reading) leadsTo(h hit, block int) bool {
	if h.block < 0 || block <= h.block || read.Blocks[block].Kind != letter.Item {
		return false
	}
	lead := read.follow(leadIn{}, &read.Blocks[h.block])
	if lead.block == nil || h.end <= lead.start {
		return false
	}
	for i := h.block + 1; i <= block; i++ {
		if lead = read.follow(lead, &read.Blocks[i]); lead.block != &read.Blocks[h.block] {
			return false
		}
	}
	return true
}
