package phrase

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// english and spanish for tests, as rules.toml has them but shorter.
func testEnglish() Language {
	return Language{
		Name: "en",
		Inflect: map[string][]string{
			"be": {"be", "am", "is", "are", "was", "were", "been", "being"}, "bring": {"bring", "brings", "brought", "bringing"},
			"send": {"send", "sends", "sent", "sending"}, "take": {"take", "takes", "took", "taken", "taking"},
			"pay": {"pay", "pays", "paid", "paying"}, "sue": {"sue", "sues", "sued", "suing"},
		},
		Negators: strings.Fields("not never no nor none nothing neither without cannot can't won't don't doesn't didn't isn't " +
			"aren't wasn't weren't haven't hasn't wouldn't shouldn't couldn't (instead|rather)_(of|than)"),
		Window:      7,
		Subjects:    []string{"we", "we'll", "you", "you'll", "they", "it", "our (office|practice|staff|team)", "your (account|bill|plan|balance)"},
		Traps:       []string{"not hesitate", "no (choice|option)", "not only", "not fail to", "not want to", "no longer", "without further? notice", "(cannot|not) be ruled out"},
		ClauseWords: []string{"if", "unless", "until", "when", "because", "but", "or else", "otherwise", "while", "so", "and then"},
		Openers:     []string{"we", "we'll", "i", "i'll", "our (office|team|staff)"},
		BrokenBy:    []string{"hear from", "expect", "need", "must", "require", "ask that", "want you"},
	}
}

func testSpanish() Language {
	return Language{
		Name:        "es",
		Negators:    strings.Fields("no nunca jamás ni sin tampoco ningún ninguna nada"),
		Window:      7,
		Subjects:    []string{"usted", "ustedes", "nosotros", "su cuenta"},
		Traps:       []string{"no dudaremos", "no tendremos", "sin previo aviso", "sin demora", "sin más"},
		ClauseWords: []string{"si", "a menos que", "hasta que", "cuando", "porque", "pero", "de lo contrario", "aunque"},
		Openers:     []string{"(le|lo|la|se lo)? (*remos|*amos|*emos)"},
		BrokenBy:    []string{"esperamos", "necesitamos"},
	}
}

func compile(t testing.TB, lang Language, phrases ...Phrase) *Matcher {
	t.Helper()
	for i, n := range lang.Negators {
		lang.Negators[i] = strings.ReplaceAll(n, "_", " ")
	}
	m, err := Compile(lang, phrases)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	fieldMark   = regexp.MustCompile(`\{\{(\w*)(:\w+)?\}\}`) // {{name:type}}
	sentenceEnd = regexp.MustCompile(`[.!?]['"”]?(\s+)[\p{Lu}¿¡"“{*]`)
)

// block is prose as the letter package would hand it over.
type block struct {
	text      string
	sentences []Span
	marks     []Mark
}

// prose turns {{field:type}} and `code` into marks and cuts sentences at full stops with a capital after them.
func prose(text string, types map[string]string) block {
	var b block
	pos := 0
	for _, at := range fieldMark.FindAllStringSubmatchIndex(text, -1) {
		b.text += text[pos:at[0]]
		typ := types[text[at[2]:at[3]]]
		if at[4] >= 0 {
			typ = text[at[4]+1 : at[5]]
		}
		start := len(b.text)
		b.text += "«value»"
		m := Mark{Start: start, End: len(b.text), Type: typ}
		if typ == "code" {
			m.Kind, m.Type = Opaque, ""
		}
		b.marks = append(b.marks, m)
		pos = at[1]
	}
	b.text += text[pos:]
	start := 0
	for from := 0; ; {
		at := sentenceEnd.FindStringSubmatchIndex(b.text[from:])
		if at == nil {
			break
		}
		if !strings.HasSuffix(b.text[:from+at[0]], "Mr") && !strings.HasSuffix(b.text[:from+at[0]], "Jan") {
			b.sentences = append(b.sentences, Span{Start: start, End: from + at[2]})
			start = from + at[3]
		}
		from += at[3]
	}
	b.sentences = append(b.sentences, Span{Start: start, End: len(b.text)})
	return b
}

func (b block) hits(m *Matcher) []Hit {
	var hits []Hit
	m.Scanner().Scan(b.text, nil, b.sentences, b.marks, func(h Hit) { hits = append(hits, h) })
	return hits
}

// marked returns the text with <<>> around the hits of one phrase.
func (b block) marked(m *Matcher, phrase int) string {
	var s strings.Builder
	pos := 0
	for _, h := range b.hits(m) {
		if h.Phrase == phrase {
			s.WriteString(b.text[pos:h.Start] + "<<" + b.text[h.Start:h.End] + ">>")
			pos = h.End
		}
	}
	s.WriteString(b.text[pos:])
	return s.String()
}

func unmarked(text string) string { return strings.NewReplacer("<<", "", ">>", "").Replace(text) }

func phrasesOf(hits []Hit) []int {
	var p []int
	for _, h := range hits {
		p = append(p, h.Phrase)
	}
	slices.Sort(p)
	return p
}
