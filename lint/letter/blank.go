package letter

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bedside/lint/phrase"
)

// findBlanks marks the blanks that other tools leave for a value ([Patient
// Name], ____, «Recip_LastName», {amount}, %(name)s, ((name))), and reports
// them: the patient would read them as they stand.
func (p *page) findBlanks(b *Block) {
	if b.Kind == ListData || !b.mayBlank {
		return
	}
	marks, dict := b.Marks, p.dict
	for i := nextBlank(b.Text, 0); i >= 0; i = nextBlank(b.Text, i) {
		if m := markAt(marks, i); m != nil {
			if m.Kind == MarkCode {
				i += p.inCode(b, i, m.End)
			} else {
				i = m.End
			}
			continue
		}
		if c := b.Text[i]; (c == 'X' || c == '@') && i > 0 && isWordByte(b.Text[i-1]) { // inside a word, an e-mail address
			i++
			continue
		}
		n, name := blankAt(b.Text[i:], dict, i > 0 && b.Text[i-1] == '$')
		if n == 0 {
			var sign int
			sign, n, name = blankAfter(b.Text, i, dict)
			i += sign
		}
		if n == 0 || overlaps(marks, i, i+n) {
			i += b.stray(p.Letter, i)
			continue
		}
		if name == "" {
			name = labelBefore(b.Text[:i], dict)
		}
		m := p.guess(name, b.Text[i:i+n], b.Source(i, i+n), b.Flat(i, i+n))
		m.Start, m.End = i, i+n
		b.Marks = append(b.Marks, m)
		i += n
	}
	if len(b.Marks) > len(marks) {
		sortMarks(b.Marks)
	}
}

func sortMarks(marks []Mark) {
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].Start < marks[j].Start })
}

// inCode reports the field or blank that the code of a block up to end has at
// an offset: it stands for nothing there. It returns how many bytes to pass
// over.
func (p *page) inCode(b *Block, i, end int) int {
	code := b.Text[i:end]
	if n := TagEnd([]byte(code[:min(len(code), maxTag)])); n > 0 {
		p.problem("blank", b.Source(i, i+n), fmt.Sprintf("%s stands in code, so its name would be printed, not its value", code[:n]),
			"Remove the backticks around it, or the spaces at the start of the line.")
		return n
	}
	n, name := blankAt(code, p.dict, false)
	if n == 0 {
		return b.stray(p.Letter, i)
	}
	p.guess(name, code[:n], b.Source(i, i+n), false)
	return n
}

// opensBlank are the bytes that a blank can begin with; of a stop and an X two
// in a row. Text has few of them, so the rest is passed over quickly.
var opensBlank = [256]bool{'[': true, '_': true, '{': true, '%': true, '(': true, '<': true, '$': true, '#': true, '.': true, 'X': true, '}': true, '@': true,
	0xc2: true, 0xe2: true} // « and … begin so in UTF-8

// nextBlank is the first place at or after from where a blank can begin, or
// -1.
func nextBlank(text string, from int) int {
	for i := from; i < len(text); i++ {
		if c := text[i]; opensBlank[c] && (c != '.' && c != 'X' || i+1 < len(text) && text[i+1] == c) {
			return i
		}
	}
	return -1
}

// stray reports braces at an offset that belong to no field: what stands
// between them would be printed. It returns how many bytes to pass over.
func (b *Block) stray(l *Letter, i int) int {
	two := strings.HasPrefix(b.Text[i:], "{{") || strings.HasPrefix(b.Text[i:], "}}")
	third := b.Text[i] == '{' && fieldAt(b.Marks, i+1) || b.Text[i] == '}' && fieldAt(b.Marks, i-1)
	if !two && !third {
		return 1
	}
	n := 1
	for i+n < len(b.Text) && b.Text[i+n] == b.Text[i] {
		n++
	}
	l.problem("condition", b.Source(i, i+n), fmt.Sprintf("“%s” belongs to no field or condition and would be printed", b.Text[i:i+n]),
		"A field is {{name}}, with two braces on each side, on one line.")
	return n
}

func markAt(marks []Mark, offset int) *Mark {
	for i := range marks {
		if marks[i].Start <= offset && offset < marks[i].End {
			return &marks[i]
		}
	}
	return nil
}

func fieldAt(marks []Mark, offset int) bool {
	m := markAt(marks, offset)
	return m != nil && m.Kind != MarkCode
}

