// Package nearest guesses what a mistyped name was meant to be.
package nearest

import "strings"

// Name returns the candidate nearest to name, or "" when none is near
// enough to be worth offering: at most one edit, and one more for every three
// letters, but fewer than it has letters. Of two equally near candidates the
// earlier one wins.
func Name(name string, candidates []string) string {
	lower := strings.ToLower(name)
	best, least := "", min(len(lower)/3+1, len(lower)-1)
	for _, c := range candidates {
		if d := distance(lower, strings.ToLower(c), least); d < least || d == least && best == "" {
			best, least = c, d
		}
	}
	return best
}

// Hint returns " (did you mean “x”?)" for the nearest candidate, or "".
func Hint(name string, candidates []string) string {
	if c := Name(name, candidates); c != "" {
		return " (did you mean “" + c + "”?)"
	}
	return ""
}

// distance is the optimal string alignment distance between a and b: the
// number of letters to insert, drop, replace or swap with their neighbour.
// Anything above limit may be returned as limit+1.
func distance(a, b string, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
