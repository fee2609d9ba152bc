// Package preview shows the letters of a pack as pages of a browser: to look
// at, to try with other people and values, and to print. It serves them to
// this computer only, or writes them as files.
package preview

import (
	"errors"

	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

// A Pack is what is shown, as it was read at one moment.
type Pack struct {
	*lint.Pack
	Pages   *render.Pack
	Letters []Letter
	Office  string // its name
	Rules   string // which rules, for people
	Real    bool   // the people are real: nothing of them may be written

	Earlier func(Letter) []Earlier // what a letter once was; nil: nobody knows
}

// A Letter is one that was checked. Its id is its place among the templates,
// without ending: "en/thanks".
type Letter struct {
	ID string
	*lint.Result
}

// A look is how a letter is looked at.
type look struct {
	person string
	form   int // -1: as the person's values have it
	fields bool
	large  bool
}

// page is a letter as a page of its own. With marks it is one for the app. The
// error is a *fault or, where the letter must not be sent to the person, a
// *render.HeldBack.
func (p *Pack) page(l Letter, how look, marks []letter.Span) ([]byte, error) {
	if len(l.Letter.Blocks) == 0 && len(l.Findings) > 0 {
		return nil, l.unreadable()
	}
	o := render.Options{Person: how.person, Form: how.form, Fields: how.fields, Draft: !p.MayGo(l.Result), Traced: marks != nil, Marks: marks}
	sheet, err := p.Pages.Sheet(l.Letter, o)
	if _, held := errors.AsType[*render.HeldBack](err); held {
		return nil, err
	}
	if err != nil {
		return nil, &fault{"It cannot be filled in with what is known of this person.", err.Error()}
	}
	return p.Pages.Page([]render.Sheet{sheet}, how.large), nil
}

// find finds a letter.
func (p *Pack) find(id string) (Letter, bool) {
	for _, l := range p.Letters {
		if l.ID == id {
			return l, true
		}
	}
	return Letter{}, false
}
