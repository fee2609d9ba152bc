package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bedside/internal/approval"
)

// manyReady writes a pack with n letters that are ready.
func manyReady(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if code, _, err := run(t, dir, "init"); code != exitClean {
		t.Fatal(err)
	}
	src, err := os.ReadFile(filepath.Join(dir, "templates/en/paid-in-full.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("templates/%02d.md", i)), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// book reads approvals.toml of a pack; it must never be half a file.
func bookOf(t *testing.T, dir string) approval.Book {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(dir, approval.FileName))
	if os.IsNotExist(err) {
		return approval.Book{}
	}
	if err != nil {
		t.Fatal(err)
	}
	book, err := approval.Parse(approval.FileName, src)
	if err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	return book
}

// approving starts the program in a process of its own.
func startApprove(t *testing.T, dir, letter, by string) *exec.Cmd {
	t.Helper()
	c := exec.Command("bedside", "approve", letter, "--by", by)
	c.Dir, c.Stderr = dir, &strings.Builder{}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTwoApproveAtOnce: whoever approves while others do, in processes of
// their own, loses nothing of theirs.
func TestTwoApproveAtOnce(t *testing.T) {
	const people = 8
	dir := manyReady(t, people)
	for range 3 {
		os.Remove(filepath.Join(dir, approval.FileName))
		var all []*exec.Cmd
		for i := range people {
			all = append(all, startApprove(t, dir, fmt.Sprintf("templates/%02d.md", i), fmt.Sprintf("Person %d", i)))
		}
		for i, c := range all {
			if err := c.Wait(); err != nil {
				t.Fatalf("person %d: %v\n%s", i, err, c.Stderr)
			}
		}
		book := bookOf(t, dir)
		for i := range people {
			if got := book[fmt.Sprintf("templates/%02d.md", i)].By; got != fmt.Sprintf("Person %d", i) {
				t.Errorf("letter %d is approved by %q; of %d approvals %d are there", i, got, people, len(book))
			}
		}
	}
}

// TestApproveIsKilled: whenever it is stopped, approvals.toml is a whole file
// with all that was in it, and the next one can approve.
func TestApproveIsKilled(t *testing.T) {
	dir := manyReady(t, 2)
	if code, _, err := run(t, dir, "approve", "templates/00.md", "--by", "Ana"); code != exitClean {
		t.Fatal(err)
	}
	killed := 0
	for after := time.Duration(0); after < 60*time.Millisecond; after += 3 * time.Millisecond {
		c := startApprove(t, dir, "templates/01.md", "Lee")
		time.Sleep(after)
		if c.Process.Kill() == nil && c.Wait() != nil {
			killed++
		}
		if book := bookOf(t, dir); book["templates/00.md"].By != "Ana" {
			t.Fatalf("stopped after %v, it has lost an approval: %v", after, book.Letters())
		}
	}
	if killed == 0 {
		t.Error("none was stopped: this proves nothing")
	}
	if code, _, err := run(t, dir, "approve", "templates/01.md", "--by", "Lee"); code != exitClean || !bookOf(t, dir).Has("templates/01.md") {
		t.Errorf("the next one cannot approve: code %d, %s", code, err)
	}
}

// TestApprovalsWaitForEachOther: who comes while another holds the file waits.
func TestApprovalsWaitForEachOther(t *testing.T) {
	dir := manyReady(t, 1)
	f, err := os.OpenFile(filepath.Join(dir, rulesName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if busy, err := lock(f); busy || err != nil {
		t.Fatal(busy, err)
	}
	c := startApprove(t, dir, "templates/00.md", "Ana")
	time.Sleep(300 * time.Millisecond)
	if len(bookOf(t, dir)) > 0 {
		t.Error("it did not wait")
	}
	f.Close()
	if err := c.Wait(); err != nil || len(bookOf(t, dir)) != 1 {
		t.Errorf("%v\n%s", err, c.Stderr)
	}
}
