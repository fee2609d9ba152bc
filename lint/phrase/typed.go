package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberClass returns the class of a number by its key.
func numberClass(key []byte) class {
	if ascii[key[0]] != digit || key[len(key)-1] >= utf8.RuneSelf { // a currency sign before or after
		return money | numeric
	}
	var outline [14]byte
	if len(key) > len(outline) {
		return numeric
	}
	for i, c := range key {
		if outline[i] = c; ascii[c] == digit {
			outline[i] = 'd'
		}
	}
	switch string(outline[:len(key)]) {
	case "ddd-dddd", "ddd-ddd-dddd", "ddd.ddd.dddd", "d-ddd-ddd-dddd", "d.ddd.ddd.dddd", "dddd-ddd-dddd", "dddd-ddd-ddd", "dd-dddd-dddd", "ddd-ddd-ddd", "ddd-dd-dd-dd":
		return phone | numeric
	case "dd/dd", "dddd-dd-dd", "dd-dd-dddd", "dd.dd.dddd",
		"d/d/dd", "d/dd/dd", "dd/d/dd", "dd/dd/dd", "d/d/dddd", "d/dd/dddd", "dd/d/dddd", "dd/dd/dddd":
		return date | numeric
	}
	return numeric
}

// CurrencySigns are the signs beside which an amount of money stands.
const CurrencySigns = "$€£₹₦₱₡₲₵₪¥"

// shortestPhone is how many digits and signs a number has at least that what
// stands before it makes one to call.
const shortestPhone = 7

// dialed reports whether what ends the text makes a number behind it one to call: the plus before the code of a country,
// the picture of a telephone.
func dialed(text string) bool {
	if strings.HasSuffix(text, "+") {
		return true
	}
	text = strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ':' || Invisible(r) })
	last, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune("☎☏✆📞📱📲", last)
}

// findPhone returns the phone number with its area code in brackets that begins at i, or no word: "(555) 555-0142",
// "(55) 5555 0142", "(0251) 5550142".
func findPhone(text string, i int) Word {
	start := i + len("(")
	end := start + digits(text[start:])
	if n := end - start; n < 2 || n > 4 || !strings.HasPrefix(text[end:], ")") {
		return Word{}
	}
	group := func() int {
		end += len(text[end:]) - len(strings.TrimLeftFunc(text[end:], betweenGroups))
		n := digits(text[end:])
		end += n
		return n
	}
	if n := group(); n != 7 && n != 8 && (n != 3 && n != 4 || group() != 4) {
		return Word{}
	}
	return Word{Start: i, End: end, class: phone | numeric | withDigits}
}

// betweenGroups reports whether r may stand between the groups of digits of a
// phone number.
func betweenGroups(r rune) bool {
	return r == ')' || r == '.' || r == '–' || hyphen(r) || unicode.IsSpace(r)
}

func digits(text string) int {
	n := 0
	for n < len(text) && ascii[text[n]] == digit {
		n++
	}
	return n
}

// Most bytes looked at for a mailbox and for a domain. The bounds keep the search linear.
const (
	maxMailbox = 64
	maxDomain  = 255
)

// What stands in a mailbox and in a domain besides ASCII letters and digits.
const (
	mailboxSigns = "._%+-"
	domainSigns  = ".-"
)

// findAddress returns the e-mail address or link around the end of a word, where a dot, a colon or an @ stands; no word
// if there is none. It may begin with words before, but not before the floor.
func findAddress(text string, floor int, w Word) Word {
	if text[w.End] == ':' {
		if strings.HasPrefix(text[w.End:], "://") && linkEnd(text, w.End+3) > w.End+3 {
			end := linkEnd(text, w.End+3)
			return Word{Start: w.Start, End: end, class: linkClass(text[w.Start:end])}
		}
		return Word{}
	}
	start := mailboxStart(text, floor, w)
	if at := addressEnd(text, w.End, mailboxSigns, maxMailbox); at < len(text) && text[at] == '@' {
		end := addressEnd(text, at+1, domainSigns, maxDomain)
		end = at + 1 + len(strings.TrimRight(text[at+1:end], domainSigns))
		if end > at+1 {
			return Word{Start: start, End: end, class: email}
		}
	}
	end := addressEnd(text, w.End, domainSigns, maxDomain)
	end = w.End + len(strings.TrimRight(text[w.End:end], domainSigns))
	if !domain(text[start:end]) {
		return Word{}
	}
	if end < len(text) && strings.IndexByte("/?:", text[end]) >= 0 {
		end = linkEnd(text, end)
	}
	return Word{Start: start, End: end, class: linkClass(text[start:end])}
}

