package main

import (
	"fmt"

	"bedside/internal/report"
	"bedside/lint"
)

// close says what was found and decides the exit code.
func (k *check) close() error {
	for _, err := range k.unread {
		k.tell("✗ %s", err)
	}
	held := k.heldBy()
	if !k.quiet && k.summary.Letters > 0 {
		k.sumUp(held)
	}
	if !k.quiet {
		k.scope.tell(k)
	}
	switch {
	case len(k.unread) > 0:
		them := "them"
		if len(k.unread) == 1 {
			them = "it"
		}
		return refuse([]string{"Make " + them + " readable, or leave " + them + " out."}, "%s not checked", count(len(k.unread), "path was", "paths were"))
	case held != "":
		return errFindings
	}
	return nil
}

// heldBy is the flag that the findings fail by, as it would be typed, or "".
func (k *check) heldBy() string {
	var level lint.Severity
	_ = level.UnmarshalText([]byte(k.failOn)) // flags has checked it; never is none of them
	switch {
	case k.failOn != "never" && k.summary.Worst() >= level:
		return "--fail-on " + k.failOn
	case k.maxWarnings >= 0 && k.summary.Warnings > k.maxWarnings:
		return fmt.Sprintf("--max-warnings %d", k.maxWarnings)
	}
	return ""
}

// sumUp prints the summary on stderr.
func (k *check) sumUp(held string) {
	c := report.Closing{Color: k.paints(k.err), HeldBy: held, Baseline: k.shown(k.baselinePath), Rules: k.office.name(), Aside: k.office.aside,
		Unread: len(k.unread) > 0, Signed: k.office.register != nil && k.office.register.written}
	if k.own {
		c.What = "built-in "
	}
	if isTerminal(k.err) { // elsewhere the same letters give the same bytes
		c.Took = k.since().Sub(k.begun)
	}
	fmt.Fprintln(k.err, k.summary.Line(k.office.Pack, c))
	k.baseline.tell(k)
	if first := k.summary.First; first != nil && k.format == "text" {
		k.tell("  More on a rule: bedside explain %s", first.ID)
	}
	if k.summary.Hard && k.format == "text" && !k.loud {
		k.tell("  The hardest sentences and words of a letter: bedside check -v")
	}
	if k.own {
		k.tell("  These letters are inside the program. To check yours: bedside check FOLDER   To start your own pack: bedside init")
	}
	k.notice(k.noticed, "bedside check")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
