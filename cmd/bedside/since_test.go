package main

import (
	"strings"
	"testing"
)

// Without git nothing tells what has changed, and that is said.
func TestSinceWithoutGit(t *testing.T) {
	dir := manyLetters(t, 1)
	t.Setenv("PATH", t.TempDir())
	if err := copyTree(dir+"/.git", smallPack); err != nil { // .git is there, whatever it holds
		t.Fatal(err)
	}
	code, out, err := run(t, dir, "check", "--since", "main")
	if code != exitRefused || out != "" || !strings.Contains(err, "✗ this needs git, and there is none here\n  Install git") {
		t.Errorf("code %d, stdout %q, stderr %q", code, out, err)
	}
}
