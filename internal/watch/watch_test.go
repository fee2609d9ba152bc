package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A fake system tells what a test has it tell. Its time is that of the test:
// it runs only while everybody waits.
type fakeSystem struct {
	events chan fsnotify.Event
	errors chan error
	listen []string // folders
	most   int      // of them; 0 means any number
	closed bool
}

func (s *fakeSystem) open() (*system, error) {
	return &system{
		events: s.events,
		errors: s.errors,
		add: func(dir string) error {
			if slices.Contains(s.listen, dir) {
				return nil
			}
			if s.most > 0 && len(s.listen) == s.most {
				return syscall.ENOSPC
			}
			s.listen = append(s.listen, dir)
			return nil
		},
		remove: func(dir string) error {
			s.listen = slices.DeleteFunc(s.listen, func(d string) bool { return d == dir })
			return nil
		},
		folders: func() []string { return s.listen },
		close: func() error {
			if !s.closed {
				close(s.events)
				close(s.errors)
			}
			s.closed = true
			return nil
		},
	}, nil
}

func (s *fakeSystem) tell(file string, op fsnotify.Op) {
	s.events <- fsnotify.Event{Name: file, Op: op}
}

// inBubble runs a test with a desk that has a fake system.
func inBubble(t *testing.T, o Options, do func(*desk, *fakeSystem), files ...string) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{TB: t, dir: dir}
		for _, name := range files {
			d.write(name, name)
		}
		s := &fakeSystem{events: make(chan fsnotify.Event), errors: make(chan error), most: 3}
		if o.FS == nil {
			o.FS = os.DirFS
		}
		var err error
		d.w, err = open([]string{d.dir}, o, s.open)
		d.ok(err)
		do(d, s)
		d.ok(d.w.Close())
	})
}

// next is what is told next, and how long it took.
func (d *desk) next() (Change, time.Duration) {
	d.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	begun := time.Now()
	c, err := d.w.Next(ctx)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		d.Fatal(err)
	}
	return c, time.Since(begun)
}

// tells checks what is told next, and when.
func (d *desk) tells(want string, after time.Duration) {
	d.Helper()
	c, took := d.next()
	var all []string
	for _, file := range c.Changed {
		all = append(all, "changed "+d.name(file))
	}
	for _, file := range c.Removed {
		all = append(all, "removed "+d.name(file))
	}
	if c.Note != "" {
		all = append(all, c.Note)
	}
	if got := strings.Join(all, ", "); got != want || took != after {
		d.Errorf("after %s: told %q; want %q after %s", took, got, want, after)
	}
}

func TestQuietAfterTheLastEvent(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.write("a.md", "new")
		d.write("b.md", "new")
		go func() {
			s.tell(d.at("a.md"), fsnotify.Write)
			time.Sleep(20 * time.Millisecond)
			s.tell(d.at("b.md"), fsnotify.Write)
			time.Sleep(20 * time.Millisecond)
			s.tell(d.at("a.md"), fsnotify.Write)
		}()
		d.tells("changed a.md, changed b.md", 70*time.Millisecond)
	}, "a.md", "b.md")
}

func TestNeverLongAfterTheFirstEvent(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.write("a.md", "new")
		go func() {
			for range 40 {
				s.tell(d.at("a.md"), fsnotify.Write)
				time.Sleep(10 * time.Millisecond)
			}
		}()
		d.tells("changed a.md", 250*time.Millisecond)
		d.write("a.md", "newer")
		d.tells("changed a.md", 170*time.Millisecond) // the last event came at 390 ms
	}, "a.md")
}

func TestAttributesAreNoChange(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		go s.tell(d.at("a.md"), fsnotify.Chmod)
		d.tells("", time.Minute)
		d.ok(os.Chtimes(d.at("a.md"), time.Time{}, time.Now().Add(time.Hour)))
		go s.tell(d.at("a.md"), fsnotify.Chmod)
		d.tells("", time.Minute) // and no reason to doubt events
		if s.closed {
			t.Error("events are no longer listened to")
		}
	}, "a.md")
}

func TestHalfWritten(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.write("a.md", "")
		go s.tell(d.at("a.md"), fsnotify.Write)
		time.AfterFunc(100*time.Millisecond, func() { d.write("a.md", "whole") })
		d.tells("changed a.md", 130*time.Millisecond) // no event told of it

		d.write("a.md", "")
		go s.tell(d.at("a.md"), fsnotify.Write)
		d.tells("changed a.md", 230*time.Millisecond) // it is empty

		d.remove("a.md")
		go s.tell(d.at("a.md"), fsnotify.Remove)
		d.tells("removed a.md", 230*time.Millisecond)

		d.write("b.md", "seen by nobody")
		go func() { s.tell(d.at("b.md"), fsnotify.Create); d.remove("b.md") }()
		d.tells("", time.Minute)
	}, "a.md")
}

