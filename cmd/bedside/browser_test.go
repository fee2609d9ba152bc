package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// needsBrowser is the variable with which CI says that a missing browser is a
// failure.
const needsBrowser = "BEDSIDE_TEST_BROWSER"

// browserRequired reports whether a missing browser is a failure.
func browserRequired() bool { return os.Getenv(needsBrowser) == "required" }

// lacks skips a test that needs what is not here, loudly; where
// BEDSIDE_TEST_BROWSER is "required" it fails.
func lacks(t *testing.T, what string, err error) {
	t.Helper()
	if browserRequired() {
		t.Fatalf("%s: %v", what, err)
	}
	t.Skipf("NOT PROVEN: %s: %v", what, err)
}

// fakeBrowser is a script in the place of a browser.
func fakeBrowser(t *testing.T, script string) browser {
	t.Helper()
	file := filepath.Join(t.TempDir(), "browser")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return browser{file, time.Minute}
}

// Whatever becomes of a browser, what it worked on is gone, and so is all that
// it started.
func TestBrowserThatHangs(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("NOT PROVEN: a browser that hangs is stopped, for there is no sh here")
	}
	for _, c := range []struct {
		name  string
		limit time.Duration
		stop  time.Duration // when somebody stops bedside; 0: nobody does
		want  string
	}{
		{"hangs", 300 * time.Millisecond, 0, "the browser did not answer for 300ms and was stopped"},
		{"stopped by the user", time.Minute, 300 * time.Millisecond, "stopped before the PDF was made"},
	} {
		t.Run(c.name, func(t *testing.T) {
			temp, pid := t.TempDir(), filepath.Join(t.TempDir(), "pid")
			t.Setenv("TMPDIR", temp)
			b := fakeBrowser(t, "sleep 100 &\necho $! >"+pid+"\nwait")
			b.limit = c.limit
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if c.stop > 0 {
				time.AfterFunc(c.stop, cancel)
			}
			began := time.Now()
			_, err := b.pdf(ctx, []byte("<p>Jordan Lee"))
			if err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %q", err, c.want)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
			child, err := os.ReadFile(pid)
			if err != nil {
				t.Fatal(err)
			}
			if !exists("/proc/self/stat") {
				t.Log("NOT PROVEN: what a browser started ends with it, for there is no /proc here")
			} else if !gone(strings.TrimSpace(string(child))) {
				t.Error("what the browser started is still there")
			}
		})
	}
}

// gone reports whether a process has ended, or ends within a second.
func gone(pid string) bool {
	for range 50 {
		state, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil || strings.Contains(string(state), ") Z ") {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// The page that a browser gets is for this user only, and so is its folder.
func TestBrowserWorksInPrivate(t *testing.T) {
	if os.PathSeparator != '/' {
		t.Skip("NOT PROVEN: a page for the browser is private, for there is no sh here")
	}
	b := fakeBrowser(t, `for arg; do :; done; page=${arg#file://}; echo $(ls -ld "$page" | cut -c1-10) $(ls -ld "${page%/*}" | cut -c1-10) >&2; exit 1`)
	_, err := b.pdf(t.Context(), []byte("<p>Jordan Lee"))
	if want := "the browser could not make a PDF: -rw------- drwx------"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	none := func(string) string { return "" }
	if slices.ContainsFunc(browsers("linux", none), filepath.IsAbs) {
		t.Fatal("on Linux, browsers are looked for by name")
	}
	if os.PathSeparator != '/' || exists("/Applications") {
		t.Skip("NOT PROVEN: what is said without a browser, for there may be one here")
	}
	_, err := (&program{env: none}).browser()
	var why *refusal
	if !errors.As(err, &why) || why.message != "no browser was found that could make a PDF" || len(why.lines) != 3 {
		t.Errorf("error %v", err)
	}
}

// On Windows, Edge is there where nobody has put another browser.
func TestPlacesOfBrowsers(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"ProgramFiles": `C:\Program Files`, "ProgramFiles(x86)": `C:\Program Files (x86)`}[name]
	}
	for system, want := range map[string]string{
		"windows": `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
		"darwin":  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		"linux":   "microsoft-edge",
	} {
		if got := browsers(system, env); !slices.Contains(got, want) {
			t.Errorf("%s: %q, want also %q", system, got, want)
		}
	}
}
