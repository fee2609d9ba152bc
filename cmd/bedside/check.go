package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bedside/internal/report"
)

// A check is one run of bedside check.
type check struct {
	*program
	format        string
	reports       []string // FORMAT=FILE
	failOn        string
	maxWarnings   int // -1: any number
	baselinePath  string
	rebase        bool // write the baseline anew
	fix, diff     bool
	language      string
	stdinFilename string
	quiet, loud   bool
	noWaivers     bool

	office   *office
	baseline *baseline // or nil
	scope    scope
	letters  []source
	own      bool // the letters are the program's own
	unread   []error
	summary  report.Summary
	begun    time.Time
	noticed  []string // packs below the folder that were not used
	left     []string // what .gitignore and .bedsideignore left out
	fileRuns []fileRun
	step     *stepSummary // nil outside of GitHub
}

// failLevels are the values of --fail-on.
var failLevels = []string{"error", "warning", "note", "never"}

func checkCommand(p *program) *cobra.Command {
	k := &check{program: p}
	c := &cobra.Command{
		Use:     "check [PATH...]",
		Aliases: []string{"lint"},
		Short:   "say what to change in letters, why, and to what",
		Long: `PATH is a letter, a folder of letters, or - for standard input. Without one, the letters of the
pack are checked: the templates folder beside the nearest rules.toml. In a folder, what
.gitignore or .bedsideignore names is left out, and so are vendor and node_modules.

Formats
` + formatList(),
		Example: `bedside check letter.md
bedside check templates/ --fail-on warning
bedside check --report json=result.json
bedside check - --stdin-filename draft.md < draft.md`,
		RunE: func(c *cobra.Command, args []string) error {
			if err := given(c, "baseline", "since", "date"); err != nil {
				return err
			}
			if c.Flags().Changed("stdin-filename") && !slices.Contains(args, "-") {
				return refuse([]string{"Write: bedside check - --stdin-filename NAME"}, "--stdin-filename names the letter from standard input, and no argument is -, which stands for it")
			}
			if err := alone(c, "fix", "format", "report", "fail-on", "max-warnings", "baseline", "write-baseline"); err != nil {
				return err
			}
			return k.run(args)
		},
	}
	f := c.Flags()
	f.StringVar(&k.format, "format", "text", "how to print findings; `FORMAT` is one of those above")
	complete(c, "format", report.Names()...)
	f.StringArrayVar(&k.reports, "report", nil, "also write findings to a file: `FORMAT=FILE`; may be repeated")
	f.StringVar(&k.failOn, "fail-on", "error", "end with exit code 1 from `WEIGHT` on: error (must fix), warning (should fix), note (consider), or never")
	complete(c, "fail-on", failLevels...)
	f.IntVar(&k.maxWarnings, "max-warnings", -1, "end with exit code 1 when more than `N` should be fixed, whatever --fail-on says; -1 is no bound")
	f.StringVar(&k.baselinePath, "baseline", "", "accept what this `FILE` lists, and fail only on what is new")
	f.BoolVar(&k.rebase, "write-baseline", false, "write the file of --baseline anew: all that is found today is accepted")
	f.StringVar(&k.scope.rev, "since", "", "check only letters that have changed since `REV`, a branch, tag or commit of git, and their twins")
	f.BoolVar(&k.fix, "fix", false, "first change in the letters what surely keeps its meaning, such as the blanks of other tools")
	f.BoolVar(&k.diff, "diff", false, "only show what --fix would change; exit code 1 when that is anything")
	f.StringVar(&k.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	f.StringVar(&k.stdinFilename, "stdin-filename", "stdin", "the `NAME` of the letter from standard input")
	f.BoolVar(&k.noWaivers, "no-waivers", false, "find what letters waive as well")
	k.dateFlag(f, "waivers are over on it or not, and the html report tells it when you give it")
	f.BoolVarP(&k.quiet, "quiet", "q", false, "one line a finding, nothing when all is well")
	f.BoolVarP(&k.loud, "verbose", "v", false, "say who approved each letter, when it may be sent and where it is hard to read, and name every file that is read or left out")
	return c
}

// given refuses flags that are there but say nothing, as in --since "$BASE"
// where BASE is not set.
func given(c *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if f := c.Flags().Lookup(name); f.Changed && f.Value.String() == "" {
			return refuse(nil, "--%s is empty", name)
		}
	}
	return nil
}

