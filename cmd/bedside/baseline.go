package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"bedside/internal/report"
	"bedside/internal/strict"
	"bedside/lint"
)

// A baseline is the file of the findings that an office lives with for now: a
// run accepts them and fails on new ones. Its letters are named as seen from
// its own folder, so that it says the same wherever the run is started.
type baseline struct {
	full, shown string
	file        *pending            // where it is written anew, or nil
	known       []accepted          // its lines
	knows       map[string]bool     // their fingerprints
	found       map[string]accepted // by fingerprint, what this run accepts
	seen        map[string]bool     // the letters that were checked
}

// An accepted finding is one line of a baseline. The words are for people: who
// takes a line out should know what for.
type accepted struct {
	Letter      string `toml:"letter"`
	Rule        string `toml:"rule"`
	Words       string `toml:"words"`
	Fingerprint string `toml:"fingerprint"`
}

const baselineHead = `# What was found in these letters before, and may stay for now: bedside check --baseline %s
# It fails on what is new. A line that is taken out counts again; --write-baseline writes all of them anew.
accepted = [
`

// openBaseline reads the file of --baseline, and begins to write it anew when
// that is asked for: then it need not be there yet.
func (k *check) openBaseline(path string) (err error) {
	b := &baseline{full: k.full(path), shown: k.shown(path), knows: map[string]bool{}, found: map[string]accepted{}, seen: map[string]bool{}}
	if b.known, err = b.read(k.rebase); err != nil {
		return err
	}
	for _, a := range b.known {
		b.knows[a.Fingerprint] = true
	}
	if k.rebase {
		if err := k.free(path); err != nil {
			return err
		}
		if b.file, err = k.create(path, forAll); err != nil {
			return err
		}
		b.file.sweep(k.begun)
	}
	k.baseline = b
	return nil
}

// read reads the lines of the file. One that will be written need not be there.
func (b *baseline) read(written bool) ([]accepted, error) {
	full := b.full
	var src []byte
	info, err := os.Stat(full)
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = errors.New("it is not a file") // a device may never end
	case err == nil:
		src, err = os.ReadFile(full)
	}
	switch {
	case written && errors.Is(err, fs.ErrNotExist) && !isDangling(full):
		return nil, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse([]string{"To accept what is found today: bedside check --baseline " + lint.Typed(b.shown) + " --write-baseline"},
			"cannot read the baseline “%s”: %s", b.shown, reasonOf(full, err))
	case err != nil:
		return nil, refuse(nil, "cannot read the baseline “%s”: %s", b.shown, reason(err))
	case !utf8.Valid(src):
		return nil, inOtherSigns(strict.Error{File: b.shown, Src: string(src)})
	}
	return readBaseline(b.shown, src)
}

var fingerprintShape = regexp.MustCompile(`^[0-9a-f]{32}$`)

// readBaseline reads the lines of a baseline.
func readBaseline(name string, src []byte) ([]accepted, error) {
	var table struct {
		Accepted []accepted `toml:"accepted"`
	}
	file, err := strict.Decode(name, src, &table)
	if err != nil {
		return nil, err
	}
	written := map[string]int{} // how many lines so far have the key
	for _, a := range table.Accepted {
		last := strict.Place{}
		for _, k := range []struct{ key, value string }{{"letter", a.Letter}, {"rule", a.Rule}, {"words", a.Words}, {"fingerprint", a.Fingerprint}} {
			if k.value != "" {
				last = file.Place([]string{"accepted", k.key}, written[k.key])
				written[k.key]++
			}
		}
		switch {
		case a.Letter == "" || a.Rule == "" || a.Fingerprint == "":
			return nil, &strict.Error{File: name, Src: file.Src, Place: cmp.Or(last, file.Place([]string{"accepted"}, 0)),
				Message: "a line needs letter, rule and fingerprint: take it out, or write it as the others are"}
		case !fingerprintShape.MatchString(a.Fingerprint):
			return nil, &strict.Error{File: name, Src: file.Src, Place: last, Message: "a fingerprint has 32 digits, 0 to 9 and a to f: take the line out, or write the file anew with --write-baseline"}
		}
	}
	return table.Accepted, nil
}

