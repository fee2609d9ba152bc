package lint

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bedside/lint/letter"
	"bedside/lint/readability"
)

// limitTable is [limit.*]: a measure with bounds.
type limitTable struct {
	common
	Measure string   `toml:"measure"`
	Lang    string   `toml:"lang"`
	Note    *float64 `toml:"note"` // above (for reading ease: below) this bound it is a note
	Warning *float64 `toml:"warning"`
	Error   *float64 `toml:"error"`
	Allow   []string `toml:"allow"` // words that may stand in capitals
	Alarm   []string `toml:"alarm"` // words that make a few words in capitals shout; * is the rest of a word, : at the end lets it shout before a colon
	Try     string   `toml:"try"`
	wording

	allowed map[string]bool // Allow
	by      measure         // of the name Measure
}

func (t *limitTable) decode(into func(v any) error) error {
	return t.lay(func() error { return into(t) })
}

// A measure takes its values from a letter and has the limit report them, and
// say is the message for a value of these words; or it is that of a whole form,
// which may have none. below tells that low values are the bad ones, reading that it is
// one of how hard a letter is to read.
type measure struct {
	name           string
	below, reading bool
	take           func(t *limitTable, read *reading, found func(Match))
	say            func(value float64, words string) string
	form           func(c readability.Counts, lang readability.Language) (value float64, ok bool)
}

// wordsMeasure is the measure that is the use of some words.
const wordsMeasure = "words"

var measures = []measure{
	{name: "fk_grade", reading: true, form: score(readability.English, 1)},
	{name: "inflesz", below: true, reading: true, form: score(readability.Spanish, -1)},
	{name: "letter_words", form: func(c readability.Counts, _ readability.Language) (float64, bool) { return float64(c.Tokens), true }},
	{name: "sentence_words", take: sentenceWords, say: func(v float64, _ string) string { return number(v) + " words in one sentence" }},
	{name: "paragraph_sentences", take: paragraphSentences, say: func(v float64, _ string) string { return number(v) + " sentences in one paragraph" }},
	{name: "capitals", take: capitals, say: func(_ float64, words string) string { return quote(words) + " is written in capitals" }},
	{name: "exclamations", take: exclamations, say: func(_ float64, words string) string { return quote(words) + " raises the voice" }},
	{name: "passive", take: passives, say: func(_ float64, words string) string { return quote(words) + " hides who does it" }},
}

func (t *limitTable) compile(r *Rule, _ *Pack) (check, error) {
	r.limit = t
	for _, b := range t.bounds() {
		if b.bound != nil {
			r.Severity = max(r.Severity, b.s)
		}
	}
	if r.Severity == 0 {
		return nil, fmt.Errorf("a limit needs a bound: note, warning or error")
	}
	if t.Measure == wordsMeasure {
		if err := t.inOrder(false); err != nil {
			return nil, err
		}
		return t.wording.compile(r)
	}
	t.allowed = map[string]bool{}
	for _, w := range t.Allow {
		t.allowed[w] = true
	}
	known := []string{wordsMeasure}
	for _, m := range measures {
		if m.name == t.Measure {
			if err := t.inOrder(m.below); err != nil {
				return nil, err
			}
			r.Try = nonEmpty(t.Try)
			r.Entries = []*Entry{{key: []string{"hit"}, Language: t.Lang, Try: r.Try, Hit: t.Hit, OK: t.OK}}
			t.by = m
			return t.check, nil
		}
		known = append(known, m.name)
	}
	return nil, &keyError{[]string{"measure"}, 0, t.Measure, unknownName("measure", t.Measure, known).Error()}
}

// check reports each value beyond a bound.
func (t *limitTable) check(read *reading, found func(Match)) {
	switch {
	case t.Lang != "" && t.Lang != read.lang:
	case t.by.form != nil:
		t.forms(read, found)
	default:
		t.by.take(t, read, found)
	}
}

