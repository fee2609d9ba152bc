package letter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bedside/internal/nearest"
	"bedside/internal/strict"
)

// A term is one part of a sum: a field or a column of the same line, or a
// column of all lines of a list.
type term struct {
	minus        bool
	name, column string
}

// termOf reads "total_charges", "-adjustments" or "line_items.charge".
func termOf(text string) (t term) {
	t.name, t.minus = strings.CutPrefix(text, "-")
	t.name, t.column, _ = strings.Cut(t.name, ".")
	return t
}

// checkSums holds what sum_of and line_sum_of of a field say to the fields and
// columns there are. Errors are *strict.Error.
func (d *Dictionary) checkSums(file *strict.File, f *Field) error {
	fault := func(key []string, text, format string, args ...any) error {
		e := file.Errorf(key, format, args...)
		if text != "" {
			e.Place = file.Find(key, 0, text)
		}
		return e
	}
	key := []string{f.Name, "sum_of"}
	switch {
	case f.SumOf != nil && f.Type != "money":
		return fault(key, "", "only money adds up, and “%s” is of the type %s", f.Name, f.Type)
	case len(f.LineSumOf) > 0 && f.Type != "list":
		column := slices.Sorted(maps.Keys(f.LineSumOf))[0]
		return fault([]string{f.Name, "line_sum_of", column}, "", "only a list has lines, and “%s” is of the type %s", f.Name, f.Type)
	}
	if message, text := startsWrong(f.SumOf); message != "" {
		return fault(key, text, "%s", message)
	}
	for _, text := range f.SumOf {
		if message := d.notATerm(f, termOf(text)); message != "" {
			return fault(key, text, "%s", message)
		}
	}
	for _, column := range slices.Sorted(maps.Keys(f.LineSumOf)) {
		key, terms := []string{f.Name, "line_sum_of", column}, f.LineSumOf[column]
		if !hasAmounts(column) {
			return fault(key, "", "%s", notAmounts(column))
		}
		if message, text := startsWrong(terms); message != "" {
			return fault(key, text, "%s", message)
		}
		for _, text := range terms {
			switch t := termOf(text); {
			case t.column != "" || !hasAmounts(t.name):
				return fault(key, text, "%s", notAmounts(strings.TrimPrefix(text, "-")))
			case t.name == column:
				return fault(key, text, "“%s” cannot be part of itself", column)
			}
		}
	}
	return nil
}

// startsWrong says what is wrong with how a sum begins, and at which text; a
// sum that is not there is right.
func startsWrong(terms []string) (message, text string) {
	switch {
	case terms != nil && len(terms) == 0:
		return "a sum needs at least one part", ""
	case len(terms) > 0 && termOf(terms[0]).minus:
		return "a sum begins with what the rest is added to or taken from", terms[0]
	}
	return "", ""
}

// notATerm says why a field cannot have a term in its sum, or "".
func (d *Dictionary) notATerm(f *Field, t term) string {
	other := d.Field(t.name)
	switch {
	case other == nil:
		return fmt.Sprintf("“%s” is not a field%s", t.name, nearest.Hint(t.name, d.names()))
	case other == f:
		return fmt.Sprintf("“%s” cannot be part of itself", t.name)
	case t.column == "" && other.Type != "money":
		return fmt.Sprintf("“%s” is no money: its type is %s", t.name, other.Type)
	case t.column != "" && other.Type != "list":
		return fmt.Sprintf("“%s” has no lines: its type is %s", t.name, other.Type)
	case t.column != "" && !hasAmounts(t.column):
		return notAmounts(t.column)
	}
	return ""
}

// hasAmounts reports whether a column has amounts of money.
func hasAmounts(column string) bool {
	c := columnOf(column)
	return c != nil && c.Type == "money"
}

// notAmounts says that a column has none, and which have.
func notAmounts(column string) string {
	keys := slices.DeleteFunc(columnKeys(), func(key string) bool { return !hasAmounts(key) })
	return fmt.Sprintf("“%s” is not a column with amounts%s", column, cmp.Or(nearest.Hint(column, keys), ": "+strings.Join(keys, ", ")))
}

// A Difference is a sum that does not add up.
type Difference struct {
	Field  string // in which the sum is, or the list
	Line   int    // of the list, from 1; 0 for a field
	column string
	of     []string // its parts that are there
	is, by int64    // in cents
}

// String tells both figures: "balance_due is $218.40, and total_charges -
// insurance_paid makes $218.30".
func (x *Difference) String() string {
	what := x.Field
	if x.Line > 0 {
		what = fmt.Sprintf("%s in line %d of %s", x.column, x.Line, x.Field)
	}
	parts := strings.Join(x.of, " + ")
	return fmt.Sprintf("%s is %s, and %s makes %s", what, dollars(x.is), strings.ReplaceAll(parts, "+ -", "- "), dollars(x.by))
}

// Differences are the sums that do not add up with these values, in the order
// of fields.toml. A sum is made where its value and the first of its parts are
// there; another part that is missing counts as nothing.
func (d *Dictionary) Differences(value func(name string) any) []*Difference {
	var out []*Difference
	for _, f := range d.order {
		if x := unequal(value(f.Name), f.SumOf, func(t term) (int64, bool) { return amountOf(value, t) }); x != nil {
			x.Field = f.Name
			out = append(out, x)
		}
		lines, _, _ := Rows(value(f.Name))
		for _, column := range slices.Sorted(maps.Keys(f.LineSumOf)) {
			for i, line := range lines {
				if x := unequal(line[column], f.LineSumOf[column], func(t term) (int64, bool) { return cents(line[t.name]) }); x != nil {
					x.Field, x.Line, x.column = f.Name, i+1, column
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// unequal compares a value with the sum of terms; nil when they are equal, or
// there is no sum to be made.
func unequal(value any, terms []string, amount func(term) (int64, bool)) *Difference {
	is, ok := cents(value)
	if !ok || len(terms) == 0 {
		return nil
	}
	x := &Difference{is: is}
	for i, text := range terms {
		t := termOf(text)
		n, ok := amount(t)
		if !ok && i == 0 {
			return nil
		}
		if !ok {
			continue
		}
		x.of = append(x.of, text)
		if t.minus {
			n = -n
		}
		x.by += n
	}
	if x.is == x.by {
		return nil
	}
	return x
}

// amountOf is the amount of a term among values of fields, in cents.
func amountOf(value func(name string) any, t term) (sum int64, ok bool) {
	if t.column == "" {
		return cents(value(t.name))
	}
	lines, _, _ := Rows(value(t.name))
	for _, line := range lines {
		n, _ := cents(line[t.column])
		sum += n
	}
	return sum, len(lines) > 0
}
