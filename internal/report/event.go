package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"bedside/lint"
)

// An EventKind says what a line of bedside watch is about.
type EventKind string

// The kinds of events, as programs read them.
const (
	Watching EventKind = "watching" // the first line
	Checked  EventKind = "letter"   // a letter was checked: Path, Result, Difference
	Gone     EventKind = "removed"  // a letter is no longer there: Path
	Unread   EventKind = "unread"   // a letter cannot be read: Path, Message
	Reread   EventKind = "rules"    // the rules, or what belongs to them, were read again: Path
	Refused  EventKind = "fault"    // they could not be, and those from before are kept: Path, Line, Column, Message
	Noted    EventKind = "note"     // something about the watching itself: Message
)

// An Event is one line of bedside watch: something that has changed.
type Event struct {
	Kind         EventKind
	At           time.Time
	Path         string
	Line, Column int
	Message      string // in words; of a letter, what is to be said beside its state
	Detail       string // lines that show the place of a fault
	Result       *lint.Result
	Difference   Difference
	Tally        *Tally // how the letters stand now; nil when that is as before
}

// A Tally counts letters.
type Tally struct {
	Letters int `json:"letters"`
	Ready   int `json:"ready"`
}

// String is "13 ready · 1 needs work", or "all 14 letters ready".
func (t Tally) String() string {
	work := t.Letters - t.Ready
	switch {
	case t.Letters == 0:
		return "no letters"
	case work == 0:
		return choose(t.Letters > 1, "all ", "") + plural(t.Letters, "letter") + " ready"
	}
	return fmt.Sprintf("%d ready · %d %s work", t.Ready, work, choose(work == 1, "needs", "need"))
}

// Text is the event for people. It ends with a newline, and takes more lines
// when there are findings to name.
func (e *Event) Text(o Options) string {
	p := page{style: style(o.Color), width: o.width()}
	parts := []string{p.paint(bold, Clean(e.Path))}
	switch e.Kind {
	case Watching:
		parts = []string{Clean(e.Message) + "  (Ctrl-C to stop)"}
	case Checked:
		parts = append(parts, p.state(e.Result), Clean(e.Message), p.difference(&e.Difference))
	case Gone:
		parts = append(parts, "removed")
	case Unread, Refused:
		if e.Line > 0 {
			parts[0] += fmt.Sprintf(":%d:%d", e.Line, e.Column)
		}
		parts = append(parts, p.paint(red, "✗")+" "+Clean(e.Message))
	default:
		parts = append(parts, Clean(e.Message))
	}
	if e.Tally != nil {
		parts = append(parts, p.tally(*e.Tally))
	}
	if e.Kind == Checked && e.Difference.partly(e.Result) {
		parts = append(parts, "new:")
	}
	if e.Kind != Watching {
		fmt.Fprintf(&p, "%s  ", p.paint(dim, e.At.Format(time.TimeOnly)))
	}
	fmt.Fprintln(&p, strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "   "))
	for line := range strings.Lines(e.Detail) {
		fmt.Fprintf(&p, "%*s%s\n", len(time.TimeOnly), "", Clean(strings.TrimSuffix(line, "\n")))
	}
	for i, isNew := range e.Difference.New {
		if isNew {
			p.letter = e.Result.Letter
			p.headline(&e.Result.Findings[i])
		}
	}
	return p.String()
}

// state is how a letter stands.
func (p *page) state(res *lint.Result) string {
	switch {
	case res.Ready && res.Count(lint.Error) > 0: // what is left is that somebody approves it
		return p.paint(green, "ready ✓") + ", not approved"
	case res.Ready:
		return p.paint(green, "ready ✓")
	}
	return p.paint(red, fmt.Sprintf("%d %s", res.Count(lint.Error), lint.Error.Words()))
}

// tally is how all letters stand.
func (p *page) tally(t Tally) string {
	if t.Letters > 0 && t.Ready == t.Letters {
		return p.paint(green, t.String())
	}
	return t.String()
}

// difference names the rules of what is gone.
func (p *page) difference(d *Difference) string {
	var parts []string
	if len(d.Fixed) > 0 {
		parts = append(parts, p.paint(green, "✓ fixed "+tallied(d.Fixed)))
	}
	if len(d.Waived) > 0 {
		parts = append(parts, "waived "+tallied(d.Waived))
	}
	return strings.Join(parts, " · ")
}

// tallied is "ban.threat, ban.urgency ×2" of sorted names.
func tallied(names []string) string {
	var parts []string
	for len(names) > 0 {
		n := 1
		for n < len(names) && names[n] == names[0] {
			n++
		}
		parts = append(parts, names[0]+choose(n > 1, fmt.Sprintf(" ×%d", n), ""))
		names = names[n:]
	}
	return strings.Join(parts, ", ")
}

// The event that programs read. What does not belong to its kind is left out.
type (
	jsonEvent struct {
		Event   EventKind   `json:"event"`
		Time    string      `json:"time"`
		Path    string      `json:"path,omitempty"`
		Line    int         `json:"line,omitempty"`
		Column  int         `json:"column,omitempty"`
		Message string      `json:"message,omitempty"`
		Letter  *jsonChange `json:"letter,omitempty"`
		Pack    *Tally      `json:"pack,omitempty"`
	}
	jsonChange struct {
		Ready    bool        `json:"ready"`
		Error    int         `json:"error"`
		Warning  int         `json:"warning"`
		Note     int         `json:"note"`
		Fixed    []string    `json:"fixed"`
		Waived   []string    `json:"waived"`
		Findings []jsonSince `json:"findings"` // all of them
	}
	jsonSince struct {
		jsonFinding
		New bool `json:"new"`
	}
)

// JSON is the event for programs, on one line that ends with a newline.
func (e *Event) JSON() string {
	out := jsonEvent{Event: e.Kind, Time: e.At.Format(time.RFC3339), Path: e.Path, Line: e.Line, Column: e.Column, Message: e.Message, Pack: e.Tally}
	if res := e.Result; res != nil {
		out.Letter = &jsonChange{Ready: res.Ready, Error: res.Count(lint.Error), Warning: res.Count(lint.Warning), Note: res.Count(lint.Note),
			Fixed: list(e.Difference.Fixed), Waived: list(e.Difference.Waived), Findings: []jsonSince{}}
		for i, isNew := range e.Difference.New {
			out.Letter.Findings = append(out.Letter.Findings, jsonSince{findingJSON(res, &res.Findings[i]), isNew})
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // as in a report
	_ = enc.Encode(out)      // a buffer takes everything, and these types can be encoded
	return b.String()
}
