package report

import (
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
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

// annotations are the findings of each level. What is waived is a notice as
// well, where the others leave room.
type annotations struct{ errors, warnings, notices, waived level }

// A level is the first annotations of their kind, and how many there are with
// those that GitHub would not show.
type level struct {
	shown []string
	all   int
}

func (l *level) add(a string) {
	if l.all++; len(l.shown) < mostAnnotations {
		l.shown = append(l.shown, a)
	}
}

// cut keeps so many of those that are shown, and returns how many are not.
func (l *level) cut(room int) int {
	l.shown = l.shown[:min(room, len(l.shown))]
	return l.all - len(l.shown)
}

// collect passes results on and keeps what is to be annotated.
func (a *annotations) collect(results iter.Seq[*lint.Result]) iter.Seq[*lint.Result] {
	return func(yield func(*lint.Result) bool) {
		for res := range results {
			for _, f := range named(res) {
				a.add(res, f)
			}
			if !yield(res) {
				return
			}
		}
	}
}

func (a *annotations) add(res *lint.Result, f *lint.Finding) {
	switch {
	case f.Waiver != nil:
		a.waived.add(annotation("notice", "waived", res, f, excused(res.Letter, f)))
	case f.Severity == lint.Error:
		a.errors.add(complaint("error", res, f))
	case f.Severity == lint.Warning:
		a.warnings.add(complaint("warning", res, f))
	default:
		a.notices.add(complaint("notice", res, f))
	}
}

// text is all annotations. One that counts the rest is a notice as well, and
// takes the place of another when there are too many: of one that is waived, if
// there is any.
func (a *annotations) text() string {
	more := a.errors.cut(mostAnnotations) + a.warnings.cut(mostAnnotations)
	room, rest := mostAnnotations, ""
	if more > 0 || a.notices.all+a.waived.all > room {
		room--
		more += a.notices.cut(room)
		waived := a.waived.cut(room - len(a.notices.shown))
		rest = listed([]string{choose(more == 0, "", plural(more, "more finding")), counted(waived, "more waived")})
		rest = fmt.Sprintf("::notice title=%s::%s in the log of this step\n", name, rest)
	}
	return strings.Join(slices.Concat(a.errors.shown, a.warnings.shown, a.notices.shown, a.waived.shown), "") + rest
}

// complaint is the annotation of a finding that may not stay.
func complaint(word string, res *lint.Result, f *lint.Finding) string {
	return annotation(word, f.Severity.Words(), res, f, append([]string{said(res.Letter, f)}, advice(f)...)...)
}

// annotation is a workflow command; word is its level, called what the finding
// is. GitHub takes no columns for more than one line.
func annotation(word, called string, res *lint.Result, f *lint.Finding, lines ...string) string {
	start, end := ends(res.Letter, f)
	place := fmt.Sprintf("line=%d,col=%d", start.Line, start.Column)
	switch {
	case end.Line > start.Line:
		place = fmt.Sprintf("line=%d,endLine=%d", start.Line, end.Line)
	case end.Column > start.Column:
		place += fmt.Sprintf(",endColumn=%d", end.Column)
	}
	return fmt.Sprintf("::%s file=%s,%s,title=%s::%s\n", word, property.Replace(Clean(res.Path)), place,
		property.Replace(called+" ("+f.Rule.ID+")"), data.Replace(strings.Join(lines, "\n")))
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
