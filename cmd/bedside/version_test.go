package main

import (
	"regexp"
	"testing"
)

// TestVersionCountsAsCheckDoes: two figures for the same rules make a reviewer
// look for the difference.
func TestVersionCountsAsCheckDoes(t *testing.T) {
	count := regexp.MustCompile(`v\d+, (\d+ rules)`)
	_, version, _ := run(t, t.TempDir(), "version")
	_, _, summary := run(t, t.TempDir(), "check")
	said, checked := count.FindStringSubmatch(version), count.FindStringSubmatch(summary)
	if said == nil || checked == nil || said[1] != checked[1] {
		t.Errorf("version says %q, check says %q", version, summary)
	}
}
