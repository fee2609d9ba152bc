package preview

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

// TestExport: one file, with nothing from elsewhere, nobody real, and no page
// for somebody to whom a letter must not be sent.
func TestExport(t *testing.T) {
	p := smallPack(t)
	src, err := p.Export()
	if err != nil {
		t.Fatal(err)
	}
	page := string(src)
	for _, bad := range []string{"http-equiv=\"refresh\"", " src=\"", " href=\"app", "@import", "url("} {
		if strings.Contains(page[:strings.Index(page, `<script type="application/json"`)], bad) {
			t.Errorf("the page has %s", bad)
		}
	}
	if strings.Contains(page, "<script>alert") {
		t.Error("a letter put a script into the page")
	}
	p.Real = true
	if _, err := p.Export(); err == nil {
		t.Error("real people went into an export")
	}
}

// TestExportHoldsEveryLook: an export has the very page that the server sends,
// for every person and in every form, or the very reason why there is none.
func TestExportHoldsEveryLook(t *testing.T) {
	p := smallPack(t)
	p.Pages.People[3].Values["deceased_name"] = "Somebody" // en/thanks is never for them
	src, err := p.Export()
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(src), `<script type="application/json" id="data">`)
	text, _, _ = strings.Cut(text, "</script>")
	var file struct {
		Style string
		Pages map[string][]byte
	}
	if err := json.Unmarshal([]byte(text), &file); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, l := range p.Letters {
		var got struct {
			Lines []string
			Pages map[string]json.RawMessage
		}
		src, err := io.ReadAll(flate.NewReader(bytes.NewReader(file.Pages[l.ID])))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(src, &got); err != nil {
			t.Fatal(err)
		}
		for form := range l.Letter.Forms {
			looks := map[string]look{fmt.Sprintf("|%d", form): {form: form, fields: true}}
			for _, someone := range p.Pages.People {
				looks[fmt.Sprintf("%s|%d", someone.ID, form)] = look{person: someone.ID, form: form}
			}
			for key, how := range looks {
				want, err := p.page(l, how, p.marks(l))
				var numbers []int
				if err != nil {
					if held := got.Pages[key] == nil; !held || !strings.Contains(err.Error(), "must not be sent") {
						t.Errorf("%s %s: %s, want %v", l.ID, key, got.Pages[key], err)
					}
					continue
				}
				if err := json.Unmarshal(got.Pages[key], &numbers); err != nil {
					t.Fatalf("%s %s: %v", l.ID, key, err)
				}
				var lines []string
				for _, n := range numbers {
					lines = append(lines, got.Lines[n])
				}
				if page := strings.Replace(strings.Join(lines, "\n"), "\x00", file.Style, 1); page != string(want) {
					t.Errorf("%s %s: %s, want %s", l.ID, key, page, want)
				}
				seen++
			}
		}
	}
	if seen != 15+5-2 { // the first letter has two forms and is not for one person
		t.Errorf("%d pages were compared", seen)
	}
}
