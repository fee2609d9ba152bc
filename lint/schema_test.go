package lint

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write rules.schema.json as it is now")

const schemaFile = "../rules.schema.json"

// TestSchema holds the file that editors read to the loader.
func TestSchema(t *testing.T) {
	want, err := Schema(openPack(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(schemaFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("rules.schema.json is not that of the loader (%v); go test ./lint -run Schema -update writes it", err)
	}
}

// Every key says what it is, and nothing is said of keys that are not there.
func TestSchemaDescribesEveryKey(t *testing.T) {
	said, keys := map[string]bool{}, 0
	var look func(at string, v any)
	look = func(at string, v any) {
		switch v := v.(type) {
		case object:
			properties, _ := v["properties"].(object)
			for key, value := range properties {
				value, ok := value.(object)
				if _, typed := value["type"]; !ok || !typed && value["enum"] == nil {
					continue // it only narrows a key that is described elsewhere
				}
				keys++
				if doc, _ := value["description"].(string); doc == "" {
					t.Errorf("%s.%s has no line in keyDocs", at, key)
				} else {
					said[doc] = true
				}
			}
			for key, value := range v {
				look(at+"."+key, value)
			}
		case []any:
			for _, value := range v {
				look(at, value)
			}
		}
	}
	src, err := Schema(openPack(t))
	if err != nil {
		t.Fatal(err)
	}
	var s any
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	look("", s)
	for key, doc := range keyDocs {
		if !said[doc] {
			t.Errorf("keyDocs has a line for %s, and no table has that key", key)
		}
	}
	if keys < 80 {
		t.Errorf("only %d keys were looked at", keys)
	}
}

// onlyTheLoader are the faults that a schema cannot see, by how the loader says
// them, and why it cannot.
var onlyTheLoader = []struct {
	said *regexp.Regexp
	why  string
}{
	{regexp.MustCompile(`this heading has no ] at its end`), "it is no TOML: the editor's own parser says that"},
	{regexp.MustCompile(`is not in \[source\]|is not a kind of letter|is not a language|is not a field of|does not answer`), "it is the name of something that stands elsewhere"},
	{regexp.MustCompile(`is of no use without`), "it depends on the keys of another table"},
	{regexp.MustCompile(`the bracket is not closed|the pattern is empty|is not a single word|cannot be safe`), "it is about the words that are looked for"},
	{regexp.MustCompile(`is passed before a milder one`), "numbers are not compared with one another"},
	{regexp.MustCompile(`needs at least one hit and one ok|says needs one %q|put << and >>`), "it depends on what else the rule says, perhaps in the pack below"},
}

// schemaOver compiles the schema for packs that extend a built-in one.
func schemaOver(t *testing.T, builtin fs.FS) *jsonschema.Schema {
	t.Helper()
	p, err := Open(builtin, builtin)
	if err != nil {
		t.Fatal(err)
	}
	src, err := Schema(p)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rules.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is a TOML file as an editor hands it to a schema.
func asJSON(rules string) (any, error) {
	var tree map[string]any
	if _, err := toml.Decode(rules, &tree); err != nil {
		return nil, err
	}
	src, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(src))
}

// A judge holds packs to the loader and to the schema, and tells where the two
// differ without a reason.
type judge struct {
	builtin fs.FS
	schema  *jsonschema.Schema
	used    map[string]bool // why, of onlyTheLoader
	refused int
}

func (j *judge) differ(rules string) string {
	_, loader := Open(fstest.MapFS{rulesName: {Data: []byte(rules)}}, j.builtin)
	tree, err := asJSON(rules)
	var schema error
	if err == nil {
		schema = j.schema.Validate(tree)
	}
	switch {
	case loader == nil && schema != nil:
		return fmt.Sprintf("the loader accepts it, the schema does not: %v", schema)
	case loader != nil && schema == nil:
		for _, o := range onlyTheLoader {
			if o.said.MatchString(loader.Error()) {
				j.used[o.why] = true
				return ""
			}
		}
		return fmt.Sprintf("the schema accepts it, the loader does not: %v", loader)
	case loader != nil:
		j.refused++
	}
	return ""
}

// TestSchemaIsWhatTheLoaderAccepts: packs that are right, packs with a fault
// each, and every pack that comes of changing one value of a right one, are
// accepted by both or refused by both, but for what onlyTheLoader lists.
func TestSchemaIsWhatTheLoaderAccepts(t *testing.T) {
	ours, small := os.DirFS(".."), os.DirFS("../internal/report/testdata/office")
	used, written := map[string]bool{}, map[string]bool{}
	t.Run("broken", func(t *testing.T) {
		j := &judge{builtin: ours, schema: schemaOver(t, ours), used: used}
		for name, c := range brokenPacks(t) {
			if d := j.differ(c.rules); d != "" {
				t.Errorf("%s: %s", name, d)
			}
		}
		for _, rules := range []string{"[guard.ssn]\nhit = []\n", "[limit.plain-words]\nsays = \"hard words\"\n"} {
			if d := j.differ("extends = \"bedside\"\n" + rules); d != "" {
				t.Errorf("%s: %s", rules, d)
			}
		}
		src, err := fs.ReadFile(ours, rulesName)
		if err != nil {
			t.Fatal(err)
		}
		if d := j.differ(string(src)); d != "" {
			t.Errorf("the rules of this repository: %s", d)
		}
	})
	own, err := fs.ReadFile(small, rulesName)
	if err != nil {
		t.Fatal(err)
	}
	for name, rules := range map[string]string{"own": string(own), "extending": extending} {
		t.Run(name, func(t *testing.T) {
			j := &judge{builtin: small, schema: schemaOver(t, small), used: used}
			if d := j.differ(rules); d != "" || j.refused > 0 {
				t.Fatalf("it is not accepted as it stands: %s", d)
			}
			n := 0
			for what, changed := range changes(t, rules) {
				n++
				written[what[strings.LastIndex(what, ".")+1:]] = true
				if d := j.differ(changed); d != "" {
					t.Errorf("%s: %s", what, d)
				}
			}
			t.Logf("%d changed packs, %d of them refused by both", n, j.refused)
			if n < 200 || j.refused < n/4 {
				t.Errorf("%d changed packs, of which %d are refused, prove little", n, j.refused)
			}
		})
	}
	for key := range keyDocs {
		if name := key[strings.LastIndex(key, ".")+1:]; !written[name] {
			t.Errorf("no pack of this test writes the key %s, so nothing shows that the schema is right about it", key)
		}
	}
	for _, o := range onlyTheLoader {
		if !used[o.why] {
			t.Errorf("no pack shows that only the loader can tell “%s”", o.said)
		}
	}
}

// extending is a pack over the small one, with a rule of its own of each kind.
const extending = `extends = "bedside"
[kind]
refund = "the office owes the patient money"
[source]
OURS = "our own letters"
[approval]
required = true
[ban.threat]
severity = "warning"
allow_kinds = ["refund"]
[[ban.threat.phrase]]
find = ["or else"]
except = ["or else ..2 nothing"]
try = "say what happens next"
hit = ["Pay <<or else>>."]
ok = ["Or someone else."]
negatable = true
lang = "en"
why = "x"
source = ["OURS"]
severity = "error"
only_kinds = ["series"]
allow_kinds = ["refund"]
sender = "agency"
first_person_ok = true
ok_if_defined = true
once = true
yields = true
case = true
[[ban.threat.phrase]]
find = ["act now"]
off = true
[ban.urgency]
off = true
[ban.mine]
waivable = false
severity = "note"
says = "%q is worn"
why = "x"
source = ["OURS"]
hit = ["<<Kindly>> pay."]
ok = ["Please pay."]
label = "worn"
only_kinds = ["series"]
safe = ["kindly"]
[ban.mine.swap]
kindly = ["please"]
[limit.sentence-length]
note = 25
error = 40.5
[limit.words]
measure = "words"
warning = 0
says = "%q could be plainer"
why = "x"
source = ["OURS"]
[[limit.words.phrase]]
find = ["remit"]
try = "pay"
hit = ["Please remit."]
ok = ["Please pay."]
[limit.shouting]
measure = "capitals"
error = 3
says = "capitals"
why = "x"
source = ["OURS"]
try = "write in small letters"
allow = ["MD"]
alarm = ["due*", "due:"]
hit = ["PAY YOUR BILL NOW"]
ok = ["Pay your bill."]
[guard.file]
severity = "error"
says = "%q"
why = "x"
source = ["OURS"]
where = ["file", "title"]
find = ["debt"]
except = ["no debt"]
links = ["token"]
fields = ["ssn"]
hit = ["<<debt>>"]
ok = ["bill"]
[require.thanks]
severity = "note"
says = "thank the reader"
why = "x"
source = ["OURS"]
place = "closing"
within = "opening"
any.en = ["thank you"]
label = "thanks"
negatable = false
insert.en = "Thank you."
void.en = ["no thank you"]
except.en = ["thank you for nothing"]
calls = ["patient_first_name"]
blanks = ["thanks text"]
links = ["thank you"]
hit.en = ["Thank you."]
ok.en = ["Hello."]
[promise.no-interest]
severity = "note"
except.en = ["no interest ..3 earned"]
[language.en]
window = 5
everyday = ["telehealth"]
traps = ["not only"]
openers = ["we"]
broken_by = ["expect"]
[language.en.list]
month = ["may", "june"]
[language.en.inflect]
go = ["go", "went"]
[language.en.plain]
remit = ["pay"]
`

// changes yields a pack with one thing changed for each thing that can be: a
// key taken away, misspelt or added, a value of another type, an empty one.
func changes(t *testing.T, rules string) map[string]string {
	t.Helper()
	var tree map[string]any
	if _, err := toml.Decode(rules, &tree); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	keep := func(what string) {
		var b bytes.Buffer
		if err := toml.NewEncoder(&b).Encode(tree); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		all[what] = b.String()
	}
	others := []any{"", "x", "%q and %q", int64(1), 1.5, true, []any{}, []any{""}, []any{"x"}, map[string]any{},
		map[string]any{"x": "y"}, map[string]any{"en": []any{}}, map[string]any{"en": []any{"x"}}, []map[string]any{{"x": "y"}}}
	var change func(at string, table map[string]any)
	change = func(at string, table map[string]any) {
		for _, key := range slices.Sorted(maps.Keys(table)) {
			value, path := table[key], strings.TrimPrefix(at+"."+key, ".")
			delete(table, key)
			keep("without ." + path)
			table[key+"x"] = value
			keep("misspelt " + path)
			delete(table, key+"x")
			for _, other := range others {
				if !reflect.DeepEqual(other, value) {
					table[key] = other
					keep(fmt.Sprintf("%s = %#v", path, other))
				}
			}
			table[key] = value
			switch value := value.(type) {
			case map[string]any:
				change(path, value)
			case []map[string]any:
				for i, below := range value {
					change(fmt.Sprintf("%s[%d]", path, i), below)
				}
			}
		}
		table["unknown"] = "x"
		keep("with " + at + ".unknown")
		delete(table, "unknown")
	}
	change("", tree)
	return all
}
