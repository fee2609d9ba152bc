package lint

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bedside/lint/letter"
)

// A written text is Markdown that reads as a plain text, and says which of its
// bytes write each byte of that text.
type written struct {
	src   []byte
	bytes []letter.Span // by byte of the plain text
}

// words writes s, which reads as the next n bytes of the plain text.
func (w *written) words(s string, n int) {
	at := letter.Span{Start: len(w.src), End: len(w.src) + len(s)}
	w.src = append(w.src, s...)
	for range n {
		w.bytes = append(w.bytes, at)
	}
}

// plain writes s as it is.
func (w *written) plain(s string) {
	for i := range len(s) {
		w.words(s[i:i+1], 1)
	}
}

// marks writes s, of which nothing is read.
func (w *written) marks(s string) { w.src = append(w.src, s...) }

// add writes what t holds, with a prefix before every line but the first.
func (w *written) add(t written, prefix string) {
	to := make([]int, 0, len(t.src))
	for _, c := range t.src {
		to = append(to, len(w.src))
		w.src = append(w.src, c)
		if c == '\n' {
			w.src = append(w.src, prefix...)
		}
	}
	for _, at := range t.bytes {
		w.bytes = append(w.bytes, letter.Span{Start: to[at.Start], End: to[at.End-1] + 1})
	}
}

// source is where bytes [s.Start, s.End) of the plain text are written, from
// the first to the last.
func (w *written) source(s letter.Span) letter.Span {
	return letter.Span{Start: w.bytes[s.Start].Start, End: w.bytes[s.End-1].End}
}

// A dress is another way to write the same words.
type dress struct {
	name string
	kind string // what it does to a judgement or cannot be worn with, see rightly and place.wear
	wear func(w *written, text string)
}

// kept is what no dress changes: fields, targets of links, the signs of
// Markdown in a letter.
var kept = regexp.MustCompile(`\{\{[^}]*\}\}|\]\([^)]*\)|\\\n|\n|[\[\]*_|\\]+`)

// loose writes a text and calls wear for what may be dressed in it.
func loose(w *written, text string, wear func(s string)) {
	at := 0
	for _, k := range kept.FindAllStringIndex(text, -1) {
		wear(text[at:k[0]])
		w.plain(text[k[0]:k[1]])
		at = k[1]
	}
	wear(text[at:])
}

// each writes characters in another way.
func each(write func(r rune) string) func(*written, string) {
	return func(w *written, text string) {
		loose(w, text, func(s string) {
			for _, r := range s {
				w.words(write(r), utf8.RuneLen(r))
			}
		})
	}
}

// amid writes a sign that nobody sees between any two characters of which take
// says so.
func amid(sign string, take func(before, after rune) bool) func(*written, string) {
	return func(w *written, text string) {
		loose(w, text, func(s string) {
			before := rune(-1)
			for _, r := range s {
				if before >= 0 && take(before, r) {
					w.marks(sign)
				}
				w.words(string(r), utf8.RuneLen(r))
				before = r
			}
		})
	}
}

func anywhere(_, _ rune) bool { return true }

func inWords(before, after rune) bool { return unicode.IsLetter(before) && unicode.IsLetter(after) }

func amongWords(before, after rune) bool { return before == ' ' && !unicode.IsSpace(after) }

// around writes marks around parts of the text, which pick chooses.
func around(open, end string, pick func(words [][]int) [][2]int) func(*written, string) {
	return func(w *written, text string) {
		loose(w, text, func(s string) {
			at := 0
			for _, p := range pick(spansOfWords(s)) {
				w.plain(s[at:p[0]])
				w.marks(open)
				w.plain(s[p[0]:p[1]])
				w.marks(end)
				at = p[1]
			}
			w.plain(s[at:])
		})
	}
}

var aWord = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)

// mostMarked is how many words of a text get marks: a line may have no more
// than a hundred brackets.
const mostMarked = 60

