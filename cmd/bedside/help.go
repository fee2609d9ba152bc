package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bedside/internal/nearest"
)

// helpWidth is how many columns the help of flags takes, as findings do.
const helpWidth = 100

// help prints what a command does, in the order in which a newcomer asks:
// what it is for, examples, what can be typed.
func help(c *cobra.Command) error {
	var b strings.Builder
	b.WriteString(c.Short + "\n")
	if c.Long != "" {
		b.WriteString("\n" + strings.TrimSpace(c.Long) + "\n")
	}
	usage := c.UseLine()
	if !c.HasParent() {
		usage = "bedside COMMAND [flags]"
	}
	fmt.Fprintf(&b, "\nUsage\n  %s\n", usage)
	if len(c.Aliases) > 0 {
		fmt.Fprintf(&b, "  also: %s\n", strings.Join(c.Aliases, ", "))
	}
	if c.Example != "" {
		fmt.Fprintf(&b, "\nExamples\n  %s\n", strings.ReplaceAll(c.Example, "\n", "\n  "))
	}
	if c.HasAvailableSubCommands() {
		b.WriteString("\nCommands\n")
		for _, sub := range subcommands(c) {
			fmt.Fprintf(&b, "  %-11s %s\n", sub.Name(), sub.Short)
		}
	}
	if usages := c.LocalFlags().FlagUsagesWrapped(helpWidth); usages != "" {
		b.WriteString("\nFlags\n" + usages)
	}
	if usages := c.InheritedFlags().FlagUsagesWrapped(helpWidth); usages != "" {
		b.WriteString("\nFlags of every command\n" + usages)
	}
	if !c.HasParent() {
		b.WriteString("\nMore on a command: bedside help COMMAND\n" +
			"Exit codes: 0 clean, 1 something to fix, 2 bedside could not do what was asked\n")
	}
	_, err := fmt.Fprint(c.OutOrStdout(), b.String())
	return err
}

// subcommands are the commands of c in our order; those of cobra last.
func subcommands(c *cobra.Command) []*cobra.Command {
	subs := slices.DeleteFunc(slices.Clone(c.Commands()), func(s *cobra.Command) bool { return !s.IsAvailableCommand() && s.Name() != "help" })
	if c.HasParent() {
		return subs
	}
	order := func(s *cobra.Command) int {
		for i, command := range commands {
			if command(&program{}).Name() == s.Name() {
				return i
			}
		}
		return len(commands)
	}
	slices.SortStableFunc(subs, func(a, b *cobra.Command) int { return order(a) - order(b) })
	return subs
}

// helpOn answers bedside help COMMAND.
func helpOn(c *cobra.Command, args []string) error {
	about := c.Root()
	for _, name := range args {
		i := slices.IndexFunc(about.Commands(), func(s *cobra.Command) bool { return s.Name() == name || s.HasAlias(name) })
		if i < 0 {
			return refuse([]string{"All commands: bedside help"}, "“%s” is not a command%s", strings.Join(args, " "), hint(name, namesBelow(about)))
		}
		about = about.Commands()[i]
	}
	about.InitDefaultHelpFlag()
	return about.Help()
}

// namesBelow are the names of the commands of c.
func namesBelow(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		names = append(append(names, sub.Name()), sub.Aliases...)
	}
	return names
}

// noCompletion answers bedside completion for shells it does not know.
func noCompletion(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	return oneOf("the shell", args[0], namesBelow(c))
}

// flagError turns what pflag says about a flag into our words.
func flagError(c *cobra.Command, err error) error {
	wayOut := []string{"All flags: " + c.CommandPath() + " --help"}
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		name := unknown.GetSpecifiedName()
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := nearest.Name(name, known); near != "" {
			return refuse(wayOut, "--%s is not a flag of %s; did you mean --%s?", name, c.CommandPath(), near)
		}
		if slices.Contains(namesBelow(c), name) {
			return refuse(wayOut, "--%s is not a flag of %s; did you mean %s %s?", name, c.CommandPath(), c.CommandPath(), name)
		}
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		return refuse(wayOut, "%s%s is not a flag of %s", dashes, name, c.CommandPath())
	}
	var noValue *pflag.ValueRequiredError
	if errors.As(err, &noValue) {
		return refuse(wayOut, "%s needs a value", dashed(noValue.GetFlag(), noValue.GetSpecifiedShortnames()))
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		return refuse(wayOut, "“%s” is no value for --%s", wrong.GetValue(), wrong.GetFlag().Name)
	}
	return refuse(wayOut, "%s", err)
}

// dashed is a flag as it was typed.
func dashed(f *pflag.Flag, short string) string {
	if short != "" {
		return "-" + f.Shorthand
	}
	return "--" + f.Name
}

// oneOf refuses a value that is not one of the known ones.
func oneOf(what, value string, known []string) error {
	if slices.Contains(known, value) {
		return nil
	}
	return refuse([]string{"It is one of: " + strings.Join(known, ", ")}, "%s “%s” is not known%s", what, value, hint(value, known))
}

// hint is "; did you mean “x”?" or "".
func hint(name string, known []string) string {
	if near := nearest.Name(name, known); near != "" {
		return "; did you mean “" + near + "”?"
	}
	return ""
}

// atMost refuses more than n arguments.
func atMost(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n && n == 0 {
			return refuse([]string{"See: " + c.CommandPath() + " --help"}, "“%s” is one word too many after %s", args[0], c.CommandPath())
		}
		if len(args) > n {
			return refuse([]string{"See: " + c.CommandPath() + " --help"}, "%s takes %s, not %d", c.CommandPath(), what, len(args))
		}
		return nil
	}
}