// accept marks the findings of a letter that the baseline knows; all of them
// when it is written anew. Waived findings may stay for a better reason, and a
// broken seal is nothing to live with: somebody has changed the letter.
func (b *baseline) accept(res *lint.Result, full string) {
	named := *res
	named.Path = b.named(res.Path, full)
	b.seen[named.Path] = true
	for i, fingerprint := range named.Fingerprints() {
		f := &res.Findings[i]
		broken := f.AboutApproval() && res.Approval.Changed
		if !broken && f.Waiver == nil && (b.file != nil || b.knows[fingerprint]) {
			f.Accepted = true
			b.found[fingerprint] = accepted{named.Path, f.Rule.ID, inFewWords(f), fingerprint}
		}
	}
}

// named is what a baseline calls a letter. One that lies in no folder keeps
// its name.
func (b *baseline) named(path, full string) string {
	if rel, err := filepath.Rel(filepath.Dir(b.full), full); full != "" && err == nil {
		path = filepath.ToSlash(rel)
	}
	return report.Clean(path)
}

// inFewWords tells a reviewer what a finding is about. What a guard found
// should not be shown in one more place.
func inFewWords(f *lint.Finding) string {
	const most = 60
	if f.Rule.Kind == "guard" {
		return "(not shown here)"
	}
	words := []rune(report.Clean(strings.Join(strings.Fields(cmp.Or(f.Text, f.Message)), " ")))
	if len(words) > most {
		return strings.TrimSpace(string(words[:most])) + "…"
	}
	return string(words)
}

// rest splits the lines that this run did not come across: those that are
// mended, and those of letters that it did not check and that are still there.
func (b *baseline) rest() (mended, unseen []accepted) {
	for _, a := range b.known {
		_, met := b.found[a.Fingerprint]
		switch {
		case met:
		case b.seen[a.Letter] || !exists(filepath.Join(filepath.Dir(b.full), filepath.FromSlash(a.Letter))):
			mended = append(mended, a)
		default:
			unseen = append(unseen, a)
		}
	}
	return mended, unseen
}

// write completes the file, if it is to be written anew.
func (b *baseline) write() error {
	if b == nil || b.file == nil {
		return nil
	}
	if _, err := b.file.Write(b.content()); err != nil {
		return err
	}
	return b.file.commit()
}

// discard removes what was not completed.
func (b *baseline) discard() {
	if b != nil && b.file != nil {
		b.file.discard()
	}
}

// tell says what became of the lines that nothing was found for.
func (b *baseline) tell(k *check) {
	if b == nil {
		return
	}
	mended, _ := b.rest()
	are, them := "are", "them"
	if len(mended) == 1 {
		are, them = "is", "it"
	}
	switch {
	case b.file != nil && len(mended) > 0:
		k.tell("  %s was written: %s, %d mended taken out", b.shown, count(len(b.found), "finding", "findings"), len(mended))
	case b.file != nil:
		k.tell("  %s was written: %s", b.shown, count(len(b.found), "finding", "findings"))
	case len(mended) > 0:
		k.tell("  %d in %s %s mended: --write-baseline takes %s out", len(mended), b.shown, are, them)
	}
}

// content is the baseline as it is written: what was found and what was not
// looked at, sorted, so that the same letters give the same bytes and two
// people who mend different letters change different lines.
func (b *baseline) content() []byte {
	_, lines := b.rest()
	for _, a := range b.found {
		lines = append(lines, a)
	}
	sort.SliceStable(lines, func(i, j int) bool {
		x, y := &lines[i], &lines[j]
		return cmp.Or(cmp.Compare(x.Letter, y.Letter), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Words, y.Words), cmp.Compare(x.Fingerprint, y.Fingerprint)) < 0
	})
	lines = slices.CompactFunc(lines, func(x, y accepted) bool { return x.Fingerprint == y.Fingerprint })
	var out strings.Builder
	fmt.Fprintf(&out, baselineHead, filepath.Base(b.shown))
	for _, a := range lines {
		fmt.Fprintf(&out, "  { letter = %s, rule = %s, words = %s, fingerprint = %s },\n",
			strconv.Quote(a.Letter), strconv.Quote(a.Rule), strconv.Quote(a.Words), strconv.Quote(a.Fingerprint))
	}
	out.WriteString("]\n")
	return []byte(out.String())
}
