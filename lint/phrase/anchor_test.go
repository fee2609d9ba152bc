package phrase

import "testing"

// TestAnchors files sequences under the item that letters hold least, however many patterns know its words.
func TestAnchors(t *testing.T) {
	tests := []struct{ pattern, anchor string }{
		{"if .. garnish", "garnish"},
		{"to (see|read|open|fetch|find)", "see"},
		{"your # owed", "owed"},
		{"you #", "#"},
		{"[name] owes", "owes"},
	}
	for _, tt := range tests {
		m, err := Compile(Language{}, []Phrase{{Find: []string{tt.pattern}}, {Find: []string{"see it", "see me", "read it", "open it", "(find|fetch) it", "garnish it", "owed it"}}})
		if err != nil {
			t.Fatal(err)
		}
		q := m.sequences[0]
		set := m.sets[m.items[q.items.from+int32(q.anchor)].set]
		is := set.index != 0 && tt.anchor == "#"
		for _, w := range m.members[set.words.from:set.words.to] {
			is = is || w == m.find([]byte(tt.anchor))
		}
		if !is {
			t.Errorf("%q is filed under item %d and not under %q", tt.pattern, q.anchor, tt.anchor)
		}
	}
}
