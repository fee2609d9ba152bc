package main

import (
	"os"
	"testing"
)

// screens are what there is to see, each with what has been done on it.
var screens = []struct{ name, letter, script string }{
	{"all letters", "", ``},
	{"the keys", "", `document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}))`},
	{"no letter is like that", "", `$('#search').value = 'zzz'; $('#search').dispatchEvent(new Event('input')); await until('none', () => document.body.innerText.includes('No letter is like that'))`},
	{"a letter", "en/harsh", `for (const x of document.querySelectorAll('details')) x.open = true; $('.finding button:not([disabled])').click()`},
	{"two languages", "en/reminder-30", `choose('#beside', 'twin'); await until('both', () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.querySelector('.letter'))`},
	{"values, one of them missing", "en/reminder-30", `for (const x of document.querySelectorAll('details')) x.open = true; $('#value-balance_due').value = ''; $('#value-balance_due').dispatchEvent(new Event('input'))`},
	{"names of fields", "en/reminder-30", `$('#fields').click(); await until('names', () => shown().includes('{{balance_due}}'))`},
	{"large print in one window", "en/reminder-30", `choose('#envelope', '#10 single window'); $('#look-large').click(); await until('larger', () => paper().body.className === 'large-print')`},
	{"phone", "en/reminder-30", `$('#look-phone').click(); await until('narrow', () => $('.papers .sheet').getBoundingClientRect().width < 400)`},
}

// TestPreviewLooks holds the screens to axe-core, at two widths, light and
// dark, and to white paper; and to the width of a small phone.
func TestPreviewLooks(t *testing.T) {
	d := newDesk(t)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []view{{width: 1280}, {width: 1280, dark: true}, {width: 390}, {width: 390, dark: true}, {width: 320}} {
		v.media = "screen"
		d.see(v)
		for _, screen := range screens {
			d.open(screen.letter)
			d.do(screen.script)
			d.do(`want('no sideways scrolling', document.scrollingElement.scrollWidth <= innerWidth);
				want('paper is white', getComputedStyle($('iframe').contentDocument.querySelector('.letter')).backgroundColor === 'rgb(255, 255, 255)')`)
			if v.width == 320 {
				continue
			}
			d.eval(string(axe), nil)
			var found []struct {
				ID, Help string
				Nodes    []string
			}
			d.eval(`axe.run({exclude: ['iframe']}, {iframes: false, resultTypes: ['violations']}).then(r => r.violations.map(
				v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)})))`, &found)
			for _, f := range found {
				t.Errorf("%s, %d, dark %t: %s (%s): %q", screen.name, v.width, v.dark, f.Help, f.ID, f.Nodes)
			}
		}
	}
}
