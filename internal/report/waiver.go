package report

import (
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// A jsonWaiver is a waiver that a letter has, whether it waives something or
// not.
type jsonWaiver struct {
	Rule     string       `json:"rule"`
	Because  string       `json:"because"`
	Until    *string      `json:"until"`    // the last day; null: for always
	By       *string      `json:"by"`       // null: not said
	Whole    bool         `json:"whole"`    // it is for the whole letter
	Findings int          `json:"findings"` // how many it waives
	Start    jsonPosition `json:"start"`
	End      jsonPosition `json:"end"`
}

func waiversJSON(res *lint.Result) []jsonWaiver {
	out := make([]jsonWaiver, len(res.Letter.Waivers))
	for i := range res.Letter.Waivers {
		w := &res.Letter.Waivers[i]
		out[i] = jsonWaiver{w.Rule, w.Because, orNull(w.Until), orNull(w.By), w.Whole, waivedBy(res, w),
			positionJSON(res.Letter, w.Span.Start), positionJSON(res.Letter, w.Span.End)}
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// waivedBy counts the findings that a waiver of the letter waives.
func waivedBy(res *lint.Result, w *letter.Waiver) (n int) {
	for i := range res.Findings {
		if res.Findings[i].Waiver == w {
			n++
		}
	}
	return n
}

// waivers says which findings of a letter are waived, and why: once a waiver,
// at the first place it is for, with the others.
func (p *page) waivers(res *lint.Result) {
	var waivers []*letter.Waiver
	places := map[*letter.Waiver][]string{}
	for i := range res.Findings {
		if w := res.Findings[i].Waiver; w != nil {
			if places[w] == nil {
				waivers = append(waivers, w)
			}
			places[w] = append(places[w], p.place(res.Findings[i].Span.Start))
		}
	}
	if len(waivers) > 0 {
		p.section()
	}
	for _, w := range waivers {
		others := strings.Join(places[w][1:], ", ")
		p.entry(places[w][0], "waived", dim, w.Rule+choose(others == "", "", ", also at "+others)+": "+reason(w), "")
	}
}

// waiving is how a letter waives a rule, if it may.
func waiving(r *lint.Rule) string {
	if !r.Waivable {
		return "no letter can"
	}
	text, place := allowing(r, "…")
	return text + " " + place
}

// allowing is what waives a rule for a reason, and where in a letter it stands.
func allowing(r *lint.Rule, because string) (text, place string) {
	text, inMeta := r.Allow(because)
	return text, choose(inMeta, "in the front matter", "on a line of its own before the block")
}
