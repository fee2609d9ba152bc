package lint

import (
	"fmt"
	"hash/crc32"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/unicode/norm"

	"bedside/lint/letter"
	"bedside/lint/phrase"
)

// rightly are the judgements that a dress or a place changes, by its kind, and
// why.
var rightly = []struct{ kinds, lost, gained, why string }{
	{"heading cell head title", "limit.sentence-length limit.paragraph-length limit.letter-length limit.passive limit.reading-grade limit.reading-ease", "",
		"this is no running text, of which these are the limits"},
	{"item", "limit.paragraph-length", "", "a list is what is offered instead of a long paragraph"},
	{"head", "limit.shouting", "", "the heads of columns are labels"},
	{"image picture", "", "letter.image", "a picture is refused, whatever it says"},
	{"capitals", "limit.shouting", "limit.shouting", "this is what it looks for"},
	{"capitals", "", "ban.jargon limit.reading-grade", "an abbreviation is known by its capitals, and read letter by letter"},
	{"capitals", "require.named-person require.contact-info require.sign-off require.personal-greeting",
		"require.named-person require.contact-info require.sign-off require.personal-greeting",
		"a name is known by its capital: where all are capitals, every word may be one"},
	{"link", "require.payment-options require.contact-info", "require.payment-options require.contact-info",
		"“pay now” is an order in a sentence, and a way to pay in a link; so is “contact us” a way to reach the office"},
}

// A comparison of letters with the same letters in other dress.
type comparison struct {
	*testing.T
	pack *Pack
	mu   sync.Mutex
	used [16]bool       // rows of rightly
	worn map[string]int // how often, by dress and place
}

func compareDresses(t *testing.T) *comparison {
	return &comparison{T: t, pack: openPack(t), worn: map[string]int{}}
}

// A sight is what a check sees somewhere: a finding, or words of a rule that
// need not be one.
type sight struct {
	rule, what string
	at         letter.Span // zero where it has no words
}

func (s sight) String() string {
	return fmt.Sprintf("%s %s at %d-%d", s.rule, s.what, s.at.Start, s.at.End)
}

// sights are the findings of a letter, and all words of all rules in it.
func (p *Pack) sights(path string, src []byte) (out []sight) {
	read := p.read(letter.Parse(path, src, p.Dictionary, "en"))
	defer p.release(read)
	for _, f := range p.judge(read).Findings {
		switch {
		case f.Span.Start == f.Span.End: // of the letter as a whole, or missing from it
			out = append(out, sight{rule: f.Rule.ID, what: f.Severity.String() + " " + f.Message})
		case f.Rule.Kind == "letter": // it shows the bytes
			out = append(out, sight{f.Rule.ID, f.Severity.String(), f.Span})
		default:
			out = append(out, sight{f.Rule.ID, f.Severity.String() + " " + asRead(f.Text), f.Span})
		}
	}
	for _, h := range read.found {
		if h.block >= 0 {
			m := read.match(h)
			out = append(out, sight{p.Rules[h.rule].ID, strconv.Itoa(h.entry) + " " + asRead(m.Text), m.Span})
		}
	}
	return out
}

var straighten = strings.NewReplacer("’", "'", "‘", "'", "ʼ", "'", "“", `"`, "”", `"`)

// asRead is a text less all that its dress changes.
func asRead(s string) string {
	return strings.Join(strings.Fields(straighten.Replace(norm.NFC.String(strings.ToLower(s)))), " ")
}

// compare wants to see in what w has written what was seen in the plain text,
// at the bytes that write it now.
func (c *comparison) compare(name string, plain []sight, w *written, d dress, at place) {
	c.Helper()
	kinds := strings.Fields(d.kind + " " + at.kind)
	want := slices.Clone(plain)
	for i, s := range want {
		if s.at.Start < s.at.End {
			want[i].at = w.source(s.at)
		}
	}
	got := c.pack.sights("x.md", w.src)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.worn[d.name]++
	c.worn[at.name]++
	for _, s := range want {
		if !slices.Contains(got, s) && !c.rightly(s.rule, kinds, false) {
			c.Errorf("%s, %s, %s: lost %s in %q", name, d.name, at.name, s, w.src)
		}
	}
	for _, s := range got {
		if !slices.Contains(want, s) && !c.rightly(s.rule, kinds, true) {
			c.Errorf("%s, %s, %s: new %s in %q", name, d.name, at.name, s, w.src)
		}
	}
}

