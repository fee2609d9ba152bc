// Command bedside checks medical billing letters for compassion and makes
// pages of the ready ones.
package main

import (
	"os"
	"runtime/debug"
	"time"
)

// Opening a pack leaves so little garbage that collecting it takes longer than
// it is worth: a fifth of the time of a check of one letter. With many letters
// it is worth it: see choose.
const (
	startPercent = 400
	manyPercent  = 100
	many         = 50 // letters
)

func main() {
	debug.SetGCPercent(startPercent)
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // a working folder that was removed: paths still mean what they say
	}
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, dir: dir, env: os.Getenv, since: time.Now}
	os.Exit(p.run(os.Args[1:]))
}
