package strict

import "strings"

// index finds where every table header and key of a TOML file is written. The
// file has been decoded without error, so only the shape of lines matters:
// strings and brackets are followed so that what looks like a key inside a
// value is not taken for one.
func index(src string) map[string][]Place {
	places := map[string][]Place{}
	s := scanner{src: src}
	var table []string
	for s.pos < len(src) {
		s.skipBlank()
		if s.pos >= len(src) {
			break
		}
		start := s.pos
		if src[s.pos] == '[' {
			for s.pos < len(src) && src[s.pos] == '[' {
				s.pos++
			}
			table = s.key()
			add(places, table, start, s.lineEnd()-start)
			s.pos = s.lineEnd()
			continue
		}
		key := s.key()
		add(places, append(table[:len(table):len(table)], key...), start, s.pos-start)
		s.skipTo('=')
		s.value(places, append(table[:len(table):len(table)], key...))
	}
	return places
}

func add(places map[string][]Place, key []string, offset, length int) {
	k := strings.Join(key, "\x00")
	places[k] = append(places[k], Place{offset, length})
}

type scanner struct {
	src string
	pos int
}

// skipBlank passes white space, newlines and comments.
func (s *scanner) skipBlank() {
	for s.pos < len(s.src) {
		switch c := s.src[s.pos]; {
		case c == '#':
			s.pos = s.lineEnd()
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) lineEnd() int {
	if n := strings.IndexByte(s.src[s.pos:], '\n'); n >= 0 {
		return s.pos + n
	}
	return len(s.src)
}

func (s *scanner) skipTo(c byte) {
	for s.pos < len(s.src) && s.src[s.pos] != c {
		s.pos++
	}
	s.pos = min(s.pos+1, len(s.src))
}

// key reads a dotted key and stops behind its last part.
func (s *scanner) key() []string {
	var parts []string
	for s.pos < len(s.src) {
		for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t') {
			s.pos++
		}
		start := s.pos
		if s.pos < len(s.src) && (s.src[s.pos] == '"' || s.src[s.pos] == '\'') {
			s.text()
			parts = append(parts, s.src[start+1:max(start+1, s.pos-1)])
		} else {
			for s.pos < len(s.src) && !strings.ContainsRune(" \t.=]\r\n,}", rune(s.src[s.pos])) {
				s.pos++
			}
			parts = append(parts, s.src[start:s.pos])
		}
		end := s.pos
		for s.pos < len(s.src) && (s.src[s.pos] == ' ' || s.src[s.pos] == '\t') {
			s.pos++
		}
		if s.pos >= len(s.src) || s.src[s.pos] != '.' {
			s.pos = end
			break
		}
		s.pos++
	}
	return parts
}

// value passes one value and indexes the keys of inline tables in it.
func (s *scanner) value(places map[string][]Place, path []string) {
	s.skipBlank()
	if s.pos >= len(s.src) {
		return
	}
	switch s.src[s.pos] {
	case '"', '\'':
		s.text()
	case '[':
		s.list(']', func() { s.value(places, path) })
	case '{':
		s.list('}', func() {
			start := s.pos
			key := append(path[:len(path):len(path)], s.key()...)
			add(places, key, start, s.pos-start)
			s.skipTo('=')
			s.value(places, key)
		})
	default:
		for s.pos < len(s.src) && !strings.ContainsRune(",]}#\r\n", rune(s.src[s.pos])) {
			s.pos++
		}
	}
}

// list passes a bracketed, comma separated list, one element a call.
func (s *scanner) list(end byte, element func()) {
	s.pos++
	for {
		s.skipBlank()
		if s.pos >= len(s.src) {
			return
		}
		switch s.src[s.pos] {
		case end:
			s.pos++
			return
		case ',':
			s.pos++
		default:
			before := s.pos
			element()
			if s.pos == before {
				s.pos++ // not TOML after all: never stand still
			}
		}
	}
}

// text passes a string of any of the four kinds.
func (s *scanner) text() {
	quote := s.src[s.pos]
	end := string(quote)
	if strings.HasPrefix(s.src[s.pos:], strings.Repeat(end, 3)) {
		end = strings.Repeat(end, 3)
	}
	s.pos += len(end)
	for s.pos < len(s.src) {
		switch {
		case quote == '"' && s.src[s.pos] == '\\':
			s.pos = min(s.pos+2, len(s.src))
		case strings.HasPrefix(s.src[s.pos:], end):
			s.pos += len(end)
			for len(end) == 3 && s.pos < len(s.src) && s.src[s.pos] == quote {
				s.pos++ // quotes right before the closing three belong to the text
			}
			return
		default:
			s.pos++
		}
	}
}
