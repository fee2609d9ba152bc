package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"bedside/internal/approval"
)

// A history tells which files have changed since a revision of the repository
// of the working folder: committed, staged or not, or not known to git at all.
// Of a submodule the revision is the commit that belonged to it then.
type history struct {
	root    string                  // of that repository
	repos   map[string]*repoChanges // by root
	folders map[string]realFolder   // by folder as it is named
}

// A realFolder is a folder behind all links, and the repository it is in.
type realFolder struct{ path, root string }

// repoChanges are the changes of one repository. One that was not there at the
// revision tracks nothing: all that it has is new.
type repoChanges struct {
	root, commit     string
	differs, tracked map[string]bool // by path below root, written with /
}

// historySince begins to look at the changes since a revision.
func (p *program) historySince(rev string) (*history, error) {
	h := &history{repos: map[string]*repoChanges{}, folders: map[string]realFolder{}}
	here := h.folder(p.dir)
	if h.root = here.root; h.root == "" {
		return nil, refuse([]string{"Change to a folder of the repository first, or leave --since out: then all letters are checked."}, "this folder is in no git repository, so nothing tells what changed since “%s”", rev)
	}
	commit, err := gitCommit(h.root, rev)
	if err != nil {
		return nil, err
	}
	h.repos[h.root], err = changesSince(h.root, commit)
	return h, err
}

// errOutside is the error of a file in another repository, or in none.
var errOutside = errors.New("it is outside of the repository of this folder")

// folder looks a folder up.
func (h *history) folder(dir string) realFolder {
	f, known := h.folders[dir]
	if !known {
		f.path = dir
		if path, err := filepath.EvalSymlinks(dir); err == nil {
			f.path = path
		}
		f.root = gitRoot(f.path)
		h.folders[dir] = f
	}
	return f
}

