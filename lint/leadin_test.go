package lint

import (
	"slices"
	"testing"
)

// TestListsGoOnWithTheirLeadIn holds that an item is read with the words
// before its list, and what is no lead-in.
func TestListsGoOnWithTheirLeadIn(t *testing.T) {
	p := openPack(t)
	for name, tt := range map[string]struct{ src, want string }{
		"denied":           {"We will never:\n\n- sue you\n- send your account to collections", ""},
		"denied, wraps":    {"If you ask for help, we will\nnever:\n\n1. sue you", ""},
		"not denied":       {"We will:\n\n- send your account to collections", "ban.threat “send your account to collections” error"},
		"second sentence":  {"We will never:\n\n- charge you twice. Then we will sue you.", "ban.threat “we will sue” error"},
		"no colon":         {"We will never do this.\n\n- sue you", "ban.threat “sue you” error"},
		"after the list":   {"We will never:\n\n- call at night\n\nWe will sue you.", "ban.threat “We will sue” error"},
		"every item":       {"We never:\n\n- call at night\n- add a fee\n- sue you", ""},
		"only in one form": {"{{#if portal_url}}\nWe never:\n{{/if}}\n\n- sue you", "ban.threat “sue you” error"},
		"typed bullets":    {"We will never:\n• sue you\n  •\tsend your account to collections", ""},
		"a bullet's place": {"We will:\r\n\r\n▪ sue you", "ban.threat “sue you” error"},
		"not a neighbour":  {"Please submit the form for:\n\n- payment plans", ""},
	} {
		if got := listed(p.Check("x.md", []byte(tt.src+"\n")), "ban."); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// TestYielding holds that vague words give way to plain ones in their
// sentence, and nowhere else.
func TestYielding(t *testing.T) {
	p := openPack(t)
	for src, want := range map[string]string{
		"We may sue you, with serious consequences.": "ban.threat “We may sue” error",
		"We may sue you. There are consequences.":    "ban.threat “We may sue” error; ban.threat “consequences” error",
		"There are consequences.":                    "ban.threat “consequences” error",
	} {
		if got := listed(p.Check("x.md", []byte(src+"\n")), "ban."); got != want {
			t.Errorf("%s: %s, want %s", src, got, want)
		}
	}
}

// TestValuesGoOnWithTheirLabel holds that the first cell of a row, the head of
// a column, a line of its own say what the value beside or below them is.
func TestValuesGoOnWithTheirLabel(t *testing.T) {
	p := openPack(t)
	for src, want := range map[string]bool{
		"| Item | Details |\n|---|---|\n| First payment | [start date] |":                      true,
		"| Item | Details |\n|---|---|\n| First payment | x |\n| Name | [start date] |":        false,
		"| First payment | [start date] |\n|---|---|\n| a | b |":                               true, // a table without a head
		"| Due date | May 4, 2026 |\n|---|---|\n| Amount | $20 |":                              true,
		"| First payment | Amount |\n|---|---|\n| [start date] | $20 |":                        true,
		"| Bill | Due date |\n|---|---|\n| 1182 | 5/4/2026 |":                                  true,
		"| Bill | Due date |\n|---|---|\n| Lab test | 5/4/2026 |":                              false, // the row says what it is
		"| Bill | | Due date |\n|---|---|---|\n| 1182 | x | 5/4/2026 |":                        true,
		"| Due date | A |\n|---|---|\n| x | y |\n\nA.\n\n| | B |\n|---|---|\n| 5/4/2026 | z |": false,
		"Due date\n\nMay 4, 2026":                              true,
		"## Due date:\n\n[start date]":                         true,
		"Due date\n\nA word.\n\nMay 4, 2026":                   false,
		"Is there a due date?\n\nMay 4, 2026":                  false,
		"Due date\n\nOn May 4, 2026 we wrote to you about it.": false,
	} {
		res := p.Check("x.md", []byte(src+"\n"))
		if i := slices.IndexFunc(res.Elements, func(e Element) bool { return e.Name == "due-date" }); res.Elements[i].Present != want {
			t.Errorf("%s: a date to act by: %t, want %t", src, !want, want)
		}
	}
}