// formatList says of each format for whom it is.
func formatList() string {
	var b strings.Builder
	for _, f := range report.Formats {
		fmt.Fprintf(&b, "  %-11s %s\n", f.Name, f.Doc)
	}
	return b.String()
}

// alone refuses flags that have no use beside --diff.
func alone(c *cobra.Command, others ...string) error {
	for _, name := range others {
		if c.Flags().Changed("diff") && c.Flags().Changed(name) {
			return refuse([]string{"Leave one of them out."}, "--diff only shows what --fix would change, so --%s has no use beside it", name)
		}
	}
	return nil
}

// run checks the letters and returns errFindings when there is something to
// fix.
func (k *check) run(args []string) error {
	k.begun = k.since()
	if err := k.flags(); err != nil {
		return err
	}
	if err := k.open(args); err != nil {
		return err
	}
	if k.diff {
		return k.showFixes()
	}
	if k.baselinePath != "" {
		if err := k.openBaseline(k.baselinePath); err != nil {
			return err
		}
	}
	defer k.baseline.discard()
	if err := k.begin(); err != nil {
		return err
	}
	defer k.whenStopped()()
	err := k.putFixesIn()
	if err == nil {
		err = k.write()
	}
	if err == nil {
		err = k.baseline.write()
	}
	for _, r := range k.fileRuns {
		if err == nil {
			err = r.file.commit()
		}
		r.file.discard()
	}
	if k.step != nil {
		if err == nil {
			err = k.step.commit()
		}
		k.step.file.Close()
	}
	if err != nil {
		return err
	}
	return k.close()
}

// flags refuses values that are not known.
func (k *check) flags() error {
	if k.quiet && k.format == "text" {
		k.format = "concise"
	}
	if err := oneOf("--format", k.format, report.Names()); err != nil {
		return err
	}
	if k.maxWarnings < -1 {
		return refuse([]string{"Write how many are let through: --max-warnings 0 for none. -1 is any number."}, "--max-warnings %d is no number of findings", k.maxWarnings)
	}
	if k.rebase && k.baselinePath == "" {
		return refuse([]string{"Write: bedside check --baseline baseline.toml --write-baseline"}, "--write-baseline needs --baseline, which names the file")
	}
	return oneOf("--fail-on", k.failOn, failLevels)
}

// open finds the letters and the pack they are held to.
func (k *check) open(args []string) (err error) {
	chosen := &selection{}
	if len(args) > 0 {
		if chosen, err = k.arguments(args); err != nil {
			return err
		}
	}
	if k.office, err = k.officeOf(chosen.folders); err != nil {
		return err
	}
	k.office.NoWaivers = k.noWaivers
	if len(args) == 0 {
		k.own = k.office.builtin
		if chosen, err = k.packLetters(k.office); err != nil {
			return err
		}
	}
	if err = k.openRegister(k.office, nil); err != nil {
		return err
	}
	if chosen.whole {
		if err := k.checkPeople(k.office); err != nil {
			return err
		}
	}
	k.letters, k.unread, k.left = chosen.letters, chosen.skipped, chosen.left
	k.noticed = k.otherPacks(chosen, k.office)
	if k.scope.rev != "" {
		if err := k.narrow(); err != nil {
			return err
		}
	}
	return oneOf("--language", k.language, k.office.Languages())
}

// arguments finds the letters that the arguments stand for.
func (k *check) arguments(args []string) (*selection, error) {
	var paths []string
	if k.stdinFilename == "" {
		return nil, refuse([]string{"Write: --stdin-filename letter.md"}, "--stdin-filename is empty")
	}
	in := 0
	for _, arg := range args {
		if arg == "-" {
			in++
		} else {
			paths = append(paths, arg)
		}
	}
	chosen, err := k.choose(paths)
	if err != nil || in == 0 {
		return chosen, err
	}
	if in > 1 {
		return nil, refuse(nil, "standard input (-) can be read only once")
	}
	name := k.shown(k.stdinFilename)
	s, err := k.stdin(name)
	if err != nil {
		return nil, err
	}
	at, _ := slices.BinarySearchFunc(chosen.letters, name, func(s source, name string) int { return strings.Compare(s.path, name) })
	chosen.letters = slices.Insert(chosen.letters, at, s)
	chosen.folders = append(chosen.folders, filepath.Dir(k.full(k.stdinFilename)))
	return chosen, nil
}