// A drive can keep files to itself for a while.
type shutFS struct {
	fs.FS
	shut atomic.Bool
}

func (f *shutFS) Open(name string) (fs.File, error) {
	if f.shut.Load() && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.FS.Open(name)
}

func TestUnreadable(t *testing.T) {
	drive := &shutFS{}
	o := Options{FS: func(dir string) fs.FS { drive.FS = os.DirFS(dir); return drive }}
	inBubble(t, o, func(d *desk, s *fakeSystem) {
		drive.shut.Store(true)
		go s.tell(d.at("a.md"), fsnotify.Write)
		d.tells("changed a.md", quiet+tries*tryAgain)
		drive.shut.Store(false)
		go s.tell(d.at("a.md"), fsnotify.Chmod) // which is not enough to look at once
		if c, took := d.next(); len(c.Changed) != 1 || c.Note != "" || took > patrol {
			t.Errorf("told %q after %s", c, took)
		}

		drive.shut.Store(true)
		go s.tell(d.at("a.md"), fsnotify.Write)
		time.AfterFunc(60*time.Millisecond, func() { drive.shut.Store(false) })
		d.tells("", time.Minute) // it was only being written
	}, "a.md")
}

func TestTooManyEvents(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.write("a.md", "new")
		d.write("new/c.md", "c")
		d.remove("b.md")
		go func() { s.errors <- fsnotify.ErrEventOverflow }()
		d.tells("changed a.md, changed new/c.md, too many changes at once: looked at every file", quiet)
		d.tells("removed b.md", tries*tryAgain)
	}, "a.md", "b.md")
}

const limit = "this computer watches as many files as it may already (on Linux, fs.inotify.max_user_watches and max_user_instances): looking every second instead"

func TestLimitOfTheComputer(t *testing.T) {
	t.Run("from the beginning", func(t *testing.T) {
		inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
			d.tells(limit, 0)
			d.write("4/a.md", "new")
			d.tells("changed 4/a.md", polling)
			if !s.closed {
				t.Error("events are still listened to")
			}
		}, "1/a.md", "2/a.md", "3/a.md", "4/a.md")
	})
	t.Run("with a new folder", func(t *testing.T) {
		inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
			d.write("3/a.md", "new")
			go s.tell(d.at("3"), fsnotify.Create)
			d.tells("changed 3/a.md, "+limit, quiet)
			d.write("3/a.md", "newer")
			d.tells("changed 3/a.md", polling)
		}, "1/a.md", "2/a.md")
	})
	t.Run("no watcher at all", func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			w, err := open([]string{dir}, Options{FS: os.DirFS}, func() (*system, error) {
				return nil, fmt.Errorf("couldn't initialize inotify: %w", syscall.EMFILE)
			})
			d := &desk{TB: t, dir: dir, w: w}
			d.ok(err)
			d.tells(limit, 0)
			d.write("a.md", "new")
			d.tells("changed a.md", polling)
			d.ok(w.Close())
		})
	})
}

// Network drives say nothing: that is noticed, and what changed is told all the
// same.
func TestDriveThatSaysNothing(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		time.AfterFunc(time.Second, func() { d.write("a.md", "other") })
		d.tells("changed a.md", patrol)
		d.tells("this drive did not tell that “a.md” had changed, as network drives do not: looking every second instead", late)
		d.write("b.md", "new") // and what is new
		d.tells("changed b.md", polling)
		d.remove("b.md")
		d.tells("removed b.md", polling+tries*tryAgain)
	}, "a.md")
}

func TestEventThatComesLate(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.write("a.md", "other")
		time.AfterFunc(patrol+late/2, func() { s.tell(d.at("a.md"), fsnotify.Write) })
		d.tells("changed a.md", patrol)
		d.tells("", time.Minute)
		if s.closed {
			t.Error("events are no longer listened to")
		}
	}, "a.md")
}

