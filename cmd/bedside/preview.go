package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"bedside/internal/preview"
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

func previewCommand(p *program) *cobra.Command {
	v := &previewing{program: p}
	c := &cobra.Command{
		Use:   "preview [FOLDER]",
		Short: "look at all letters in the browser, try them with other people, and print them",
		Long: `FOLDER is where the letters are, this one if it is left out. The page is for this computer only.
It follows every change of a letter, until Ctrl-C ends it. With --export it is written as a file
that opens by a double click and needs no program. On Windows, a double click on the program in the
folder of your letters shows them too.`,
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

// serve shows the letters until Ctrl-C.
func (v *previewing) serve() error {
	debug.SetGCPercent(manyPercent) // this goes on for long
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
