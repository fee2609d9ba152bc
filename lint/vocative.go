package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/letter"
)

// callMarks looks up with which fields and blanks the letter calls its reader
// before it says anything: "{{patient_first_name}}, we know …", "[Name]:".
func (read *reading) callMarks() {
	if len(read.pack.calls) == 0 {
		return
	}
	var begun letter.FormSet // the forms in which something has been said
	for i := range read.Blocks {
		b := &read.Blocks[i]
		says := read.blocks[i].scored
		if forms := b.Forms &^ begun; forms != 0 && len(b.Marks) > 0 && b.Kind != letter.Code {
			alone := b.Kind == letter.Paragraph && i+1 < len(read.blocks) && read.blocks[i+1].scored && b.Forms&^read.Blocks[i+1].Forms == 0
			if m := vocative(b, says || endsSentence(b.Text), alone, read.pack.calls); m != nil {
				meets := read.pack.calls[m.Name]
				read.named = append(read.named, namedMark{hit{block: i, start: m.Start, end: m.End}, meets, forms})
			}
		}
		if says && endsSentence(b.Text) { // else it is a heading: "Subject: …"
			begun |= b.Forms
		}
		if begun == read.AllForms() {
			return
		}
	}
}

// vocative is the mark of a name with which a block begins, perhaps after
// other marks ("[SMS] {name}, we …"), and which is set off: from what the block
// says or, where it says nothing, as the whole of it. The name of a reader needs
// no sign on a line of its own right before the text. An address has names that
// are neither. nil means there is none.
func vocative(b *letter.Block, says, ownLine bool, calls map[string][]*element) *letter.Mark {
	at := 0
	for i := range b.Marks {
		m := &b.Marks[i]
		if before := b.Text[at:m.Start]; m.Kind == letter.MarkCode || strings.ContainsFunc(before, inWord) || strings.Contains(before, ":") {
			return nil
		}
		at = m.End
		sign, size := utf8.DecodeRuneInString(strings.TrimLeftFunc(b.Text[at:], closes))
		alone := !strings.ContainsFunc(b.Text[at:], inWord)
		switch {
		case calls[m.Name] == nil || !says && !alone:
		case size == 0:
			if ownLine && m.Name != "" && i == 0 {
				return m
			}
		case strings.ContainsRune(",!", sign), says && strings.ContainsRune(".—–", sign):
			if m.Name != "" || mayBeName(b, m) {
				return m
			}
		case sign == ':' && b.Kind != letter.Cell && (m.Name != "" || alone && mayBeName(b, m)): // "{gym_name}: your card …" tells who writes
			return m
		}
	}
	return nil
}

// mayBeName reports whether a blank that means no field may stand for a name:
// its words say so, or it has none, as "{{1}}" and "____".
func mayBeName(b *letter.Block, m *letter.Mark) bool {
	return m.Kind == letter.MarkBlank && (m.Type == "name" || m.Type == "" && !strings.ContainsFunc(b.Text[m.Start:m.End], unicode.IsLetter))
}

// inWord reports whether r is part of a word or a number.
func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// endsSentence reports whether a text ends as a sentence does.
func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, closes))
	return strings.ContainsRune(".!?…:", last)
}

// closes reports whether r may stand between words and the sign after them.
func closes(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`"'”’»>)]}`, r) }
