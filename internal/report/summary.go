package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"bedside/lint"
)

// A Summary counts what a run has looked at and found, so that a green run
// shows that it checked something.
type Summary struct {
	Letters, Ready, Forms   int
	Errors, Warnings, Notes int
	Waived                  int        // findings that may stay; they are in no other count
	Accepted                int        // findings that a baseline accepts; they are in no other count
	Known                   int        // letters that are not ready, but for accepted findings alone
	Approved                int        // letters that are what somebody approved
	First                   *lint.Rule // of the gravest finding, the first in order
	Hard                    bool       // a letter is harder to read than a limit has it
	worst                   lint.Severity
}

// Add counts one letter.
func (s *Summary) Add(res *lint.Result) {
	s.Letters++
	s.Forms += len(res.Letter.Forms)
	if res.Ready {
		s.Ready++
	}
	errors := s.Errors
	if res.Approval.Holds() {
		s.Approved++
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		if f.Waiver != nil {
			s.Waived++
			continue
		}
		if f.Accepted {
			s.Accepted++
			continue
		}
		switch f.Severity {
		case lint.Error:
			s.Errors++
		case lint.Warning:
			s.Warnings++
		default:
			s.Notes++
		}
		s.Hard = s.Hard || f.Rule.Reading()
		if f.Severity > s.worst {
			s.worst, s.First = f.Severity, f.Rule
		}
	}
	if !res.Ready && s.Errors == errors {
		s.Known++
	}
}

// Worst is the gravest severity found; 0 when nothing was found.
func (s *Summary) Worst() lint.Severity { return s.worst }

// A Closing is what the summary line needs to know beside the counts.
type Closing struct {
	Color    bool
	Baseline string        // "baseline.toml": what accepts findings
	HeldBy   string        // "--fail-on warning": what ends the run with exit code 1, or ""
	What     string        // "built-in ", before "letters"
	Rules    string        // "rules.toml", "built-in rules"
	Aside    string        // "(no rules.toml found above templates/)"
	Took     time.Duration // 0: not said
	Unread   bool          // something could not be read
	Signed   bool          // the pack keeps what was approved
}

// Line is the one line that sums up a run.
func (s *Summary) Line(p *lint.Pack, c Closing) string {
	st := style(c.Color)
	sign := st.paint(green, "✓")
	if c.HeldBy != "" || c.Unread || s.Errors > 0 {
		sign = st.paint(red, "✗")
	}
	return fmt.Sprintf("%s %s   %s", sign, s.verdict(p, c), s.proof(p, c))
}

// verdict says how the letters stand, how much a baseline accepts, and whether
// waivers count: a report that is kept has to tell on what terms it was made.
func (s *Summary) verdict(p *lint.Pack, c Closing) string {
	parts := []string{s.standing(c)}
	if s.Accepted > 0 {
		parts = append(parts, fmt.Sprintf("%d accepted by %s.", s.Accepted, Clean(c.Baseline)))
	}
	if p.NoWaivers {
		parts = append(parts, "Waivers do not count (--no-waivers).")
	}
	return strings.Join(parts, "  ")
}

func (s *Summary) standing(c Closing) string {
	letters := plural(s.Letters, c.What+"letter")
	found, approved := s.found(), ""
	if c.Signed {
		approved = fmt.Sprintf(", %d approved", s.Approved)
	}
	switch {
	case s.Errors > 0 && s.Ready == s.Letters: // but not approved
		return fmt.Sprintf("%s ready%s: %s.", letters, approved, found)
	case s.Errors > 0:
		ready := ""
		if s.Ready > 0 {
			ready = fmt.Sprintf("  %d ready%s.", s.Ready, approved)
		}
		n := s.Letters - s.Ready - s.Known
		if s.Letters == 1 {
			return fmt.Sprintf("%s needs work: %s.", letters, found)
		}
		return fmt.Sprintf("%d of %s %s work: %s.%s", n, letters, choose(n == 1, "needs", "need"), found, ready)
	case c.HeldBy != "":
		return fmt.Sprintf("%s, but held back by %s: %s.", s.ready(letters, approved), c.HeldBy, found)
	case found != "":
		return fmt.Sprintf("%s; %s.", s.ready(letters, approved), found)
	case s.Known > 0:
		return s.ready(letters, approved) + ", nothing new."
	}
	return s.ready(letters, approved) + "."
}

// ready says how many of the letters are ready. Accepted findings make none
// ready.
func (s *Summary) ready(letters, approved string) string {
	switch {
	case s.Known == 0:
		return letters + " ready" + approved
	case s.Ready == 0:
		return letters + ", not ready"
	}
	return fmt.Sprintf("%s, %d ready%s", letters, s.Ready, approved)
}

// found tells how many findings there are of each severity that has some, and
// how many are waived.
func (s *Summary) found() string {
	return listed(append(s.weights(), counted(s.Waived, "waived")))
}

// weights tells how many findings there are of each severity.
func (s *Summary) weights() []string {
	return []string{counted(s.Errors, lint.Error.Words()), counted(s.Warnings, lint.Warning.Words()), counted(s.Notes, "to "+lint.Note.Words())}
}

// left tells how many findings may stay, and why.
func (s *Summary) left() []string {
	return []string{counted(s.Waived, "waived"), counted(s.Accepted, "accepted")}
}

// counted is "2 waived", and "" of none.
func counted(n int, what string) string {
	return choose(n == 0, "", fmt.Sprintf("%d %s", n, what))
}

// listed joins what is not empty.
func listed(parts []string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

// proof says what was held against what.
func (s *Summary) proof(p *lint.Pack, c Closing) string {
	parts := []string{fmt.Sprintf("%s v%d", c.Rules, p.Version), plural(InForce(p), "rule"), plural(s.Forms, "form")}
	if c.Took > 0 {
		parts = append(parts, fmt.Sprintf("%d ms", max(1, c.Took.Milliseconds())))
	}
	line := strings.Join(parts, ", ")
	if c.Aside != "" {
		line += "  " + c.Aside
	}
	return Clean(line)
}

// InForce counts the rules that are not switched off.
func InForce(p *lint.Pack) int {
	n := 0
	for _, r := range p.Rules {
		if !r.Off {
			n++
		}
	}
	return n
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
