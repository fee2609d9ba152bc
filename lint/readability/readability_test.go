package readability

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestSentenceBoundaries(t *testing.T) {
	for _, c := range []struct {
		name, text string
		lang       Language
		want       []string
	}{
		{"nothing", " \n\t", English, nil},
		{"only signs", "*** . !? …", English, nil},
		{"signs belong to the sentence before", "We wait. . . .", English, []string{"We wait. . . ."}},
		{"starter after a time", "We open at 8 a.m. We close at 5 p.m.", English, []string{"We open at 8 a.m.", "We close at 5 p.m."}},
		{"contraction as starter", "Come at 8 a.m. Don't wait.", English, []string{"Come at 8 a.m.", "Don't wait."}},
		{"glued time", "Come at 9a.m. Monday.", English, []string{"Come at 9a.m. Monday."}},
		{"page", "See p. Two of it.", English, []string{"See p. Two of it."}},
		{"ordinal first", "Pay by June 1st. Plans are free.", English, []string{"Pay by June 1st.", "Plans are free."}},
		{"ordinal third", "Pay by June 3rd. Plans are free.", English, []string{"Pay by June 3rd.", "Plans are free."}},
		{"brand", "It is easy. iPhone users can pay there.", English, []string{"It is easy.", "iPhone users can pay there."}},
		{"small letter", "We wait. then call.", English, []string{"We wait. then call."}},
		{"saint", "She was at St. Mary is all we know.", English, []string{"She was at St. Mary is all we know."}},
		{"street and clinic", "We are at 9 Elm St. Suite 4 in Akron.", English, []string{"We are at 9 Elm St. Suite 4 in Akron."}},
		{"street in brackets", "(9 Elm St. Parking is free.)", English, []string{"(9 Elm St.", "Parking is free.)"}},
		{"closed abbreviation", "Ask (Dr. Lopez, M.D.) Smith.", English, []string{"Ask (Dr. Lopez, M.D.)", "Smith."}},
		{"abbreviation inside a mail address", "Write to x@a.co. Smith reads it.", English, []string{"Write to x@a.co.", "Smith reads it."}},
		{"bracket before next", "Mail it. (See page 2.)", English, []string{"Mail it.", "(See page 2.)"}},
		{"currency", "You owe Rs. 5,000. It is late.", English, []string{"You owe Rs. 5,000.", "It is late."}},
		{"number", "Call us. No. 5 is free. It costs no. Then go.", English, []string{"Call us.", "No. 5 is free.", "It costs no.", "Then go."}},
		{"inverted mark", "Abrimos a las 9 a.m. ¿Puede venir?", Spanish, []string{"Abrimos a las 9 a.m.", "¿Puede venir?"}},
		{"inverted mark before a small letter", "¡Hola! ¿cómo está?", Spanish, []string{"¡Hola!", "¿cómo está?"}},
		{"art is a word in English", "We sell art. Frames are free.", English, []string{"We sell art.", "Frames are free."}},
		{"art. is short in Spanish", "Vea el art. Tercero de la ley.", Spanish, []string{"Vea el art. Tercero de la ley."}},
		{"field is opaque", "Pay {{ a. B }} by {{ c }}. {{ d }} helps.", English, []string{"Pay {{ a. B }} by {{ c }}.", "{{ d }} helps."}},
		{"field glued to next", "At 8 a.m. We{{ x }} close.", English, []string{"At 8 a.m.", "We{{ x }} close."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sentencesOf(c.text, c.lang); !slices.Equal(got, c.want) {
				t.Errorf("sentences\n%q, want\n%q", got, c.want)
			}
		})
	}
}