// linkClass returns the class of a link. One that opens a chat with a number is a number to write to as well.
func linkClass(link string) class {
	if strings.Contains(link, "wa.me/") || strings.Contains(link, "api.whatsapp.com/") {
		return url | phone
	}
	return url
}

// mailboxStart returns where the mailbox or the first label of a domain begins, of which w is the last word.
func mailboxStart(text string, floor int, w Word) int {
	start := w.Start
	for i := w.Start; i > max(floor, w.Start-maxMailbox); {
		i--
		if ascii[text[i]] != 0 {
			start = i
		} else if strings.IndexByte(mailboxSigns, text[i]) < 0 {
			break
		}
	}
	return start
}

// addressEnd returns the end of the letters, digits and signs at i, most bytes at most.
func addressEnd(text string, i int, signs string, most int) int {
	text = text[:min(len(text), i+most)]
	for i < len(text) && (ascii[text[i]] != 0 || strings.IndexByte(signs, text[i]) >= 0) {
		i++
	}
	return i
}

// domain reports whether the run reads like pay.example.org: labels with letters, the last of two letters or more in one
// case. "today.We" is a space forgotten, "a.m" an abbreviation.
func domain(run string) bool {
	dot := strings.LastIndexByte(run, '.')
	if dot <= 0 || ascii[run[0]] == 0 || strings.Contains(run, "..") || len(run)-dot <= 2 {
		return false
	}
	return allOf(run[dot+1:], lower) || allOf(run, upper)
}

// allOf reports whether the letters of an ASCII text are all of one kind, and there is nothing but letters and dots.
func allOf(text string, kind uint8) bool {
	for i := range len(text) {
		if ascii[text[i]] != kind && text[i] != '.' {
			return false
		}
	}
	return true
}

// linkEnd returns the end of the link of which the text before i is part, punctuation at the end left out.
func linkEnd(text string, i int) int {
	end := i
	for ; i < len(text) && text[i] > ' ' && text[i] < utf8.RuneSelf && strings.IndexByte("<>\"(){}|\\^`", text[i]) < 0; i++ {
		if strings.IndexByte(".,;:!?'[]", text[i]) < 0 {
			end = i + 1
		}
	}
	return end
}

// Words that make a run of a date or an amount with numbers beside them. They are interned first, in this order, so that
// a range of numbers tells them apart.
const (
	monthNames = "january february march april may june july august september october november december " +
		"jan feb mar apr jun jul aug sep sept oct nov dec " +
		"enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre " +
		"ene abr ago dic"
	ofNames   = "of de del"
	unitNames = "dollars dollar usd cents euros eur pounds gbp cad aud nzd aed inr rs rupees kes ksh kshs tzs ugx ngn naira ghs zar egp gyd brl " +
		"dolares pesos soles quetzales lempiras mxn ars clp crc dop uyu"
)

var runWords = strings.Fields(monthNames + " " + ofNames + " " + unitNames)

// Numbers of the last month, the last "of" and the last unit.
const (
	lastMonth word = 12 + 12 + 13 + 4
	lastOf    word = lastMonth + 3
	lastUnit  word = lastOf + 38
)

// join finds the runs: dates and amounts of several words, phone numbers written with spaces.
func (t *tokenizer) join() {
	for i := 0; i < len(t.words); i++ {
		w := &t.words[i]
		if w.class&(numeric|withDigits) == 0 && !mayBeginRun(w.word) {
			continue
		}
		n, class := t.connected(i).run()
		if n < 2 {
			continue
		}
		last := &t.words[i+n-1]
		w.run, w.runClass = int8(n), class|numeric
		last.run, last.runClass = -w.run, w.runClass
		w.mask, last.mask = w.mask|typed, last.mask|typed
		i += n - 1
	}
}

