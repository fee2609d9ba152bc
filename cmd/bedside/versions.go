package main

import (
	"os/exec"
	"path/filepath"
	"strings"

	"bedside/lint/letter"
)

// versions are those that git keeps of a letter's file. Only git's plumbing is
// asked: it starts no filter.
type versions struct{ dir, path string }

// versions finds git, and the repository that a file is in.
func (p *program) versions(file string) (*versions, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, refuse([]string{"Install git, or compare two pages by eye: bedside render LETTER -o FILE"}, "older versions of a letter are read from git, and there is no git on this computer")
	}
	v := &versions{filepath.Dir(file), "./" + filepath.Base(file)}
	if gitRoot(v.dir) == "" {
		return nil, refuse([]string{"To keep them, in the folder of rules.toml: git init, git add ., git commit"}, "“%s” is in no git repository, so it has no older versions", p.shown(file))
	}
	if _, err := git(v.dir, "rev-parse", "--git-dir"); err != nil { // one that git does not read
		return nil, err
	}
	return v, nil
}

// commit is the commit that somebody calls rev.
func (v *versions) commit(rev string) (string, error) { return gitCommit(v.dir, rev) }

// at is the letter as it was in a commit; ok is false when it was not there,
// or was no letter.
func (v *versions) at(commit string) (src []byte, ok bool) {
	src, err := git(v.dir, "cat-file", "blob", commit+":"+v.path)
	return src, err == nil && len(src) <= letter.MaxSize
}

// commits are those that have changed the letter, the newest first.
func (v *versions) commits() []string {
	out, err := git(v.dir, "--literal-pathspecs", "rev-list", "--full-history", "HEAD", "--", v.path)
	if err != nil {
		return nil
	}
	return strings.Fields(string(out))
}
