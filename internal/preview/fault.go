package preview

import (
	"cmp"
	"errors"
	"fmt"
	"path"

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

// plainTop says in words for everybody that the front matter of a letter cannot
// be read.
func (l Letter) plainTop(out *finding, f *lint.Finding) {
	out.Says = "the lines between +++ and +++, at the top of its file, have a mistake in them"
	out.Why = "They say what the letter is for and to whom it must not go. Nobody can tell while they cannot be read."
	out.Try = []string{"Ask whoever changed the letter last to put it right."}
	out.Detail = l.place(f) + ": " + f.Message
}

// place is where a finding is, for whoever mends the file.
func (l Letter) place(f *lint.Finding) string {
	at := l.Letter.Position(f.Span.Start)
	return fmt.Sprintf("%s:%d:%d", l.Path, at.Line, at.Column)
}
