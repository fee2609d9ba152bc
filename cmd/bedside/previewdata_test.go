package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// --data shows one person who is real: the page says so all the time, and
// nothing tells a value.
func TestPreviewRealData(t *testing.T) {
	dir := t.TempDir()
	if code, _, said := run(t, dir, "init"); code != 0 {
		t.Fatal(said)
	}
	writeFile(t, filepath.Join(dir, "a.json"), `{"name": "Alex", "language": "en", "values": {"patient_first_name": "Alexandra", "balance_due": "12.50", "installment_count": 12}}`)
	writeFile(t, filepath.Join(dir, "b.toml"), "[[person]]\nname = \"Bo\"\nlanguage = \"en\"\n[person.values]\npatient_first_name = \"Boris\"\n")
	for file, first := range map[string]string{"a.json": "Alexandra", "b.toml": "Boris"} {
		v := &previewing{program: &program{dir: dir, env: os.Getenv, err: os.Stderr, since: time.Now}, folder: ".", data: file, language: "en"}
		p, err := v.read()
		if err != nil {
			t.Fatal(err)
		}
		if !p.Real || len(p.Pages.People) != 1 || p.Pages.People[0].Values["patient_first_name"] != first {
			t.Errorf("%s: %+v", file, p.Pages.People)
		}
		if _, err := p.Export(); err == nil {
			t.Error("a real person went into an export")
		}
	}
	for name, src := range map[string]string{
		"money.json": `{"language": "en", "values": {"balance_due": "Secret"}}`,
		"field.json": `{"language": "en", "values": {"secret": "Secret"}}`,
		"bad.json":   `{"language": "en", "values": "Secret"`,
		"bad.toml":   "[[person]]\nname = Secret\n",
		"key.toml":   "[[person]]\nname = \"x\"\nSecret = 1\n",
		"date.toml":  "[[person]]\nid = \"x\"\nlanguage = \"en\"\n[person.values]\ndue_date = \"Secret\"\n",
		"two.toml":   "[[person]]\nname = \"Secret\"\n[[person]]\nname = \"Secret\"\n",
	} {
		writeFile(t, filepath.Join(dir, name), src)
		code, out, said := run(t, dir, "preview", "--no-open", "--data", name)
		if code != exitRefused || strings.Contains(out+said, "Secret") || said == "" {
			t.Errorf("%s: %d %s%s", name, code, out, said)
		}
	}
	if code, _, said := run(t, dir, "preview", "--export", "out", "--data", "a.json"); code != exitRefused || !strings.Contains(said, "real people never go into an export") {
		t.Errorf("%d %s", code, said)
	}
}

// TestPreviewStops: the first line has the address, and Ctrl-C is a good end.
func TestPreviewStops(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT PROVEN: Ctrl-C ends a preview, for a program cannot press it here")
	}
	read, write := io.Pipe()
	p := &program{in: strings.NewReader(""), out: write, err: os.Stderr, dir: t.TempDir(), env: func(string) string { return "" }, since: time.Now}
	code := make(chan int, 1)
	go func() { code <- p.run([]string{"preview", "--no-open", "--port", "0"}) }()
	line, err := bufio.NewReader(read).ReadString('\n')
	if want := regexp.MustCompile(`^47 letters, 47 ready\.   http://127\.0\.0\.1:\d+   \(open it in your browser; Ctrl-C to stop\)\n$`); err != nil || !want.MatchString(line) {
		t.Errorf("%q, %v", line, err)
	}
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(os.Interrupt)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := <-code; got != exitClean {
		t.Errorf("it ended with %d", got)
	}
}

// A link out of the folder could show what lies elsewhere on this computer.
func TestPreviewRefusesLinksOut(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.md")
	writeFile(t, secret, "Secret")
	for _, name := range []string{"templates/en/linked.md", "templates/letter.css"} {
		dir := t.TempDir()
		if code, _, said := run(t, dir, "init"); code != 0 {
			t.Fatal(said)
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		_ = os.Remove(file)
		if err := os.Symlink(secret, file); err != nil {
			t.Skipf("NOT PROVEN: links out of a pack are refused: %v", err)
		}
		if code, _, said := run(t, dir, "preview", "--export", "out"); code != exitRefused || !strings.Contains(said, "“"+name+"” is a link to a file outside of") {
			t.Errorf("%s: %d %s", name, code, said)
		}
		if exists(filepath.Join(dir, "out")) {
			t.Error("something was written")
		}
	}
	inside := t.TempDir()
	if code, _, said := run(t, inside, "init"); code != 0 {
		t.Fatal(said)
	}
	if err := os.Symlink("reminder-30.md", filepath.Join(inside, "templates/en/same.md")); err != nil {
		t.Fatal(err)
	}
	if code, _, said := run(t, inside, "preview", "--export", "out"); code != exitClean {
		t.Errorf("a link within the pack: %d %s", code, said)
	}
}
