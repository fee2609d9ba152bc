package letter

import (
	"cmp"

	"bedside/internal/strict"
)

// Labels are what a person says of a letter in its front matter, so that rules
// can be measured: how the letter feels, which words are harsh, what it holds.
// Nothing is checked or printed by them. What is not said is not labelled.
type Labels struct {
	Overall string          `toml:"overall"` // "harsh", "neutral", "compassionate"; "" is not labelled
	Harsh   []Harsh         `toml:"harsh"`   // nil is not labelled, an empty list means that no words are harsh
	Expect  map[string]bool `toml:"expect"`  // by element: "gratitude", "due_date"
}

// Harsh is a label on words of a letter.
type Harsh struct {
	Phrase   string `toml:"phrase"`   // as the reader sees it; marks of emphasis and line breaks in it mean nothing
	Category string `toml:"category"` // "threat", "blame"
}

// Labelled reports whether the letter carries a label.
func (l *Labels) Labelled() bool { return l.Overall != "" || l.Harsh != nil || len(l.Expect) > 0 }

// notes are what collections of labelled letters say of them besides. Only
// lang means something here. A letter without labels cannot have them: kind
// and lang would be slips for kinds and language.
type notes struct {
	ID     string `toml:"id"`
	Source string `toml:"source"`
	Kind   string `toml:"kind"`
	Domain string `toml:"domain"`
	Lang   string `toml:"lang"`
}

// decodeFront reads front matter over what meta holds.
func decodeFront(name string, src []byte, meta *Meta) error {
	_, err := strict.Decode(name, src, meta)
	if err == nil || !meta.Labelled() {
		return err
	}
	var in struct {
		Meta
		notes
	}
	f, err := strict.Decode(name, src, &in)
	if err != nil {
		return err
	}
	if in.Lang != "" && in.Language != "" {
		return f.Errorf([]string{"lang"}, "lang and language say the same thing: leave one of them out")
	}
	meta.Language = cmp.Or(in.Lang, meta.Language) // the rest it has got before
	return nil
}

// MetaAt is where the front matter says text behind a key; of a key that is
// written several times, as in a list of tables, behind the n-th (from 0). For
// text that is not there it is the place of the key, for a key that is not
// there the first line.
func (l *Letter) MetaAt(key []string, n int, text string) Span {
	from := nextLine(l.Src, l.Meta.Span.Start)
	f := strict.File{Src: string(l.Src[from:max(from, l.Meta.Span.End)])}
	at := f.Find(key, n, text)
	if at.Length == 0 {
		return Span{l.Meta.Span.Start, l.Meta.Span.Start}
	}
	return Span{from + at.Offset, from + at.Offset + at.Length}
}

// tables are the tables of a list in the front matter, looked at one after the
// other, with how often each key was written in those before.
type tables struct {
	*Letter
	list    string
	written map[string]int
}

func (l *Letter) tables(list string) *tables { return &tables{l, list, map[string]int{}} }

// at is where the table says text behind a key, or where it says key; with
// neither, where the list begins.
func (t *tables) at(key, text string) Span {
	if key == "" {
		return t.MetaAt([]string{t.list}, 0, text)
	}
	return t.MetaAt([]string{t.list, key}, t.written[key], text)
}

// next goes on behind a table with these keys.
func (t *tables) next(keys []string) {
	for _, key := range keys {
		t.written[key]++
	}
}
