// Command bedside checks medical billing letters for compassion and makes
// pages of the ready ones.
package main

import (
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"
)

// Opening a pack leaves so little garbage, 10 MB, that collecting it takes
// longer than it is worth: a quarter of the time of a check of one letter. Below
// 40 MB nothing is collected. With many letters it is worth it: see choose.
const (
	startPercent = 1000
	manyPercent  = 100
	many         = 50 // letters
)

func main() {
	debug.SetGCPercent(startPercent)
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // a working folder that was removed: paths still mean what they say
	}
	// Without this, a reader of standard output that leaves early ends the
	// program: no report would be written, and no exit code decided.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	p := &program{in: os.Stdin, out: &outlet{file: os.Stdout}, err: os.Stderr, dir: dir, env: os.Getenv, since: time.Now, clicked: mousetrap.StartedByExplorer()}
	cobra.MousetrapHelpText = "" // it would send away whoever double-clicks
	os.Exit(p.run(os.Args[1:]))
}
