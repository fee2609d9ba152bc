package lint

import (
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
	read.blocks, read.tokens = read.blocks[:0], read.tokens[:0]
	for i := range read.Blocks {
		b := &read.Blocks[i]
		if b.Kind == letter.Title || b.Kind == letter.ListData {
			read.blocks = append(read.blocks, counted{})
			continue
		}
		from := len(read.tokens)
		read.fields = b.Fields(read.fields[:0])
		fields := read.fields
		read.tokens = readability.Tokens(read.tokens, b.Text, fields)
		rb := readability.Block{Text: b.Text, Fields: fields, Kind: blockKinds[b.Kind]}
		counts := readability.CountTokens(rb, lang, b.Sentences, read.tokens[from:], &read.memo)
		read.blocks = append(read.blocks, counted{counts, from, len(read.tokens), counts.Sentences > 0})
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

// countsOf are the counts of one form.
func (read *reading) countsOf(form int) readability.Counts {
	var c readability.Counts
	for i := range read.blocks {
		if read.Blocks[i].Forms.Has(form) {
			c.Add(read.blocks[i].counts)
		}
	}
	return c
}

// hardest is the score of the form that is hardest to read: the highest grade
// or, in Spanish, the lowest reading ease. Of equal forms the first is taken.
func (read *reading) hardest() Readability {
	lang := readability.Language(read.lang)
	var worst Readability
	for form := range read.Forms {
		c := read.countsOf(form)
		s := c.Scores(lang)
		if form == 0 || harder(s, worst.Scores) {
			worst = Readability{Counts: c, Scores: s, Coverage: c.Coverage(), Confidence: c.Confidence(), Form: form}
		}
	}
	return worst
}

func harder(a, b readability.Scores) bool {
	switch {
	case a.FKGrade != nil:
		return b.FKGrade == nil || *a.FKGrade > *b.FKGrade
	case a.INFLESZ != nil:
		return b.INFLESZ == nil || *a.INFLESZ < *b.INFLESZ
	}
	return false
}
