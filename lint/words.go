package lint

import (
	"maps"
	"slices"
	"strings"

	"bedside/lint/letter"
)

// quote puts words in quotation marks for a message.
func quote(words string) string { return "“" + words + "”" }

// oneLine joins words that stand on several lines.
func oneLine(s string) string {
	if strings.IndexByte(s, '\n') < 0 && !strings.Contains(s, letter.HardBreak) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
