package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"bedside/internal/report"
	"bedside/internal/strict"
	"bedside/internal/watch"
)

// eventFormats are the values of --format of bedside watch.
var eventFormats = []string{"text", "jsonl"}

// A watching is one run of bedside watch.
type watching struct {
	*check  // the letters and their pack, as they were opened last
	format  string
	poll    time.Duration
	pagesTo string // --render
	args    []string

	stands  map[string]report.Standing // of each letter, by path
	last    string                     // path of the letter that was told of last
	shelf   *shelf                     // with --render
	entered map[string]bool            // folders: whether they are watched
	fault   string                     // why the pack could not be opened last
	stopped func() bool                // whether somebody has stopped it, perhaps while letters are checked
	failure error                      // that of writing
}

func watchCommand(p *program) *cobra.Command {
	w := &watching{check: &check{program: p, stdinFilename: "stdin"}}
	c := &cobra.Command{
		Use:   "watch [PATH...]",
		Short: "check letters whenever they are saved, and say what has changed",
		Long: `PATH is a letter or a folder of letters; without one, the letters of the pack are watched. After
each save bedside says what is fixed, what is new and which letter is ready. When the rules, the
fields, the practice or the people change, every letter is checked again; a mistake in them is
told, and the old ones are kept until it is mended.

Enter prints the whole report of the last letter, q and Enter stops; so does Ctrl-C. Where the
screen is a pipe or a file, every line is an event in JSON.`,
		Example: `bedside watch
bedside watch templates/en
bedside watch --render out/       also keep the pages of the letters up to date
bedside watch --poll=5s           on a network drive that tells nothing of changes
bedside watch --format jsonl > events.jsonl`,
		RunE: func(_ *cobra.Command, args []string) error { return w.run(args) },
	}
	f := c.Flags()
	f.StringVar(&w.format, "format", "", "how to print events; `FORMAT` is one of text, jsonl (default: text on a screen, jsonl elsewhere)")
	complete(c, "format", eventFormats...)
	f.StringVar(&w.language, "language", "en", "the `LANGUAGE` of letters that do not say it")
	f.DurationVar(&w.poll, "poll", 0, "look at the files `EVERY` so often; bedside does so by itself where a drive tells nothing of changes")
	f.Lookup("poll").NoOptDefVal = "1s"
	f.StringVar(&w.pagesTo, "render", "", "also keep a page of every letter up to date in this `FOLDER`; those that are not ready are marked DRAFT")
	return c
}

// soonest is the shortest time between two looks: a computer has other things
// to do.
const soonest = 10 * time.Millisecond

// run watches until it is stopped.
func (w *watching) run(args []string) (err error) {
	if err := w.flags(args); err != nil {
		return err
	}
	w.args, w.stands, w.entered = args, map[string]report.Standing{}, map[string]bool{}
	if w.check, err = w.open(); err != nil {
		return err
	}
	if w.own {
		return refuse([]string{"To start your own letters and rules: bedside init   To watch letters with the built-in rules: bedside watch FOLDER"},
			"there is nothing to watch: these letters are inside the program %s", w.office.aside)
	}
	debug.SetGCPercent(manyPercent) // this goes on for long
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // whatever keeps us, a second Ctrl-C ends it at once
	w.stopped = func() bool { return ctx.Err() != nil }
	files, err := watch.Open(w.folders(), watch.Options{FS: os.DirFS, Wants: w.wants, Enters: w.enters, Poll: w.poll})
	if err != nil {
		return err
	}
	defer files.Close()
	if w.pagesTo != "" {
		if w.shelf, err = w.newShelf(); err != nil {
			return err
		}
	}
	w.start()
	return w.loop(ctx, files)
}

// flags refuses what cannot be watched.
func (w *watching) flags(args []string) error {
	if w.format == "" {
		w.format = "jsonl"
		if isTerminal(w.out) {
			w.format = "text"
		}
	}
	if slices.Contains(args, "-") {
		return refuse([]string{"To check a letter from standard input: bedside check -"}, "standard input cannot be watched")
	}
	if w.poll != 0 && w.poll < soonest {
		return refuse([]string{"Write how often to look: --poll=1s"}, "--poll=%s is too often", w.poll)
	}
	for _, arg := range args {
		if _, err := time.ParseDuration(arg); err == nil && w.poll > 0 && !exists(w.full(arg)) {
			return refuse([]string{"Write: --poll=" + arg}, "there is no letter “%s”; --poll takes its time with =", arg)
		}
	}
	return oneOf("--format", w.format, eventFormats)
}

