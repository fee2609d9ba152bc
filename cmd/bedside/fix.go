package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"bedside/internal/report"
	"bedside/lint"
)

// A mending is a letter with its fixes put in, or why it could not be read.
type mending struct {
	source
	was []byte
	lint.Fixed
	err error
}

// mended puts the fixes of all letters in, in memory, and yields the letters
// in order.
func (k *check) mended() iter.Seq[mending] {
	return inOrder(len(k.letters), runtime.GOMAXPROCS(0), func(i int) mending {
		m := mending{source: k.letters[i]}
		var oversize string
		if m.was, oversize, m.err = m.load(); m.err == nil && oversize == "" {
			m.Fixed = k.office.FixAs(m.path, m.was, k.language)
		}
		return m
	})
}

// mayFix refuses letters that cannot be changed.
func (k *check) mayFix() error {
	if k.own {
		return refuse([]string{"To start your own from them: bedside init"}, "these letters are inside the program and cannot be changed")
	}
	return nil
}

// showFixes prints what --fix would change as a unified diff.
func (k *check) showFixes() error {
	if err := k.mayFix(); err != nil {
		return err
	}
	letters, fixes := 0, 0
	for m := range k.mended() {
		if m.err != nil {
			k.unread = append(k.unread, m.err)
		}
		if len(m.Done) == 0 {
			continue
		}
		letters, fixes = letters+1, fixes+len(m.Done)
		if _, err := k.out.Write(k.readable(diff.Diff("a/"+m.path, m.was, "b/"+m.path, m.Src))); err != nil {
			return refuse(nil, "cannot write the changes: %s", reason(err))
		}
	}
	all := count(len(k.letters), "letter", "letters")
	switch {
	case k.quiet || len(k.letters) == 0:
	case fixes == 0:
		k.tell("✓ nothing in %s that --fix would change", all)
	default:
		k.tell("✗ --fix would change %s in %d of %s", count(fixes, "place", "places"), letters, all)
	}
	if err := k.close(); err != nil || fixes == 0 {
		return err
	}
	return errFindings
}

// readable is a diff as it goes to the screen: there the words of a letter may
// not move the cursor. Programs get every byte.
func (k *check) readable(text []byte) []byte {
	if !isTerminal(k.out) {
		return text
	}
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		fmt.Fprintln(&out, report.Clean(strings.TrimRight(line, "\r\n")))
	}
	return []byte(out.String())
}

// putFixesIn changes the letters as --fix asks for. A letter from standard
// input is printed, changed or not.
func (k *check) putFixesIn() error {
	if !k.fix {
		return nil
	}
	if err := k.mayFix(); err != nil {
		return err
	}
	if k.filters() && len(k.letters) > 1 {
		return refuse([]string{"Fix the others in a run of their own."}, "standard input (-) is fixed alone: it is printed, and others are written")
	}
	for m := range k.mended() {
		if m.err != nil {
			continue // the check says so
		}
		if err := k.putIn(m); err != nil {
			return err
		}
		if n := len(m.Done); n > 0 && !k.quiet {
			k.tell("✓ fixed %d in %s", n, m.path)
		}
	}
	return nil
}

// filters reports whether a letter goes through from standard input to
// standard output.
func (k *check) filters() bool {
	return k.fix && slices.ContainsFunc(k.letters, func(s source) bool { return s.in })
}

// screen is where findings are printed.
func (k *check) screen() io.Writer {
	if k.filters() {
		return k.err
	}
	return k.out
}

// putIn writes a letter that was fixed.
func (k *check) putIn(m mending) error {
	switch {
	case m.in && m.Src == nil && len(m.src) > 0:
		return refuse(nil, "“%s” is too large to be a letter, and was not printed", m.path)
	case m.in:
		k.letters[0].src = m.Src
		if _, err := k.out.Write(m.Src); err != nil {
			return refuse(nil, "cannot write the letter: %s", reason(err))
		}
	case len(m.Done) > 0:
		if err := k.rewrite(m); err != nil {
			return refuse([]string{"It is as it was. Letters that were fixed before it stay so."}, "cannot fix “%s”: %s", m.path, reason(err))
		}
	}
	return nil
}

// rewrite puts a letter in the place of its file, which keeps its mode; through
// a link it is the file behind it.
func (k *check) rewrite(m mending) error {
	info, err := os.Stat(m.full)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o222 == 0 {
		return errors.New("it is read-only")
	}
	f, err := os.OpenFile(m.full, os.O_RDWR, 0) // may this user write it?
	if err != nil {
		return err
	}
	now, err := io.ReadAll(f)
	f.Close()
	switch {
	case err != nil:
		return err
	case bytes.Equal(now, m.Src): // under another name, as a link
		return nil
	case !bytes.Equal(now, m.was):
		return errors.New("it was changed in the meantime")
	}
	return k.replace(m.full, m.Src, info.Mode().Perm())
}

// replace writes a whole file in the place of one that is there.
func (p *program) replace(path string, content []byte, mode fs.FileMode) error {
	f, err := p.create(path, private)
	if err != nil {
		return err
	}
	defer f.discard()
	if _, err = f.Write(content); err == nil {
		err = f.file.Chmod(mode)
	}
	if err != nil {
		return err
	}
	return f.commit()
}
