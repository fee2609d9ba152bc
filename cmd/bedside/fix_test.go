package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"bedside/lint"
)

// A letter that is fixed keeps who may read it, and loses nothing that somebody
// wrote in the meantime.
func TestFixKeepsTheFile(t *testing.T) {
	dir := manyLetters(t, 1)
	file := filepath.Join(dir, "templates", "a.md")
	const was = "Dear [Patient First Name],\n"
	for _, mode := range []fs.FileMode{0o600, 0o640, 0o777} {
		if err := os.WriteFile(file, []byte(was), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, mode); err != nil {
			t.Fatal(err)
		}
		run(t, dir, "check", "--fix", file)
		src, err := os.ReadFile(file)
		if err != nil || string(src) != "Dear {{patient_first_name}},\n" {
			t.Errorf("%v: %q, %v", mode, src, err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode && runtime.GOOS != "windows" {
			t.Errorf("mode %v, want %v", info.Mode(), mode)
		}
	}
	p := &program{dir: dir}
	k := &check{program: p}
	for now, want := range map[string]string{
		was:                             "<nil>",
		"fixed\n":                       "<nil>", // under another name
		"Dear [Patient First Name]: \n": "it was changed in the meantime",
	} {
		if err := os.WriteFile(file, []byte(now), 0o666); err != nil {
			t.Fatal(err)
		}
		err := k.rewrite(mending{source: source{full: file}, was: []byte(was), Fixed: lint.Fixed{Src: []byte("fixed\n")}})
		if got := fmt.Sprint(err); got != want {
			t.Errorf("%q: %s, want %s", now, got, want)
		}
		src, _ := os.ReadFile(file)
		if want == "<nil>" && string(src) != "fixed\n" || want != "<nil>" && string(src) != now {
			t.Errorf("%q: %q is there now", now, src)
		}
	}
}
