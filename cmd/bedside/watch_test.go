package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"bedside"
)

// A session is one run of bedside watch, with somebody at the keyboard.
type session struct {
	testing.TB
	dir      string
	keyboard *io.PipeWriter
	screen   screen
	seen     int // bytes of the screen
	ended    chan int
	days     atomic.Int32 // that have gone by since it began
}

// A screen takes what is printed, on both streams.
type screen struct {
	mu      sync.Mutex
	printed bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.printed.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.printed.String()
}

const (
	kind = "Dear {{patient_first_name}},\n\nWe know that a bill can be hard. Please call us at {{office_phone}}.\n"

	harshSource = "Dear {{patient_first_name}},\n\nWe know that a bill can be hard. This is your final notice. Please call us at {{office_phone}}.\n"
)

// inTwo is a letter with front matter, so that it can have a twin.
func inTwo(language, text string) string {
	return "+++\nlanguage = \"" + language + "\"\n+++\n\n" + text
}

// startWatch watches the small pack with some letters: path and text in turn.
func startWatch(t testing.TB, letters []string, args ...string) *session {
	t.Helper()
	s := &session{TB: t, dir: t.TempDir(), ended: make(chan int, 1)}
	if err := copyTree(s.dir, smallPack); err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(letters, 2) {
		s.save(pair[0], pair[1])
	}
	var typed *io.PipeReader
	typed, s.keyboard = io.Pipe()
	p := &program{in: typed, out: &s.screen, err: &s.screen, dir: s.dir, env: func(string) string { return "" },
		since: func() time.Time { return time.Now().AddDate(0, 0, int(s.days.Load())) }}
	go func() { s.ended <- p.run(append([]string{"watch"}, args...)) }()
	t.Cleanup(func() { s.keyboard.CloseWithError(io.EOF) })
	return s
}

func (s *session) save(name, text string) {
	s.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		s.Fatal(err)
	}
}

func (s *session) remove(name string) {
	s.Helper()
	if err := os.Remove(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
		s.Fatal(err)
	}
}

// types types a line.
func (s *session) types(line string) {
	s.Helper()
	if _, err := io.WriteString(s.keyboard, line+"\n"); err != nil {
		s.Fatal(err)
	}
}

var clock = regexp.MustCompile(`\d\d:\d\d:\d\d`)

// prints waits for the next lines on the screen, and compares them.
func (s *session) prints(want string) {
	s.Helper()
	want = strings.TrimPrefix(want, "\n")
	got := ""
	for end := time.Now().Add(10 * time.Second); len(got) < len(want) && time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		got = clock.ReplaceAllString(s.screen.String()[s.seen:], "00:00:00")
	}
	s.seen += len(got)
	if diff := gocmp.Diff(want, got); diff != "" {
		s.Fatalf("-want +printed:\n%s", diff)
	}
}

// stops types q, and checks that nothing more was printed.
func (s *session) stops() {
	s.Helper()
	s.types("q")
	select {
	case code := <-s.ended:
		if code != exitClean {
			s.Errorf("exit code %d", code)
		}
	case <-time.After(10 * time.Second):
		s.Fatal("q does not stop it")
	}
	s.prints("")
}

func TestWatchTellsWhatHasChanged(t *testing.T) {
	t.Parallel()
	s := startWatch(t, []string{"templates/a.md", kind, "templates/b.md", harshSource}, "--format", "text")
	s.prints(`
watching 2 letters and rules.toml  (Ctrl-C to stop)   1 ready · 1 needs work
00:00:00  templates/b.md   1 must fix
    3:47  must fix    “final notice” reads as a threat                                    ban.threat
`)
	s.types("")
	s.prints(`
templates/b.md   held to the rules for “series” letters, as it names no kinds
    3:47  must fix    “final notice” reads as a threat                                    ban.threat
      │
    3 │ …ow that a bill can be hard. This is your final notice. Please call us at {{office_phone}}.
      │                                           ^^^^^^^^^^^^
      why  The reader may be ill or afraid. A threat ends the conversation we want to start, and it
           costs the office more than it brings in.
      try  “This is a reminder about your balance.”
`)
	s.save("templates/b.md", kind)
	s.prints("00:00:00  templates/b.md   ready ✓   ✓ fixed ban.threat   all 2 letters ready\n")
	s.types("")
	s.prints("templates/b.md: nothing to change\n")
	s.types("p")
	s.prints("all letters in the browser: type bedside preview in another window\n")

	s.save("templates/b.md", kind+"\nThank you.\n")
	s.prints("00:00:00  templates/b.md   ready ✓\n")

	s.save("templates/b.md", harshSource+"\nPlease act now.\n")
	s.prints(`
00:00:00  templates/b.md   1 must fix   1 ready · 1 needs work
    3:47  must fix    “final notice” reads as a threat                                    ban.threat
    5:8   should fix  “act now” hurries the reader                                       ban.urgency
`)
	s.save("templates/b.md", strings.Replace(kind, "Please", "We may take legal action. Please", 1)+"\nPlease act now.\n")
	s.prints(`
00:00:00  templates/b.md   1 must fix   new:
    3:41  must fix    “take legal action” reads as a threat                               ban.threat
`)
	s.save("templates/new/c.md", kind)
	s.prints("00:00:00  templates/new/c.md   ready ✓   new letter   2 ready · 1 needs work\n")
	s.remove("templates/b.md")
	s.prints("00:00:00  templates/b.md   removed   all 2 letters ready\n")
	s.save("templates/README.md", "not a letter")
	s.save("templates/.d.md.swp", "not a letter")
	s.save("templates/new/d.txt", "not a letter")
	time.Sleep(100 * time.Millisecond)
	s.stops()
}

