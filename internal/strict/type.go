package strict

import (
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// A part is a table that was decoded on its own: what its keys may be is told
// by its type.
type part struct {
	path []string
	t    reflect.Type
}

// typeAt is the type that a key of the file is decoded into, nil when this
// part has no such key. What stands inside a value of any type is of any type.
func (p part) typeAt(key []string) reflect.Type {
	if len(key) < len(p.path) || !slices.Equal(p.path, key[:len(p.path)]) {
		return nil
	}
	return typeAt(p.t, key[len(p.path):])
}

func typeAt(t reflect.Type, key []string) reflect.Type {
	if len(key) == 0 {
		return t
	}
	switch t = element(t); t.Kind() {
	case reflect.Interface:
		return t
	case reflect.Map:
		return typeAt(t.Elem(), key[1:])
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(t) {
			if tag(f) == key[0] {
				return typeAt(f.Type, key[1:])
			}
		}
	}
	return nil
}

// keysOf lists the keys that a table of a type takes; any is one that takes
// all.
func keysOf(t reflect.Type) (keys []string, anything bool) {
	switch t = element(t); t.Kind() {
	case reflect.Interface:
		return nil, true
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(t) {
			if name := tag(f); name != "" {
				keys = append(keys, name)
			}
		}
	}
	return keys, false
}

// element is what pointers and lists of a type are of.
func element(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t
}

// tag is the key that a field of a struct is decoded from, or "".
func tag(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("toml"), ",")
	if name == "-" {
		return ""
	}
	return name
}

// noTable returns an *Error for the first value that stands where a table
// with keys of any name belongs: the toml package passes over it.
func (f *File) noTable() error {
	for _, p := range f.parts {
		t := element(p.t)
		if t.Kind() != reflect.Struct {
			continue
		}
		for _, field := range reflect.VisibleFields(t) {
			if field.Type.Kind() != reflect.Map {
				continue
			}
			key := append(slices.Clone(p.path), tag(field))
			if is := strings.ToLower(f.meta.Type(key...)); is != "" && is != "hash" {
				return f.Errorf(key, "this is %s and has to be %s", kindsOfValues[is], kindsOfValues["table"])
			}
		}
	}
	return nil
}

// misfit finds the first value of the table decoded last that does not fit its
// type, and says why. The toml package decodes a table in any order, and of a
// key in an array of tables it tells only the name: so each value is tried
// alone, in the order of the file.
func (f *File) misfit() (key Place, fault error) {
	decoded := f.parts[len(f.parts)-1]
	seen := map[string]int{}
	var found []string
	for _, path := range f.Keys() {
		if found != nil && (len(path) <= len(found) || !slices.Equal(path[:len(found)], found)) {
			break // the key that was found has none below it that tells more exactly
		}
		name := strings.Join(path, "\x00")
		n, at := seen[name], f.written(path)
		seen[name]++
		t := decoded.typeAt(path)
		if t == nil || n >= len(at) || f.Src[at[n].Offset] == '[' {
			continue
		}
		value := f.value(at[n])
		alone := reflect.New(reflect.MapOf(reflect.TypeFor[string](), t))
		if _, err := toml.Decode("x = "+f.Src[value.Offset:value.Offset+value.Length], alone.Interface()); err != nil {
			found, key, fault = path, at[n], err
		}
	}
	return key, fault
}

// value is the place of what a key at a place is given.
func (f *File) value(key Place) Place {
	s := scanner{src: f.Src, pos: key.Offset + key.Length}
	s.skipTo('=')
	s.skipBlank()
	start := s.pos
	s.value(map[string][]Place{}, nil)
	return Place{start, len(strings.TrimRight(f.Src[start:s.pos], " \t"))}
}

// inQuotes is the place of a value without its quotes, if it has any.
func (f *File) inQuotes(value Place) Place {
	text := f.Src[value.Offset : value.Offset+value.Length]
	inner := strings.TrimLeft(text, `"'`)
	return Place{value.Offset + len(text) - len(inner), len(strings.TrimRight(inner, `"'`))}
}
