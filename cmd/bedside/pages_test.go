package main

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/unicode/norm"

	"bedside"
	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

// A letter for a person in a form, and how a fault names it.
type shownSheet struct {
	name  string
	sheet render.Sheet
}

// A testPack is the letters of the program, as an office with other envelopes
// sends them.
type testPack struct {
	*lint.Pack
	pages   *render.Pack
	letters []*lint.Result
}

// openTestPack opens the pack of the program with other lines in its
// practice.toml: keys, each with its value.
func openTestPack(t *testing.T, lines ...string) *testPack {
	t.Helper()
	const name = "templates/practice.toml"
	src, err := fs.ReadFile(bedside.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(lines); i += 2 {
		line := regexp.MustCompile(`(?m)^` + lines[i] + ` .*$`)
		if !line.Match(src) {
			t.Fatalf("practice.toml has no %s", lines[i])
		}
		src = line.ReplaceAll(src, []byte(fmt.Sprintf("%s = %q", lines[i], lines[i+1])))
	}
	fsys := fstest.MapFS{name: {Data: src}}
	p := &testPack{}
	if p.Pack, err = lint.Open(fsys, bedside.FS); err != nil {
		t.Fatal(err)
	}
	if p.pages, err = render.Open(fsys, bedside.FS, p.Dictionary, p.Practice); err != nil {
		t.Fatal(err)
	}
	chosen, err := (&program{}).packLetters(&office{fsys: bedside.FS, builtin: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range chosen.letters {
		src, err := s.read()
		if err != nil {
			t.Fatal(err)
		}
		p.letters = append(p.letters, p.Check(s.path, src))
	}
	return p
}

// shown are the sheets of a letter: as it is for each person, and in every
// form it can take. A person who lacks a value that the letter needs does not
// get it.
func (p *testPack) shown(t *testing.T, res *lint.Result, everyForm bool) []shownSheet {
	t.Helper()
	var all []shownSheet
	for _, person := range p.pages.People {
		for form := -1; form < 0 || everyForm && form < len(res.Letter.Forms); form++ {
			sheet, err := p.pages.Sheet(res.Letter, render.Options{Person: person.ID, Form: form})
			if err != nil {
				continue
			}
			name := res.Path + " for " + person.ID
			if form >= 0 {
				name += " " + res.Letter.FormName(form)
			}
			all = append(all, shownSheet{name, sheet})
		}
	}
	if len(all) == 0 {
		t.Errorf("%s can be shown with nobody of people.toml", res.Path)
	}
	return all
}

// page puts sheets on one page.
func (p *testPack) page(shown []shownSheet, largePrint bool) []byte {
	var sheets []render.Sheet
	for _, s := range shown {
		sheets = append(sheets, s.sheet)
	}
	return p.pages.Page(sheets, largePrint)
}

// within reports whether a box lies in another, give or take a hair.
func within(a, b render.Box) bool {
	const hair = 0.02
	return a.Left >= b.Left-hair && a.Top >= b.Top-hair && a.Left+a.Width <= b.Left+b.Width+hair && a.Top+a.Height <= b.Top+b.Height+hair
}

// touches reports whether two boxes share a spot.
func touches(a, b render.Box) bool {
	return a.Left < b.Left+b.Width && b.Left < a.Left+a.Width && a.Top < b.Top+b.Height && b.Top < a.Top+a.Height
}

// printable is what an office printer can print, with a little air.
var printable = render.Box{Left: 0.3, Top: 0.3, Width: 7.9, Height: 10.4}

// inside is the text of a page that stands within a box.
func inside(page paperPage, box render.Box) string {
	var b strings.Builder
	for _, g := range page.glyphs {
		if within(g.Box, box) {
			b.WriteString(g.text)
		}
	}
	return withoutSpace(b.String())
}

// withoutSpace is text to compare: lines break elsewhere on paper, and letters
// with accents are put together otherwise.
func withoutSpace(s string) string { return norm.NFC.String(strings.Join(strings.Fields(s), "")) }

// A part is a letter as the browser knows it.
type part struct {
	Height     float64 // in inches
	Text       string
	To, Return string
}

// readParts reads what is seen of each letter: also the numbers of lists.
const readParts = `(() => {
	document.querySelectorAll('ol > li').forEach(li => li.dataset.number = [...li.parentNode.children].indexOf(li) + li.parentNode.start + '.');
	const text = n => n.nodeType === Node.TEXT_NODE ? n.data : getComputedStyle(n).display === 'none' ? '' :
		(n.dataset.number ?? '') + [...n.childNodes].map(text).join('');
	return [...document.querySelectorAll('.letter')].map(l => ({
	Height: l.getBoundingClientRect().height / 96,
	Text: text(l),
	To: l.querySelector('.to').textContent,
	Return: l.querySelector('.letterhead').textContent,
}))})()`

// holdPaper prints sheets and holds every page to the paper, the envelope and
// the words of the letter.
func holdPaper(t *testing.T, tab *tab, p *testPack, e render.Envelope, shown []shownSheet, largePrint bool) {
	t.Helper()
	tab.see(view{width: 672, media: "print"})
	tab.open(p.page(shown, largePrint))
	var parts []part
	tab.eval(readParts, &parts)
	if len(parts) != len(shown) {
		t.Fatalf("%s …: %d letters on the page, want %d", shown[0].name, len(parts), len(shown))
	}
	d := openPDF(t, tab.print())
	var want strings.Builder
	for _, part := range parts {
		want.WriteString(withoutSpace(part.Text))
	}
	holdReading(t, shown[0].name, d.reading, want.String())
	most := 1
	if largePrint {
		most = 3
	}
	first := firstPages(d, parts)
	if len(first) != len(shown) {
		t.Errorf("%s …: %d of %d letters begin on a page of their own", shown[0].name, len(first), len(shown))
		return
	}
	for i, s := range shown {
		took := d.pages[first[i]:]
		if i+1 < len(first) {
			took = d.pages[first[i]:first[i+1]]
		}
		if len(took) > most {
			t.Errorf("%s takes %d pages, %.2f in of 10.15, want %d", s.name, len(took), parts[i].Height, most)
		}
		for _, page := range took {
			for _, g := range page.glyphs {
				if strings.TrimSpace(g.text) != "" && !within(g.Box, printable) {
					t.Errorf("%s: “%s” stands at %.2f, %.2f in, where printers do not print", s.name, g.text, g.Left, g.Top)
				}
			}
		}
		holdWindows(t, s.name, e, parts[i], took[0])
	}
}

// holdReading wants what is read of a PDF to be the text of its letters.
func holdReading(t *testing.T, name, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	at := 0
	for at < min(len(got), len(want)) && got[at] == want[at] {
		at++
	}
	around := func(s string) string { return s[max(0, min(at, len(s))-40):min(len(s), at+40)] }
	t.Errorf("%s …: what is read of the PDF is not the letter\n got …%s\nwant …%s", name, around(got), around(want))
}

// firstPages are the pages on which letters begin: those with the name and
// address of the office at the top.
func firstPages(d *document, parts []part) []int {
	var first []int
	for i, page := range d.pages {
		if n := len(first); n < len(parts) && inside(page, render.Box{Left: 0.5, Top: 0.5, Width: 3.5, Height: 0.8}) == withoutSpace(parts[n].Return) {
			first = append(first, i)
		}
	}
	return first
}

// holdWindows wants both addresses in their windows, whole, and nothing else
// where a window could show it.
func holdWindows(t *testing.T, name string, e render.Envelope, part part, page paperPage) {
	t.Helper()
	if got, want := inside(page, e.To), withoutSpace(part.To); got != want {
		t.Errorf("%s: the window for the address (%s) shows %q, want %q", name, e.Name, got, want)
	}
	if got, want := inside(page, e.Return), withoutSpace(part.Return); got != want && e.Return.Width > 0 {
		t.Errorf("%s: the window for the office (%s) shows %q, want %q", name, e.Name, got, want)
	}
	other := ""
	for _, g := range page.glyphs {
		if !within(g.Box, e.To) && !within(g.Box, e.Return) && touches(g.Box, e.Shows) {
			other += g.text
		}
	}
	if strings.TrimSpace(other) != "" {
		t.Errorf("%s: %q can show through the envelope (%s)", name, other, e.Name)
	}
}

// TestLettersOnPaper prints every letter for each person in each form, and for
// each envelope.
func TestLettersOnPaper(t *testing.T) {
	tab := newTab(t)
	for i, e := range render.Envelopes {
		p := openTestPack(t, "envelope", e.Name)
		for _, res := range p.letters {
			if shown := p.shown(t, res, i == 0); len(shown) > 0 {
				holdPaper(t, tab, p, e, shown, false)
			}
		}
	}
}

// TestLongNamesOfOffices: an office may have a name of two lines, and hours of
// two lines.
func TestLongNamesOfOffices(t *testing.T) {
	tab := newTab(t)
	for _, e := range render.Envelopes {
		p := openTestPack(t, "envelope", e.Name,
			"practice_name", "Saint Bartholomew Regional Women’s and Children’s Health Associates",
			"office_address_line1", "1200 Martin Luther King Boulevard",
			"office_address_line2", "4th Floor",
			"office_city", "Rancho Santa Margarita",
			"office_hours", "Monday to Thursday, 8 a.m. to 6 p.m., and Friday to noon")
		src, err := os.ReadFile("testdata/pages/bill.md")
		if err != nil {
			t.Fatal(err)
		}
		res := p.Check("bill.md", src)
		holdPaper(t, tab, p, e, p.shown(t, res, false), false)
		holdPaper(t, tab, p, e, p.shown(t, res, false), true)
	}
}

// TestLargePrintOnPaper prints every letter for each person in large print.
func TestLargePrintOnPaper(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	for _, res := range p.letters {
		if shown := p.shown(t, res, false); len(shown) > 0 {
			holdPaper(t, tab, p, render.Envelopes[0], shown, true)
		}
	}
}

// TestPDF makes a PDF as bedside render --pdf does: it says what it is, can be
// read aloud, and has numbers from its second page on, which are not read.
func TestPDF(t *testing.T) {
	p := openTestPack(t)
	src, err := os.ReadFile("testdata/pages/carta.md")
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := p.pages.Sheet(p.Check("carta.md", src).Letter, render.Options{Person: "spanish", Form: -1})
	if err != nil {
		t.Fatal(err)
	}
	page := p.pages.Page([]render.Sheet{sheet}, true)
	pdf, err := testBrowser(t).pdf(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	d := openPDF(t, pdf)
	viewer, tagged := d.root.Key("ViewerPreferences"), d.root.Key("MarkInfo").Key("Marked")
	if title := d.info.Key("Title").Text(); title != "Una factura" || !viewer.Key("DisplayDocTitle").Bool() {
		t.Errorf("its title is %q, shown: %v", title, viewer)
	}
	if language := d.root.Key("Lang").Text(); language != "es" || !tagged.Bool() {
		t.Errorf("its language is %q, tagged: %v", language, tagged)
	}
	if len(d.pages) != 2 || sheetsOfPaper(pdf) != 2 {
		t.Fatalf("%d pages, counted %d, want 2", len(d.pages), sheetsOfPaper(pdf))
	}
	corner := render.Box{Left: 7, Top: 10.3, Width: 1, Height: 0.4}
	for i, want := range []string{"", "2"} {
		if got := inside(d.pages[i], corner); got != want {
			t.Errorf("page %d has the number %q, want %q", i+1, got, want)
		}
	}
	tab := newTab(t)
	tab.open(page)
	var parts []part
	tab.eval(readParts, &parts)
	holdReading(t, "carta.md", d.reading, withoutSpace(parts[0].Text))
}

// looks are how people look at letters.
var looks = []struct {
	view
	largePrint bool
}{
	{view{name: "desk", width: 1200, media: "screen"}, false},
	{view{name: "phone", width: 320, media: "screen"}, false},
	{view{name: "phone, large print", width: 320, media: "screen"}, true},
}

// TestLettersOnScreen holds every letter for each person to axe-core.
func TestLettersOnScreen(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	for _, res := range p.letters {
		for _, look := range looks {
			if shown := p.shown(t, res, false); len(shown) > 0 {
				tab.see(look.view)
				tab.open(p.page(shown, look.largePrint))
				holdScreen(t, tab, shown[0].name+" …, "+look.name, look.view)
			}
		}
	}
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
