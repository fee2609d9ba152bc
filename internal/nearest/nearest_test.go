package nearest

import "testing"

func TestName(t *testing.T) {
	names := []string{"a", "en", "patient_first_name", "patient_last_name", "portal_url", "error", "warning", "note", "due_date"}
	for typed, want := range map[string]string{
		"patient_frist_name": "patient_first_name", // two letters swapped
		"portal_ulr":         "portal_url",
		"eror":               "error",
		"Warning":            "warning",
		"duedate":            "due_date",
		"zebra":              "",
		"":                   "", // one edit away from “a”, and nothing like it
		"x":                  "",
		"A":                  "a",
		"es":                 "en",
	} {
		if got := Name(typed, names); got != want {
			t.Errorf("Name(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestHintIsSilentWhenNothingIsNear(t *testing.T) {
	if got := Hint("xyzzy", []string{"error"}); got != "" {
		t.Errorf("Hint = %q, want nothing", got)
	}
	if got, want := Hint("eror", []string{"error"}), " (did you mean “error”?)"; got != want {
		t.Errorf("Hint = %q, want %q", got, want)
	}
}
