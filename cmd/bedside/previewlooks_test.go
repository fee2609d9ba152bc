package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A scene is what there is to see, with what has been done on it. While a file
// of the office is broken, its text is another.
type scene struct {
	name, letter, script string
	broken, text         string
}

// screens are those of a desk as newDesk sets it up.
var screens = []scene{
	{name: "all letters", letter: "", script: ``},
	{name: "the keys", letter: "", script: `document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}))`},
	{name: "no letter is like that", letter: "", script: `$('#search').value = 'zzz'; $('#search').dispatchEvent(new Event('input')); await until('none', () => document.body.innerText.includes('No letter is like that'))`},
	{name: "a letter", letter: "en/harsh", script: `for (const x of document.querySelectorAll('details')) x.open = true; $('.finding button:not([disabled])').click()`},
	{name: "two languages", letter: "en/reminder-30", script: `choose('#beside', 'twin'); await until('both', () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.querySelector('.letter'))`},
	{name: "values, one of them missing", letter: "en/reminder-30", script: `for (const x of document.querySelectorAll('details')) x.open = true; $('#value-balance_due').value = ''; $('#value-balance_due').dispatchEvent(new Event('input'))`},
	{name: "names of fields", letter: "en/reminder-30", script: `$('#fields').click(); await until('names', () => shown().includes('{{balance_due}}'))`},
	{name: "large print in one window", letter: "en/reminder-30", script: `choose('#envelope', '#10 single window'); $('#look-large').click(); await until('larger', () => paper().body.className === 'large-print')`},
	{name: "phone", letter: "en/reminder-30", script: `$('#look-phone').click(); await until('narrow', () => $('.papers .sheet').getBoundingClientRect().width < 400)`},
	{name: "a broken letter", letter: "en/harsh", script: `await until('a banner', () => $('.notes').innerText.includes('cannot be shown'))`, broken: "templates/en/harsh.md"},
	{name: "a broken letter among all", letter: "", script: `const card = $('a[href="#en/accident-third-party"]');
		await until('it is told', () => card.innerText.includes('Needs work')); want('the last good picture', card.querySelector('iframe').contentDocument.querySelector('.letter') && !card.querySelector('.mini p'))`, broken: "templates/en/accident-third-party.md"},
	{name: "a letter with a mistake at its top", letter: "en/harsh", script: `await until('a thing to look at', () => $('.finding .exact'))`, broken: "templates/en/harsh.md", text: "+++\ntitle = \"x\n+++\n# Hello\n"},
	{name: "broken rules", letter: "en/harsh", script: `await until('a banner', () => $('.banner.fault'))`, broken: "rules.toml", text: "extends = "},
	{name: "broken rules, all letters", letter: "", script: `await until('a banner', () => $('.banner.fault'))`, broken: "rules.toml", text: "extends = "},
}

// TestPreviewLooks holds the screens to axe-core, at two widths, light and
// dark, and to white paper; and to the width of a small phone.
func TestPreviewLooks(t *testing.T) {
	newDesk(t).hold(t, screens)
}

// TestPreviewLooksWithRealData holds the page of --data to the same.
func TestPreviewLooksWithRealData(t *testing.T) {
	d := newDesk(t)
	d.stop()
	d.data = "patient.toml"
	writeFile(t, filepath.Join(d.dir, d.data), "[[person]]\nname = \"Bo\"\nlanguage = \"en\"\n[person.values]\npatient_first_name = \"Boris\"\nrecipient_name = \"Boris Real\"\n")
	d.start(t, 0)
	d.hold(t, []scene{
		{name: "real, all letters", script: `want('it is said', $('.banner.real').innerText.startsWith('Real data, not saved.'))`},
		{name: "real, a letter", letter: "en/harsh", script: `want('it is said', $('.banner.real') && shown().includes('Boris')); for (const x of document.querySelectorAll('details')) x.open = true`},
		{name: "real, broken rules", letter: "en/harsh", script: `await until('both banners', () => $('.banner.fault') && $('.banner.real'))`, broken: "rules.toml", text: "extends = "},
	})
}