func overlaps(marks []Mark, start, end int) bool {
	return slices.ContainsFunc(marks, func(m Mark) bool { return m.Start < end && start < m.End })
}

// blankShapes are the ways other tools write a blank: what it opens and
// closes with. Longer openings stand first.
var blankShapes = []struct {
	open, close string
	loose       bool // the name may hold spaces
	words       bool // people write plain words so too, as in “[see below]”
}{
	{"${", "}", false, false}, {"#{", "}", false, false}, {"{%", "%}", true, false}, {"{", "}", false, false}, {"{", "}", true, true},
	{"[[", "]]", true, false}, {"[%", "%]", true, false}, {"[", "]", true, true}, {"((", "))", true, true},
	{"«", "»", false, true}, {"%(", ")s", false, false}, {"%(", ")d", false, false},
	{"<<", ">>", true, true}, {"<%", "%>", true, false}, {"<", ">", true, true}, {"%", "%", false, true},
}

// ruled are the lines that leave room to write on, and how many bytes make
// one: ____, ....., ……, XXX-XXX-XXXX, XX/XX/XXXX. Signs besides the first only
// part them.
var ruled = []struct {
	signs string
	least int
}{{"_", 3}, {".", 5}, {"…", 6}, {"X-/.,", 3}}

// typeByCurrency takes a blank beside a currency for money.
func (b *Block) typeByCurrency() {
	for i := range b.Marks {
		if m := &b.Marks[i]; m.Kind == MarkBlank && besideCurrency(b.Text, m.Start, m.End) {
			m.Type = "money"
		}
	}
}

// besideCurrency reports whether a sign or code of a currency stands before or
// after a blank: what is filled in is money.
func besideCurrency(text string, start, end int) bool {
	before, after := strings.TrimRight(text[:start], " \u00a0"), strings.TrimLeft(text[end:], " \u00a0")
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if strings.ContainsRune(phrase.CurrencySigns, last) || first != '$' && strings.ContainsRune(phrase.CurrencySigns, first) {
		return true
	}
	for _, c := range currencies {
		if rest, ok := strings.CutSuffix(before, c); ok && !endsInLetter(rest, c) {
			return true
		}
		if rest, ok := strings.CutPrefix(after, c); ok && !beginsWithLetter(rest) {
			return true
		}
	}
	return false
}

// currencies are the codes and names beside which money stands; signs are
// phrase.CurrencySigns.
var currencies = []string{"S/", "S/.", "Bs", "Bs.", "R$", "EUR", "USD", "GBP", "CAD", "AUD", "MXN", "KES", "TZS", "NGN", "INR", "ZAR", "BRL", "PEN", "COP", "CLP", "ARS", "BOB", "CRC", "DOP", "UYU", "euros", "dollars", "pounds", "dólares", "pesos", "soles"}

func endsInLetter(s, code string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	first, _ := utf8.DecodeRuneInString(code)
	return unicode.IsLetter(first) && unicode.IsLetter(last)
}

func beginsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// blankAt returns the length of the blank that text begins with, 0 for none,
// and the name inside it. What stands behind a $ is no plain word.
func blankAt(text string, dict *Dictionary, money bool) (n int, name string) {
	for _, r := range ruled {
		line := len(text) - len(strings.TrimLeft(text, r.signs))
		if line < r.least || !strings.HasPrefix(text, r.signs[:1]) {
			continue
		}
		if after := strings.TrimLeft(text[line:], " "); r.signs == "." && after != "" && strings.ContainsAny(after[:1], "$0123456789") {
			return 0, "" // dots that lead to a figure
		}
		n := len(strings.TrimRight(text[:line], r.signs[1:]))
		if n < r.least || r.signs[0] == 'X' && (n < len(text) && beginsWithLetter(text[n:]) || strings.Count(text[:n], "X") < r.least) {
			continue
		}
		return n, shapeName(text[:n])
	}
	if text[0] == '@' {
		return model(text)
	}
	for _, s := range blankShapes {
		inner, ok := strings.CutPrefix(text, s.open)
		if !ok {
			continue
		}
		end := strings.Index(inner[:min(len(inner), 60)], s.close)
		if end < 0 {
			continue
		}
		name := norm.NFC.String(inner[:end])
		if !isBlankName(name, s.loose) {
			continue
		}
		name = strings.Trim(strings.Join(strings.Fields(name), " "), " =-")
		if s.words && !money && !looksLikeCode(name) && dict.Called(name) == nil && (s.open == "«" || guessType(name) == "" && (strings.ToLower(name) == name || strings.Contains(name, " ") && strings.ToUpper(name) == name)) {
			continue // words in brackets or Spanish quotation marks: [see below], [ACTION REQUIRED]
		}
		return len(s.open) + end + len(s.close), name
	}
	return 0, ""
}

