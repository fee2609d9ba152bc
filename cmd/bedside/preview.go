package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"bedside"
	"bedside/internal/approval"
	"bedside/internal/preview"
	"bedside/internal/render"
	"bedside/internal/strict"
	"bedside/internal/watch"
	"bedside/lint"
)

// A previewing is one run of bedside preview.
type previewing struct {
	*program
	port     int
	noOpen   bool
	export   string
	data     string
	language string
	folder   string

	last opened
}

// An opened pack serves until one of its files is another: opening one takes
// longer than checking all its letters.
type opened struct {
	files  string // what is in them
	office *office
	pages  *render.Pack
}

func previewCommand(p *program) *cobra.Command {
	v := &previewing{program: p}
	c := &cobra.Command{
		Use:   "preview [FOLDER]",
		Short: "look at all letters in the browser, try them with other people, and print them",
		Long: `FOLDER is where the letters are, this one if it is left out. The page is for this computer only.
It follows every change of a letter, until Ctrl-C ends it. With --export it is written as a file
that opens by a double click and needs no program.`,
		Example: `bedside preview
bedside preview letters/
bedside preview --export review/
bedside preview --data patient.toml`,
		Args: atMost(1, "one folder"),
		RunE: func(_ *cobra.Command, args []string) error { return v.run(args) },
	}
	f := c.Flags()
	f.IntVar(&v.port, "port", preview.DefaultPort, "the `PORT` of the page; a free one if it is taken")
	f.BoolVar(&v.noOpen, "no-open", false, "do not open the browser")
	f.StringVar(&v.export, "export", "", "write the page into this `FOLDER` instead")
	f.StringVar(&v.data, "data", "", "show one real person, from a `FILE` like people.toml or of JSON; nothing of them is saved")
	f.StringVar(&v.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	return c
}

func (v *previewing) run(args []string) error {
	v.folder = "."
	if len(args) > 0 {
		v.folder = args[0]
	}
	switch {
	case v.export != "" && v.data != "":
		return refuse([]string{"Leave out --data: an export shows invented people."}, "real people never go into an export")
	case v.port < 0 || v.port > 65535:
		return refuse([]string{"Write a number up to 65535, or leave out --port."}, "there is no port %d", v.port)
	case v.export != "":
		return v.toFolder()
	}
	return v.serve()
}

// read reads the pack and its letters as they are now.
func (v *previewing) read() (*preview.Pack, error) {
	if info, err := os.Stat(v.full(v.folder)); err != nil || !info.IsDir() {
		return nil, refuse([]string{"Name the folder in which rules.toml is, or a folder of letters."}, "there is no folder “%s”", v.shown(v.folder))
	}
	o, pages, err := v.open()
	if err != nil {
		return nil, err
	}
	if v.data != "" {
		someone, err := v.person()
		if err != nil {
			return nil, err
		}
		if pages, err = pages.Only(someone); err != nil {
			return nil, refuse([]string{"All fields, and how their values look: bedside fields"}, "cannot show the person of “%s”: %s", v.shown(v.data), err)
		}
	}
	chosen, err := v.letters(o)
	if err != nil {
		return nil, err
	}
	pack := &preview.Pack{Pack: o.Pack, Pages: pages, Rules: o.provenance(), Real: v.data != ""}
	pack.Office, _ = o.Practice.Office["practice_name"].(string)
	for res, err := range checkAll(chosen, o, v.language) {
		if err != nil {
			return nil, refuse([]string{"Make it readable, or leave it out."}, "%s", err)
		}
		pack.Letters = append(pack.Letters, preview.Letter{ID: v.id(o, res), Result: res})
	}
	return pack, nil
}

// open opens the pack, unless it is the one that was opened last.
func (v *previewing) open() (*office, *render.Pack, error) {
	files, err := v.contents()
	if err != nil {
		return nil, nil, err
	}
	if v.last.office != nil && files == v.last.files {
		return v.last.office, v.last.pages, nil
	}
	o, err := v.office(v.folder)
	if err != nil {
		return nil, nil, err
	}
	if err := oneOf("--language", v.language, o.Languages()); err != nil {
		return nil, nil, err
	}
	if err := v.within(o); err != nil {
		return nil, nil, err
	}
	pages, err := render.Open(o.fsys, bedside.FS, o.Dictionary, o.Practice)
	if err != nil {
		return nil, nil, v.packError(o, err)
	}
	if err := v.openRegister(o, pages); err != nil {
		return nil, nil, err
	}
	v.last = opened{files, o, pages}
	return o, pages, nil
}

// contents is what is in the files of the pack.
func (v *previewing) contents() (string, error) {
	rules, err := v.rulesFor(v.folder)
	if err != nil || rules == "" {
		return "", err
	}
	var b strings.Builder
	dir := filepath.Dir(rules)
	for _, file := range append(filesBeside(dir), rules, filepath.Join(dir, approval.FileName)) {
		src, err := os.ReadFile(file)
		fmt.Fprintln(&b, file, err)
		b.Write(src)
	}
	return b.String(), nil
}

// letters are those of the pack; where a folder has none, those in it.
func (v *previewing) letters(o *office) ([]source, error) {
	chosen, err := v.packLetters(o)
	if o.builtin {
		if own, e := v.choose([]string{v.folder}); e == nil {
			chosen, err = own, nil
		}
	}
	if err != nil {
		return nil, err
	}
	for _, s := range chosen.letters {
		if s.fsys == nil && outside(s.full, cmp.Or(o.dir, v.full(v.folder))) {
			return nil, refuse([]string{"Copy the letter into the folder, or take the link out."}, "“%s” is a link to a file outside of “%s”", s.path, v.shown(v.folder))
		}
	}
	return chosen.letters, nil
}

// id is the place of a letter among the templates, without ending.
func (v *previewing) id(o *office, res *lint.Result) string {
	root := "templates"
	if !o.builtin {
		root = v.shown(v.relative(filepath.Join(o.dir, "templates")))
	}
	return strings.TrimPrefix(strings.TrimSuffix(res.Path, filepath.Ext(res.Path)), root+"/")
}

// within refuses files of the pack that are links out of it: whoever sent the
// folder could show what lies elsewhere on this computer.
func (v *previewing) within(o *office) error {
	if o.builtin {
		return nil
	}
	for _, file := range filesBeside(o.dir) {
		if outside(file, o.dir) {
			return refuse([]string{"Copy the file into the folder, or take the link out."}, "“%s” is a link to a file outside of “%s”", v.shown(v.relative(file)), v.shown(v.relative(o.dir)))
		}
	}
	return nil
}

// outside reports whether a file is a link to one that is not below a folder.
func outside(file, dir string) bool {
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return false // missing: there is nothing to show
	}
	root, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return true
	}
	rel, err := filepath.Rel(root, real)
	return err != nil || !filepath.IsLocal(rel)
}

