package lint

import (
	"strings"

	"bedside/lint/letter"
	"bedside/lint/phrase"
	"bedside/lint/readability"
)

// A leadIn is what a list begins with: the last sentence of the paragraph
// before it, which ends with a colon. Each item goes on with it: "We will
// not:", "sue you". The zero value is none.
type leadIn struct {
	block      *letter.Block
	start, end int // the sentence without its colon
}

// follow is the lead-in of what comes after a block.
func (lead leadIn) follow(b *letter.Block) leadIn {
	switch b.Kind {
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

// opens reports whether an item goes on with the lead-in wherever it is
// printed.
func (lead leadIn) opens(b *letter.Block) bool {
	return lead.block != nil && b.Kind == letter.Item && len(b.Sentences) > 0 && b.Forms&^lead.block.Forms == 0
}

// scanItem looks up the words of a list item with its lead-in before them.
// Words of the lead-in alone are found where it stands.
func (read *reading) scanItem(block int, lead leadIn) {
	b := &read.Blocks[block]
	before := lead.block.Text[lead.start:lead.end] + phrase.LeadIn
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
	lead := leadIn{}.follow(&read.Blocks[h.block])
	if lead.block == nil || h.end <= lead.start {
		return false
	}
	for i := h.block + 1; i <= block; i++ {
		if lead = lead.follow(&read.Blocks[i]); lead.block != &read.Blocks[h.block] {
			return false
		}
	}
	return true
}