// spansOfWords are the words of a text: where each of their characters begins, and
// where they end.
func spansOfWords(s string) (out [][]int) {
	for _, at := range aWord.FindAllStringIndex(s, mostMarked) {
		var w []int
		for i := range s[at[0]:at[1]] {
			w = append(w, at[0]+i)
		}
		out = append(out, append(w, at[1]))
	}
	return out
}

// within chooses a part of each word: all but so many characters before and
// after it.
func within(before, after int) func([][]int) [][2]int {
	return func(words [][]int) (out [][2]int) {
		for _, w := range words {
			if last := len(w) - 1 - after; last > before {
				out = append(out, [2]int{w[before], w[last]})
			}
		}
		return out
	}
}

// across chooses two words at a time, from the first or second on, less so
// many characters at either end.
func across(first, less int) func([][]int) [][2]int {
	return func(words [][]int) (out [][2]int) {
		for i := first; i+1 < len(words); i += 2 {
			if a, b := words[i], words[i+1]; len(a) > less+1 && len(b) > less+1 {
				out = append(out, [2]int{a[less], b[len(b)-1-less]})
			}
		}
		return out
	}
}

// spaced writes spaces in another way, but not before what unless matches.
func spaced(as string, unless *regexp.Regexp) func(*written, string) {
	return func(w *written, text string) {
		free := kept.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("x", len(s)) })
		for i, r := range text {
			if free[i] == ' ' && i > 0 && !unless.MatchString(text[i+1:]) {
				w.words(as, 1)
			} else {
				w.words(string(r), utf8.RuneLen(r))
			}
		}
	}
}

// What other spaces are not written before: what would begin a list, a heading,
// a table at the start of a line; a capital, where the break is seen, since it
// begins a line of its own, as of an address.
var (
	never      = regexp.MustCompile(`^\z.`)
	begins     = regexp.MustCompile(`^([-+*_#>|=~<\[\x60]|\d+[.)]|\{\{[#/!])`)
	beginsLine = regexp.MustCompile(begins.String() + `|^\p{Lu}`)
)

// replaced is a way to write some characters in another way.
func replaced(pairs ...string) func(rune) string {
	r := strings.NewReplacer(pairs...)
	return func(c rune) string { return r.Replace(string(c)) }
}

// names are the names in HTML of what sentences are made of.
var names = func() map[rune]string {
	out := map[rune]string{}
	for _, name := range strings.Fields(`nbsp amp lt gt quot apos period comma colon semi excl quest dollar percnt lpar rpar sol num rsquo
		lsquo ldquo rdquo mdash ndash hellip aacute eacute iacute oacute uacute uuml ntilde Aacute Eacute Iacute Oacute Uacute Ntilde iexcl iquest`) {
		r, _ := utf8.DecodeRuneInString(html.UnescapeString("&" + name + ";"))
		out[r] = "&" + name + ";"
	}
	return out
}()

func named(r rune) string { return cmp.Or(names[r], string(r)) }

func numbered(r rune) string { return fmt.Sprintf("&#%d;", r) }

// curly writes straight quotation marks as a typesetter does.
func curly(w *written, text string) {
	before := ' '
	for _, r := range text {
		as := r
		opens := unicode.IsSpace(before) || before == '('
		switch {
		case r == '"' && opens:
			as = '“'
		case r == '"':
			as = '”'
		case r == '\'' && opens:
			as = '‘'
		case r == '\'':
			as = '’'
		}
		w.words(string(as), utf8.RuneLen(r))
		before = r
	}
}

