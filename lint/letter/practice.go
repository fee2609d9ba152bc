package letter

import (
	"maps"
	"slices"

	"bedside/internal/strict"
)

// A Practice is the office that sends the letters: practice.toml.
type Practice struct {
	Office map[string]any  `toml:"office"` // values of fields that are the same in every letter
	Facts  map[string]bool `toml:"facts"`  // what its promises rest on: charges_interest …
}

// ParsePractice reads practice.toml. Errors are *strict.Error.
func ParsePractice(name string, src []byte) (*Practice, error) {
	p := &Practice{}
	_, err := strict.Decode(name, src, p)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// FactNames lists the facts, sorted.
func (p *Practice) FactNames() []string { return slices.Sorted(maps.Keys(p.Facts)) }
