package strict

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// TestHalvesAreReadAsTheWhole cuts files before every table: what can be read
// alone has to be what is read as a whole.
func TestHalvesAreReadAsTheWhole(t *testing.T) {
	rules, err := os.ReadFile("../../rules.toml")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		src  string
		both bool // whether there is a cut that leaves both halves to be read alone
	}{
		"our rules":                        {string(rules), true},
		"tables one after the other":       {"version = 1\n[a.x]\nk = 1\n[[a.x.t]]\nk = 2\n[b.y]\nk = 3\nl.m = 4\n", true},
		"two tables of one name":           {"[a.x]\nk = 1\n[a.x]\nl = 2\n", false},
		"an array that goes on":            {"[[a.x.t]]\nk = 1\n[a.y]\n[[a.x.t]]\nk = 2\n", false},
		"a table in a table before":        {"[a.x]\nk = 1\n[a.x.y]\nl = 2\n", false},
		"a table above one before":         {"[a.x]\nk = 1\n[a]\nl = 2\n", false},
		"a table where a value was":        {"a = 1\n[a.x]\nk = 1\n", false},
		"a header inside of a long text":   {"[a]\nk = '''\n[b]\n'''\n", false},
		"a header inside of a long string": {"[a]\nk = \"\"\"\n[b]\n\"\"\"\n", false},
		"no TOML behind":                   {"[a]\nk = 1\n[b]\nk = \n", false},
		"no TOML before":                   {"[a]\nk = \n[b]\nk = 1\n", false},
	} {
		var want map[string]any
		meta, fault := toml.Decode(c.src, &want)
		both := false
		for cut := range c.src {
			if cut == 0 || c.src[cut-1] != '\n' || c.src[cut] != '[' || c.src[cut:cut+2] == "[[" {
				continue
			}
			got := map[string]any{}
			f := &File{Src: c.src}
			if !f.decodeHalves(cut, &got) {
				continue
			}
			both = true
			if fault != nil {
				t.Errorf("%s, cut at %d: the halves hide the fault %v", name, cut, fault)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, cut at %d: got another table than of the whole", name, cut)
			}
			if !slices.EqualFunc(f.Keys(), meta.Keys(), slices.Equal[toml.Key]) {
				t.Errorf("%s, cut at %d: keys %v, want %v", name, cut, f.Keys(), meta.Keys())
			}
		}
		if both != c.both {
			t.Errorf("%s: read in halves is %v, want %v", name, both, c.both)
		}
	}
}

// TestFaultsOfLongFiles holds a file that is read in halves to the places of
// the whole one.
func TestFaultsOfLongFiles(t *testing.T) {
	table := func(name, key string) string {
		return "[" + name + "]\n" + key + " = \"note\"\nfind = [" + strings.Repeat("\"words\", ", long/9) + "]\n"
	}
	type top struct {
		Version int                       `toml:"version"`
		Ban     map[string]toml.Primitive `toml:"ban"`
		Guard   map[string]toml.Primitive `toml:"guard"`
	}
	halves := 0
	read := func(src string) (r []rule, err error) {
		var v top
		f, err := Open("x.toml", []byte(src), &v)
		if err != nil {
			return nil, err
		}
		halves = len(f.metas)
		for _, t := range []struct {
			kind string
			prim map[string]toml.Primitive
		}{{"ban", v.Ban}, {"guard", v.Guard}} {
			r = append(r, rule{})
			if err := f.Into([]string{t.kind, "a"}, t.prim["a"], &r[len(r)-1]); err != nil {
				return nil, err
			}
		}
		return r, f.Done()
	}
	ban, guard := table("ban.a", "severity"), table("guard.a", "severity")
	got, err := read("version = 1\n" + ban + guard)
	if err != nil {
		t.Fatal(err)
	}
	one := rule{Severity: "note", Find: slices.Repeat([]string{"words"}, long/9)}
	if halves != 2 || !reflect.DeepEqual(got, []rule{one, one}) {
		t.Errorf("in %d halves, got %.300v", halves, got)
	}
	for want, src := range map[string]string{
		"x.toml:2:1: “severty” is not a key here (did you mean “severity”?)":       table("ban.a", "severty") + guard,
		"x.toml:5:1: “severty” is not a key here (did you mean “severity”?)":       ban + table("guard.a", "severty"),
		"x.toml:7:2: “ban.a” is written a second time: put all of it in one place": ban + guard + ban,
		"x.toml:5:1: this is a whole number and has to be text in quotes":          ban + "[guard.a]\nseverity = 3\n",
		"x.toml:4:1: “guad” is not a key here (did you mean “guard”?)":             ban + table("guad.a", "severity"),
		"x.toml:5:7: expected value but found '\\n' instead":                       ban + "[guard.a]\nfind =\n",
	} {
		if _, err := read(src); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
