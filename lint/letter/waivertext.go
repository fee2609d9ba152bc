package letter

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bedside/internal/nearest"
)

// waiverStart is how a comment begins that is meant as a waiver; a colon may
// have been forgotten.
var waiverStart = regexp.MustCompile(`(?i)^<!--\s*bedside(?:\s*:|\s+allow\b)`)

// waiverClauses are what can stand behind the rule of a waiver.
var waiverClauses = []string{"because", "until", "by"}

const (
	waiverTry = "Write it so, until and by if you like: <!-- bedside: allow ban.legalese because \"required by state form 12-B\" until 2027-03-31 by \"NAME\" -->"
	reasonTry = "Say in a few words why it has to stay, such as \"required by state form 12-B\"."
	untilTry  = "Write year, month and day: 2027-03-31"
)

// A waiverFault is why a waiver cannot be read, at a place of its text.
type waiverFault struct {
	at           Span
	message, try string
}

// readWaiver reads a comment that waiverStart finds, from <!-- to -->. Places
// are bytes of the text.
func readWaiver(text string) (Waiver, *waiverFault) {
	r := waiverReader{text: strings.TrimSuffix(text, "-->"), said: map[string]bool{}}
	start := waiverStart.FindStringIndex(text)
	if r.at = start[1]; text[r.at-1] != ':' {
		name := Span{start[0] + len("<!--"), r.at}
		return Waiver{}, &waiverFault{trimmed([]byte(text), name), "behind “bedside” a colon is missing", waiverTry}
	}
	r.read()
	if r.fault == nil {
		r.fault = r.w.faulty(Span{0, len(text)}, r.because)
	}
	return r.w, r.fault
}

// A waiverReader reads a waiver word by word and keeps the first fault.
type waiverReader struct {
	text    string
	at      int
	w       Waiver
	because Span
	said    map[string]bool // by clause
	fault   *waiverFault
}

func (r *waiverReader) fail(at Span, try, format string, args ...any) {
	if r.fault == nil {
		r.fault = &waiverFault{at, fmt.Sprintf(format, args...), try}
	}
}

// all is the whole comment, for what is missing.
func (r *waiverReader) all() Span { return Span{0, len(r.text) + len("-->")} }

// word reads what stands up to the next white space; "" is the end.
func (r *waiverReader) word() (string, Span) {
	start := r.at + len(r.text[r.at:]) - len(strings.TrimLeftFunc(r.text[r.at:], unicode.IsSpace))
	end := len(r.text)
	if n := strings.IndexFunc(r.text[start:], unicode.IsSpace); n >= 0 {
		end = start + n
	}
	r.at = end
	return r.text[start:end], Span{start, end}
}

// read reads all behind the colon.
func (r *waiverReader) read() {
	switch verb, at := r.word(); {
	case verb == "":
		r.fail(r.all(), waiverTry, "this waiver says nothing")
	case !strings.EqualFold(verb, "allow"):
		r.fail(at, waiverTry, "“%s” is not a word here%s: a waiver begins with allow", verb, nearest.Hint(verb, []string{"allow"}))
	}
	var at Span
	switch r.w.Rule, at = r.word(); {
	case r.w.Rule == "":
		r.fail(r.all(), waiverTry, "this waiver names no rule")
	case strings.Contains(r.w.Rule, ","):
		r.fail(at, "Write a waiver for each, one line below the other.", "a waiver is for one rule")
	case isClause(r.w.Rule):
		r.fail(at, waiverTry, "before “%s” the name of a rule is missing", r.w.Rule)
	}
	r.w.RuleAt = at
	for r.fault == nil {
		clause, at := r.word()
		if clause == "" {
			return
		}
		r.clause(strings.ToLower(clause), at)
	}
}

func isClause(word string) bool {
	for _, c := range waiverClauses {
		if strings.EqualFold(word, c) {
			return true
		}
	}
	return false
}

