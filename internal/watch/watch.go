// Package watch tells which files below some folders have changed, whatever
// program changed them and however it did. It knows nothing of letters.
//
// What the system tells is only taken as a hint to look again: editors save in
// five different ways, a touch is no change, a new folder may have been filled
// before anybody listened, and network drives tell nothing. What counts are
// the bytes of the files.
package watch

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"
)

// How long things take.
const (
	quiet  = 30 * time.Millisecond  // after the last event, until somebody looks
	atMost = 250 * time.Millisecond // after the first event

	tryAgain = 50 * time.Millisecond // until a file that looks half-written is read again
	tries    = 4                     // until that is taken for what it is

	patrol  = 5 * time.Second // between two looks for changes that no event told
	late    = time.Second     // by so much an event may come after such a look
	polling = time.Second     // between two looks where events do not come

	// Drives keep the time of a file in steps of up to two seconds: for so long
	// after a change the same time does not mean the same bytes.
	steps = 3 * time.Second
)

// Options say what to watch below the folders.
type Options struct {
	FS     func(dir string) fs.FS // opens a folder: os.DirFS
	Wants  func(file string) bool // by its full path; nil means every file. Temporary ones are never wanted
	Enters func(dir string) bool  // folders below the given ones; nil means all but those whose names begin with a dot
	Poll   time.Duration          // look this often in place of waiting for events; 0 means events, where they come
}

// A Change is what is different since the last one.
type Change struct {
	Changed []string // full paths of files that are new or have other bytes, sorted
	Removed []string // full paths of files that are no longer there, sorted
	Note    string   // what people should know of the watching itself, in a phrase; or ""
}

func (c *Change) empty() bool { return len(c.Changed)+len(c.Removed) == 0 && c.Note == "" }

// A Watcher looks after the files below some folders. It is for one goroutine
// at a time.
type Watcher struct {
	o     Options
	roots []root
	files map[string]stamp // what was last told of each file
	half  map[string]int   // files that looked half-written: how often
	notes []string         // not told yet

	ears *ears // nil: polling
	poll time.Duration

	next    time.Time       // of the patrol or the poll
	again   time.Time       // when half is looked at
	doubted map[string]bool // changed files of which no event has come
	trial   time.Time       // until when one may
}

// A root is one of the folders that were asked for.
type root struct {
	dir  string
	fsys fs.FS
}

// Open begins to watch folders, given by full paths. What is changed from now
// on is told by Next. Folders that are not there may come later.
func Open(dirs []string, o Options) (*Watcher, error) {
	return open(dirs, o, newSystem)
}

func open(dirs []string, o Options, newSystem func() (*system, error)) (*Watcher, error) {
	w := &Watcher{o: o, files: map[string]stamp{}, half: map[string]int{}, doubted: map[string]bool{}, poll: o.Poll}
	for _, dir := range dirs {
		if !filepath.IsAbs(dir) {
			return nil, fmt.Errorf("watching “%s”: it is not a full path", dir)
		}
		dir = filepath.Clean(dir)
		if !slices.ContainsFunc(w.roots, func(r root) bool { return r.dir == dir }) {
			w.roots = append(w.roots, root{dir, o.FS(dir)})
		}
	}
	sort.SliceStable(w.roots, func(i, j int) bool { return w.roots[i].dir < w.roots[j].dir })
	if w.poll == 0 {
		s, err := newSystem()
		if err == nil {
			w.ears = listen(s)
		} else {
			w.giveUp(cannotListen(err))
		}
	}
	for _, r := range w.roots {
		for file := range w.walk(r.dir) {
			if s, err := w.read(file); err == nil {
				w.files[file] = s
			}
		}
	}
	w.next = time.Now().Add(w.interval())
	return w, nil
}

// Close ends the watching.
func (w *Watcher) Close() error {
	if w.ears == nil {
		return nil
	}
	return w.ears.system.close()
}

// Next waits until something has changed, and returns what. The one error is
// that of ctx.
func (w *Watcher) Next(ctx context.Context) (Change, error) {
	for {
		if err := ctx.Err(); err != nil {
			return Change{}, err
		}
		c := w.look()
		if len(w.notes) > 0 {
			c.Note, w.notes = strings.Join(w.notes, "; "), nil
		}
		if !c.empty() {
			return c, nil
		}
		w.wait(ctx)
	}
}

