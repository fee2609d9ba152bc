package lint

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"
)

// An approvalTable is [approval] of rules.toml.
type approvalTable struct {
	Required *bool `toml:"required"`
}

// Approve takes down who approved a letter. Where the pack asks for an
// approval, one that is missing or does not hold becomes a finding; the letter
// stays as ready as it was.
func (p *Pack) Approve(res *Result, a Approval) {
	res.Approval = a
	if !p.ApprovalRequired || a.Holds() || len(res.Letter.Blocks) == 0 {
		return
	}
	message := "nobody has approved this letter"
	if a.By != "" {
		message = fmt.Sprintf("this letter is no longer what %s approved on %s; changed: %s", a.By, a.On, strings.Join(a.What, "; "))
	}
	r := p.rules[approvalRule]
	res.sorted(append(res.Findings, Finding{Rule: r, Severity: r.Severity, Why: r.Why, Span: topOf(res.Letter), Forms: res.Letter.AllForms(),
		Message: message, Try: []string{"When somebody has read it: bedside approve " + Typed(res.Path) + " --by \"NAME\""}}))
}

// Typed is a path as it is typed into a command: between quotation marks where
// a space or another sign in it would end the word or mean something.
func Typed(path string) string {
	ends := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/\\.,:_-+=@%", r)
	}
	if strings.ContainsFunc(path, ends) {
		return `"` + strings.NewReplacer(`"`, `\"`, "$", `\$`, "`", "\\`").Replace(path) + `"`
	}
	return path
}

// AboutApproval reports whether a finding is that nobody has approved the letter
// as it is.
func (f *Finding) AboutApproval() bool { return f.Rule.ID == approvalRule }

// MayGo reports whether a letter may be sent as far as the pack can tell: it
// is ready, and approved where that is asked for.
func (p *Pack) MayGo(res *Result) bool {
	return res.Ready && (!p.ApprovalRequired || res.Approval.Holds())
}

// RulesDigest is "sha256:…" over what the rules say: in the pack's own file,
// comments, the order of the rules and [approval] do not count.
func (p *Pack) RulesDigest() string {
	sum := sha256.New()
	for i, src := range p.sources {
		if i > 0 { // extended: it comes with the program, and nobody edits it
			sum.Write(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
			break
		}
		var rules map[string]any
		_, _ = toml.Decode(string(src), &rules) // Open has decoded it
		delete(rules, "approval")
		fmt.Fprintf(sum, "%#v\n", rules) // keys of maps are sorted
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}
