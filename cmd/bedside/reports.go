package main

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"bedside/internal/report"
	"bedside/lint"
)

// A fileRun is one --report while it is written.
type fileRun struct {
	format *report.Format
	file   *pending
}

// begin opens the files of --report, before anything is printed: a run that
// cannot do all it was asked to do does nothing.
func (k *check) begin() (err error) {
	if k.step, err = k.stepSummary(); err != nil {
		return err
	}
	for _, spec := range k.reports {
		name, path, ok := strings.Cut(spec, "=")
		err := oneOf("the format of --report", name, report.Names())
		if err == nil && (!ok || path == "" || path == "-") {
			err = refuse([]string{"Write it as FORMAT=FILE: --report json=result.json. For the screen: --format json"}, "--report “%s” names no file", spec)
		}
		if err == nil {
			err = k.free(path)
		}
		var file *pending
		if err == nil {
			file, err = k.create(path, forAll)
		}
		if err != nil {
			for _, r := range k.fileRuns {
				r.file.discard()
			}
			return err
		}
		file.sweep(k.begun)
		k.fileRuns = append(k.fileRuns, fileRun{report.Find(name), file})
	}
	return nil
}

// whenStopped removes the files that are begun when somebody presses Ctrl-C or
// the system asks the program to end. The function that it returns ends that;
// it does not return when the program is ending: nobody wants to hear that a
// file that was removed cannot be written.
func (k *check) whenStopped() (end func()) {
	stopped, quiet := make(chan os.Signal, 1), make(chan bool)
	signal.Notify(stopped, os.Interrupt, syscall.SIGTERM)
	go func() {
		s, ok := <-stopped
		if !ok {
			close(quiet)
			return
		}
		k.baseline.discard()
		for _, r := range k.fileRuns {
			r.file.discard()
		}
		os.Exit(128 + int(s.(syscall.Signal))) // as shells say it of a program that a signal ended
	}()
	return func() {
		signal.Stop(stopped)
		close(stopped)
		<-quiet
	}
}

// fileOf is the path of a letter for the operating system; "" of one that is
// inside the program.
func (k *check) fileOf(res *lint.Result) string {
	if k.own {
		return ""
	}
	return k.full(res.Path)
}

// free refuses to write over a letter, a baseline or a report.
func (k *check) free(path string) error {
	full := k.full(path)
	if k.baseline != nil && sameFile(full, k.baseline.full) {
		return refuse([]string{"Choose another name for the report."}, "“%s” is the baseline", k.shown(path))
	}
	if k.office.owns(full) {
		return refuse([]string{"Choose another name for it."}, "“%s” is a file of the pack", k.shown(path))
	}
	if slices.ContainsFunc(slices.Concat(k.letters, k.scope.left), func(s source) bool { return s.fsys == nil && sameFile(full, s.full) }) {
		return refuse([]string{"Choose another name for it."}, "“%s” is one of the letters", k.shown(path))
	}
	if slices.ContainsFunc(k.fileRuns, func(r fileRun) bool { return r.file.target == behindLinks(full) }) {
		return refuse([]string{"Choose another name for one of them."}, "two reports would go to “%s”", k.shown(path))
	}
	return nil
}

// results checks the letters and yields the results in order; letters that
// cannot be read are remembered instead.
func (k *check) results() iter.Seq[*lint.Result] {
	return func(yield func(*lint.Result) bool) {
		for res, err := range checkAll(k.letters, k.office, k.language) {
			if err != nil {
				k.unread = append(k.unread, err)
				continue
			}
			if k.baseline != nil {
				k.baseline.accept(res, k.fileOf(res))
			}
			k.summary.Add(res)
			if k.loud {
				k.tell("read %s", res.Path)
			}
			if !yield(res) {
				return
			}
		}
	}
}

// write prints the findings on stdout and into the files of --report.
func (k *check) write() error {
	if k.loud {
		k.tell("rules %s", k.office.name())
		for _, path := range k.left {
			k.tell("left out %s", path)
		}
	}
	screen := bufio.NewWriterSize(k.screen(), 64<<10)
	o := k.optionsFor(k.screen())
	o.Rules, o.Baseline, o.Scope = k.office.rules, k.shown(k.baselinePath), k.scope.says(k)
	o.Quiet, o.Verbose, o.Date, o.Unread = k.quiet, k.loud, k.date, k.unreadPaths
	sinks := []sink{{report.Find(k.format), screen, o}}
	o.Color, o.Width, o.Quiet = false, 0, false // a file is no screen
	for _, r := range k.fileRuns {
		sinks = append(sinks, sink{r.format, r.file, o})
	}
	if k.step != nil {
		sinks = append(sinks, sink{report.Find("markdown"), &k.step.text, report.Options{Rules: o.Rules, Baseline: o.Baseline, Scope: o.Scope}})
	}
	err := fanOut(k.office.Pack, k.results(), sinks)
	if flushed := screen.Flush(); err == nil {
		err = flushed
	}
	var why *refusal
	if err != nil && !errors.As(err, &why) {
		return refuse(nil, "cannot write the findings: %s", reason(err))
	}
	return err
}

// unreadPaths are the paths that could not be read, and why. All are known
// when the last result is there.
func (k *check) unreadPaths() []string {
	lines := make([]string, len(k.unread))
	for i, err := range k.unread {
		lines[i] = err.Error()
	}
	return lines
}

// A sink is one place where results go.
type sink struct {
	format *report.Format
	w      io.Writer
	o      report.Options
}

// fanOut hands every result to all sinks.
func fanOut(p *lint.Pack, results iter.Seq[*lint.Result], sinks []sink) error {
	if len(sinks) == 1 {
		return sinks[0].format.Write(sinks[0].w, p, results, sinks[0].o)
	}
	feeds, errs := make([]chan *lint.Result, len(sinks)), make(chan error, len(sinks))
	for i, s := range sinks {
		feeds[i] = make(chan *lint.Result)
		go func() {
			errs <- s.format.Write(s.w, p, received(feeds[i]), s.o)
			for range feeds[i] { // one that gave up must not hold up the others
			}
		}()
	}
	for res := range results {
		for _, feed := range feeds {
			feed <- res
		}
	}
	for _, feed := range feeds {
		close(feed)
	}
	var err error
	for range sinks {
		if e := <-errs; err == nil {
			err = e
		}
	}
	return err
}

func received(feed <-chan *lint.Result) iter.Seq[*lint.Result] {
	return func(yield func(*lint.Result) bool) {
		for res := range feed {
			if !yield(res) {
				return
			}
		}
	}
}
