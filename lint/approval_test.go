package lint

import (
	"strings"
	"testing"
	"testing/fstest"

	"bedside"
)

// openRules opens a pack with this rules.toml.
func openRules(t *testing.T, rules string) *Pack {
	t.Helper()
	p, err := Open(fstest.MapFS{"rules.toml": {Data: []byte(rules)}}, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const extended = "extends = \"bedside\"\n"

func TestApprove(t *testing.T) {
	required := extended + "[approval]\nrequired = true\n"
	signed := Approval{By: "Ana", On: "2026-11-22"}
	changed := Approval{By: "Ana", On: "2026-11-22", Changed: true, What: []string{"the letter", "the page"}}
	for name, c := range map[string]struct {
		rules string
		a     Approval
		want  string // the message
	}{
		"not asked for":          {extended, Approval{}, ""},
		"asked for and refused":  {extended + "[approval]\nrequired = false\n", Approval{}, ""},
		"not asked for, changed": {extended, changed, ""},
		"nobody":                 {required, Approval{}, "nobody has approved this letter"},
		"somebody":               {required, signed, ""},
		"changed":                {required, changed, "this letter is no longer what Ana approved on 2026-11-22; changed: the letter; the page"},
	} {
		t.Run(name, func(t *testing.T) {
			p := openRules(t, c.rules)
			res := p.Check("a.md", []byte("+++\nkinds = [\"paid_in_full\"]\n+++\n\n# Thank you\n\nWe got your payment.\n"))
			before := *res
			p.Approve(res, c.a)
			got := ""
			for _, f := range res.Findings {
				if f.Rule.ID == "letter.approval" {
					got = f.Message
				}
			}
			if got != c.want {
				t.Errorf("finding %q, want %q", got, c.want)
			}
			if res.Ready != before.Ready {
				t.Errorf("ready %v, and %v before: a letter has to be ready to be approved", res.Ready, before.Ready)
			}
			if want := before.Ready && c.want == ""; p.MayGo(res) != want {
				t.Errorf("it may go: %v, want %v", p.MayGo(res), want)
			}
			if off := p.Rule("letter.approval").Off; off != !strings.Contains(c.rules, "= true") {
				t.Errorf("the rule is off: %v", off)
			}
		})
	}
}

// An empty file has no place for the finding, and is not ready anyway.
func TestApproveNothing(t *testing.T) {
	p := openRules(t, extended+"[approval]\nrequired = true\n")
	res := p.Check("a.md", nil)
	if p.Approve(res, Approval{}); p.MayGo(res) {
		t.Error("an empty letter may go")
	}
}

// A seal that breaks is another finding than one that was never there, and than
// one that broke before: what knows the one does not know the other.
func TestFingerprintsOfApprovals(t *testing.T) {
	p := openRules(t, extended+"[approval]\nrequired = true\n")
	seen := map[string]string{}
	for name, a := range map[string]Approval{
		"never":            {},
		"the letter":       {By: "Ana", On: "2026-11-22", Changed: true, What: []string{"the letter"}},
		"the page as well": {By: "Ana", On: "2026-11-22", Changed: true, What: []string{"the letter", "the page"}},
		"of somebody else": {By: "Lee", On: "2026-11-22", Changed: true, What: []string{"the letter"}},
		"of another day":   {By: "Ana", On: "2026-11-23", Changed: true, What: []string{"the letter"}},
	} {
		res := p.Check("a.md", []byte("# Your bill\n\nThank you."))
		p.Approve(res, a)
		for i, print := range res.Fingerprints() {
			if !res.Findings[i].AboutApproval() {
				continue
			}
			if seen[print] != "" {
				t.Errorf("%s has the fingerprint of %s", name, seen[print])
			}
			seen[print] = name
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d fingerprints, want 5", len(seen))
	}
}

func TestRulesDigest(t *testing.T) {
	digest := openRules(t, extended+"[ban.legalese]\nseverity = \"error\"\n").RulesDigest()
	for name, c := range map[string]struct {
		rules string
		same  bool
	}{
		"a comment":                {extended + "# In a letter of ours.\n[ban.legalese]\nseverity = \"error\" # must\n", true},
		"line ends of Windows":     {"extends = \"bedside\"\r\n[ban.legalese]\r\nseverity = \"error\"\r\n", true},
		"an approval is asked for": {extended + "[ban.legalese]\nseverity = \"error\"\n[approval]\nrequired = true\n", true},
		"another severity":         {extended + "[ban.legalese]\nseverity = \"note\"\n", false},
		"another rule":             {extended + "[ban.jargon]\nseverity = \"error\"\n", false},
		"nothing":                  {extended, false},
	} {
		if got := openRules(t, c.rules).RulesDigest(); (got == digest) != c.same {
			t.Errorf("%s: the same digest: %v, want %v", name, got == digest, c.same)
		}
	}
}

func TestApprovalTableIsStrict(t *testing.T) {
	for src, want := range map[string]string{
		"[approval]\nrequire = true\n":     "rules.toml:3:1: “require” is not a key here (did you mean “required”?)",
		"[approval]\nrequired = \"yes\"\n": "rules.toml:3:1: this is text in quotes and has to be true or false",
		"[aproval]\nrequired = true\n":     "rules.toml:2:1: “aproval” is not a key here (did you mean “approval”?)",
		"approval = true\n":                "rules.toml:2:1: this is true or false and has to be a table",
		"[[approval]]\nrequired = true\n":  "rules.toml:2:1: this is a list of tables and has to be a table",
	} {
		_, err := Open(fstest.MapFS{"rules.toml": {Data: []byte(extended + src)}}, bedside.FS)
		if err == nil || err.Error() != want {
			t.Errorf("%q:\n got %v\nwant %s", src, err, want)
		}
	}
}

// TestTyped: a path in a command that people are told to type is one word, and
// that path.
func TestTyped(t *testing.T) {
	for path, want := range map[string]string{
		"letters/en/a-1.md":    "letters/en/a-1.md",
		`C:\Letters\a.md`:      `C:\Letters\a.md`,
		"niños/año.md":         "niños/año.md",
		"my letters/a.md":      `"my letters/a.md"`,
		"a&b;c.md":             `"a&b;c.md"`,
		"(1).md":               `"(1).md"`,
		"cost $5 `x` \"y\".md": "\"cost \\$5 \\`x\\` \\\"y\\\".md\"",
	} {
		if got := Typed(path); got != want {
			t.Errorf("%s is typed %s, want %s", path, got, want)
		}
	}
}
