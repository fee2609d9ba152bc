package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A desk is a folder that is watched, with what was told of it.
type desk struct {
	testing.TB
	dir string
	w   *Watcher
}

// newDesk watches a folder with some files in it. They hold their own names.
func newDesk(t testing.TB, files ...string) *desk {
	t.Helper()
	d := &desk{TB: t, dir: t.TempDir()}
	for _, name := range files {
		d.write(name, name)
	}
	var err error
	d.w, err = Open([]string{d.dir}, Options{FS: os.DirFS, Wants: func(file string) bool { return strings.HasSuffix(file, ".md") }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.w.Close() })
	return d
}

func (d *desk) at(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) write(name, text string) {
	d.Helper()
	d.ok(os.MkdirAll(filepath.Dir(d.at(name)), 0o777))
	d.ok(os.WriteFile(d.at(name), []byte(text), 0o666))
}

func (d *desk) rename(from, to string) { d.Helper(); d.ok(os.Rename(d.at(from), d.at(to))) }

func (d *desk) remove(name string) { d.Helper(); d.ok(os.Remove(d.at(name))) }

func (d *desk) run(name string, args ...string) {
	d.Helper()
	c := exec.Command(name, args...)
	c.Dir = d.dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=x", "GIT_AUTHOR_EMAIL=x@example.org", "GIT_COMMITTER_NAME=x", "GIT_COMMITTER_EMAIL=x@example.org")
	if out, err := c.CombinedOutput(); err != nil {
		d.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// told are the changes until nothing more comes for a while: "changed a.md"
// and "removed b.md", each as often as it was told.
func (d *desk) told() []string {
	d.Helper()
	var all []string
	for patience := 5 * time.Second; ; patience = 150 * time.Millisecond {
		if len(all) > 0 && len(d.w.half) > 0 {
			patience = 5 * time.Second // there is more to come
		}
		ctx, stop := context.WithTimeout(context.Background(), patience)
		c, err := d.w.Next(ctx)
		stop()
		if errors.Is(err, context.DeadlineExceeded) {
			slices.Sort(all)
			return all
		}
		d.ok(err)
		for _, file := range c.Changed {
			all = append(all, "changed "+d.name(file))
		}
		for _, file := range c.Removed {
			all = append(all, "removed "+d.name(file))
		}
		if c.Note != "" {
			all = append(all, "note "+c.Note)
		}
	}
}

func (d *desk) name(file string) string {
	d.Helper()
	rel, err := filepath.Rel(d.dir, file)
	d.ok(err)
	return filepath.ToSlash(rel)
}

// TestHowEditorsSave: whatever an editor does to save a file, one change of
// that file is told, and of no other.
func TestHowEditorsSave(t *testing.T) {
	for _, c := range []struct {
		name string
		save func(*desk)
		want []string
	}{
		{"writes over the file", func(d *desk) { d.write("a.md", "new") }, []string{"changed a.md"}},
		{"truncates, waits, writes", func(d *desk) {
			d.ok(os.Truncate(d.at("a.md"), 0))
			time.Sleep(90 * time.Millisecond) // longer than quiet
			d.write("a.md", "new")
		}, []string{"changed a.md"}},
		{"writes in pieces", func(d *desk) {
			f, err := os.Create(d.at("a.md"))
			d.ok(err)
			for range 8 {
				_, err := f.WriteString("piece ")
				d.ok(err)
				time.Sleep(10 * time.Millisecond)
			}
			d.ok(f.Close())
		}, []string{"changed a.md"}},
		{"writes beside it and renames (VS Code, gedit)", func(d *desk) {
			d.write(".goutputstream-X1Y2", "new")
			d.rename(".goutputstream-X1Y2", "a.md")
		}, []string{"changed a.md"}},
		{"as Bedside writes", func(d *desk) {
			d.write(".a.md.123-0.tmp", "new")
			d.rename(".a.md.123-0.tmp", "a.md")
		}, []string{"changed a.md"}},
		{"keeps the old one and renames (JetBrains)", func(d *desk) {
			d.write("a.md___jb_tmp___", "new")
			d.rename("a.md", "a.md___jb_old___")
			d.rename("a.md___jb_tmp___", "a.md")
			d.remove("a.md___jb_old___")
		}, []string{"changed a.md"}},
		{"removes and makes it again", func(d *desk) {
			d.remove("a.md")
			time.Sleep(60 * time.Millisecond)
			d.write("a.md", "new")
		}, []string{"changed a.md"}},
		{"Vim, writing over the file", func(d *desk) {
			d.write(".a.md.swp", "swap")
			d.write(".a.md.swx", "")
			d.remove(".a.md.swx")
			d.write("4913", "")
			d.remove("4913")
			d.write("a.md~", "a.md")
			d.write("a.md", "new")
			d.ok(os.Chmod(d.at("a.md"), 0o644))
			d.remove("a.md~")
			d.remove(".a.md.swp")
		}, []string{"changed a.md"}},
		{"Vim, with backupcopy=no", func(d *desk) {
			d.write(".a.md.swp", "swap")
			d.write("4913", "")
			d.remove("4913")
			d.rename("a.md", "a.md~")
			d.write("a.md", "new")
			d.ok(os.Chmod(d.at("a.md"), 0o644))
			d.remove("a.md~")
			d.remove(".a.md.swp")
		}, []string{"changed a.md"}},
		{"Emacs, with its lock and its own copy", func(d *desk) {
			d.ok(os.Symlink("me@desk.1:1", d.at(".#a.md")))
			d.write("#a.md#", "half")
			d.rename("a.md", "a.md~")
			d.write("a.md", "new")
			d.remove(".#a.md")
			d.remove("#a.md#")
		}, []string{"changed a.md"}},
		{"sed -i", func(d *desk) { d.run("sed", "-i", "s/a/new/", "a.md") }, []string{"changed a.md"}},
		{"sed -i, twice", func(d *desk) {
			d.run("sed", "-i", "s/a/new/", "a.md")
			if got := d.told(); !slices.Equal(got, []string{"changed a.md"}) {
				d.Errorf("first time: told %q", got)
			}
			d.run("sed", "-i", "s/new/newer/", "a.md")
		}, []string{"changed a.md"}},
		{"saves the same bytes", func(d *desk) { d.write("a.md", "a.md"); d.write("b.md", "other") }, []string{"changed b.md"}},
		{"touches it", func(d *desk) {
			d.ok(os.Chtimes(d.at("a.md"), time.Now(), time.Now()))
			d.ok(os.Chmod(d.at("a.md"), 0o600))
			d.write("b.md", "other")
		}, []string{"changed b.md"}},
		{"leaves it empty", func(d *desk) { d.write("a.md", "") }, []string{"changed a.md"}},
		{"removes it", func(d *desk) { d.remove("a.md") }, []string{"removed a.md"}},
		{"renames it", func(d *desk) { d.rename("a.md", "c.md") }, []string{"changed c.md", "removed a.md"}},
		{"makes a file that is not wanted", func(d *desk) { d.write("a.txt", "new"); d.write("b.md", "new") }, []string{"changed b.md"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "a.md", "b.md")
			c.save(d)
			if got := d.told(); !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestFolders(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*desk)
		want []string
	}{
		{"a new one with files, before anybody listens in it", func(d *desk) { d.write("new/deep/c.md", "c") }, []string{"changed new/deep/c.md"}},
		{"a new one, and later a file", func(d *desk) {
			d.ok(os.Mkdir(d.at("new"), 0o777))
			time.Sleep(100 * time.Millisecond)
			d.write("new/c.md", "c")
		}, []string{"changed new/c.md"}},
		{"renamed, then saved in", func(d *desk) {
			d.rename("en", "es")
			if got, want := d.told(), []string{"changed es/a.md", "changed es/deep/b.md", "removed en/a.md", "removed en/deep/b.md"}; !slices.Equal(got, want) {
				d.Errorf("after the rename: told %q, want %q", got, want)
			}
			d.write("es/a.md", "new")
			d.write("es/deep/b.md", "new")
		}, []string{"changed es/a.md", "changed es/deep/b.md"}},
		{"renamed, and another in its place", func(d *desk) {
			d.rename("en", "es")
			d.write("en/a.md", "en/a.md")
			d.write("en/deep/b.md", "other")
			d.told()
			d.write("es/deep/b.md", "later")
			d.write("en/deep/b.md", "later too")
		}, []string{"changed en/deep/b.md", "changed es/deep/b.md"}},
		{"moved away", func(d *desk) {
			d.ok(os.Rename(d.at("en"), filepath.Join(d.TempDir(), "en")))
		}, []string{"removed en/a.md", "removed en/deep/b.md"}},
		{"removed and made again at once", func(d *desk) {
			d.ok(os.RemoveAll(d.at("en")))
			d.write("en/a.md", "new")
			d.told()
			d.write("en/a.md", "newer")
		}, []string{"changed en/a.md"}},
		{"with a dot", func(d *desk) { d.write(".git/c.md", "c"); d.write("a.md", "a") }, []string{"changed a.md"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "en/a.md", "en/deep/b.md")
			c.do(d)
			if got := d.told(); !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

// Another branch of fifty letters, by Git itself.
func TestGitCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("NOT PROVEN: what Git does, for it is not here")
	}
	t.Parallel()
	d := newDesk(t)
	var changed, back []string
	for _, branch := range []string{"one", "two"} {
		for i := range 50 {
			name := fmt.Sprintf("en/%02d.md", i)
			d.write(name, branch+name)
			if branch == "two" {
				changed = append(changed, "changed "+name)
			}
		}
		if branch == "one" {
			d.run("git", "init", "-q", "-b", "one")
		} else {
			d.run("git", "checkout", "-q", "-b", "two")
			d.write("es/only.md", "two")
		}
		d.run("git", "add", ".")
		d.run("git", "commit", "-q", "-m", branch)
	}
	d.told()
	d.run("git", "checkout", "-q", "one")
	back = append(slices.Clone(changed), "removed es/only.md")
	if got := d.told(); !slices.Equal(got, back) {
		t.Errorf("told %q, want %q", got, back)
	}
	d.run("git", "checkout", "-q", "two")
	if got, want := d.told(), append(slices.Clone(changed), "changed es/only.md"); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// A file that is saved all the time is told of a few times a second, and then
// once more.
func TestSavedAllTheTime(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "a.md")
	const lasts = 2 * time.Second
	done := make(chan string, 1)
	go func() {
		last := ""
		for i, end := 0, time.Now().Add(lasts); time.Now().Before(end); i++ {
			last = fmt.Sprintf("save %d", i)
			if err := os.WriteFile(d.at("a.md"), []byte(last), 0o666); err != nil {
				t.Error(err)
			}
			time.Sleep(5 * time.Millisecond)
		}
		done <- last
	}()
	told, seen, last := 0, "", ""
	for allTold := false; !allTold; {
		ctx, stop := context.WithTimeout(context.Background(), 500*time.Millisecond)
		c, err := d.w.Next(ctx)
		stop()
		if errors.Is(err, context.DeadlineExceeded) {
			allTold = last != "" // nothing came after the last save
			select {
			case last = <-done:
			default:
			}
			continue
		}
		d.ok(err)
		if told += len(c.Changed); len(c.Removed) > 0 || c.Note != "" {
			t.Errorf("told %q", c)
		}
		src, err := os.ReadFile(d.at("a.md"))
		d.ok(err)
		seen = string(src)
	}
	if seen != last {
		t.Errorf("after the last change the file said %q; the last save was %q", seen, last)
	}
	if most := int(lasts/atMost) + 4; told < 4 || told > most {
		t.Errorf("told %d times, want 4 to %d", told, most)
	}
}

// BenchmarkSave measures the time from a save to the change, quiet included:
// half of all saves and 19 of twenty take no longer than p50 and p95.
func BenchmarkSave(b *testing.B) {
	d := newDesk(b, "a.md")
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		begun := time.Now()
		d.write("a.md", fmt.Sprint(n))
		if _, err := d.w.Next(context.Background()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "worst-ms")
}

// TestWhateverHappens does a great many things to files and folders, and
// compares what was told with what is there in the end.
func TestWhateverHappens(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3, 4} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, "a.md", "en/a.md", "en/deep/a.md", "es/a.md")
			any := rand.New(rand.NewPCG(seed, 0))
			done := make(chan struct{})
			go func() {
				defer close(done)
				for range 400 {
					d.anything(any)
					time.Sleep(time.Duration(any.IntN(4)) * time.Millisecond)
				}
			}()
			there := map[string]bool{"a.md": true, "en/a.md": true, "en/deep/a.md": true, "es/a.md": true}
			for ended := false; !ended; {
				ctx, stop := context.WithTimeout(context.Background(), 600*time.Millisecond)
				c, err := d.w.Next(ctx)
				stop()
				for _, file := range c.Changed {
					there[d.name(file)] = true
				}
				for _, file := range c.Removed {
					delete(there, d.name(file))
				}
				if c.Note != "" {
					t.Errorf("told %q", c.Note)
				}
				select {
				case <-done:
					ended = err != nil // and nothing came after it
				default:
				}
			}
			var want []string
			d.ok(filepath.WalkDir(d.dir, func(file string, e os.DirEntry, err error) error {
				if err == nil && strings.HasSuffix(file, ".md") {
					want = append(want, d.name(file))
					if now, _ := d.w.read(file); !d.w.files[file].same(now) {
						t.Errorf("of %s the last was not told", d.name(file))
					}
				}
				return err
			}))
			slices.Sort(want)
			if got := slices.Sorted(maps.Keys(there)); !slices.Equal(got, want) {
				t.Errorf("told of %q\nthere are %q", got, want)
			}
		})
	}
}

// anything does one thing that may or may not work.
func (d *desk) anything(any *rand.Rand) {
	pick := func(names ...string) string { return d.at(names[any.IntN(len(names))]) }
	folder := func() string { return pick(".", "en", "es", "en/deep", "es/deep", "fr", "fr/deep") }
	file := func() string {
		return filepath.Join(folder(), []string{"a.md", "b.md", "c.md", ".a.md.swp"}[any.IntN(4)])
	}
	switch any.IntN(10) {
	case 0:
		_ = os.Remove(file())
	case 1, 2:
		_ = os.Rename(file(), file())
	case 3:
		_ = os.Rename(pick("en", "es", "fr", "en/deep"), pick("en", "es", "fr", "fr/deep"))
	case 4:
		_ = os.RemoveAll(pick("en/deep", "es/deep", "fr"))
	case 5:
		_ = os.MkdirAll(folder(), 0o777)
	default:
		_ = os.WriteFile(file(), fmt.Appendf(nil, "text %d", any.IntN(1000)), 0o666)
	}
}
