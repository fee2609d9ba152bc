package report

import (
	"io"
	"strconv"

	"bedside/lint"
)

// The document about a score. A figure that says nothing is null; figures have
// at most two decimals.
type (
	jsonAgreement struct {
		Language      *string       `json:"language"` // null: all
		Labelled      int           `json:"labelled"`
		Harsh         jsonShare     `json:"harsh"`
		Compassionate jsonShare     `json:"compassionate"`
		Categories    jsonShare     `json:"categories"`
		Phrases       jsonTally     `json:"phrases"`
		Rules         []jsonOneRule `json:"rules"`
		Elements      []jsonOneRule `json:"elements"`
	}
	jsonShare struct {
		Of    int `json:"of"`
		Right int `json:"right"`
	}
	jsonTally struct {
		Letters   int       `json:"letters"` // that carry the label
		Findings  int       `json:"findings"`
		Right     int       `json:"right"`
		Labelled  int       `json:"labelled"`
		Found     int       `json:"found"`
		Precision *decimal2 `json:"precision"`
		Recall    *decimal2 `json:"recall"`
		F1        *decimal2 `json:"f1"`
	}
	jsonOneRule struct {
		Rule  string `json:"rule"`
		Label string `json:"label"`
		jsonTally
	}
	jsonDisagreement struct {
		Path  string       `json:"path"`
		Kind  string       `json:"kind"`
		Label string       `json:"label"`
		Rule  *string      `json:"rule"`
		Text  string       `json:"text"`
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
)

// ScoreJSON prints a score for programs, with one line a language and one a
// disagreement, so that two of them can be compared by line.
func ScoreJSON(w io.Writer, p *lint.Pack, s *lint.Score, o Options) error {
	j := jsonWriter{w: w}
	j.text(`{"version":` + strconv.Itoa(jsonVersion) + `,"rules":`)
	j.value(rulesJSON(p, o))
	j.text(",\n\"letters\":" + strconv.Itoa(s.Letters) + `,"labelled":` + strconv.Itoa(s.Labelled) + ",\n\"languages\":[")
	for i := range s.Languages {
		j.text(choose(i == 0, "\n", ",\n"))
		a := agreementJSON(&s.Languages[i])
		a.Language = &s.Languages[i].Language
		j.value(a)
	}
	j.text("\n],\n\"all\":")
	j.value(agreementJSON(&s.All))
	j.text(",\n\"disagreements\":[")
	for i := range s.Disagreements {
		j.text(choose(i == 0, "\n", ",\n"))
		j.value(disagreementJSON(&s.Disagreements[i]))
	}
	j.text("\n]}\n")
	return j.err
}

func disagreementJSON(d *lint.Disagreement) jsonDisagreement {
	j := jsonDisagreement{Path: d.Letter.Path, Kind: string(d.Kind), Label: d.Label, Text: d.Text,
		Start: positionJSON(d.Letter, d.Span.Start), End: positionJSON(d.Letter, d.Span.End)}
	if d.Rule != nil {
		j.Rule = &d.Rule.ID
	}
	return j
}

func agreementJSON(a *lint.Agreement) jsonAgreement {
	j := jsonAgreement{Labelled: a.Letters, Harsh: jsonShare(a.Harsh), Compassionate: jsonShare(a.Compassionate), Categories: jsonShare(a.Categories),
		Phrases: tallyJSON(a.Phrases), Rules: []jsonOneRule{}, Elements: []jsonOneRule{}}
	for _, r := range a.Rules {
		j.Rules = append(j.Rules, jsonOneRule{r.Rule.ID, r.Rule.Label, tallyJSON(r)})
	}
	for _, r := range a.Elements {
		j.Elements = append(j.Elements, jsonOneRule{r.Rule.ID, r.Rule.Label, tallyJSON(r)})
	}
	return j
}

func tallyJSON(t lint.RuleTally) jsonTally {
	return jsonTally{t.Letters, t.Findings, t.Right, t.Labelled, t.Found, (*decimal2)(t.Precision()), (*decimal2)(t.Recall()), (*decimal2)(t.F1())}
}
