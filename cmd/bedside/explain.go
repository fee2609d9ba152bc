package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bedside/internal/nearest"
	"bedside/internal/report"
)

func explainCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "say why a rule is there, with examples and kinder words",
		Long:  "RULE is the name that stands beside a finding, or a group of rules: require, ban, limit, guard, promise, letter.",
		Example: `bedside explain ban.threat
bedside explain require`,
		Args: atMost(1, "one rule or group"),
		RunE: func(_ *cobra.Command, args []string) error { return p.explain(args) },
		ValidArgsFunction: offer(func() ([]string, error) {
			o, err := p.office(".")
			if err != nil {
				return nil, err
			}
			return append(report.Groups(o.Pack), o.RuleNames()...), nil
		}),
	}
}

func (p *program) explain(args []string) error {
	o, err := p.office(".")
	if err != nil {
		return err
	}
	groups := report.Groups(o.Pack)
	if len(args) == 0 {
		return refuse([]string{"Groups: " + strings.Join(groups, ", "), "All rules: bedside rules"}, "which rule? write bedside explain RULE")
	}
	name := strings.Trim(args[0], "[]")
	if slices.Contains(groups, name) {
		return report.Rules(p.out, o.Pack, name, p.options())
	}
	r := o.Rule(name)
	if r == nil {
		near := cmp.Or(nearest.Name(name, groups), o.NearestRule(name))
		return refuse([]string{"All rules: bedside rules"}, "there is no rule “%s”%s", name, hint(near, []string{near}))
	}
	return report.Explain(p.out, o.Pack, r, o.place(r), p.options())
}