// report reports bytes [start, end) of a block if the value measured there is beyond a bound.
func (t *limitTable) report(value float64, b *letter.Block, start, end int, found func(Match)) {
	if s, _ := t.beyond(value, t.by.below); s != 0 {
		words := oneLine(b.Text[start:end])
		found(Match{Severity: s, Span: b.Source(start, end), Text: words, Message: t.by.say(value, words),
			Try: nonEmpty(t.Try), Forms: b.Forms})
	}
}

// forms reports the forms beyond each bound together, by the worst of them.
func (t *limitTable) forms(read *reading, found func(Match)) {
	var worst [Error + 1]struct {
		value float64
		forms letter.FormSet
	}
	for form, c := range read.forms {
		value, ok := t.by.form(c, readability.Language(read.lang))
		if s, _ := t.beyond(value, t.by.below); ok && s != 0 {
			w := &worst[s]
			if w.forms == 0 || t.by.below && value < w.value || !t.by.below && value > w.value {
				w.value = value
			}
			w.forms |= 1 << form
		}
	}
	side, gives := "below", "adds"
	if t.by.below {
		side, gives = "above", "takes"
	}
	for s, w := range worst {
		if w.forms == 0 {
			continue
		}
		_, aim := t.beyond(w.value, t.by.below)
		match := Match{Severity: Severity(s), Span: read.top(), Try: nonEmpty(t.Try), Forms: w.forms,
			Message: fmt.Sprintf("%s %s; aim at %s or %s", t.Says, number(w.value), number(aim), side)}
		if t.by.reading && w.forms&read.worst.Forms != 0 {
			for _, h := range read.hardest(1) {
				match.Span, match.Text = h.block.Source(h.Start, h.End), oneLine(h.block.Text[h.Start:h.End])
				match.Message += fmt.Sprintf("; begin with this sentence, it %s %s", gives, number(h.share))
			}
		}
		found(match)
	}
}

// A bound of a limit, nil when there is none, and what is beyond it.
type bound struct {
	bound *float64
	s     Severity
}

// bounds are the bounds of a limit, the gravest first.
func (t *limitTable) bounds() [3]bound {
	return [3]bound{{t.Error, Error}, {t.Warning, Warning}, {t.Note, Note}}
}

// mildest is the mildest bound there is.
func (t *limitTable) mildest() (least float64) {
	for _, b := range t.bounds() {
		if b.bound != nil {
			least = *b.bound
		}
	}
	return least
}

// inOrder refuses bounds of which a graver one is passed before a milder one.
func (t *limitTable) inOrder(below bool) error {
	last := math.Inf(-1)
	if below {
		last = math.Inf(1)
	}
	bounds := t.bounds()
	for _, b := range slices.Backward(bounds[:]) {
		if b.bound == nil {
			continue
		}
		if below && *b.bound > last || !below && *b.bound < last {
			return &keyError{[]string{b.s.String()}, 0, "", fmt.Sprintf("the bound for %s is passed before a milder one", b.s)}
		}
		last = *b.bound
	}
	return nil
}

// A Bound of a limit: values beyond it have the severity.
type Bound struct {
	Severity Severity
	Value    float64
}

// Limit tells what a limit rule measures, whether low values are the bad ones,
// and its bounds, the mildest first. Of any other rule the measure is "".
func (r *Rule) Limit() (measure string, below bool, bounds []Bound) {
	if r.limit == nil {
		return "", false, nil
	}
	for _, b := range r.limit.bounds() {
		if b.bound != nil {
			bounds = append([]Bound{{b.s, *b.bound}}, bounds...)
		}
	}
	for _, m := range measures {
		below = below || m.name == r.limit.Measure && m.below
	}
	return r.limit.Measure, below, bounds
}

// Reading reports whether a rule limits how hard a letter is to read.
func (r *Rule) Reading() bool {
	return r.limit != nil && slices.ContainsFunc(measures, func(m measure) bool { return m.reading && m.name == r.limit.Measure })
}

// ofForm reports whether a rule limits a measure of all a letter says.
func (r *Rule) ofForm() bool {
	return r.limit != nil && slices.ContainsFunc(measures, func(m measure) bool { return m.form != nil && m.name == r.limit.Measure })
}