// TestPreviewLooksAtVersions holds two versions beside each other to the same,
// in the running page and in an export.
func TestPreviewLooksAtVersions(t *testing.T) {
	d := newDesk(t)
	if code, _, said := run(t, d.dir, "approve", "templates/en/reminder-30.md", "--by", "Ana Ruiz"); code != exitClean {
		t.Fatal(said)
	}
	commitAll(t, d.dir)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, strings.NewReplacer("# Checking in", "# Looking in", " Mail can go missing, and a bill can be hard to understand.", "", "If you have already paid, thank you.", "If you have already paid, thank you. Here is a new sentence of ours.").Replace(string(src)))
	d.open("en/reminder-30")
	d.do(`await until('it is read', () => [...$('#beside').options].some(o => o.value === 'approved') && shown().includes('Looking in'))`)
	versions := []scene{{name: "two versions", letter: "en/reminder-30", script: `await until('older ones', () => $('#beside option[value=approved]')); choose('#beside', 'approved');
		await until('what is different', () => document.querySelectorAll('.differences li').length === 3 && document.querySelectorAll('.papers iframe')[1].contentDocument.querySelector('.differs')); $('#difference-0').click()`}}
	d.hold(t, versions)
	if code, _, said := run(t, d.dir, "preview", "--export", "review"); code != exitClean {
		t.Fatal(said)
	}
	d.at = "file://" + filepath.ToSlash(filepath.Join(d.dir, "review", "index.html"))
	d.home = d.at
	d.hold(t, append(versions, scene{name: "an export, all letters"},
		scene{name: "an export, a letter", letter: "en/harsh", script: `for (const x of document.querySelectorAll('details')) x.open = true; $('.finding button:not([disabled])').click()`}))
}

// hold holds screens to axe-core, white paper, and the width of a small phone.
func (d *desk) hold(t *testing.T, screens []scene) {
	t.Helper()
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []view{{width: 1280}, {width: 1280, dark: true}, {width: 390}, {width: 390, dark: true}, {width: 320}} {
		v.media = "screen"
		d.see(v)
		for _, screen := range screens {
			d.open(screen.letter)
			whole := d.breaks(t, screen)
			d.do(screen.script)
			d.do(`want('no sideways scrolling', document.scrollingElement.scrollWidth <= innerWidth);
				want('paper is white', getComputedStyle($('iframe').contentDocument.querySelector('.letter')).backgroundColor === 'rgb(255, 255, 255)')`)
			if v.width != 320 {
				d.axe(t, string(axe), fmt.Sprintf("%s, %d, dark %t", screen.name, v.width, v.dark))
			}
			whole()
		}
	}
}

// axe holds what is seen to axe-core, but for the letter in its frame: that is
// held by TestLettersOnScreen.
func (d *desk) axe(t *testing.T, axe, name string) {
	t.Helper()
	d.eval(axe, nil)
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	d.eval(`axe.run({exclude: ['iframe']}, {iframes: false, resultTypes: ['violations']}).then(r => r.violations.map(
		v => ({ID: v.id, Help: v.help, Nodes: v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)})))`, &found)
	for _, f := range found {
		t.Errorf("%s: %s (%s): %q", name, f.Help, f.ID, f.Nodes)
	}
}

// breaks breaks the file of a screen, and whole mends it.
func (d *desk) breaks(t *testing.T, s scene) (whole func()) {
	t.Helper()
	if s.broken == "" {
		return func() {}
	}
	file := filepath.Join(d.dir, filepath.FromSlash(s.broken))
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	exact := 0 // findings that have the words of a machine below
	d.eval(`document.querySelectorAll('.finding .exact').length`, &exact)
	writeFile(t, file, s.text)
	return func() {
		writeFile(t, file, string(src))
		d.do(fmt.Sprintf(`await until('it is mended', () => !$('.banner.fault') && !$('.notes')?.innerText.includes('cannot be shown')
			&& document.querySelectorAll('.finding .exact').length === %d && document.querySelectorAll('.cards .work').length < 2)`, exact))
		d.expect("status of 422")
	}
}