// serve shows the letters until Ctrl-C.
func (v *previewing) serve() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &preview.Server{Open: v.read, Changes: v.changes}
	if b, err := v.browser(); err == nil {
		s.PDF = b.pdf
	}
	if err := s.Load(); err != nil {
		return err
	}
	if err := s.Listen(v.port); err != nil {
		return refuse([]string{"Leave out --port: then a free one is taken."}, "cannot show the page at port %d: %s", v.port, err)
	}
	ready := 0
	for _, l := range s.Pack().Letters {
		if l.Ready {
			ready++
		}
	}
	how := "open it in your browser; Ctrl-C to stop"
	if !v.noOpen && v.show(s.URL()) == nil {
		how = "opened in your browser; Ctrl-C to stop"
	}
	fmt.Fprintf(v.out, "%s, %d ready.   %s   (%s)\n", count(len(s.Pack().Letters), "letter", "letters"), ready, s.URL(), how)
	return s.Serve(ctx)
}

// show opens the page in the browser that this computer opens pages with.
func (v *previewing) show(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	case "darwin":
		name = "open"
	default:
		if v.env("DISPLAY") == "" && v.env("WAYLAND_DISPLAY") == "" && v.env("WSL_DISTRO_NAME") == "" {
			return errors.New("there is no screen")
		}
	}
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }()
	return nil
}

