package bedside_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bedside"
	"bedside/lint/readability"
)

// rooms are the packages of the house, each with what it may import: rooms
// first, then modules of others. The standard library is open to all, but for
// what guarded names. What nobody may import does not stand here: cmd.
var rooms = map[string]string{
	"bedside":                  ``,
	"bedside/internal/compact": ``,
	"bedside/internal/nearest": ``,
	"bedside/internal/strict":  `bedside/internal/nearest github.com/BurntSushi/toml`,

	"bedside/lint/readability": ``,
	"bedside/lint/phrase":      `bedside/lint/readability bedside/internal/nearest golang.org/x/text`,
	"bedside/lint/letter": `bedside/lint/readability bedside/lint/phrase bedside/internal/nearest bedside/internal/strict
		github.com/yuin/goldmark golang.org/x/text github.com/BurntSushi/toml`,
	"bedside/lint": `bedside/lint/letter bedside/lint/phrase bedside/lint/readability bedside/internal/compact bedside/internal/nearest bedside/internal/strict
		github.com/BurntSushi/toml`, // never goldmark: what a letter says, letter tells

	"bedside/internal/approval": `bedside/lint bedside/lint/letter bedside/internal/render bedside/internal/strict`,
	"bedside/internal/render":   `bedside/lint/letter bedside/internal/nearest bedside/internal/strict github.com/yuin/goldmark`,
	"bedside/internal/change":   `bedside/lint bedside/lint/letter`,
	"bedside/internal/report":   `bedside/lint bedside/lint/letter bedside/internal/change github.com/clipperhouse/displaywidth`,
	"bedside/internal/watch":    `github.com/fsnotify/fsnotify`,
	"bedside/internal/preview":  `bedside/lint bedside/lint/letter bedside/internal/change bedside/internal/render bedside/internal/strict`,

	"bedside/cmd/bedside": `bedside bedside/lint bedside/lint/letter bedside/internal/approval bedside/internal/change bedside/internal/nearest
		bedside/internal/preview bedside/internal/render bedside/internal/report bedside/internal/strict bedside/internal/watch
		github.com/inconshreveable/mousetrap github.com/spf13/cobra github.com/spf13/pflag github.com/rogpeppe/go-internal golang.org/x/term golang.org/x/sys`,
}

// guarded are packages that only some rooms may import, and why.
var guarded = []struct{ name, rooms, why string }{
	{"os", "bedside/cmd/bedside", "a library reads files through fs.FS and prints nothing"},
	{"log", "bedside/internal/preview", "a library prints nothing, and the program has words of its own; the server of the preview has to be given a log that says nothing"},
	{"os/exec", "bedside/cmd/bedside", "a library starts no program; the command starts the browser that makes PDFs, and git"},
	{"net", "bedside/internal/preview", "no network, ever, but for the page that the preview shows to this computer"},
	{"net/http", "bedside/internal/preview", "no network, ever, but for the page that the preview shows to this computer"},
	{"html/template", "", sizeOfTemplates},
	{"text/template", "", sizeOfTemplates},
	{"github.com/fsnotify/fsnotify", "bedside/internal/watch", "what a system tells of changes is told in many ways: one room knows them"},
	{"C", "", "go install has to work without a C compiler"},
}

// It adds 2.5 MB to a program that may have 12.
const sizeOfTemplates = "a template calls methods by name, so the linker keeps all there are: write markup"

// linkedNowhere are packages that must not even come in through others.
var linkedNowhere = []string{"runtime/cgo"}

// systems are those the program is built for. Their files differ.
var systems = []string{"linux", "darwin", "windows"}

// A listed package is what go list tells of one.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
	Module     *struct{ Path, Dir string }
}

// own reports whether a package is one of this module.
func (p *listed) own() bool { return p.Module != nil && p.Module.Path == "bedside" }

// list returns the packages of this module and all they need, as built for an
// operating system.
func list(t *testing.T, system string) []*listed {
	t.Helper()
	c := exec.Command("go", "list", "-e", "-deps", "-json=ImportPath,Standard,Imports,Module", "./...")
	c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	var all []*listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := &listed{}
		if err := dec.Decode(p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestWhoMayImportWhom(t *testing.T) {
	seen := map[string]bool{}
	for _, system := range systems {
		for _, p := range list(t, system) {
			if slices.Contains(linkedNowhere, p.ImportPath) {
				t.Errorf("%s: something imports %s, and nothing may", system, p.ImportPath)
			}
			if p.own() {
				seen[p.ImportPath] = true
				checkImports(t, p)
			}
		}
	}
	for name := range rooms {
		if !seen[name] {
			t.Errorf("the table of rooms has %s, and there is no such room", name)
		}
	}
}

// checkImports holds one room to the table.
func checkImports(t *testing.T, p *listed) {
	t.Helper()
	may, ok := rooms[p.ImportPath]
	if !ok {
		t.Errorf("%s is a new room: say in the table of rooms what it may import", p.ImportPath)
		return
	}
	for _, name := range p.Imports {
		for _, g := range guarded {
			if g.name == name && !slices.Contains(strings.Fields(g.rooms), p.ImportPath) {
				t.Errorf("%s imports %s: %s", p.ImportPath, name, g.why)
			}
		}
		isRoom := name == "bedside" || strings.HasPrefix(name, "bedside/")
		first, _, _ := strings.Cut(name, "/")
		if !isRoom && !strings.Contains(first, ".") {
			continue // the standard library
		}
		if !slices.ContainsFunc(strings.Fields(may), func(m string) bool {
			return name == m || !isRoom && strings.HasPrefix(name, m+"/")
		}) {
			t.Errorf("%s imports %s, which the table of rooms does not allow", p.ImportPath, name)
		}
	}
}

// TestSizeOfProgram: people fetch the program over whatever network their
// office has, and CI fetches it for each run.
func TestSizeOfProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	const most = 12_000_000
	program := filepath.Join(t.TempDir(), "bedside")
	c := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", program, "./cmd/bedside")
	c.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "GOAMD64=v1", "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	info, err := os.Stat(program)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > most {
		t.Errorf("the program for linux/amd64 has %d bytes, want %d at most; what is in it: go tool nm -size -sort size", info.Size(), most)
	}
	t.Logf("%d bytes of %d", info.Size(), most)
}

