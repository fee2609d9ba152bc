package letter

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"bedside/internal/nearest"
)

// A Hold is a condition on which a letter may be sent, or must not be: a
// clause for people and, where a program can tell, the value it depends on.
type Hold struct {
	Says  string   // "the patient has died"
	If    string   // the field or fact that has to be there, as {{#if}} asks; "" is for people to tell
	Is    []string // … that has to be one of these values of an enum
	Days  int      // … that has to be a day, so many days or more
	After string   // … after that of this field

	truth bool     // what it depends on is true or false, not there or missing
	keys  []string // as they were written, sorted
	slips []slip
}

// A slip is a fault in how a hold condition is written, at the n-th of its
// keys or, with "", at the condition itself.
type slip struct{ key, message string }

// The lists of hold conditions, as front matter calls them.
const (
	sendOnlyIf = "send_only_if"
	neverIf    = "never_if"
)

// holdKeys are the keys of a hold condition that is a table.
var holdKeys = []string{"says", "if", "is", "days", "after"}

const holdTry = "Write a clause in quotes, \"a question about the bill is open\", or what a program can tell as well: { says = \"the patient has died\", if = \"deceased_name\" }."

// UnmarshalTOML reads a hold condition: a text, or a table. Faults are kept
// for when their places can be told.
func (h *Hold) UnmarshalTOML(v any) error {
	switch v := v.(type) {
	case string:
		h.Says = v
	case map[string]any:
		h.keys = slices.Sorted(maps.Keys(v))
		for _, key := range h.keys {
			h.set(key, v[key])
		}
	default:
		h.slip("", "a hold condition is text in quotes or a table")
	}
	return nil
}

// set takes one key of a table.
func (h *Hold) set(key string, v any) {
	texts := map[string]*string{"says": &h.Says, "if": &h.If, "after": &h.After}
	number, isNumber := v.(int64)
	words, isWords := textsOf(v)
	switch to := texts[key]; {
	case to != nil:
		var ok bool
		if *to, ok = v.(string); !ok {
			h.slip(key, key+" has to be text in quotes")
		}
	case key == "is" && isWords:
		h.Is = words
	case key == "is":
		h.slip(key, "is has to be a list of values, such as [\"pending\"]")
	case key == "days" && isNumber && number > 0 && number < 10000:
		h.Days = int(number)
	case key == "days":
		h.slip(key, "days has to be a whole number above 0")
	default:
		h.slip(key, fmt.Sprintf("“%s” is not a key here%s", key, nearest.Hint(key, holdKeys)))
	}
}

func (h *Hold) slip(key, message string) { h.slips = append(h.slips, slip{key, message}) }

