package preview

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"bedside/internal/change"
	"bedside/internal/render"
	"bedside/lint/letter"
)

// An Earlier is a letter as it once was.
type Earlier struct {
	Name string // short: "approved"
	Says string // for people: "as it was when Ana Ruiz approved it"
	Src  []byte
}

// A version is a letter as it once was, for the app.
type version struct {
	Name    string       `json:"name"`
	Says    string       `json:"says"`
	Changes []difference `json:"changes"` // since then

	was Letter
}

// A difference is a sentence that is not what it was.
type difference struct {
	Was   *int   `json:"was"` // its mark on the page as it was; null: there was none
	Now   *int   `json:"now"` // its mark on the page of now; null: there is none
	Then  string `json:"then"`
	Words string `json:"words"`
	What  string `json:"what"`  // it is, where it is no plain sentence
	When  string `json:"when"`  // "" in every form
	Forms []int  `json:"forms"` // of now; null in every form
}

// versions are what a letter once was, and what is different now.
func (p *Pack) versions(l Letter) []version {
	versions := []version{}
	if p.Earlier == nil {
		return versions
	}
	for _, e := range p.Earlier(l) {
		v := version{e.Name, e.Says, []difference{}, Letter{l.ID, p.CheckAs(l.Path, e.Src, l.Language)}}
		for _, c := range change.Between(v.was.Result, l.Result).Changes {
			v.Changes = append(v.Changes, p.difference(l, v.was, &c))
		}
		versions = append(versions, v)
	}
	return versions
}

func (p *Pack) difference(l, was Letter, c *change.Change) difference {
	d, in, shown := difference{}, l, c.After
	if c.Before != nil {
		d.Was, d.Then = &c.Before.Number, c.Before.Text
	}
	if c.After != nil {
		mark := p.firstSentence(l) + c.After.Number
		d.Now, d.Words = &mark, c.After.Text
		d.Forms = someForms(l, c.After.Forms)
	} else {
		in, shown = was, c.Before
	}
	d.What, d.When = shown.What, in.Letter.When(shown.Forms)
	if c.Before != nil && c.After != nil && d.Then != d.Words {
		d.Then, d.Words = c.Marked()
	}
	return d
}

// page is a version as a page of the app, its sentences marked by their
// numbers. Where its conditions were others, it has the form that the person's
// values give; where it was not for the person, the names of its fields.
func (v *version) page(p *Pack, l Letter, how look) ([]byte, error) {
	if !slices.EqualFunc(v.was.Letter.Choices, l.Letter.Choices, func(a, b letter.Choice) bool { return a.Name == b.Name }) {
		how.form = -1
	}
	marks := sentenceMarks(v.was)
	page, err := p.page(v.was, how, marks)
	if _, held := errors.AsType[*render.HeldBack](err); held {
		how.fields = true
		page, err = p.page(v.was, how, marks)
	}
	return page, err
}

// sentenceMarks are the places of all that a letter says.
func sentenceMarks(l Letter) []letter.Span {
	marks := []letter.Span{}
	for _, s := range change.Sentences(l.Result) {
		marks = append(marks, s.Span)
	}
	return marks
}

// earlier answers with what a letter once was. One that cannot be shown with
// the fields of now is left out.
func (s *Server) earlier(w http.ResponseWriter, r *http.Request) {
	type shown struct {
		version
		HTML string `json:"html"`
	}
	pack, versions := s.now.Load().pack, []shown{}
	l, ok := pack.find(r.PathValue("id"))
	how, err := lookOf(r)
	if ok && err == nil {
		for _, v := range pack.versions(l) {
			if page, err := v.page(pack, l, how); err == nil {
				versions = append(versions, shown{v, string(page)})
			}
		}
	}
	src, err := json.Marshal(versions)
	if err != nil {
		panic(err) // it is made of texts and numbers
	}
	answer(w, r, "application/json", src)
}
