package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestPreviewSevenTabs: a browser keeps six connections to one host. With seven
// tabs each still loads, only the one that is seen listens, and whichever is
// looked at shows what was saved last.
func TestPreviewSevenTabs(t *testing.T) {
	d := newDesk(t)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	save := func(heading string) {
		writeFile(t, file, strings.Replace(string(src), "# Checking in", "# "+heading, 1))
	}
	desks := []*desk{d}
	for len(desks) < 7 {
		desks = append(desks, &desk{tab: d.another(), dir: d.dir, at: d.at})
	}
	for i, one := range desks {
		one.home = d.home
		one.look()
		one.open("en/reminder-30")
		if i > 0 {
			desks[i-1].do(`want('a tab that nobody sees knows it', document.hidden)`)
		}
	}
	save("Looking in")
	last := desks[6]
	last.do(`await until('the tab that is seen follows', () => shown().includes('Looking in'))`)
	time.Sleep(200 * time.Millisecond)
	for _, one := range desks[:6] {
		one.do(`want('the others rest', shown().includes('Checking in about'))`)
		one.look()
		one.do(`await until('it catches up', () => shown().includes('Looking in'))`)
	}

	one := desks[5]
	var took []time.Duration
	for i := range 50 {
		words := "Save " + strconv.Itoa(100+i)
		one.do(`globalThis.seen = until('` + words + `', () => shown().includes('` + words + `'))`)
		began := time.Now()
		save(words)
		one.do("await seen")
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from saving to a page that shows it, 50 times, with seven tabs open: p50 %s, p95 %s", took[24].Round(time.Millisecond), took[47].Round(time.Millisecond))
}

// look brings a tab to the front.
func (d *desk) look() {
	d.t.Helper()
	d.call("Target.activateTarget", map[string]any{"targetId": d.target}, nil)
	d.call("Page.bringToFront", nil, nil)
}

// TestPreviewEightWindows: eight windows, all of which are seen, follow what is
// saved, for they share one connection: also when the one that began to listen
// is closed, when the program is started again, and while more are loaded.
func TestPreviewEightWindows(t *testing.T) {
	d := newDesk(t)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	desks := []*desk{d}
	for len(desks) < 8 {
		desks = append(desks, &desk{tab: d.window(), dir: d.dir, at: d.at})
	}
	for _, one := range desks {
		one.home = d.home
		one.open("en/reminder-30")
	}
	follow := func(heading string, desks []*desk) {
		t.Helper()
		for _, one := range desks {
			one.do(`want('it is seen', !document.hidden); globalThis.seen = until('` + heading + `', () => shown().includes('` + heading + `'))`)
		}
		writeFile(t, file, strings.Replace(string(src), "# Checking in", "# "+heading, 1))
		for _, one := range desks {
			one.do(`await seen`)
		}
	}
	follow("Looking in", desks)
	d.call("Target.closeTarget", map[string]any{"targetId": d.target}, nil)
	desks = desks[1:]
	follow("Coming by", desks)

	last := desks[6]
	var took []time.Duration
	for i := range 50 {
		words := "Save " + strconv.Itoa(100+i)
		last.do(`globalThis.seen = until('` + words + `', () => shown().includes('` + words + `'))`)
		began := time.Now()
		writeFile(t, file, strings.Replace(string(src), "# Checking in", "# "+words, 1))
		last.do("await seen")
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from saving to a page that shows it, 50 times, with seven windows that follow: p50 %s, p95 %s", took[24].Round(time.Millisecond), took[47].Round(time.Millisecond))

	d.stop()
	for _, one := range desks {
		one.do(`await until('told', () => $('.banner.lost'))`)
	}
	d.start(t, d.port(t))
	for _, one := range desks {
		one.do(`await until('found again', () => !$('.banner.lost'))`)
		one.expect("net::ERR_")
	}
	follow("Dropping by", desks)
}
