package letter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bedside/internal/nearest"
)

// A Column is something that each line of a bill can say.
type Column struct {
	Key    string
	Type   Type
	Titles map[string]string // by language
}

// Columns are what a line of a bill can say, in the order of the table.
var Columns = []Column{
	{"date", "date", map[string]string{"en": "Date", "es": "Fecha"}},
	{"what", "text", map[string]string{"en": "What it is", "es": "Qué es"}},
	{"code", "text", map[string]string{"en": "Code", "es": "Código"}},
	{"charge", "money", map[string]string{"en": "Charge", "es": "Cargo"}},
	{"plan_discount", "money", map[string]string{"en": "Plan discount", "es": "Descuento del plan"}},
	{"our_discount", "money", map[string]string{"en": "Our discount", "es": "Nuestro descuento"}},
	{"plan_paid", "money", map[string]string{"en": "Plan paid", "es": "Pagó el plan"}},
	{"you_paid", "money", map[string]string{"en": "You paid", "es": "Pagó usted"}},
	{"your_part", "money", map[string]string{"en": "Your part", "es": "Su parte"}},
}

// columnOf is the column of that key, or nil.
func columnOf(key string) *Column {
	if i := slices.IndexFunc(Columns, func(c Column) bool { return c.Key == key }); i >= 0 {
		return &Columns[i]
	}
	return nil
}

// fits holds a value of a line to its column. Text may be said once for each
// language.
func (c *Column) fits(v any) error {
	each, ok := v.(map[string]any)
	if !ok || c.Type != "text" {
		_, err := Format(c.Type, v, "en")
		return err
	}
	for language, words := range each {
		if _, isText := words.(string); !isText || !slices.Contains(Languages(), language) {
			return fmt.Errorf("is neither text nor text for each of %s", strings.Join(Languages(), ", "))
		}
	}
	return nil
}

func columnKeys() []string {
	keys := make([]string, len(Columns))
	for i, c := range Columns {
		keys[i] = c.Key
	}
	return keys
}

// fitLines holds the lines of a bill to the columns there are.
func fitLines(v any) error {
	lines, _, _ := Rows(v)
	for i, line := range lines {
		for _, key := range slices.Sorted(maps.Keys(line)) {
			c := columnOf(key)
			if c == nil {
				return fmt.Errorf("has “%s” in line %d, and a line has no such column%s; the columns are %s",
					key, i+1, nearest.Hint(key, columnKeys()), strings.Join(columnKeys(), ", "))
			}
			if err := c.fits(line[key]); err != nil {
				return fmt.Errorf("has a value of %s in line %d that %s", key, i+1, err)
			}
		}
	}
	return nil
}
