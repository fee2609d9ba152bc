package main

import (
	"strings"

	"github.com/spf13/cobra"

	"bedside/internal/report"
	"bedside/lint/letter"
)

func fieldsCommand(p *program) *cobra.Command {
	format := "text"
	c := &cobra.Command{
		Use:   "fields [NAME]",
		Short: "list the fields a letter may use, or tell about one",
		Example: `bedside fields
bedside fields balance_due
bedside fields "Patient Name"    the field that another tool calls so`,
		Args:              atMost(1, "one name"),
		ValidArgsFunction: offer(p.fieldNames),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--format", format, textOrJSON); err != nil {
				return err
			}
			return p.fields(args, format)
		},
	}
	c.Flags().StringVar(&format, "format", format, "how to print them; `FORMAT` is one of text, json")
	complete(c, "format", textOrJSON...)
	return c
}

func (p *program) fields(args []string, format string) error {
	o, err := p.office(".")
	if err != nil {
		return err
	}
	d := o.Dictionary
	if len(args) == 0 {
		if format == "json" {
			return report.FieldsJSON(p.out, d.All())
		}
		return report.Fields(p.out, d, p.options())
	}
	name := strings.Trim(args[0], "{}[]«»_ ")
	f := d.Field(name)
	if f == nil {
		f = d.Called(name)
	}
	if _, isFact := o.Practice.Facts[name]; f == nil && isFact {
		return refuse([]string{"A letter says under which condition it holds: {{#if " + name + "}} … {{/if}}"},
			"“%s” is a fact of the office in practice.toml, not a field", name)
	}
	if f == nil {
		near := d.Nearest(name)
		if near != "" {
			near = "; did you mean “" + near + "”?"
		}
		return refuse([]string{"All fields: bedside fields"}, "“%s” is not a field%s", name, near)
	}
	if format == "json" {
		return report.FieldsJSON(p.out, []*letter.Field{f})
	}
	return report.Field(p.out, f, p.options())
}