// toFolder writes the page as a file.
func (v *previewing) toFolder() error {
	pack, err := v.read()
	if err != nil {
		return err
	}
	page, err := pack.Export()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(v.full(v.export), 0o777); err != nil {
		return refuse(nil, "cannot make the folder “%s”: %s", v.shown(v.export), reason(err))
	}
	file := filepath.Join(v.export, indexName)
	if err := v.write(file, page, forAll); err != nil {
		return err
	}
	v.tell("✓ %s → %s   open it with a double click; it needs nothing else", count(len(pack.Letters), "letter", "letters"), v.shown(file))
	return nil
}

// changes tells when something is different that the page shows.
func (v *previewing) changes(ctx context.Context) <-chan struct{} {
	changed := make(chan struct{})
	dirs, o := v.watched()
	go func() {
		defer close(changed)
		files, err := watch.Open(dirs, o)
		if err != nil {
			v.tell("✗ the page does not follow what is saved: %s", err)
			return
		}
		defer files.Close()
		for {
			change, err := files.Next(ctx)
			if err != nil {
				return
			}
			if change.Note != "" {
				v.tell("%s", change.Note)
			}
			select {
			case changed <- struct{}{}:
			case <-ctx.Done():
				return
			}
		}
	}()
	return changed
}

// watched are the folders to watch: that of the rules, and all below the
// letters.
func (v *previewing) watched() (dirs []string, o watch.Options) {
	office, root := v.last.office, v.full(v.folder)
	letters := filepath.Join(office.dir, "templates")
	if office.builtin {
		letters = root
	} else {
		root = office.dir
	}
	dirs = []string{root, letters}
	data := ""
	if v.data != "" {
		data = v.full(v.data)
		dirs = append(dirs, filepath.Dir(data))
	}
	return dirs, watch.Options{
		FS: os.DirFS,
		Wants: func(file string) bool {
			name := filepath.Base(file)
			return isLetter(name) || name == rulesName || slices.Contains(ignoreNames, name) || office.owns(file) || file == data
		},
		Enters: func(dir string) bool {
			rel, err := filepath.Rel(letters, dir)
			return err == nil && rel != "." && filepath.IsLocal(rel) && !v.passesOver(letters, rel)
		},
	}
}

// person reads the one real person of --data. What is said of a fault never
// shows a line of the file: it may be a patient's.
func (v *previewing) person() (render.Person, error) {
	var someone render.Person
	src, err := os.ReadFile(v.full(v.data))
	if err != nil {
		return someone, refuse([]string{"--data takes a file like people.toml with one person, or JSON."}, "cannot read “%s”: %s", v.shown(v.data), reason(err))
	}
	if strings.EqualFold(filepath.Ext(v.data), ".json") {
		d := json.NewDecoder(bytes.NewReader(src))
		d.UseNumber()
		if err := d.Decode(&someone); err != nil {
			return someone, refuse([]string{`Write {"name": "…", "language": "en", "values": {"balance_due": "218.40", …}}`}, "“%s” is not the JSON of one person", v.shown(v.data))
		}
		someone.Values, _ = numbers(map[string]any(someone.Values)).(map[string]any)
		return someone, nil
	}
	var file struct {
		Person []render.Person `toml:"person"`
	}
	_, err = strict.Decode(v.data, src, &file)
	var fault *strict.Error
	switch {
	case errors.As(err, &fault):
		line, _ := fault.Line()
		return someone, refuse([]string{"It has to be written like people.toml: [[person]], and below it [person.values]."}, "line %d of “%s” cannot be read", line, v.shown(v.data))
	case err != nil:
		return someone, err
	case len(file.Person) != 1:
		return someone, refuse([]string{"Leave one [[person]] in it."}, "“%s” has %d people; --data shows one", v.shown(v.data), len(file.Person))
	}
	return file.Person[0], nil
}

// numbers turns the numbers of JSON into those of TOML.
func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case map[string]any:
		for key := range v {
			v[key] = numbers(v[key])
		}
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	}
	return v
}