func TestTokensOf(t *testing.T) {
	for _, c := range []struct{ text, tokens, classes string }{
		{"- & * :) $ % $%", "", ""},
		{"and/or his--her wait…go stop..now Mon–Fri", "and|or|his|her|wait|go|stop|now|Mon|Fri", "wwwwwwwwww"},
		{"us—write a@b.c—now", "us|write|a@b.c|now", "wwaw"},
		{"see example.org/help and http://x.org/a--b/c", "see|example.org/help|and|http://x.org/a--b/c", "wawa"},
		{"{{ .name }}'s ({{ .a }}/{{ .b }}) {{ .c }}—or", "FIELD|FIELD|FIELD|or", "fffw"},
		{"$1,250.00, 50% (30-day) #7", "$1,250.00|50%|30-day|7", "nnnn"},
		{"don’t ‘quote’ M.D. e\u0301te\u0301", "don’t|quote|M.D|e\u0301te\u0301", "wwww"},
		{"é.ab ab.éé", "é.ab|ab.éé", "wa"},
		{"\xff\xfe \x80a\x80", "a", "w"},
	} {
		t.Run(c.text, func(t *testing.T) {
			tokens, classes := tokensOf(c.text)
			short := ""
			for _, class := range classes {
				short += class[:1]
			}
			if got := strings.Join(tokens, "|"); got != c.tokens || short != c.classes {
				t.Errorf("tokens %q %s, want %q %s", got, short, c.tokens, c.classes)
			}
		})
	}
}

func TestFieldMayShowNothingOrAnything(t *testing.T) {
	for _, sample := range []string{"", "x", "Dr. O'Brien. Yes! No", "$5.00", "a\nb", "http://", "\xff", " "} {
		text := "Pay " + sample + ". We " + sample + "'s help " + sample
		n := len(sample)
		fields := []Span{{4, 4 + n}, {9 + n, 9 + 2*n}, {17 + 2*n, 17 + 3*n}}
		b := Block{Text: text, Fields: fields}
		want := Counts{Sentences: 2, Tokens: 6, Words: 3, Syllables: 3, Letters: 9, Squares: 29, AllTokens: 6, traits: heard}
		if got := Count(b, English); got.AllTokens != want.AllTokens || got.Sentences != 0 {
			t.Errorf("field %q: counts %+v", sample, got)
		}
		b.Kind = Item
		if got := Count(b, English); got != want {
			t.Errorf("field %q: counts\n%+v, want\n%+v", sample, got, want)
		}
	}
}

