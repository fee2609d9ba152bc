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

// Values are values of fields, by field name. What reads otherwise in another
// language stands once more in a table named after that language, such as
// [office.es].
type Values map[string]any

// In is the value of a field as a letter in a language has it, nil when there
// is none: words in another language are none. own is the language that the
// values are written in. An empty text says in every language that the value
// is missing.
func (v Values) In(f *Field, own, language string) any {
	if table, ok := v[language].(map[string]any); ok && table[f.Name] != nil {
		return table[f.Name]
	}
	switch value := v[f.Name]; {
	case !f.Type.inWords(), value == "":
		return value
	case f.Type == "list":
		return linesIn(value, own, language)
	case language == own:
		return value
	}
	return nil
}

// linesIn is a list as a letter in a language has it, nil when there is a line
// without words in it. What a line is may be said once for each language:
// { what = { en = "Lab test", es = "Prueba de laboratorio" }, … }.
func linesIn(v any, own, language string) any {
	lines, _, _ := Rows(v)
	out := make([]map[string]any, len(lines))
	for i, line := range lines {
		what, each := line["what"].(map[string]any)
		switch {
		case each && what[language] != nil:
			out[i] = maps.Clone(line)
			out[i]["what"] = what[language]
		case !each && language == own:
			out[i] = line
		default:
			return nil
		}
	}
	switch {
	case lines != nil:
		return out
	case language == own:
		return v
	}
	return nil
}

// inWords reports whether values of a type are words of a language.
func (t Type) inWords() bool { return t == "words" || t == "list" }

// CheckValues checks the values in the n-th table at path of a file: each must
// have a field, and fit its type. An empty text is a value that is missing.
// Errors are *strict.Error.
func (d *Dictionary) CheckValues(f *strict.File, path []string, n int, values Values) error {
	if key, fault := d.fault(values); fault != "" {
		return f.ErrorIn(path[:1], n, slices.Concat(path, key), "%s", fault)
	}
	return nil
}

// FaultIn says what is wrong with the first of these values that does not fit
// its field, "" when all do. It never holds a value: it may be a patient's.
func (d *Dictionary) FaultIn(values Values) string {
	_, fault := d.fault(values)
	return fault
}

// fault finds the first value that does not fit its field.
func (d *Dictionary) fault(values Values) (key []string, fault string) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		table, isTable := values[name].(map[string]any)
		if !isTable || !slices.Contains(Languages(), name) {
			if fault := d.checkValue(name, values[name]); fault != "" {
				return []string{name}, fault
			}
			continue
		}
		for _, inner := range slices.Sorted(maps.Keys(table)) {
			if fault := d.checkValue(inner, table[inner]); fault != "" {
				return []string{name, inner}, fault
			}
		}
	}
	return nil, ""
}

// checkValue says what is wrong with the value of a field, "" when nothing is.
func (d *Dictionary) checkValue(name string, value any) string {
	field := d.Field(name)
	_, isTable := value.(map[string]any)
	switch {
	case field == nil && isTable:
		return fmt.Sprintf("“%s” is not a language that values can be in: %s", name, strings.Join(Languages(), ", "))
	case field == nil:
		return fmt.Sprintf("“%s” is not a field of fields.toml%s", name, cmp.Or(nearest.Hint(name, d.names()), "; take it out here, or add it there"))
	case value == "":
		return ""
	}
	if err := field.Fits(value); err != nil {
		return fmt.Sprintf("the value of %s %s", name, err)
	}
	return ""
}
