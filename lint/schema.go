package lint

import (
	"bytes"
	"cmp"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"
)

// Schema is the JSON Schema (draft-07) of rules.toml, for editors that complete
// keys and mark slips while somebody types. It is made from the tables that the
// loader decodes into, and says what can be said without reading the words: the
// keys, what they hold, and what a rule cannot do without. builtin is the pack
// that others extend: of its rules they may set a part.
func Schema(builtin *Pack) ([]byte, error) {
	s := tableSchema("", reflect.TypeFor[rulesFile]())
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = "rules.toml of Bedside"
	definitions := object{"language": languageSchema()}
	own, over := object{"version": object{"minimum": 1}, "language": object{"minProperties": 1}}, object{"extends": object{"const": "bedside"}}
	properties := object{"language": object{"additionalProperties": ref("language")}}
	for _, k := range kinds {
		properties[k.name] = object{"additionalProperties": ref(k.name)}
		definitions[k.name] = needsOf[k.name].part(k.name, k.table())
		definitions["new-"+k.name] = needsOf[k.name].whole(k.name)
		known := object{}
		for _, r := range builtin.Rules {
			if r.Kind == k.name {
				known[strings.TrimPrefix(r.ID, k.name+".")] = true
			}
		}
		own[k.name] = object{"additionalProperties": ref("new-" + k.name)}
		over[k.name] = object{"properties": known, "additionalProperties": ref("new-" + k.name)}
	}
	merge(s, object{"properties": properties, "definitions": definitions,
		"if":   object{"required": []string{"extends"}},
		"then": object{"properties": over},
		"else": object{"properties": own, "required": []string{"version", "language"}}})
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(s)
	return b.Bytes(), err
}

// An object of JSON. Its keys are written sorted.
type object = map[string]any

// merge lays one object over another, down to its values.
func merge(into, from object) {
	for key, value := range from {
		below, isObject := value.(object)
		there, wasObject := into[key].(object)
		if isObject && wasObject {
			merge(there, below)
		} else {
			into[key] = value
		}
	}
}

func ref(name string) object { return object{"$ref": "#/definitions/" + name} }

// needs is what the compiler of a kind of rules asks of its table, beyond that
// it can be decoded.
type needs struct {
	values, on   object   // of keys that are written: always, and while the rule is not off
	keys, keysOn []string // of a rule that is new, the same
	oneOf        []string // a new rule has one of these keys
	proof        func(key string) object
}

var needsOf = map[string]needs{
	"require": {
		values: object{"place": object{"enum": places}, "within": object{"enum": []string{"opening", ""}}},
		keys:   []string{"place"},
		keysOn: []string{"severity"},
		proof:  inSomeLanguage,
	},
	"ban": {
		values: object{"phrase": object{"items": object{"properties": object{"hit": object{"items": marks}}}}},
		on:     object{"says": quoting},
		keysOn: []string{"severity"},
		proof:  ofWording,
	},
	"limit": {
		values: object{"measure": object{"enum": measureNames()}},
		keys:   []string{"measure"},
		oneOf:  []string{"note", "warning", "error"},
		proof: func(key string) object {
			return object{
				"if":   object{"properties": object{"measure": object{"const": wordsMeasure}}},
				"then": object{"allOf": []object{ofWording(key), {"properties": object{"says": quoting}}}},
				"else": filled(key),
			}
		},
	},
	"guard": {
		values: object{"where": object{"items": object{"enum": scopes}}},
		keysOn: []string{"severity"},
		proof:  filled,
	},
	"promise": {
		values: object{"hit": object{"additionalProperties": object{"items": marks}}},
		keysOn: []string{"severity", "fact"},
		proof:  inSomeLanguage,
	},
}

var (
	off     = object{"required": []string{"off"}, "properties": object{"off": object{"const": true}}}
	marks   = object{"pattern": "<<"}
	quoting = object{"pattern": "%q", "not": object{"pattern": `%q[\s\S]*%q`}}
)

// filled is a table with something in the list or text at a key.
func filled(key string) object {
	return object{"required": []string{key}, "properties": object{key: object{"minItems": 1, "minLength": 1}}}
}

// inSomeLanguage is a table with something in one of the lists at a key.
func inSomeLanguage(key string) object {
	empty := object{"additionalProperties": object{"maxItems": 0}}
	return object{"required": []string{key}, "properties": object{key: object{"not": empty}}}
}

// ofWording is a table of which a phrase has something in its list at a key,
// or the table itself, for its swaps.
func ofWording(key string) object {
	phrase := object{"required": []string{"phrase"}, "properties": object{"phrase": object{"contains": filled(key)}}}
	swap := object{"required": []string{"swap"}, "properties": object{"swap": object{"minProperties": 1}}}
	return object{"anyOf": []object{phrase, {"allOf": []object{swap, filled(key)}}}}
}

// measureNames are the measures that a limit can have.
func measureNames() []string {
	names := []string{wordsMeasure}
	for _, m := range measures {
		names = append(names, m.name)
	}
	return names
}

// part is a table of a kind of rules, as it may be written over one that is
// there.
func (n needs) part(kind string, t table) object {
	s := tableSchema(kind, reflect.TypeOf(t).Elem())
	merge(s["properties"].(object), n.values)
	if phrase, ok := s["properties"].(object)["phrase"].(object); ok {
		proven := object{"allOf": []object{filled("try"), filled("hit"), filled("ok")}}
		phrase["items"].(object)["allOf"] = []object{filled("find"), {"if": off, "else": proven}}
	}
	on := object{"says": object{"minLength": 1}, "why": object{"minLength": 1}, "source": object{"minItems": 1}}
	merge(on, n.on)
	s["if"], s["else"] = off, object{"properties": on}
	return s
}

// whole is a table of a kind of rules that stands for a rule of its own.
func (n needs) whole(kind string) object {
	on := []object{{"required": append([]string{"says", "why", "source"}, n.keysOn...)}, n.proof("hit"), n.proof("ok")}
	s := object{"allOf": []object{ref(kind), {"if": off, "else": object{"allOf": on}}}}
	if n.keys != nil {
		s["required"] = n.keys
	}
	if n.oneOf != nil {
		var any []object
		for _, key := range n.oneOf {
			any = append(any, object{"required": []string{key}})
		}
		s["anyOf"] = any
	}
	return s
}

// languageSchema is the table of a language.
func languageSchema() object {
	s := tableSchema("language", reflect.TypeFor[languageTable]())
	merge(s, object{"properties": object{"plain": object{"additionalProperties": object{"minItems": 1, "items": object{"minLength": 1}}}}})
	return s
}

// tableSchema is a table that is decoded into a struct, called by its key.
func tableSchema(name string, t reflect.Type) object {
	properties := object{}
	for _, f := range reflect.VisibleFields(t) {
		if key := f.Tag.Get("toml"); key != "" {
			value := valueSchema(key, f.Type)
			if doc := cmp.Or(keyDocs[name+"."+key], keyDocs[key]); doc != "" {
				value["description"] = doc
			}
			properties[key] = value
		}
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false}
}

// valueSchema is the value of a key that is decoded into a type.
func valueSchema(key string, t reflect.Type) object {
	switch t {
	case reflect.TypeFor[Severity]():
		return object{"enum": []string{Error.String(), Warning.String(), Note.String()}}
	case reflect.TypeFor[toml.Primitive](): // what it is decoded into later says more
		return object{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return valueSchema(key, t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": valueSchema(key, t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": valueSchema(key, t.Elem())}
	case reflect.Struct:
		return tableSchema(key, t)
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	}
	return object{"type": "string"}
}
