package render

import (
	"fmt"
	"slices"

	"bedside/lint/letter"
)

// columns are what a line of a bill can say, in the order of the table.
var columns = []struct {
	key    string
	typ    letter.Type
	en, es string
}{
	{"date", "date", "Date", "Fecha"},
	{"what", "text", "What it is", "Qué es"},
	{"code", "text", "Code", "Código"},
	{"charge", "money", "Charge", "Cargo"},
	{"plan_discount", "money", "Plan discount", "Descuento del plan"},
	{"plan_paid", "money", "Plan paid", "Pagó el plan"},
	{"you_paid", "money", "You paid", "Pagó usted"},
	{"your_part", "money", "Your part", "Su parte"},
}

// appendList writes a list as a block of its own: a table of lines, or a
// bulleted list.
func appendList(dst []byte, field string, v any, language string) ([]byte, error) {
	tables, texts, err := letter.Rows(v)
	if err != nil {
		return dst, fmt.Errorf("the value of {{%s}} %w", field, err)
	}
	if tables == nil {
		dst = append(dst, "<ul>\n"...)
		for _, text := range texts {
			dst = append(dst, "<li>"...)
			dst = append(appendEscaped(dst, text), "</li>\n"...)
		}
		return append(dst, "</ul>"...), nil
	}
	return appendTable(dst, field, tables, language)
}

func appendTable(dst []byte, field string, tables []map[string]any, language string) ([]byte, error) {
	dst = append(dst, "<table class=\"lines\">\n<thead>\n<tr>\n"...)
	var used []int
	titles := make([]string, len(columns))
	for i, c := range columns {
		if !slices.ContainsFunc(tables, func(row map[string]any) bool { return row[c.key] != nil }) {
			continue
		}
		used = append(used, i)
		titles[i] = c.en
		if language == "es" {
			titles[i] = c.es
		}
		dst = append(dst, "<th scope=\"col\""+alignment(c.typ)+">"+titles[i]+"</th>\n"...)
	}
	dst = append(dst, "</tr>\n</thead>\n<tbody>\n"...)
	for _, row := range tables {
		dst = append(dst, "<tr>\n"...)
		for _, i := range used {
			c := columns[i]
			dst = append(dst, "<td"+alignment(c.typ)+` data-title="`+titles[i]+`">`...) // on a phone it stands beside the value
			if v := row[c.key]; v != nil {
				text, err := letter.Format(c.typ, v, language)
				if err != nil {
					return dst, fmt.Errorf("%s in a line of {{%s}} %w", c.key, field, err)
				}
				dst = appendEscaped(dst, text)
			}
			dst = append(dst, "</td>\n"...)
		}
		dst = append(dst, "</tr>\n"...)
	}
	return append(dst, "</tbody>\n</table>"...), nil
}

func alignment(t letter.Type) string {
	if t == "money" {
		return ` class="right"`
	}
	return ""
}
