package preview

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"bedside/internal/render"
	"bedside/lint/letter"
)

// An Earlier is a letter as it once was.
type Earlier struct {
	Name string // short: "approved"
	Says string // for people: "as it was when Ana Ruiz approved it"
	Src  []byte
}

// earlierPage is a letter as it once was, as a page of the app. Where its
// conditions were others, it has the form that the person's values give; where
// it was not for the person, the names of its fields.
func (p *Pack) earlierPage(l Letter, e Earlier, how look) ([]byte, error) {
	was := Letter{l.ID, p.CheckAs(l.Path, e.Src, l.Language)}
	if !slices.EqualFunc(was.Letter.Choices, l.Letter.Choices, func(a, b letter.Choice) bool { return a.Name == b.Name }) {
		how.form = -1
	}
	page, err := p.page(was, how, []letter.Span{})
	if _, held := errors.AsType[*render.HeldBack](err); held {
		how.fields = true
		page, err = p.page(was, how, []letter.Span{})
	}
	return page, err
}

// earlier answers with what a letter once was. One that cannot be shown with
// the fields of now is left out.
func (s *Server) earlier(w http.ResponseWriter, r *http.Request) {
	type version struct {
		Name string `json:"name"`
		Says string `json:"says"`
		HTML string `json:"html"`
	}
	pack, versions := s.now.Load().pack, []version{}
	l, ok := pack.find(r.PathValue("id"))
	how, err := lookOf(r)
	if ok && err == nil && pack.Earlier != nil {
		for _, e := range pack.Earlier(l) {
			if page, err := pack.earlierPage(l, e, how); err == nil {
				versions = append(versions, version{e.Name, e.Says, string(page)})
			}
		}
	}
	src, err := json.Marshal(versions)
	if err != nil {
		panic(err) // it is made of texts
	}
	answer(w, r, "application/json", src)
}
