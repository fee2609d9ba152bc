package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"testing"

	"bedside/internal/render"
	"bedside/lint/letter"
)

// looks are how people look at letters.
var looks = []struct {
	view
	largePrint bool
}{
	{view{name: "desk", width: 1200, media: "screen"}, false},
	{view{name: "phone", width: 320, media: "screen"}, false},
	{view{name: "phone, large print", width: 320, media: "screen"}, true},
}

// TestLettersOnScreen holds every letter to axe-core: for each person, and on
// the desk for each person in every form, once for those that differ in words
// alone.
func TestLettersOnScreen(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	for _, res := range p.letters {
		for i, look := range looks {
			shown := p.forEach(t, res)
			if i == 0 {
				shown = append(shown, p.unlike(p.inEveryForm(res, p.pages.People))...)
			}
			if len(shown) > 0 {
				tab.see(look.view)
				tab.open(p.page(shown, look.largePrint))
				holdScreen(t, tab, shown[0].name+" …, "+look.name, look.view)
			}
		}
	}
}

// wording is what axe-core does not look at when it is there: text, and where
// links lead.
var wording = regexp.MustCompile(`>[^<]*[^<\s][^<]*<|href="[^"]+"`)

// unlike are the sheets that differ from all before them in more than words.
func (p *testPack) unlike(shown []shownSheet) (kept []shownSheet) {
	seen := map[string]bool{}
	for i, sheet := range bytes.Split(p.page(shown, false), []byte("<article"))[1:] {
		if bones := wording.ReplaceAllString(string(sheet), ">words<"); !seen[bones] {
			seen[bones] = true
			kept = append(kept, shown[i])
		}
	}
	return kept
}

// TestPagesOnScreen holds what letters do not show to axe-core: drafts, names
// of fields, links, the lines of a bill, the index, all also in the dark.
func TestPagesOnScreen(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	pages := map[string][]byte{"index": p.pages.Index([]render.IndexEntry{
		{Href: "en/a.html", Meta: &letter.Meta{Title: "A", Language: "en", Purpose: "Tells what is left."}, Ready: true}, {Href: "es/b.html", Meta: &letter.Meta{Title: "B", Language: "es"}}})}
	for _, name := range []string{"bill.md", "lines.md", "carta.md"} {
		src, err := os.ReadFile("testdata/pages/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range []render.Options{{Form: -1}, {Form: -1, Draft: true, Fields: true}} {
			sheet, err := p.pages.Sheet(p.Check(name, src).Letter, o)
			if err != nil {
				t.Fatal(err)
			}
			pages[fmt.Sprintf("%s %d", name, i)] = p.pages.Page([]render.Sheet{sheet}, false)
		}
	}
	for name, page := range pages {
		for _, look := range looks[:2] {
			for _, dark := range []bool{false, true} {
				look.dark = dark
				tab.see(look.view)
				tab.open(page)
				holdScreen(t, tab, fmt.Sprintf("%s, %s, dark %t", name, look.name, dark), look.view)
			}
		}
	}
}

// holdScreen holds the page that is open to axe-core, to the width of the
// screen, and to white paper.
func holdScreen(t *testing.T, tab *tab, name string, v view) {
	t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	tab.eval(string(axe), nil)
	var found []struct {
		ID    string
		Help  string
		Nodes []string
	}
	tab.eval(`axe.run({resultTypes: ['violations', 'incomplete']}).then(r => r.violations.concat(r.incomplete).map(
		v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)})))`, &found)
	for _, f := range found {
		t.Errorf("%s: %s (%s): %q", name, f.Help, f.ID, f.Nodes)
	}
	var seen struct {
		Width float64
		Paper []string
	}
	tab.eval(`({Width: document.scrollingElement.scrollWidth,
		Paper: [...new Set([...document.querySelectorAll('.letter')].map(l => getComputedStyle(l).backgroundColor))]})`, &seen)
	if seen.Width > float64(v.width) {
		t.Errorf("%s: the page is %v wide and has to be moved sideways", name, seen.Width)
	}
	for _, paper := range seen.Paper {
		if paper != "rgb(255, 255, 255)" {
			t.Errorf("%s: paper is %s, not white", name, paper)
		}
	}
}
