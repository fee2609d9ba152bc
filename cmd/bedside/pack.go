package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bedside"
	"bedside/internal/strict"
	"bedside/lint"
)

// rulesName is the file that makes a folder a pack.
const rulesName = "rules.toml"

// An office is the pack that letters are held to, and where it was found.
type office struct {
	*lint.Pack
	fsys    fs.FS  // the pack's folder
	dir     string // its path, "" for the built-in pack
	rules   string // its rules.toml as people read it; "built-in"
	aside   string // why it is the built-in one
	builtin bool
}

// name is what a summary calls the rules.
func (o *office) name() string {
	if o.builtin {
		return "built-in rules"
	}
	return o.rules
}

// office opens the pack that letters in a folder are held to: that of
// --config, else the nearest one above the folder, else the built-in one.
func (p *program) office(from string) (*office, error) {
	o := &office{fsys: bedside.FS, rules: "built-in", builtin: true}
	file, err := p.rulesFor(from)
	if err != nil {
		return nil, err
	}
	if file == "" {
		o.aside = "(no rules.toml found above " + folder(p.shown(from)) + ")"
	} else {
		o.dir, o.rules, o.builtin = filepath.Dir(file), p.shown(p.relative(file)), false
		o.fsys = packFS{os.DirFS(o.dir), filepath.Base(file)}
	}
	o.Pack, err = lint.Open(o.fsys, bedside.FS)
	if err != nil {
		return nil, p.packError(o, err)
	}
	return o, nil
}

// rulesFor returns the path of the rules.toml for letters in a folder; "" is
// the built-in one.
func (p *program) rulesFor(from string) (string, error) {
	if p.config == "" {
		return p.nearestRules(p.full(from)), nil
	}
	file := p.full(p.config)
	info, err := os.Stat(file)
	if err == nil && info.IsDir() {
		file = filepath.Join(file, rulesName)
		_, err = os.Stat(file)
	}
	if err != nil {
		return "", refuse([]string{"--config takes a rules.toml or the folder it is in; without it the nearest one above the letters is used"},
			"cannot read the rules of “%s”: %s", p.config, reason(err))
	}
	return file, nil
}

// nearestRules looks for rules.toml in a folder and those above it, up to the
// root of the repository. The home folder is passed over: what an office's
// check says must not depend on who runs it.
func (p *program) nearestRules(dir string) string {
	for {
		file := filepath.Join(dir, rulesName)
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && !p.isHome(dir) {
			return file
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || filepath.Dir(dir) == dir {
			return ""
		}
		dir = filepath.Dir(dir)
	}
}

// isHome reports whether a folder is the home folder of the user.
func (p *program) isHome(dir string) bool {
	home, err := os.Stat(cmp.Or(p.env("HOME"), p.env("USERPROFILE")))
	if err != nil {
		return false
	}
	info, err := os.Stat(dir)
	return err == nil && os.SameFile(home, info)
}

// packError names the file of a fault as the user would type it.
func (p *program) packError(o *office, err error) error {
	var fault *strict.Error
	if !errors.As(err, &fault) {
		return err
	}
	here := *fault
	_, missing := fs.Stat(o.fsys, fault.File)
	switch {
	case strings.HasPrefix(fault.File, "built-in "):
	case o.builtin || missing != nil: // the pack has no such file of its own
		here.File = "built-in " + fault.File
	case fault.File == rulesName:
		here.File = o.rules
	default:
		here.File = p.shown(p.relative(filepath.Join(o.dir, filepath.FromSlash(fault.File))))
	}
	return &here
}

// folder writes a path so that it is seen to be a folder.
func folder(path string) string {
	if path == "." {
		return "this folder"
	}
	return path + "/"
}

// packFS is the folder of a pack whose rules file may have another name.
type packFS struct {
	fs.FS
	rules string
}

func (f packFS) Open(name string) (fs.File, error) {
	if name == rulesName {
		name = f.rules
	}
	return f.FS.Open(name)
}

// place says where a rule is set, as the user would open it; "" is the program
// itself.
func (o *office) place(r *lint.Rule) string {
	file, line := r.Place()
	if file == "" {
		return ""
	}
	return fmt.Sprintf("%s:%d", o.shownFile(file), line)
}

// shownFile is the file of a rule as the user would open it.
func (o *office) shownFile(file string) string {
	switch {
	case file == rulesName && o.builtin:
		return "built-in " + rulesName
	case file == rulesName:
		return o.rules
	}
	return file
}

// proofAt says where an example of a rule stands: the first line from the
// rule on that has it.
func (o *office) proofAt(f lint.Failure) string {
	file, line := f.Rule.Place()
	fsys := o.fsys
	if file != rulesName {
		fsys = bedside.FS
	}
	src, err := fs.ReadFile(fsys, rulesName)
	if err != nil {
		return o.place(f.Rule)
	}
	written := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(f.Sentence)
	for i, text := range strings.Split(string(src), "\n") {
		if i+1 >= line && (strings.Contains(text, f.Sentence) || strings.Contains(text, written)) {
			line = i + 1
			break
		}
	}
	return fmt.Sprintf("%s:%d", o.shownFile(file), line)
}
