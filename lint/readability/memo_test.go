package readability

import (
	"strings"
	"testing"
)

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
				for _, text := range []string{w, "(" + w + ") and what stands after it"} {
					start := strings.Index(text, w)
					got := m.facts(text, start, start+len(w), lang)
					if want := factsOf(w, lang); len(w) <= longestRemembered && *got != want || len(w) > longestRemembered && got != nil {
						t.Fatalf("%q in %s: %+v; counted %+v", w, lang, got, want)
					}
				}
			}
		}
	}
}
