package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bedside"
)

// starterRules is the rules.toml of a new office.
const starterRules = `# The rules of this office. Everything that is not said here is as in the program: see it with
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
`

func initCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "start your office's own letters and rules",
		Long: `Writes rules.toml and the folder templates/ with letters, fields, your office and sample people.
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
	if err := p.nothingThere(folder, names); err != nil {
		return err
	}
	for _, name := range names {
		content := []byte(starterRules)
		if name != rulesName {
			if content, err = fs.ReadFile(bedside.FS, name); err != nil {
				return err
			}
		}
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(p.full(filepath.Dir(file)), 0o777); err != nil {
			return refuse(nil, "cannot make the folder “%s”: %s", p.shown(filepath.Dir(file)), reason(err))
		}
		if err := p.write(file, content); err != nil {
			return err
		}
	}
	p.nextSteps(folder, names)
	return nil
}

// packFiles lists the files of a new pack.
func packFiles() ([]string, error) {
	names := []string{rulesName}
	err := fs.WalkDir(bedside.FS, "templates", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// nothingThere refuses to write over files; it lists them.
func (p *program) nothingThere(folder string, names []string) error {
	var there []string
	for _, name := range names {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if _, err := os.Lstat(p.full(file)); err == nil || !errors.Is(err, fs.ErrNotExist) {
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
		case name != rulesName:
			rest = append(rest, strings.TrimPrefix(name, "templates/"))
		}
	}
	fmt.Fprintf(p.out, "Created  %s", p.shown(filepath.Join(folder, rulesName)))
	for _, dir := range folders {
		fmt.Fprintf(p.out, "   %s (%s)", p.shown(filepath.Join(folder, dir)), count(letters[dir], "letter", "letters"))
	}
	fmt.Fprintf(p.out, "\n         in %s: %s\n", p.shown(filepath.Join(folder, "templates")), strings.Join(rest, ", "))
	check := "bedside check"
	if in := p.shown(folder); in != "." {
		check += " " + in
	}
	fmt.Fprintf(p.out, `Next     1. put your office's name and phone into %s
         2. %s     before you print
         3. bedside render LETTER -o page.html     see a letter as a page
`, p.shown(filepath.Join(folder, "templates", "practice.toml")), check)
}
