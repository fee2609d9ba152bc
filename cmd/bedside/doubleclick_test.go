package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// clicked is the program as a double click starts it.
func clicked(dir string, out io.Writer, said *bytes.Buffer) *program {
	return &program{in: strings.NewReader("\n"), out: out, err: said, dir: dir, env: func(string) string { return "" }, since: time.Now, clicked: true}
}

// TestDoubleClick: it shows the letters of the folder, and ends well.
func TestDoubleClick(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT PROVEN: a double click shows the letters, for a program cannot press Ctrl-C here")
	}
	dir := t.TempDir()
	if code, _, said := run(t, dir, "init"); code != 0 {
		t.Fatal(said)
	}
	out, in := io.Pipe()
	ended := make(chan int, 1)
	var said bytes.Buffer
	go func() { ended <- clicked(dir, in, &said).run([]string{}) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !strings.Contains(line, "47 ready") || !strings.Contains(line, "http://127.0.0.1:") {
		t.Errorf("%q %v", line, err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != exitClean || said.Len() > 0 {
		t.Errorf("%d %s", code, &said)
	}
}

// TestDoubleClickThatFails: the window stays until somebody has read why.
func TestDoubleClickThatFails(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, rulesName), "extends = ")
	var out, said bytes.Buffer
	if code := clicked(dir, &out, &said).run([]string{}); code != exitRefused || !strings.HasPrefix(said.String(), "✗ rules.toml:1") || !strings.HasSuffix(said.String(), "\nPress Enter to close this window.\n") {
		t.Errorf("%d %s%s", code, &out, &said)
	}
}
