package readability

import (
	"slices"
	"testing"
)

type segmentation struct {
	Sentence []struct {
		ID        string
		Lang      Language
		Text      string
		Sentences []string
	}
	Token []struct {
		ID      string
		Text    string
		Tokens  []string
		Classes []string
	}
}

// sentencesOf returns the sentences of a text with template actions in it.
func sentencesOf(text string, lang Language) []string {
	b := block(text, Paragraph)
	got := []string{}
	for _, s := range Sentences(nil, b.Text, b.Fields, lang) {
		got = append(got, text[s.Start:s.End])
	}
	return got
}

// tokensOf returns the tokens of a text with template actions in it, and their
// classes.
func tokensOf(text string) (tokens, classes []string) {
	b := block(text, Paragraph)
	for _, tok := range Tokens(nil, b.Text, b.Fields) {
		s := text[tok.Start:tok.End]
		if tok.Class == Field {
			s = "FIELD"
		}
		tokens = append(tokens, s)
		classes = append(classes, [...]string{"word", "number", "field", "address"}[tok.Class])
	}
	return tokens, classes
}

func TestSentences(t *testing.T) {
	for _, c := range decode[segmentation](t, "testdata/segmentation.toml").Sentence {
		t.Run(c.ID, func(t *testing.T) {
			if got := sentencesOf(c.Text, c.Lang); !slices.Equal(got, c.Sentences) {
				t.Errorf("sentences\n%q, want\n%q", got, c.Sentences)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	for _, c := range decode[segmentation](t, "testdata/segmentation.toml").Token {
		t.Run(c.ID, func(t *testing.T) {
			tokens, classes := tokensOf(c.Text)
			if !slices.Equal(tokens, c.Tokens) || !slices.Equal(classes, c.Classes) {
				t.Errorf("tokens\n%q %q, want\n%q %q", tokens, classes, c.Tokens, c.Classes)
			}
		})
	}
}
