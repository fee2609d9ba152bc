package letter

import (
	"slices"
	"sync"

	"bedside/lint/readability"
)

// memory is what a letter is read with and does not keep: it serves one letter
// after the other, as what is in the processor's cache is not fetched again.
type memory struct {
	text      []byte // Src with everything but the Markdown blanked
	nodes     nodes
	blocks    []Block
	fields    []FieldUse
	runs      []run
	marks     []Mark
	sentences []readability.Span
	opened    []opened
}

var pages = sync.Pool{New: func() any {
	return &page{memory: memory{blocks: []Block{}, fields: []FieldUse{}}} // a letter without any reads the same each time
}}

// newPage begins to read a letter.
func newPage(l *Letter, dict *Dictionary) *page {
	p := pages.Get().(*page)
	p.Letter, p.dict = l, dict
	p.text = append(p.text[:0], l.Src...)
	l.Blocks, l.Fields, p.w.runs, p.w.marks = p.blocks[:0], p.fields[:0], p.runs[:0], p.marks[:0]
	p.sentences, p.opened = p.sentences[:0], p.opened[:0]
	p.nodes.reuse()
	return p
}

// done gives the letter memory of its own, just as much as it needs, and what
// it was read with to the next one.
func (p *page) done() {
	l, m := p.Letter, p.memory
	m.blocks, m.fields, m.runs, m.marks = l.Blocks, l.Fields, p.w.runs, p.w.marks
	l.Blocks, l.Fields = slices.Clone(l.Blocks), slices.Clone(l.Fields)
	own(l.Blocks, func(b *Block) *[]run { return &b.runs })
	own(l.Blocks, func(b *Block) *[]Mark { return &b.Marks })
	own(l.Blocks, func(b *Block) *[]readability.Span { return &b.Sentences })
	clear(m.blocks) // keeps no letter alive
	clear(m.fields)
	clear(m.marks)
	clear(m.opened[:cap(m.opened)])
	*p = page{memory: m}
	pages.Put(p)
}

// own moves lists of all blocks into one piece of memory.
func own[T any](blocks []Block, list func(*Block) *[]T) {
	n := 0
	for i := range blocks {
		n += len(*list(&blocks[i]))
	}
	all := make([]T, 0, n)
	for i := range blocks {
		l, from := list(&blocks[i]), len(all)
		all = append(all, *l...)
		*l = all[from:len(all):len(all)]
	}
}
