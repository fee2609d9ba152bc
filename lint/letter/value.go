package letter

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Given reports whether a value is there and not false or empty: what
// conditions ask.
func Given(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	}
	return true
}

// Format writes a value as its type is written in a language ("en", "es").
// Errors say what the type wants and never hold the value: it may be a
// patient's.
func Format(t Type, v any, language string) (string, error) {
	switch t {
	case "money":
		return money(v)
	case "date":
		return date(v, language)
	case "integer":
		n, ok := v.(int64)
		if !ok {
			return "", errors.New("is not a whole number")
		}
		return strconv.FormatInt(n, 10), nil
	case "percent":
		return percent(v)
	case "bool":
		b, ok := v.(bool)
		if !ok {
			return "", errors.New("is not true or false")
		}
		return strconv.FormatBool(b), nil
	case "list":
		return listInLine(v, language)
	}
	s, ok := v.(string)
	if !ok {
		return "", errors.New("is not text in quotes")
	}
	if shape := shapes[t]; shape.re != nil && !shape.re.MatchString(s) {
		return "", errors.New(shape.want)
	}
	return s, nil
}

// shapes are what the text of some types has to look like.
var shapes = map[Type]struct {
	re   *regexp.Regexp
	want string
}{
	"phone":   {regexp.MustCompile(`^(1-\d{3}-\d{3}-\d{4}|\(\d{3}\) \d{3}-\d{4}( ext\. \d+)?|\d{3})$`), "is not a phone number such as (555) 555-0142"},
	"digits4": {regexp.MustCompile(`^\d{4}$`), "is not exactly four digits"},
	"state":   {regexp.MustCompile(`^[A-Z]{2}$`), "is not a state in two capitals"},
	"zip":     {regexp.MustCompile(`^\d{5}(-\d{4})?$`), "is not a ZIP code in quotes, such as \"97477\""},
	"email":   {regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$`), "is not an e-mail address"},
	"url":     {regexp.MustCompile(`^https://[^\s"<>?#]+$`), "is not an https address without ? and #"},
}

// decimal is an amount of less than a billion dollars: no bill is higher.
var decimal = regexp.MustCompile(`^0*(\d{1,9})(?:\.(\d{1,2}))?$`)

// amount splits a value into dollars and cents, "" when it has none.
func amount(v any) (dollars, cents string, ok bool) {
	var s string
	switch v := v.(type) {
	case string:
		s = strings.ReplaceAll(strings.TrimPrefix(v, "$"), ",", "")
	case int64:
		s = strconv.FormatInt(v, 10)
	case float64:
		s = strconv.FormatFloat(v, 'f', 2, 64)
	}
	m := decimal.FindStringSubmatch(s)
	if m == nil {
		return "", "", false
	}
	if m[2] != "" {
		cents = (m[2] + "0")[:2]
	}
	return m[1], cents, true
}

// cents is a value of money in cents.
func cents(v any) (n int64, ok bool) {
	dollars, cents, ok := amount(v)
	n, _ = strconv.ParseInt(dollars+(cents + "00")[:2], 10, 64)
	return n, ok
}

// dollars writes cents as money.
func dollars(cents int64) string {
	if cents < 0 {
		return "-" + dollars(-cents)
	}
	s, _ := money(fmt.Sprintf("%d.%02d", cents/100, cents%100))
	return s
}

// money writes dollars, the same in both languages: "$1,234.50". A value
// without cents, such as an income limit, is written without: "$66,000".
func money(v any) (string, error) {
	dollars, cents, ok := amount(v)
	if !ok {
		return "", errors.New("is not an amount of money such as \"218.40\"")
	}
	for i := len(dollars) - 3; i > 0; i -= 3 {
		dollars = dollars[:i] + "," + dollars[i:]
	}
	if cents == "" {
		return "$" + dollars, nil
	}
	return "$" + dollars + "." + cents, nil
}

// monthNames are written small in Spanish.
var monthNames = map[string][12]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// dayOf is the day that a value is, in UTC.
func dayOf(v any) (day time.Time, ok bool) {
	switch v := v.(type) {
	case time.Time:
		return time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC), true
	case string:
		day, err := time.Parse(time.DateOnly, v)
		return day, err == nil
	}
	return time.Time{}, false
}

// Languages are those that values can be written in.
func Languages() []string { return slices.Sorted(maps.Keys(monthNames)) }

// date writes the month in words: 03/04 is March to some and April to others.
func date(v any, language string) (string, error) {
	day, ok := dayOf(v)
	if !ok {
		return "", errors.New("is not a date such as 2026-06-05")
	}
	return dateIn(day, language), nil
}

func dateIn(day time.Time, language string) string {
	if language == "es" {
		return fmt.Sprintf("%d de %s de %d", day.Day(), monthNames["es"][day.Month()-1], day.Year())
	}
	return fmt.Sprintf("%s %d, %d", monthNames["en"][day.Month()-1], day.Day(), day.Year())
}

func percent(v any) (string, error) {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10) + "%", nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64) + "%", nil
	case string:
		if _, err := strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64); err == nil {
			return strings.TrimSuffix(v, "%") + "%", nil
		}
	}
	return "", errors.New("is not a percentage such as 60")
}

// Rows are the lines of a list value: tables or plain texts.
func Rows(v any) (tables []map[string]any, texts []string, err error) {
	switch v := v.(type) {
	case []map[string]any:
		return v, nil, nil
	case string:
		return nil, []string{v}, nil
	case []any:
		for _, row := range v {
			switch row := row.(type) {
			case map[string]any:
				tables = append(tables, row)
			case string:
				texts = append(texts, row)
			default:
				return nil, nil, errors.New("is not a list of texts or of tables")
			}
		}
		if tables != nil && texts != nil {
			return nil, nil, errors.New("mixes texts and tables")
		}
		return tables, texts, nil
	}
	return nil, nil, errors.New("is not a list")
}

// listInLine writes a list inside a sentence: "a, b and c".
func listInLine(v any, language string) (string, error) {
	tables, texts, err := Rows(v)
	if err != nil {
		return "", err
	}
	for _, row := range tables {
		what, _ := row["what"].(string)
		texts = append(texts, what)
	}
	if len(texts) < 2 {
		return strings.Join(texts, ""), nil
	}
	and := " and "
	if language == "es" {
		and = " y "
	}
	return strings.Join(texts[:len(texts)-1], ", ") + and + texts[len(texts)-1], nil
}
