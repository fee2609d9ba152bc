package render

import (
	"fmt"
	"strings"

	"bedside/internal/nearest"
	"bedside/lint/letter"
)

// An Envelope is what its windows show of a sheet of US Letter that is folded
// in three, at 3 2/3 and 7 1/3 inches. The names are those of [mail] in
// practice.toml.
type Envelope struct {
	Name   string
	Return Box     // where the address of the office has to stay; no size on an envelope that has no window for it
	To     Box     // where the name and address of the reader have to stay
	Shows  Box     // all that can show while the sheet slides in the envelope: no other words belong there
	Body   float64 // from where on the letter can stand, in inches from the top
}

// A Box is a part of the sheet, in inches from its top left corner.
type Box struct{ Left, Top, Width, Height float64 }

// Envelopes are those a letter can go out in; the first is the usual one.
//
// Of double windows, a print-and-mail house gives the boxes in which both
// addresses are safe and the line where the letter may begin, the same for #9
// and #10 (http://www.postalmethods.com/resources/developers-guide/127).
// Windows of other makers are a little larger, so no other words stand beside
// the addresses either.
//
// The window of a single-window #10 (4 1/8 by 9 1/2 in) is 1 1/8 by 4 1/2 in,
// 7/8 from the left and 1/2 from the bottom. A sheet that lies at the bottom
// shows 2.042 to 3.167 in of itself in it, one that has slid up 2.5 to 3.625;
// sideways always 0.875 to 4.375, and never more than 5.375. The postal
// service wants 1/8 in clear around the address while the sheet lies at the
// bottom and slides sideways: that is the box.
var Envelopes = []Envelope{
	doubleWindow("#10 double window"),
	{Name: "#10 single window", To: Box{1, 2.167, 3.25, 0.875}, Shows: Box{0, 2.042, 5.375, 1.583}, Body: 3.62},
	doubleWindow("#9 double window"),
}

func doubleWindow(name string) Envelope {
	return Envelope{Name: name, Return: Box{0.5, 0.5, 3.5, 0.792}, To: Box{0.5, 2.042, 3.5, 0.875}, Shows: Box{0, 0, 5.25, 3.375}, Body: 3.375}
}

// envelopeOf is the envelope that an office uses. Errors are *strict.Error.
func envelopeOf(p *letter.Practice) (Envelope, error) {
	var names []string
	for _, e := range Envelopes {
		if e.Name == p.Mail.Envelope || p.Mail.Envelope == "" {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return Envelope{}, p.Fault([]string{"mail", "envelope"}, "“%s” is not an envelope this page can be folded for%s; there are “%s”",
		p.Mail.Envelope, nearest.Hint(p.Mail.Envelope, names), strings.Join(names, "”, “"))
}

// Envelope is the one that the office of the pack uses.
func (p *Pack) Envelope() Envelope { return p.envelope }

// Style gives the places to letter.css.
func (e Envelope) Style() string {
	var b strings.Builder
	b.WriteString(":root {\n")
	box := func(name string, x Box) {
		if x.Width > 0 {
			fmt.Fprintf(&b, "  --%s-left: %gin; --%s-top: %gin; --%s-width: %gin; --%s-height: %gin;\n", name, x.Left, name, x.Top, name, x.Width, name, x.Height)
		}
	}
	box("return", e.Return)
	box("to", e.To)
	fmt.Fprintf(&b, "  --first-line: %gin;\n}\n", e.Body)
	return b.String()
}
