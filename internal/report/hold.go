package report

import (
	"fmt"

	"bedside/lint/letter"
)

// A jsonHold is a hold condition. One without if is for people to tell.
type jsonHold struct {
	Says  string   `json:"says"`
	If    string   `json:"if,omitempty"`
	Is    []string `json:"is,omitempty"`
	Days  int      `json:"days,omitempty"`
	After string   `json:"after,omitempty"`
}

func holdsJSON(holds []letter.Hold) []jsonHold {
	out := make([]jsonHold, len(holds))
	for i, h := range holds {
		out[i] = jsonHold{oneLine(h.Says), h.If, h.Is, h.Days, h.After}
	}
	return out
}

// holdEdge is where hold conditions begin.
const holdEdge = len("  Send only if  ")

// holds says when a letter may be sent, and what a program looks at to tell.
func (p *page) holds(m *letter.Meta) {
	p.section()
	p.holdList("Send only if", m.SendOnlyIf)
	p.holdList("Never if", m.NeverIf)
}

func (p *page) holdList(label string, holds []letter.Hold) {
	room := p.width - holdEdge
	for i := range holds {
		text := holds[i].Says
		if test := holds[i].Test(); test != "" {
			text += " (" + test + ")"
		}
		for i, line := range wrap(Clean(text), room, room-2) {
			fmt.Fprintf(p, "  %s%s%s%s\n", p.paint(bold, label), pad("", holdEdge-2-len(label)), choose(i == 0, "", "  "), line)
			label = ""
		}
	}
}
