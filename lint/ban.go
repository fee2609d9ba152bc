package lint

import "cmp"

// banTable is [ban.*]: words that must not be used, each with kinder ones.
type banTable struct {
	common
	wording
	Label string `toml:"label"` // the category of labelled words it stands for
}

func (t *banTable) decode(into func(v any) error) error {
	return t.lay(func() error { return into(t) })
}

func (t *banTable) compile(r *Rule, _ *Pack) (check, error) {
	r.Label = cmp.Or(t.Label, r.Label)
	return t.wording.compile(r)
}
