package main

import (
	"io"

	"golang.org/x/sys/windows"
)

// allowColor asks the console to understand colours. Older ones print the
// codes as text.
func allowColor(w io.Writer) bool {
	f, ok := w.(descriptor)
	if !ok {
		return false
	}
	var mode uint32
	console := windows.Handle(f.Fd())
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
