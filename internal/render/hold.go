package render

import (
	"fmt"
	"html"
	"strings"

	"bedside/lint/letter"
)

// HeldBack is the error for a letter that must not be sent to a person.
type HeldBack struct {
	Letter, Person string   // path, id
	Reasons        []string // as Meta.Held gives them
}

func (e *HeldBack) Error() string {
	return fmt.Sprintf("%s must not be sent to the person “%s”: %s", e.Letter, e.Person, strings.Join(e.Reasons, "; "))
}

// holds says when a letter may be sent, for the office; "" when nothing is
// said. Paper never shows it.
func holds(m *letter.Meta) string {
	var b strings.Builder
	for _, list := range []struct {
		label string
		holds []letter.Hold
	}{{"Send only if", m.SendOnlyIf}, {"Never if", m.NeverIf}} {
		if len(list.holds) == 0 {
			continue
		}
		fmt.Fprintf(&b, "<div>\n<dt>%s</dt>\n", list.label)
		for _, h := range list.holds {
			fmt.Fprintf(&b, "<dd>%s</dd>\n", html.EscapeString(h.Says))
		}
		b.WriteString("</div>\n")
	}
	if b.Len() == 0 {
		return ""
	}
	return "<dl class=\"holds\" lang=\"en\">\n" + b.String() + "</dl>\n"
}

// holdBanner shows it before the sheet, on the screen.
func holdBanner(m *letter.Meta) string {
	if said := holds(m); said != "" {
		return "<aside class=\"hold-banner\" aria-label=\"Before you send it\">\n" + said + "</aside>\n"
	}
	return ""
}
