package main

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"bedside/internal/report"
)

// A browser is the Chromium, Chrome or Edge of this computer. It prints pages.
type browser struct {
	path  string
	limit time.Duration // what takes longer than this hangs
}

// browserName is the variable of the environment that names a browser.
const browserName = "BEDSIDE_BROWSER"

// printingTakes is long enough for some thousand letters on a slow computer.
const printingTakes = time.Minute

// browser finds the browser of this computer: the one that BEDSIDE_BROWSER
// names, or one that is where browsers are put.
func (p *program) browser() (browser, error) {
	if named := p.env(browserName); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return browser{}, refuse([]string{"Let it name a Chromium, Google Chrome or Microsoft Edge, or take it away: then one is looked for."},
				"%s names “%s”, and there is no such program", browserName, named)
		}
		return browser{path, printingTakes}, nil
	}
	for _, name := range browsers(runtime.GOOS, p.env) {
		if path, err := exec.LookPath(name); err == nil {
			return browser{path, printingTakes}, nil
		}
	}
	return browser{}, refuse([]string{
		"A PDF is made by Google Chrome, Microsoft Edge or Chromium. Install one of them and try again.",
		"If there is one in a place of its own: " + browserName + "=/path/to/it bedside render ...",
		"Or without: leave out --pdf, open the page in any browser, and print it to a PDF.",
	}, "no browser was found that could make a PDF")
}

// browsers are the places where browsers are put, best first: a snap of
// Chromium sees only a part of the disk.
func browsers(system string, env func(string) string) []string {
	switch system {
	case "windows":
		var all []string
		for _, program := range []string{`Google\Chrome\Application\chrome.exe`, `Microsoft\Edge\Application\msedge.exe`, `Chromium\Application\chrome.exe`} {
			for _, folder := range []string{"ProgramFiles", "ProgramFiles(x86)", "LocalAppData"} {
				if env(folder) != "" {
					all = append(all, env(folder)+`\`+program)
				}
			}
		}
		return all
	case "darwin":
		return []string{
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"chromium",
		}
	}
	return []string{"google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chromium", "chromium-browser"}
}

// flags are how a browser is started: without a window, with a profile of its
// own, and without a word to anybody.
func (b browser) flags(profile string) []string {
	flags := []string{
		"--headless", "--disable-gpu", "--user-data-dir=" + profile,
		"--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync", "--disable-component-update",
		"--disable-background-networking", "--disable-default-apps", "--host-resolver-rules=MAP * ~NOTFOUND",
	}
	if os.Geteuid() == 0 {
		flags = append(flags, "--no-sandbox") // root has no other way; the page runs nothing
	}
	return flags
}

// pdf prints a page of HTML. The page and what is made of it lie in a folder
// that only this user can read, and that is gone afterwards.
func (b browser) pdf(ctx context.Context, page []byte) ([]byte, error) {
	work, err := os.MkdirTemp("", "bedside-")
	if err != nil {
		return nil, refuse(nil, "cannot make a folder for the browser to work in: %s", reason(err))
	}
	defer os.RemoveAll(work)
	from, to := filepath.Join(work, "page.html"), filepath.Join(work, "page.pdf")
	if err := os.WriteFile(from, page, 0o600); err != nil {
		return nil, refuse(nil, "cannot write a page for the browser: %s", reason(err))
	}
	timed, cancel := context.WithTimeout(ctx, b.limit)
	defer cancel()
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(from)}
	if !strings.HasPrefix(address.Path, "/") {
		address.Path = "/" + address.Path // of Windows: file:///C:/
	}
	c := exec.CommandContext(timed, b.path, append(b.flags(filepath.Join(work, "profile")),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--print-to-pdf="+to, address.String())...)
	endsWhole(c)
	c.WaitDelay = 2 * time.Second
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	failed := c.Run()
	pdf, err := os.ReadFile(to)
	switch {
	case ctx.Err() != nil:
		return nil, refuse([]string{"Nothing was written."}, "stopped before the PDF was made")
	case timed.Err() != nil:
		return nil, b.refuse("the browser did not answer for %s and was stopped", b.limit)
	case failed != nil:
		return nil, b.refuse("the browser could not make a PDF: %s", cannotPrint(failed, said.String()))
	case err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")):
		return nil, b.refuse("the browser ended without making a PDF: %s", cannotPrint(errors.New("it said nothing"), said.String()))
	}
	return pdf, nil
}

// refuse names the browser, and the ways around it.
func (b browser) refuse(format string, args ...any) error {
	return refuse([]string{
		"It was: " + b.path,
		"To use another one: " + browserName + "=/path/to/it bedside render ...",
		"Or without: leave out --pdf, open the page in any browser, and print it to a PDF.",
	}, format, args...)
}

// cannotPrint is the last that a browser said, or how it ended.
func cannotPrint(err error, said string) string {
	said = strings.TrimSpace(said)
	if said == "" {
		return err.Error()
	}
	return report.Clean(said[strings.LastIndexByte(said, '\n')+1:])
}
