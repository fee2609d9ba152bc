package letter

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"bedside/internal/nearest"
	"bedside/internal/strict"
)

// Meta is what the front matter of a letter says.
type Meta struct {
	Title    string   `toml:"title"`
	Language string   `toml:"language"` // BCP 47: "en", "es"
	Kinds    []string `toml:"kinds"`    // "series", "plan" …: decide what the letter must hold
	Stage    string   `toml:"stage"`    // "reminder-60"
	Purpose  string   `toml:"purpose"`  // one sentence for people
	Sender   string   `toml:"sender"`   // "provider" (default) or "collector"

	SendOnlyIf []Hold `toml:"send_only_if"` // all of this has to be so before it is sent
	NeverIf    []Hold `toml:"never_if"`     // none of this may be so

	Waivers []any `toml:"waivers"` // as they are written; for Letter.Waivers

	Present bool `toml:"-"` // the letter has front matter
	Span    Span `toml:"-"` // the front matter with its fences
	Labels
}

// LanguageName is what people call the language of a letter: "Spanish" for
// "es"; of one without a name here the tag itself.
func LanguageName(tag string) string {
	switch tag {
	case "en":
		return "English"
	case "es":
		return "Spanish"
	}
	return tag
}

const fence = "+++"

// maxMeta is the largest front matter that is read, in bytes: hostile TOML
// takes time that grows with the square of its size.
const maxMeta = 8 << 10

const frontMatterKeys = "Keys of the front matter: title, language, kinds, stage, purpose, sender, send_only_if, never_if, waivers; for labels overall, harsh, expect."

const frontMatterLines = `Each line is a key, an equals sign and a value: title = "Your bill", kinds = ["series"].`

// senders are who a letter can come from.
var senders = []string{"provider", "collector"}

// frontMatter reads the TOML between +++ lines, if there is any.
func (l *Letter) frontMatter() {
	start := l.Body.Start
	first := l.LineAt(start)
	switch {
	case l.fenceAt(first, fence):
	case l.fenceAt(first, "---"):
		l.yaml(first)
		return
	default:
		l.lateFence(first)
		return
	}
	from := nextLine(l.Src, first.End)
	for at := from; at < len(l.Src); {
		line := l.LineAt(at)
		if l.fenceAt(line, fence) {
			l.Body.Start = nextLine(l.Src, line.End)
			l.Meta.Span = Span{start, l.Body.Start}
			l.decodeMeta(from, at)
			return
		}
		at = nextLine(l.Src, line.End)
	}
	l.problem("front-matter", first, "the front matter that begins here is not closed", "Put a line “+++” after it.")
	l.Body.Start = from
}

// lateFence reports front matter that does not begin on the first line.
func (l *Letter) lateFence(line Span) {
	for len(bytes.TrimSpace(l.Src[line.Start:line.End])) == 0 && line.End < len(l.Src) {
		line = l.LineAt(nextLine(l.Src, line.End))
	}
	if l.fenceAt(line, fence) {
		l.problem("front-matter", line, "the front matter does not begin on the first line, so it would be printed", "Remove the empty lines above it.")
	}
}

func (l *Letter) fenceAt(line Span, mark string) bool {
	return string(bytes.TrimRight(l.Src[line.Start:line.End], " \t")) == mark
}

// decodeMeta decodes the front matter in src[from:to].
func (l *Letter) decodeMeta(from, to int) {
	meta := l.Meta
	l.Meta.Present = true
	if to-from > maxMeta || bytes.Count(l.Src[from:to], []byte{'.'})+bytes.Count(l.Src[from:to], []byte{'{'})+bytes.Count(l.Src[from:to], []byte{'['}) > maxMeta/32 {
		l.problem("front-matter", Span{from, from}, "this front matter is too long to be that of a letter", frontMatterKeys)
		return
	}
	if !plainMeta(string(l.Src[from:to]), &meta) {
		var fault *strict.Error
		if err := decodeFront(l.Path, l.Src[from:to], &meta); errors.As(err, &fault) {
			at := Span{from + fault.Place.Offset, min(from+fault.Place.Offset+fault.Place.Length, to)}
			try := frontMatterKeys
			if fault.Syntax {
				try = frontMatterLines
			}
			l.problem("front-matter", at, fault.Message, try)
			return
		}
	}
	if meta.Sender != "" && !slices.Contains(senders, meta.Sender) {
		l.problem("front-matter", l.MetaKey("sender"), fmt.Sprintf("“%s” is no sender: provider or collector%s", meta.Sender, nearest.Hint(meta.Sender, senders)),
			"Leave it out where the office writes in its own name.")
	}
	meta.Language, _, _ = strings.Cut(strings.ToLower(meta.Language), "-") // es-MX is held to the rules for es
	meta.Present = true
	l.Meta = meta
}

// MetaKey is where the front matter says key, or its first line when it does
// not.
func (l *Letter) MetaKey(key string) Span {
	for at := l.Meta.Span.Start; at < l.Meta.Span.End; at = nextLine(l.Src, at) {
		line := l.LineAt(at)
		name, _, _ := bytes.Cut(l.Src[line.Start:line.End], []byte("="))
		if string(bytes.TrimSpace(name)) == key {
			return line
		}
	}
	return Span{l.Meta.Span.Start, l.Meta.Span.Start}
}