// TestLibraryIsQuiet: outside cmd no code runs by itself, ends the program,
// reads its arguments or prints.
func TestLibraryIsQuiet(t *testing.T) {
	forbidden := map[string]string{
		"os.Args": "", "os.Exit": "", "os.Stdin": "", "os.Stdout": "", "os.Stderr": "",
		"fmt.Print": "", "fmt.Printf": "", "fmt.Println": "",
	}
	for _, file := range goFiles(t) {
		if strings.HasPrefix(file, "cmd/") || strings.HasSuffix(file, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" {
					t.Errorf("%s: init runs before anyone asks; make it a function that is called", fset.Position(n.Pos()))
				}
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok {
					name := pkg.Name + "." + n.Sel.Name
					if _, bad := forbidden[name]; bad {
						t.Errorf("%s: %s is for cmd only", fset.Position(n.Pos()), name)
					}
				}
			}
			return true
		})
	}
}

// goFiles are the Go files of this repository.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name != "." && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(name, ".go") {
			files = append(files, name)
		}
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatal("no Go files", err)
	}
	return files
}

// TestNotices: whatever is linked into the program, on any system, is named
// in NOTICE with its licence, word for word.
func TestNotices(t *testing.T) {
	plain := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	notices := plain(bedside.Notices)
	if !strings.Contains(notices, plain(readability.Notice)) {
		t.Error("NOTICE misses the notice of the CMU Pronouncing Dictionary")
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	licence, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "LICENSE"))
	switch {
	case err != nil: // some systems keep it elsewhere
		t.Logf("NOT PROVEN: NOTICE has the licence of Go: %v", err)
	case !strings.Contains(notices, plain(string(licence))):
		t.Error("NOTICE misses the licence of Go")
	}
	modules := map[string]string{} // path to folder
	for _, system := range systems {
		for _, p := range list(t, system) {
			if p.Module != nil && !p.own() {
				modules[p.Module.Path] = p.Module.Dir
			}
		}
	}
	for module, dir := range modules {
		name := regexp.MustCompile(`/v\d+$`).ReplaceAllString(module, "")
		if !strings.Contains(notices, name+" ") {
			t.Errorf("NOTICE does not name %s", name)
		}
		if dir == "" {
			t.Logf("NOT PROVEN: NOTICE has the licence of %s, which was not downloaded", module)
			continue
		}
		if licence := licenceIn(t, dir); !strings.Contains(notices, plain(licence)) {
			t.Errorf("NOTICE misses the licence of %s", module)
		}
	}
}

// licenceIn is the licence of a module.
func licenceIn(t *testing.T, dir string) string {
	t.Helper()
	for _, name := range []string{"LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING"} {
		if src, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			return string(src)
		}
	}
	t.Fatalf("no licence in %s", dir)
	return ""
}

// TestPagesPointAtWhatIsThere: files and tests that README.md and
// CONTRIBUTING.md name exist.
func TestPagesPointAtWhatIsThere(t *testing.T) {
	var code strings.Builder
	for _, file := range goFiles(t) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(src)
	}
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	quoted := regexp.MustCompile("`([a-z.][A-Za-z0-9_./*-]*/[A-Za-z0-9_./*-]*|[A-Za-z0-9_-]+\\.(?:go|md))`")
	anyName := strings.NewReplacer("NAME", "*", "COMMAND-WHAT", "*")
	function := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Za-z]+)`")
	for page, patterns := range map[string][]*regexp.Regexp{"README.md": {link}, "CONTRIBUTING.md": {link, quoted}} {
		src, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range patterns {
			for _, m := range pattern.FindAllStringSubmatch(string(src), -1) {
				if found, err := fs.Glob(os.DirFS("."), path.Clean(anyName.Replace(m[1]))); err != nil || len(found) == 0 {
					t.Errorf("%s names %s, and there is no such file", page, m[1])
				}
			}
		}
		for _, m := range function.FindAllStringSubmatch(string(src), -1) {
			if !strings.Contains(code.String(), "func "+m[1]+"(") {
				t.Errorf("%s names %s, and there is no such test", page, m[1])
			}
		}
	}
}
