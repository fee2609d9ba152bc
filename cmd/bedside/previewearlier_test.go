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
		$('#see').click(); await until('as approved', () => then().includes('Checking in about')); want('chosen, and said', document.activeElement === $('#beside') && $('#beside').value === 'approved' && !$('#see'));
		want('two papers', shown().includes('Looking in') && $('.letter-view').classList.contains('two') && $('.column + .column').innerText.includes('As it was when Ana Ruiz approved it'));
		choose('#beside', 'saved'); await until('as saved', () => then().includes('Dropping by'));
		choose('#person', 'long-names'); await until('the same person', () => then().includes('Oluwaseun') && then().includes('Dropping by'));
		$('#fields').click(); await until('names of fields', () => then().includes('{{balance_due}}')); $('#fields').click()`)
	heading("Coming by")
	d.do(`want('the older one stays', then().includes('Dropping by'))`)
	d.do(`await until('the new words are marked', () => paper().querySelector('.differs')); const says = root => [...root.querySelectorAll('.spoken')].map(n => n.textContent + n.parentNode.textContent.slice(n.textContent.length)).join('|');
		const look = node => node.ownerDocument.defaultView.getComputedStyle(node), then2 = document.querySelectorAll('.papers iframe')[1].contentDocument;
		want('a word for those who listen', says(paper()) === 'Changed: Coming by about your bill' && says(then2) === 'Changed: Dropping by about your bill');
		want('a line, not a colour alone', [paper(), then2].every(doc => look(doc.querySelector('.differs')).textDecorationLine === 'underline' && look(doc.querySelector('.differs')).textDecorationStyle === 'dashed'));
		want('in words', $('.legend').innerText === '1 sentence is different. Underlined with dashes: changed' && $('.differences li').innerText.includes('Was: Dropping by about') && $('.differences ins').textContent === 'Coming');
		$('#difference-0').click(); want('found on both', [paper(), then2].every(doc => doc.querySelector('.found').innerText.includes('by about your bill')) && $('#difference-0').getAttribute('aria-pressed') === 'true')`)
	writeFile(t, file, strings.Replace(strings.Replace(string(first), "# Checking in", "# Dropping by", 1), "So we are writing to ask: did it reach you, and does it look right?", "Here is a new sentence of ours.", 1))
	d.do(`await until('one is new, one is gone', () => $('.legend').innerText === '2 sentences are different. Underlined twice: new · struck out: no longer there');
		const look = node => node.ownerDocument.defaultView.getComputedStyle(node); await until('struck out', () => document.querySelectorAll('.papers iframe')[1].contentDocument.querySelector('.differs.gone'));
		want('how they look', look(document.querySelectorAll('.papers iframe')[1].contentDocument.querySelector('.differs')).textDecorationLine === 'line-through' && look(paper().querySelector('.differs')).textDecorationStyle === 'double')`)
	d.see(view{width: 1280, media: "print"})
	if printed := glyphsOf(openPDF(t, d.print())); strings.Contains(printed, "New:") || !strings.Contains(printed, withoutSpace("Here is a new sentence of ours.")) {
		t.Errorf("the words for those who listen are printed: %s", printed)
	}
	d.see(view{width: 1280, media: "screen"})
	heading("Dropping by") // as it is in git
	d.do(`await until('nothing is beside it', () => document.querySelectorAll('.papers iframe').length === 1)`)
	names("Nothing,Spanish,As it was when Ana Ruiz approved it")

	if code, _, said := run(t, d.dir, "preview", "--export", "review"); code != exitClean {
		t.Fatal(said)
	}
	d.stop()
	d.at = "file://" + filepath.ToSlash(filepath.Join(d.dir, "review", "index.html"))
	d.home = d.at
	d.open("en/reminder-30")
	names("Nothing,Spanish,As it was when Ana Ruiz approved it")
	d.do(`choose('#beside', 'approved'); choose('#person', 'long-names'); globalThis.then = () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.querySelector('.letter')?.innerText ?? '';
		await until('as approved, with the same person', () => then().includes('Checking in about') && then().includes('Oluwaseun') && shown().includes('Oluwaseun')); await until('marked', () => paper().querySelector('.differs.changed'))`)
}
