package main

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"bedside/internal/report"
)

// git runs git in a folder and returns what it prints. It starts no shell, no
// pager, no hook and no other program that a repository asks for, writes
// nothing, and fetches nothing.
func git(dir string, args ...string) ([]byte, error) {
	path, err := exec.LookPath("git")
	if err != nil {
		return nil, refuse([]string{"Install git, and make sure that it is found: git --version"}, "this needs git, and there is none here")
	}
	c := exec.Command(path, append([]string{"-C", dir, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull}, args...)...)
	c.Env = append(slices.DeleteFunc(os.Environ(), namesRepository), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0")
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return nil, refuse(nil, "git says: %s", report.Clean(cmp.Or(strings.TrimPrefix(first, "fatal: "), err.Error())))
	}
	return out, nil
}

// namesRepository reports whether a variable of the environment says which
// repository git works on. Git sets them for its hooks; a folder that is asked
// about lies in its own repository, which may be a submodule.
func namesRepository(variable string) bool {
	name, _, _ := strings.Cut(variable, "=")
	return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"}, name)
}

// gitRoot is the top folder of the repository, worktree or submodule that a
// folder is in; "" when it is in none.
func gitRoot(dir string) string {
	for !exists(filepath.Join(dir, ".git")) {
		if filepath.Dir(dir) == dir {
			return ""
		}
		dir = filepath.Dir(dir)
	}
	return dir
}

// gitCommit is the commit that people mean by a revision: a branch, a tag,
// HEAD~3.
func gitCommit(root, rev string) (string, error) {
	if rev == "" || strings.HasPrefix(rev, "-") {
		return "", refuse([]string{"Name a branch, a tag or a commit: main, v1.2, HEAD~3"}, "“%s” is no branch, tag or commit", rev)
	}
	out, err := git(root, "rev-parse", "--verify", "--quiet", rev+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	if _, broken := git(root, "rev-parse", "--git-dir"); broken != nil { // no git, or no repository that it reads
		return "", broken
	}
	return "", refuse([]string{"Those that there are: git log --oneline --all. A copy made by CI often has the last commit only: fetch the rest first (fetch-depth: 0)."},
		"git knows no branch, tag or commit “%s” here", rev)
}

// gitLines are the entries of what git prints with -z.
func gitLines(out []byte) []string {
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 })
}
