//go:build !unix

package main

import "os/exec"

// endsWhole does nothing here: the processes of a browser end with the first
// of them.
func endsWhole(*exec.Cmd) {}
