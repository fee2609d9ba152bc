package report

import (
	"fmt"
	"strings"

	"bedside/lint"
)

// A ruleHelp is what people read of a rule where they cannot ask bedside
// explain: why, what to write instead, where that comes from, and how to waive
// it.
type ruleHelp struct {
	why, title string
	lines      []string
	sources    []string
	waiver     string // as it is written; "" where no letter can
	place      string // of the waiver
}

// mostLines is how many examples are shown; all of them are in rules.toml.
const mostLines = 8

func helpOf(p *lint.Pack, r *lint.Rule) ruleHelp {
	h := ruleHelp{why: r.Why, title: "Instead"}
	switch r.Kind {
	case "require":
		h.title, h.lines = "Add words such as", insertions(r)
	case "letter":
		h.lines = faultLines(faults[r.ID])
	default:
		if h.lines = kinder(r); len(h.lines) == 0 {
			h.title, h.lines = "Finds words such as", examples(r)
		}
	}
	if more := len(h.lines) - mostLines; more > 0 {
		h.lines = append(h.lines[:mostLines:mostLines], fmt.Sprintf("and %d more: bedside explain %s", more, r.ID))
	}
	for _, id := range sources(r) {
		h.sources = append(h.sources, choose(p.Sources[id] == "", id, p.Sources[id]))
	}
	if r.Waivable {
		h.waiver, h.place = allowing(r, "REASON")
	}
	return h
}

// insertions are sentences that meet a rule.
func insertions(r *lint.Rule) []string {
	var lines []string
	for _, e := range r.Entries {
		for _, try := range e.Try {
			lines = append(lines, oneLine(try))
		}
	}
	return lines
}

// kinder are words that a rule finds, each with what to write instead.
func kinder(r *lint.Rule) []string {
	var lines []string
	for _, e := range r.Entries {
		var wrong string
		switch {
		case len(e.Hit) > 0:
			wrong = shorten(unmark(e.Hit[0]))
		case len(e.Find) > 0:
			wrong = plainPattern(e.Find[0])
		}
		if wrong != "" && len(e.Try) > 0 {
			lines = append(lines, oneLine(wrong+" → "+strings.Join(e.Try, " or ")))
		}
	}
	return lines
}

// examples are sentences that a rule finds.
func examples(r *lint.Rule) []string {
	var lines []string
	for _, e := range r.Entries {
		for _, hit := range e.Hit {
			lines = append(lines, oneLine(shorten(unmark(hit))))
		}
	}
	return lines
}

// plainPattern is a phrase as people read it.
func plainPattern(find string) string { return strings.NewReplacer("~", "", "*", "").Replace(find) }

// lineEnds shows where a line ends that has to.
var lineEnds = strings.NewReplacer("\n", " ⏎ ")

func faultLines(f fault) []string {
	var lines []string
	if f.wrong != "" && f.right != "" {
		lines = append(lines, oneLine(lineEnds.Replace(f.wrong))+" → "+oneLine(lineEnds.Replace(f.right)))
	}
	if f.way != "" {
		lines = append(lines, oneLine(f.way))
	}
	return lines
}

const withReason = ", with a reason that every report shows"

func (h ruleHelp) text() string {
	var b strings.Builder
	part := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "%s:\n  %s\n", title, strings.Join(lines, "\n  "))
		}
	}
	part("Why", []string{h.why})
	part(h.title, h.lines)
	part("Sources", h.sources)
	if h.waiver != "" {
		part("To waive it, "+h.place+withReason, []string{h.waiver})
	}
	return b.String()
}

func (h ruleHelp) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", markdownText(h.why))
	part := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n**%s**\n\n", title)
		}
		for _, line := range lines {
			fmt.Fprintf(&b, "- %s\n", markdownText(line))
		}
	}
	part(h.title, h.lines)
	part("Sources", h.sources)
	if h.waiver != "" {
		fmt.Fprintf(&b, "\n**To waive it,** %s:\n\n```\n%s\n```\n", h.place+withReason, h.waiver)
	}
	return b.String()
}
