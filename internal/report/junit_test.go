package report_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bedside/lint"
)

// junitMay is what the schema of Jenkins lets stand in each element: other
// elements, attributes, and with * those that must be there. It is written down
// from junit-10.xsd of its xUnit plugin, for want of a reader of such schemas
// that needs no C compiler.
var junitMay = map[string]struct{ elements, attrs string }{
	"":           {"testsuites", ""},
	"testsuites": {"testsuite", "name time tests failures errors"},
	"testsuite": {"testsuite properties testcase system-out system-err",
		"name* tests* failures* errors* group time skipped timestamp hostname id package file log url"},
	"testcase":   {"skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err", "name* time classname group"},
	"failure":    {"", "type message"},
	"skipped":    {"", "type message"},
	"system-out": {"", ""},
}

// holdToJUnit fails the test where an element or attribute stands that the
// schema does not allow, or one is missing.
func holdToJUnit(t *testing.T, src []byte) {
	t.Helper()
	open := []string{""}
	for dec := xml.NewDecoder(bytes.NewReader(src)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("no XML: %v\n%s", err, src)
		}
		switch e := token.(type) {
		case xml.StartElement:
			name, parent := e.Name.Local, open[len(open)-1]
			if !slices.Contains(strings.Fields(junitMay[parent].elements), name) {
				t.Errorf("<%s> in <%s>", name, parent)
			}
			attrs := strings.Fields(strings.ReplaceAll(junitMay[name].attrs, "*", ""))
			for _, a := range e.Attr {
				if !slices.Contains(attrs, a.Name.Local) {
					t.Errorf("<%s> has %s", name, a.Name.Local)
				}
			}
			for _, must := range strings.Fields(junitMay[name].attrs) {
				if must, isNeeded := strings.CutSuffix(must, "*"); isNeeded && !slices.ContainsFunc(e.Attr, func(a xml.Attr) bool { return a.Name.Local == must }) {
					t.Errorf("<%s> lacks %s", name, must)
				}
			}
			open = append(open, name)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

type junitSuite struct {
	Name                             string     `xml:"name,attr"`
	Tests, Failures, Errors, Skipped int        `xml:"-"`
	Attrs                            []xml.Attr `xml:",any,attr"`
	Cases                            []struct {
		Name    string  `xml:"name,attr"`
		Failure *string `xml:"failure"`
		Skipped *struct {
			Message string `xml:"message,attr"`
		} `xml:"skipped"`
		Out string `xml:"system-out"`
	} `xml:"testcase"`
}

// Every letter is a suite whose counts add up, with one case for each rule
// that found something in it.
func TestJUnitCounts(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	out := printed(t, "junit", p, results...)
	holdToJUnit(t, out)
	holdToJUnit(t, printed(t, "junit", p))
	var doc struct {
		Suites []junitSuite `xml:"testsuite"`
	}
	if err := xml.Unmarshal(out, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Suites) != len(results) {
		t.Fatalf("%d suites for %d letters", len(doc.Suites), len(results))
	}
	for i, suite := range doc.Suites {
		res := results[i]
		want, because := map[string]string{}, map[string]string{} // what becomes of each rule, and why at first
		for _, f := range res.Findings {
			if f.Waiver != nil && because[f.Rule.ID] == "" {
				because[f.Rule.ID] = strings.Join(strings.Fields(f.Waiver.Because), " ")
			}
			switch was := want[f.Rule.ID]; {
			case f.Waiver != nil && was == "":
				want[f.Rule.ID] = "skipped"
			case f.Waiver == nil && f.Severity > lint.Note:
				want[f.Rule.ID] = "failed"
			case f.Waiver == nil && was != "failed":
				want[f.Rule.ID] = "passed"
			}
		}
		if len(res.Findings) == 0 {
			want["nothing to change"] = "passed"
		}
		got := map[string]int{}
		for _, c := range suite.Cases {
			is := "passed"
			switch {
			case c.Failure != nil:
				is = "failed"
			case c.Skipped != nil:
				is = "skipped"
			}
			got[is]++
			if want[c.Name] != is {
				t.Errorf("%s: %s has %s, want %q", suite.Name, c.Name, is, want[c.Name])
			}
			if is == "skipped" && (because[c.Name] == "" || !strings.HasPrefix(c.Skipped.Message, because[c.Name])) {
				t.Errorf("%s: %s is skipped without its reason: %q", suite.Name, c.Name, c.Skipped.Message)
			}
		}
		if len(suite.Cases) != len(want) {
			t.Errorf("%s: %d cases, want %d", suite.Name, len(suite.Cases), len(want))
		}
		for name, n := range map[string]int{"tests": len(suite.Cases), "failures": got["failed"], "errors": 0, "skipped": got["skipped"]} {
			if i := slices.IndexFunc(suite.Attrs, func(a xml.Attr) bool { return a.Name.Local == name }); i < 0 || suite.Attrs[i].Value != strconv.Itoa(n) {
				t.Errorf("%s: %s is not %d", suite.Name, name, n)
			}
		}
	}
}

// Of a rule that found several things in a letter, of which some are waived,
// the case fails for the others and tells of both.
func TestJUnitPartlyWaived(t *testing.T) {
	p := openPack(t)
	res := p.Check("a.md", []byte("We know that it is hard. <!-- x -->A final notice. A final notice, and one more final notice. Please call us at {{office_phone}}."))
	waive(res)
	for _, i := range []int{0, 2} {
		res.Findings[i].Waiver = nil
	}
	var doc struct {
		Suites []junitSuite `xml:"testsuite"`
	}
	if err := xml.Unmarshal(printed(t, "junit", p, res), &doc); err != nil {
		t.Fatal(err)
	}
	c := doc.Suites[0].Cases[0]
	if c.Failure == nil || strings.Count(*c.Failure, "must fix") != 2 || !strings.Contains(c.Out, "Waived: required by <state> form 12-B") {
		t.Errorf("got %+v", c)
	}
}

// No XML may hold control characters: what a letter says and what a file is
// called become XML all the same.
func TestXMLOfHostileLetters(t *testing.T) {
	p := openPack(t)
	src := "We know that it is hard. A fi\u00adnal \x00\x1b[31m notice ]]> <b>&\ufffe\uffff final notice. [Patient\x07 \ufffe]]>Name]\n"
	for _, format := range []string{"junit", "checkstyle"} {
		for _, path := range []string{"a\x1b\x00.md", "\xff\ufffe]]>\"<&'.md"} {
			out := printed(t, format, p, p.Check(path, []byte(src)))
			found := false
			for _, e := range xmlElements(t, out) {
				found = found || e.Name.Local == "failure" || e.Name.Local == "error"
			}
			if !found {
				t.Errorf("%s: nothing found in\n%s", format, out)
			}
		}
	}
}
