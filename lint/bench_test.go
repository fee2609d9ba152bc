package lint

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// generatedLetters makes letters of 200 to 350 words from the sentences of
// the pack's letters and some harsh ones, always the same.
func generatedLetters(b *testing.B, n int) [][]byte {
	b.Helper()
	p := openPack(b)
	var kind, harsh []string
	src := letters(b, p)
	for _, name := range sortedKeys(src) {
		if name == "harsh" {
			harsh = strings.Split(strings.TrimSpace(src[name]), "\n\n")
			continue
		}
		_, body, _ := strings.Cut(src[name][4:], "+++\n")
		for _, para := range strings.Split(body, "\n\n") {
			if len(para) > 80 && !strings.ContainsAny(para, "|#") && !strings.Contains(para, "{{/") && !strings.Contains(para, "{{e") {
				kind = append(kind, para)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	out := make([][]byte, n)
	for i := range out {
		var l bytes.Buffer
		l.WriteString("# Your bill\n\nDear {{patient_first_name}},\n\n| Your bill | |\n|---|---:|\n| Left to pay | **{{balance_due}}** |\n\n")
		words := 0
		for limit := 200 + r.IntN(150); words < limit; {
			para := kind[r.IntN(len(kind))]
			if r.IntN(10) == 0 {
				para = harsh[r.IntN(len(harsh))]
			}
			if r.IntN(12) == 0 {
				para = "{{#if portal_url}}\n" + para + "\n{{/if}}"
			}
			words += len(strings.Fields(para))
			l.WriteString(para + "\n\n")
		}
		l.WriteString("Warmly,\n\n{{sender_name}}\n")
		out[i] = l.Bytes()
	}
	return out
}

// packLetters are the letters of the pack, as bytes.
func packLetters(b *testing.B) [][]byte {
	b.Helper()
	src := letters(b, openPack(b))
	var out [][]byte
	for _, name := range sortedKeys(src) {
		if name != "harsh" {
			out = append(out, []byte(src[name]))
		}
	}
	return out
}

func size(letters [][]byte) int64 {
	n := 0
	for _, l := range letters {
		n += len(l)
	}
	return int64(n)
}

// BenchmarkGoldmark is the floor: plain goldmark, with tables and no other
// option, parses and renders the bytes that BenchmarkCheck checks, front
// matter and all, into memory that is used again.
func BenchmarkGoldmark(b *testing.B) {
	md := goldmark.New(goldmark.WithExtensions(extension.Table))
	for name, set := range map[string][][]byte{"pack": packLetters(b), "generated": generatedLetters(b, 200)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(set))
			b.ReportAllocs()
			var out bytes.Buffer
			for b.Loop() {
				for _, src := range set {
					out.Reset()
					if err := md.Convert(src, &out); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkCheck checks letters from bytes to findings: all rules, all forms.
// It may take twice as long as BenchmarkGoldmark.
func BenchmarkCheck(b *testing.B) {
	p := openPack(b)
	for name, set := range map[string][][]byte{"pack": packLetters(b), "generated": generatedLetters(b, 200)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(size(set))
			b.ReportAllocs()
			for b.Loop() {
				for _, src := range set {
					p.Check("x.md", src)
				}
			}
		})
	}
}

// BenchmarkCheckLength shows that the cost grows with the length of a letter
// and no faster.
func BenchmarkCheckLength(b *testing.B) {
	p := openPack(b)
	one := bytes.ReplaceAll(generatedLetters(b, 1)[0], []byte("{{#if portal_url}}"), nil)
	one = bytes.ReplaceAll(one, []byte("{{/if}}"), nil)
	for _, times := range []int{1, 10, 100} {
		src := bytes.Repeat(one, times)
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				p.Check("x.md", src)
			}
		})
	}
}

// BenchmarkCheckPhrases shows that the cost hardly grows with the number of
// phrases.
func BenchmarkCheckPhrases(b *testing.B) {
	set := generatedLetters(b, 50)
	var words []string
	for _, l := range set {
		words = append(words, strings.FieldsFunc(string(l), func(r rune) bool { return r < 'a' || r > 'z' })...)
	}
	r := rand.New(rand.NewPCG(3, 4))
	word := func() string { return words[r.IntN(len(words))] }
	for _, n := range []int{0, 100, 1000, 3000} {
		var rules strings.Builder
		rules.WriteString("extends = \"bedside\"\n")
		for i := range n {
			fmt.Fprintf(&rules, "[[ban.jargon.phrase]]\nfind = [\"%s %s ..3 zz%d\", \"%s qq%d\"]\ntry = \"x\"\nhit = [\"<<x>>\"]\nok = [\"x\"]\n", word(), word(), i, word(), i)
		}
		p, err := openOver(b, rules.String())
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%d more", n), func(b *testing.B) {
			b.SetBytes(size(set))
			for b.Loop() {
				for _, src := range set {
					p.Check("x.md", src)
				}
			}
		})
	}
}

// BenchmarkOpen is what the program does before it reads the first letter.
func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		openPack(b)
	}
}
