package main

import (
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"bedside/internal/report"
	"bedside/lint"
)

// An outcome is what became of one letter: it was checked, or could not be
// read.
type outcome struct {
	path string
	res  *lint.Result
	err  error
}

// outcomes checks letters, in order, until it is stopped.
func (w *watching) outcomes(letters []source) iter.Seq[outcome] {
	return func(yield func(outcome) bool) {
		i := 0
		for res, err := range checkAll(letters, w.office, w.language) {
			if w.stopped() || !yield(outcome{letters[i].path, res, err}) {
				return
			}
			i++
		}
	}
}

// event tells how a letter stands, and what is different.
func (w *watching) event(o outcome) report.Event {
	if o.err != nil {
		return report.Event{Kind: report.Unread, Path: o.path, Message: o.err.Error()}
	}
	return report.Event{Kind: report.Checked, Path: o.path, Result: o.res, Difference: w.stands[o.path].Since(o.res)}
}

// keep keeps how a letter stands now, and its page.
func (w *watching) keep(o outcome) {
	stands := report.Standing{}
	if o.err == nil {
		stands = report.StandingOf(o.res)
	}
	w.stands[o.path] = stands
	if w.shelf != nil {
		w.shelf.put(o)
	}
}

// tally counts the letters.
func (w *watching) tally() report.Tally {
	t := report.Tally{Letters: len(w.stands)}
	for _, s := range w.stands {
		if s.Ready {
			t.Ready++
		}
	}
	return t
}

// tellEvent prints an event at once.
func (w *watching) tellEvent(e report.Event) { w.print(w.line(e)) }

// line is an event as it is printed: a letter need not be kept for it.
func (w *watching) line(e report.Event) string {
	e.At = w.since()
	if e.Kind == report.Checked || e.Kind == report.Unread {
		w.last = e.Path
	}
	if w.format == "text" {
		return e.Text(w.options())
	}
	return e.JSON()
}

// print prints lines. Of what was stopped half-way nothing is told.
func (w *watching) print(lines ...string) {
	if w.stopped() {
		return
	}
	if _, err := io.WriteString(w.out, strings.Join(lines, "")); err != nil && w.failure == nil {
		w.failure = err
	}
}

// whole prints all that is found in the letter that was told of last.
func (w *watching) whole() {
	if w.format != "text" {
		return
	}
	of := func(path string) string { return w.office.TwinsOf(path) }
	some := slices.DeleteFunc(slices.Clone(w.letters), func(s source) bool {
		return s.path != w.last && (of(s.path) == "" || of(s.path) != of(w.last))
	})
	for o := range w.outcomes(some) {
		switch {
		case o.path != w.last:
		case o.err != nil:
			w.tell("✗ %s", o.err)
		case len(o.res.Findings) == 0:
			w.tell("%s: nothing to change", o.path)
		default:
			if err := report.Find("text").Write(w.out, w.office.Pack, slices.Values([]*lint.Result{o.res}), w.options()); err != nil {
				w.failure = err
			}
		}
	}
	if w.last == "" {
		w.tell("every letter is ready, and none was saved yet")
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// putPages writes the index of the pages, and tells what kept one from being
// made.
func (w *watching) putPages() {
	if w.shelf == nil || w.stopped() {
		return
	}
	for _, told := range w.shelf.finish() {
		w.tellEvent(report.Event{Kind: report.Noted, Message: told})
	}
}
