package main

import (
	"bufio"

	"bedside/internal/preview"
)

// clickedPreview shows the letters of the folder that the program lies in: a
// double click on it is all that somebody does who never saw a terminal.
func (p *program) clickedPreview() error {
	return (&previewing{program: p, port: preview.DefaultPort, language: "en"}).run(nil)
}

// keepOpen keeps the window of a double click: it would be gone before anybody
// has read why the program ended.
func (p *program) keepOpen() {
	p.tell("Press Enter to close this window.")
	_, _ = bufio.NewReader(p.in).ReadString('\n') // its end is an answer too
}
