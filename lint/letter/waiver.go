package letter

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"bedside/internal/nearest"
)

// A Waiver allows one rule to be broken, for a reason that every report
// shows: a comment before a block, <!-- bedside: allow ban.legalese because
// "required by state form 12-B" until 2027-03-31 by "NAME" -->, or a table of
// the front matter for the whole letter. One that cannot be read, or gives no
// reason, is a problem and not a waiver.
type Waiver struct {
	Rule    string // its id as it is written: "ban.legalese"
	Because string // the reason, in words, on one line
	Until   string // the last day it holds, "2027-03-31"; "" for always
	By      string // who decided it; may be ""
	Whole   bool   // it stands in the front matter, for the whole letter
	Span    Span   // where it stands: the comment; in the front matter the name of the rule
	RuleAt  Span   // the name of the rule
	UntilAt Span   // the last day; empty without one
	Covers  Span   // the words of the block that it is for, empty when there is none; of one in the front matter the whole file
}

// Has reports whether a place lies in what the waiver covers.
func (w *Waiver) Has(at Span) bool {
	return w.Whole || w.Covers.Start <= at.Start && at.Start < w.Covers.End && at.End <= w.Covers.End
}

// metaKeys are the keys of a waiver in the front matter.
var metaKeys = []string{"allow", "because", "until", "by"}

const metaWaiverTry = "Write it so, until and by if you like: waivers = [{ allow = \"require.due-date\", because = \"nothing is left to pay\", until = 2027-03-31, by = \"NAME\" }]"

// metaWaivers reads the waivers of the front matter.
func (p *page) metaWaivers() {
	if len(p.Meta.Waivers) == 0 {
		return
	}
	written := p.tables("waivers")
	for _, waiver := range p.Meta.Waivers {
		table, ok := waiver.(map[string]any)
		if !ok {
			p.problem("waiver", written.at("", ""), "a waiver of the front matter is a table", metaWaiverTry)
			continue
		}
		if w, fault := metaWaiver(table, written.at); fault != nil {
			p.problem("waiver", fault.at, fault.message, fault.try)
		} else {
			w.Whole, w.Covers = true, Span{0, len(p.Src)}
			p.Waivers = append(p.Waivers, w)
		}
		written.next(slices.Collect(maps.Keys(table)))
	}
}

// metaWaiver reads one waiver of the front matter; at is the place of a text
// behind one of its keys.
func metaWaiver(table map[string]any, at func(key, text string) Span) (w Waiver, fault *waiverFault) {
	texts := map[string]*string{"allow": &w.Rule, "because": &w.Because, "by": &w.By, "until": &w.Until}
	keys := slices.Sorted(maps.Keys(table))
	for _, key := range keys {
		value := table[key]
		if day, ok := value.(time.Time); ok && key == "until" {
			value = day.Format(time.DateOnly)
		}
		text, isText := value.(string)
		switch {
		case texts[key] == nil:
			return w, &waiverFault{at(key, ""), fmt.Sprintf("“%s” is not a key here%s", key, nearest.Hint(key, metaKeys)), metaWaiverTry}
		case !isText && key == "until":
			return w, &waiverFault{at(key, ""), "until has to be a day", untilTry}
		case !isText:
			return w, &waiverFault{at(key, ""), key + " has to be text in quotes", metaWaiverTry}
		}
		*texts[key] = strings.Join(strings.Fields(text), " ")
	}
	if w.Rule == "" {
		return w, &waiverFault{at(slices.Concat(keys, []string{""})[0], ""), "this waiver names no rule", metaWaiverTry}
	}
	w.RuleAt = at("allow", w.Rule)
	w.Span = w.RuleAt
	if w.Until != "" {
		w.UntilAt = at("until", w.Until)
	}
	because := Span{}
	if table["because"] != nil {
		because = at("because", "")
	}
	return w, w.faulty(w.RuleAt, because)
}

// comment reads a comment that stands before a block; one that is no waiver is
// the author's own.
func (p *page) comment(n *ast.HTMLBlock) {
	lines := slices.Clone(n.Lines().Sliced(0, n.Lines().Len()))
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	from := lines[0].Start
	text := make([]byte, lines[len(lines)-1].Stop-from) // what stands before its lines, such as the > of a quote, is white space
	for i := range text {
		text[i] = ' '
	}
	for _, line := range lines {
		copy(text[line.Start-from:], p.text[line.Start:line.Stop])
	}
	start := bytes.Index(text, []byte("<!--"))
	end := bytes.Index(text, []byte("-->"))
	if start < 0 || end < start || !waiverStart.Match(text[start:]) {
		return
	}
	from, text = from+start, text[start:end+len("-->")]
	at := Span{from, from + len(text)}
	w, fault := readWaiver(string(text))
	switch {
	case fault != nil:
		p.problem("waiver", Span{from + fault.at.Start, from + fault.at.End}, fault.message, fault.try)
	case p.inTable(n):
		p.problem("waiver", at, "this waiver parts a table: the rows behind it would be printed as they stand", "Put it before the table: it covers all of it.")
	default:
		w.Span, w.RuleAt, w.UntilAt, w.Covers = at, w.RuleAt.by(from), w.UntilAt.by(from), p.behind(n)
		p.Waivers = append(p.Waivers, w)
	}
}

// by is the span so many bytes further on; an empty one stays as it is.
func (s Span) by(n int) Span {
	if s.Start == s.End {
		return s
	}
	return Span{s.Start + n, s.End + n}
}

// inlineWaiver reports a waiver in the middle of a line.
func (p *page) inlineWaiver(at Span) {
	if waiverStart.Match(p.Src[at.Start:at.End]) {
		p.problem("waiver", at, "this waiver stands among the words of a line, where nobody can tell what it is for",
			"Put it on a line of its own before the paragraph, list or table: it covers all of it.")
	}
}

// inTable reports whether a comment stands between rows of a table, which ends
// there.
func (p *page) inTable(n ast.Node) bool {
	_, behindTable := n.PreviousSibling().(*east.Table)
	rest, isText := n.NextSibling().(*ast.Paragraph)
	return behindTable && isText && rest.Lines().Len() > 0 && isRow(bytes.TrimSpace(p.Src[rest.Lines().At(0).Start:rest.Lines().At(0).Stop]))
}

// behind is the block behind a comment, in the same list item or quote and
// under the same condition; further comments may stand in between.
func (p *page) behind(n ast.Node) Span {
	next := n.NextSibling()
	for isComment(next) {
		next = next.NextSibling()
	}
	if next == nil {
		return Span{}
	}
	s := extent(next)
	if r := p.regionAt(n.Pos()); r != nil {
		s.End = min(s.End, r.span.End)
	}
	if s.Start >= s.End {
		return Span{}
	}
	return s
}

func isComment(n ast.Node) bool {
	html, ok := n.(*ast.HTMLBlock)
	return ok && html.HTMLBlockType == ast.HTMLBlockType2
}

// extent is where the lines of a block and those inside it stand, from the
// first to the last.
func extent(n ast.Node) Span {
	var out Span
	add := func(s Span) {
		switch {
		case s.Start >= s.End:
		case out.Start >= out.End:
			out = s
		default:
			out = Span{min(out.Start, s.Start), max(out.End, s.End)}
		}
	}
	if n.Type() == ast.TypeInline {
		return out
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		add(Span{line.Start, line.Stop})
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		add(extent(c))
	}
	return out
}
