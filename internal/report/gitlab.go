package report

import (
	"io"
	"iter"
	"path"

	"bedside/lint"
)

// A gitlabFinding is one entry of a Code Quality report.
type gitlabFinding struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"` // info, minor, major; critical and blocker are not used
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"` // without ./, or the merge request does not show it
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

var gitlabSeverities = map[lint.Severity]string{lint.Error: "major", lint.Warning: "minor", lint.Note: "info"}

// waivedPrint stands before the fingerprint of what is waived. With another
// than it has without the waiver, a merge request shows that somebody waives
// it, and that it counts again when the waiver goes.
const waivedPrint = "waived-"

// writeGitLab prints a Code Quality report, which merge requests compare with
// that of the branch they go to: fingerprints have no line in them.
func writeGitLab(w io.Writer, _ *lint.Pack, results iter.Seq[*lint.Result], _ Options) error {
	j := jsonWriter{w: w}
	j.text("[")
	n := 0
	for res := range results {
		prints := res.Fingerprints()
		for i, f := range named(res) {
			j.element(n, gitlabFinding{message(res.Letter, f), f.Rule.ID, choose(f.Waiver == nil, "", waivedPrint) + prints[i], gitlabSeverities[severityOf(f)],
				gitlabLocation{path.Clean(res.Path), gitlabLines{res.Letter.Position(f.Span.Start).Line}}})
			n++
		}
		if j.err != nil {
			return j.err
		}
	}
	j.text("\n]\n")
	return j.err
}
