package report

import (
	"fmt"
	"slices"
	"strings"

	"bedside/lint"
)

// hard says where a letter is hard to read: its hardest sentences, its hard
// words with plainer ones, and the long words that have none.
func (p *page) hard(res *lint.Result, places lint.HardPlaces) {
	p.section()
	adds, lower := "adds", "lower"
	if res.Readability.Scores.INFLESZ != nil {
		adds, lower = "takes", "higher"
	}
	about := reading(res) + "."
	if len(places.Sentences) > 0 {
		about += fmt.Sprintf(" Without the first of these sentences it would be %.1f %s.", places.Sentences[0].Share, lower)
	}
	fmt.Fprintf(p, "  %s\n", p.paint(bold, "Where it is hard"))
	for _, line := range wrap(Clean(about), p.width-2, p.width-2) {
		fmt.Fprintf(p, "  %s\n", line)
	}
	if len(places.Sentences) > 0 {
		p.WriteByte('\n')
	}
	for _, s := range places.Sentences {
		p.entry(p.place(s.Span.Start), fmt.Sprintf("%s %.1f", adds, s.Share), "", "“"+s.Text+"”", plural(s.Words, "word"))
	}
	if len(places.Words) > 0 {
		p.WriteByte('\n')
	}
	p.words(places.Words)
}

// words lists hard words: line by line those that have a plainer one, then
// those of which a finding of the letter says what to write, then the rest.
func (p *page) words(words []lint.HardWord) {
	var told, long []string
	for i := range words {
		w := &words[i]
		times := ""
		if w.Count > 1 {
			times = plural(w.Count, "time")
		}
		switch place := p.place(w.Span.Start); {
		case w.Finding != nil && !slices.Equal(w.Finding.Try, w.Plainer):
			told = append(told, w.Text+" "+strings.TrimSpace(place))
		case len(w.Plainer) == 0:
			long = append(long, w.Text+" "+strings.TrimSpace(place))
		default:
			p.entry(place, times, "", w.Text+" → "+strings.Join(w.Plainer, ", "), "")
		}
	}
	if len(told) > 0 {
		p.entry("", "see above", "", strings.Join(told, ", "), "")
	}
	if len(long) > 0 {
		p.entry("", "long words", "", strings.Join(long, ", "), "")
	}
}

// reading says how hard a letter is, and in which form.
func reading(res *lint.Result) string {
	r := &res.Readability
	score := "No reading grade"
	switch {
	case r.Confidence == "none":
		score = "Too short for a reading grade"
	case r.Scores.FKGrade != nil:
		score = fmt.Sprintf("Reading grade %.1f", *r.Scores.FKGrade)
	case r.Scores.INFLESZ != nil:
		score = fmt.Sprintf("Reading ease (INFLESZ) %.1f", *r.Scores.INFLESZ)
	}
	if forms := res.Letter.Describe(r.Forms); len(forms) > 0 {
		score += ", in its hardest form: " + strings.Join(forms, "; or ")
	}
	return score
}
