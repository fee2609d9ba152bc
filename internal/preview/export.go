package preview

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Export is the page as one file that needs no program and no network: it
// holds every letter in every form, for everybody to whom it may be sent and
// with the names of fields.
func (p *Pack) Export() ([]byte, error) {
	if p.Real {
		return nil, errors.New("real people never go into an export")
	}
	pages := map[string][]byte{}
	for _, l := range p.Letters {
		packed, err := deflated(p.exported(l))
		if err != nil {
			return nil, err
		}
		pages[l.ID] = packed // encoded as base64
	}
	data, err := json.Marshal(map[string]any{"data": p.document(nil), "style": p.Pages.Style(), "pages": pages})
	if err != nil {
		return nil, err
	}
	code := script()
	policy := "default-src 'none'; script-src 'sha256-" + sum(code) + "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
	return []byte(strings.NewReplacer(
		`<meta charset="utf-8">`, `<meta charset="utf-8">`+"\n"+`<meta http-equiv="Content-Security-Policy" content="`+policy+`">`,
		`<link id="style" rel="stylesheet" href="app.css">`, "<style id=\"style\">\n"+appCSS+"</style>",
		`<script src="app.js"></script>`, `<script type="application/json" id="data">`+string(data)+"</script>\n<script>"+code+"</script>",
	).Replace(indexHTML)), nil
}

// sum is how a policy names a script.
func sum(script string) string {
	s := sha256.Sum256([]byte(script))
	return base64.StdEncoding.EncodeToString(s[:])
}

// An exported letter has a page for every way to look at it: hundreds, which
// differ in little. So each line is there once, and a page is the numbers of
// its lines; source.js puts them together again.
type exported struct {
	Lines   []string       `json:"lines"`
	Pages   map[string]any `json:"pages"` // numbers of lines or, where there is no page, the fault
	Earlier []exportedThen `json:"earlier"`

	style   string         // of all pages
	numbers map[string]int // of the lines
}

// exportedThen is a letter as it once was.
type exportedThen struct {
	version
	Pages map[string][]int `json:"pages"`
}

// styleHere stands in a page for the style of all pages. No page has it.
const styleHere = "\x00"

func (p *Pack) exported(l Letter) *exported {
	e := &exported{Pages: map[string]any{}, Earlier: []exportedThen{}, style: p.Pages.Style(), numbers: map[string]int{}}
	looks, marks := p.looks(l), p.marks(l)
	for _, how := range looks {
		if page, err := p.page(l, how, marks); err != nil {
			e.Pages[how.key()] = faultOf(err)
		} else {
			e.Pages[how.key()] = e.numbered(page)
		}
	}
	for _, v := range p.versions(l) {
		then := exportedThen{v, map[string][]int{}}
		for _, how := range looks {
			if page, err := v.page(p, l, how); err == nil {
				then.Pages[how.key()] = e.numbered(page)
			}
		}
		if len(then.Pages) == len(looks) { // else it cannot be shown with the fields of now
			e.Earlier = append(e.Earlier, then)
		}
	}
	return e
}

// looks are the ways to look at a letter: in every form, for everybody to whom
// it may be sent and with the names of fields.
func (p *Pack) looks(l Letter) []look {
	var looks []look
	for form := range l.Letter.Forms {
		looks = append(looks, look{form: form, fields: true})
		for i := range p.Pages.People {
			if someone := &p.Pages.People[i]; p.Pages.Fit(l.Letter, someone).Held == nil {
				looks = append(looks, look{person: someone.ID, form: form})
			}
		}
	}
	return looks
}

// numbered are the numbers of the lines of a page.
func (e *exported) numbered(page []byte) []int {
	var numbers []int
	for line := range strings.SplitSeq(strings.Replace(string(page), e.style, styleHere, 1), "\n") {
		n, known := e.numbers[line]
		if !known {
			n = len(e.Lines)
			e.numbers[line] = n
			e.Lines = append(e.Lines, line)
		}
		numbers = append(numbers, n)
	}
	return numbers
}

// deflated is the JSON of something, as small as it gets.
func deflated(what any) ([]byte, error) {
	src, err := json.Marshal(what)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(src); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// key is the name of a page in an export; source.js looks for it.
func (l look) key() string {
	if l.fields {
		return fmt.Sprintf("|%d", l.form)
	}
	return fmt.Sprintf("%s|%d", l.person, l.form)
}