// yaml explains that front matter is TOML and shows the converted text, which
// can take its place where it surely says the same.
func (l *Letter) yaml(first Span) {
	from := nextLine(l.Src, first.End)
	for at := from; at < len(l.Src); {
		line := l.LineAt(at)
		if l.fenceAt(line, "---") {
			body := nextLine(l.Src, line.End)
			l.Body.Start = body
			l.Meta.Present = true
			l.Meta.Span = Span{first.Start, body}
			toml, surely := yamlToTOML(string(l.Src[from:at]))
			converted := fence + "\n" + toml + fence
			problem := l.problem("front-matter", first, "this front matter is YAML; Bedside reads TOML between +++ lines", "Write:\n"+converted)
			if surely && readsAsMeta(converted) {
				problem.Span.End = line.End
				problem.Fix = converted
				if bytes.HasPrefix(l.Src[first.End:], []byte("\r\n")) {
					problem.Fix = strings.ReplaceAll(converted, "\n", "\r\n")
				}
			}
			return
		}
		if !bytes.ContainsRune(l.Src[line.Start:line.End], ':') && len(bytes.TrimSpace(l.Src[line.Start:line.End])) > 0 &&
			!bytes.HasPrefix(bytes.TrimSpace(l.Src[line.Start:line.End]), []byte("-")) {
			break // prose
		}
		at = nextLine(l.Src, line.End)
	}
	if second := l.LineAt(from); yamlKey.Match(l.Src[second.Start:second.End]) {
		l.problem("front-matter", first, "the front matter that begins here is not closed, and is YAML; Bedside reads TOML", "Put the TOML between two lines “+++”.")
	}
}

var yamlKey = regexp.MustCompile(`^[a-z_]+:( |$)`)

// readsAsMeta reports whether a text is front matter without a fault.
func readsAsMeta(text string) bool {
	l := &Letter{Src: []byte(text), Body: Span{0, len(text)}}
	l.frontMatter()
	return l.Meta.Present && len(l.Problems) == 0
}

// yamlToTOML converts the flat YAML that front matter is: "key: value" and
// lists of plain values. surely tells that it is no other YAML.
func yamlToTOML(yaml string) (toml string, surely bool) {
	var out strings.Builder
	var list []string
	key := ""
	surely = true
	value := func(v string) string {
		text, same := tomlValue(v)
		surely = surely && same
		return text
	}
	flush := func() {
		if key != "" {
			fmt.Fprintf(&out, "%s = [%s]\n", key, strings.Join(list, ", "))
		}
		key, list = "", nil
	}
	for line := range strings.Lines(yaml) {
		indented := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		line = strings.TrimSpace(line)
		if item, ok := strings.CutPrefix(line, "- "); ok {
			surely = surely && key != ""
			list = append(list, value(item))
			continue
		}
		surely = surely && (key == "" || len(list) > 0) // "key:" alone is null
		flush()
		k, v, ok := strings.Cut(line, ":")
		isText := line == "" || line[0] == '#'
		surely = surely && (isText || !indented && (v == "" || v[0] == ' '))
		v = strings.TrimSpace(v)
		switch {
		case line == "":
		case strings.HasPrefix(line, "#"):
			out.WriteString(line + "\n")
		case !ok:
			surely = false
			out.WriteString("# " + line + "\n")
		case v == "":
			key = k
		case strings.HasPrefix(v, "["):
			surely = surely && strings.HasSuffix(v, "]") && strings.Count(v, "[") == 1
			for item := range strings.SplitSeq(strings.Trim(v, "[]"), ",") {
				if item = strings.TrimSpace(item); item != "" {
					list = append(list, value(item))
				}
			}
			fmt.Fprintf(&out, "%s = [%s]\n", k, strings.Join(list, ", "))
			list = nil
		default:
			fmt.Fprintf(&out, "%s = %s\n", k, value(v))
		}
	}
	surely = surely && (key == "" || len(list) > 0)
	flush()
	return out.String(), surely
}

// tomlValue converts one value. same tells that it is a plain text for YAML as
// well: nothing of it means more than the letters it has.
func tomlValue(v string) (toml string, same bool) {
	if v == "true" || v == "false" {
		return v, true
	}
	inner := strings.Trim(v, `"'`)
	quoted := len(v) > 1 && strings.ContainsRune(`"'`, rune(v[0])) && v[0] == v[len(v)-1] && inner == v[1:len(v)-1]
	if quoted {
		return fmt.Sprintf("%q", inner), !strings.ContainsAny(inner, `"'\`)
	}
	isSign := v == "" || strings.ContainsAny(v[:1], "[]{}&*!|>%@`#,?:-=~") || strings.HasSuffix(v, ":") || strings.Contains(v, ": ") || strings.Contains(v, " #")
	isWord := slices.Contains([]string{"null", "yes", "no", "on", "off", "true", "false", "y", "n"}, strings.ToLower(v))
	return fmt.Sprintf("%q", inner), inner == v && !isSign && !isWord
}
