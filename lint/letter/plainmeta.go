package letter

import (
	"strconv"
	"strings"
)

// plainMeta reads front matter that has nothing but known keys with plain
// texts, lists of them and hold conditions, as nearly all has: the toml package
// takes half as long for it as all the rest of a check. It reports false, and
// has changed nothing, when there is anything else.
func plainMeta(src string, meta *Meta) bool {
	m, p := *meta, plain{rest: src}
	texts := map[string]*string{"title": &m.Title, "language": &m.Language, "stage": &m.Stage, "purpose": &m.Purpose, "sender": &m.Sender}
	holds := map[string]*[]Hold{sendOnlyIf: &m.SendOnlyIf, neverIf: &m.NeverIf}
	for p.lines(); p.rest != ""; p.lines() {
		switch key := p.key(); {
		case texts[key] != nil:
			*texts[key] = p.text()
			delete(texts, key) // a second one is a fault
		case holds[key] != nil:
			*holds[key] = p.holds()
			delete(holds, key)
		case key == "kinds" && m.Kinds == nil:
			m.Kinds = p.texts()
		default:
			return false
		}
		if p.spaces(); p.strange || p.rest != "" && !p.newline() {
			return false
		}
	}
	*meta = m
	return true
}

// A plain reader reads the part of TOML that people write without thinking.
// When it meets anything else it is strange, and what it returns means
// nothing.
type plain struct {
	rest    string
	strange bool
}

// take passes a text that has to stand here.
func (p *plain) take(text string) {
	if !p.has(text) {
		p.strange = true
	}
}

// has passes a text if it stands here.
func (p *plain) has(text string) (ok bool) {
	p.rest, ok = strings.CutPrefix(p.rest, text)
	return ok
}

func (p *plain) newline() bool { return p.has("\n") || p.has("\r\n") }

func (p *plain) spaces() { p.rest = strings.TrimLeft(p.rest, " ") }

// lines passes empty lines, and spaces before what stands in the next.
func (p *plain) lines() {
	for p.spaces(); p.newline(); p.spaces() {
	}
}

// key reads a key up to its value.
func (p *plain) key() string {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' })
	if end <= 0 {
		p.strange = true
		return ""
	}
	key := p.rest[:end]
	p.rest = p.rest[end:]
	p.spaces()
	p.take("=")
	p.spaces()
	return key
}

// text reads a text in double quotes without escapes.
func (p *plain) text() string {
	p.strange = p.strange || strings.HasPrefix(p.rest, `"""`)
	p.take(`"`)
	text, rest, ok := strings.Cut(p.rest, `"`)
	if !ok || strings.ContainsFunc(text, func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }) {
		p.strange = true
	}
	p.rest = rest
	return text
}

// list calls item with each item of a list, which may go over many lines.
func (p *plain) list(item func()) {
	p.take("[")
	for p.lines(); !p.strange && !p.has("]"); p.lines() {
		item()
		if p.lines(); !p.has(",") && !strings.HasPrefix(p.rest, "]") {
			p.strange = true
		}
	}
}

// texts reads a list with at least one text.
func (p *plain) texts() (texts []string) {
	p.list(func() { texts = append(texts, p.text()) })
	p.strange = p.strange || texts == nil
	return texts
}

// holds reads a list with at least one hold condition.
func (p *plain) holds() (holds []Hold) {
	p.list(func() {
		var h Hold
		if p.has("{") {
			p.table(&h)
		} else {
			h.Says = p.text()
		}
		holds = append(holds, h)
	})
	p.strange = p.strange || holds == nil
	return holds
}

// table reads a hold condition that is a table, behind its first brace.
func (p *plain) table(h *Hold) {
	values := map[string]any{}
	for !p.strange && !p.has("}") {
		if len(values) > 0 {
			p.take(",")
		}
		p.spaces()
		switch key := p.key(); {
		case values[key] != nil: // a second one is a fault
			p.strange = true
		case key == "is":
			values[key] = p.words()
		case key == "days":
			values[key] = p.number()
		default:
			values[key] = p.text()
		}
		p.spaces()
	}
	_ = h.UnmarshalTOML(values) // keeps its faults
}

// words reads a list of texts as the toml package gives it.
func (p *plain) words() []any {
	var words []any
	for _, text := range p.texts() {
		words = append(words, text)
	}
	return words
}

// number reads a whole number.
func (p *plain) number() int64 {
	end := strings.IndexFunc(p.rest, func(r rune) bool { return r < '0' || r > '9' })
	if end <= 0 || end > 9 || p.rest[0] == '0' {
		p.strange = true
		return 0
	}
	n, _ := strconv.ParseInt(p.rest[:end], 10, 64)
	p.rest = p.rest[end:]
	return n
}
