package main

import (
	"fmt"
	"strconv"
	"strings"

	"bedside/lint"
	"bedside/lint/letter"
)

// formOf is the number of the form that --form asks for; -1, when it does not
// ask, lets the person's values decide. A form is named by its number, or by
// what is there in it: "with due_date, without portal_url". Of several such
// forms it is the one in which most is there.
func formOf(res *lint.Result, text string) (int, error) {
	if text == "" {
		return -1, nil
	}
	l := res.Letter
	n, err := strconv.Atoi(text)
	if err == nil && n >= 0 && n < len(l.Forms) {
		return n, nil
	}
	wanted, ok := decisions(text)
	if !ok {
		return 0, refuse(forms(l), "“%s” is not a form of %s", text, res.Path)
	}
	for i := len(l.Forms) - 1; i >= 0; i-- {
		if fits(l, i, wanted) {
			return i, nil
		}
	}
	return 0, refuse(forms(l), "%s has no form “%s”", res.Path, text)
}

// decisions reads "with a and b, without c".
func decisions(text string) (wanted map[string]bool, ok bool) {
	wanted = map[string]bool{}
	there, said := true, false
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == ',' || r == '{' || r == '}' }) {
		switch word {
		case "with", "without":
			there, said = word == "with", true
		case "and", "or":
		default:
			wanted[word] = there
		}
	}
	return wanted, said && len(wanted) > 0
}

// fits reports whether all that is wanted is so in the i-th form.
func fits(l *letter.Letter, i int, wanted map[string]bool) bool {
	known := 0
	for bit, c := range l.Choices {
		there, asked := wanted[c.Name]
		if asked && there != (l.Forms[i].Present>>bit&1 == 1) {
			return false
		}
		if asked {
			known++
		}
	}
	return known == len(wanted)
}

// forms lists the forms of a letter.
func forms(l *letter.Letter) []string {
	if len(l.Forms) == 1 {
		return []string{"It has one form only: leave out --form."}
	}
	lines := []string{fmt.Sprintf("It has %d forms:", len(l.Forms))}
	for i := range l.Forms {
		lines = append(lines, fmt.Sprintf("  --form %d   %s", i, l.FormName(i)))
	}
	return lines
}
