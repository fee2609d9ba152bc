package watch

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A system is what tells of changes.
type system struct {
	events      <-chan fsnotify.Event
	errors      <-chan error
	add, remove func(dir string) error
	folders     func() []string
	close       func() error
}

func newSystem() (*system, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &system{w.Events, w.Errors, w.Add, w.Remove, w.WatchList, w.Close}, nil
}

// ears take in all that the system tells, as fast as it does, so that its queue
// stays short while somebody is busy with what was told before. (It may also
// wait for us to take an error while it holds the lock that add needs.)
type ears struct {
	system *system
	woken  chan struct{} // has something when heard was empty before

	mu          sync.Mutex
	heard       map[string]bool // names to look at; true: they came, went or were moved
	told        map[string]bool // all names of events since the last scan
	toldBefore  map[string]bool // and of those between that one and the one before
	missed      string          // why some events did not come
	first, last time.Time       // of what is in heard
}

func listen(s *system) *ears {
	e := &ears{system: s, woken: make(chan struct{}, 1), heard: map[string]bool{}, told: map[string]bool{}}
	go func() {
		for events, errs := s.events, s.errors; events != nil || errs != nil; {
			select {
			case event, ok := <-events:
				if !ok {
					events = nil
					continue
				}
				e.event(event)
			case err, ok := <-errs:
				if !ok {
					errs = nil
					continue
				}
				e.fault(err)
			}
		}
	}()
	return e
}

// event takes in one event. Other attributes are no change.
func (e *ears) event(event fsnotify.Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	name := filepath.Clean(event.Name)
	e.told[name] = true
	moved := event.Has(fsnotify.Create) || event.Has(fsnotify.Remove) || event.Has(fsnotify.Rename)
	if !moved && !event.Has(fsnotify.Write) || Temporary(filepath.Base(name)) {
		return
	}
	e.heard[name] = e.heard[name] || moved
	e.wake()
}

// fault takes in that something went wrong: events may have been lost.
func (e *ears) fault(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed = fmt.Sprintf("not every change was told (%s): looked at every file", err)
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		e.missed = "too many changes at once: looked at every file"
	}
	e.wake()
}

// wake wakes whoever waits: at the first event it is known when to look, and
// every later one only puts it off.
func (e *ears) wake() {
	e.last = time.Now()
	if e.first.IsZero() {
		e.first = e.last
	}
	select {
	case e.woken <- struct{}{}:
	default:
	}
}

// settles is when to look at what was heard; zero when nothing was.
func (e *ears) settles() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.first.IsZero() {
		return time.Time{}
	}
	if soon, end := e.last.Add(quiet), e.first.Add(atMost); soon.Before(end) {
		return soon
	} else {
		return end
	}
}

// take returns what was heard.
func (e *ears) take() (names map[string]bool, missed string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	names, missed = e.heard, e.missed
	e.heard, e.missed, e.first = map[string]bool{}, "", time.Time{}
	return names, missed
}

// toldOf reports whether there was an event lately for a file, or for a folder
// it lies in.
func (e *ears) toldOf(file string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	for {
		if e.told[file] || e.toldBefore[file] {
			return true
		}
		up := filepath.Dir(file)
		if up == file {
			return false
		}
		file = up
	}
}

// scanned begins a new list of what was told. The old one still counts: an
// event may come while the files are looked at.
func (e *ears) scanned() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.toldBefore, e.told = e.told, map[string]bool{}
}

// folders are those in which we listen.
func (e *ears) folders() map[string]bool {
	all := map[string]bool{}
	for _, dir := range e.system.folders() {
		all[dir] = true
	}
	return all
}

// forget stops listening in folders that came, went or were moved, and in all
// below them.
func (e *ears) forget(names map[string]bool) {
	for folder := range e.folders() {
		for at := folder; ; at = filepath.Dir(at) {
			if names[at] {
				_ = e.system.remove(folder) // it may be gone
			}
			if names[at] || filepath.Dir(at) == at {
				break
			}
		}
	}
}

// cannotListen says why the system does not tell of changes.
func cannotListen(err error) string {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return "this computer watches as many files as it may already (on Linux, fs.inotify.max_user_watches and max_user_instances)"
	}
	return fmt.Sprintf("this drive does not tell of changes (%s)", err)
}
