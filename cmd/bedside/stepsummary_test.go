package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A summary that is too long is cut behind a line, and says so; what others
// wrote before it takes room as well.
func TestFirstLines(t *testing.T) {
	text := strings.Repeat("a line of a report\n", 100)
	for _, room := range []int{len(text), len(text) - 1, 1000, 200, 90, 70, 60, 10, 0, -5} {
		got := string(firstLines([]byte(text), room))
		if len(got) > max(0, room) {
			t.Errorf("room %d: %d bytes", room, len(got))
		}
		whole := strings.Count(got, "a line of a report\n")
		cut := fmt.Sprintf("\n%d more lines: bedside check --report markdown=FILE\n", 100-whole)
		switch {
		case room >= len(text) && got != text:
			t.Errorf("room %d: a text that fits is cut", room)
		case room < len(text) && got != "" && got != strings.Repeat("a line of a report\n", whole)+cut:
			t.Errorf("room %d: got %q", room, got)
		case room >= 90 && got == "":
			t.Errorf("room %d: nothing is shown", room)
		}
	}
}

// The report stands behind what the step wrote before, and is never larger
// than what GitHub shows.
func TestStepSummaryKeepsWhatIsThere(t *testing.T) {
	dir := manyLetters(t, 40)
	file := filepath.Join(dir, "summary.md")
	for _, before := range []string{"", "# Another command\n", strings.Repeat("a long line of another command\n", 1<<15)} {
		if err := os.WriteFile(file, []byte(before), 0o666); err != nil {
			t.Fatal(err)
		}
		p := quietProgram(dir)
		p.env = func(name string) string { return map[string]string{"GITHUB_STEP_SUMMARY": file}[name] }
		if code := p.run([]string{"check", "--format", "github"}); code != exitFindings {
			t.Fatalf("exit code %d", code)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		report, isThere := strings.CutPrefix(string(got), before)
		if !isThere || len(before) < mostSummary/2 && !strings.Contains(report, "| templates/000.md |") || len(got) > mostSummary {
			t.Errorf("behind %d bytes stand %d:\n%.200s", len(before), len(report), report)
		}
	}
}
