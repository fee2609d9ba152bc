package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bedside/internal/report"
	"bedside/lint"
	"bedside/lint/letter"
)

// findings is a letter with so many findings of each severity.
func findings(errors, warnings, notes int) *lint.Result {
	l := letter.Parse("a.md", []byte("A letter.\n"), &letter.Dictionary{}, "en")
	res := &lint.Result{Path: "a.md", Letter: l}
	for severity, n := range map[lint.Severity]int{lint.Error: errors, lint.Warning: warnings, lint.Note: notes} {
		for range n {
			res.Findings = append(res.Findings, lint.Finding{Rule: &lint.Rule{ID: "ban.x", Kind: "ban"}, Severity: severity, Span: letter.Span{Start: 2, End: 8},
				Message: "m", Forms: l.AllForms()})
		}
	}
	return res
}

// commands are the workflow commands of an output, and the last line.
func commands(out []byte) (n map[string]int, last string) {
	n = map[string]int{}
	for line := range strings.Lines(string(out)) {
		if word, isCommand := strings.CutPrefix(line, "::"); isCommand {
			word, _, _ = strings.Cut(word, " ")
			n[word]++
		}
		last = strings.TrimSuffix(line, "\n")
	}
	return n, last
}

// GitHub shows ten of each level. What more there is, is counted in one of
// them.
func TestGitHubShowsAtMostTen(t *testing.T) {
	p := openPack(t)
	for _, c := range []struct {
		errors, warnings, notes int
		want                    string // of each level
		rest                    string
	}{
		{0, 0, 0, "0 0 0", ""},
		{10, 10, 10, "10 10 10", ""},
		{11, 10, 0, "10 10 1", "1 more finding"},
		{25, 12, 3, "10 10 4", "17 more findings"},
		{11, 0, 9, "10 0 10", "1 more finding"},
		{11, 0, 10, "10 0 10", "2 more findings"},
		{0, 0, 11, "0 0 10", "2 more findings"},
	} {
		// Two letters: what is left is counted over all of them.
		half := findings(c.errors/2, c.warnings/2, c.notes/2)
		out := printed(t, "github", p, half, findings(c.errors-c.errors/2, c.warnings-c.warnings/2, c.notes-c.notes/2))
		n, last := commands(out)
		if got := fmt.Sprint(n["error"], n["warning"], n["notice"]); got != c.want {
			t.Errorf("%v: got %s, want %s", c, got, c.want)
		}
		if want := "::notice title=bedside::" + c.rest + " in the log of this step"; c.rest != "" && last != want {
			t.Errorf("%v: the last line is %q, want %q", c, last, want)
		}
		if text := strings.Count(string(out), " ban.x\n"); text != c.errors+c.warnings+c.notes {
			t.Errorf("%v: the text tells of %d", c, text)
		}
	}
}

// What is waived takes the room that other notices leave, and is counted apart.
func TestGitHubShowsFindingsBeforeWaived(t *testing.T) {
	p := openPack(t)
	for _, c := range []struct {
		errors, notes, waived int
		want                  string // errors, notices, waived
		rest                  string
	}{
		{0, 0, 10, "0 0 10", ""},
		{0, 0, 11, "0 0 9", "2 more waived"},
		{0, 6, 4, "0 6 4", ""},
		{0, 6, 5, "0 6 3", "2 more waived"},
		{0, 9, 3, "0 9 0", "3 more waived"},
		{0, 10, 1, "0 9 0", "1 more finding, 1 more waived"},
		{0, 14, 2, "0 9 0", "5 more findings, 2 more waived"},
		{12, 0, 3, "10 0 3", "2 more findings"},
		{12, 8, 3, "10 8 1", "2 more findings, 2 more waived"},
	} {
		waived := findings(c.waived, 0, 0)
		for i := range waived.Findings {
			waived.Findings[i].Waiver = &letter.Waiver{Rule: "ban.x", Because: "required by state form 12-B"}
		}
		out := printed(t, "github", p, waived, findings(c.errors, 0, c.notes))
		n, last := commands(out)
		isWaived := bytes.Count(out, []byte(",title=waived (ban.x)::m; it may stay so: required by state form 12-B\n"))
		notices := n["notice"] - isWaived
		if c.rest != "" {
			notices--
		}
		if got := fmt.Sprint(n["error"], notices, isWaived); got != c.want || n["notice"] > 10 {
			t.Errorf("%v: got %s and %d notices, want %s", c, got, n["notice"], c.want)
		}
		if want := "::notice title=bedside::" + c.rest + " in the log of this step"; (last == want) != (c.rest != "") {
			t.Errorf("%v: the last line is %q", c, last)
		}
	}
}

