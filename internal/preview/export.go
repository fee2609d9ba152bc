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
// holds every letter for everybody to whom it may be sent, in every form for
// the one it is usually shown with, and once with the names of fields.
func (p *Pack) Export() ([]byte, error) {
	if p.Real {
		return nil, errors.New("real people never go into an export")
	}
	d := p.document(nil)
	pages := map[string][]byte{}
	for _, l := range p.Letters {
		packed, err := p.packed(l)
		if err != nil {
			return nil, err
		}
		pages[l.ID] = packed // encoded as base64
	}
	data, err := json.Marshal(map[string]any{"data": d, "pages": pages})
	if err != nil {
		return nil, err
	}
	code := script()
	policy := "default-src 'none'; script-src 'sha256-" + sum(code) + "'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
	return []byte(strings.NewReplacer(
		`<meta charset="utf-8">`, `<meta charset="utf-8">`+"\n"+`<meta http-equiv="Content-Security-Policy" content="`+policy+`">`,
		`<link rel="stylesheet" href="app.css">`, "<style>\n"+appCSS+"</style>",
		`<script src="app.js"></script>`, `<script type="application/json" id="data">`+string(data)+"</script>\n<script>"+code+"</script>",
	).Replace(indexHTML)), nil
}

// sum is how a policy names a script.
func sum(script string) string {
	s := sha256.Sum256([]byte(script))
	return base64.StdEncoding.EncodeToString(s[:])
}

// packed are the pages of one letter by how it is looked at, deflated: they
// differ in little.
func (p *Pack) packed(l Letter) ([]byte, error) {
	var looks []look
	for _, someone := range p.Pages.People {
		looks = append(looks, look{person: someone.ID, form: -1})
	}
	usual, err := p.Pages.PersonFor(l.Letter, "")
	if err != nil {
		return nil, err
	}
	for form := range l.Letter.Forms {
		looks = append(looks, look{person: usual.ID, form: form}, look{person: usual.ID, form: form, fields: true})
	}
	pages, marks := map[string]string{}, p.marks(l)
	for _, how := range looks {
		page, err := p.page(l, how, marks)
		if err == nil { // else the app says that there is no such page
			pages[how.key()] = string(page)
		}
	}
	src, err := json.Marshal(pages)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.DefaultCompression)
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
	fields := 0
	if l.fields {
		fields = 1
	}
	return fmt.Sprintf("%s|%d|%d", l.person, l.form, fields)
}
