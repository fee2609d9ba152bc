package lint

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// corpus is where labelled letters of other people lie, beside the
// repository: their licences are not known, so they are not part of it.
const corpus = "../../shared/corpus/real"

// A labelled letter is one of the corpus.
type labelled struct {
	name    string
	src     []byte // as found, without its labels
	ID      string `toml:"id"`
	Lang    string `toml:"lang"`
	Overall string `toml:"overall"`
	Harsh   []struct {
		Phrase   string `toml:"phrase"`
		Category string `toml:"category"`
	} `toml:"harsh"`
	Expect map[string]bool `toml:"expect"`
}

// elementLabels are the labels of the guidelines and the rules that stand for
// them.
var elementLabels = []struct{ label, rule string }{
	{"acknowledgment", "acknowledgment"}, {"payment_options", "payment-options"}, {"contact", "contact-info"},
	{"amount", "amount-owed"}, {"due_date", "due-date"}, {"assistance", "financial-assistance"},
	{"invitation", "invitation"}, {"gratitude", "gratitude"}, {"personal_salutation", "personal-greeting"},
}

func readCorpus(t testing.TB) []labelled {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(corpus, "*.md"))
	if len(files) == 0 {
		t.Skipf("NOT PROVEN: agreement with labelled letters: %s is not here", corpus)
	}
	var out []labelled
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(src), "+++\n")
		front, body, _ := strings.Cut(rest, "+++\n")
		l := labelled{name: strings.TrimSuffix(filepath.Base(f), ".md"), src: []byte(body)}
		if _, err := toml.Decode(front, &l); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out = append(out, l)
	}
	return out
}

// A tally counts what was found right, found wrong and missed.
type tally struct{ right, wrong, missed int }

func (c tally) f1() float64 {
	if c.right == 0 {
		return 0
	}
	return float64(2*c.right) / float64(2*c.right+c.wrong+c.missed)
}

func (c tally) String() string {
	return fmt.Sprintf("right %3d  wrong %3d  missed %3d  F1 %.2f", c.right, c.wrong, c.missed, c.f1())
}

// TestCorpus measures agreement with the labels, and holds what was reached.
func TestCorpus(t *testing.T) {
	letters := readCorpus(t)
	p := openPack(t)
	var places tally
	categories, elements := map[string]*tally{}, map[string]*tally{}
	at := func(m map[string]*tally, k string) *tally {
		if m[k] == nil {
			m[k] = &tally{}
		}
		return m[k]
	}
	harshFound, harsh, alarms, kind := 0, 0, 0, 0
	for _, l := range letters {
		res := p.CheckAs(l.name+".md", l.src, l.Lang)
		bans := 0
		prose := ""
		type place struct{ start, end int }
		var found []place
		hit := func(f Finding) bool {
			return f.Rule.Kind == "ban" || f.Rule.ID == "limit.shouting"
		}
		for i := range res.Letter.Blocks {
			b := &res.Letter.Blocks[i]
			offset := len(prose)
			for _, f := range res.Findings {
				if s := b.Span(); hit(f) && s.Start <= f.Span.Start && f.Span.End <= s.End {
					start := strings.Index(oneLine(b.Text), f.Text)
					for start >= 0 && b.Source(start, start+len(f.Text)).Start < f.Span.Start {
						next := strings.Index(oneLine(b.Text)[start+1:], f.Text)
						if next < 0 {
							break
						}
						start += 1 + next
					}
					if start >= 0 {
						found = append(found, place{offset + start, offset + start + len(f.Text)})
					}
					bans++
				}
			}
			prose += oneLine(b.Text) + " "
		}
		used := make([]bool, len(found))
		for _, h := range l.Harsh {
			phrase := strings.Join(strings.Fields(h.Phrase), " ")
			c := at(categories, h.Category)
			start := strings.Index(prose, phrase)
			if start < 0 {
				t.Logf("%s: the labelled words %q are not in the prose", l.name, phrase)
			}
			ok := false
			for from := start; from >= 0; { // the same words at two places may be listed once
				for i, f := range found {
					if f.start < from+len(phrase) && from < f.end {
						ok, used[i] = true, true
					}
				}
				next := strings.Index(prose[from+1:], phrase)
				if next < 0 {
					break
				}
				from += 1 + next
			}
			if ok {
				c.right++
				places.right++
			} else {
				c.missed++
				places.missed++
				t.Logf("missed %s %s: %q", l.name, h.Category, phrase)
			}
		}
		for i, f := range found {
			if !used[i] {
				places.wrong++
				t.Logf("wrong %s (%s): %q", l.name, l.Overall, prose[f.start:f.end])
			}
		}
		switch l.Overall {
		case "harsh":
			harsh++
			if bans > 0 {
				harshFound++
			} else {
				t.Logf("harsh letter with nothing found: %s", l.name)
			}
		case "compassionate":
			kind++
			if bans > 0 {
				alarms++
				t.Logf("compassionate letter %s: %s", l.name, listed(res, "ban."))
			}
			for _, f := range res.Findings {
				if hit(f) && f.Severity > Note {
					t.Errorf("%s in the compassionate letter %s: %q", f.Rule.ID, l.name, f.Text)
				}
			}
		}
		for _, e := range elementLabels {
			i := slices.IndexFunc(res.Elements, func(x Element) bool { return x.Name == e.rule })
			if i < 0 {
				t.Fatalf("no element %s in %s", e.rule, l.name)
			}
			c := at(elements, e.label)
			switch has := res.Elements[i].Present; {
			case has && l.Expect[e.label]:
				c.right++
			case has:
				c.wrong++
				t.Logf("element %s wrongly seen in %s", e.label, l.name)
			case l.Expect[e.label]:
				c.missed++
				t.Logf("element %s missed in %s", e.label, l.name)
			}
		}
	}
	t.Logf("%d letters; harsh letters found %d of %d; compassionate letters with a false alarm %d of %d", len(letters), harshFound, harsh, alarms, kind)
	t.Logf("harsh places: %s", places)
	if harshFound < harsh {
		t.Errorf("%d of %d harsh letters found", harshFound, harsh)
	}
	if places.f1() < 0.87 {
		t.Errorf("harsh places: F1 %.2f; it was 0.89", places.f1())
	}
	for name, c := range elements {
		if c.f1() < 0.93 {
			t.Errorf("element %s: F1 %.2f, want 0.93", name, c.f1())
		}
	}
	for _, m := range []map[string]*tally{categories, elements} {
		var names []string
		for n := range m {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			t.Logf("%-20s %s", n, m[n])
		}
	}
}