func TestWatchTwins(t *testing.T) {
	t.Parallel()
	en := inTwo("en", strings.Replace(kind, "Please", "You owe {{balance_due}}. Please", 1))
	es := inTwo("es", "Sabemos que una factura puede ser difícil. Debe {{balance_due}}. Llame al {{office_phone}}. {{patient_first_name}}\n")
	s := startWatch(t, []string{"templates/en/a.md", en, "templates/es/a.md", es}, "--format", "text", "templates")
	s.prints("watching 2 letters and rules.toml  (Ctrl-C to stop)   all 2 letters ready\n")
	s.save("templates/en/a.md", inTwo("en", kind))
	s.prints(`
00:00:00  templates/en/a.md   ready ✓
00:00:00  templates/es/a.md   ready ✓   new:
    5:49  should fix  this letter uses {{balance_due}}, the English one does not         letter.twin
`)
	s.save("templates/en/a.md", en)
	s.prints(`
00:00:00  templates/en/a.md   ready ✓
00:00:00  templates/es/a.md   ready ✓   ✓ fixed letter.twin
`)
	s.save("templates/en/a.md", strings.Replace(en, "You owe", "You still owe", 1))
	s.prints("00:00:00  templates/en/a.md   ready ✓\n")
	s.stops()
}

// A watch that goes on over midnight knows which waivers are over.
func TestWatchOverMidnight(t *testing.T) {
	t.Parallel()
	last := time.Now().AddDate(0, 0, 1).Format(time.DateOnly)
	waived := strings.Replace(harshSource, "We know", `<!-- bedside: allow ban.threat because "required by the state form" until `+last+" -->\nWe know", 1)
	s := startWatch(t, []string{"templates/a.md", waived}, "--format", "text")
	s.prints("watching 1 letter and rules.toml  (Ctrl-C to stop)   1 letter ready\n")
	s.days.Store(2)
	s.save("templates/a.md", waived+"\n")
	s.prints(`
00:00:00  templates/a.md   2 must fix   0 ready · 1 needs work
    3:75  must fix    this waiver for ban.threat ended on ` + last + `           letter.waiver-expired
    4:47  must fix    “final notice” reads as a threat                                    ban.threat
`)
	s.stops()
}

// Broken rules are told with their place, and those from before are kept.
func TestWatchRules(t *testing.T) {
	t.Parallel()
	s := startWatch(t, []string{"templates/a.md", kind, "templates/b.md", harshSource}, "--format", "text")
	s.prints(`
watching 2 letters and rules.toml  (Ctrl-C to stop)   1 ready · 1 needs work
00:00:00  templates/b.md   1 must fix
    3:47  must fix    “final notice” reads as a threat                                    ban.threat
`)
	rules, err := os.ReadFile(filepath.Join(s.dir, rulesName))
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(rules), `severity = "error"`, `severity = "eror"`, 1)
	s.save(rulesName, broken)
	s.prints(`
00:00:00  rules.toml:8:13   ✗ “eror” is not a severity (did you mean “error”?); keeping the old rules
          severity = "eror"
                      ^^^^
`)
	s.save("templates/c.md", kind)
	s.prints("00:00:00  templates/c.md   ready ✓   new letter   2 ready · 1 needs work\n")
	s.save("templates/b.md", kind)
	s.prints("00:00:00  templates/b.md   ready ✓   ✓ fixed ban.threat   all 3 letters ready\n")
	s.save(rulesName, string(rules))
	s.prints("00:00:00  rules.toml   read again   all 3 letters ready\n")
	s.save(rulesName, strings.Replace(string(rules), `"final notice~"`, `"final notice~", "call us"`, 1))
	s.prints(`
00:00:00  rules.toml   read again   0 ready · 3 need work
00:00:00  templates/a.md   1 must fix
    3:41  must fix    “call us” reads as a threat                                         ban.threat
00:00:00  templates/b.md   1 must fix
    3:41  must fix    “call us” reads as a threat                                         ban.threat
00:00:00  templates/c.md   1 must fix
    3:41  must fix    “call us” reads as a threat                                         ban.threat
`)
	s.stops()
}

