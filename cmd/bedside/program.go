package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"bedside/internal/report"
	"bedside/internal/strict"
	"bedside/lint"
)

// A program is what a command may use of the world.
type program struct {
	in       io.Reader
	out, err io.Writer
	dir      string // the working folder, absolute
	env      func(name string) string
	since    func() time.Time
	clicked  bool // it was started by a double click, on Windows

	color  string // --color
	config string // --config
	date   string // --date, a day
	helped error  // why help could not be written
}

// commands are all commands, in the order of the help text. A new command is
// one file and one line here.
var commands = []func(*program) *cobra.Command{
	checkCommand,
	watchCommand,
	renderCommand,
	previewCommand,
	approveCommand,
	approvalsCommand,
	diffCommand,
	explainCommand,
	rulesCommand,
	fieldsCommand,
	initCommand,
	versionCommand,
}

// Exit codes. There are no others.
const (
	exitClean    = 0
	exitFindings = 1 // there is something to fix
	exitRefused  = 2 // bedside could not do what was asked
)

// errFindings ends a command with exit code 1; all there is to say was said.
var errFindings = errors.New("there are findings")

// A refusal is why something could not be done, and the way out.
type refusal struct {
	message string   // lower case, no full stop
	lines   []string // what to do instead, one a line
}

func (r *refusal) Error() string { return r.message }

func refuse(wayOut []string, format string, args ...any) *refusal {
	return &refusal{fmt.Sprintf(format, args...), wayOut}
}

// run does what the arguments ask for and returns the exit code.
func (p *program) run(args []string) int {
	root := p.root()
	root.SetArgs(args)
	err := cmp.Or(root.Execute(), p.helped)
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	}
	p.explainError(err)
	if p.clicked {
		p.keepOpen()
	}
	return exitRefused
}

// explainError says on stderr what went wrong and what to do.
func (p *program) explainError(err error) {
	p.tell("✗ %s", err)
	var fault *strict.Error
	if errors.As(err, &fault) {
		for line := range strings.Lines(fault.Detail()) {
			p.tell("%s", strings.TrimSuffix(line, "\n"))
		}
	}
	var why *refusal
	if errors.As(err, &why) {
		for _, line := range why.lines {
			p.tell("  %s", line)
		}
	}
}

// tell prints one line on stderr. What is told has names of files in it, and
// they can have anything in them.
func (p *program) tell(format string, args ...any) {
	fmt.Fprintln(p.err, report.Clean(fmt.Sprintf(format, args...)))
}

// colorTimes are the values of --color.
var colorTimes = []string{"auto", "always", "never"}

// root builds the command line.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "bedside",
		Short: "Bedside checks medical billing letters for compassion and makes pages of the ready ones.",
		Example: `bedside check letter.md          what to change, where, and to what
bedside check                    every letter of this folder's pack
bedside render letter.md -o letter.html
bedside explain ban.threat       why, and kinder words
bedside init                     start your office's own letters`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE:          func(c *cobra.Command, args []string) error { return p.noCommand(c, args) },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.PersistentFlags().StringVar(&p.color, "color", "auto", "colours; `WHEN` is auto, always or never")
	complete(root, "color", colorTimes...)
	root.PersistentFlags().StringVar(&p.config, "config", "", "take the rules from this `FILE`, not from the nearest rules.toml above the letters")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { p.helped = help(c) }) // cobra has no room for an error
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if p.config == "" && c.Flags().Changed("config") {
			return refuse([]string{"Write --config FILE, or leave it out: then the nearest rules.toml above the letters is used."}, "--config names no file")
		}
		return oneOf("--color", p.color, colorTimes)
	}
	for _, command := range commands {
		root.AddCommand(command(p))
	}
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Use, c.Short = "help [COMMAND]", "tell about a command"
			c.Long = ""
			c.RunE = helpOn
		case "completion":
			c.Short = "print what your shell needs to complete commands (bash, zsh, fish, powershell)"
			c.Args, c.RunE = cobra.ArbitraryArgs, noCompletion
			c.Use, c.Long = "completion SHELL", "bedside completion SHELL --help says where to put what is printed."
			for _, shell := range c.Commands() {
				shell.Short, shell.Args = "for "+shell.Name(), atMost(0, "")
			}
		}
	}
	return root
}

// noCommand answers a bare bedside, and words that are no command.
func (p *program) noCommand(c *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 && p.clicked:
		return p.clickedPreview()
	case len(args) == 0:
		return c.Help()
	}
	if _, err := os.Stat(p.full(args[0])); err == nil {
		return refuse([]string{"To check it: bedside check " + lint.Typed(args[0])}, "“%s” is not a command", args[0])
	}
	names := namesBelow(c)
	return refuse([]string{"All commands: bedside help"}, "“%s” is not a command%s", args[0], hint(args[0], names))
}

// full is the path of a file for the operating system.
func (p *program) full(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(p.dir, path)
}

// shown is a path as people read it: with /, relative to the working folder
// where it lies below it or was given so.
func (p *program) shown(path string) string {
	if rel := p.relative(path); filepath.IsLocal(rel) || !filepath.IsAbs(path) {
		path = rel
	}
	return filepath.ToSlash(path)
}

// relative is a path as seen from the working folder.
func (p *program) relative(path string) string {
	rel, err := filepath.Rel(p.dir, p.full(path))
	if err != nil {
		return path // on another drive
	}
	return rel
}

// paints reports whether w gets colours.
func (p *program) paints(w io.Writer) bool {
	switch {
	case p.color != "auto":
		return p.color == "always"
	case p.env("NO_COLOR") != "":
		return false
	case p.env("CLICOLOR_FORCE") != "" && p.env("CLICOLOR_FORCE") != "0":
		return true
	}
	return isTerminal(w) && p.env("TERM") != "dumb" && allowColor(w)
}

// options are how to print on stdout.
func (p *program) options() report.Options { return p.optionsFor(p.out) }

func (p *program) optionsFor(w io.Writer) report.Options {
	o := report.Options{Color: p.paints(w)}
	if f, ok := w.(descriptor); ok && isTerminal(f) {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			o.Width = min(width, 120) // longer lines are hard to read
		}
	}
	return o
}

// A descriptor is a file of the operating system.
type descriptor interface{ Fd() uintptr }

func isTerminal(file any) bool {
	f, ok := file.(descriptor)
	return ok && term.IsTerminal(int(f.Fd()))
}

// reasonOf is the reason why a file could not be read.
func reasonOf(file string, err error) string {
	if isDangling(file) {
		return "it is a link to nothing"
	}
	return reason(err)
}

// isDangling reports whether a file is a link to nothing.
func isDangling(file string) bool {
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	_, err := os.Lstat(file)
	return err == nil
}

// reason is what the operating system says about an error, without the path.
func reason(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return strings.TrimSpace(err.Error())
}
