package letter

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"

	"bedside/internal/nearest"
)

// A page is a letter while it is being read.
type page struct {
	*Letter
	dict   *Dictionary
	titles []title // of links in the block being read
	holder holder  // what the block being read is part of
	told   []int   // the conditions that are reported as crossing something
	w      writer
	memory
}

// An opened condition waits for its {{/if}}.
type opened struct {
	unless bool
	name   string
	line   Span
	inElse bool
	first  int // the region it opened first
	region int // the one it opened last: they differ behind {{else}}
}

// conditions finds the condition lines and blanks them: to Markdown a
// condition line reads as an empty line.
func (p *page) conditions() {
	if !bytes.Contains(p.Src[p.Body.Start:], []byte("{{")) {
		return
	}
	var row, table bool // the last line that is no condition is a row; of a table whose head has been seen
	var few [4]Span
	waiting := few[:0] // condition lines since then
	first := sort.Search(len(p.lines), func(i int) bool { return p.lineEnd(i) > p.Body.Start })
	for i := first; i < len(p.lines); i++ {
		line, next := Span{max(p.lines[i], p.Body.Start), p.lineEnd(i)}, p.lineEnd(i)
		tag := bytes.TrimSpace(p.Src[line.Start:line.End])
		if isControl(tag) {
			line.End = line.Start + len(bytes.TrimRight(p.Src[line.Start:line.End], "\r\n"))
			p.control(string(bytes.TrimSpace(tag[2:len(tag)-2])), line, next)
			p.blank(line)
			waiting = append(waiting, line)
			continue
		}
		above := row
		row = isRow(tag)
		if table = table && row && !(len(waiting) > 0 && p.isHead(i)); table {
			p.hidden = append(p.hidden, waiting...)
		}
		table = table || row && above && len(waiting) == 0 && isDelimiter(tag)
		waiting = waiting[:0]
	}
	for _, o := range p.opened {
		p.problem("condition", o.line, fmt.Sprintf("%s is never closed", p.Text(trimmed(p.Src, o.line))), "Put a line "+closing(o.unless)+" where it ends.")
	}
	p.enumerate()
}

// isControl reports whether a line is one condition or comment and nothing
// else.
func isControl(tag []byte) bool {
	if len(tag) < 5 || !bytes.HasPrefix(tag, []byte("{{")) || !bytes.HasSuffix(tag, []byte("}}")) {
		return false
	}
	inner := bytes.TrimSpace(tag[2 : len(tag)-2])
	return len(inner) > 0 && !bytes.Contains(inner, []byte("}}")) &&
		(inner[0] == '#' || inner[0] == '/' || inner[0] == '!' || string(inner) == "else")
}

// control takes one condition line into account.
func (p *page) control(tag string, line Span, next int) {
	at := trimmed(p.Src, line)
	verb, name, _ := cutSpace(tag)
	switch verb {
	case "#if", "#unless":
		if !p.known(name, at) {
			name = "" // reported; the condition is kept so that its end is found
		} else {
			p.choice(name, at)
		}
		p.opened = append(p.opened, opened{unless: verb == "#unless", name: name, line: line})
		p.enter(next)
	case "else":
		if o := p.innermost(at, tag); o != nil {
			if o.inElse {
				p.problem("condition", at, "this condition has a second {{else}}", "Remove one of them.")
				return
			}
			p.regions[o.region].span.End = line.Start
			o.inElse = true
			p.enter(next)
		}
	case "/if", "/unless":
		o := p.innermost(at, tag)
		if o == nil {
			return
		}
		if o.unless != (verb == "/unless") {
			p.problem("condition", at, fmt.Sprintf("{{%s}} closes %s of line %d", tag, p.Text(trimmed(p.Src, o.line)), p.Position(o.line.Start).Line),
				"Write "+closing(o.unless)+" here, or check which condition ends first.")
		}
		p.regions[o.region].span.End = line.Start
		for i := range p.regions[o.first:] {
			if r := &p.regions[o.first+i]; r.open == o.line {
				r.whole.End = next
			}
		}
		p.opened = p.opened[:len(p.opened)-1]
		around := -1
		if n := len(p.opened); n > 0 {
			around = p.opened[n-1].region
		}
		p.stretches = append(p.stretches, stretch{next, around})
	default:
		if verb[0] != '!' {
			p.problem("condition", at, fmt.Sprintf("{{%s}} is not a condition", tag),
				"Conditions are {{#if name}}, {{#unless name}}, {{else}}, {{/if}} and {{/unless}}.")
		}
	}
}

