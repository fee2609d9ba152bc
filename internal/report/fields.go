package report

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// Fields lists the fields a letter may use, by group.
func Fields(w io.Writer, d *letter.Dictionary, o Options) error {
	st, b := style(o.Color), &bytes.Buffer{}
	nameWidth := 0
	for _, f := range d.All() {
		nameWidth = max(nameWidth, len(f.Name)+len("{{}}"))
	}
	edge := 2 + nameWidth + 2 + len("integer") + 2 + len("none") + 2
	for i, group := range groupsOf(d) {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintln(b, st.paint(bold, group))
		for _, f := range d.All() {
			if f.Group != group {
				continue
			}
			lines := wrap(Clean(fmt.Sprintf("%s  (%s)", f.Says, oneLine(values(f)))), o.width()-edge, o.width()-edge)
			fmt.Fprintf(b, "  %s  %-7s  %-4s  %s\n", pad("{{"+f.Name+"}}", nameWidth), f.Type, f.Privacy, lines[0])
			for _, line := range lines[1:] {
				fmt.Fprintf(b, "%*s%s\n", edge, "", line)
			}
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// values are what a field can be: those of an enum, else its example.
func values(f *letter.Field) string {
	if len(f.OneOf) > 0 {
		return strings.Join(f.OneOf, ", ")
	}
	return f.Example
}

// groupsOf lists the groups in the order of their first field.
func groupsOf(d *letter.Dictionary) []string {
	var groups []string
	seen := map[string]bool{}
	for _, f := range d.All() {
		if !seen[f.Group] {
			seen[f.Group] = true
			groups = append(groups, f.Group)
		}
	}
	return groups
}

// Field prints everything about one field.
func Field(w io.Writer, f *letter.Field, o Options) error {
	e := explanation{style: style(o.Color), width: o.width()}
	fmt.Fprintf(&e, "%s   %s\n\n", e.paint(bold, "{{"+f.Name+"}}"), f.Group)
	e.lead(capital(f.Says) + ".")
	e.paragraph("Type", string(f.Type))
	e.paragraph("Privacy", f.Privacy+": "+f.PrivacySays())
	e.paragraph(choose(len(f.OneOf) > 0, "One of", "Example"), values(f))
	for _, language := range slices.Sorted(maps.Keys(f.Examples)) {
		e.paragraph(letter.LanguageName(language), f.Examples[language])
	}
	if f.Core {
		e.paragraph("Always", "every letter may rely on it; no condition is needed")
	}
	if len(f.Aliases) > 0 {
		e.paragraph("Also", strings.Join(f.Aliases, ", "))
	}
	if f.From != "" {
		e.paragraph("From", f.From)
	}
	_, err := w.Write(e.Bytes())
	return err
}

type jsonField struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"`
	Type    string   `json:"type"`
	Privacy string   `json:"privacy"`
	Core    bool     `json:"core"`
	Says    string   `json:"says"`
	Example string   `json:"example"`
	OneOf   []string `json:"one_of"`
	Aliases []string `json:"aliases"`
	From    string   `json:"from"`

	Examples map[string]string `json:"example_in,omitempty"`
}

// FieldsJSON prints fields for programs.
func FieldsJSON(w io.Writer, fields []*letter.Field) error {
	out := make([]jsonField, 0, len(fields))
	for _, f := range fields {
		out = append(out, jsonField{f.Name, f.Group, string(f.Type), f.Privacy, f.Core, f.Says, f.Example, list(f.OneOf), list(f.Aliases), f.From, f.Examples})
	}
	return indented(w, out)
}
