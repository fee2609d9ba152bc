package lint

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"bedside/lint/phrase"
	"bedside/lint/readability"
)

// TestPlainWords holds the lists of rules.toml to what they are for: no word is
// in two of them, and what is offered is neither hard nor found by a rule.
func TestPlainWords(t *testing.T) {
	p := openPack(t)
	var file struct {
		Language map[string]struct {
			Everyday []string
			Plain    map[string][]string
		}
	}
	if _, err := toml.DecodeFile("../rules.toml", &file); err != nil {
		t.Fatal(err)
	}
	for lang, least := range map[string]int{"en": 150, "es": 100} {
		lists, look := file.Language[lang], p.plain[lang]().lookup()
		if len(lists.Plain) < least || len(lists.Everyday) < least {
			t.Errorf("%s: want %d words at least, got %d everyday, %d with plainer ones", lang, least, len(lists.Everyday), len(lists.Plain))
		}
		for _, pattern := range lists.Everyday {
			if look.entry(strings.TrimRight(pattern, "~*")) != everyday {
				t.Errorf("%s: everyday %s is not found", lang, pattern)
			}
		}
		for pattern, plainer := range lists.Plain {
			for word := range strings.SplitSeq(strings.Trim(pattern, "()"), "|") {
				if e := look.entry(strings.TrimRight(word, "~*")); e == nil || e.find != pattern {
					t.Errorf("%s: %s of the line %s is in another list as well: %v", lang, word, pattern, e)
				}
			}
			for _, offered := range plainer {
				for word := range strings.FieldsSeq(offered) {
					if e := look.entry(word); e != everyday && (e != nil || readability.IsHard(word, readability.Language(lang))) {
						t.Errorf("%s: “%s” is offered for %s, and “%s” is hard", lang, offered, pattern, word)
					}
				}
				for _, f := range p.CheckAs("x.md", []byte("The word is "+offered+"."), lang).Findings {
					if f.Rule.wording || f.Rule.Kind == "guard" {
						t.Errorf("%s: “%s” is offered for %s, and %s finds “%s” in it", lang, offered, pattern, f.Rule.ID, f.Text)
					}
				}
			}
		}
	}
}

// TestOneWord: what is taken for a single word compiles, so that a list that
// was loaded has no fault later.
func TestOneWord(t *testing.T) {
	for pattern, want := range map[string]bool{
		"help": true, "help~": true, "h*": true, "ñandú~": true, "(help|assist~|aid*)": true, "(help)": true,
		"": false, "~": false, "help out": false, "help-desk": false, "help?": false, "#": false, "^help": false, "(help": false, "help)": false,
		"help|aid": false, "(help|)": false, "()": false, "(a(b))": false, "(help)~": false, "don't": false, "help~~": false, "*help": false,
	} {
		if got := oneWord(pattern); got != want {
			t.Errorf("%q: want %t, got %t", pattern, want, got)
		}
		if _, err := phrase.Compile(phrase.Language{Name: "en"}, []phrase.Phrase{{Find: []string{pattern}}}); want && err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}
