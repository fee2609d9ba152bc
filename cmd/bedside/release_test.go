package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A releaser is .goreleaser.yaml, as far as it is used here.
type releaser struct {
	Version int
	Project string `yaml:"project_name"`
	Builds  []struct {
		Main, Binary string
		Env          []string
		Goos, Goarch []string
		Flags        []string
		Ldflags      []string
		Timestamp    string `yaml:"mod_timestamp"`
	}
	Archives []struct {
		Formats   []string
		Overrides []struct {
			Goos    string
			Formats []string
		} `yaml:"format_overrides"`
		Files      []releaseFile
		BuildsInfo releaseInfo `yaml:"builds_info"`
	}
	Checksum struct {
		Name string `yaml:"name_template"`
	}
	Changelog struct{ Use, Sort string }
	Release   struct{ Draft bool }
}

type releaseFile struct {
	Src  string
	Info releaseInfo
}

type releaseInfo struct {
	Owner, Group, Mtime string
	Mode                int
}

// A release has a program for each system that the house is built for, and
// nothing in it depends on when and where it was made.
func TestReleaseIsTheSameEverywhere(t *testing.T) {
	var r releaser
	readYAML(t, ".goreleaser.yaml", &r)
	if r.Version != 2 || len(r.Builds) != 1 || len(r.Archives) != 1 {
		t.Fatalf("got %+v", r)
	}
	b, a := r.Builds[0], r.Archives[0]
	if !slices.Equal(b.Goos, []string{"linux", "darwin", "windows"}) || !slices.Equal(b.Goarch, []string{"amd64", "arm64"}) || !slices.Contains(b.Env, "CGO_ENABLED=0") {
		t.Errorf("it is built for %s on %s, with %s", b.Goos, b.Goarch, b.Env)
	}
	if want := (releaseInfo{"root", "root", "{{ .CommitDate }}", 0o755}); b.Timestamp != "{{ .CommitTimestamp }}" || a.BuildsInfo != want {
		t.Errorf("the program is of %q and %+v", b.Timestamp, a.BuildsInfo)
	}
	for _, f := range a.Files {
		if want := (releaseInfo{"root", "root", "{{ .CommitDate }}", 0o644}); f.Info != want || !exists(filepath.Join(repository, f.Src)) {
			t.Errorf("%s is not there, or carries something of the machine: %+v", f.Src, f.Info)
		}
	}
	first, said := r.build(t, "v1.2.3")
	second, _ := r.build(t, "v1.2.3")
	if !bytes.Equal(first, second) {
		t.Error("the same commit in another folder gives another program")
	}
	if !strings.HasPrefix(said, "bedside v1.2.3 ") {
		t.Errorf("the program does not know its version: %s", said)
	}
}

// build builds the last commit of this repository in a folder of its own, under
// a tag, and returns the program and what it says of itself.
func (r *releaser) build(t *testing.T, tag string) (program []byte, said string) {
	t.Helper()
	if !exists(filepath.Join(repository, ".git")) {
		t.Skip("NOT PROVEN: releases are the same everywhere, for this is no clone of the repository")
	}
	sh := newShell(t)
	clone, b := t.TempDir(), r.Builds[0]
	for _, args := range [][]string{
		{"git", "clone", "--quiet", repository, clone},
		{"git", "-C", clone, "tag", tag},
		slices.Concat([]string{"env"}, b.Env, []string{"go", "build", "-C", clone}, b.Flags, []string{"-ldflags", strings.Join(b.Ldflags, " "), "-o", sh.dir, b.Main}),
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
	}
	out, err := exec.Command(filepath.Join(sh.dir, b.Binary), "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	program, err = os.ReadFile(filepath.Join(sh.dir, b.Binary))
	if err != nil {
		t.Fatal(err)
	}
	return program, string(out)
}
