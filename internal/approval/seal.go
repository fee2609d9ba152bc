// Package approval knows what somebody signed: a seal over all that a letter's
// pages are made of, and the file that keeps the seals, approvals.toml.
package approval

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

// A Seal is what a letter was when it was signed. Sum decides; the rest tells
// what has changed when it differs.
type Seal struct {
	Sum   string // "sha256:…" over everything below and a page as this program writes it
	Parts string // "letter:… page:… mail:… rules:…", the beginnings of the digests of each
	// Values are, for each field and fact that the letter asks for or that
	// stands around it, 12 hexadecimal digits: 4 of its name, 4 of what
	// fields.toml says of it, 4 of its value in practice.toml.
	Values string

	names []string // of Values; nil when it was read from a file
}

// A Sealer seals the letters of a pack.
type Sealer struct {
	pack  *lint.Pack
	pages *render.Pack
	rules string
}

// NewSealer prepares to seal letters that are held to a pack and printed on
// its pages.
func NewSealer(pack *lint.Pack, pages *render.Pack) *Sealer {
	return &Sealer{pack, pages, pack.RulesDigest()}
}

// TheLetter is what Changes calls the words of a letter and its front matter.
const TheLetter = "the letter"

// partNames are the parts of a seal, as the file writes them, and what people
// call them.
var partNames = []struct{ name, says string }{
	{"letter", TheLetter},
	{"page", "the page (letter.html, letter.css)"},
	{"mail", "practice.toml: mail"},
	{"rules", "the rules"},
}

// Seal seals a letter that is called so in the pack, with / in it. It is safe
// for concurrent use.
func (s *Sealer) Seal(name string, l *letter.Letter) (Seal, error) {
	m, err := s.pages.Makings(l)
	if err != nil {
		return Seal{}, err
	}
	seal := Seal{names: m.Names}
	all := sha256.New()
	add := func(content []byte) string {
		sum := sha256.Sum256(content)
		all.Write(sum[:])
		return hex.EncodeToString(sum[:])
	}
	for i, part := range [][]byte{letterPart(name, l, m), m.Page, m.Mail, []byte(s.rules)} {
		if i > 0 {
			seal.Parts += " "
		}
		seal.Parts += partNames[i].name + ":" + add(part)[:8]
	}
	var values strings.Builder
	for _, name := range m.Names {
		values.WriteString(add([]byte(name))[:4] + add(s.definition(name))[:4] + add(s.value(name, l.Meta.Language))[:4])
	}
	seal.Values = values.String()
	add(m.Sample)
	seal.Sum = "sha256:" + hex.EncodeToString(all.Sum(nil))
	return seal, nil
}

// LetterDigest is the part of a seal that the letter's own words make.
func (s *Sealer) LetterDigest(name string, l *letter.Letter) (string, error) {
	seal, err := s.Seal(name, l)
	first, _, _ := strings.Cut(seal.Parts, " ")
	return first, err
}

// Has reports whether a seal has a part, as LetterDigest gives it.
func (s Seal) Has(part string) bool { return slices.Contains(strings.Fields(s.Parts), part) }

// letterPart is what a letter says: its words in every form, what its front
// matter says of it, and what it is allowed to say and why. Notes to authors
// and labels are not in it.
func letterPart(name string, l *letter.Letter, m *render.Makings) []byte {
	meta := &l.Meta
	out := fmt.Appendf(nil, "%q %q %q %q %q %q %q\n%s", name, meta.Title, meta.Language, meta.Kinds, meta.Stage, meta.Purpose, meta.Sender, m.Letter)
	for _, holds := range [][]letter.Hold{meta.SendOnlyIf, meta.NeverIf} {
		out = append(out, "holds\n"...)
		for _, h := range holds {
			out = fmt.Appendf(out, "%q %q %q %d %q\n", h.Says, h.If, h.Is, h.Days, h.After)
		}
	}
	for _, w := range l.Waivers {
		out = fmt.Appendf(out, "%q %q %q %q\n", w.Rule, w.Because, w.Until, w.By)
	}
	return out
}

// definition is what fields.toml says of a field that decides how it is
// written and what it was read as; of a fact nothing.
func (s *Sealer) definition(name string) []byte {
	f := s.pack.Dictionary.Field(name)
	if f == nil {
		return nil
	}
	return fmt.Appendf(nil, "%q %q %q %v %q %q %v", f.Type, f.Example, f.Examples, f.Core, f.OneOf, f.SumOf, f.LineSumOf)
}

// value is what practice.toml says of a name in a language.
func (s *Sealer) value(name, language string) []byte {
	if f := s.pack.Dictionary.Field(name); f != nil {
		return fmt.Appendf(nil, "%#v", s.pack.Practice.Office.In(f, letter.OfficeLanguage, language))
	}
	return fmt.Appendf(nil, "%v", s.pack.Practice.Facts[name])
}

// Changes says what differs from a seal of long ago: "the letter",
// "practice.toml: office_phone"; nothing when both are the same.
func (s Seal) Changes(then Seal) []string {
	if s.Sum == then.Sum {
		return nil
	}
	var out []string
	before := strings.Fields(then.Parts)
	for i, part := range strings.Fields(s.Parts) {
		if !slices.Contains(before, part) {
			out = append(out, partNames[i].says)
		}
	}
	was := map[string]string{}
	for token := range slices.Chunk([]byte(then.Values), tokenLength) {
		was[string(token[:4])] = string(token[4:])
	}
	var fields, values []string
	for i, token := range slices.Collect(slices.Chunk([]byte(s.Values), tokenLength)) {
		old, known := was[string(token[:4])]
		if known && old[:4] != string(token[4:8]) {
			fields = append(fields, "fields.toml: "+s.names[i])
		}
		if known && old[4:] != string(token[8:]) {
			values = append(values, "practice.toml: "+s.names[i])
		}
	}
	out = slices.Concat(out, fields, values)
	if len(out) == 0 {
		return []string{"how Bedside writes pages"}
	}
	return out
}

// tokenLength is how many digits Values has for each name.
const tokenLength = 12
