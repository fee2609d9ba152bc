package readability

import "testing"

// TestMemoRemembersWhatWasCounted fills a memo with more words than it has
// room for: what it says of each must stay what counting says.
func TestMemoRemembersWhatWasCounted(t *testing.T) {
	var m Memo
	words := []string{"a", "bill", "bill.", "Dr.", "EOB", "it's", "reimbursement", "a-word-of-more-than-16-bytes", "señora", "día", "paid", "paid"}
	for i := range 5000 {
		words = append(words, string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676)))
	}
	for range 2 {
		for _, w := range words {
			for _, lang := range []Language{English, Spanish} {
				syllables, letters := m.count(w, lang)
				if syllables != Syllables(w, lang) || letters != countLetters(w) {
					t.Fatalf("%q in %s: %d syllables, %d letters; counted %d and %d", w, lang, syllables, letters, Syllables(w, lang), countLetters(w))
				}
			}
		}
	}
}