// clause reads what stands behind one of waiverClauses.
func (r *waiverReader) clause(clause string, at Span) {
	switch {
	case !isClause(clause):
		r.fail(at, waiverTry, "“%s” is not a word here%s: behind the rule stand because, until and by", r.text[at.Start:at.End], nearest.Hint(clause, waiverClauses))
		return
	case r.said[clause]:
		r.fail(at, "Leave one of them out.", "this waiver says %s twice", clause)
		return
	}
	r.said[clause] = true
	text, in, quoted := r.quoted(at)
	switch {
	case clause == "until" && !quoted:
		text, in = r.word()
		fallthrough
	case clause == "until":
		if r.w.Until, r.w.UntilAt = text, in; text == "" {
			r.fail(at, untilTry, "behind until a day is missing")
		}
	case !quoted && r.fault == nil:
		word, in := r.word()
		if word == "" {
			in = at
		}
		r.fail(in, fmt.Sprintf("Put it in quotation marks: %s \"…\"", clause), "behind %s words in quotation marks are missing", clause)
	case clause == "because":
		r.w.Because, r.because = text, in
	default:
		if r.w.By = text; text == "" {
			r.fail(at, "Say who decided it, or leave out by.", "behind by a name is missing")
		}
	}
}

// closers are the quotation marks that may end what one of them begins: office
// programs put in others than were typed.
var closers = map[rune]string{'"': "\"”“", '“': "”\"“", '”': "”\"", '„': "“”\"", '«': "»", '»': "«", '\'': "'’", '‘': "’'", '’': "’'"}

// quoted reads words in quotation marks, if they stand next; of more than one
// line they become one.
func (r *waiverReader) quoted(clause Span) (text string, at Span, ok bool) {
	rest := strings.TrimLeftFunc(r.text[r.at:], unicode.IsSpace)
	mark, n := utf8.DecodeRuneInString(rest)
	ends := closers[mark]
	if ends == "" {
		return "", Span{}, false
	}
	open := len(r.text) - len(rest)
	for _, end := range ends {
		for i := open + n; i < len(r.text); {
			c, size := utf8.DecodeRuneInString(r.text[i:])
			if c == end && (!strings.ContainsRune(ends, '\'') || r.endsAt(i+size)) {
				r.at = i + size
				return strings.Join(strings.Fields(r.text[open+n:i]), " "), Span{open, r.at}, true
			}
			i += size
		}
	}
	r.fail(Span{open, open + n}, "Close it with the same sign, and use none of its kind inside.", "behind %s a quotation mark is not closed", r.text[clause.Start:clause.End])
	return "", Span{}, false
}

// endsAt reports whether a word ends here: a single mark inside of one is an
// apostrophe.
func (r *waiverReader) endsAt(i int) bool {
	c, _ := utf8.DecodeRuneInString(r.text[i:])
	return i == len(r.text) || unicode.IsSpace(c)
}

// A reason has at least so many words and letters.
const (
	reasonWords   = 3
	reasonLetters = 10
)

// faulty is what a waiver lacks to be one, whichever way it is written: a
// reason, given at because, and a day that there is. all is the whole waiver.
func (w *Waiver) faulty(all, because Span) *waiverFault {
	letters := 0
	for _, c := range w.Because {
		if unicode.IsLetter(c) {
			letters++
		}
	}
	_, err := time.Parse(time.DateOnly, w.Until)
	switch {
	case w.Until != "" && err != nil:
		return &waiverFault{w.UntilAt, fmt.Sprintf("“%s” is no day", w.Until), untilTry}
	case because == Span{}:
		return &waiverFault{all, "this waiver gives no reason", reasonTry}
	case len(strings.Fields(w.Because)) < reasonWords || letters < reasonLetters:
		return &waiverFault{because, fmt.Sprintf("“%s” says too little for a reason", w.Because), reasonTry}
	}
	return nil
}