// open finds the letters and opens their pack, as bedside check does.
func (w *watching) open() (*check, error) {
	k := &check{program: w.program, language: w.language, stdinFilename: w.stdinFilename}
	return k, k.open(w.args)
}

// loop waits for what comes, and answers it. The files are asked for the next
// change when the one before was answered.
func (w *watching) loop(ctx context.Context, files *watch.Watcher) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	asked, changes, ended := make(chan struct{}, 1), make(chan watch.Change), make(chan struct{})
	go func() {
		defer close(ended)
		for range asked {
			change, err := files.Next(ctx)
			if err != nil {
				return
			}
			select {
			case changes <- change:
			case <-ctx.Done():
				return
			}
		}
	}()
	defer func() { cancel(); close(asked); <-ended }() // nobody listens when files is closed
	typed := lines(w.in)
	asked <- struct{}{}
	for w.failure == nil {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-typed:
			switch {
			case !ok:
				typed = nil // closed: it goes on
			case line == "q":
				return nil
			case line == "":
				w.whole()
			case line == "p":
				w.tell("all letters in the browser: type bedside preview in another window")
			}
		case change := <-changes:
			w.changed(change)
			asked <- struct{}{}
		}
	}
	return refuse(nil, "cannot write what has changed: %s", reason(w.failure))
}

// lines are the lines that somebody types.
func lines(in io.Reader) <-chan string {
	typed := make(chan string)
	go func() {
		defer close(typed)
		ignoreStops()
		for s := bufio.NewScanner(in); s.Scan(); {
			typed <- strings.TrimSpace(s.Text())
		}
	}()
	return typed
}

// start checks every letter, and tells of those that need work.
func (w *watching) start() {
	var lines []string
	for o := range w.outcomes(w.letters) {
		if o.err != nil || !o.res.Ready {
			lines = append(lines, w.line(w.event(o)))
		}
		w.keep(o)
	}
	for _, err := range w.unread {
		lines = append(lines, w.line(report.Event{Kind: report.Noted, Message: err.Error()}))
	}
	tally := w.tally()
	w.tellEvent(report.Event{Kind: report.Watching, Tally: &tally,
		Message: fmt.Sprintf("watching %s and %s", count(len(w.letters), "letter", "letters"), w.office.name())})
	if w.format == "text" && isTerminal(w.in) && isTerminal(w.out) {
		w.tell("Enter prints the whole report of the last letter; p and Enter tells how to see letters as pages, q and Enter stops")
	}
	w.print(lines...)
	if w.shelf != nil {
		w.tellEvent(report.Event{Kind: report.Noted, Message: "pages of the letters: " + w.shelf.index()})
	}
	w.putPages()
}

// changed answers a change of files.
func (w *watching) changed(c watch.Change) {
	if c.Note != "" {
		w.tellEvent(report.Event{Kind: report.Noted, Message: c.Note})
	}
	all := slices.Concat(c.Changed, c.Removed)
	ofPack := slices.DeleteFunc(slices.Clone(all), func(file string) bool { return !w.office.owns(file) })
	if len(ofPack) > 0 || len(c.Removed) > 0 || slices.ContainsFunc(c.Changed, func(file string) bool { return !w.knows(file) }) {
		clear(w.entered) // .bedsideignore may be among them
		before := w.office.file
		switch opened := w.reopen(ofPack); {
		case !opened:
			ofPack = nil
		case w.office.file != before: // nearer to the letters
			ofPack = append(ofPack, w.office.file)
		}
	}
	w.forget(c.Removed)
	if len(ofPack) > 0 {
		w.checkAgain(ofPack)
	} else {
		w.checkSaved(c.Changed)
	}
	w.putPages()
}

