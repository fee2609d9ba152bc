package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the lines of a .gitignore mean: nothing else than to Git, which is
// asked too where it is there.
func TestIgnores(t *testing.T) {
	for _, c := range []struct {
		lines    string
		out, not string // paths; one that ends in / is a folder
	}{
		{"a.md", "a.md x/a.md", "b.md a.md2"},
		{"*.tmp.md\n# *.md\n\n", "a.tmp.md x/y/b.tmp.md", "a.md"},
		{"drafts/", "drafts/ x/drafts/", "y/drafts"},
		{"/a.md", "a.md", "x/a.md"},
		{"x/a.md", "x/a.md", "a.md y/x/a.md"},
		{"**/old", "old x/y/old/", "older"},
		{"x/**", "x/a.md x/y/ x/y/b.md", "x/ y/x/a.md"},
		{"x/**/z.md", "x/z.md x/a/b/z.md", "z.md x/z.md2"},
		{"a/**/b/**/c", "a/b/c a/x/b/y/z/c a/b/b/c", "a/c a/b/x"},
		{"*.md\n!keep.md", "a.md x/b.md", "keep.md x/keep.md"},
		{"!keep.md\n*.md", "keep.md", "a.txt"},
		{"[!a]?.md", "b1.md", "a1.md b.md"},
		{"[a-c].md", "b.md", "d.md"},
		{`\#a.md`, "#a.md", "a.md"},
		{`\!a.md`, "!a.md", "a.md"},
		{"a.md  \r\n", "a.md", "b.md"},
		{"[", "", "[ a.md"},
		{"/", "", "a.md x/"},
		{"\ufeffa.md", "a.md", "b.md"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(c.lines), 0o666); err != nil {
			t.Fatal(err)
		}
		var out ignores
		out.read(dir)
		for path, want := range expected(c.out, c.not) {
			got := out.by(filepath.Join(dir, filepath.FromSlash(path)), strings.HasSuffix(path, "/")) != ""
			if got != want {
				t.Errorf("%q: %s is left out: %v, want %v", c.lines, path, got, want)
			}
			if git, ok := gitIgnores(dir, path); ok && git != want {
				t.Errorf("%q: Git leaves %s out: %v, want %v", c.lines, path, git, want)
			}
		}
	}
}

func expected(out, not string) map[string]bool {
	all := map[string]bool{}
	for _, path := range strings.Fields(out) {
		all[path] = true
	}
	for _, path := range strings.Fields(not) {
		all[path] = false
	}
	return all
}

// gitIgnores asks Git about one path.
func gitIgnores(dir, path string) (ignored, ok bool) {
	if strings.HasSuffix(path, "/") && os.MkdirAll(filepath.Join(dir, path), 0o777) != nil {
		return false, false
	}
	c := exec.Command("git", "check-ignore", "-q", "--no-index", strings.TrimSuffix(path, "/"))
	c.Dir = dir
	if exec.Command("git", "-C", dir, "init", "-q").Run() != nil {
		return false, false
	}
	err := c.Run()
	return err == nil, err == nil || c.ProcessState != nil && c.ProcessState.ExitCode() == 1
}
