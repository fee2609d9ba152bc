// Command bedside checks medical billing letters for compassion and makes
// pages of the ready ones.
package main

import (
	"os"
	"time"
)

func main() {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // a working folder that was removed: paths still mean what they say
	}
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, dir: dir, env: os.Getenv, since: time.Now}
	os.Exit(p.run(os.Args[1:]))
}