// textsOf is a list with at least one text, and nothing but texts.
func textsOf(v any) (texts []string, ok bool) {
	list, _ := v.([]any)
	for _, item := range list {
		text, isText := item.(string)
		if !isText {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, len(texts) > 0
}

// holds holds the hold conditions to the fields and facts there are.
func (p *page) holds() {
	for _, list := range []struct {
		name  string
		holds []Hold
	}{{sendOnlyIf, p.Meta.SendOnlyIf}, {neverIf, p.Meta.NeverIf}} {
		written := p.tables(list.name)
		for i := range list.holds {
			p.hold(&list.holds[i], written.at)
			written.next(list.holds[i].keys)
		}
	}
}

// hold holds one condition to the fields and facts; at is the place of a text
// behind one of its keys.
func (p *page) hold(h *Hold, at func(key, text string) Span) {
	fault := func(key, text, message string) { p.problem("hold", at(key, text), message, holdTry) }
	for _, s := range h.slips {
		fault(s.key, "", s.message)
	}
	first := ""
	if len(h.keys) > 0 {
		first = h.keys[0]
	}
	switch {
	case len(h.slips) > 0:
	case strings.TrimSpace(h.Says) == "":
		fault(first, "", "a hold condition says in words what has to be so")
	case h.If == "" && len(h.keys) > 1:
		fault(first, "", "this says what a value has to be, and not which: if is missing")
	case (h.Days > 0) != (h.After != ""):
		fault(first, "", "days and after belong together: if = \"letter_date\", days = 120, after = \"first_bill_date\"")
	case h.Is != nil && h.Days > 0:
		fault("is", "", "a value is one of a few, or a day: leave out is or days")
	case h.If == "":
	case p.dict.Field(h.If) == nil && !p.dict.Fact(h.If):
		p.known(h.If, at("if", h.If))
	default:
		p.holdValue(h, fault)
	}
}

// holdValue holds what a condition asks of a value to the type of its field.
func (p *page) holdValue(h *Hold, fault func(key, text, message string)) {
	f, after := p.dict.Field(h.If), p.dict.Field(h.After)
	h.truth = f == nil || f.Type == "bool"
	switch {
	case h.After != "" && after == nil:
		fault("after", h.After, fmt.Sprintf("“%s” is not a field%s", h.After, nearest.Hint(h.After, p.dict.names())))
	case h.After != "" && (f == nil || f.Type != "date"):
		fault("if", h.If, fmt.Sprintf("%s is no date", h.If))
	case h.After != "" && after.Type != "date":
		fault("after", h.After, fmt.Sprintf("%s is no date", h.After))
	case h.Is != nil && (f == nil || f.Type != "enum"):
		fault("is", "", fmt.Sprintf("%s has no values to choose from: its type is not enum", h.If))
	}
	for _, word := range h.Is {
		if f != nil && f.Type == "enum" && !slices.Contains(f.OneOf, word) {
			fault("is", word, fmt.Sprintf("“%s” is no value of %s%s; they are %s", word, h.If, nearest.Hint(word, f.OneOf), strings.Join(f.OneOf, ", ")))
		}
	}
}

// Test is what a program looks at, in words: "deceased_name is there"; "" for
// a condition that people have to tell.
func (h *Hold) Test() string { return h.test("is", "is there") }

// test says what a program looks at, with the verbs for it.
func (h *Hold) test(is, isThere string) string {
	switch {
	case h.If == "":
		return ""
	case h.After != "":
		return fmt.Sprintf("%s %s %s or more after %s", h.If, is, days(h.Days), h.After)
	case h.Is != nil:
		return fmt.Sprintf("%s %s %s", h.If, is, anyOf(h.Is))
	case h.truth:
		return h.If + " " + is + " true"
	}
	return h.If + " " + isThere
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

// anyOf joins words: "a, b or c".
func anyOf(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// met reports whether a condition holds with these values, and which of them
// it lacks, if any. It must be one that a program can tell.
func (h *Hold) met(value func(name string) any) (met bool, lacks string) {
	v := value(h.If)
	switch {
	case !Given(v) && !h.truth:
		return false, h.If
	case h.After != "" && !Given(value(h.After)):
		return false, h.After
	case h.After != "":
		day, ok := dayOf(v)
		from, alsoOK := dayOf(value(h.After))
		return ok && alsoOK && !day.Before(from.AddDate(0, 0, h.Days)), ""
	case h.Is != nil:
		word, _ := v.(string)
		return slices.Contains(h.Is, word), ""
	}
	return Given(v), ""
}

// Held says why a letter must not be sent with these values, as far as a
// program can tell: one reason for each condition that stands against it, in
// the order of the front matter. A reason names fields and never holds a
// value: it may be a patient's.
func (m *Meta) Held(value func(name string) any) (reasons []string) {
	for i := range m.SendOnlyIf {
		h := &m.SendOnlyIf[i]
		if h.If == "" {
			continue
		}
		switch met, lacks := h.met(value); {
		case lacks != "":
			reasons = append(reasons, fmt.Sprintf("send only if %s: %s is missing", h.Says, lacks))
		case !met:
			reasons = append(reasons, fmt.Sprintf("send only if %s: %s", h.Says, h.test("is not", "is missing")))
		}
	}
	for i := range m.NeverIf {
		h := &m.NeverIf[i]
		if h.If == "" {
			continue
		}
		if met, _ := h.met(value); met {
			reasons = append(reasons, fmt.Sprintf("never if %s: %s", h.Says, h.Test()))
		}
	}
	return reasons
}
