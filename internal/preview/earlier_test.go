package preview

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestEarlier: what a letter once was is shown as it is looked at, in a form of
// its own where its conditions were others, and without values where it was not
// for the person; what cannot be shown is left out.
func TestEarlier(t *testing.T) {
	p := smallPack(t)
	src := string(p.Letters[0].Letter.Src)
	p.Earlier = func(l Letter) []Earlier {
		if l.ID != "en/thanks" {
			return nil
		}
		return []Earlier{
			{"same", "with the same conditions", []byte(strings.Replace(src, "# Thank you", "# Thank you all", 1))},
			{"plain", "without a condition", []byte("# Then\n\nDear {{patient_first_name}},\n\nThank you.\n\n<script>alert(1)</script>\n")},
			{"held", "not for them", []byte("+++\nlanguage = \"en\"\nnever_if = [{ says = \"there is a balance\", if = \"balance_due\" }]\n+++\n# Then\n\nDear {{patient_first_name}},\n")},
			{"empty", "nothing", nil},
		}
	}
	ask := started(t, &Server{Open: func() (*Pack, error) { return p, nil }})
	var got []struct {
		Name, Says, HTML string
		Changes          []difference
	}
	if err := json.Unmarshal([]byte(text(t, ask(func(r *http.Request) { r.URL.Path, r.URL.RawQuery = "/earlier/en/thanks", "person=typical&form=0" }))), &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0].Name != "same" || got[1].Says != "without a condition" || got[2].Name != "held" {
		t.Fatalf("%+v", got)
	}
	for i, words := range [][2]string{{"Jordan", "You can see it at"}, {"Jordan", "<script"}, {"{{patient_first_name}}", "Jordan"}} {
		if has, lacks := words[0], words[1]; !strings.Contains(got[i].HTML, has) || strings.Contains(got[i].HTML[strings.Index(got[i].HTML, `class="body"`):], lacks) {
			t.Errorf("%s: want %q and not %q: %s", got[i].Name, has, lacks, got[i].HTML)
		}
	}
	now := text(t, ask(func(r *http.Request) { r.URL.Path, r.URL.RawQuery = "/letter/en/thanks", "person=typical&form=1" }))
	marked := func(page string, mark *int, words string) {
		t.Helper()
		if mark == nil || !strings.Contains(page, fmt.Sprintf(`<span data-mark="%d">%s`, *mark, words)) {
			t.Errorf("the mark of “%s” is not on the page: %s", words, page)
		}
	}
	if len(got[0].Changes) != 1 {
		t.Fatalf("one heading has changed: %+v", got[0].Changes)
	}
	heading := got[0].Changes[0]
	if heading.Then != "Thank you <<all>>" || heading.Words != "Thank you" || heading.What != "heading 1" || heading.When != "" {
		t.Errorf("%+v", heading)
	}
	marked(got[0].HTML, heading.Was, "Thank you all")
	marked(now, heading.Now, "Thank you")
	new := got[1].Changes[slices.IndexFunc(got[1].Changes, func(d difference) bool { return strings.HasPrefix(d.Words, "You can see it") })]
	if new.Was != nil || new.When != "when {{portal_url}} is there" || !slices.Equal(new.Forms, []int{1}) {
		t.Errorf("%+v", new)
	}
	marked(now, new.Now, "You can see it at ")
	for _, path := range []string{"/earlier/en/harm", "/earlier/en/none"} {
		if none := text(t, ask(func(r *http.Request) { r.URL.Path = path })); none != "[]" {
			t.Errorf("%s: %s", path, none)
		}
	}
}
