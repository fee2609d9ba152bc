package letter

import (
	"fmt"
	"testing"
)

// TestLettersShareNoMemory holds a letter to what it was before others were read with the same memory.
func TestLettersShareNoMemory(t *testing.T) {
	letters := []string{
		"# Your bill\n\nDear {{patient_name}},\n\nYou owe **{{balance_due}}**. Call [us](tel:1).\n\n{{#if charges_interest}}\n- one\n- two\n{{/if}}\n",
		"+++\nlanguage = \"es\"\n+++\n\n| a | b |\n|---|---|\n| {{balance_due}} | [Name] |\n\nOtra carta, más larga que la primera. Tiene dos frases.\n",
		"", "x",
	}
	// Written out at once: what shares memory would change in both of two letters.
	written := func(l *Letter) string { return fmt.Sprintf("%+v %+v %+v", l.Blocks, l.Fields, l.Problems) }
	for _, src := range letters {
		l := parseTest(t, src)
		before := written(l)
		for _, other := range letters {
			if other != src {
				parseTest(t, other)
			}
		}
		if after := written(l); after != before {
			t.Errorf("%q was\n%s\nand is\n%s", src, before, after)
		}
	}
}
