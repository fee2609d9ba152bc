package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A pending file is written under another name in the same folder and gets
// its own name when it is complete: nobody ever sees half of it.
type pending struct {
	file   *os.File
	target string // "" when it is written directly: a device or a pipe
	shown  string
}

// temporaryEnd is what stands behind the name of a file in that of the
// temporary one.
var temporaryEnd = regexp.MustCompile(`^\.\d+-\d+\.tmp$`)

// abandoned is the age from which on a temporary file is what a run left behind
// when it was killed: no run takes a day.
const abandoned = 24 * time.Hour

// sweep removes what runs that were killed have left of this file. It is for
// those that stay open while letters are checked: of others hardly anything is
// ever left, and to list the folder of each would take longer than to write it.
func (f *pending) sweep(now time.Time) {
	if f.target == "" {
		return
	}
	dir, base := filepath.Split(f.target)
	entries, _ := os.ReadDir(dir) // where a folder cannot be listed, nothing is removed
	for _, e := range entries {
		end, isOurs := strings.CutPrefix(e.Name(), "."+base)
		if !isOurs || !temporaryEnd.MatchString(end) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > abandoned {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// Write writes a piece of the file. Its error says which file it is.
func (f *pending) Write(piece []byte) (int, error) {
	n, err := f.file.Write(piece)
	if err != nil {
		err = f.cannot(err)
	}
	return n, err
}

func (f *pending) cannot(err error) error {
	return refuse([]string{"Nothing was written under that name."}, "cannot write “%s”: %s", f.shown, reason(err))
}

// Who may read what is written: everybody whom the system lets, or only this
// user.
const (
	forAll  = 0o666
	private = 0o600
)

// create begins a file.
func (p *program) create(path string, mode fs.FileMode) (*pending, error) {
	shown, target := p.shown(path), behindLinks(p.full(path))
	cannot := func(err error) error {
		return refuse([]string{"Nothing was written. Check that the folder exists and may be written to."}, "cannot write “%s”: %s", shown, reason(err))
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && info.IsDir():
		return nil, cannot(errors.New("it is a folder"))
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return nil, cannot(err)
		}
		return &pending{f, "", shown}, nil
	}
	for n := 0; ; n++ {
		name := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%d-%d.tmp", filepath.Base(target), os.Getpid(), n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil {
			return &pending{f, target, shown}, nil
		}
		if !errors.Is(err, fs.ErrExist) || n > 100 {
			return nil, cannot(err)
		}
	}
}

// commit completes the file.
func (f *pending) commit() error {
	var err error
	if f.target != "" {
		err = f.file.Sync()
	}
	if closed := f.file.Close(); err == nil {
		err = closed
	}
	if err == nil && f.target != "" {
		err = os.Rename(f.file.Name(), f.target)
	}
	if err != nil {
		f.discard()
		return f.cannot(err)
	}
	return nil
}

// discard removes what was written. After commit it does nothing.
func (f *pending) discard() {
	f.file.Close()
	if f.target != "" {
		os.Remove(f.file.Name())
	}
}

// write writes a whole file.
func (p *program) write(path string, content []byte, mode fs.FileMode) error {
	f, err := p.create(path, mode)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err := f.Write(content); err != nil {
		return err
	}
	return f.commit()
}

// behindLinks is where a file is, or would be, when links are followed.
func behindLinks(full string) string {
	if real, err := filepath.EvalSymlinks(full); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(full)); err == nil {
		return filepath.Join(dir, filepath.Base(full))
	}
	return full
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	if a == b {
		return true
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// An outlet is standard output. A reader may leave early, as head does: what
// is printed from then on goes nowhere, and the rest is done as always.
type outlet struct {
	file *os.File
	gone bool
}

func (o *outlet) Write(piece []byte) (int, error) {
	if o.gone {
		return len(piece), nil
	}
	n, err := o.file.Write(piece)
	if err != nil && isBrokenPipe(err) {
		o.gone = true
		return len(piece), nil
	}
	var path *fs.PathError
	if errors.As(err, &path) { // "write /dev/stdout" tells a newcomer little
		err = &fs.PathError{Op: "cannot write to", Path: "standard output", Err: path.Err}
	}
	return n, err
}

// Fd lets the outlet be asked whether it is a terminal.
func (o *outlet) Fd() uintptr { return o.file.Fd() }

// isBrokenPipe reports whether nobody reads any more what is written. Windows
// has two numbers for it.
func isBrokenPipe(err error) bool {
	const brokenPipe, noData = syscall.Errno(109), syscall.Errno(232)
	return errors.Is(err, syscall.EPIPE) || runtime.GOOS == "windows" && (errors.Is(err, brokenPipe) || errors.Is(err, noData))
}
