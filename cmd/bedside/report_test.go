package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReportOnScreen holds the HTML report to axe-core: wide and narrow, by
// day and by night.
func TestReportOnScreen(t *testing.T) {
	tab := newTab(t)
	page := reportPage(t)
	for _, look := range looks[:2] {
		for _, dark := range []bool{false, true} {
			look.dark = dark
			tab.see(look.view)
			tab.open(page)
			holdScreen(t, tab, "report, "+look.name, look.view)
		}
	}
}

// On paper, no heading stands at the end of a page, and nothing is cut off.
func TestReportOnPaper(t *testing.T) {
	tab := newTab(t)
	tab.see(onPaper)
	tab.open(reportPage(t))
	d := openPDF(t, tab.print())
	for n, page := range d.pages {
		if last := lastLine(page); slices.Contains([]string{"Readability", "Whatitholds", "Findings", "Sign-off", "Eachletter", "Letters", "Rules"}, last) {
			t.Errorf("page %d ends with the heading %s", n+1, last)
		}
		for _, g := range page.glyphs {
			if !within(g.Box, printable) {
				t.Fatalf("page %d: %q stands outside of what can be printed", n+1, g.text)
			}
		}
	}
}

// lastLine is the lowest line of a page, above its number.
func lastLine(page paperPage) string {
	const foot, line = 10.2, 0.06 // inches
	low := 0.0
	for _, g := range page.glyphs {
		if g.Top < foot {
			low = max(low, g.Top)
		}
	}
	var b strings.Builder
	for _, g := range page.glyphs {
		if g.Top < foot && g.Top > low-line {
			b.WriteString(g.text)
		}
	}
	return withoutSpace(b.String())
}

// reportPage is the report of letters of many shapes, one of them in Spanish.
func reportPage(t *testing.T) []byte {
	t.Helper()
	dir := manyLetters(t, 13)
	src := "+++\ntitle = \"Su factura\"\nlanguage = \"es\"\n+++\n\nLe solicitamos la documentación de la institución, que es difícil.\n"
	if err := os.WriteFile(filepath.Join(dir, "templates", "carta.md"), []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, said := run(t, dir, "check", "--date", "2026-11-22", "--report", "html=report.html"); code != exitFindings {
		t.Fatalf("exit code %d: %s", code, said)
	}
	page, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	return page
}