func TestFieldThatShowsNothingEndsABlock(t *testing.T) {
	b := Block{Text: ".", Fields: []Span{{1, 1}}, Kind: Item}
	if got, want := Count(b, English), (Counts{AllTokens: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
}

func TestFieldThatShowsNothingIsASentence(t *testing.T) {
	text := "Ask. . We help."
	want := []Span{{0, 4}, {5, 6}, {7, 15}}
	if got := Sentences(nil, text, []Span{{5, 5}}, English); !slices.Equal(got, want) {
		t.Errorf("sentences %v, want %v", got, want)
	}
}

func TestSyllablesByHand(t *testing.T) {
	for word, want := range map[string]int{
		"a.m": 2, "U.S.": 2, "M.D.": 2, "Ph.D": 3, "W.W": 6, "EOB": 3, "USA": 3, "PAST": 1, "DUE": 1,
		"Dr.": 2, "etc.": 4, "Nov.": 3, "self-pay": 2, "month-to-month": 3, "x‑ray": 2,
		"Café": 2, "naïve": 2, "you’ll": 1, "it'll": 2, "boss's": 2, "Paul's": 1, "notice's": 3, "": 1, "'": 1, "пять": 1,
		"preauthorization": 6, "coinsurance": 4, "copays": 2, "telehealth": 3,
		"constructor": 3,
	} {
		if got := Syllables(word, English); got != want {
			t.Errorf("%q: %d syllables, want %d", word, got, want)
		}
	}
	for word, want := range map[string]int{
		"ahuizote": 4, "búho": 2, "prohibir": 2, "guion": 1, "situación": 3, "construido": 3, "veintiún": 2, "leer": 2,
		"chiita": 3, "leíais": 3, "Sr.": 2, "Dra.": 3, "Uds.": 2, "muy": 1, "y": 1, "Uruguay": 3, "averigüéis": 4,
		"pai\u0301s": 2, "pingu\u0308ino": 3, "": 1,
	} {
		if got := Syllables(word, Spanish); got != want {
			t.Errorf("%q: %d syllables in Spanish, want %d", word, got, want)
		}
	}
}

func TestScored(t *testing.T) {
	for _, c := range []struct {
		name, text string
		kind       Kind
		want       bool
	}{
		{"nothing", " — ", Paragraph, false},
		{"salutation", "Dear Ms. Lopez:", Paragraph, false},
		{"salutation in Spanish", "*Estimada Sra. Ruiz,*", Paragraph, false},
		{"item that is a sentence", "Pay.", Item, true},
		{"item of four words", "your full legal name", Item, true},
		{"short item", "Free parking", Item, false},
		{"heading", "This is a heading of a letter, it really is.", Heading, false},
		{"cell", "This is a cell of a table, it really is.", Cell, false},
		{"three words", "We can help.", Paragraph, true},
		{"two words", "Thank you.", Paragraph, false},
		{"quoted end", "She said “we can help.”", Paragraph, true},
		{"lead-in", "You can pay:", Paragraph, true},
		{"street", "12 Main St.", Paragraph, false},
		{"address", "Oak Clinic\n12 Main St.\nAkron, OH 44301", Paragraph, false},
		{"address longer than eight tokens", "Oak Street Family Clinic\n12 Main St.\nAkron, OH 44301", Paragraph, false},
		{"newline in a field is no line", "We sent one {{ a\nb }} to you and your whole family", Paragraph, true},
		{"field at the end", "We sent it. {{ x }}", Item, true},
		{"prose without an end", "We sent the bill to your plan and they paid", Paragraph, true},
		{"prose up to a comma", "We sent the bill to your plan and waited,", Paragraph, false},
		{"two sentences up to a comma", "We sent it. Your plan has paid for it now,", Paragraph, true},
		{"date line", "December 1, 2026", Paragraph, false},
		{"closing", "Warmly,", Paragraph, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := block(c.text, c.kind)
			counts := Count(b, English)
			if got := counts.Sentences > 0; got != c.want {
				t.Errorf("scored is %v, want %v", got, c.want)
			}
			if len(Tokens(nil, b.Text, b.Fields)) != counts.AllTokens {
				t.Errorf("AllTokens is %d", counts.AllTokens)
			}
		})
	}
}

func TestComplexWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"We value insurance.", 1},
		{"Insurance is what we value.", 1},
		{"We value Insurance.", 0},
		{"We keep an EOB.", 0},
		{"We are considering it.", 1},
		{"We are following it.", 0},
		{"We have responded to many expenses.", 0},
		{"We offer a month-to-month plan.", 0},
		{"We offer a pre-insurance plan.", 1},
		{"We live in the U.S.A. now.", 0},
	} {
		if got := Count(Block{Text: c.text}, English).Complex; got != c.want {
			t.Errorf("%q: %d complex words, want %d", c.text, got, c.want)
		}
	}
}

func TestNoScoreWithoutWords(t *testing.T) {
	for _, c := range []Counts{{}, {Sentences: 1}, {Sentences: 1, Tokens: 3}, {Words: 3, Tokens: 3}} {
		for _, lang := range []Language{English, Spanish, "fr", ""} {
			if got := values(t, c.Scores(lang)); len(got) > 0 {
				t.Errorf("%+v has scores %v", c, got)
			}
		}
	}
	one := Counts{Sentences: 1, Tokens: 1, Words: 1, Syllables: 1, Letters: 2, Squares: 4}
	if s := one.Scores(Spanish); s.Mu != nil || s.INFLESZ == nil {
		t.Errorf("mu of one word is %v", s.Mu)
	}
	if got := (Counts{}).Coverage(); got != 0 {
		t.Errorf("coverage of nothing is %v", got)
	}
}

func TestConfidence(t *testing.T) {
	for _, c := range []struct {
		sentences, words int
		want             Confidence
	}{
		{0, 0, None}, {2, 200, None}, {9, 29, None}, {3, 30, Short}, {9, 300, Short}, {12, 99, Short}, {10, 100, Full},
	} {
		if got := (Counts{Sentences: c.sentences, Words: c.words}).Confidence(); got != c.want {
			t.Errorf("%d sentences of %d words: %s, want %s", c.sentences, c.words, got, c.want)
		}
	}
}

