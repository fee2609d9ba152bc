package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"bedside"
	"bedside/internal/approval"
	"bedside/internal/render"
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
	file    string // the path of its rules.toml
	rules   string // its rules.toml as people read it; "built-in"
	aside   string // why it is the built-in one
	builtin bool

	register *register // what was approved; nil when nobody asked, and of the built-in pack
}

// name is what a summary calls the rules.
func (o *office) name() string {
	if o.builtin {
		return "built-in rules"
	}
	return o.rules
}

// provenance is what a summary says of the rules: which they are, and why the
// built-in ones.
func (o *office) provenance() string {
	line := fmt.Sprintf("%s v%d", o.name(), o.Version)
	if o.aside != "" {
		line += "  " + o.aside
	}
	return line
}

// owns reports whether a file is one of the pack's own: nothing that bedside
// makes may take its place.
func (o *office) owns(full string) bool {
	if o.builtin {
		return false
	}
	own := append(filesBeside(o.dir), o.file, filepath.Join(o.dir, approval.FileName))
	return slices.ContainsFunc(own, func(file string) bool { return sameFile(full, file) })
}

// filesBeside are the files of a pack besides its rules and letters.
func filesBeside(dir string) []string {
	var files []string
	for _, name := range []string{"fields.toml", "practice.toml", "people.toml", "letter.html", "letter.css"} {
		files = append(files, filepath.Join(dir, "templates", name))
	}
	return files
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
		o.file, o.dir, o.rules, o.builtin = file, filepath.Dir(file), p.shown(p.relative(file)), false
		o.fsys = packFS{os.DirFS(o.dir), o.dir, filepath.Base(file)}
	}
	o.Pack, err = lint.Open(o.fsys, bedside.FS)
	if err != nil {
		return nil, p.packError(o, err)
	}
	o.Today, err = p.today()
	return o, err
}

// officeOf opens the one pack that all folders belong to.
func (p *program) officeOf(folders []string) (*office, error) {
	if len(folders) == 0 {
		folders = []string{p.dir}
	}
	first, err := p.rulesFor(folders[0])
	if err != nil {
		return nil, err
	}
	for _, dir := range folders[1:] {
		if other, err := p.rulesFor(dir); err == nil && other != first {
			return nil, refuse([]string{"Check them one pack at a time, or name the rules for all of them: --config rules.toml"},
				"these letters belong to two packs: %s and %s", packName(p, first), packName(p, other))
		}
	}
	return p.office(folders[0])
}

func packName(p *program, rules string) string {
	if rules == "" {
		return "the built-in rules"
	}
	return p.shown(p.relative(rules))
}

// checkPeople holds the people of a pack to its fields: their values have to
// fit, and their figures to add up. Those of the program are held by its tests.
func (p *program) checkPeople(o *office) error {
	if _, err := fs.Stat(o.fsys, "templates/people.toml"); o.builtin || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := render.Open(o.fsys, bedside.FS, o.Dictionary, o.Practice); err != nil {
		return p.packError(o, err)
	}
	return nil
}

// rulesFor returns the path of the rules.toml for letters in a folder; "" is
// the built-in one.
func (p *program) rulesFor(from string) (string, error) {
	if p.config == "" {
		return p.nearestRules(p.full(from))
	}
	file := p.full(p.config)
	info, err := os.Stat(file)
	if err == nil && info.IsDir() {
		file = filepath.Join(file, rulesName)
		if info, err = os.Stat(file); err == nil && info.IsDir() {
			return "", p.notRules(file)
		}
	}
	if err != nil {
		return "", refuse([]string{"--config takes a rules.toml or the folder it is in; without it the nearest one above the letters is used"},
			"cannot read the rules of “%s”: %s", p.config, reasonOf(file, err))
	}
	return file, nil
}

// nearestRules looks for rules.toml in a folder and those above it, up to the
// root of the repository. The home folder is passed over: what an office's
// check says must not depend on who runs it. A rules.toml that cannot be read
// is no reason to take others: nobody would notice.
func (p *program) nearestRules(dir string) (string, error) {
	for {
		file := filepath.Join(dir, rulesName)
		if exists(file) && !p.isHome(dir) {
			if info, err := os.Stat(file); err != nil || !info.Mode().IsRegular() {
				return "", p.notRules(file)
			}
			return file, nil
		}
		if exists(filepath.Join(dir, ".git")) || filepath.Dir(dir) == dir {
			return "", nil
		}
		dir = filepath.Dir(dir)
	}
}

// notRules refuses a rules.toml that is not a file.
func (p *program) notRules(file string) error {
	what := "is not a file"
	info, err := os.Stat(file)
	switch {
	case isDangling(file):
		what = "is a link to nothing"
	case err != nil:
		what = "cannot be read: " + reason(err)
	case info.IsDir():
		what = "is a folder, not a file"
	}
	return refuse([]string{"Mend or remove it, or say which rules to use: --config FILE", "Other rules are not taken in its place: they could say something else about your letters."},
		"“%s” %s", p.shown(p.relative(file)), what)
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
	var file *fs.PathError
	switch {
	case errors.As(err, &fault):
	case errors.As(err, &file) && !o.builtin:
		name := file.Path
		if !filepath.IsAbs(name) {
			name = filepath.Join(o.dir, filepath.FromSlash(name))
		}
		return refuse([]string{"Mend it. Or remove it: then the one inside the program is used."}, "cannot read “%s”: %s", p.shown(p.relative(name)), file.Err)
	default:
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
	if !utf8.ValidString(here.Src) {
		return inOtherSigns(here)
	}
	return &here
}

// inOtherSigns says of a file that is not UTF-8 what it is: office programs
// save Windows-1252, or UTF-16.
func inOtherSigns(fault strict.Error) error {
	const wayOut = "save it as UTF-8 (“Save as”, encoding “UTF-8”)"
	if strings.HasPrefix(fault.Src, "\xff\xfe") || strings.HasPrefix(fault.Src, "\xfe\xff") {
		return refuse(nil, "%s is UTF-16, not UTF-8: %s", fault.File, wayOut)
	}
	at := 0
	for {
		r, n := utf8.DecodeRuneInString(fault.Src[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	fault.Place = strict.Place{Offset: at, Length: 1}
	fault.Src = fault.Src[:at] + strings.ToValidUTF8(fault.Src[at:], "\ufffd")
	fault.Message = "this character is not UTF-8; the file is probably Windows-1252: " + wayOut
	return &fault
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
	dir, rules string
}

func (f packFS) Open(name string) (fs.File, error) {
	if name == rulesName {
		name = f.rules
	}
	file, err := f.FS.Open(name)
	if err != nil && isDangling(filepath.Join(f.dir, filepath.FromSlash(name))) { // not missing: broken
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is a link to nothing")}
	}
	return file, err
}

// otherPacks are the folders below those chosen whose rules were not used,
// though nobody said which to use.
func (p *program) otherPacks(s *selection, o *office) []string {
	if p.config != "" {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(s.packs), func(dir string) bool { return p.full(dir) == o.dir })
}

// notice tells of packs that were not used, and the command that uses them.
func (p *program) notice(dirs []string, command string) {
	for _, dir := range dirs {
		p.tell("  %s has a rules.toml of its own, which was not used here: %s %s", dir, command, lint.Typed(dir))
	}
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
