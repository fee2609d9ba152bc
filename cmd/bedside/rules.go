package main

import (
	"slices"

	"github.com/spf13/cobra"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
)

func rulesCommand(p *program) *cobra.Command {
	format := "text"
	formats := []string{"text", "markdown", "json"}
	c := &cobra.Command{
		Use:   "rules [GROUP]",
		Short: "list the rules, prove them (rules test) or measure them (rules score)",
		Example: `bedside rules
bedside rules ban
bedside rules --format markdown > rules.md
bedside rules test
bedside rules score labelled/`,
		Args: atMost(1, "one group"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("--format", format, formats); err != nil {
				return err
			}
			return p.listRules(args, format, namesBelow(c))
		},
	}
	c.Flags().StringVar(&format, "format", format, "how to print them; `FORMAT` is one of text, markdown, json")
	complete(c, "format", formats...)
	c.AddCommand(&cobra.Command{
		Use:   "test",
		Short: "prove that every rule finds its examples and leaves its near misses alone",
		Args:  atMost(0, ""),
		RunE:  func(*cobra.Command, []string) error { return p.proveRules() },
	}, &cobra.Command{
		Use:     "schema",
		Short:   "print the JSON schema of rules.toml, for editors that complete keys and mark slips",
		Example: "bedside rules schema > rules.schema.json",
		Args:    atMost(0, ""),
		RunE: func(*cobra.Command, []string) error {
			schema, err := rulesSchema()
			if err != nil {
				return err
			}
			_, err = p.out.Write(schema)
			return err
		},
	}, scoreCommand(p))
	return c
}

// rulesSchema is the JSON schema of a rules.toml that may extend the built-in
// one.
func rulesSchema() ([]byte, error) {
	builtin, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		return nil, err
	}
	return lint.Schema(builtin)
}

// listRules prints the rules, or those of a group. below are the commands that
// the name of a group could be a slip for.
func (p *program) listRules(args []string, format string, below []string) error {
	o, err := p.office(".")
	if err != nil {
		return err
	}
	group := ""
	if len(args) > 0 {
		group = args[0]
		if groups := report.Groups(o.Pack); !slices.Contains(groups, group) {
			return oneOf("the group", group, append(groups, below...))
		}
	}
	switch format {
	case "markdown":
		return report.RuleTable(p.out, o.Pack, group)
	case "json":
		return report.RulesJSON(p.out, o.Pack, group)
	}
	return report.Rules(p.out, o.Pack, group, p.options())
}

// proveRules holds every rule of the pack to its examples.
func (p *program) proveRules() error {
	o, err := p.office(".")
	if err != nil {
		return err
	}
	failures := slices.DeleteFunc(o.Prove(), func(f lint.Failure) bool { return f.Rule.Off }) // nobody relies on them
	if len(failures) > 0 {
		if err := report.Failures(p.out, failures, o.proofAt); err != nil {
			return err
		}
		do := "do not prove their rule"
		if len(failures) == 1 {
			do = "does not prove its rule"
		}
		p.tell("✗ %d of %s %s.   %s v%d", len(failures), count(o.Proofs(), "sentence", "sentences"), do, o.name(), o.Version)
		return errFindings
	}
	proved := 0
	for _, r := range o.Rules {
		if len(r.Entries) > 0 && !r.Off {
			proved++
		}
	}
	p.tell("✓ %s proved by %d sentences.   %s", count(proved, "rule", "rules"), o.Proofs(), o.provenance())
	return nil
}
