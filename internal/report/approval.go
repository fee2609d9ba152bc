package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"bedside/lint"
)

// The states of a letter, as to approval. There are no others.
const (
	stateApproved = "approved"
	stateChanged  = "changed"
	stateNever    = "never"
	stateGone     = "gone"
)

// A Signed letter is one line of what an office has approved.
type Signed struct {
	Path     string
	Ready    bool
	Gone     bool // there is no such letter any more
	Approval lint.Approval
}

func (s *Signed) state() string {
	switch {
	case s.Gone:
		return stateGone
	case s.Approval.By == "":
		return stateNever
	case s.Approval.Changed:
		return stateChanged
	}
	return stateApproved
}

// states are the groups of the list, in order, with what people call them.
var states = []struct{ state, says string }{
	{stateApproved, "Approved"},
	{stateChanged, "Changed since"},
	{stateNever, "Never approved"},
	{stateGone, "Approved, and not there any more"},
}

// CountStates tells how many letters are approved, changed since, and were
// never approved: "2 approved, 1 changed since, 44 never approved".
func CountStates(letters []Signed) string {
	var parts []string
	for _, group := range states {
		n := 0
		for i := range letters {
			if letters[i].state() == group.state {
				n++
			}
		}
		if n > 0 || group.state == stateApproved {
			parts = append(parts, fmt.Sprintf("%d %s", n, strings.ToLower(group.says)))
		}
	}
	return strings.Join(parts, ", ")
}

// Approvals lists letters by whether they are approved, for the screen.
func Approvals(w io.Writer, letters []Signed, o Options) error {
	st, b, edge := style(o.Color), &bytes.Buffer{}, 0
	for i := range letters {
		edge = max(edge, len([]rune(letters[i].Path)))
	}
	for _, group := range states {
		first := true
		for i := range letters {
			if letters[i].state() != group.state {
				continue
			}
			if first {
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
				fmt.Fprintln(b, st.paint(bold, group.says))
				first = false
			}
			signedLine(b, &letters[i], edge)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func signedLine(b *bytes.Buffer, s *Signed, edge int) {
	line := "  " + pad(Clean(s.Path), edge)
	if s.Approval.By != "" {
		line += "  " + signature(s.Approval)
	}
	if !s.Ready && !s.Gone {
		line += "  not ready"
	}
	fmt.Fprintln(b, strings.TrimRight(line, " "))
	if s.Approval.Changed {
		fmt.Fprintf(b, "    changed: %s\n", Clean(strings.Join(s.Approval.What, "; ")))
	}
}

// signature says who approved a letter, when, and with which words.
func signature(a lint.Approval) string {
	line := a.By + ", " + a.On
	if a.Note != "" {
		line += "  “" + a.Note + "”"
	}
	return Clean(line)
}

// approval says below the name of a letter who approved it.
func (p *page) approval(a lint.Approval) {
	p.section()
	fmt.Fprintf(p, "  Approved by %s\n", signature(a))
	if a.Changed {
		fmt.Fprintf(p, "  Changed since: %s\n", Clean(strings.Join(a.What, "; ")))
	}
}

// The document of approvals --format json, and what that of check says of an
// approval.
type (
	jsonApproval struct {
		By      string   `json:"by"`
		On      string   `json:"on"` // 2026-11-22
		Note    string   `json:"note"`
		Changed []string `json:"changed"` // what has changed since; empty: nothing
	}
	jsonSigned struct {
		Path     string        `json:"path"`
		State    string        `json:"state"` // approved, changed, never, gone
		Ready    bool          `json:"ready"`
		Approval *jsonApproval `json:"approval"`
	}
)

func approvalJSON(a lint.Approval) *jsonApproval {
	if a.By == "" {
		return nil
	}
	return &jsonApproval{a.By, a.On, a.Note, list(a.What)}
}

// ApprovalsJSON is the same list for programs, with one line a letter.
func ApprovalsJSON(w io.Writer, letters []Signed) error {
	j := jsonWriter{w: w}
	j.text(`{"version":1,"letters":[`)
	count := map[string]int{}
	for i := range letters {
		s := &letters[i]
		count[s.state()]++
		j.text(choose(i == 0, "\n", ",\n"))
		j.value(jsonSigned{s.Path, s.state(), s.Ready, approvalJSON(s.Approval)})
	}
	j.text("\n],\n\"summary\":")
	j.value(json.RawMessage(fmt.Sprintf(`{"letters":%d,"approved":%d,"changed":%d,"never":%d,"gone":%d}`,
		len(letters)-count[stateGone], count[stateApproved], count[stateChanged], count[stateNever], count[stateGone])))
	j.text("}\n")
	return j.err
}