// An event for a folder speaks for all that is in it.
func TestFolderSpeaksForItsFiles(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		d.rename("en", "es")
		time.AfterFunc(patrol+late/2, func() {
			s.tell(d.at("en"), fsnotify.Rename)
			s.tell(d.at("es"), fsnotify.Create)
		})
		d.tells("changed es/a.md", patrol)
		d.tells("removed en/a.md", tries*tryAgain)
		d.tells("", time.Minute)
		if s.closed {
			t.Error("events are no longer listened to")
		}
		if want := []string{d.dir, d.at("es")}; !slices.Equal(s.listen, want) {
			t.Errorf("listening in %q, want %q", s.listen, want)
		}
	}, "en/a.md")
}

func TestPolling(t *testing.T) {
	inBubble(t, Options{Poll: 2 * time.Second}, func(d *desk, s *fakeSystem) {
		if len(s.listen) > 0 {
			t.Errorf("listening in %q", s.listen)
		}
		d.write("a.md", "other")
		d.write("deep/b.md", "b")
		d.tells("changed a.md, changed deep/b.md", 2*time.Second)

		// The same size and the same time, as drives keep it that count in twos.
		info, err := os.Stat(d.at("a.md"))
		d.ok(err)
		d.write("a.md", "OTHER")
		d.ok(os.Chtimes(d.at("a.md"), info.ModTime(), info.ModTime()))
		d.tells("changed a.md", 2*time.Second)

		d.ok(os.RemoveAll(d.at("deep")))
		d.tells("removed deep/b.md", 2*time.Second+tries*tryAgain)
		d.tells("", time.Minute)
	}, "a.md")
}

// A folder that is taken away comes back: another branch did not have it.
func TestFolderThatComesBack(t *testing.T) {
	inBubble(t, Options{}, func(d *desk, s *fakeSystem) {
		away := filepath.Join(filepath.Dir(d.dir), "away")
		d.ok(os.Rename(d.dir, away))
		s.listen = nil // as the system does
		go s.tell(d.dir, fsnotify.Rename)
		d.tells("removed a.md", quiet+tries*tryAgain)
		d.ok(os.Rename(away, d.dir))
		c, took := d.next()
		if len(c.Changed) != 1 || c.Note != "" || took > patrol {
			t.Errorf("after %s: told %q", took, c)
		}
		d.write("a.md", "new")
		go s.tell(d.at("a.md"), fsnotify.Write)
		d.tells("changed a.md", quiet)
	}, "a.md")
}

// Folders can be given that lie in one another, with what lies between them
// left out.
func TestFolderInAFolder(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{TB: t, dir: dir}
		for _, name := range []string{"rules.toml", "other/a.md", "other/templates/en/b.md"} {
			d.write(name, name)
		}
		s := &fakeSystem{events: make(chan fsnotify.Event), errors: make(chan error)}
		templates := d.at("other/templates")
		w, err := open([]string{d.dir, templates, d.dir}, Options{
			FS:     os.DirFS,
			Enters: func(folder string) bool { return within(templates, folder) },
		}, s.open)
		d.ok(err)
		d.w = w
		if want := []string{d.dir, templates, d.at("other/templates/en")}; !slices.Equal(s.listen, want) {
			t.Errorf("listening in %q, want %q", s.listen, want)
		}
		d.write("other/a.md", "new")
		d.write("other/templates/en/b.md", "new")
		d.write("rules.toml", "new")
		go s.tell(d.at("other"), fsnotify.Create) // speaks for templates as well
		d.tells("changed other/templates/en/b.md", quiet)
		go s.tell(d.at("rules.toml"), fsnotify.Create)
		d.tells("changed rules.toml", quiet)
		d.ok(w.Close())
	})
}

func TestStopped(t *testing.T) {
	d := newDesk(t)
	ctx, stop := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, stop)
	if _, err := d.w.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, err := Open([]string{"templates"}, Options{FS: os.DirFS}); err == nil {
		t.Error("a path that is not full is taken")
	}
}

func TestTemporary(t *testing.T) {
	for name, want := range map[string]bool{
		"a.md~": true, ".a.md.swp": true, ".a.md.swx": true, "4913": true, "4913.md": false, ".#a.md": true, "#a.md#": true,
		".goutputstream-X1Y2": true, "a.md___jb_tmp___": true, "~$a.md": true, "._a.md": true, ".a.md.12-0.tmp": true, ".tmp-a.md": true,
		"a.md": false, "a~b.md": false, "template.md": false, "#1.md": false, ".bedsideignore": false, ".gitignore": false, "rules.toml": false,
	} {
		if got := Temporary(name); got != want {
			t.Errorf("Temporary(%q) is %t", name, got)
		}
	}
}
