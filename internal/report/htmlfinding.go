package report

import (
	"fmt"
	"slices"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// A htmlFinding is a finding on the page. The words that its message quotes
// from the letter stand apart.
type htmlFinding struct {
	State                htmlState
	Place, Rule          string
	Before, Words, After string // the message
	Lang                 string // of the letter
	Lines                []htmlLine
	More                 int // lines that are not shown
	When                 string
	Why                  htmlText
	Above                int // the line of the finding that gave the same reason; 0: the reason is given here
	Try                  []htmlText
	Sources              []htmlSource
	Waiver               *letter.Waiver
	Until                htmlDate
	Baseline             string // what accepts it, or ""
}

// A htmlText is a text and its language, where that is not English.
type htmlText struct{ Text, Lang string }

// A htmlLine is a line of the letter with its marked words apart, or text to
// add.
type htmlLine struct {
	Number               int // 0 of text to add
	Before, Words, After string
}

// htmlFindings makes the findings of one letter.
type htmlFindings struct {
	page
	pack     *lint.Pack
	res      *lint.Result
	baseline string
	lang     string
	first    map[string]int // the line of the finding that gave a reason first
}

func (p *htmlFindings) finding(f *lint.Finding) htmlFinding {
	out := htmlFinding{State: severityState(f.Severity), Rule: f.Rule.ID, Lang: p.lang, Before: capital(f.Message), When: onlyIn(p.letter, f), Waiver: f.Waiver}
	if before, after, ok := strings.Cut(f.Message, "“"+f.Text+"”"); ok && f.Text != "" {
		out.Before, out.Words, out.After = capital(before), "“"+f.Text+"”", after
	}
	if f.Waiver != nil {
		out.State, out.Until = htmlState{"○", "waived (" + f.Severity.Words() + ")", "quiet"}, dateOf(f.Waiver.Until)
	}
	if f.Accepted {
		out.State, out.Baseline = htmlState{"○", "accepted (" + f.Severity.Words() + ")", "quiet"}, p.baseline
	}
	at := p.letter.Position(f.Span.Start)
	switch shapeOf(p.letter, f) {
	case whole:
		out.Place = "The whole letter"
	case missing:
		out.Place, out.Lines = fmt.Sprintf("Line %d", at.Line), p.added(f)
	case words:
		out.Place = fmt.Sprintf("Line %d, column %d", at.Line, at.Column)
		out.Lines, out.More = p.marked(f)
	}
	out.Above = p.first[f.Rule.ID+f.Why]
	if out.Above == 0 {
		p.first[f.Rule.ID+f.Why] = at.Line
		out.Why, out.Sources = p.text(f, f.Why), htmlSources(p.pack, f.Source)
	}
	for _, try := range p.tries(f) {
		out.Try = append(out.Try, p.text(f, strings.TrimRight(try, "\n")))
	}
	return out
}

// text is a text of a rule. What stands beside the words of a language is in
// that language, and so are the words to take instead of others.
func (p *htmlFindings) text(f *lint.Finding, text string) htmlText {
	for _, e := range f.Rule.Entries {
		if e.Why == text || slices.Contains(e.Try, text) {
			return htmlText{text, foreign(p.pack, e.Language)}
		}
	}
	if measure, _, _ := f.Rule.Limit(); measure == "words" && slices.Contains(f.Try, text) {
		return htmlText{text, p.lang}
	}
	return htmlText{text, ""}
}

// htmlWidth is how many columns of a line are shown at most.
const htmlWidth = 160

// marked are the lines of a finding with its words apart.
func (p *htmlFindings) marked(f *lint.Finding) ([]htmlLine, int) {
	var out []htmlLine
	lines, more := p.shownOf(f.Span)
	for i, line := range lines {
		out = append(out, p.line(line, p.markIn(line, f.Span, i > 0)))
	}
	return out, more
}

// added is the sentence of a finding between the lines where it belongs. Of
// several for one place only the first has the lines.
func (p *htmlFindings) added(f *lint.Finding) []htmlLine {
	sentence := htmlLine{Words: strings.TrimRight(f.Try[0], "\n")}
	if p.gap == f.Span.Start {
		return []htmlLine{sentence}
	}
	p.gap = f.Span.Start
	var out []htmlLine
	before, after := p.around(f.Span.Start)
	if before.End > p.letter.Body.Start {
		out = append(out, p.line(before, letter.Span{}))
	}
	out = append(out, sentence)
	if after.End > after.Start {
		out = append(out, p.line(after, letter.Span{}))
	}
	return out
}

// line is one line of the file around a mark, cut where it is too long.
func (p *htmlFindings) line(line, mark letter.Span) htmlLine {
	r := p.rowFor(line)
	from, to := r.marked(mark.Start-line.Start, mark.End-line.Start)
	first, last := r.window(from, to, htmlWidth)
	to = min(to, last)
	out := htmlLine{p.letter.Position(line.Start).Line, r.between(first, from), r.between(from, to), r.between(to, last)}
	if first > 0 {
		out.Before = "…" + out.Before
	}
	if last < r.cells() {
		out.After += "…"
	}
	return out
}
