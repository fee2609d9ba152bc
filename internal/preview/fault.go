package preview

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"strings"

	"bedside/internal/strict"
	"bedside/lint"
)

// A fault is why something is not shown as it was saved: in words for
// everybody, and in those that whoever mends it needs.
type fault struct {
	Says   string `json:"says"`
	Detail string `json:"detail"`
}

func (f *fault) Error() string { return f.Detail }

// holds tells what is in the files of a pack besides its letters.
var holds = []struct{ file, what string }{
	{"rules.toml", "with the rules that your letters are held to"},
	{"fields.toml", "with what can be filled in"},
	{"practice.toml", "with what letters say of your office"},
	{"people.toml", "with the invented people"},
	{"approvals.toml", "with who approved which letter"},
	{"letter.html", "with what stands around every letter"},
	{"letter.css", "with how letters look"},
}

// faultOf is the fault that an error tells of.
func faultOf(err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	if in, ok := errors.AsType[*strict.Error](err); ok {
		file := path.Base(in.File)
		says := "The file " + file
		for _, h := range holds {
			if h.file == file {
				says += ", " + h.what + ","
			}
		}
		return &fault{says + " was saved with a mistake in it.", in.Error()}
	}
	return &fault{"Something was saved that cannot be read.", err.Error()}
}

// unreadable is the fault of a letter that has no words to show.
func (l Letter) unreadable() *fault {
	f := &l.Findings[0]
	says := map[string]string{
		"letter.empty":     "There are no words in its file.",
		"letter.encoding":  "Its file was not saved as plain text (UTF-8).",
		"letter.too-large": "Its file is too large to be a letter.",
	}[f.Rule.ID]
	return &fault{cmp.Or(says, "Its file cannot be read."), l.place(f) + ": " + f.Message}
}

// inTheFile are the faults of a letter that only its author can put right, for
// everybody: what is wrong with it, and why that matters.
var inTheFile = []struct{ rule, says, why string }{
	{"letter.front-matter", "the lines between +++ and +++, at the top of its file, have a mistake in them",
		"They say what the letter is for and to whom it must not go. Nobody can tell while they cannot be read."},
	{"letter.condition", "words that only some people are to read do not begin or end clearly in its file",
		"Who reads which words must not be a guess."},
	{"letter.too-many-forms", "this letter can read in more ways than are checked",
		"Nobody can look at more than 64 of them and sign for each."},
	{"letter.unknown-field", "its file asks for something that nobody can fill in",
		"The patient would read a hole where a name or an amount should be."},
	{"letter.hold", "what its file says of when to send it, and when never, cannot be used",
		"The letter could go to somebody who must not get it."},
	{"letter.language", "its file names a language that there are no rules for",
		"Rules for another language find nothing in it, and prove nothing."},
	{"letter.nesting", "its file has so many marks in it that it cannot be read",
		"Nobody can tell what would be printed."},
	{"letter.raw-html", "something in its file would not be printed",
		"A patient would not read it, and no rule has looked at it."},
	{"letter.table", "a table of this letter is not written as one",
		"The patient would read bars and dashes in place of what is owed for what."},
	{"letter.waiver", "its file lets words stay that a rule is against, but not in a way that counts",
		"Whoever signs the letter has to see which rule that is, and why the words may stay."},
}

// plainly says in words for everybody what is wrong with the file of a letter.
// Other findings are about its words, and are for everybody as they are.
func (l Letter) plainly(out *finding, f *lint.Finding) {
	for _, in := range inTheFile {
		if in.rule == f.Rule.ID {
			out.Says, out.Why, out.Detail = in.says, in.why, l.place(f)+": "+f.Message
			out.Try = []string{"Ask whoever changed the letter last to put it right."}
			if len(f.Try) > 0 && !strings.Contains(f.Message, f.Try[0]) { // as in “did you mean …?”
				out.Detail += ". " + f.Try[0]
			}
		}
	}
}

// place is where a finding is, for whoever mends the file.
func (l Letter) place(f *lint.Finding) string {
	at := l.Letter.Position(f.Span.Start)
	return fmt.Sprintf("%s:%d:%d", l.Path, at.Line, at.Column)
}