// wait returns when there may be something to look at.
func (w *Watcher) wait(ctx context.Context) {
	until := w.next
	sooner := func(t time.Time) {
		if !t.IsZero() && t.Before(until) {
			until = t
		}
	}
	var woken <-chan struct{}
	if w.ears != nil {
		sooner(w.ears.settles())
		woken = w.ears.woken
	}
	if len(w.half) > 0 {
		sooner(w.again)
	}
	if len(w.doubted) > 0 {
		sooner(w.trial)
	}
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-woken:
	case <-timer.C:
	}
}

// look looks at what is due, and tells what has changed.
func (w *Watcher) look() Change {
	now := time.Now()
	due := map[string]bool{} // files
	if w.ears != nil {
		w.hear(now, due)
	}
	if !now.Before(w.next) {
		w.scan(due)
		w.next = time.Now().Add(w.interval())
	}
	if len(w.half) > 0 && !now.Before(w.again) {
		for file := range w.half {
			due[file] = true
		}
	}
	if len(w.doubted) > 0 && !now.Before(w.trial) {
		w.giveUp(noticeOfSilence(w.doubted))
	}
	var c Change
	for _, file := range slices.Sorted(maps.Keys(due)) {
		switch w.examine(file) {
		case changed:
			c.Changed = append(c.Changed, file)
		case removed:
			c.Removed = append(c.Removed, file)
		}
	}
	if len(w.half) > 0 && !now.Before(w.again) {
		w.again = time.Now().Add(tryAgain)
	}
	return c
}

// hear adds the files that events were about, once it is quiet.
func (w *Watcher) hear(now time.Time, due map[string]bool) {
	for name := range w.doubted {
		if w.ears.toldOf(name) {
			delete(w.doubted, name)
		}
	}
	if at := w.ears.settles(); at.IsZero() || now.Before(at) {
		return
	}
	names, missed := w.ears.take()
	if missed != "" {
		w.notes = append(w.notes, missed)
		names = map[string]bool{}
		for _, r := range w.roots {
			names[r.dir] = true
		}
	}
	// The watch of a folder that was moved still stands, under its old name: it
	// has to go before the folder is found at its new place.
	w.ears.forget(names)
	for name, moved := range names {
		switch {
		case moved:
			w.everything(name, due)
		case w.wants(name):
			due[name] = true
		}
	}
}

// everything adds all files at a path or below it, those that are known and
// those that are there.
func (w *Watcher) everything(name string, due map[string]bool) {
	for file := range w.files {
		if within(name, file) {
			due[file] = true
		}
	}
	from := []string{name}
	for _, r := range w.roots {
		if r.dir != name && within(name, r.dir) {
			from = append(from, r.dir) // what lies between them is perhaps not entered
		}
	}
	for _, start := range from {
		for file := range w.walk(start) {
			due[file] = true
		}
	}
}

// interval is the time between two scans.
func (w *Watcher) interval() time.Duration {
	if w.ears == nil {
		return w.poll
	}
	return patrol
}

// scan adds the files that do not look as they did when they were last read.
// If there are some that should have been told of, events are in doubt.
func (w *Watcher) scan(due map[string]bool) {
	listened := map[string]bool{}
	if w.ears != nil {
		listened = w.ears.folders()
	}
	doubt := func(file string) {
		due[file] = true
		if w.ears != nil && listened[filepath.Dir(file)] && !w.ears.toldOf(file) {
			w.doubted[file] = true
			w.trial = time.Now().Add(late)
		}
	}
	found := map[string]bool{}
	for _, r := range w.roots {
		for file := range w.walk(r.dir) {
			found[file] = true
			if w.half[file] == 0 && w.looksOther(file) {
				doubt(file)
			}
		}
	}
	for file := range w.files {
		if !found[file] && w.half[file] == 0 {
			doubt(file)
		}
	}
	if w.ears != nil {
		w.ears.scanned()
	}
}

// giveUp goes over to polling.
func (w *Watcher) giveUp(why string) {
	if w.ears != nil {
		_ = w.ears.system.close() // nothing is expected from it any more
		w.ears = nil
	}
	clear(w.doubted)
	w.poll = cmp.Or(w.poll, polling)
	w.next = time.Now().Add(w.poll)
	w.notes = append(w.notes, fmt.Sprintf("%s: looking every %s instead", why, inWords(w.poll)))
}

// inWords is a time between two looks, as it is said.
func inWords(d time.Duration) string {
	if d == time.Second {
		return "second"
	}
	return d.String()
}

// noticeOfSilence says that changes came without events.
func noticeOfSilence(files map[string]bool) string {
	first := slices.Min(slices.Collect(maps.Keys(files)))
	return fmt.Sprintf("this drive did not tell that “%s” had changed, as network drives do not", filepath.Base(first))
}