// beyond is the gravest bound that value exceeds, and the mildest bound there
// is: what to aim at. A value is compared as it is printed, to one decimal.
func (t *limitTable) beyond(value float64, below bool) (s Severity, aim float64) {
	value = round(value)
	for _, b := range t.bounds() {
		if b.bound != nil && (value > *b.bound && !below || value < *b.bound && below) {
			s = b.s
			break
		}
	}
	return s, t.mildest()
}

// round rounds a measured value as it is printed, to one decimal.
func round(v float64) float64 { return math.Round(v*10) / 10 }

// number prints a measured value with one decimal, whole numbers without.
func number(v float64) string { return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 1, 64), ".0") }

// score measures a form by the headline formula of a language, of which the sign tells in what direction it is hard;
// below the length at which a formula says anything it has no value.
func score(of readability.Language, sign float64) func(readability.Counts, readability.Language) (float64, bool) {
	return func(c readability.Counts, lang readability.Language) (float64, bool) {
		hardness, ok := c.Hardness(lang)
		return sign * hardness, ok && lang == of && c.Confidence() != readability.None
	}
}

func sentenceWords(t *limitTable, read *reading, found func(Match)) {
	least := t.mildest() // of most paragraphs all the words are fewer
	for i := range read.Blocks {
		if c := &read.blocks[i]; c.scored && float64(c.to-c.from) > least {
			b := &read.Blocks[i]
			for s, tokens := range readability.BySentence(b.Sentences, read.tokensOf(i)) {
				if float64(len(tokens)) > least {
					t.report(float64(len(tokens)), b, s.Start, s.End, found)
				}
			}
		}
	}
}

func paragraphSentences(t *limitTable, read *reading, found func(Match)) {
	least := t.mildest()
	for i := range read.Blocks {
		if b := &read.Blocks[i]; read.blocks[i].scored && b.Kind == letter.Paragraph && float64(len(b.Sentences)) > least {
			first := b.Sentences[0]
			t.report(float64(len(b.Sentences)), b, first.Start, first.End, found)
		}
	}
}

// exclamations finds runs of exclamation marks; the value is their number.
func exclamations(t *limitTable, read *reading, found func(Match)) {
	for i := range read.Blocks {
		b := &read.Blocks[i]
		if b.Kind == letter.Code || !strings.ContainsRune(b.Text, '!') {
			continue
		}
		for from := 0; from < len(b.Text); from++ {
			end := from
			for end < len(b.Text) && b.Text[end] == '!' {
				end++
			}
			if end > from && !b.Marked(from, end) {
				start := len(strings.TrimRightFunc(b.Text[:from], func(r rune) bool { return !unicode.IsSpace(r) }))
				t.report(float64(end-from), b, start, end, found)
			}
			from = max(from, end-1)
		}
	}
}

// passives finds verbs in the passive voice.
func passives(t *limitTable, read *reading, found func(Match)) {
	for i := range read.Blocks {
		if c := &read.blocks[i]; !c.scored || !c.counts.Passive() {
			continue
		}
		b := &read.Blocks[i]
		read.passives = readability.Passives(read.passives[:0], b.Text, b.Sentences, read.tokensOf(i))
		for _, s := range read.passives {
			t.report(1, b, s.Start, s.End, found)
		}
	}
}

// capitals finds runs of words in capitals that shout: with a word that warns,
// two or more words, or one of five letters or more that is no label (“OVERDUE:”);
// without one, a whole sentence. Initialisms and the words in allow do not make a run, but
// may stand inside one, and so may a word of one letter or a number in brackets. The value is the number of its words.
func capitals(t *limitTable, read *reading, found func(Match)) {
	for i := range read.Blocks {
		b, c := &read.Blocks[i], &read.blocks[i]
		if b.Kind == letter.Code || b.Header || c.scored && !c.counts.Capitals() {
			continue
		}
		var run shout
		for _, tok := range read.tokensOf(i) {
			word := b.Text[tok.Start:tok.End]
			if run.skipsFigure(b.Text, tok) {
				continue
			}
			small := run.words > 0 && len(word) == 1 && 'A' <= word[0] && word[0] <= 'Z' // A BILL, I MUST
			loud := tok.Class == readability.Word && (small || readability.IsCapitals(word)) && !b.Marked(tok.Start, tok.End)
			if run.words > 0 && !(loud && run.joins(b.Text, tok.Start)) {
				run.report(t, b, found)
				run = shout{}
			}
			if loud {
				run.add(tok.Start, tok.End, small || t.allowed[word] || readability.IsInitialism(word))
				alarms, calls := t.alarming(word)
				run.alarms, run.calls = run.alarms || alarms, run.calls || calls
			}
		}
		run.report(t, b, found)
	}
}

