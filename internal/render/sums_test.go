package render

import "testing"

// TestLettersAddUp holds each letter to the sums of fields.toml with what it
// shows to each person: whoever sees the full charge and what is left to pay
// also sees all that was taken off.
func TestLettersAddUp(t *testing.T) {
	p := openPack(t)
	summed := 0
	for _, l := range packLetters(t, p) {
		for _, person := range p.People {
			record := p.record(person, l.Meta.Language)
			if l.Meta.Held(func(name string) any { return record[name] }) != nil {
				continue
			}
			form, shown := l.FormOf(record.Has), Record{}
			for _, use := range l.Fields {
				if use.Forms.Has(form) {
					shown[use.Name] = record[use.Name]
				}
			}
			if shown["total_charges"] != nil && shown["balance_due"] != nil {
				summed++
			}
			for _, d := range p.dict.Differences(func(name string) any { return shown[name] }) {
				t.Errorf("%s for %s: %s", l.Path, person.ID, d)
			}
		}
	}
	if summed == 0 {
		t.Error("no letter shows how a bill came about")
	}
}