// escaped writes a backslash before each sign.
func escaped(w *written, text string) {
	loose(w, text, func(s string) {
		for _, r := range s {
			if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
				w.marks(`\`)
			}
			w.words(string(r), utf8.RuneLen(r))
		}
	})
}

// wardrobe holds every dress that words can wear.
var wardrobe = []dress{
	{"bold inside a word", "marks", around("**", "**", within(1, 1))},
	{"italic inside a word", "marks", around("*", "*", within(2, 1))},
	{"bold and italic inside a word", "marks", around("***", "***", within(1, 1))},
	{"first letters bold", "marks", around("**", "**", within(0, 1))},
	{"last letters italic", "marks", around("*", "*", within(1, 0))},
	{"bold words", "marks", around("**", "**", within(0, 0))},
	{"italic words", "marks", around("_", "_", within(0, 0))},
	{"bold across words", "marks", around("**", "**", across(0, 0))},
	{"bold across the next words", "marks", around("__", "__", across(1, 0))},
	{"bold from word into word", "marks", around("**", "**", across(0, 1))},
	{"italic from word into word", "marks", around("*", "*", across(1, 1))},
	{"link inside a word", "link", around("[", "](https://example.org)", within(1, 1))},
	{"link on each word", "link", around("[", "](https://example.org \"A\")", within(0, 0))},
	{"link across words", "link", around("[", "](https://example.org/a)", across(0, 0))},
	{"link across the next words", "link", around("[", "](<https://example.org/a b>)", across(1, 0))},
	{"link from word into word", "link", around("[", "](https://example.org)", across(0, 1))},
	{"picture across words", "picture", around("![", "](https://example.org/a.png)", across(0, 0))},
	{"comment inside a word", "marks", amid("<!-- A -->", inWords)},
	{"comment between words", "marks", amid("<!-- A -->", amongWords)},
	{"note inside a word", "marks", amid("{{! A }}", inWords)},
	{"note between words", "marks", amid("{{! A }}", amongWords)},
	{"characters by number", "", each(numbered)},
	{"characters by hexadecimal number", "", each(func(r rune) string { return fmt.Sprintf("&#x%X;", r) })},
	{"letters by number", "", each(func(r rune) string {
		if !unicode.IsLetter(r) {
			return string(r)
		}
		return numbered(r)
	})},
	{"characters by name", "", each(named)},
	{"escaped signs", "", escaped},
	{"soft line breaks", "", spaced("\n", begins)},
	{"soft line breaks, CRLF", "", spaced("\r\n", begins)},
	{"hard line breaks by backslash", "marks", spaced("\\\n", beginsLine)},
	{"hard line breaks by spaces", "marks", spaced("  \n", beginsLine)},
	{"tabs", "", spaced("\t", never)},
	{"many spaces", "", spaced("   ", never)},
	{"NBSP", "", spaced("\u00a0", never)},
	{"NBSP by name", "", spaced("&nbsp;", never)},
	{"narrow NBSP", "", spaced("\u202f", never)},
	{"figure spaces", "", spaced("\u2007", never)},
	{"soft hyphens", "", amid("\u00ad", inWords)},
	{"soft hyphens by name", "", amid("&shy;", inWords)},
	{"zero-width spaces", "", amid("\u200b", anywhere)},
	{"zero-width spaces by name", "", amid("&ZeroWidthSpace;", anywhere)},
	{"zero-width joiners", "", amid("\u200d", anywhere)},
	{"zero-width non-joiners", "", amid("\u200c", anywhere)},
	{"word joiners", "", amid("\u2060", anywhere)},
	{"byte order marks", "", amid("\ufeff", anywhere)},
	{"marks of direction", "", amid("\u200e\u202d\u202c", anywhere)},
	{"invisible operators", "", amid("\u2063", anywhere)},
	{"grapheme joiners", "", amid("\u034f", anywhere)},
	{"variation selectors", "", amid("\ufe0e", anywhere)},
	{"smart quotes", "", curly},
	{"straight quotes", "", each(replaced("’", "'", "‘", "'", "“", `"`, "”", `"`))},
	{"letters as apostrophes", "", each(replaced("’", "ʼ", "'", "ʼ"))},
	{"capitals", "capitals", each(func(r rune) string { return string(unicode.ToUpper(r)) })},
	{"NFD", "", each(func(r rune) string { return norm.NFD.String(string(r)) })},
}

// undressed is the plain paragraph.
var undressed = dress{"plain", "", func(w *written, text string) { w.plain(text) }}

// A place is somewhere on the page where a paragraph can stand.
type place struct {
	name, kind          string // as of a dress
	before, line, after string // what stands before the words, before their other lines, after them
}

// paragraph is where it stands in plain dress.
var paragraph = place{name: "paragraph"}

// everywhere are the places it can move to.
var everywhere = []place{
	{"heading", "heading one-line", "## ", "", ""},
	{"closed heading", "heading one-line", "###### ", "", " ######"},
	{"underlined heading", "heading", "", "", "\n---"},
	{"list item", "item", "- ", "  ", ""},
	{"one item of three", "item", "* A\n* ", "  ", "\n* B"},
	{"numbered item", "item", "1. ", "   ", ""},
	{"item in an item", "item", "- A\n  1) ", "     ", ""},
	{"second paragraph of an item", "item", "- A\n\n  ", "  ", ""},
	{"table cell", "cell one-line", "| A | B |\n|---|--:|\n| C | ", "", " |"},
	{"first cell of a row", "cell one-line", "| A | B |\n|---|--:|\n| ", "", " | C |"},
	{"head of a table", "head one-line", "| ", "", " | B |\n|---|--:|\n| C | D |"},
	{"block quote", "", "> ", "> ", ""},
	{"quote in a quote", "", ">> ", "> > ", ""},
	{"quote with lazy lines", "", "> ", "", ""},
	{"item in a quote", "item", "> - ", ">   ", ""},
	{"quote in an item", "", "1. > ", "   > ", ""},
	{"bold paragraph", "", "**", "", "**"},
	{"link", "link", "[", "", "](https://example.org)"},
	{"link by reference", "link", "[", "", "][r]\n\n[r]: https://example.org"},
	{"image", "image", "![", "", "](https://example.org/a.png)"},
	{"image by reference", "image", "![", "", "][r]\n\n[r]: https://example.org/a.png"},
	{"link title", "title", "[A](https://example.org \"", "", "\")"},
	{"link title in single quotes", "title", "[A](https://example.org '", "", "')"},
	{"link title in brackets", "title", "[A](https://example.org (", "", "))"},
	{"title on a line of its own", "title", "[A](https://example.org\n\"", "", "\")"},
	{"title of a reference", "title", "[A][r]\n\n[r]: https://example.org \"", "", "\""},
	{"title of an image", "title image", "![A](https://example.org/a.png \"", "", "\")"},
}

// is reports whether a place is of a kind.
func (p place) is(kind string) bool { return slices.Contains(strings.Fields(p.kind), kind) }

// wear writes a text in a dress at a place, unless it cannot be worn there.
func (p place) wear(d dress, text string) (w written, ok bool) {
	var t written
	title, linked := p.is("title"), strings.Contains(text, "](")
	if title && d.name == undressed.name {
		d.wear = escaped
	}
	d.wear(&t, text)
	switch {
	case title && (d.kind == "marks" || d.kind == "link" || d.kind == "picture" || strings.Contains(text, "{{")): // it shows marks and fields as they are
		return w, false
	case title && d.name != undressed.name && strings.ContainsAny(string(t.src), `"'()`): // they would end it
		return w, false
	case linked && (title || p.is("link") || d.kind == "link"), p.is("link") && d.kind == "link": // a link holds no link
		return w, false
	case p.before == "**" && (bytes.HasPrefix(t.src, []byte("**")) || bytes.HasSuffix(t.src, []byte("**"))): // four stars are not bold
		return w, false
	case p.is("one-line") && strings.Contains(string(t.src), "\n"):
		return w, false
	}
	w.marks(p.before)
	w.add(t, p.line)
	w.marks(p.after)
	return w, true
}
