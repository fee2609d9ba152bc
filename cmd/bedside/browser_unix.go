//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// endsWhole makes a program end with all that it started: a browser is many
// processes, and often begins as a script.
func endsWhole(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
