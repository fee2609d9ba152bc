package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"bedside/internal/report"
)

// start starts the program in a folder with its standard output in a pipe, and
// reads the first line of it.
func start(t *testing.T, dir string, args ...string) (c *exec.Cmd, out *os.File, said *bytes.Buffer) {
	t.Helper()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	said = &bytes.Buffer{}
	c = exec.Command("bedside", args...)
	c.Dir, c.Stdout, c.Stderr = dir, in, said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	if _, err := bufio.NewReaderSize(out, 16).ReadSlice('\n'); err != nil && err != bufio.ErrBufferFull {
		t.Fatal(err)
	}
	return c, out, said
}

// Whoever stops the program in the middle, as by kill -9, finds no half of a
// report under its name, and a report of before as it was.
func TestKilledInTheMiddle(t *testing.T) {
	dir := manyLetters(t, 300) // more than fits into the pipe that nobody reads
	if err := os.WriteFile(filepath.Join(dir, "r.json"), []byte("before"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"check"}
	for _, format := range report.Names() {
		args = append(args, "--report", format+"=r."+format)
	}
	c, out, _ := start(t, dir, args...)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil {
		t.Fatal("it ended before it was stopped")
	}
	out.Close()
	if src, err := os.ReadFile(filepath.Join(dir, "r.json")); string(src) != "before" {
		t.Errorf("the report of before is %q, %v", src, err)
	}
	temporary, begun := regexp.MustCompile(`^\.r\.[a-z0-9]+\.\d+-\d+\.tmp$`), 0
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if temporary.MatchString(entry.Name()) {
			begun++
		} else if entry.Name() != "r.json" && entry.Name() != rulesName && entry.Name() != "templates" {
			t.Errorf("it left %s", entry.Name())
		}
	}
	if want := len(report.Names()); begun != want {
		t.Errorf("%d reports were begun, want %d", begun, want)
	}
	if code, _, said := run(t, dir, args...); code != exitFindings {
		t.Fatalf("afterwards: exit code %d: %s", code, said)
	}
	if src, err := os.ReadFile(filepath.Join(dir, "r.json")); err != nil || !json.Valid(src) {
		t.Errorf("afterwards the report is not whole: %v", err)
	}
}

// Whoever presses Ctrl-C in the middle finds what was there before, and nothing
// else.
func TestStoppedInTheMiddle(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT PROVEN: what Ctrl-C leaves of a check, for a program cannot press it here")
	}
	dir := manyLetters(t, 300)
	for _, name := range []string{"r.json", "baseline.toml"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		c, out, said := start(t, dir, "check", "--report", "json=r.json", "--report", "html=r.html", "--baseline", "baseline.toml", "--write-baseline")
		if err := c.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		c.Wait()
		out.Close()
		if got := c.ProcessState.ExitCode(); got != 128+int(s) {
			t.Errorf("%v: exit code %d: %s", s, got, said)
		}
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range left {
			if name := entry.Name(); !slices.Contains([]string{"r.json", "baseline.toml", rulesName, "templates"}, name) {
				t.Errorf("%v: it left %s", s, name)
			}
		}
	}
}

// What a run that was killed has left is removed by the next one that writes
// the same file, a day later: before, it could be of a run that goes on.
func TestNextRunSweeps(t *testing.T) {
	dir := manyLetters(t, 1)
	const older, newer = 25 * time.Hour, 23 * time.Hour
	for name, c := range map[string]struct {
		age  time.Duration
		left bool
	}{
		".r.json.4711-0.tmp":       {older, false},
		".r.json.4712-17.tmp":      {older, false},
		".r.json.4713-0.tmp":       {newer, true},
		".r.json.new.4711-0.tmp":   {older, true}, // of another file
		".r.jsonl.4711-0.tmp":      {older, true},
		".r.json.tmp":              {older, true},
		"r.json.4711-0.tmp":        {older, true},
		".baseline.toml.471-0.tmp": {older, false},
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-c.age)
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
		if code, _, said := run(t, dir, "check", "--report", "json=r.json", "--baseline", "baseline.toml", "--write-baseline"); code != exitClean {
			t.Fatalf("exit code %d: %s", code, said)
		}
		if exists(file) != c.left {
			t.Errorf("%s, %v old: it is left: %t, want %t", name, c.age, exists(file), c.left)
		}
	}
}

// A reader who leaves early, as head does, changes neither the exit code nor
// the reports, and nothing is said of it.
func TestReaderLeavesEarly(t *testing.T) {
	dir := manyLetters(t, 300)
	for _, c := range []struct {
		args []string
		code int
		said string
	}{
		{[]string{"check", "--report", "json=r.json"}, exitFindings, `^✗ \d+ of 300 letters need work: .*\n( .*\n)*$`},
		{[]string{"check", "--fail-on", "never", "-q"}, exitClean, `^$`},
		{[]string{"check", "--format", "json"}, exitFindings, `^✗ \d+ of 300 letters need work: .*\n$`},
		{[]string{"check", "--format", "html", "-q"}, exitFindings, `^$`},
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			p, out, said := start(t, dir, c.args...)
			out.Close()
			_ = p.Wait() // its exit code tells
			if code := p.ProcessState.ExitCode(); code != c.code {
				t.Errorf("exit code %d (%s), want %d", code, p.ProcessState, c.code)
			}
			if !regexp.MustCompile(c.said).MatchString(said.String()) {
				t.Errorf("it says %q, want %s", said, c.said)
			}
		})
	}
	if src, err := os.ReadFile(filepath.Join(dir, "r.json")); err != nil || !json.Valid(src) {
		t.Errorf("the report is not whole: %v", err)
	}
}

// Where a disk is full, the report is named, and the others are not written
// either: half of what was asked for is none of it.
func TestDiskFull(t *testing.T) {
	const full = "/dev/full"
	if !exists(full) {
		t.Skip("NOT PROVEN: what is said when the disk is full, for there is no " + full)
	}
	dir := manyLetters(t, 9)
	for _, format := range report.Names() {
		code, _, said := run(t, dir, "check", "--report", "json=other.json", "--report", format+"="+full)
		if want := "✗ cannot write “" + full + "”: no space left on device\n  Nothing was written under that name.\n"; code != exitRefused || said != want {
			t.Errorf("%s: exit code %d, stderr %q, want %q", format, code, said, want)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*other*")); err != nil || len(left) > 0 {
			t.Errorf("%s: it left %v", format, left)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	const unwritten = "✗ cannot write to standard output: no space left on device\n"
	for args, want := range map[string]string{"fields": unwritten, "help": unwritten, "--help": unwritten, "check": "✗ cannot write the findings: no space left on device\n"} {
		out, err := os.OpenFile(full, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		var said bytes.Buffer
		c := exec.Command("bedside", args)
		c.Dir, c.Stdout, c.Stderr = dir, out, &said
		_ = c.Run() // its exit code tells
		out.Close()
		if code := c.ProcessState.ExitCode(); code != exitRefused || said.String() != want {
			t.Errorf("%s: exit code %d, stderr %q, want %q", args, code, said.String(), want)
		}
	}
}