// Pages follow the letters: one that is not ready is marked, and one that is
// gone leaves none.
func TestWatchKeepsPages(t *testing.T) {
	t.Parallel()
	s := startWatch(t, []string{"templates/en/a.md", inTwo("en", kind), "templates/people.toml", onePerson}, "--format", "text", "--render", "out")
	s.prints(`
watching 1 letter and rules.toml  (Ctrl-C to stop)   1 letter ready
00:00:00  pages of the letters: out/index.html
`)
	s.page("en/a.html", "bill can be hard", true)
	s.page("index.html", "en/a.html", true)
	s.save("templates/en/a.md", inTwo("en", harshSource))
	s.page("en/a.html", "final notice", true)
	s.page("en/a.html", "DRAFT", true)
	s.save("templates/en/b.md", inTwo("en", kind))
	s.page("index.html", "en/b.html", true)
	rules, err := os.ReadFile(filepath.Join(s.dir, rulesName))
	if err != nil {
		t.Fatal(err)
	}
	s.page("index.html", "Ready · English · en/b.html", true)
	s.save(rulesName, string(rules)+"\n[approval]\nrequired = true\n")
	s.page("index.html", "Draft: not ready to send · English · en/b.html", true)
	s.save(rulesName, string(rules))
	s.page("index.html", "Ready · English · en/b.html", true)
	s.save("templates/people.toml", strings.Replace(onePerson, "Ann", "Maud", 1))
	s.page("en/b.html", "Maud", true)
	s.remove("templates/en/b.md")
	s.page("index.html", "en/b.html", false)
	s.save("templates/en/a.md", "")
	s.page("index.html", "en/a.html", false)
	for _, gone := range []string{"out/en/a.html", "out/en/b.html"} {
		if exists(filepath.Join(s.dir, gone)) {
			t.Errorf("%s is still there", gone)
		}
	}
	s.types("q")
	<-s.ended
	if want := "no page of templates/en/a.md: it has no words"; !strings.Contains(s.screen.String(), want) {
		t.Errorf("printed %q, want %q in it", &s.screen, want)
	}
}

// The page that an earlier run made of a letter of which none can be made now is
// taken away.
func TestWatchTakesAwayEarlierPages(t *testing.T) {
	t.Parallel()
	s := startWatch(t, []string{"templates/en/a.md", inTwo("en", kind), "templates/en/c.md", "\n", "templates/people.toml", onePerson,
		"out/en/c.html", "what it said", "out/en/notes.html", "ours"}, "--format", "text", "--render", "out")
	s.page("index.html", "en/a.html", true)
	s.page("en/c.html", "what it said", false)
	s.page("en/notes.html", "ours", true)
	s.stops()
}

const onePerson = `[[person]]
id = "typical"
name = "Typical"
language = "en"
[person.values]
patient_first_name = "Ann"
balance_due = "5.00"
`

// page waits until a page has some words, or has them no more.
func (s *session) page(name, words string, there bool) {
	s.Helper()
	var src []byte
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		src, _ = os.ReadFile(filepath.Join(s.dir, "out", name))
		if strings.Contains(string(src), words) == there {
			return
		}
	}
	s.Fatalf("%s with %q: want %t; it is\n%s\nprinted:\n%s", name, words, there, src, &s.screen)
}

func TestWatchBadlyAsked(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"-"}, "standard input cannot be watched"},
		{[]string{"--format", "json"}, "“json” is not known; did you mean “jsonl”?"},
		{[]string{"--poll=-1s"}, "--poll=-1s is too often"},
		{[]string{"--poll", "5s"}, "there is no letter “5s”; --poll takes its time with =\n  Write: --poll=5s\n"},
		{[]string{"--poll=often"}, "“often” is no value for --poll"},
		{nil, "there is nothing to watch"},
		{[]string{"nowhere"}, "there is no letter “nowhere”"},
	} {
		code, out, err := run(t, t.TempDir(), append([]string{"watch"}, c.args...)...)
		if code != exitRefused || out != "" || !strings.Contains(err, c.want) {
			t.Errorf("watch %q: code %d, stdout %q, stderr %q; want %q", c.args, code, out, err, c.want)
		}
	}
}

// BenchmarkWatchSave measures the time from a save to the line on the screen,
// quiet included, while the letters of the program are watched: half of all
// saves and 19 of twenty take no longer than p50 and p95.
func BenchmarkWatchSave(b *testing.B) {
	var letters []string
	err := fs.WalkDir(bedside.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(bedside.FS, name)
		letters = append(letters, name, string(src))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	const name = "templates/en/reminder-30.md"
	text := letters[slices.Index(letters, name)+1]
	s := startWatch(b, letters, "--format", "text")
	line := func(n int) {
		for strings.Count(s.screen.String(), "\n") < n {
			time.Sleep(100 * time.Microsecond)
		}
	}
	line(1)
	var took []time.Duration
	for n := 1; b.Loop(); n++ {
		b.StopTimer()
		time.Sleep(time.Duration(n%7) * 10 * time.Millisecond) // people save when they like
		b.StartTimer()
		begun := time.Now()
		s.save(name, text+strings.Repeat("\n", n%50+1))
		line(n + 1)
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "worst-ms")
}