// reopen finds the letters anew and opens their pack. When that fails, the pack
// stays as it was, and the reason is told.
func (w *watching) reopen(ofPack []string) bool {
	k, err := w.open()
	if err == nil && !w.office.builtin && k.office.file != w.office.file && !exists(w.office.file) {
		err = refuse(nil, "“%s” is gone", w.office.rules)
	}
	if err == nil && w.shelf != nil {
		err = w.shelf.open(k)
	}
	if err == nil {
		w.check, w.fault = k, ""
		return true
	}
	told := w.refused(err, ofPack)
	chosen, none := w.find()
	if none == nil {
		w.letters = chosen.letters
	} else {
		told = report.Event{Kind: report.Noted, Message: none.Error()}
	}
	if len(ofPack) > 0 || told.Message != w.fault {
		w.tellEvent(told)
	}
	w.fault = told.Message
	return false
}

// refused tells why a pack cannot be opened, and what is kept.
func (w *watching) refused(err error, ofPack []string) report.Event {
	e := report.Event{Kind: report.Refused, Path: w.office.name(), Message: err.Error()}
	if len(ofPack) > 0 {
		e.Path = w.shown(w.relative(ofPack[0]))
	}
	var fault *strict.Error
	if errors.As(err, &fault) {
		e.Path, e.Message, e.Detail = fault.File, fault.Message, fault.Detail()
		e.Line, e.Column = fault.Line()
	}
	kept := "rules"
	if name := filepath.Base(e.Path); name != rulesName {
		kept = name
	}
	e.Message += "; keeping the old " + kept
	return e
}

// forget tells which letters are gone: those whose files are, and those that
// are now left out.
func (w *watching) forget(files []string) {
	w.letters = slices.DeleteFunc(w.letters, func(s source) bool { return slices.Contains(files, s.full) })
	paths := map[string]bool{}
	for _, s := range w.letters {
		paths[s.path] = true
	}
	for _, path := range sortedKeys(w.stands) {
		if paths[path] {
			continue
		}
		delete(w.stands, path)
		if w.last == path {
			w.last = ""
		}
		if w.shelf != nil {
			w.shelf.drop(path)
		}
		tally := w.tally()
		w.tellEvent(report.Event{Kind: report.Gone, Path: path, Tally: &tally})
	}
}

// checkAgain checks every letter after the pack has changed, and tells of those
// that stand differently now.
func (w *watching) checkAgain(files []string) {
	var lines []string
	for o := range w.outcomes(w.letters) {
		if e := w.event(o); o.err != nil || !e.Difference.Empty() || w.stands[o.path].Ready != o.res.Ready {
			lines = append(lines, w.line(e))
		}
		w.keep(o)
	}
	tally := w.tally()
	w.tellEvent(report.Event{Kind: report.Reread, Path: w.shown(w.relative(files[0])), Message: "read again", Tally: &tally})
	w.print(lines...)
}

// checkSaved checks the letters that were saved and those that have not been
// checked yet, and tells of each; and their twins, of which it only tells what
// is different.
func (w *watching) checkSaved(files []string) {
	if day, err := w.today(); err == nil {
		w.office.Today = day // it may be another than when the pack was opened
	}
	saved, twins := map[string]bool{}, map[string]bool{}
	for _, s := range w.letters {
		if _, known := w.stands[s.path]; !known || slices.Contains(files, s.full) {
			saved[s.path] = true
			twins[w.office.TwinsOf(s.path)] = true
		}
	}
	delete(twins, "")
	due := slices.DeleteFunc(slices.Clone(w.letters), func(s source) bool { return !saved[s.path] && !twins[w.office.TwinsOf(s.path)] })
	for o := range w.outcomes(due) {
		before, known := w.stands[o.path]
		e := w.event(o)
		w.keep(o)
		if tally := w.tally(); !known || before.Ready != w.stands[o.path].Ready {
			e.Tally = &tally
		}
		if !known {
			e.Message = strings.TrimPrefix(e.Message+"; new letter", "; ")
		}
		if saved[o.path] || o.err == nil && (!e.Difference.Empty() || before.Ready != o.res.Ready) {
			w.tellEvent(e)
		}
	}
}
