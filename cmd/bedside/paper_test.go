package main

import (
	"encoding/json"
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
		res := p.Check(s.path, src)
		// Paper holds whoever may get the letter: here, everybody does.
		res.Letter.Meta.SendOnlyIf, res.Letter.Meta.NeverIf = nil, nil
		p.letters = append(p.letters, res)
	}
	return p
}

// forEach are the sheets of a letter as it is for each person. One who lacks a
// value that the letter needs does not get it, but somebody has to.
func (p *testPack) forEach(t *testing.T, res *lint.Result) []shownSheet {
	t.Helper()
	all := p.sheets(res, p.pages.People, []int{-1})
	if len(all) == 0 {
		t.Errorf("%s can be shown with nobody of people.toml", res.Path)
	}
	return all
}

// inEveryForm are the sheets of a letter in every form it can take, for people
// one of whom can do with it.
func (p *testPack) inEveryForm(res *lint.Result, people []render.Person) []shownSheet {
	forms := make([]int, len(res.Letter.Forms))
	for i := range forms {
		forms[i] = i
	}
	return p.sheets(res, people, forms)
}

// reader is the first person who reads the language of a letter.
func (p *testPack) reader(res *lint.Result) []render.Person {
	for i, person := range p.pages.People {
		if person.Language == res.Language {
			return p.pages.People[i : i+1]
		}
	}
	return p.pages.People[:1]
}

func (p *testPack) sheets(res *lint.Result, people []render.Person, forms []int) []shownSheet {
	var all []shownSheet
	for _, person := range people {
		for _, form := range forms {
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

// hair is how far, in inches, a sign may stand over.
const hair = 0.02

// within reports whether a box lies in another.
func within(a, b render.Box) bool {
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

// onPaper lays letters out as wide as the sheet is between its edges.
var onPaper = view{width: 672, media: "print"}

// holdPaper prints sheets and holds every page to the paper, the envelope and
// the words of the letter.
func holdPaper(t *testing.T, tab *tab, p *testPack, e render.Envelope, shown []shownSheet, largePrint bool) {
	t.Helper()
	tab.see(onPaper)
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
			t.Errorf("%s takes %d pages, %.2f in of %v, want %d", s.name, len(took), parts[i].Height, pageHeight, most)
		}
		for n, page := range took {
			if len(page.glyphs) == 0 {
				t.Errorf("%s: page %d of %d is blank", s.name, n+1, len(took))
			}
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

// A laidOut letter is one as the browser lays it out for printing.
type laidOut struct {
	Height float64 // in inches
	Faults []string
}

// pageHeight is what a page holds between its edges, in inches.
const pageHeight = 10.2

// readLayout looks at letters as they will be printed, and tells what is wrong
// with each. Places are in inches from the corner of the sheet.
const readLayout = `((e, printable, hair) => {
	const within = (a, b) => a.Left >= b.Left - hair && a.Top >= b.Top - hair
		&& a.Left + a.Width <= b.Left + b.Width + hair && a.Top + a.Height <= b.Top + b.Height + hair;
	const touches = (a, b) => a.Left < b.Left + b.Width && b.Left < a.Left + a.Width && a.Top < b.Top + b.Height && b.Top < a.Top + a.Height;
	return [...document.querySelectorAll('.letter')].map(l => {
		const faults = [], corner = l.getBoundingClientRect(), to = l.querySelector('.to'), from = l.querySelector('.letterhead');
		const texts = document.createTreeWalker(l, NodeFilter.SHOW_TEXT), range = document.createRange();
		for (let n; n = texts.nextNode();) {
			if (n.data.trim() === '') continue;
			range.selectNodeContents(n);
			const window = to.contains(n) ? e.To : from.contains(n) && e.Return.Width > 0 ? e.Return : null;
			for (const r of range.getClientRects()) {
				const capitals = r.height * 0.2; // the box of a line begins above them
				const box = {Left: (r.left - corner.left) / 96 + 0.75, Top: (r.top + capitals - corner.top) / 96 + 0.5, Width: r.width / 96, Height: (r.height - capitals) / 96};
				const where = ' at ' + box.Left.toFixed(2) + ', ' + box.Top.toFixed(2) + ' in: ' + n.data.trim();
				if (!within(box, printable)) faults.push('not printed' + where);
				if (window && !within(box, window)) faults.push('outside its window' + where);
				if (!window && touches(box, e.Shows)) faults.push('can show through the envelope' + where);
			}
		}
		l.style.minHeight = 0; // what it needs, not the sheet that it fills
		return {Height: l.getBoundingClientRect().height / 96, Faults: faults};
	});
})`

// TestEveryFormOfEveryLetter lays out every letter in every form for every
// person, as it is printed: one page, both addresses in their windows, nothing
// else near them. Those that only just fit are printed: on paper, lines are a
// hair lower than they are laid out. Both double windows are alike.
func TestEveryFormOfEveryLetter(t *testing.T) {
	const close = 0.1 // inches
	tab := newTab(t)
	for _, e := range render.Envelopes[:2] {
		p := openTestPack(t, "envelope", e.Name)
		args, err := json.Marshal([]any{e, printable, hair})
		if err != nil {
			t.Fatal(err)
		}
		for _, res := range p.letters {
			shown := p.inEveryForm(res, p.pages.People)
			tab.see(onPaper)
			tab.open(p.page(shown, false))
			var all []laidOut
			tab.eval(readLayout+"(..."+string(args)+")", &all)
			if len(all) != len(shown) {
				t.Fatalf("%s: %d letters on the page, want %d", res.Path, len(all), len(shown))
			}
			var tight []shownSheet
			told := 0
			for i, l := range all {
				if over := l.Height - pageHeight; over > close {
					l.Faults = append(l.Faults, fmt.Sprintf("%.2f in too long for a page", over))
				} else if over > -close {
					tight = append(tight, shown[i])
				}
				if len(l.Faults) > 0 && told < 5 {
					t.Errorf("%s (%s): %q", shown[i].name, e.Name, l.Faults[:min(3, len(l.Faults))])
					told++
				}
			}
			if len(tight) > 0 {
				holdPaper(t, tab, p, e, tight, false)
			}
			t.Logf("%s (%s): %d sheets, %d of them tight", res.Path, e.Name, len(shown), len(tight))
		}
	}
}

// TestLettersOnPaper prints every letter for each person, and in each form for
// one of them.
func TestLettersOnPaper(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	for _, res := range p.letters {
		if shown := append(p.forEach(t, res), p.inEveryForm(res, p.reader(res))...); len(shown) > 0 {
			holdPaper(t, tab, p, render.Envelopes[0], shown, false)
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
		holdPaper(t, tab, p, e, p.forEach(t, res), false)
		holdPaper(t, tab, p, e, p.forEach(t, res), true)
	}
}

// TestLargePrintOnPaper prints every letter for each person in large print.
func TestLargePrintOnPaper(t *testing.T) {
	tab := newTab(t)
	p := openTestPack(t)
	for _, res := range p.letters {
		if shown := p.forEach(t, res); len(shown) > 0 {
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
