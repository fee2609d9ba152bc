package report_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"bedside/internal/report"
	"bedside/lint"
)

// scored measures labelled letters with the small pack.
func scored(t *testing.T, letters ...string) (*lint.Pack, *lint.Score) {
	t.Helper()
	p := openPack(t)
	var results []*lint.Result
	for i, src := range letters {
		results = append(results, p.Check(string(rune('a'+i))+"\x1b.md", []byte(src)))
	}
	s, faults := p.Score(slices.Values(results))
	for _, err := range faults {
		t.Fatal(err)
	}
	return p, s
}

func scoreText(t *testing.T, s *lint.Score, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.Score(&b, s, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const scoredLetter = "+++\nharsh = [{ phrase = \"final notice\", category = \"threat\" }]\n[expect]\nacknowledgment = true\n+++\nThis is our final notice."

// On a narrow screen labels are left out before lines are broken.
func TestScoreFitsTheScreen(t *testing.T) {
	_, s := scored(t, scoredLetter)
	wide, narrow := scoreText(t, s, report.Options{Width: 100}), scoreText(t, s, report.Options{Width: 80})
	if !strings.Contains(wide, "  label\n") || !strings.Contains(wide, "  1.00  threat\n") {
		t.Errorf("no labels on a wide screen:\n%s", wide)
	}
	if strings.Contains(narrow, "label\n") || strings.Contains(narrow, "  threat\n") {
		t.Errorf("labels on a narrow screen:\n%s", narrow)
	}
	for line := range strings.Lines(narrow) {
		if n := len([]rune(line)) - 1; n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

// A figure is rounded in one way: one of eight is 0.13, for people and for
// programs.
func TestScoreRoundsInOneWay(t *testing.T) {
	p, s := scored(t, "+++\nharsh = [{ phrase = \"notice\", category = \"threat\" }]\n+++\nA final notice."+strings.Repeat("\n\nPlease act now.", 7))
	if text := scoreText(t, s, report.Options{}); !strings.Contains(text, "1 of 8       0.13") {
		t.Errorf("text:\n%s", text)
	}
	var b bytes.Buffer
	if err := report.ScoreJSON(&b, p, s, report.Options{}); err != nil || !strings.Contains(b.String(), `"precision":0.13`) {
		t.Errorf("%v\n%s", err, &b)
	}
}

func TestScoreNoControlCharacters(t *testing.T) {
	_, s := scored(t, strings.Replace(scoredLetter, "[expect]", "[expect]\ncontact_info = true", 1)+"\n\nAct\u202e now.")
	var b bytes.Buffer
	if err := report.Disagreements(&b, s); err != nil {
		t.Fatal(err)
	}
	if got := b.String() + scoreText(t, s, report.Options{}); strings.ContainsAny(got, "\x1b\u202e") || !strings.Contains(got, "a\ufffd.md:") {
		t.Errorf("%q", got)
	}
}

func TestScoreWriteErrorIsReturned(t *testing.T) {
	p, s := scored(t, scoredLetter)
	for name, write := range map[string]func() error{
		"text":          func() error { return report.Score(failing{}, s, report.Options{}) },
		"disagreements": func() error { return report.Disagreements(failing{}, s) },
		"json":          func() error { return report.ScoreJSON(failing{}, p, s, report.Options{}) },
	} {
		if write() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
