package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
)

// schemaName is the file that tells an editor what rules.toml may hold.
const schemaName = "rules.schema.json"

// starterRules is the rules.toml of a new office.
const starterRules = `#:schema ./rules.schema.json
# The rules of this office. Everything that is not said here is as in the program: see it with
#   bedside rules                every rule, and what it looks for
#   bedside explain ban.jargon   one rule: why it is there, examples, kinder words
# After a change:
#   bedside rules test           every rule still finds what it should
#   bedside check                every letter still is ready
extends = "bedside"

# To make a rule milder or stricter, name it and change what differs. Weights: error (must fix), warning (should fix),
# note (consider).
#
#   [ban.legalese]
#   severity = "error"
#
# To switch a rule off (say why, for those who come after you):
#
#   [require.language-help]
#   off = true     # our letters carry a printed insert in 15 languages
#
# To add words that your office does not want to use. Each phrase comes with kinder words, a sentence it must find
# (<< >> stand around the words) and a near miss that it must leave alone:
#
#   [[ban.jargon.phrase]]
#   find = ["super bill", "superbill"]
#   try  = "\"a list of your visit's charges\""
#   hit  = ["We enclose a <<superbill>>."]
#   ok   = ["We enclose a super easy form."]
#
# To print no letter that nobody has signed as it is (bedside approve LETTER --by NAME):
#
#   [approval]
#   required = true
`

func initCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "start your office's own letters and rules",
		Long: `Writes rules.toml, its schema for editors, and the folder templates/ with letters, fields, your
office and sample people.
Files that exist are never overwritten.`,
		Example: "bedside init\nbedside init letters/",
		Args:    atMost(1, "one folder"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.init(".")
			}
			return p.init(args[0])
		},
	}
}

// init writes a new pack into a folder.
func (p *program) init(folder string) error {
	if p.isHome(p.full(folder)) {
		return refuse([]string{"The rules of the home folder are never used, so that a check says the same for everyone.", "Write: bedside init letters"},
			"the home folder is no place for a pack")
	}
	names, err := packFiles()
	if err != nil {
		return err
	}
	if err := p.canBeFolder(folder); err != nil {
		return err
	}
	if err := p.nothingThere(folder, names); err != nil {
		return err
	}
	for i, name := range names {
		if err := p.unpack(folder, name); err != nil {
			for _, written := range names[:i] { // half a pack would pass for a whole one, and hold up the next init
				os.Remove(p.full(filepath.Join(folder, filepath.FromSlash(written))))
			}
			return err
		}
	}
	p.nextSteps(folder, names)
	return nil
}

// unpack writes one file of a new pack.
func (p *program) unpack(folder, name string) error {
	content, err := packFile(name)
	if err != nil {
		return err
	}
	file := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(p.full(filepath.Dir(file)), 0o777); err != nil {
		return refuse(nil, "cannot make the folder “%s”: %s", p.shown(filepath.Dir(file)), reason(err))
	}
	return p.write(file, content, forAll)
}

// packFiles lists the files of a new pack.
func packFiles() ([]string, error) {
	names := []string{rulesName, schemaName}
	err := fs.WalkDir(bedside.FS, "templates", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// packFile is what a file of a new pack holds.
func packFile(name string) ([]byte, error) {
	switch name {
	case rulesName:
		return []byte(starterRules), nil
	case schemaName:
		return rulesSchema()
	}
	return fs.ReadFile(bedside.FS, name)
}

// canBeFolder refuses a folder that is something else, or would be below
// something else.
func (p *program) canBeFolder(folder string) error {
	wayOut := []string{"Write: bedside init FOLDER   For this folder: bedside init"}
	if folder == "" {
		return refuse(wayOut, "the name of the folder is empty")
	}
	for at := p.full(folder); ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		switch {
		case err == nil && info.IsDir(), filepath.Dir(at) == at:
			return nil
		case err == nil:
			return refuse(wayOut, "“%s” is a file, not a folder", p.shown(p.relative(at)))
		case isDangling(at):
			return refuse(wayOut, "“%s” is a link to nothing", p.shown(p.relative(at)))
		}
	}
}

// nothingThere refuses to write over files; it lists them.
func (p *program) nothingThere(folder string, names []string) error {
	var there []string
	for _, name := range names {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if exists(p.full(file)) {
			there = append(there, p.shown(file))
		}
	}
	if len(there) == 0 {
		return nil
	}
	lines := append(there, "Nothing was written. To start in another folder: bedside init FOLDER")
	return refuse(lines, "%s here already:", count(len(there), "file is", "files are"))
}

// nextSteps says what was written and what to do now.
func (p *program) nextSteps(folder string, names []string) {
	letters := map[string]int{}
	var folders, rest []string
	for _, name := range names {
		dir := filepath.ToSlash(filepath.Dir(filepath.FromSlash(name)))
		switch {
		case isLetter(name):
			if letters[dir] == 0 {
				folders = append(folders, dir)
			}
			letters[dir]++
		case name != rulesName && name != schemaName:
			rest = append(rest, strings.TrimPrefix(name, "templates/"))
		}
	}
	show := func(name ...string) string {
		return report.Clean(p.shown(filepath.Join(append([]string{folder}, name...)...)))
	}
	fmt.Fprintf(p.out, "Created  %s   %s (for editors)", show(rulesName), show(schemaName))
	for _, dir := range folders {
		fmt.Fprintf(p.out, "   %s (%s)", show(dir), count(letters[dir], "letter", "letters"))
	}
	fmt.Fprintf(p.out, "\n         in %s: %s\n", show("templates"), strings.Join(rest, ", "))
	check, look, all := "bedside check", "bedside preview", "bedside render --all"
	if in := lint.Typed(show()); in != "." {
		check += " " + in
		look += " " + in
		all += " --config " + in
	}
	fmt.Fprintf(p.out, `Next     1. put your office's name and phone into %s
         2. %s     before you print
         3. %s     to see your letters in the browser, and print them
         4. %s -o out     a page of each, to keep
`, show("templates", "practice.toml"), check, look, all)
}
