package lint

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// Fingerprints name each finding of a letter, in their order, by what it says
// and not by where it stands: 32 hexadecimal digits, made of the path, the
// rule, the words, and which of those with the same rule and words it is. An
// edit elsewhere in the letter leaves them as they are. No two findings have
// the same.
func (r *Result) Fingerprints() []string {
	out := make([]string, len(r.Findings))
	seen := map[[2]string]int{}
	for i := range r.Findings {
		f := &r.Findings[i]
		key := [2]string{f.Rule.ID, r.wordsOf(f)}
		out[i] = fingerprint(r.Path, key[0], key[1], strconv.Itoa(seen[key]))
		seen[key]++
	}
	return out
}

// wordsOf are the words that a finding is about; "" of one about the whole
// letter, whose words change with every edit, as does which of its sentences
// is the hardest to read. A broken seal is another finding than none.
func (r *Result) wordsOf(f *Finding) string {
	body := r.Letter.Body
	if a := r.Approval; f.AboutApproval() && a.By != "" {
		return strings.Join(append([]string{a.By, a.On}, a.What...), "\x00")
	}
	if f.Rule.Reading() || f.Span.Start <= body.Start && f.Span.End >= len(bytes.TrimRight(r.Letter.Src, " \t\r\n")) {
		return ""
	}
	return strings.ToLower(f.Text)
}

func fingerprint(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:16])
}
