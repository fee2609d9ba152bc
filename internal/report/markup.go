package report

import (
	"strconv"
	"strings"
)

// A markup is a piece of a page of HTML. What is not written in this program
// comes into it through escape: a string does not add to a markup.
type markup string

// escape is a value as text of a page, or within the quotes of an attribute.
// What acts instead of showing is taken out: see isControl.
func escape(value string) markup {
	var b strings.Builder
	b.Grow(len(value))
	for _, r := range value {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"' || r == '\'' || r == '+':
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
		case r == '\t' || r == '\r':
			b.WriteByte(' ')
		case r != '\n' && isControl(r):
			b.WriteRune('\ufffd')
		default:
			b.WriteRune(r)
		}
	}
	return markup(b.String())
}

func number(n int) markup { return markup(strconv.Itoa(n)) }

// when is a piece that is not always there.
func when(there bool, piece markup) markup {
	if there {
		return piece
	}
	return ""
}

// with is a value between two pieces, and nothing where there is none.
func with(before markup, value string, after markup) markup {
	return when(value != "", before+escape(value)+after)
}

// each writes all pieces of a list.
func each[T any](all []T, one func(T) markup) markup {
	var b strings.Builder
	for _, item := range all {
		b.WriteString(string(one(item)))
	}
	return markup(b.String())
}

// lang is the attribute that says the language of an element; none is English.
func lang(tag string) markup { return with(` lang="`, tag, `"`) }

// entry is a name and what there is of it in a list of such, <dd> for <dd>;
// nothing where there is none.
func entry(name, what markup) markup {
	return when(what != "", "\n<div><dt>"+name+"</dt>"+what+"</div>")
}

func detail(what markup) markup { return " <dd>" + what + "</dd>" }
