package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"

	"bedside/lint"
)

// JUnit's report as Jenkins, GitLab and Azure read it.
type (
	junitSuite struct {
		XMLName  xml.Name    `xml:"testsuite"`
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"` // always 0: those are tests that could not run
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Skipped *junitOutcome `xml:"skipped"`
		Failure *junitOutcome `xml:"failure"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitOutcome struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// nothingFound is the case of a letter about which there is nothing to say, so
// that it is seen to have been checked.
const nothingFound = "nothing to change"

// writeJUnit prints a suite for each letter, and in it a case for each rule
// that found something. What must or should be fixed fails its case; what is
// only to be considered is told by a case that passes; a case of which all may
// stay is skipped.
func writeJUnit(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	root := xml.StartElement{Name: xml.Name{Local: "testsuites"}, Attr: []xml.Attr{{Name: xml.Name{Local: "name"}, Value: name}}}
	return writeXML(w, root, results, func(res *lint.Result) any { return o.suiteOf(res) })
}

func (o *Options) suiteOf(res *lint.Result) junitSuite {
	at := Clean(res.Path)
	class := strings.TrimSuffix(at, path.Ext(at)) // Jenkins takes what stands behind a dot for the name
	suite := junitSuite{Name: at}
	for _, found := range byRule(res) {
		c := o.caseOf(res, found)
		c.Class = class
		suite.Cases = append(suite.Cases, c)
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []junitCase{{Name: nothingFound, Class: class}}
	}
	for _, c := range suite.Cases {
		suite.Tests++
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Skipped != nil {
			suite.Skipped++
		}
	}
	return suite
}

// byRule groups the findings of a letter by their rule, in the order in which
// each rule finds something first.
func byRule(res *lint.Result) [][]*lint.Finding {
	var groups [][]*lint.Finding
	number := map[*lint.Rule]int{}
	for i := range res.Findings {
		f := &res.Findings[i]
		n, known := number[f.Rule]
		if !known {
			n, number[f.Rule] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], f)
	}
	return groups
}

// caseOf is what one rule found in a letter.
func (o *Options) caseOf(res *lint.Result, found []*lint.Finding) junitCase {
	c := junitCase{Name: found[0].Rule.ID}
	var open, left []*lint.Finding
	var worst lint.Severity
	for _, f := range found {
		if stays(f) {
			left = append(left, f)
			continue
		}
		open, worst = append(open, f), max(worst, f.Severity)
	}
	switch {
	case len(open) == 0:
		called, why := o.leave(left[0])
		c.Skipped = &junitOutcome{called, why, o.paragraphs(res, left)}
	case worst == lint.Note:
		c.Out = o.paragraphs(res, found)
	default:
		message := said(res.Letter, open[0])
		if len(open) > 1 {
			message += fmt.Sprintf(", and %d more", len(open)-1)
		}
		c.Failure = &junitOutcome{worst.String(), message, o.paragraphs(res, open)}
		c.Out = o.paragraphs(res, left)
	}
	return c
}

// paragraphs tells findings in full, an empty line between them.
func (o *Options) paragraphs(res *lint.Result, found []*lint.Finding) string {
	var all []string
	for _, f := range found {
		at := res.Letter.Position(f.Span.Start)
		lines := []string{fmt.Sprintf("%s:%d:%d: %s: %s", Clean(res.Path), at.Line, at.Column, f.Severity.Words(), said(res.Letter, f))}
		if called, why := o.leave(f); called != "" {
			lines = append(lines, capital(called)+": "+why)
		}
		all = append(all, strings.Join(append(lines, advice(f)...), "\n  "))
	}
	return strings.Join(all, "\n\n")
}
