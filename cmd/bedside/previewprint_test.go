package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bedside/internal/render"
)

// TestPreviewPrintsTheLetter: from the menu of the browser too, the letter is
// printed as it is, and nothing of the page around it.
func TestPreviewPrintsTheLetter(t *testing.T) {
	d := newDesk(t)
	d.open("en/reminder-30")
	d.see(view{width: 1280, media: "print"})
	printed := openPDF(t, d.print())
	all := glyphsOf(printed)
	for words, want := range map[string]bool{"Nothing to change": false, "Envelope": false, "Send only if": false, "fold": false,
		"Jordan Lee": true, "Checking in about your bill": true, "Amount enclosed": true} {
		if got := strings.Contains(all, withoutSpace(words)); got != want {
			t.Errorf("“%s” is there: %t, want %t: %q", words, got, want, all)
		}
	}
	if n := len(printed.pages); n != 1 {
		t.Errorf("%d pages", n)
	}
}

// TestPreviewCountsPages: as many pages as the page tells come out.
func TestPreviewCountsPages(t *testing.T) {
	d := newDesk(t)
	b := testBrowser(t)
	p := openTestPack(t)
	for _, name := range []string{"en/reminder-30", "en/itemized-bill", "en/paid-in-full", "es/plan-offer"} {
		d.open(name)
		d.do(`$('#look-large').click(); await until('larger', () => paper().body.className === 'large-print')`)
		var said string
		d.eval(`$('.under').innerText`, &said)
		src, err := os.ReadFile(filepath.Join(d.dir, "templates", filepath.FromSlash(name)+".md"))
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := p.pages.Sheet(p.Check(name, src).Letter, render.Options{Form: -1})
		if err != nil {
			t.Fatal(err)
		}
		made, err := b.pdf(t.Context(), p.pages.Page([]render.Sheet{sheet}, true))
		if err != nil {
			t.Fatal(err)
		}
		if want := count(sheetsOfPaper(made), "page", "pages"); !strings.HasPrefix(said, want) {
			t.Errorf("%s: it says %q, and there are %s", name, said, want)
		}
	}
}

// TestPreviewPrintsFromTheMenu: printed from the menu of the browser, which
// prints the page, a letter of several pages comes out sign for sign as from
// the Print button, which prints the paper. Afterwards the page is as it was.
func TestPreviewPrintsFromTheMenu(t *testing.T) {
	d := newDesk(t)
	d.see(view{width: 1280}) // printing is for print, looking for screens
	alone := &desk{tab: d.another()}
	for _, c := range []struct {
		letter, look string
		pages        int
	}{{"en/reminder-30", "large", 3}, {"en/itemized-bill", "large", 3}, {"es/plan-offer", "large", 2}, {"en/itemized-bill", "letter", 1}, {"en/harsh", "letter", 1}, {"en/reminder-30", "phone", 1}} {
		d.look()
		d.open(c.letter)
		d.do(`$('#look-` + c.look + `').click(); await until('it is set', () => paper().body.className === '` + map[bool]string{true: "large-print", false: "standard"}[c.look == "large"] + `');
			$('#part-values').open = true; type('#value-patient_first_name', 'Zebulon'); await new Promise(r => setTimeout(r, 100));
			scrollTo(0, 50); globalThis.frame = $('.papers iframe'); globalThis.height = document.body.scrollHeight; want('it is scrolled', scrollY === 50)`)
		got := openPDF(t, d.print())
		d.do(`await until('it is where it was', () => scrollY === 50); want('as it was', !$('.laid') && document.adoptedStyleSheets.length === 0 && document.body.className === '' && $('#style').media === '' && frame === $('.papers iframe')
			&& document.body.scrollHeight === height && shown().includes('Zebulon'))`)
		var page string
		d.eval(`'<!doctype html>' + paper().documentElement.outerHTML`, &page)
		alone.look()
		alone.tab.open([]byte(page))
		alone.see(view{width: 1280, media: "print"})
		want := openPDF(t, alone.print())
		name := c.letter + ", " + c.look
		if len(got.pages) != c.pages || len(want.pages) != c.pages {
			t.Errorf("%s: %d pages, from the button %d, want %d", name, len(got.pages), len(want.pages), c.pages)
			continue
		}
		for i, page := range want.pages {
			if a, b := len(got.pages[i].glyphs), len(page.glyphs); a != b {
				t.Errorf("%s, page %d: %d signs, from the button %d", name, i+1, a, b)
				continue
			}
			for j, g := range page.glyphs {
				if other := got.pages[i].glyphs[j]; other.text != g.text || math.Hypot(other.Left-g.Left, other.Top-g.Top) > 0.01 {
					t.Errorf("%s, page %d: %q at %.2f, %.2f, from the button %q at %.2f, %.2f", name, i+1, other.text, other.Left, other.Top, g.text, g.Left, g.Top)
					break
				}
			}
		}
	}
}

// TestPreviewPrintsAllLetters: all letters come out as a list, without their
// pictures and what the page is worked with.
func TestPreviewPrintsAllLetters(t *testing.T) {
	d := newDesk(t)
	d.see(view{width: 1280})
	d.open("")
	printed := openPDF(t, d.print())
	all := glyphsOf(printed)
	for words, want := range map[string]bool{"47 of 48 letters ready": true, "Says who else may pay for care after an accident": true, "Needs work": true, "Search": false, "Dear Jordan": false} {
		if got := strings.Contains(all, withoutSpace(words)); got != want {
			t.Errorf("“%s” is there: %t, want %t", words, got, want)
		}
	}
	if n := len(printed.pages); n > 5 {
		t.Errorf("%d pages", n)
	}
}

// glyphsOf are all letters of a PDF, without space.
func glyphsOf(file *document) string {
	var all strings.Builder
	for _, page := range file.pages {
		for _, g := range page.glyphs {
			all.WriteString(withoutSpace(g.text))
		}
	}
	return all.String()
}
