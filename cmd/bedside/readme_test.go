package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

const (
	repository = "../.."
	readme     = repository + "/README.md"
)

// A fence is one fenced block of README.md:
//
//	```console         a session: lines that begin with "$ " are typed, and what is printed follows, byte by byte
//	```sh              commands that must succeed; what they print is not compared
//	```KIND FILE       a file, written as it stands: ```markdown letter.md
//
// Others are only read. Every section (##) begins in an empty folder.
type fence struct {
	info    string
	line    int // in README.md: of the first of its lines, counted from 0
	lines   []string
	printed []string // of a console: its lines as they are now
	section string
}

// notRun are commands of README.md that this test does not type.
var notRun = map[string]string{
	"bedside preview": "it goes on until it is stopped: TestPreviewStops",
	"go test ./...":   "it is what runs this test",
}

// goesOn are commands of README.md that go on until they are stopped, and how
// this test types them, which has no screen.
var goesOn = map[string]string{
	"bedside watch letter.md": "echo q | bedside watch letter.md --format text",
}

// readPage returns the lines of README.md.
func readPage(t *testing.T) []string {
	t.Helper()
	src, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(src), "\n")
}

// fences are the fenced blocks of a page, in order.
func fences(t *testing.T, page []string) []*fence {
	t.Helper()
	var all []*fence
	var open *fence
	section := ""
	for i, line := range page {
		info, isFence := strings.CutPrefix(line, "```")
		switch {
		case isFence && open == nil:
			open = &fence{info: info, line: i + 1, section: section}
		case isFence:
			all, open = append(all, open), nil
		case open != nil:
			open.lines = append(open.lines, line)
		case strings.HasPrefix(line, "## "):
			section = line[3:]
		}
	}
	if open != nil {
		t.Fatalf("README.md:%d: this block is not closed", open.line)
	}
	return all
}

