package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"bedside/internal/report"
	"bedside/lint"
)

var update = flag.Bool("update", false, "write what is printed now into the scripts; read it before you keep it")

// smallPack is a pack with one rule of each shape. The scripts use it so
// that they do not change with the words of rules.toml.
const smallPack = "../../internal/report/testdata/office"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bedside": main})
}

// TestScripts runs the program as it is typed. Commands of our own:
//
//	office [DIR]         puts the small pack into a folder
//	write FILE 'TEXT'    writes a file; \n, \r, \x.. mean what they mean in Go
//	large FILE BYTES     makes a file that only looks so large
//	exits N PROGRAM ...  runs a program that must end with exit code N
//	sees FILE 'PATTERN'  waits until a line of a file matches a pattern
func TestScripts(t *testing.T) {
	from, err := filepath.Abs(smallPack)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("NO_COLOR", "")
			env.Setenv(browserName, os.Getenv(browserName))
			return os.MkdirAll(filepath.Join(env.WorkDir, "home"), 0o777)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"office": func(ts *testscript.TestScript, _ bool, args []string) {
				to := "."
				if len(args) > 0 {
					to = args[0]
				}
				ts.Check(copyTree(ts.MkAbs(to), from))
			},
			"write": func(ts *testscript.TestScript, _ bool, args []string) {
				text, err := strconv.Unquote(`"` + strings.ReplaceAll(args[1], `"`, `\"`) + `"`)
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
			},
			"large": func(ts *testscript.TestScript, _ bool, args []string) {
				size, err := strconv.ParseInt(args[1], 10, 64)
				ts.Check(err)
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("Dear reader,\n"), 0o666))
				ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
			},
			"sees": func(ts *testscript.TestScript, _ bool, args []string) {
				pattern := regexp.MustCompile("(?m)" + args[1])
				for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
					src, err := os.ReadFile(ts.MkAbs(args[0]))
					if pattern.Match(src) {
						return
					}
					if time.Now().After(end) {
						ts.Fatalf("no line of %s matches %s (%v):\n%s", args[0], args[1], err, src)
					}
				}
			},
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				err = ts.Exec(args[1], args[2:]...)
				var exit *exec.ExitError
				if got := 0; err == nil || !errors.As(err, &exit) || exit.ExitCode() != want {
					if exit != nil {
						got = exit.ExitCode()
					}
					ts.Fatalf("exit code %d, want %d", got, want)
				}
			},
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Getuid() == 0, nil
			case "browser":
				_, err := (&program{env: os.Getenv}).browser()
				if err != nil && !browserRequired() {
					return false, nil
				}
				return err == nil, err
			}
			return false, fmt.Errorf("there is no condition %q", cond)
		},
	})
}

func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o777); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), src, 0o666)
	})
}

// run runs the program in this process.
func run(t *testing.T, dir string, args ...string) (code int, out, err string) {
	t.Helper()
	var o, e bytes.Buffer
	p := quietProgram(dir)
	p.out, p.err = &o, &e
	code = p.run(args)
	return code, o.String(), e.String()
}

// quietProgram works in a folder, and nobody hears it.
func quietProgram(dir string) *program {
	return &program{in: strings.NewReader(""), out: io.Discard, err: io.Discard, dir: dir, env: func(string) string { return "" }, since: time.Now}
}

// manyLetters writes a pack with n letters of many shapes.
func manyLetters(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyTree(dir, smallPack); err != nil {
		t.Fatal(err)
	}
	sets, err := filepath.Glob("../../internal/report/testdata/letters/*.md")
	if err != nil || len(sets) == 0 {
		t.Fatal("no letters", err)
	}
	for i := range n {
		src, err := os.ReadFile(sets[i%len(sets)])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "templates", fmt.Sprintf("%03d.md", i)), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSameBytesOnEveryRun(t *testing.T) {
	dir := manyLetters(t, 40)
	first := map[string]string{}
	for i := range 51 {
		workers := []int{1, 2, 4}[i%3]
		before := runtime.GOMAXPROCS(workers)
		for _, format := range report.Names() {
			code, out, err := run(t, dir, "check", "--format", format, "--report", "json=r.json")
			file, _ := os.ReadFile(filepath.Join(dir, "r.json"))
			all := fmt.Sprint(code, out, err, string(file))
			if first[format] == "" {
				first[format] = all
			}
			if all != first[format] {
				t.Fatalf("run %d with %d workers prints other %s than the first run", i, workers, format)
			}
		}
		runtime.GOMAXPROCS(before)
	}
}

func TestInOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		square := func(i int) int {
			time.Sleep(time.Duration(i*7%3) * time.Microsecond)
			return i * i
		}
		i := 0
		for got := range inOrder(100, workers, square) {
			if got != i*i {
				t.Fatalf("%d workers: result %d is %d", workers, i, got)
			}
			i++
		}
		if i != 100 {
			t.Errorf("%d workers: %d results, want 100", workers, i)
		}
		for got := range inOrder(100, workers, square) {
			if got == 25 {
				break // whoever stops early leaves nobody waiting
			}
		}
	}
}

// A fault in what one sink writes reaches the caller, and the others still
// get every result.
func TestReportThatCannotBeWritten(t *testing.T) {
	fault, results := errors.New("disk full"), make([]*lint.Result, 9)
	for i := range results {
		results[i] = &lint.Result{}
	}
	got := 0
	count := &report.Format{Write: func(_ io.Writer, _ *lint.Pack, all iter.Seq[*lint.Result], _ report.Options) error {
		for range all {
			got++
		}
		return nil
	}}
	broken := &report.Format{Write: func(_ io.Writer, _ *lint.Pack, all iter.Seq[*lint.Result], _ report.Options) error {
		for range all {
			return fault
		}
		return nil
	}}
	if err := fanOut(nil, slices.Values(results), []sink{{format: count}, {format: broken}}); err != fault {
		t.Errorf("error %v, want %v", err, fault)
	}
	if got != len(results) {
		t.Errorf("the other sink got %d results of %d", got, len(results))
	}
	if err := fanOut(nil, slices.Values(results), []sink{{format: broken}}); err != fault {
		t.Errorf("alone: error %v, want %v", err, fault)
	}
}

// A screen that takes no more is refused, not passed over in silence.
func TestScreenThatCannotBeWritten(t *testing.T) {
	var e bytes.Buffer
	p := &program{in: strings.NewReader(""), out: brokenWriter{}, err: &e, dir: manyLetters(t, 9), env: func(string) string { return "" }, since: time.Now}
	for _, format := range report.Names() {
		e.Reset()
		if code := p.run([]string{"check", "--format", format}); code != exitRefused || !strings.Contains(e.String(), "cannot write the findings: disk full") {
			t.Errorf("%s: code %d, stderr %q", format, code, &e)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// Every command tells what it is for, and has an example.
func TestCommandsAreDocumented(t *testing.T) {
	for _, c := range (&program{}).root().Commands() {
		if c.Short == "" || strings.HasSuffix(c.Short, ".") {
			t.Errorf("%s: %q", c.Name(), c.Short)
		}
		if c.Example == "" && !slices.Contains([]string{"help", "completion", "version"}, c.Name()) {
			t.Errorf("%s has no example", c.Name())
		}
	}
}
