package render

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"net/url"

	"bedside/lint/letter"
)

// An IndexEntry is one line of the index of rendered letters.
type IndexEntry struct {
	Href  string // relative, with /
	Meta  *letter.Meta
	Ready bool // false for a draft
}

const indexHead = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Letters</title>
<style>
body { max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; font: 1.05rem/1.5 Georgia, "Times New Roman", serif; color: #222; background: #fbfaf7; }
h1 { font-weight: normal; font-size: 1.8rem; }
ul { padding: 0; list-style: none; }
li { padding: 0.8rem 0; border-top: 1px solid #ddd8cc; }
a { color: #17526b; font-size: 1.15rem; }
p { margin: 0.2rem 0 0; }
.holds { margin: 0.4rem 0 0; font-size: 0.95rem; }
.holds dt, .holds dd { display: inline; margin: 0; }
.holds dt { font-weight: bold; }
.holds dt::after { content: ": "; }
.holds dd:not(:last-child)::after { content: "; "; }
.state { font-size: 0.9rem; color: #5a564c; }
@media (prefers-color-scheme: dark) {
  body { color: #e8e4da; background: #1d1f20; }
  li { border-color: #44484a; }
  a { color: #9fd0e3; }
  .state { color: #b9b3a5; }
}
</style>
</head>
<body>
<main>
<h1>Letters</h1>
<p>The patients in them are invented. Open a letter, and print it from the browser.</p>
<ul>
`

// Index is a page that links to rendered letters.
func (p *Pack) Index(entries []IndexEntry) []byte {
	var b bytes.Buffer
	b.WriteString(indexHead)
	for _, e := range entries {
		state := "Ready"
		if !e.Ready {
			state = "Draft: not ready to send"
		}
		fmt.Fprintf(&b, "<li><a href=\"%s\">%s</a>\n", html.EscapeString((&url.URL{Path: e.Href}).String()), html.EscapeString(cmp.Or(e.Meta.Title, e.Href)))
		if e.Meta.Purpose != "" {
			fmt.Fprintf(&b, "<p lang=\"%s\">%s</p>\n", html.EscapeString(e.Meta.Language), html.EscapeString(e.Meta.Purpose))
		}
		b.WriteString(holds(e.Meta))
		fmt.Fprintf(&b, "<p class=\"state\">%s · %s · %s</p></li>\n", state, html.EscapeString(letter.LanguageName(e.Meta.Language)), html.EscapeString(e.Href))
	}
	b.WriteString("</ul>\n</main>\n</body>\n</html>\n")
	return b.Bytes()
}
