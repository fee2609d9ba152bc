package report_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

// excerptOf prints one finding at a span of a letter.
func excerptOf(t testing.TB, src string, span letter.Span, width int) string {
	t.Helper()
	l := letter.Parse("a.md", []byte(src), &letter.Dictionary{}, "en")
	rule := &lint.Rule{ID: "ban.x", Kind: "ban"}
	res := &lint.Result{Path: "a.md", Letter: l, Findings: []lint.Finding{{Rule: rule, Severity: lint.Error, Span: span, Message: "m", Forms: l.AllForms()}}}
	var out bytes.Buffer
	if err := report.Find("text").Write(&out, nil, slices.Values([]*lint.Result{res}), report.Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Whatever the signs before and in the words, the carets stand under the
// words and are as wide as they are.
func TestCaretsStandUnderTheWords(t *testing.T) {
	for _, before := range []string{"", "a ", "María ", "👩‍⚕️ ", "漢字 ", "e\u0301 ", "\t", "ab\tc ", strings.Repeat("long ", 40), "🇺🇸 ", "\x1b[1m "} {
		for _, words := range []string{"final", "final notice", "número", "漢字", "👍🏽 ok", "x"} {
			src := before + words + " and what comes after it, which may be long as well and go on and on\n"
			got := excerptOf(t, src, letter.Span{Start: len(before), End: len(before) + len(words)}, 80)
			lines := strings.Split(got, "\n")
			if len(lines) < 5 {
				t.Fatalf("%q: no excerpt in\n%s", src, got)
			}
			line, carets := lines[3], lines[4]
			start := strings.Index(carets, "^")
			if start < 0 {
				t.Fatalf("no carets in\n%s", got)
			}
			column := displaywidth.String(carets[:start])
			if !strings.HasPrefix(after(line, column), words) || strings.Count(carets, "^") != displaywidth.String(words) {
				t.Errorf("carets are not under %q:\n%s\n%s", words, line, carets)
			}
		}
	}
}

// A byte that is no text stands alone: the signs beside it are shown.
func TestBadBytesStandAlone(t *testing.T) {
	for src, want := range map[string]string{
		"Dear \xe9,\n":             "    1 │ Dear �,",
		"\x93Jos\xe9\x94 \xe9\xe9": "    1 │ �Jos�� ��",
		"漢\xe9字\xc3":               "    1 │ 漢�字�",
	} {
		at := strings.IndexFunc(src, func(r rune) bool { return r == utf8.RuneError })
		lines := strings.Split(excerptOf(t, src, letter.Span{Start: at, End: at + 1}, 80), "\n")
		if lines[3] != want {
			t.Errorf("%q: got %q, want %q", src, lines[3], want)
		}
		if before, _, _ := strings.Cut(want, "�"); strings.Index(lines[4], "^") != displaywidth.String(before)+len("│")-1 {
			t.Errorf("%q: the caret is not under the byte:\n%s\n%s", src, lines[3], lines[4])
		}
	}
}

// after is what stands behind so many columns of a line.
func after(line string, columns int) string {
	g := displaywidth.StringGraphemes(line)
	for columns > 0 && g.Next() {
		columns -= g.Width()
		line = line[len(g.Value()):]
	}
	return line
}

// A long line full of findings is printed at once: what a finding costs does
// not grow with its line. (It took a minute.)
func TestLongLineFullOfFindings(t *testing.T) {
	src := strings.Repeat("! ", letter.MaxSize/8)
	l := letter.Parse("a.md", []byte(src), &letter.Dictionary{}, "en")
	rule := &lint.Rule{ID: "ban.x", Kind: "ban"}
	res := &lint.Result{Path: "a.md", Letter: l}
	for i := 0; i < len(src); i += 2 {
		res.Findings = append(res.Findings, lint.Finding{Rule: rule, Severity: lint.Error, Span: letter.Span{Start: i, End: i + 1}, Message: "m", Forms: l.AllForms()})
	}
	for _, f := range report.Formats {
		start := time.Now()
		if err := f.Write(io.Discard, &lint.Pack{}, slices.Values([]*lint.Result{res}), report.Options{}); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > 15*time.Second { // a quarter of a second is usual
			t.Errorf("%s: %d findings on one line took %v", f.Name, len(res.Findings), took)
		}
	}
}

// One sign with marks without end above it does not fill the screen.
func TestSignWithTooManyMarks(t *testing.T) {
	src := "final e" + strings.Repeat("\u0301", 500) + " notice\n"
	got := excerptOf(t, src, letter.Span{Start: 0, End: 5}, 80)
	if !strings.Contains(got, "final \ufffd notice\n") {
		t.Errorf("want the marks replaced in\n%q", got)
	}
}

func FuzzExcerpt(f *testing.F) {
	files, _ := filepath.Glob("testdata/letters/*.md")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src), 30, 60, 80)
		f.Add(string(src), 0, len(src), 50)
		f.Add(string(src), len(src), len(src), 0)
	}
	f.Add("a\tb\x00c\xff\xfe\r\n\r\n> d", 2, 9, 60)
	f.Fuzz(func(t *testing.T, src string, start, end, width int) {
		start = max(0, min(start, len(src)))
		end = max(start, min(end, len(src)))
		got := excerptOf(t, src, letter.Span{Start: start, End: end}, width)
		if !utf8.ValidString(got) {
			t.Errorf("not UTF-8: %q", got)
		}
		for line := range strings.Lines(got) {
			line = strings.TrimRight(line, "\n")
			if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) {
				t.Errorf("a control character in %q", line)
			}
			if limit := max(50, width); strings.Contains(line, "│") && width > 0 && displaywidth.String(line) > limit {
				t.Errorf("%d columns, more than %d: %q", displaywidth.String(line), limit, line)
			}
		}
	})
}
