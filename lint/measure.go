package lint

import (
	"math"
	"math/bits"
	"slices"

	"bedside/lint/letter"
	"bedside/lint/readability"
)

// A counted block is what readability says of it. tokens index
// reading.tokens.
type counted struct {
	counts   readability.Counts
	from, to int
	scored   bool
}

// count counts every block once; a form's score is the sum over the blocks
// that are printed in it.
func (read *reading) count() {
	lang := readability.Language(read.lang)
	read.blocks, read.tokens, read.worded = read.blocks[:0], read.tokens[:0], 0
	for i := range read.Blocks {
		b := &read.Blocks[i]
		if len(b.Sentences) > 0 {
			read.worded |= b.Forms
		}
		from := len(read.tokens)
		read.fields = b.Fields(read.fields[:0])
		fields := read.fields
		read.tokens = readability.Tokens(read.tokens, b.Text, fields)
		if b.Kind == letter.Title || b.Kind == letter.ListData { // seen, but no part of the text
			read.blocks = append(read.blocks, counted{from: from, to: len(read.tokens)})
			continue
		}
		rb := readability.Block{Text: b.Text, Fields: fields, Kind: blockKinds[b.Kind]}
		counts := readability.CountTokens(rb, lang, b.Sentences, read.tokens[from:], &read.memo)
		read.blocks = append(read.blocks, counted{counts, from, len(read.tokens), counts.Sentences > 0})
	}
	if read.worded == 0 { // said of the file already
		read.worded = read.AllForms()
	}
}

var blockKinds = [...]readability.Kind{
	letter.Paragraph: readability.Paragraph, letter.Item: readability.Item, letter.Heading: readability.Heading,
	letter.Cell: readability.Cell, letter.Code: readability.Code, letter.Title: readability.Heading, letter.ListData: readability.Cell,
}

// tokensOf are the tokens of a block.
func (read *reading) tokensOf(block int) []readability.Token {
	return read.tokens[read.blocks[block].from:read.blocks[block].to]
}

// score adds up what is printed in each form, and scores the form that is
// hardest to read: of the highest grade or, in Spanish, of the lowest reading
// ease. Of equal forms the first is taken, with those that print the same
// running text.
func (read *reading) score() {
	lang := readability.Language(read.lang)
	read.forms = slices.Grow(read.forms[:0], len(read.Forms))[:len(read.Forms)]
	clear(read.forms)
	for i := range read.blocks {
		for in := read.Blocks[i].Forms; in != 0; in &= in - 1 {
			read.forms[bits.TrailingZeros64(uint64(in))].Add(read.blocks[i].counts)
		}
	}
	hardest, most := 0, math.Inf(-1)
	for form, c := range read.forms {
		if h, ok := c.Hardness(lang); ok && h > most {
			hardest, most = form, h
		}
	}
	same := read.AllForms()
	for i := range read.blocks {
		switch in := read.Blocks[i].Forms; {
		case !read.blocks[i].scored:
		case in.Has(hardest):
			same &= in
		default:
			same &^= in
		}
	}
	c := read.forms[hardest]
	read.worst = Readability{Counts: c, Scores: c.Scores(lang), Coverage: c.Coverage(), Confidence: c.Confidence(), Forms: same}
}
