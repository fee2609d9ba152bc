package lint

// banTable is [ban.*]: words that must not be used, each with kinder ones.
type banTable struct {
	common
	wording
}

func (t *banTable) decode(into func(v any) error) error {
	return t.lay(func() error { return into(t) })
}

func (t *banTable) compile(r *Rule, _ *Pack) (check, error) { return t.wording.compile(r) }