// rightly reports whether a judgement of a rule may be gained, or lost, where
// something of these kinds is worn.
func (c *comparison) rightly(rule string, kinds []string, gained bool) bool {
	for i, r := range rightly {
		rules := r.lost
		if gained {
			rules = r.gained
		}
		if slices.Contains(strings.Fields(rules), rule) && slices.ContainsFunc(strings.Fields(r.kinds), func(k string) bool { return slices.Contains(kinds, k) }) {
			c.used[i] = true
			return true
		}
	}
	return false
}

// finish wants every dress and every place worn, and every exception needed.
func (c *comparison) finish(least int) {
	c.Helper()
	for _, d := range wardrobe {
		if c.worn[d.name] < least {
			c.Errorf("%s was worn %d times, want %d", d.name, c.worn[d.name], least)
		}
	}
	for _, at := range everywhere {
		if c.worn[at.name] < least {
			c.Errorf("%s was tried %d times, want %d", at.name, c.worn[at.name], least)
		}
	}
}

// TestDressChangesNothing: every hit of every rule, in every dress and at every
// place, has the findings it has in plain dress, at exactly the bytes that write
// their words. So has every sentence, hit or near miss, at every third place in
// one dress after the other; which ones is up to its own words, so that another
// proof in rules.toml changes nothing for it.
func TestDressChangesNothing(t *testing.T) {
	c := compareDresses(t)
	all := sentences(c)
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		wait.Go(func() {
			for n := first; n < len(all); n += workers {
				c.dressSentence(all[n])
			}
		})
	}
	wait.Wait()
	c.finish(400)
	for i, r := range rightly {
		if !c.used[i] {
			t.Errorf("nothing needs the exception “%s”", r.why)
		}
	}
}

// dressSentence compares a sentence with itself in other dress.
func (c *comparison) dressSentence(s sentence) {
	n := int(crc32.ChecksumIEEE([]byte(s.text)))
	try := func(d dress, at place) {
		var w written
		w.plain(s.head)
		if body, ok := at.wear(d, s.text); ok {
			w.add(body, "")
			w.marks("\n")
			c.compare(s.rule, s.plain, &w, d, at)
		}
	}
	if s.hit {
		for _, d := range wardrobe {
			try(d, paragraph)
		}
		for _, at := range everywhere {
			try(undressed, at)
		}
	}
	for i := n % 3; i < len(everywhere); i += 3 {
		try(wardrobe[(n+i)%len(wardrobe)], everywhere[i])
	}
}

// TestDressOfFileNames: a name is no Markdown, but it can be written in
// capitals, decomposed (as macOS does), or with signs that nobody sees.
func TestDressOfFileNames(t *testing.T) {
	t.Parallel()
	p := openPack(t)
	tried := 0
	for _, r := range p.Rules {
		for _, e := range r.Entries {
			for _, hit := range e.Hit {
				name, words := Marked(hit)
				for _, d := range wardrobe {
					var w written
					if d.wear(&w, name); e.proofIn != inFile || d.kind != "" && d.kind != "capitals" || strings.ContainsAny(string(w.src), "&\\\n") {
						continue
					}
					tried++
					res := p.Check("letters/"+string(w.src)+".md", []byte("A letter."))
					if !slices.ContainsFunc(res.Findings, func(f Finding) bool { return f.Rule == r && visible(asRead(f.Text)) == asRead(words[0]) }) {
						t.Errorf("%s, %s: not found in %q: %s", r.ID, d.name, w.src, listed(res, r.ID))
					}
				}
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d tried", tried)
	}
}

// visible is what is seen of a text.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if phrase.Invisible(r) {
			return -1
		}
		return r
	}, s)
}

// A sentence is one that proves a rule, as a letter of its own.
type sentence struct {
	rule, head, text string
	hit              bool // or a near miss
	plain            []sight
}

// sentences are all that prove the rules.
func sentences(c *comparison) (out []sentence) {
	for _, r := range c.pack.Rules {
		for _, e := range r.Entries {
			if e.proofIn != 0 {
				continue // what it looks at is no letter
			}
			for i, text := range slices.Concat(e.Hit, e.OK) {
				text, _ = Marked(text)
				s := sentence{rule: r.ID, head: headFor(r, e), text: strings.TrimSpace(text), hit: i < len(e.Hit)}
				s.plain = c.pack.sights("x.md", []byte(s.head+s.text+"\n"))
				if !norm.NFC.IsNormalString(s.text) {
					c.Errorf("%s: %q is not NFC, so that NFD is no other dress", r.ID, s.text)
				}
				out = append(out, s)
			}
		}
	}
	for _, text := range faults {
		s := sentence{rule: "letter.*", head: headFor(c.pack.Rules[0], &Entry{}), text: text, hit: true}
		s.plain = c.pack.sights("x.md", []byte(s.head+s.text+"\n"))
		out = append(out, s)
	}
	return out
}

