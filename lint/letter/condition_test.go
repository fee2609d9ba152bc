package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestWhatAConditionParts: what is left out in a form must not be the beginning
// of what stays.
func TestWhatAConditionParts(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"code":                                   {"{{#if portal_url}}\n```\n{{/if}}\nWe will sue you.\n\n```\n", "1:1 code block"},
		"code without an end":                    {"{{#if portal_url}}\n```\nx\n{{/if}}\nWe will sue you.\n", "1:1 code block"},
		"code that two conditions begin and end": {"{{#if portal_url}}\n```\n{{/if}}\nWe will sue you.\n\n{{#if portal_url}}\n```\n{{/if}}\n", "1:1 code block"},
		"comment":                                {"<!--\n{{#if portal_url}}\nold\n-->\nnew\n{{/if}}\n\nWe will sue you.", "2:1 comment"},
		"list item":                              {"- a\n{{#if portal_url}}\n- b\n{{/if}}\n\n      We will sue you.", "2:1 list item"},
		"list":                                   {"- a\n{{#if portal_url}}\nb\n{{/if}}\n\n    We will sue you.", "2:1 list"},
		"table":                                  {"{{#if portal_url}}\n| a | b |\n|---|---|\n{{/if}}\n| c | d |", "1:1 table"},
		"reference":                              {"See [it][r], [it][r].\n{{#if portal_url}}\n[r]: https://example.org\n{{/if}}", "2:1 reference"},
		"nothing":                                {"- a\n{{#if portal_url}}\n- b\n\n  c\n\n  ```\n  d\n  ```\n{{else}}\n- [e][r]\n{{/if}}\n- f\n\n<!-- a\n{{#if portal_url}}\nb\n{{/if}}\n-->\n\n[r]: https://example.org", ""},
	} {
		want := []string(nil)
		if place, what, ok := strings.Cut(c.want, " "); ok {
			want = []string{place + " condition this condition parts a " + what + " from what belongs to it"}
		}
		if got := problems(parseTest(t, c.src)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A table that begins under a condition is not part of one that ended before it.
func TestTablesOfTwoConditions(t *testing.T) {
	l := parseTest(t, "{{#if portal_url}}\n| a | b |\n|---|---|\n| c | d |\n{{else}}\n| e | f |\n|:-:|---|\n{{#if due_date}}\n| g | h |\n{{/if}}\n{{/if}}\n")
	var got []string
	for _, b := range l.Blocks {
		got = append(got, fmt.Sprintf("%s %v %d", b.Text, b.Header, b.Forms))
	}
	want := []string{"a true 10", "b true 10", "c false 10", "d false 10", "e true 5", "f true 5", "g false 4", "h false 4"}
	if !slices.Equal(got, want) {
		t.Errorf("cells %q, want %q; problems %q", got, want, problems(l))
	}
}

// What a reference brings stands where it is used.
func TestReferencesAreInTheFormsOfTheirUse(t *testing.T) {
	l := parseTest(t, "{{#if portal_url}}\n[a][r]\n{{/if}}\n\n[r]: https://example.org/{{due_date}} \"seen\"")
	if len(l.Fields) != 1 || l.Fields[0].Forms != 2 || len(l.Blocks) != 2 || l.Blocks[1].Text != "seen" || l.Blocks[1].Forms != 2 {
		t.Errorf("fields %+v, blocks %+v; want the field and the title with portal_url only", l.Fields, l.Blocks)
	}
}

func TestConditionsMakeForms(t *testing.T) {
	src := `Hello.

{{#if portal_url}}
Pay online.
{{#unless balance_due}}
Nothing is due.
{{else}}
Something is due.
{{/unless}}
{{else}}
Call us.
{{/if}}

Thanks.
`
	l := parseTest(t, src)
	if got := problems(l); len(got) > 0 {
		t.Fatal(got)
	}
	if len(l.Forms) != 4 {
		t.Fatalf("%d forms, want 4", len(l.Forms))
	}
	var got []string
	for i := range l.Forms {
		var texts []string
		for _, b := range l.Blocks {
			if b.Forms.Has(i) {
				texts = append(texts, b.Text)
			}
		}
		got = append(got, l.FormName(i)+": "+strings.Join(texts, " "))
	}
	want := []string{
		"without portal_url or balance_due: Hello. Call us. Thanks.",
		"with portal_url, without balance_due: Hello. Pay online. Nothing is due. Thanks.",
		"with balance_due, without portal_url: Hello. Call us. Thanks.",
		"with portal_url and balance_due: Hello. Pay online. Something is due. Thanks.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("forms\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if d := l.Describe(l.Blocks[4].Forms); !slices.Equal(d, []string{"without portal_url"}) {
		t.Errorf("the words under else are printed %q", d)
	}
	if w := l.When(l.Blocks[3].Forms); w != "when {{portal_url}} is there and {{balance_due}} is there" {
		t.Errorf("When = %q", w)
	}
}

func TestAConditionMayBeginTheLetter(t *testing.T) {
	for _, src := range []string{"{{#if portal_url}}\na\n{{/if}}", "\ufeff{{#if portal_url}}\na\n{{/if}}", "+++\n+++\n{{#if portal_url}}\na\n{{/if}}"} {
		l := parseTest(t, src)
		if len(l.Forms) != 2 || len(l.Problems) > 0 || len(l.Blocks) != 1 || l.Blocks[0].Forms != 2 {
			t.Errorf("%q: %d forms, problems %q, blocks %q", src, len(l.Forms), problems(l), texts(l))
		}
	}
}

func TestConditionsInsideATable(t *testing.T) {
	src := `| What | How much |
|---|---:|
| Visit | {{balance_due}} |
{{#if portal_url}}
| Online | yes |
{{/if}}
| Last | row |
`
	for name, src := range map[string]string{
		"bars around":    src,
		"bars between":   strings.NewReplacer("\n| ", "\n", " |\n", "\n", "|---|---:|", "--- | ---:").Replace(src[2:]),
		"in a quote":     "> " + strings.ReplaceAll(src, "\n|", "\n> |"),
		"in a list item": "- " + strings.ReplaceAll(src, "\n|", "\n  |"),
	} {
		l := parseTest(t, src)
		if got := problems(l); len(got) > 0 {
			t.Fatal(name, got)
		}
		var cells []string
		for _, b := range l.Blocks {
			if b.Kind != Cell {
				t.Fatalf("%s: %q is not a cell", name, b.Text)
			}
			cells = append(cells, fmt.Sprintf("%s %d", b.Text, b.Forms))
		}
		want := []string{"What 3", "How much 3", "Visit 3", "$218.40 3", "Online 2", "yes 2", "Last 3", "row 3"}
		if !slices.Equal(cells, want) {
			t.Errorf("%s: cells %q, want %q", name, cells, want)
		}
	}
}

func TestAConditionEndsATable(t *testing.T) {
	l := parseTest(t, "a | b\n--- | ---\nc | d\n{{#if portal_url}}\nPay online.\n{{/if}}\n\n{{#unless portal_url}}\nx | y\n{{/unless}}")
	if got, want := texts(l), []string{"a", "b", "c", "d", "Pay online.", "x | y"}; !slices.Equal(got, want) {
		t.Errorf("blocks %q, want %q", got, want)
	}
}

func TestTooManyForms(t *testing.T) {
	src := ""
	for _, n := range []string{"patient_first_name", "balance_due", "due_date", "portal_url", "line_items", "charges_interest"} {
		src += "{{#if " + n + "}}\nx.\n{{/if}}\n"
	}
	if l := parseTest(t, src); len(l.Forms) != 64 || len(l.Problems) > 0 || l.AllForms() != ^FormSet(0) {
		t.Errorf("six names: %d forms, problems %q", len(l.Forms), problems(l))
	}
	d, err := ParseDictionary("fields.toml", []byte(testFields), []string{"charges_interest", "reports_to_credit"})
	if err != nil {
		t.Fatal(err)
	}
	l := Parse("x.md", []byte(src+"{{#if reports_to_credit}}\ny.\n{{/if}}\n"), d, "en")
	want := "19:1 too-many-forms conditions on 7 names give this letter 128 forms; at most 64 are checked"
	if got := problems(l); !slices.Equal(got, []string{want}) {
		t.Errorf("seven names: %q, want %q", got, want)
	}
}