// innermost is the condition opened last, or nil with a problem when none is.
func (p *page) innermost(at Span, tag string) *opened {
	if len(p.opened) == 0 {
		p.problem("condition", at, fmt.Sprintf("{{%s}} has no {{#if}} before it", tag), "Remove it, or add the {{#if name}} it belongs to.")
		return nil
	}
	return &p.opened[len(p.opened)-1]
}

// enter begins the region that the innermost condition opens at offset.
func (p *page) enter(offset int) {
	innermost := &p.opened[len(p.opened)-1]
	innermost.region = len(p.regions)
	if !innermost.inElse {
		innermost.first = innermost.region
	}
	r := region{span: Span{offset, len(p.Src)}, open: innermost.line, inElse: innermost.inElse, whole: Span{innermost.line.Start, len(p.Src) + 1}}
	for _, around := range p.opened {
		if d := (decision{around.name, around.unless == around.inElse}); d.name != "" && !slices.Contains(r.decided, d) {
			r.decided = append(r.decided, d)
		}
	}
	p.regions = append(p.regions, r)
	p.stretches = append(p.stretches, stretch{offset, innermost.region})
}

// known reports whether a condition may ask for name.
func (p *page) known(name string, at Span) bool {
	switch {
	case !isName(name):
		p.problem("condition", at, fmt.Sprintf("a condition asks for one name, not “%s”", name), "Write {{#if portal_url}}: the name of a field, nothing else.")
		return false
	case p.dict.Field(name) == nil && !p.dict.Fact(name):
		hint := nearest.Hint(name, p.dict.conditionNames())
		p.problem("unknown-field", at, fmt.Sprintf("“%s” is neither a field nor a fact of the office%s", name, hint), "See all fields: bedside fields")
		return false
	}
	return true
}

// blank hides a condition line from Markdown, which then sees an empty line.
// (Between two rows of a table even that line is skipped: it would end the
// table.)
func (p *page) blank(line Span) {
	p.blanked = append(p.blanked, line)
	fill(p.text[line.Start:line.End])
}

// isHead reports whether a row is the head of a table: the line below it
// delimits.
func (p *page) isHead(line int) bool {
	return line+1 < len(p.lines) && isDelimiter(bytes.TrimSpace(p.Src[p.lines[line+1]:p.lineEnd(line+1)]))
}

// isDelimiter reports whether a row, perhaps in a quote, can be the one under
// the head of a table.
func isDelimiter(row []byte) bool {
	return bytes.IndexByte(row, '-') >= 0 && len(bytes.Trim(row, "|-: \t>")) == 0
}

// isRow reports whether a line can be a row: the bar at its start may be left
// out.
func isRow(line []byte) bool { return len(line) > 1 && bytes.IndexByte(line, '|') >= 0 }

func closing(unless bool) string {
	if unless {
		return "{{/unless}}"
	}
	return "{{/if}}"
}

func cutSpace(s string) (first, rest string, found bool) {
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\t' {
			return s[:i], strings.TrimSpace(s[i:]), true
		}
	}
	return s, "", false
}

func trimmed(src []byte, s Span) Span {
	for s.Start < s.End && (src[s.Start] == ' ' || src[s.Start] == '\t') {
		s.Start++
	}
	for s.End > s.Start && (src[s.End-1] == ' ' || src[s.End-1] == '\t' || src[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// isName reports whether s can be the name of a field: lower-case letters,
// digits and underscores, a letter first.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || i > 0 && (c == '_' || c >= '0' && c <= '9') {
			continue
		}
		return false
	}
	return s != ""
}
