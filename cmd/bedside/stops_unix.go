//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// ignoreStops lets a program in the background go on when it reads from a
// keyboard that belongs to another: the keyboard then counts as closed.
func ignoreStops() { signal.Ignore(syscall.SIGTTIN) }