// The text for people stands first, as --format text prints it.
func TestGitHubKeepsTheText(t *testing.T) {
	p := openPack(t)
	results := checkAll(t, p)
	out, text := printed(t, "github", p, results...), printed(t, "text", p, results...)
	rest, isFirst := bytes.CutPrefix(out, text)
	if !isFirst {
		t.Fatalf("the text is not what stands first:\n%s", out)
	}
	for line := range bytes.Lines(rest) {
		if !bytes.HasPrefix(line, []byte("::")) {
			t.Errorf("behind the text stands %q", line)
		}
	}
	if out := printed(t, "github", p, p.Check("letters/none.md", []byte("We know that it is hard. Please call us at {{office_phone}}."))); len(out) > 0 {
		t.Errorf("of a letter without findings it says %q", out)
	}
}

// Signs that mean something to GitHub are written in its own way.
func TestGitHubEscapes(t *testing.T) {
	res := findings(1, 0, 0)
	res.Path = "100%, a:b\r\n::error::c.md"
	res.Findings[0].Message = "50% :: of, “words”\n::warning::no"
	res.Findings[0].Try = []string{"one\ntwo", "three"}
	var out bytes.Buffer
	if err := report.Find("github").Write(&out, openPack(t), slices.Values([]*lint.Result{res}), report.Options{}); err != nil {
		t.Fatal(err)
	}
	_, last := commands(out.Bytes())
	want := "::error file=100%25%2C a%3Ab  %3A%3Aerror%3A%3Ac.md,line=1,col=3,endColumn=9,title=must fix (ban.x)::" +
		"50%25 :: of, “words” ::warning::no%0ATry: one two%0AOr: three"
	if last != want {
		t.Errorf("got  %s\nwant %s", last, want)
	}
}

// Nothing that a letter says is taken for a command.
func TestGitHubObeysNoLetter(t *testing.T) {
	p := openPack(t)
	long := strings.Repeat("word ", 40)
	for _, words := range []string{"::stop-commands::x", "::add-mask::final", "##[add-mask]final", "\u00a0::error::x"} {
		res := p.Check("a.md", []byte(words+" a final notice "+words+"\n\n"+long+words+" final notice\n"))
		res.Findings[0].Message = strings.Repeat(words+" ", 40) // it is wrapped before each of them
		res.Findings[0].Try = []string{words + "\n" + words + "\n\n" + words}
		n := 0
		for line := range strings.Lines(string(printed(t, "github", p, res))) {
			isOurs := strings.HasPrefix(line, "::error file=a.md,") || strings.HasPrefix(line, "::notice file=a.md,") || strings.HasPrefix(line, "::warning file=a.md,")
			if isOurs {
				n++
			} else if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
				t.Errorf("%q: GitHub would obey %q", words, line)
			}
		}
		if n != len(res.Findings) {
			t.Errorf("%q: %d commands for %d findings", words, n, len(res.Findings))
		}
	}
}

// Several lines have no columns; the whole letter is a place, not all lines.
func TestGitHubPlaces(t *testing.T) {
	for span, want := range map[letter.Span]string{
		{Start: 2, End: 8}:  "line=1,col=3,endColumn=9",
		{Start: 2, End: 14}: "line=1,endLine=3",
		{Start: 2, End: 2}:  "line=1,col=3",
		{Start: 0, End: 15}: "line=1,col=1",
	} {
		res := findings(1, 0, 0)
		res.Letter = letter.Parse("a.md", []byte("A letter.\n\nBye."), &letter.Dictionary{}, "en")
		res.Findings[0].Span = span
		if out := string(printed(t, "github", openPack(t), res)); !strings.Contains(out, "::error file=a.md,"+want+",title=") {
			t.Errorf("%v: want %s in\n%s", span, want, out)
		}
	}
}
