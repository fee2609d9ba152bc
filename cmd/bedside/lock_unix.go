//go:build unix

package main

import (
	"errors"
	"os"
	"syscall"
)

// lock takes a file for this process alone, until it is closed; busy is true
// when another has it.
func lock(f *os.File) (busy bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return true, nil
	}
	return false, err
}
