package lint

import (
	"errors"
	"fmt"
	"strings"
)

// promiseTable is [promise.*]: sentences that need a fact of the office.
type promiseTable struct {
	common
	Fact   string     `toml:"fact"` // of practice.toml
	Is     bool       `toml:"is"`   // the value that makes the sentence true
	Find   byLanguage `toml:"find"`
	Except byLanguage `toml:"except"`
	Hit    byLanguage `toml:"hit"`
	OK     byLanguage `toml:"ok"`
}

func (t *promiseTable) decode(into func(v any) error) error { return into(t) }

func (t *promiseTable) compile(r *Rule, p *Pack) (check, error) {
	if _, ok := p.Practice.Facts[t.Fact]; !ok && !r.Off {
		return nil, p.Practice.Missing(t.Fact, r.ID)
	}
	if err := errors.Join(inVain("find", t.Find, "except", t.Except), inVain("find", t.Find, "hit", t.Hit), inVain("find", t.Find, "ok", t.OK)); err != nil {
		return nil, err
	}
	r.Try = []string{t.advice()}
	for _, lang := range sortedKeys(t.Find) {
		r.Entries = append(r.Entries, &Entry{key: []string{"find", lang}, Language: lang, Find: t.Find[lang], Except: t.Except[lang],
			Hit: t.Hit[lang], OK: t.OK[lang]})
	}
	return func(read *reading, found func(Match)) {
		for _, h := range read.hitsOf(r) {
			b := &read.Blocks[h.block]
			if read.Under(b.Source(h.start, h.end).Start, t.Fact, t.Is) {
				continue
			}
			m := read.match(h)
			m.Try = r.Try
			m.Message = strings.Replace(r.Says, "%q", quote(m.Text), 1)
			found(m)
		}
	}, nil
}

// advice shows the lines to put around the sentence.
func (t *promiseTable) advice() string {
	open, end := "{{#if "+t.Fact+"}}", "{{/if}}"
	if !t.Is {
		open, end = "{{#unless "+t.Fact+"}}", "{{/unless}}"
	}
	return fmt.Sprintf("Put the sentence between the lines %s and %s, so that it is printed only where it is true.", open, end)
}
