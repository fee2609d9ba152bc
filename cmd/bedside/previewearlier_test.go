package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// commitAll keeps a folder in git as it is now.
func commitAll(t *testing.T, dir string) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("NOT PROVEN: older versions are shown, for there is no git here")
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false", "commit", "-qm", "letters"}} {
		if out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v %s", args, err, out)
		}
	}
}

// TestPreviewHoldsAgainstEarlier: a letter stands beside what was approved and
// what is in git, where they differ from it, and follows what is saved.
func TestPreviewHoldsAgainstEarlier(t *testing.T) {
	d := newDesk(t)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	heading := func(words string) {
		t.Helper()
		writeFile(t, file, strings.Replace(string(first), "# Checking in", "# "+words, 1))
		d.do(`await until('it is saved', () => shown().includes('` + words + `'))`)
	}
	names := func(want string) {
		t.Helper()
		d.do(`await until('` + want + `', () => [...$('#beside')?.options ?? []].map(o => o.textContent).join() === '` + want + `')`)
	}
	if code, _, said := run(t, d.dir, "approve", "templates/en/reminder-30.md", "--by", "Ana Ruiz"); code != exitClean {
		t.Fatal(said)
	}
	commitAll(t, d.dir)
	d.open("en/reminder-30")
	names("Nothing,Spanish")
	heading("Dropping by")
	names("Nothing,Spanish,As it was when Ana Ruiz approved it") // and the last commit has the same
	commitAll(t, d.dir)
	heading("Looking in")
	names("Nothing,Spanish,As it was when Ana Ruiz approved it,Before your changes")
	d.do(`globalThis.then = () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.querySelector('.letter')?.innerText ?? '';
		choose('#beside', 'approved'); await until('as approved', () => then().includes('Checking in about'));
		want('two papers', shown().includes('Looking in') && $('.letter-view').classList.contains('two') && $('.column + .column').innerText.includes('As it was when Ana Ruiz approved it'));
		choose('#beside', 'saved'); await until('as saved', () => then().includes('Dropping by'));
		choose('#person', 'long-names'); await until('the same person', () => then().includes('Oluwaseun') && then().includes('Dropping by'));
		$('#fields').click(); await until('names of fields', () => then().includes('{{balance_due}}')); $('#fields').click()`)
	heading("Coming by")
	d.do(`want('the older one stays', then().includes('Dropping by'))`)
	heading("Dropping by") // as it is in git
	d.do(`await until('nothing is beside it', () => document.querySelectorAll('.papers iframe').length === 1)`)
	names("Nothing,Spanish,As it was when Ana Ruiz approved it")

	pack, err := (&previewing{program: testProgram(d.dir), folder: ".", language: "en"}).read()
	if err != nil {
		t.Fatal(err)
	}
	page, err := pack.Export()
	if err != nil || strings.Contains(string(page), "Ana Ruiz approved it") {
		t.Errorf("an export has what a letter once was: %v", err)
	}
}
