package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"bedside/internal/render"
	"bedside/internal/strict"
)

// person reads the one real person of --data. What is said of a fault never
// shows a line of the file: it may be a patient's.
func (v *previewing) person() (render.Person, error) {
	var someone render.Person
	src, err := os.ReadFile(v.full(v.data))
	if err != nil {
		return someone, refuse([]string{"--data takes a file like people.toml with one person, or JSON."}, "cannot read “%s”: %s", v.shown(v.data), reason(err))
	}
	if strings.EqualFold(filepath.Ext(v.data), ".json") {
		d := json.NewDecoder(bytes.NewReader(src))
		d.UseNumber()
		if err := d.Decode(&someone); err != nil {
			return someone, refuse([]string{`Write {"name": "…", "language": "en", "values": {"balance_due": "218.40", …}}`}, "“%s” is not the JSON of one person", v.shown(v.data))
		}
		someone.Values, _ = numbers(map[string]any(someone.Values)).(map[string]any)
		return someone, nil
	}
	var file struct {
		Person []render.Person `toml:"person"`
	}
	_, err = strict.Decode(v.data, src, &file)
	var fault *strict.Error
	switch {
	case errors.As(err, &fault):
		line, _ := fault.Line()
		return someone, refuse([]string{"It has to be written like people.toml: [[person]], and below it [person.values]."}, "line %d of “%s” cannot be read", line, v.shown(v.data))
	case err != nil:
		return someone, err
	case len(file.Person) != 1:
		return someone, refuse([]string{"Leave one [[person]] in it."}, "“%s” has %d people; --data shows one", v.shown(v.data), len(file.Person))
	}
	return file.Person[0], nil
}

// numbers turns the numbers of JSON into those of TOML.
func numbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64()
		return f
	case map[string]any:
		for key := range v {
			v[key] = numbers(v[key])
		}
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	}
	return v
}