// mayBeginRun reports whether the word is a month or a unit.
func mayBeginRun(w word) bool { return 0 < w && w <= lastMonth || lastOf < w && w <= lastUnit }

// maxRun is the length of the longest run: "5 de mayo de 2026".
const maxRun = 5

// connected returns word i and those after it that a run could hold.
func (t *tokenizer) connected(i int) connected {
	end := i + 1
	for end < len(t.words) && end < i+maxRun && t.words[end].joint&^(soft|line) == 0 {
		end++
	}
	return connected{t.text, t.words[i:end]}
}

// connected is a few words of a text with no more than a comma between them. Questions about a word beyond are answered
// with no.
type connected struct {
	text  string
	words []Word
}

// run returns how many words the run at the beginning has, fewer than 2 if there is none, and its class.
func (c connected) run() (int, class) {
	switch {
	case c.month(0) && c.day(1):
		return 2 + c.year(2), date
	case c.month(0):
		return 1 + c.year(1), date
	case c.day(0) && c.month(1):
		return 2 + c.year(2), date
	case c.day(0) && c.of(1) && c.month(2):
		return 3 + c.year(3), date
	case c.phone() > 0:
		return c.phone(), phone
	case c.unit(0) && c.amount(1), c.amount(0) && c.unit(1):
		return 2, money
	}
	return 0, 0
}

// phone returns how many words a phone number takes that is written with spaces, as most of the world does: three groups
// of digits or more, nine to thirteen digits (as E.164 has, less the shortest), the first group an area code, a country code or one that
// begins with 0 or is toll-free; or two groups, the first with 0. With a plus before it any groups do.
func (c connected) phone() int {
	n, all := 0, 0
	plus := strings.HasSuffix(c.text[:c.words[0].Start], "+")
	for ; n < len(c.words); n++ {
		size := len(c.at(n))
		if !plus && (size < 2 || size > 6) || size == 0 || !c.digits(n, size) || n > 0 && c.words[n].joint&soft != 0 {
			break
		}
		all += size
	}
	if all < 9 || all > 13 {
		return 0
	}
	first := c.at(0)
	switch {
	case plus:
		return n
	case n == 2 && first[0] != '0':
		return 0
	case n == 3 && len(first) == 3 && len(c.at(1)) == 2 && len(c.at(2)) == 4: // a Social Security number
		return 0
	case len(first) <= 3, first[0] == '0', first == "1800", first == "1300":
		return n
	}
	return 0
}

// year returns how many words a year at i takes, "2026" or "de 2026"; 0 if there is none.
func (c connected) year(i int) int {
	switch {
	case c.digits(i, 4):
		return 1
	case c.of(i) && c.digits(i+1, 4):
		return 2
	}
	return 0
}

// within reports whether word i has a number after one and up to another.
func (c connected) within(i int, after, upTo word) bool {
	return i < len(c.words) && after < c.words[i].word && c.words[i].word <= upTo
}

func (c connected) month(i int) bool { return c.within(i, 0, lastMonth) }
func (c connected) of(i int) bool    { return c.within(i, lastMonth, lastOf) }
func (c connected) unit(i int) bool  { return c.within(i, lastOf, lastUnit) }

func (c connected) amount(i int) bool {
	return i < len(c.words) && c.words[i].class&numeric != 0
}

// day reports whether word i is one or two digits, perhaps of an ordinal: 5, 5th.
func (c connected) day(i int) bool {
	text := c.at(i)
	n := digits(text)
	if n == 0 || n > 2 {
		return false
	}
	switch text[n:] {
	case "", "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		return true
	}
	return false
}

// digits reports whether word i is n digits.
func (c connected) digits(i, n int) bool {
	text := c.at(i)
	return len(text) == n && digits(text) == n
}

// at returns word i as it is written, or nothing if it has no digits.
func (c connected) at(i int) string {
	if i >= len(c.words) || c.words[i].class&withDigits == 0 {
		return ""
	}
	return c.text[c.words[i].Start:c.words[i].End]
}
