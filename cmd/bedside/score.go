package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"bedside/internal/report"
	"bedside/lint"
)

// A scoring is one run of bedside rules score.
type scoring struct {
	*program
	format string
	loud   bool
}

func scoreCommand(p *program) *cobra.Command {
	k := &scoring{program: p}
	c := &cobra.Command{
		Use:   "score DIR",
		Short: "measure the rules with letters that people have labelled",
		Long: `DIR is a folder of letters with labels in their front matter, between two lines of +++, as many of
these as you like:

  overall = "harsh"                 or "neutral", "compassionate"
  harsh = [
    { phrase = "final notice", category = "urgency" },
  ]

  [expect]
  gratitude = true
  due_date = false

A category is the name of a ban rule, or shouting; what a letter holds, the name of a require rule:
due_date is require.due-date. A rule that labels call something else says label = "…" in rules.toml.
An empty list of harsh words says that there are none.

A finding is right when it covers a whole word of a labelled phrase, and then the phrase is found.
precision is the share of the findings that is right, recall the share of what is labelled that is
found, F1 their harmonic mean.`,
		Example: `bedside rules score labelled/
bedside rules score labelled/ -v
bedside rules score labelled/ --config rules.toml --format json > score.json`,
		Args: atMost(1, "one folder"),
		RunE: func(_ *cobra.Command, args []string) error { return k.run(args) },
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	c.Flags().StringVar(&k.format, "format", "text", "how to print it; `FORMAT` is one of text, json")
	complete(c, "format", textOrJSON...)
	c.Flags().BoolVarP(&k.loud, "verbose", "v", false, "also print every place where rules and labels disagree; json always has them")
	return c
}

func (k *scoring) run(args []string) error {
	if err := oneOf("--format", k.format, textOrJSON); err != nil {
		return err
	}
	if len(args) == 0 {
		return refuse([]string{"The form of labels: bedside rules score --help"}, "which letters? write bedside rules score DIR")
	}
	chosen, err := k.choose(args)
	if err != nil {
		return err
	}
	o, err := k.officeOf(chosen.folders)
	if err != nil {
		return err
	}
	score, err := k.score(o, chosen)
	if err != nil {
		return err
	}
	if err := k.print(o, score); err != nil {
		return refuse(nil, "cannot write the score: %s", reason(err))
	}
	k.sumUp(o, score)
	if k.loud {
		for _, path := range chosen.left {
			k.tell("  left out %s", path)
		}
	}
	k.notice(k.otherPacks(chosen, o), "bedside rules score")
	return nil
}

// score measures the letters. What cannot be read or used is told, and then
// nothing is measured: the figures would be those of other letters.
func (k *scoring) score(o *office, chosen *selection) (*lint.Score, error) {
	unread := chosen.skipped
	score, faults := o.Score(func(yield func(*lint.Result) bool) {
		for res, err := range checkAll(chosen.letters, o, "en") {
			if err != nil {
				unread = append(unread, err)
			} else if !yield(res) {
				return
			}
		}
	})
	for _, err := range unread {
		k.tell("✗ %s", err)
	}
	for _, fault := range faults {
		k.explainError(fault)
	}
	wayOut := []string{"The form of labels: bedside rules score --help"}
	if n := len(unread) + len(faults); n > 0 {
		return nil, refuse(wayOut, "nothing was measured: %s to mend first", count(n, "fault", "faults"))
	}
	if score.Labelled == 0 {
		return nil, refuse(wayOut, "nothing was measured: there are no labels in %s", count(score.Letters, "letter", "letters"))
	}
	return score, nil
}

func (k *scoring) print(o *office, s *lint.Score) error {
	options := k.options()
	options.Rules = o.rules
	if k.format == "json" {
		return report.ScoreJSON(k.out, o.Pack, s, options)
	}
	if k.loud && len(s.Disagreements) > 0 {
		if err := report.Disagreements(k.out, s); err != nil {
			return err
		}
		fmt.Fprintln(k.out)
	}
	return report.Score(k.out, s, options)
}

// sumUp says on stderr what was measured with what.
func (k *scoring) sumUp(o *office, s *lint.Score) {
	measured := count(s.Letters, "letter", "letters") + " measured."
	if bare := s.Letters - s.Labelled; bare > 0 {
		measured = fmt.Sprintf("%d of %s measured; %d without labels.", s.Labelled, count(s.Letters, "letter", "letters"), bare)
	}
	k.tell("✓ %s   %s", measured, o.provenance())
	if n := len(s.Disagreements); n > 0 && !k.loud && k.format == "text" {
		k.tell("  Rules and labels disagree at %s: -v says where", count(n, "place", "places"))
	}
}
