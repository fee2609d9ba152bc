package main

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// ignoreNames are the files that say what to leave out of a folder.
var ignoreNames = []string{".gitignore", ".bedsideignore"}

// leftOut are folders that other programs fill with files of others.
var leftOut = []string{"node_modules/", "vendor/"}

// An ignore is one line of such a file.
type ignore struct {
	dir     string   // the folder it stands in
	by      string   // the file
	parts   []string // the pattern between its slashes; ** is any number of folders
	folders bool     // it means folders only
	not     bool     // it takes back what a line before it left out
}

// ignores are the lines that hold in the folders walked so far. Of those that
// match, the last one counts.
type ignores []ignore

// ignoredAbove reads what holds for a folder from those above it, up to the
// root of the repository; where there is none, up to the folder of the pack.
// Like its rules, the home folder's lines are not used.
func (p *program) ignoredAbove(full string) *ignores {
	out := &ignores{}
	for _, line := range leftOut {
		out.add(full, "", line)
	}
	dirs, top := []string(nil), 0
	for dir := full; !p.isHome(dir); dir = filepath.Dir(dir) {
		dirs = append(dirs, dir)
		if exists(filepath.Join(dir, rulesName)) && top == 0 {
			top = len(dirs)
		}
		if exists(filepath.Join(dir, ".git")) {
			top = len(dirs)
			break
		}
		if filepath.Dir(dir) == dir {
			break
		}
	}
	for i := top - 1; i > 0; i-- { // the folder itself is read when it is walked
		out.read(dirs[i])
	}
	return out
}

func exists(file string) bool {
	_, err := os.Lstat(file)
	return err == nil
}

// read adds the lines of a folder. A file that cannot be read leaves nothing
// out: rather too many letters are checked than too few.
func (all *ignores) read(dir string) {
	for _, name := range ignoreNames {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		for line := range strings.Lines(strings.TrimPrefix(string(src), "\ufeff")) {
			all.add(dir, name, line)
		}
	}
}

// add adds one line, which means what it means to Git.
func (all *ignores) add(dir, by, line string) {
	line = strings.TrimRight(line, "\r\n")
	if cut := strings.TrimRight(line, " \t"); !strings.HasSuffix(cut, `\`) {
		line = cut
	}
	if line == "" || line[0] == '#' {
		return
	}
	i := ignore{dir: dir, by: by}
	line, i.not = strings.CutPrefix(line, "!")
	line, i.folders = strings.CutSuffix(line, "/")
	line = strings.ReplaceAll(line, "[!", "[^")
	if strings.Contains(line, "/") {
		i.parts = strings.Split(strings.TrimPrefix(line, "/"), "/")
	} else {
		i.parts = []string{"**", line} // at any depth
	}
	if i.parts[len(i.parts)-1] == "**" {
		i.parts = append(i.parts, "*") // all that is in the folder, but not the folder
	}
	*all = append(*all, i)
}

// by tells which file leaves a path out, in brackets; "" when none does.
func (all *ignores) by(full string, isFolder bool) string {
	for _, i := range slices.Backward(*all) {
		rel, err := filepath.Rel(i.dir, full)
		if err != nil || !filepath.IsLocal(rel) || i.folders && !isFolder || !matches(i.parts, strings.Split(filepath.ToSlash(rel), "/")) {
			continue
		}
		switch {
		case i.not:
			return ""
		case i.by == "":
			return "(by default; !" + filepath.Base(full) + "/ in .bedsideignore takes it back)"
		}
		return "(" + i.by + ")"
	}
	return ""
}

// matches reports whether the parts of a pattern match the parts of a path.
// Each ** takes as little as it can; only the last one has to take more when
// what follows does not fit.
func matches(pattern, names []string) bool {
	i, j := 0, 0
	star, taken := -1, 0
	for j < len(names) {
		switch {
		case i < len(pattern) && pattern[i] == "**":
			star, taken = i, j
			i++
		case i < len(pattern) && isLike(pattern[i], names[j]):
			i++
			j++
		case star >= 0:
			taken++
			i, j = star+1, taken
		default:
			return false
		}
	}
	return !slices.ContainsFunc(pattern[i:], func(part string) bool { return part != "**" })
}

// isLike reports whether one name matches one part; a part that means nothing
// matches nothing.
func isLike(part, name string) bool {
	ok, err := path.Match(part, name)
	return ok && err == nil
}
