package render

import (
	"cmp"
	"fmt"
	"slices"

	"bedside/lint/letter"
)

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
	titles := make([]string, len(letter.Columns))
	for i, c := range letter.Columns {
		if !slices.ContainsFunc(tables, func(row map[string]any) bool { return row[c.Key] != nil }) {
			continue
		}
		used = append(used, i)
		titles[i] = cmp.Or(c.Titles[language], c.Titles["en"])
		dst = append(dst, "<th scope=\"col\""+alignment(c.Type)+">"+titles[i]+"</th>\n"...)
	}
	dst = append(dst, "</tr>\n</thead>\n<tbody>\n"...)
	for _, row := range tables {
		dst = append(dst, "<tr>\n"...)
		for _, i := range used {
			c := letter.Columns[i]
			dst = append(dst, "<td"+alignment(c.Type)+`><span class="title">`+titles[i]+"</span> "...) // for where there are no columns
			if v := row[c.Key]; v != nil {
				text, err := letter.Format(c.Type, v, language)
				if err != nil {
					return dst, fmt.Errorf("%s in a line of {{%s}} %w", c.Key, field, err)
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
