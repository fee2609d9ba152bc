package readability

import (
	"strings"
	"testing"
	"time"
)

const prose = "If you would like to pay over time, or if you have lost your job, changed your insurance, moved to a new home, " +
	"or had any other change that makes it hard for you to pay this bill, please call our office so that we can find a " +
	"plan that fits your budget. We made a mistake on your last bill. We are sorry for the trouble. Dr. Lopez reviewed " +
	"your account on 12/01/2026. Many of our patients need extra time, and that is okay. We have a financial assistance " +
	"program for people who qualify. You'll never be turned away because you can't pay."

const prosaEspañola = "Gracias por venir a vernos. Esperamos que se sienta mejor. Esta carta es sobre la cuenta de su visita. " +
	"Si no puede pagar todo el saldo ahora, llámenos. Tenemos un programa de ayuda para las personas que reúnen los requisitos."

func BenchmarkCount(b *testing.B) {
	for _, c := range []struct {
		lang Language
		text string
	}{{English, prose}, {Spanish, prosaEspañola}} {
		b.Run(string(c.lang), func(b *testing.B) {
			block := Block{Text: c.text}
			words := Count(block, c.lang).Tokens
			b.ReportAllocs()
			for b.Loop() {
				Count(block, c.lang)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*words), "ns/word")
		})
	}
}

func BenchmarkSyllables(b *testing.B) {
	words := strings.Fields(prose)
	for b.Loop() {
		for _, w := range words {
			Syllables(w, English)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func BenchmarkTokens(b *testing.B) {
	var dst [128]Token
	for b.Loop() {
		Tokens(dst[:0], prose, nil)
	}
}

func BenchmarkSentences(b *testing.B) {
	var dst [128]Span
	for b.Loop() {
		Sentences(dst[:0], prose, nil, English)
	}
}

func TestCountDoesNotAllocate(t *testing.T) {
	for _, lang := range []Language{English, Spanish} {
		block := block(prose[:400]+" {{ .x }} O’Brien was not paid.", Paragraph)
		if n := testing.AllocsPerRun(10, func() { Count(block, lang) }); n > 0 {
			t.Errorf("%s: %v allocations", lang, n)
		}
		var memo Memo
		var room struct {
			tokens              [128]Token
			sentences, passives [16]Span
		}
		if n := testing.AllocsPerRun(10, func() {
			tokens, sentences := Tokens(room.tokens[:0], block.Text, block.Fields), Sentences(room.sentences[:0], block.Text, block.Fields, lang)
			CountTokens(block, lang, sentences, tokens, &memo)
			Passives(room.passives[:0], block.Text, sentences, tokens)
		}); n > 0 {
			t.Errorf("%s: %v allocations with a memo", lang, n)
		}
	}
}

// TestTimeIsLinear counts a megabyte of what invites a search to start over
// again and again. Quadratic time would be hours.
func TestTimeIsLinear(t *testing.T) {
	const size = 1 << 20
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for _, unit := range []string{
		".", ". ", `"`, `" `, `."`, "a.a.a.", "a. ", "a.a. ", "A", "é", "!", "! ", "…", "-", "--", "- ", "/", "a/", "a—", "'",
		"x\n", "\n", "9 Elm St. ", "St. ", "e", "www.", "@", "://", "¿", "\xff", "ahi", "hu", "a-", "less", "every", "home", ".a", ". $ ",
		"been ", "i.e. ", "eVERY ", "ly", "ment", "n't", "is ", "is not ", "be ly", "re", "\u0301", "a\u0301",
	} {
		t.Run(unit, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			Count(Block{Text: repeat(unit) + " end"}, English)
			Count(Block{Text: "We pay x" + strings.Repeat("x", size) + repeat(unit) + " now."}, English)
			Count(Block{Text: repeat(unit) + " es el fin."}, Spanish)
			text := "It is " + repeat(unit) + " paid."
			Passives(nil, text, Sentences(nil, text, nil, English), Tokens(nil, text, nil))
			if d := time.Since(start); d > 20*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestTimeIsLinearInFields(t *testing.T) {
	const n = 1 << 17
	for _, between := range []string{"", " ", ". ", "\n", ".", "—", "/"} {
		text := strings.Repeat("{x}"+between, n)
		var fields []Span
		for i := range n {
			at := i * (3 + len(between))
			fields = append(fields, Span{at, at + 3})
		}
		start := time.Now()
		Count(Block{Text: text, Fields: fields}, English)
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("fields with %q between: %v", between, d)
		}
	}
}
