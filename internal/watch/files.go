package watch

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"time"
)

// Files up to this size are compared by their bytes, larger ones by size and
// time.
const mostRead = 16 << 20

// A stamp is what a file was when it was last read.
type stamp struct {
	size    int64
	time    time.Time // of its last change, as the drive keeps it
	sum     [sha256.Size]byte
	unread  bool      // it is there, and cannot be read
	noticed time.Time // when it was seen to be other than before
}

// same reports whether there is nothing to tell between two stamps.
func (s stamp) same(t stamp) bool {
	return s.size == t.size && s.sum == t.sum && s.unread == t.unread
}

// A verdict says what became of a file.
type verdict int

const (
	unchanged verdict = iota
	changed
	removed
)

// examine reads a file again. One that is gone, empty or cannot be read is
// perhaps just being written: that is only believed after some tries.
func (w *Watcher) examine(file string) verdict {
	before, known := w.files[file]
	now, err := w.read(file)
	gone := errors.Is(err, fs.ErrNotExist)
	same := known && !gone && before.same(now) || !known && gone
	if !same && (gone || now.unread || now.size == 0) && w.half[file] < tries {
		w.half[file]++
		return unchanged
	}
	delete(w.half, file)
	switch {
	case same && gone:
		return unchanged
	case gone:
		delete(w.files, file)
		return removed
	case same:
		now.noticed = before.noticed
		w.files[file] = now
		return unchanged
	}
	now.noticed = time.Now()
	w.files[file] = now
	return changed
}

// looksOther reports whether a file looks other than before. One that changed
// a short time ago would look the same, and one that could not be read may have
// been opened to us: these are read.
func (w *Watcher) looksOther(file string) bool {
	before, known := w.files[file]
	fsys, name := w.open(file)
	info, err := fs.Stat(fsys, name)
	switch {
	case !known:
		return err == nil && !info.IsDir()
	case err != nil:
		return !before.unread
	case !before.unread && (info.Size() != before.size || !info.ModTime().Equal(before.time)):
		return true
	case !before.unread && time.Since(before.noticed) > steps:
		return false
	}
	now, _ := w.read(file)
	return !before.same(now)
}

// read takes the stamp of a file. Its one error is that there is no such file.
func (w *Watcher) read(file string) (stamp, error) {
	fsys, name := w.open(file)
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && info.IsDir():
		return stamp{}, fs.ErrNotExist
	case err != nil:
		return stamp{unread: true}, nil
	}
	s := stamp{size: info.Size(), time: info.ModTime()}
	switch {
	case !info.Mode().IsRegular(): // a pipe would keep us waiting
		s.unread = true
		return s, nil
	case s.size > mostRead:
		copy(s.sum[:], s.time.UTC().Format(time.RFC3339Nano))
		return s, nil
	}
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}, fs.ErrNotExist
	}
	if err == nil {
		defer f.Close()
		sum := sha256.New()
		s.size, err = io.Copy(sum, io.LimitReader(f, mostRead))
		sum.Sum(s.sum[:0])
	}
	if err != nil {
		return stamp{size: info.Size(), time: info.ModTime(), unread: true}, nil
	}
	return s, nil
}

// open finds the root that a path lies in, and its name there.
func (w *Watcher) open(full string) (fs.FS, string) {
	best, name := -1, ""
	for i, r := range w.roots {
		rel, err := filepath.Rel(r.dir, full)
		if err == nil && filepath.IsLocal(rel) && (best < 0 || len(r.dir) > len(w.roots[best].dir)) {
			best, name = i, filepath.ToSlash(rel)
		}
	}
	if best < 0 {
		return nowhere{}, full
	}
	return w.roots[best].fsys, name
}

// nowhere has no files.
type nowhere struct{}

func (nowhere) Open(string) (fs.File, error) { return nil, fs.ErrNotExist }

// walk yields the files that are wanted at a path or below it, and listens in
// the folders.
func (w *Watcher) walk(full string) iter.Seq[string] {
	return func(yield func(string) bool) {
		fsys, start := w.open(full)
		_ = fs.WalkDir(fsys, start, func(name string, d fs.DirEntry, err error) error {
			at := full
			if name != start {
				at = filepath.Join(full, filepath.FromSlash(strings.TrimPrefix(name, strings.TrimPrefix(start, ".")+"/")))
			}
			switch {
			case d == nil: // there is nothing
			case d.IsDir() && !w.enters(at):
				return fs.SkipDir
			case d.IsDir() && err == nil:
				w.listen(at)
			case !d.IsDir() && w.wants(at) && !yield(at):
				return fs.SkipAll
			}
			return nil // a folder that cannot be read is passed over: what is known of it is examined
		})
	}
}

// within reports whether a path is another one or lies below it.
func within(dir, path string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(dir, string(filepath.Separator)))
}

// enters reports whether a folder is one of the given ones, or wanted below
// them.
func (w *Watcher) enters(dir string) bool {
	for _, r := range w.roots {
		if r.dir == dir {
			return true
		}
	}
	if w.o.Enters == nil {
		return !strings.HasPrefix(filepath.Base(dir), ".")
	}
	return w.o.Enters(dir)
}

func (w *Watcher) wants(file string) bool {
	return !Temporary(filepath.Base(file)) && (w.o.Wants == nil || w.o.Wants(file))
}

// listen begins to listen in a folder.
func (w *Watcher) listen(dir string) {
	if w.ears == nil {
		return
	}
	err := w.ears.system.add(dir)
	if err == nil || errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return // gone already, or not ours to read
	}
	w.giveUp(cannotListen(err))
}
