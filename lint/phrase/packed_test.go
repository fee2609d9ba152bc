package phrase

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestEightLetters compares the letters read at once with those read one by one, at every byte of all kinds of texts.
func TestEightLetters(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		text := make([]byte, r.IntN(20))
		for i := range text {
			if text[i] = "abyzABYZ"[r.IntN(8)]; r.IntN(8) == 0 {
				text[i] = byte(r.IntN(256))
			}
		}
		for i := range len(text) + 1 {
			n := i
			for n < len(text) && n < i+8 && ascii[text[n]]&(lower|upper) != 0 {
				n++
			}
			letters, length := eightLetters(string(text), i)
			if want := pack([]byte(strings.ToLower(string(text[i:n])))).low; letters != want || length != n-i {
				t.Fatalf("%q at %d: %x, %d letters; want %x, %d", text, i, letters, length, want, n-i)
			}
		}
	}
}

// TestVocabulary holds keys of all lengths, more than it was made for.
func TestVocabulary(t *testing.T) {
	v := newVocabulary(0)
	key := func(i int) []byte { return []byte(strings.Repeat("x", i%21) + fmt.Sprint(i)) }
	for i := range 1000 {
		if w := v.intern(key(i)); w != word(i+1) {
			t.Fatalf("%q is word %d, want %d", key(i), w, i+1)
		}
	}
	for i := range 2000 {
		want := word(i + 1)
		if i >= 1000 {
			want = 0
		}
		if w := v.find(key(i)); w != want {
			t.Fatalf("%q found as %d, want %d", key(i), w, want)
		}
		if k := key(i); len(k) <= maxPacked && string(pack(k).appendTo(nil)) != string(k) {
			t.Fatalf("%q is not unpacked", k)
		}
	}
}

// TestLongWords finds words that do not pack, alone and by a prefix, as well as short ones.
func TestLongWords(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"uncharacteristically", "responsibilities", "misunderstandin", "internationaliz* bills", "über*"}})
	for _, text := range []string{
		"It is <<Uncharacteristically>> late, <<RESPONSIBILITIES>>; <<misunderstandin>>, not misunderstanding.",
		"<<Internationalized bills>> and <<internationaliz bills>>, no internationali bills; <<Überraschungsrechnung>>.",
	} {
		if got := prose(unmarked(text), nil).marked(m, 0); got != text {
			t.Errorf("got %s\nwant %s", got, text)
		}
	}
}