// A shout is a run of words in capitals.
type shout struct {
	start, end  int // of the loud words: initialisms around them do not belong to it
	last        int // where its last word ends, loud or not
	loud, words int
	figure      bool // a number in brackets stands behind its last word
	alarms      bool // it holds a word that warns
	calls       bool // it holds one that warns before a colon, too
}

// Loud words that shout whatever they say, by their number.
const (
	speech = 5 // a sentence: fewer can be the heading of a form
	screed = 8 // without punctuation behind them: fewer can be the name of an office
)

// alarming reports whether a word in capitals is one that warns, orders or
// brings bad news (any, when no such words are listed), and whether it does so
// before a colon, where others are the label of a form.
func (t *limitTable) alarming(word string) (alarms, calls bool) {
	for _, alarm := range t.Alarm {
		alarm, call := strings.CutSuffix(alarm, ":")
		stem, more := strings.CutSuffix(alarm, "*")
		if word == stem || more && strings.HasPrefix(word, stem) {
			alarms, calls = true, calls || call
		}
	}
	return alarms || len(t.Alarm) == 0, calls
}

func (s *shout) add(start, end int, calm bool) {
	s.alarms = s.alarms || s.figure // who spells a term out, THIRTY (30) DAYS, warns of it
	s.figure = false
	s.words++
	s.last = end
	if calm {
		return
	}
	if s.loud == 0 {
		s.start = start
	}
	s.loud++
	s.end = end
}

// skipsFigure reports whether a token is a number in brackets behind the run, and passes over it: what comes after it may
// go on with the run.
func (s *shout) skipsFigure(text string, t readability.Token) bool {
	if s.words == 0 || t.Class != readability.Number || t.End == len(text) || text[t.End] != ')' || strings.TrimSpace(text[s.last:t.Start]) != "(" {
		return false
	}
	s.last, s.figure = t.End+len(")"), true
	return true
}

// joins reports whether a word at start goes on with the run: no punctuation
// stands between.
func (s *shout) joins(text string, start int) bool {
	return !strings.ContainsAny(text[s.last:start], ".!?:;,()|")
}

func (s *shout) report(t *limitTable, b *letter.Block, found func(Match)) {
	if s.loud == 0 {
		return
	}
	after := strings.TrimLeftFunc(b.Text[s.end:], unicode.IsSpace)
	switch {
	case s.loud == 1 && s.end-s.start < 5: // too short to shout
		return
	case s.loud == 1 && !s.calls && strings.HasPrefix(after, ":") && !talks(b.Text[:s.start]): // the label of a form
		return
	case zip.MatchString(after): // SPRINGFIELD OR 97477
		return
	case !s.alarms && (s.loud < speech || s.loud < screed && strings.IndexAny(after, ".!?:,;") != 0):
		return
	}
	t.report(float64(s.loud), b, s.start, s.end, found)
}

// talks reports whether a text ends within a sentence, with a word in small
// letters: “Your account is”. The label of a form has none right before it.
func talks(before string) bool {
	words := strings.Fields(before)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	first, _ := utf8.DecodeRuneInString(last)
	end, _ := utf8.DecodeLastRuneInString(last)
	return unicode.IsLower(first) && inWord(end)
}

// zip is what ends an address: perhaps a state, and a ZIP code.
var zip = regexp.MustCompile(`^([A-Z]{2}[\s\p{Z}])?\d{5}\b`)
