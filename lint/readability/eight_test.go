package readability

import (
	"strings"
	"testing"
)

// TestEightAtATime compares what is found eight bytes at a time with what is
// found one by one, for the bytes around each bound at each place of a text.
func TestEightAtATime(t *testing.T) {
	isLetter := func(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
	isLead := func(c byte) bool { return c == '.' || c == '!' || c == '?' || c == ellipsisLead }
	check := func(what string, text string, pos, limit, got int, goesOn func(byte) bool) {
		t.Helper()
		want := pos
		for want < limit && goesOn(text[want]) {
			want++
		}
		if got != want {
			t.Fatalf("%s of %q from %d to %d: %d, want %d", what, text, pos, limit, got, want)
		}
	}
	for length := range 20 {
		for _, filler := range []string{"a", "Z", " ", "\x7f", "\xff"} {
			for at := range length {
				for _, c := range strings.Split("@AZ[`az{-./ !\"?>\x00\x01\x7f\x80\xae\xe1\xe2\xe3\xff", "") {
					text := strings.Repeat(filler, at) + c + strings.Repeat(filler, length-at-1)
					for pos := range length + 1 {
						if n, want := eight(text, pos), (text + strings.Repeat("\x00", 8))[pos:pos+8]; byte(n) != want[0] || byte(n>>56) != want[7] {
							t.Fatalf("eight bytes of %q at %d are %x", text, pos, n)
						}
						for _, limit := range []int{pos, (pos + length) / 2, length} {
							check("letters", text, pos, limit, lettersEnd(text, pos, limit), isLetter)
							check("signs", text, pos, limit, terminatorLead(text, pos, limit), func(c byte) bool { return !isLead(c) })
						}
					}
				}
			}
		}
	}
}
