package report

import (
	"encoding/xml"
	"io"
	"iter"

	"bedside/lint"
)

type (
	checkstyleFile struct {
		XMLName xml.Name          `xml:"file"`
		Name    string            `xml:"name,attr"`
		Errors  []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr"` // code points
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

var checkstyleSeverities = map[lint.Severity]string{lint.Error: "error", lint.Warning: "warning", lint.Note: "info"}

// checkstyleVersion is the version of checkstyle whose output this is like;
// readers want one.
const checkstyleVersion = "4.3"

// writeCheckstyle prints what checkstyle would: every letter as a file, and
// where each finding begins. What is waived is an info. Checkstyle has ignore as
// well, but never prints it: readers that do not know the word, such as
// reviewdog, would fail by it.
func writeCheckstyle(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	root := xml.StartElement{Name: xml.Name{Local: "checkstyle"}, Attr: []xml.Attr{{Name: xml.Name{Local: "version"}, Value: checkstyleVersion}}}
	return writeXML(w, root, results, func(res *lint.Result) any {
		file := checkstyleFile{Name: Clean(res.Path)}
		for _, f := range named(res) {
			at := res.Letter.Position(f.Span.Start)
			file.Errors = append(file.Errors, checkstyleError{at.Line, at.Column, checkstyleSeverities[severityOf(f)], message(res.Letter, f), name + "." + f.Rule.ID})
		}
		return file
	})
}

// writeXML prints a document with one element a letter. encoding/xml replaces
// what no XML may hold.
func writeXML(w io.Writer, root xml.StartElement, results iter.Seq[*lint.Result], element func(*lint.Result) any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.EncodeToken(root); err != nil {
		return err
	}
	for res := range results {
		if err := enc.Encode(element(res)); err != nil { // it flushes
			return err
		}
	}
	if err := enc.EncodeToken(root.End()); err != nil {
		return err
	}
	if err := enc.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
