package report

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"math"
	"strconv"

	"bedside/lint"
	"bedside/lint/letter"
)

// jsonVersion grows when a program that reads the document has to change:
// when a key is taken away or means something else. New keys do not count.
const jsonVersion = 1

// The document that programs read. Fields stand in the order of the document;
// a score that does not apply is null.
type (
	jsonRules struct {
		Source string `json:"source"`
		Count  int    `json:"count"`
		Digest string `json:"digest"`

		NoWaivers bool `json:"no_waivers,omitempty"` // no waiver counts
	}
	jsonLetter struct {
		Path        string          `json:"path"`
		Language    string          `json:"language"`
		Kinds       []string        `json:"kinds"`
		SendOnlyIf  []jsonHold      `json:"send_only_if"`
		NeverIf     []jsonHold      `json:"never_if"`
		Ready       bool            `json:"ready"`
		Approved    bool            `json:"approved"`
		Approval    *jsonApproval   `json:"approval,omitempty"` // left out where nobody has ever approved it
		Waivers     []jsonWaiver    `json:"waivers"`
		Readability jsonReadability `json:"readability"`
		Elements    jsonElements    `json:"elements"`
		Findings    []jsonFinding   `json:"findings"`
	}
	jsonReadability struct {
		FKGrade       *decimal `json:"fk_grade"`
		Flesch        *decimal `json:"flesch"`
		SMOG          *decimal `json:"smog"`
		INFLESZ       *decimal `json:"inflesz"`
		Sentences     int      `json:"sentences"`
		Tokens        int      `json:"tokens"`
		Words         int      `json:"words"`
		Syllables     int      `json:"syllables"`
		Polysyllables int      `json:"polysyllables"`
		Coverage      decimal2 `json:"coverage"`
		Confidence    string   `json:"confidence"`
		Forms         []string `json:"forms"` // those that are scored, the hardest; empty: every form

		HardestSentences []jsonSentence `json:"hardest_sentences"`
		HardWords        []jsonWord     `json:"hard_words"`
	}
	// A jsonSentence is one of the sentences that add most. Its share is by how
	// much the grade would fall without it or, in Spanish, INFLESZ would rise.
	jsonSentence struct {
		Text  string       `json:"text"`
		Words int          `json:"words"`
		Share decimal      `json:"share"`
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
	// A jsonWord is a hard word, with its first place. The finding that says
	// what to write instead, if there is one, is of the rule.
	jsonWord struct {
		Text    string       `json:"text"`
		Count   int          `json:"count"`
		Plainer []string     `json:"plainer"`
		Rule    *string      `json:"rule"`
		Start   jsonPosition `json:"start"`
		End     jsonPosition `json:"end"`
	}
	jsonFinding struct {
		Rule     string       `json:"rule"`
		Severity string       `json:"severity"`
		Message  string       `json:"message"`
		Text     string       `json:"text"`
		Forms    []string     `json:"forms"` // empty: in every form
		Start    jsonPosition `json:"start"`
		End      jsonPosition `json:"end"`
		Try      []string     `json:"try"`
		Fix      string       `json:"fix,omitempty"` // may take the place of the words without a look; most findings have none
		Waived   bool         `json:"waived"`
		Accepted bool         `json:"accepted,omitempty"` // by a baseline
		Because  string       `json:"because,omitempty"`  // why it is waived
		Until    string       `json:"until,omitempty"`    // the last day it is; "": for always
		By       string       `json:"by,omitempty"`       // who decided that; "": not said
	}
	jsonPosition struct {
		Offset int `json:"offset"` // bytes
		Line   int `json:"line"`   // 1-based
		Column int `json:"column"` // 1-based code points
	}
	jsonSummary struct {
		Letters int `json:"letters"`
		Ready   int `json:"ready"`
		Error   int `json:"error"`
		Warning int `json:"warning"`
		Note    int `json:"note"`
		Waived  int `json:"waived"` // findings; they are in no other count

		Accepted int `json:"accepted,omitempty"` // by a baseline; in no other count
	}
)

// writeJSON prints one document with one line a letter, so that it can be
// written letter by letter and two of them can be compared by line.
func writeJSON(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	j := jsonWriter{w: w}
	j.text(`{"version":` + strconv.Itoa(jsonVersion) + `,"rules":`)
	j.value(rulesJSON(p, o))
	j.text(",\n\"letters\":[")
	var sum Summary
	for res := range results {
		j.element(sum.Letters, letterJSON(res, p.HardPlaces(res)))
		sum.Add(res)
		if j.err != nil {
			return j.err
		}
	}
	j.text("\n],\n\"summary\":")
	j.value(jsonSummary{sum.Letters, sum.Ready, sum.Errors, sum.Warnings, sum.Notes, sum.Waived, sum.Accepted})
	j.text("}\n")
	return j.err
}

func rulesJSON(p *lint.Pack, o Options) jsonRules {
	return jsonRules{o.Rules, InForce(p), p.Digest, p.NoWaivers}
}

func letterJSON(res *lint.Result, hard lint.HardPlaces) jsonLetter {
	out := jsonLetter{
		Path: res.Path, Language: res.Language, Kinds: list(res.Kinds), Ready: res.Ready, Approved: res.Approval.Holds(),
		SendOnlyIf: holdsJSON(res.Letter.Meta.SendOnlyIf), NeverIf: holdsJSON(res.Letter.Meta.NeverIf),
		Waivers:     waiversJSON(res),
		Readability: readabilityJSON(res, hard),
		Approval:    approvalJSON(res.Approval),
		Elements:    res.Elements,
		Findings:    []jsonFinding{},
	}
	for i := range res.Findings {
		out.Findings = append(out.Findings, findingJSON(res, &res.Findings[i]))
	}
	return out
}

func findingJSON(res *lint.Result, f *lint.Finding) jsonFinding {
	out := jsonFinding{
		Rule: f.Rule.ID, Severity: f.Severity.String(), Message: f.Message, Text: f.Text, Forms: list(res.Letter.Describe(f.Forms)),
		Start: positionJSON(res.Letter, f.Span.Start), End: positionJSON(res.Letter, f.Span.End), Try: list(f.Try), Fix: f.Fix,
		Waived: f.Waiver != nil, Accepted: f.Accepted,
	}
	if w := f.Waiver; w != nil {
		out.Because, out.Until, out.By = w.Because, w.Until, w.By
	}
	return out
}

func readabilityJSON(res *lint.Result, hard lint.HardPlaces) jsonReadability {
	r := &res.Readability
	out := jsonReadability{
		FKGrade: score(r.Scores.FKGrade), Flesch: score(r.Scores.Flesch), SMOG: score(r.Scores.SMOG), INFLESZ: score(r.Scores.INFLESZ),
		Sentences: r.Sentences, Tokens: r.Tokens, Words: r.Words, Syllables: r.Syllables, Polysyllables: r.Polysyllables,
		Coverage: decimal2(r.Coverage), Confidence: string(r.Confidence), Forms: list(res.Letter.Describe(r.Forms)),
		HardestSentences: []jsonSentence{}, HardWords: []jsonWord{},
	}
	for _, s := range hard.Sentences {
		out.HardestSentences = append(out.HardestSentences, jsonSentence{s.Text, s.Words, decimal(s.Share),
			positionJSON(res.Letter, s.Span.Start), positionJSON(res.Letter, s.Span.End)})
	}
	for i := range hard.Words {
		w := &hard.Words[i]
		word := jsonWord{Text: w.Text, Count: w.Count, Plainer: list(w.Plainer),
			Start: positionJSON(res.Letter, w.Span.Start), End: positionJSON(res.Letter, w.Span.End)}
		if w.Finding != nil {
			word.Rule = &w.Finding.Rule.ID
		}
		out.HardWords = append(out.HardWords, word)
	}
	return out
}

func positionJSON(l *letter.Letter, offset int) jsonPosition {
	at := l.Position(offset)
	return jsonPosition{offset, at.Line, at.Column}
}

// list is s, but never null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// jsonElements is an object whose keys keep the order of rules.toml.
type jsonElements []lint.Element

func (e jsonElements) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, el := range e {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(el.Name)
		if err != nil {
			return nil, err
		}
		out = append(append(out, name...), ':')
		out = strconv.AppendBool(out, el.Present)
	}
	return append(out, '}'), nil
}

