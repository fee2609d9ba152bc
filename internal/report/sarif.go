package report

import (
	"io"
	"iter"
	"net/url"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// SARIF 2.1.0, the part of it that code scanning and editors read.
const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	sarifRoot   = "%SRCROOT%" // the folder that paths begin in
)

type (
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifRule struct {
		ID       string       `json:"id"`
		Short    sarifText    `json:"shortDescription"`
		Full     sarifText    `json:"fullDescription"`
		Help     sarifText    `json:"help"`
		Defaults sarifDefault `json:"defaultConfiguration"`
		Bag      sarifTags    `json:"properties"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifTags struct {
		Tags []string `json:"tags"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    *int               `json:"ruleIndex,omitempty"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Prints       sarifPrints        `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions"` // of one result: then all have the key
		Fixes        []sarifFix         `json:"fixes,omitempty"`
		Bag          sarifForms         `json:"properties"`
	}
	// sarifPrints has our own key, so that what GitHub adds under its key does
	// not contradict it. The number grows when they are made in another way.
	sarifPrints struct {
		Bedside string `json:"bedside/v1"`
	}
	sarifForms struct {
		Forms []string `json:"forms"` // in which it is so; empty: in every form
	}
	sarifLocation struct {
		Physical sarifPlace `json:"physicalLocation"`
	}
	sarifPlace struct {
		File   sarifFile   `json:"artifactLocation"`
		Region sarifRegion `json:"region"`
	}
	sarifFile struct {
		URI   string `json:"uri"`
		Base  string `json:"uriBaseId,omitempty"`
		Index int    `json:"index"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"` // behind the last
		ByteOffset  int `json:"byteOffset"`
		ByteLength  int `json:"byteLength"`
	}
	sarifSuppression struct {
		Kind          string        `json:"kind"`
		Status        string        `json:"status"`
		Justification string        `json:"justification"`
		Location      sarifLocation `json:"location,omitzero"`
		Bag           sarifWaiver   `json:"properties,omitzero"`
	}
	sarifWaiver struct {
		By    string `json:"by,omitempty"`
		Until string `json:"until,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		File         sarifFile          `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
	sarifArtifact struct {
		File  sarifFile   `json:"location"`
		Roles []string    `json:"roles"`
		Bag   sarifLetter `json:"properties"`
	}
	sarifLetter struct {
		Language string   `json:"language"`
		Kinds    []string `json:"kinds"`
		Forms    int      `json:"forms"`
		Ready    bool     `json:"ready"`
		Approved bool     `json:"approved"`

		Approval *jsonApproval `json:"approval,omitempty"` // left out where nobody has ever approved it
	}
	sarifRun struct {
		Rules jsonRules `json:"rules"`
	}
)

// writeSARIF prints one run: all rules in force with their help, what they
// found, and which letters were looked at. What may stay is suppressed: in the
// source where the letter waives it, with the reason, and from outside where a
// baseline accepts it.
//
// Braces in messages stay single, though the standard wants them doubled: no
// message has arguments, and a reader that takes no notice of that would show
// {{{{patient_first_name}}}}.
func writeSARIF(w io.Writer, p *lint.Pack, results iter.Seq[*lint.Result], o Options) error {
	j := jsonWriter{w: w}
	j.text(`{"$schema":"` + sarifSchema + `","version":"2.1.0","runs":[{"columnKind":"unicodeCodePoints",` +
		`"originalUriBaseIds":{"` + sarifRoot + `":{"description":{"text":"the folder in which bedside was started"}}},` + "\n" +
		`"tool":{"driver":{"name":"` + name + `","rules":[`)
	index := map[*lint.Rule]int{}
	for _, r := range p.Rules {
		if !r.Off {
			j.element(len(index), sarifRuleOf(p, r))
			index[r] = len(index)
		}
	}
	j.text("\n]}},\n\"results\":[")
	var artifacts []sarifArtifact
	n := 0
	for res := range results {
		s := sarifWriter{o, res, fileOf(res.Path, len(artifacts))}
		prints := res.Fingerprints()
		for i := range res.Findings {
			result := s.result(&res.Findings[i], prints[i])
			if i, known := index[res.Findings[i].Rule]; known {
				result.RuleIndex = &i
			}
			j.element(n, result)
			n++
		}
		if j.err != nil {
			return j.err
		}
		artifacts = append(artifacts, s.artifact())
	}
	j.text("\n],\n\"artifacts\":[")
	for i, a := range artifacts {
		j.element(i, a)
	}
	j.text("\n],\n\"properties\":")
	j.value(sarifRun{rulesJSON(p, o)})
	j.text("}]}\n")
	return j.err
}

func sarifRuleOf(p *lint.Pack, r *lint.Rule) sarifRule {
	says := capital(Says(r))
	help := helpOf(p, r)
	return sarifRule{ID: r.ID, Short: sarifText{Text: says}, Full: sarifText{Text: strings.TrimSpace(says + ". " + r.Why)},
		Help: sarifText{help.text(), help.markdown()}, Defaults: sarifDefault{r.Severity.String()}, Bag: sarifTags{[]string{r.Kind}}}
}

// A sarifWriter tells of one letter.
type sarifWriter struct {
	Options
	res  *lint.Result
	file sarifFile
}

func (s *sarifWriter) result(f *lint.Finding, print string) sarifResult {
	message := strings.Join(append([]string{said(s.res.Letter, f)}, advice(f)...), "\n")
	out := sarifResult{RuleID: f.Rule.ID, Level: f.Severity.String(), Message: sarifText{Text: unlinked.Replace(message)},
		Locations: []sarifLocation{s.location(f.Span)}, Prints: sarifPrints{print}, Suppressions: []sarifSuppression{},
		Bag: sarifForms{list(s.res.Letter.Describe(f.Forms))}}
	if _, why := s.leave(f); f.Accepted {
		out.Suppressions = append(out.Suppressions, sarifSuppression{Kind: "external", Status: "accepted", Justification: why})
	}
	if wv := f.Waiver; wv != nil {
		out.Suppressions = append(out.Suppressions, sarifSuppression{"inSource", "accepted", wv.Because, s.location(wv.Span), sarifWaiver{wv.By, wv.Until}})
	}
	if f.Fix != "" {
		out.Fixes = []sarifFix{{sarifText{Text: "Write “" + oneLine(f.Fix) + "”"},
			[]sarifChange{{s.file, []sarifReplacement{{s.region(f.Span), sarifText{Text: f.Fix}}}}}}}
	}
	return out
}

// unlinked keeps the words of a letter from becoming a link.
var unlinked = strings.NewReplacer("](", "] (")

func (s *sarifWriter) location(span letter.Span) sarifLocation {
	return sarifLocation{sarifPlace{s.file, s.region(span)}}
}

func (s *sarifWriter) region(span letter.Span) sarifRegion {
	start, end := s.res.Letter.Position(span.Start), s.res.Letter.Position(span.End)
	return sarifRegion{start.Line, start.Column, end.Line, end.Column, span.Start, span.End - span.Start}
}

func (s *sarifWriter) artifact() sarifArtifact {
	return sarifArtifact{s.file, []string{"analysisTarget"},
		sarifLetter{s.res.Language, list(s.res.Kinds), len(s.res.Letter.Forms), s.res.Ready, s.res.Approval.Holds(), approvalJSON(s.res.Approval)}}
}

// fileOf is the path of the n-th letter as a URI: below the root or, where it
// lies elsewhere, with all of its path.
func fileOf(path string, n int) sarifFile {
	if len(path) > 2 && path[1:3] == ":/" { // a drive of Windows
		path = "/" + path
	}
	u := url.URL{Path: path}
	if strings.HasPrefix(path, "/") {
		u.Scheme = "file"
		return sarifFile{URI: u.String(), Index: n}
	}
	return sarifFile{u.String(), sarifRoot, n}
}