// TestReadmeCommands types every command of README.md and compares what is
// printed. -update writes what is printed now; read it before you keep it.
func TestReadmeCommands(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("NOT PROVEN: the commands of README.md, for there is no sh here")
	}
	page := readPage(t)
	all := fences(t, page)
	shells := map[string]*shell{}
	for _, f := range all {
		if shells[f.section] == nil {
			shells[f.section] = newShell(t)
		}
		f.run(t, shells[f.section])
	}
	if !*update || t.Failed() {
		return
	}
	for _, f := range slices.Backward(all) { // the lines before stay where they are
		if f.info == "console" {
			page = slices.Replace(page, f.line, f.line+len(f.lines), f.printed...)
		}
	}
	if err := os.WriteFile(readme, []byte(strings.Join(page, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
}

// run does what a block asks for.
func (f *fence) run(t *testing.T, sh *shell) {
	t.Helper()
	kind, file, isFile := strings.Cut(f.info, " ")
	switch {
	case isFile:
		sh.write(t, file, strings.Join(f.lines, "\n")+"\n")
	case kind == "sh":
		for _, command := range f.lines {
			if out, err := sh.run(command); err != nil {
				t.Errorf("README.md:%d: %s: %v\n%s", f.line, command, err, out)
			}
		}
	case kind == "console":
		f.typeIn(t, sh)
		if diff := gocmp.Diff(f.lines, f.printed); diff != "" && !*update {
			t.Errorf("README.md:%d differs from what is printed (-README +printed); go test ./cmd/bedside -run Readme -update takes it over:\n%s", f.line, diff)
		}
	}
}

// typeIn types the commands of a session. PDFs need a browser.
func (f *fence) typeIn(t *testing.T, sh *shell) {
	t.Helper()
	proven := true
	for _, line := range f.lines {
		command, isCommand := strings.CutPrefix(line, "$ ")
		if isCommand {
			proven = !strings.Contains(command, " --pdf") || hasBrowser(t)
		}
		switch {
		case !proven:
			f.printed = append(f.printed, line)
		case isCommand:
			out, _ := sh.run(command) // what it prints tells whether it failed
			f.printed = append(append(f.printed, line), linesOf(out)...)
		}
	}
}

// hasBrowser reports whether PDFs can be made here. Where they have to be, it
// fails the test.
func hasBrowser(t *testing.T) bool {
	t.Helper()
	_, err := (&program{env: os.Getenv}).browser()
	switch {
	case err != nil && browserRequired():
		t.Fatal(err)
	case err != nil:
		t.Logf("NOT PROVEN: the commands of README.md that make PDFs: %v", err)
	}
	return err == nil
}

// linesOf are the lines of a text, without empty ones at its end.
func linesOf(text string) []string {
	if text = strings.TrimRight(text, "\n"); text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// A shell types commands into a folder of its own, as a newcomer would.
type shell struct{ dir, home string }

func newShell(t *testing.T) *shell {
	t.Helper()
	sh := &shell{dir: t.TempDir(), home: t.TempDir()}
	if err := os.Mkdir(filepath.Join(sh.dir, ".git"), 0o777); err != nil { // no rules.toml above counts
		t.Fatal(err)
	}
	return sh
}

func (sh *shell) write(t *testing.T, name, content string) {
	t.Helper()
	file := filepath.Join(sh.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// run types one command and returns what it prints, on both streams.
// Commands of Go work on this repository.
func (sh *shell) run(command string) (string, error) {
	if notRun[command] != "" {
		return "", nil
	}
	c := exec.Command("sh", "-c", cmp.Or(goesOn[command], command))
	c.Dir = sh.dir
	c.Env = append(os.Environ(), "NO_COLOR=", "CLICOLOR_FORCE=")
	if strings.HasPrefix(command, "go ") {
		c.Dir, c.Env = repository, append(c.Env, "GOBIN="+sh.home)
	} else {
		c.Env = append(c.Env, "HOME="+sh.home)
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.String(), err
}

// TestReadmeTables holds the parts of README.md that are printed from the
// pack: they stand between <!-- begin NAME --> and <!-- end NAME -->.
func TestReadmeTables(t *testing.T) {
	pack, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	var rules bytes.Buffer
	if err := report.RuleTable(&rules, pack, ""); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"letters": letterTables(t, pack),
		"kinds":   kindTable(pack),
		"rules":   rules.String(),
	} {
		t.Run(name, func(t *testing.T) {
			page := strings.Join(readPage(t), "\n")
			begin, end := "<!-- begin "+name+" -->\n", "<!-- end "+name+" -->"
			before, rest, ok := strings.Cut(page, begin)
			got, after, closed := strings.Cut(rest, end)
			if !ok || !closed {
				t.Fatalf("README.md has no part between %s and %s", begin, end)
			}
			diff := gocmp.Diff(linesOf(strings.Trim(got, "\n")), linesOf(want))
			switch {
			case diff == "":
			case *update:
				page = before + begin + "\n" + want + "\n" + end + after
				if err := os.WriteFile(readme, []byte(page), 0o666); err != nil {
					t.Fatal(err)
				}
			default:
				t.Errorf("the %s in README.md are not those of the pack (-README +pack); go test ./cmd/bedside -run Readme -update takes them over:\n%s", name, diff)
			}
		})
	}
}

// letterTables list the letters of the pack, a table for each language.
func letterTables(t *testing.T, pack *lint.Pack) string {
	t.Helper()
	chosen, err := (&program{}).packLetters(&office{fsys: bedside.FS, builtin: true})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	language := ""
	for _, s := range chosen.letters {
		src, err := s.read()
		if err != nil {
			t.Fatal(err)
		}
		res := pack.Check(s.path, src)
		if res.Language != language {
			if language != "" {
				b.WriteByte('\n')
			}
			language = res.Language
			measure := "Reading grade"
			if res.Readability.Scores.FKGrade == nil {
				measure = "Reading ease"
			}
			fmt.Fprintf(&b, "| Letter in %s | Title | What it does | %s |\n| --- | --- | --- | --- |\n", letter.LanguageName(language), measure)
		}
		meta := &res.Letter.Meta
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s |\n", cmp.Or(meta.Stage, meta.Title), res.Path, meta.Title, meta.Purpose, ease(res))
	}
	return b.String()
}

// ease tells of the form that is hardest to read how hard it is, by the
// measure of its language.
func ease(res *lint.Result) string {
	switch scores := res.Readability.Scores; {
	case scores.FKGrade != nil:
		return fmt.Sprintf("%.1f", *scores.FKGrade)
	case scores.INFLESZ != nil:
		return fmt.Sprintf("%.0f", *scores.INFLESZ)
	}
	return "–"
}

// kindTable lists the kinds of letters.
func kindTable(pack *lint.Pack) string {
	var b strings.Builder
	b.WriteString("| Kind | Which letters |\n| --- | --- |\n")
	for _, kind := range slices.Sorted(maps.Keys(pack.Kinds)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", kind, pack.Kinds[kind])
	}
	return b.String()
}
