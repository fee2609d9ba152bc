package report

import (
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"

	"bedside/lint"
)

// mostAnnotations is how many annotations of each level GitHub shows for a
// step of a workflow. The rest vanishes without a word.
const mostAnnotations = 10

// writeGitHub prints the text for people, and then what GitHub shows beside
// the lines of a pull request. The text stays: annotations come and go.
func writeGitHub(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	var a annotations
	if err := writeText(tame{w}, p, a.collect(results), o); err != nil {
		return err
	}
	_, err := io.WriteString(w, a.text())
	return err
}

// annotations are the first findings of each level, and how many more there
// are.
type annotations struct {
	errors, warnings, notices []string
	more                      int
}

// collect passes results on and keeps what is to be annotated.
func (a *annotations) collect(results iter.Seq[*lint.Result]) iter.Seq[*lint.Result] {
	return func(yield func(*lint.Result) bool) {
		for res := range results {
			for _, f := range open(res) {
				a.add(res, f)
			}
			if !yield(res) {
				return
			}
		}
	}
}

func (a *annotations) add(res *lint.Result, f *lint.Finding) {
	level, word := &a.notices, "notice"
	switch f.Severity {
	case lint.Error:
		level, word = &a.errors, "error"
	case lint.Warning:
		level, word = &a.warnings, "warning"
	}
	if len(*level) == mostAnnotations {
		a.more++
		return
	}
	*level = append(*level, annotation(word, res, f))
}

// text is all annotations. One that counts the rest is a notice as well, and
// takes the place of the last of those when there are too many.
func (a *annotations) text() string {
	if a.more > 0 {
		if len(a.notices) == mostAnnotations {
			a.notices = a.notices[:mostAnnotations-1]
			a.more++
		}
		a.notices = append(a.notices, fmt.Sprintf("::notice title=%s::%s in the log of this step\n", name, plural(a.more, "more finding")))
	}
	return strings.Join(a.errors, "") + strings.Join(a.warnings, "") + strings.Join(a.notices, "")
}

// annotation is a workflow command. GitHub takes no columns for more than one
// line.
func annotation(word string, res *lint.Result, f *lint.Finding) string {
	start, end := ends(res.Letter, f)
	place := fmt.Sprintf("line=%d,col=%d", start.Line, start.Column)
	switch {
	case end.Line > start.Line:
		place = fmt.Sprintf("line=%d,endLine=%d", start.Line, end.Line)
	case end.Column > start.Column:
		place += fmt.Sprintf(",endColumn=%d", end.Column)
	}
	lines := append([]string{said(res.Letter, f)}, advice(f)...)
	return fmt.Sprintf("::%s file=%s,%s,title=%s::%s\n", word, property.Replace(Clean(res.Path)), place,
		property.Replace(f.Severity.Words()+" ("+f.Rule.ID+")"), data.Replace(strings.Join(lines, "\n")))
}

// What GitHub would take for its own signs, in what a command says and in its
// properties.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// tame keeps what a letter says from being taken for a command: GitHub obeys
// lines that begin with :: behind white space, and ##[ anywhere.
type tame struct{ w io.Writer }

var command = regexp.MustCompile(`(?m)(^[\s\p{Z}]*:)(:)|(##)(\[)`)

func (t tame) Write(b []byte) (int, error) {
	if _, err := t.w.Write(command.ReplaceAll(b, []byte("$1$3 $2$4"))); err != nil {
		return 0, err
	}
	return len(b), nil
}