// A decimal is a number with at most one decimal, as scores are shown: more
// would be noise.
type decimal float64

func (d decimal) MarshalJSON() ([]byte, error) { return rounded(float64(d), 10), nil }

// A decimal2 has at most two decimals.
type decimal2 float64

func (d decimal2) MarshalJSON() ([]byte, error) { return rounded(float64(d), 100), nil }

func rounded(v, unit float64) []byte { return strconv.AppendFloat(nil, round(v, unit), 'f', -1, 64) }

func round(v, unit float64) float64 { return math.Round(v*unit)/unit + 0 } // + 0: never "-0"

func score(v *float64) *decimal {
	if v == nil || math.IsNaN(*v) || math.IsInf(*v, 0) {
		return nil
	}
	return new(decimal(*v))
}

// A jsonWriter writes pieces of a document and remembers the first error.
type jsonWriter struct {
	w   io.Writer
	err error
}

func (j *jsonWriter) text(s string) {
	if j.err == nil {
		_, j.err = io.WriteString(j.w, s)
	}
}

// element writes the n-th value of an array, each on its own line.
func (j *jsonWriter) element(n int, v any) {
	j.text(choose(n == 0, "\n", ",\n"))
	j.value(v)
}

func (j *jsonWriter) value(v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // letters are full of {{fields}} and & signs; this is no web page
	if err := enc.Encode(v); err != nil && j.err == nil {
		j.err = err
	}
	j.text(string(bytes.TrimSuffix(b.Bytes(), []byte{'\n'})))
}