// shapeName tells what XX/XX/XXXX and XXX-XXX-XXXX stand for.
func shapeName(blank string) string {
	parts := strings.FieldsFunc(blank, func(r rune) bool { return r != 'X' })
	switch {
	case len(parts) != 3:
		return ""
	case len(parts[1]) == 3:
		return "phone"
	}
	return "date"
}

// model is a value of a page as Razor writes it: @Model.DueDate.
func model(text string) (n int, name string) {
	n = 1
	for n < len(text) && (isWordByte(text[n]) || text[n] == '.' && n+1 < len(text) && isWordByte(text[n+1])) {
		n++
	}
	name = text[1:n]
	if dot := strings.IndexByte(name, '.'); dot <= 0 || name[0] < 'A' || name[0] > 'Z' {
		return 0, ""
	}
	return n, name
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// isBlankName reports whether s can be the name of a value: at least two
// letters, and nothing that a sentence would have.
func isBlankName(s string, loose bool) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r), strings.ContainsRune("_.-'’/#$:|", r):
		case unicode.IsSpace(r) && loose:
		default:
			return false
		}
	}
	return letters >= 2 && len(strings.Fields(s)) <= 6
}

func looksLikeCode(s string) bool {
	_, first := utf8.DecodeRuneInString(s)
	return strings.ContainsAny(s, "_.") || !strings.Contains(s, " ") && strings.ToLower(s[first:]) != s[first:]
}

// labelBefore is the label that a ruled line stands behind, as in "Amount:
// ____": the most words of the last three that mean a field, or all three.
func labelBefore(text string, dict *Dictionary) string {
	const longest = 120 // bytes: no label is longer, and a page of blanks must not be read again for each
	text = strings.TrimRightFunc(text[max(0, len(text)-longest):], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":$#", r) })
	words := strings.Fields(norm.NFC.String(text[strings.LastIndexAny(text, ".,;:")+1:]))
	words = words[max(0, len(words)-3):]
	for i := range words {
		if label := strings.Join(words[i:], " "); dict.Called(label) != nil {
			return label
		}
	}
	return strings.Join(words, " ")
}

// guess reports a blank and says what it probably means. shown are its words;
// flat tells that the bytes at the place are those words and nothing else.
func (p *page) guess(name, shown string, at Span, flat bool) Mark {
	m := Mark{Kind: MarkBlank, Type: guessType(name)}
	problem := p.problem("blank", at, fmt.Sprintf("“%s” is a blank that nobody fills in: the patient would read it as it stands", strings.Join(strings.Fields(shown), " ")),
		"Write a field such as {{patient_first_name}}; all fields: bedside fields")
	if f := p.meant(name); f != nil {
		m.Name, m.Type = f.Name, f.Type
		problem.Try = "{{" + f.Name + "}}"
		if p.dict.safe[squeeze(name)] && flat && isNamed(shown, name) && p.fieldFits(at) {
			problem.Fix = problem.Try
		}
	}
	return m
}

// isNamed reports whether a blank says its name itself. What stands before a
// ruled line, or the shape of XX/XX/XXXX, only hints at it.
func isNamed(shown, name string) bool {
	return name != "" && strings.Contains(squeeze(shown), squeeze(name))
}

// fieldFits reports whether a field can take the place of some bytes, and what
// stands around them still reads right: no sign of the blank is left, and money
// brings its own sign.
func (p *page) fieldFits(at Span) bool {
	const longest = 8 // bytes of a currency, with its space
	around := p.Src[max(0, at.Start-longest):min(len(p.Src), at.End+longest)]
	start := min(at.Start, longest)
	before, after := around[:start], around[start+at.End-at.Start:]
	return !bytes.ContainsAny(before[max(0, start-1):], `\{<`) && !bytes.ContainsAny(after[:min(1, len(after))], "}>") &&
		!besideCurrency(string(around), start, len(around)-len(after))
}

// meant is the field that the name in a blank means: by the whole name or by
// what follows the last dot ("doc.customer_name").
func (p *page) meant(name string) *Field {
	if f := p.dict.Called(name); f != nil {
		return f
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return p.dict.Called(name[i+1:])
	}
	return nil
}
