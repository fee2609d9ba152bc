package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// testBrowser is the browser of this computer.
func testBrowser(t *testing.T) browser {
	t.Helper()
	b, err := (&program{env: os.Getenv}).browser()
	if err != nil {
		lacks(t, "what only a browser can show", err)
	}
	return b
}

// A tab is one page of a running browser, which is told what to do by the
// DevTools protocol over a pipe: messages of JSON with NUL between them.
type tab struct {
	t   *testing.T
	dir string
	*pipe
	target  string
	session string
	home    string   // where it may ask for pages, besides its own folder
	said    []string // what a page may not say: errors, requests
	asked   []string // all requests, whole
}

// A pipe goes to a browser and back; its tabs share it.
type pipe struct {
	in  io.Writer
	out *bufio.Reader
	id  int // of the last call
}

// A message is a call, its answer, or an event.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// newTab starts a browser, which ends with the test.
func newTab(t *testing.T) *tab {
	t.Helper()
	b := testBrowser(t)
	dir := t.TempDir()
	toBrowser, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, fromBrowser, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	c := exec.CommandContext(ctx, b.path, append(b.flags(filepath.Join(dir, "profile")), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
		"--remote-debugging-pipe", "about:blank")...)
	c.ExtraFiles = []*os.File{toBrowser, fromBrowser} // 3 and 4, as the browser has it
	said, err := os.Create(filepath.Join(dir, "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = said
	endsWhole(c)
	if err := c.Start(); err != nil {
		lacks(t, "what only a browser can show", err)
	}
	toBrowser.Close()
	fromBrowser.Close()
	t.Cleanup(func() {
		cancel()
		_ = c.Wait() // it was stopped
		in.Close()
		out.Close()
		said.Close()
	})
	first := &tab{t: t, dir: dir, pipe: &pipe{in: in, out: bufio.NewReaderSize(out, 1<<20)}}
	return first.another()
}

// another opens one more tab of the same browser, and window one more window.
func (tab *tab) another() *tab { return tab.create(false) }
func (tab *tab) window() *tab  { return tab.create(true) }

func (tab *tab) create(window bool) *tab {
	tab.t.Helper()
	other := *tab
	other.session, other.said, other.asked = "", nil, nil
	var created struct{ TargetID string }
	other.call("Target.createTarget", map[string]any{"url": "about:blank", "newWindow": window}, &created)
	var attached struct{ SessionID string }
	other.call("Target.attachToTarget", map[string]any{"targetId": created.TargetID, "flatten": true}, &attached)
	other.target, other.session = created.TargetID, attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		other.call(domain+".enable", nil, nil)
	}
	tab.t.Cleanup(other.quiet)
	return &other
}

// TestTabHears: what a page may not do does not go unnoticed.
func TestTabHears(t *testing.T) {
	tab := newTab(t)
	for page, want := range map[string]string{
		"<img src=https://example.org/x.png>":         "a request to https://example.org/x.png",
		"<link rel=stylesheet href=other.css>":        "a request to file://",
		"<script>console.log('hello')</script>":       "Runtime.consoleAPICalled",
		"<script>oops()</script>":                     "Runtime.exceptionThrown",
		"<p style='background:url(//example.org/x)'>": "a request to file://example.org/x",
		"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\"><img src=https://example.org/x.png>": "Log.entryAdded",
	} {
		tab.load([]byte("<!doctype html><title>x</title>" + page))
		if said := strings.Join(tab.said, "\n"); !strings.Contains(said, want) {
			t.Errorf("%s: heard %q, want %q", page, said, want)
		}
		tab.said = nil
	}
}

// call asks the browser for something and waits for its answer.
func (tab *tab) call(method string, params, result any) {
	tab.t.Helper()
	tab.id++
	raw, err := json.Marshal(params)
	if err != nil {
		tab.t.Fatal(err)
	}
	if params == nil {
		raw = nil
	}
	src, err := json.Marshal(message{ID: tab.id, Session: tab.session, Method: method, Params: raw})
	if err != nil {
		tab.t.Fatal(err)
	}
	if _, err := tab.in.Write(append(src, 0)); err != nil {
		tab.t.Fatalf("%s: %v", method, err)
	}
	for {
		m := tab.next(method)
		switch {
		case m.ID != tab.id:
			continue
		case m.Error != nil:
			tab.t.Fatalf("%s: %s", method, m.Error.Message)
		case result != nil:
			if err := json.Unmarshal(m.Result, result); err != nil {
				tab.t.Fatalf("%s: %v", method, err)
			}
		}
		return
	}
}

// next reads a message and keeps what a page may not say.
func (tab *tab) next(waiting string) *message {
	tab.t.Helper()
	src, err := tab.out.ReadBytes(0)
	if err != nil {
		said, _ := os.ReadFile(filepath.Join(tab.dir, "stderr"))
		tab.t.Fatalf("waiting for %s, the browser ended: %v\n%s", waiting, err, said)
	}
	m := &message{}
	if err := json.Unmarshal(bytes.TrimSuffix(src, []byte{0}), m); err != nil {
		tab.t.Fatal(err)
	}
	switch m.Method {
	case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded":
		tab.said = append(tab.said, m.Method+" "+string(m.Params))
	case "Network.requestWillBeSent":
		tab.asked = append(tab.asked, string(m.Params))
		var sent struct{ Request struct{ URL string } }
		if err := json.Unmarshal(m.Params, &sent); err != nil {
			tab.t.Fatal(err)
		}
		if tab.home != "" && strings.HasPrefix(sent.Request.URL, tab.home) || strings.HasPrefix(sent.Request.URL, "data:image/svg+xml") {
			break
		}
		if sent.Request.URL != tab.address("page.html").String() {
			tab.said = append(tab.said, "a request to "+sent.Request.URL)
		}
	}
	return m
}

// address is where a page for the browser lies.
func (tab *tab) address(name string) *url.URL {
	return &url.URL{Scheme: "file", Path: filepath.ToSlash(tab.dir) + "/" + name}
}

// open opens a page and wants it to be quiet: no error, no request but for the
// page itself, now or while it is looked at.
func (tab *tab) open(page []byte) {
	tab.t.Helper()
	tab.quiet()
	tab.load(page)
	tab.quiet()
}

// load opens a page.
func (tab *tab) load(page []byte) {
	tab.t.Helper()
	if err := os.WriteFile(filepath.Join(tab.dir, "page.html"), page, 0o600); err != nil {
		tab.t.Fatal(err)
	}
	tab.visit(tab.address("page.html").String())
}

// visit goes to an address.
func (tab *tab) visit(address string) {
	tab.t.Helper()
	tab.call("Page.navigate", map[string]any{"url": address}, nil)
	for {
		if m := tab.next("the page to load"); m.Method == "Page.loadEventFired" && m.Session == tab.session {
			return
		}
	}
}

// quiet wants nothing to have been said.
func (tab *tab) quiet() {
	tab.t.Helper()
	for _, what := range tab.said {
		tab.t.Errorf("the page is not quiet: %s", what)
	}
	tab.said = nil
}

// eval runs a script in the page. result, when it is not nil, gets its value.
func (tab *tab) eval(script string, result any) {
	tab.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	tab.call("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &answer)
	if e := answer.ExceptionDetails; e != nil {
		tab.t.Fatalf("%s %s", e.Text, e.Exception.Description)
	}
	if result != nil {
		if err := json.Unmarshal(answer.Result.Value, result); err != nil {
			tab.t.Fatal(err)
		}
	}
}

// A view is how somebody looks at a page.
type view struct {
	name  string
	width int // CSS pixels
	dark  bool
	media string // "print" or "screen"
}

// see looks at pages in a view from now on.
func (tab *tab) see(v view) {
	tab.t.Helper()
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	tab.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": v.width, "height": 1056, "deviceScaleFactor": 1, "mobile": false}, nil)
	tab.call("Emulation.setEmulatedMedia", map[string]any{"media": v.media, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// print prints the page, as bedside render --pdf does.
func (tab *tab) print() []byte {
	tab.t.Helper()
	var printed struct{ Data string }
	tab.call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true, "generateTaggedPDF": true}, &printed)
	return tab.decode(printed.Data)
}

// picture takes a PNG of what is seen of the page, height CSS pixels of it.
func (tab *tab) picture(v view, height int) []byte {
	tab.t.Helper()
	var taken struct{ Data string }
	tab.call("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true,
		"clip": map[string]any{"x": 0, "y": 0, "width": v.width, "height": height, "scale": 1}}, &taken)
	return tab.decode(taken.Data)
}

// wantFonts wants the fonts of letter.css that this computer should have: with
// others the lines break elsewhere.
func (tab *tab) wantFonts() {
	tab.t.Helper()
	for _, font := range []string{"Caladea", "Liberation Sans"} {
		var there bool
		tab.eval(`(f => { const c = document.createElement('canvas').getContext('2d');
			const width = font => { c.font = '50px ' + font; return c.measureText('Dear reader, hallo').width };
			return width('"' + f + '", monospace') !== width('monospace') })('`+font+`')`, &there)
		if !there {
			lacks(tab.t, "how pages look", errors.New("there is no font "+font))
		}
	}
}

func (tab *tab) decode(text string) []byte {
	tab.t.Helper()
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		tab.t.Fatal(err)
	}
	return raw
}
