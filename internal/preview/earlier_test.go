package preview

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestEarlier: what a letter once was is shown as it is looked at, in a form of
// its own where its conditions were others, and without values where it was not
// for the person; what cannot be shown is left out.
func TestEarlier(t *testing.T) {
	p := smallPack(t)
	now := string(p.Letters[0].Letter.Src)
	p.Earlier = func(l Letter) []Earlier {
		if l.ID != "en/thanks" {
			return nil
		}
		return []Earlier{
			{"same", "with the same conditions", []byte(strings.Replace(now, "# Thank you", "# Thanks", 1))},
			{"plain", "without a condition", []byte("# Then\n\nDear {{patient_first_name}},\n\nThank you.\n\n<script>alert(1)</script>\n")},
			{"held", "not for them", []byte("+++\nlanguage = \"en\"\nnever_if = [{ says = \"there is a balance\", if = \"balance_due\" }]\n+++\n# Then\n\nDear {{patient_first_name}},\n")},
			{"empty", "nothing", nil},
		}
	}
	ask := started(t, &Server{Open: func() (*Pack, error) { return p, nil }})
	var got []struct{ Name, Says, HTML string }
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
	for _, path := range []string{"/earlier/en/harm", "/earlier/en/none"} {
		if none := text(t, ask(func(r *http.Request) { r.URL.Path = path })); none != "[]" {
			t.Errorf("%s: %s", path, none)
		}
	}
}