// faults are sentences with faults of the file itself, which have no hit.
var faults = []string{
	"Dear [Patient Name],", "You owe $[Amount Due] on {Due Date}.", "Dear ((Client Name)), you owe ${amountDue}.", "Dear «RecipFirstName», call {officePhone}.",
	"Llame al [Teléfono de la Oficina].", "Amount due: ______ today.", "Teléfono: ______ hoy.", "Pay ........ now.", "Dear {{patient_frist_name}}, we saw {{ doc.customer_name }}.",
	"You owe {{{balance_due}}} now.", "Pay {{balance now.",
}

// headFor is the head of a letter to which an entry applies.
func headFor(r *Rule, e *Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = \"A\"\nlanguage = %q\n", max(e.Language, "en"))
	if e.sender != "" {
		fmt.Fprintf(&b, "sender = %q\n", e.sender)
	}
	if kinds := slices.Concat(e.only, r.only); len(kinds) > 0 {
		fmt.Fprintf(&b, "kinds = [\"%s\"]\n", strings.Join(kinds, `", "`))
	}
	return b.String() + "+++\n\n# A\n\n"
}

// TestDressOfLetters: the letters of the pack in every dress, and with their
// paragraphs at every place, hold what they hold, and nothing else is found.
func TestDressOfLetters(t *testing.T) {
	t.Parallel()
	c := compareDresses(t)
	for name, src := range letters(t, c.pack) {
		if name == "harsh" {
			continue // their sentences are tried one by one
		}
		plain := c.pack.sights("x.md", []byte(src))
		if len(plain) < 15 {
			t.Errorf("%s: only %d things are seen", name, len(plain))
		}
		try := func(d dress, at place) {
			var w written
			if dressLetter(&w, src, d, at) {
				c.compare(name, plain, &w, d, at)
			}
		}
		for _, d := range wardrobe {
			try(d, paragraph)
		}
		for name, write := range map[string]func(w *written){
			"byte order mark":     func(w *written) { w.marks("\ufeff"); w.plain(src) },
			"no line end at last": func(w *written) { w.plain(strings.TrimRight(src, "\n")) },
			"CRLF": func(w *written) {
				for i := range len(src) {
					w.words(strings.ReplaceAll(src[i:i+1], "\n", "\r\n"), 1)
				}
			},
		} {
			var w written
			write(&w)
			c.compare(name, plain, &w, dress{name: name}, paragraph)
		}
		for i, at := range everywhere {
			try(undressed, at)
			try(wardrobe[(len(src)+i)%len(wardrobe)], at)
		}
	}
	c.finish(6)
}

// Lines of a letter that stay what they are, and what lines begin with.
var (
	control = regexp.MustCompile(`^(\{\{[#/!]|\{\{else|\|[ :|-]+\|$|$)`)
	prefix  = regexp.MustCompile(`^(#+ |- |\d\. |\| )`)
)

// dressLetter writes a letter with all its words in a dress and its paragraphs
// at a place, and reports whether any could be.
func dressLetter(w *written, src string, d dress, at place) (any bool) {
	_, body, _ := strings.Cut(src[4:], "+++\n")
	w.plain(strings.TrimSuffix(src, body))
	put := func(text string, at place) {
		own := fmt.Sprintf("[r%d]", len(w.src)) // a reference of its own
		at.before, at.after = strings.ReplaceAll(at.before, "[r]", own), strings.ReplaceAll(at.after, "[r]", own)
		t, ok := at.wear(d, text)
		if any = any || ok; !ok {
			t, _ = paragraph.wear(undressed, text)
		}
		w.add(t, "")
	}
	var lines []string // of the paragraph
	flush := func() {
		if lines != nil {
			put(strings.Join(lines, "\n"), at)
			w.plain("\n")
			if at.is("cell") || at.is("head") {
				w.marks("\n") // a condition right behind a table would be one within it
			}
			lines = nil
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(body, "\n"), "\n") {
		mark, fixed := prefix.FindString(line), control.MatchString(line)
		if mark == "" && !fixed {
			lines = append(lines, line)
			continue
		}
		flush()
		if fixed {
			w.plain(line)
		} else {
			w.plain(mark)
			put(line[len(mark):], place{kind: "one-line"})
		}
		w.plain("\n")
	}
	flush()
	return any
}