// changesSince compares the files of a repository with a commit.
func changesSince(root, commit string) (*repoChanges, error) {
	c := &repoChanges{root: root, commit: commit, differs: map[string]bool{}, tracked: map[string]bool{}}
	if commit == "" {
		return c, nil
	}
	// Of a file with a new name both names are told; what a submodule has changed it tells itself.
	differs, err := git(root, "diff", "--name-only", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", commit, "--")
	if err != nil {
		return nil, err
	}
	tracked, err := git(root, "ls-files", "-z")
	if err != nil {
		return nil, err
	}
	for _, name := range gitLines(differs) {
		c.differs[name] = true
	}
	for _, name := range gitLines(tracked) {
		c.tracked[name] = true
	}
	return c, nil
}

// repo returns the changes of the repository at a root: that of the history,
// or one inside it.
func (h *history) repo(root string) (*repoChanges, error) {
	if c := h.repos[root]; c != nil {
		return c, nil
	}
	if root == "" || filepath.Dir(root) == root {
		return nil, errOutside
	}
	around, err := h.repo(gitRoot(filepath.Dir(root)))
	if err != nil {
		return nil, err
	}
	commit, err := around.submodule(root)
	if err != nil {
		return nil, err
	}
	h.repos[root], err = changesSince(root, commit)
	return h.repos[root], err
}

// submodule is the commit that a repository at a root inside this one had at
// the revision; "" when it had none, or has not fetched it.
func (c *repoChanges) submodule(root string) (string, error) {
	rel, err := filepath.Rel(c.root, root)
	if err != nil || c.commit == "" {
		return "", err
	}
	out, err := git(c.root, "--literal-pathspecs", "ls-tree", "-z", c.commit, "--", filepath.ToSlash(rel))
	if err != nil {
		return "", err
	}
	entry, _, _ := strings.Cut(string(out), "\t") // "160000 commit 3f2a…"
	fields := strings.Fields(entry)
	if len(fields) != 3 || fields[1] != "commit" {
		return "", nil
	}
	if commit, err := gitCommit(root, fields[2]); err == nil {
		return commit, nil
	}
	return "", nil
}

// changed reports whether a file has changed. A link has when it leads
// elsewhere now, and when what it leads to has changed; what that is outside of
// the repository nobody knows. The error is errOutside for a file that is.
func (h *history) changed(full string) (bool, error) {
	changed, err := h.entryChanged(full)
	if err != nil || changed {
		return changed, err
	}
	if info, err := os.Lstat(full); err != nil || info.Mode()&os.ModeSymlink == 0 {
		return false, nil
	}
	target, err := filepath.EvalSymlinks(full)
	if err != nil {
		return true, nil
	}
	changed, err = h.entryChanged(target)
	if err == errOutside {
		return true, nil
	}
	return changed, err
}

func (h *history) entryChanged(full string) (bool, error) {
	in := h.folder(filepath.Dir(full))
	c, err := h.repo(in.root)
	if err != nil {
		return false, err
	}
	name, err := filepath.Rel(c.root, filepath.Join(in.path, filepath.Base(full)))
	if err != nil {
		return false, err
	}
	name = filepath.ToSlash(name)
	return c.differs[name] || !c.tracked[name] && exists(full), nil
}

// was is a file as it was at the revision; nothing when it was not there.
func (h *history) was(full string) []byte {
	in := h.folder(filepath.Dir(full))
	c, err := h.repo(in.root)
	if err != nil || c.commit == "" {
		return nil
	}
	name, err := filepath.Rel(c.root, filepath.Join(in.path, filepath.Base(full)))
	if err != nil {
		return nil
	}
	src, _ := git(c.root, "cat-file", "blob", c.commit+":./"+filepath.ToSlash(name))
	return src
}

// A scope is which of the chosen letters a run with --since has checked.
type scope struct {
	rev   string
	left  []source // those that it has not
	twins int      // how many of those checked have not changed themselves
	whole string   // why all were checked, or ""
}

// narrow leaves the letters that have changed since --since, with their twins:
// two letters that say the same have to be looked at together.
func (k *check) narrow() error {
	if k.own {
		return refuse([]string{"To check yours: bedside check FOLDER --since " + k.scope.rev}, "these letters are inside the program, and git does not know them")
	}
	h, err := k.historySince(k.scope.rev)
	if err != nil {
		return err
	}
	if k.scope.whole, err = k.otherRules(h); err != nil || k.scope.whole != "" {
		return err
	}
	signed, err := k.signedSince(h)
	if err != nil {
		return err
	}
	changed, twins := make([]bool, len(k.letters)), map[string]bool{}
	for i, l := range k.letters {
		if changed[i] = l.in; !l.in { // what comes in by standard input is not known to git
			if changed[i], err = h.changed(l.full); err == errOutside {
				return refuse([]string{"Change to the folder of its repository first, or leave --since out: then all letters are checked."}, "git does not know “%s”: %s", l.path, err)
			} else if err != nil {
				return err
			}
		}
		changed[i] = changed[i] || signed[k.office.nameOf(l.full)]
		if of := k.office.TwinsOf(l.path); changed[i] && of != "" {
			twins[of] = true
		}
	}
	var checked []source
	for i, l := range k.letters {
		switch {
		case changed[i]:
			checked = append(checked, l)
		case twins[k.office.TwinsOf(l.path)]:
			checked = append(checked, l)
			k.scope.twins++
		default:
			k.scope.left = append(k.scope.left, l)
		}
	}
	k.letters = checked
	return nil
}

// otherRules says why letters that have not changed may be found to say
// something else: a file of the pack has changed; "" when none has.
func (k *check) otherRules(h *history) (string, error) {
	for _, file := range k.office.judges() {
		changed, err := h.changed(file)
		switch {
		case err == errOutside:
			return k.shown(k.relative(file)) + " is outside of the repository", nil
		case err != nil:
			return "", err
		case changed:
			return k.shown(k.relative(file)) + " has changed since " + k.scope.rev, nil
		}
	}
	return "", nil
}

// judges are the files of a pack that decide what is found in a letter.
func (o *office) judges() []string {
	if o.builtin {
		return nil
	}
	files := []string{o.file, filepath.Join(o.dir, "templates", "fields.toml"), filepath.Join(o.dir, "templates", "practice.toml")}
	if o.ApprovalRequired { // which is given for the page as well
		files = append(files, filepath.Join(o.dir, "templates", "letter.html"), filepath.Join(o.dir, "templates", "letter.css"))
	}
	return files
}

// signedSince names the letters of which approvals.toml says something else
// than at the revision, where that decides what is found in them. What could
// not be read then has said nothing.
func (k *check) signedSince(h *history) (map[string]bool, error) {
	o := k.office
	if !o.ApprovalRequired {
		return nil, nil
	}
	file := filepath.Join(o.dir, approval.FileName)
	if changed, err := h.changed(file); err != nil || !changed {
		return nil, err
	}
	was, _ := approval.Parse(approval.FileName, h.was(file))
	signed := map[string]bool{}
	for _, name := range slices.Concat(was.Letters(), o.register.book.Letters()) {
		signed[name] = was[name].Seal.Sum != o.register.book[name].Seal.Sum
	}
	return signed, nil
}

// says which letters were checked; "" where --since is not asked for.
func (s *scope) says(k *check) string {
	all := count(len(k.letters)+len(s.left), "letter", "letters")
	switch {
	case s.rev == "":
		return ""
	case s.whole != "":
		return "All letters were checked: " + s.whole
	case len(k.letters) == 0:
		return fmt.Sprintf("no letter changed since %s (%s)", s.rev, all)
	case s.twins > 0:
		return fmt.Sprintf("Checked %d of %s: those changed since %s, with %s", len(k.letters), all, s.rev, count(s.twins, "twin", "twins"))
	}
	return fmt.Sprintf("Checked %d of %s: changed since %s", len(k.letters), all, s.rev)
}

// tell prints it.
func (s *scope) tell(k *check) {
	switch says := s.says(k); {
	case says == "":
	case len(k.letters) == 0 && s.whole == "":
		k.tell("✓ %s", says)
	default:
		k.tell("  %s", says)
	}
}
