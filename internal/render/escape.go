package render

import (
	"net/url"
	"strings"

	"bedside/lint/letter"
)

// appendEscaped escapes text for HTML text and for quoted attributes. The
// table is that of html/template, which is the oracle in the tests.
func appendEscaped(dst []byte, s string) []byte {
	last := 0
	for i := range len(s) {
		var e string
		switch s[i] {
		case 0:
			e = "\uFFFD"
		case '"':
			e = "&#34;"
		case '&':
			e = "&amp;"
		case '\'':
			e = "&#39;"
		case '+':
			e = "&#43;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		default:
			continue
		}
		dst = append(dst, s[last:i]...)
		dst = append(dst, e...)
		last = i + 1
	}
	return append(dst, s[last:]...)
}

// appendPercent encodes a value inside a link so that it can only be part of
// a path or of one query value. A phone number is written as it is dialled
// (RFC 3966), an address of e-mail with its @ (RFC 6068).
func appendPercent(dst []byte, t letter.Type, s string) []byte {
	if t == "phone" {
		number, ext, found := strings.Cut(s, " ext. ")
		s = strings.NewReplacer("(", "", ")", "", " ", "", "-", "").Replace(number)
		if found {
			return append(append(appendPercent(dst, "", s), ";ext="...), url.QueryEscape(ext)...)
		}
	}
	escaped := strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
	if t == "email" {
		escaped = strings.ReplaceAll(escaped, "%40", "@")
	}
	return append(dst, escaped...)
}

// normalURL percent-encodes what a browser would not take as it stands.
func normalURL(s string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("!#$&*+,-./:;=?@[]_~%", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
