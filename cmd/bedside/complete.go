package main

import "github.com/spf13/cobra"

// textOrJSON are the formats of commands that list something.
var textOrJSON = []string{"text", "json"}

// complete lets shells offer the values of a flag, and no files.
func complete(c *cobra.Command, flag string, values ...string) {
	completeWith(c, flag, func() ([]string, error) { return values, nil })
}

// completeWith does so with values that are known when they are asked for.
func completeWith(c *cobra.Command, flag string, values func() ([]string, error)) {
	if err := c.RegisterFlagCompletionFunc(flag, offer(values)); err != nil {
		panic(err) // there is no such flag
	}
}

// offer is what the shells ask for the words that may stand somewhere.
func offer(values func() ([]string, error)) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		words, err := values()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// fieldNames are the names of the fields of the pack around.
func (p *program) fieldNames() ([]string, error) {
	o, err := p.office(".")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range o.Dictionary.All() {
		names = append(names, f.Name)
	}
	return names, nil
}
