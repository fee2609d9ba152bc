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
