package lint

import (
	"slices"
	"testing"
)

func TestFingerprints(t *testing.T) {
	p := openPack(t)
	const before = "# Your bill\n\nDear {{patient_first_name}},\n\nThis is your final notice.\n"
	of := func(path, src string) []string { return p.Check(path, []byte(src)).Fingerprints() }
	first := of("a.md", before)
	if sorted := slices.Clone(first); len(sorted) < 3 {
		t.Fatalf("%d findings, want several", len(sorted))
	} else if slices.Sort(sorted); len(slices.Compact(sorted)) != len(first) {
		t.Errorf("two findings have the same fingerprint: %q", first)
	}
	for _, f := range first {
		if len(f) != 32 {
			t.Errorf("%q has not 32 digits", f)
		}
	}
	notice := func(path, src string) (found []string) {
		res := p.Check(path, []byte(src))
		for i, f := range res.Findings {
			if f.Rule.ID == "ban.threat" || f.Rule.ID == "ban.urgency" || f.Rule.ID == "ban.false-implication" {
				found = append(found, res.Fingerprints()[i])
			}
		}
		return found
	}
	was := notice("a.md", before)
	if len(was) != 1 {
		t.Fatalf("%d findings in “final notice”, want 1", len(was))
	}
	for name, src := range map[string]string{
		"an edit before it":   "# Your bill\n\nDear {{patient_first_name}},\n\nThank you for coming to us on Monday.\n\nThis is your final notice.\n",
		"the same, in bold":   "# Your bill\n\nDear {{patient_first_name}},\n\nThis is your **final notice**.\n",
		"broken over a line":  "# Your bill\n\nDear {{patient_first_name}},\n\nThis is your final\nnotice.\n",
		"in capitals at once": "# Your bill\n\nDear {{patient_first_name}},\n\nThis is your Final Notice.\n",
	} {
		if now := notice("a.md", src); len(now) != 1 || now[0] != was[0] {
			t.Errorf("%s: %q, want %q", name, now, was)
		}
	}
	if now := notice("b.md", before); now[0] == was[0] {
		t.Error("two letters share a fingerprint")
	}
	twice := notice("a.md", before+"\nThis is your final notice.\n")
	if len(twice) != 2 || twice[0] != was[0] || twice[1] == was[0] {
		t.Errorf("said twice: %q, want %q and another", twice, was)
	}
}

// That a letter is hard to read is said at its hardest sentence, and is the
// same finding when an edit makes another sentence the hardest.
func TestFingerprintOfAHardLetter(t *testing.T) {
	p := openPack(t)
	const hard = "The reconciliation of outstanding institutional liabilities necessitates comprehensive administrative documentation."
	const harder = "The reconciliation of outstanding institutional liabilities unquestionably necessitates comprehensive administrative documentation from every responsible organization."
	const easy = "We are here to help you with this bill. Please call us with any question that you have."
	grade := func(second string) (at, found string) {
		res := p.Check("a.md", []byte(easy+"\n\n"+hard+" "+second+"\n"))
		for i, f := range res.Findings {
			if f.Rule.ID == "limit.reading-grade" {
				at, found = f.Text, res.Fingerprints()[i]
			}
		}
		return at, found
	}
	at, was := grade("Please complete the documentation.")
	otherAt, now := grade(harder)
	if at != hard || otherAt != harder {
		t.Fatalf("the hardest sentences are %q and %q, want %q and %q", at, otherAt, hard, harder)
	}
	if now != was {
		t.Errorf("%s, want %s", now, was)
	}
}