func TestPassives(t *testing.T) {
	for text, want := range map[string][]string{
		"Your bill was sent on Monday.":                {"was sent"},
		"It has not yet been paid, and it was mailed.": {"been paid", "was mailed"},
		"You won't be quickly turned away.":            {"be quickly turned"},
		"It wasn't covered; you're being charged.":     {"wasn't covered", "you're being charged"},
		"We got paid.":                             {"got paid"},
		"We got your payment.":                     nil,
		"We are interested, and you are tired.":    nil,
		"There is a need to pay; it is indeed so.": nil,
		"The phone is broke and he was went.":      nil,
		"What it is, changed last May.":            nil,
		"The office is family owned.":              nil,
		"It is {{ .x }} paid.":                     nil,
		"Your form is attached.":                   nil,
		"You were led here, and he is fed.":        {"were led", "is fed"},
		"WAS PAID":                                 {"WAS PAID"},
		"It has been being been paid for.":         {"been being been paid"},
		"It is not. Paid bills are not is paid.":   {"is paid"},
	} {
		b := block(text, Paragraph)
		sentences, tokens := Sentences(nil, text, b.Fields, English), Tokens(nil, text, b.Fields)
		for _, when := range []string{"before", "after"} {
			var got []string
			for _, s := range Passives(nil, text, sentences, tokens) {
				got = append(got, text[s.Start:s.End])
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q %s it is counted: passives %q, want %q", text, when, got, want)
			}
			CountTokens(b, English, sentences, tokens, new(Memo))
		}
	}
}

func TestBySentence(t *testing.T) {
	text := "We wait. You pay now. Thanks."
	tokens, sentences := Tokens(nil, text, nil), Sentences(nil, text, nil, English)
	var got []int
	for _, in := range BySentence(sentences[:2], tokens) {
		got = append(got, len(in))
	}
	for _, in := range BySentence(sentences[1:], tokens) {
		got = append(got, len(in))
	}
	if want := []int{2, 3, 3, 1}; !slices.Equal(got, want) {
		t.Errorf("sentences of %v tokens, want %v", got, want)
	}
}

func TestNoticeIsComplete(t *testing.T) {
	for _, want := range []string{"Copyright (C) 1993-2015 Carnegie Mellon University", "Redistributions in binary form", "AS IS"} {
		if !strings.Contains(Notice, want) {
			t.Errorf("the notice lacks %q", want)
		}
	}
}

func TestScoresAreFinite(t *testing.T) {
	huge := Counts{Sentences: 1, Tokens: 1 << 30, Words: 1, Syllables: 1 << 30, Polysyllables: 1 << 30, Letters: 1 << 30, Squares: 1 << 60}
	for _, lang := range []Language{English, Spanish} {
		for key, v := range values(t, huge.Scores(lang)) {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s is %v", key, v)
			}
		}
	}
}

func TestCountsTellWhatIsWorthLookingFor(t *testing.T) {
	for _, c := range []struct {
		text              string
		lang              Language
		capitals, passive bool
	}{
		{"Your bill is paid now.", English, false, true},
		{"Your bill is here, thank you.", English, false, false},
		{"We paid your bill last week.", English, false, false},
		{"You MUST pay this bill now.", English, true, false},
		{"A bill and I know it.", English, false, false},
		{"Antidisestablishmentarianism is DISESTABLISHMENTARIANISM when it was shouted.", English, true, true},
		{"Debe PAGAR la cuenta hoy mismo.", Spanish, true, false},
		{"Puede pagar la cuenta hoy mismo.", Spanish, false, false},
	} {
		for _, memo := range []*Memo{nil, new(Memo)} {
			b := Block{Text: c.text, Kind: Paragraph}
			sentences, tokens := Sentences(nil, b.Text, nil, c.lang), Tokens(nil, b.Text, nil)
			got := CountTokens(b, c.lang, sentences, tokens, memo)
			if got.Capitals() != c.capitals || got.Passive() != c.passive {
				t.Errorf("%q: capitals %v, passive %v", c.text, got.Capitals(), got.Passive())
			}
			if found := Passives(nil, b.Text, sentences, tokens); c.lang == English && len(found) > 0 && !c.passive {
				t.Errorf("%q: passive %v", c.text, found)
			}
		}
	}
}
