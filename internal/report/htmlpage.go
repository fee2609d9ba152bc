package report

import (
	_ "embed"
	"strings"
)

// The parts of the page of writeHTML. Each begins on a line of its own, and
// ends within it.

//go:embed html.css
var htmlStyle markup

const htmlParts = `<nav aria-label="Parts of this report">
<ul>
<li><a href="#checked">What was checked</a></li>
<li><a href="#result">Result</a></li>
<li><a href="#letters">Letters</a></li>
<li><a href="#each">Each letter</a></li>
<li><a href="#rules">Rules</a></li>
</ul>
</nav>`

// top is the page down to the first letter.
func (r *htmlReport) top() markup {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="` + policy() + `">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Letter review: ` + escape(strings.TrimSuffix(r.Result, ".")) + `</title>
<style>` + htmlStyle + `</style>
</head>
<body>
<header>
<h1>Letter review</h1>
<p class="made">Made by Bedside` + when(r.Date.Text != "", " on "+r.Date.html()) + `</p>
</header>
` + htmlParts + `
<main>
<h2 id="checked">What was checked</h2>` + r.checked() + `
<h2 id="result">Result</h2>` + r.result() + `
<h2 id="letters">Letters</h2>` + r.table() + `
<section id="each" aria-labelledby="each-title">
<h2 id="each-title">Each letter</h2>
<p>Reading grade (Flesch-Kincaid) is the school year that a reader needs. Of Spanish letters, INFLESZ tells how easy they are to read: more is easier. Lines are those of the file, columns its characters.</p>`
}

// bottom is the page after the last letter.
func (r *htmlReport) bottom() markup {
	return `
</section>
<section id="rules" aria-labelledby="rules-title">
<h2 id="rules-title">Rules</h2>
<p>Every rule that the letters were held to, its reason, and where it comes from. What a finding weighs can differ from its rule: milder words weigh less.</p>` + each(r.Groups, htmlGroup.html) + `
</section>
</main>
<footer>
<p>Bedside looks for words and for what is missing. It gives no legal advice, and a check that passes is not a legal opinion.</p>
</footer>
</body>
</html>
`
}

func (r *htmlReport) checked() markup {
	forms := number(r.Forms) + ` <span class="aside">(a form is one way a letter can read, with and without what stands under a condition)</span>`
	return `
<dl class="facts">` +
		entry("Letters", detail(number(r.Summary.Letters))) +
		entry("Which letters", with(" <dd>", r.Scope, "</dd>")) +
		entry("Forms", detail(forms)) +
		entry(choose[markup](len(r.Languages) == 1, "Language", "Languages"),
			each(r.Languages, func(l string) markup { return detail(escape(l)) })) +
		entry("Rules", detail(escape(r.Rules+": "+plural(r.InForce, "rule")))) +
		entry("Rules that are off", each(r.Off, func(id string) markup { return detail(ruleLink(id)) })) +
		entry("Digest of the rules", detail("<code>"+escape(r.Digest)+"</code>")) + `
</dl>`
}

func (r *htmlReport) result() markup {
	var shape markup
	switch {
	case r.Errors > 0:
		shape = ` data-shape="✗"`
	case r.Summary.Letters > 0:
		shape = ` data-shape="✓"`
	}
	return `
<p class="result"` + shape + `>` + escape(r.Result) + `</p>` +
		when(r.Waived > 0, `
<p>What is waived may stay, for a reason that stands in the letter.</p>`) +
		when(r.Accepted > 0, `
<p>What is accepted was there before, and is listed in <code>`+escape(r.Baseline)+`</code>: it may stay for now. No letter becomes ready by that.</p>`) +
		when(len(r.Unread) > 0, `
<p><span class="state must" data-shape="✗">Not checked</span>, so nothing is said of it here:</p>
<ul>`+each(r.Unread, func(what string) markup { return "\n<li>" + escape(what) + "</li>" })+`
</ul>`) + `
<p>A letter is ready when no finding that weighs “must fix” is left in any of its forms.</p>`
}

func (r *htmlReport) table() markup {
	if len(r.Rows) == 0 {
		return "\n<p>None.</p>"
	}
	return `
<table class="letters" role="table">
<caption class="unseen">All letters with their results</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Letter</th> <th scope="col" role="columnheader">Result</th> <th scope="col" role="columnheader">Reading</th> <th scope="col" role="columnheader">Sign-off</th></tr></thead>
<tbody role="rowgroup">` + each(r.Rows, func(row markup) markup { return row }) + `
</tbody>
</table>`
}

// row is a letter in the table of letters.
func (l *htmlLetter) row() markup {
	grade, _, _ := strings.Cut(l.Reading, ",")
	cell := func(what markup) markup { return ` <td role="cell">` + what + "</td>" }
	return `
<tr role="row"><th scope="row" role="rowheader"><a href="#` + escape(l.ID) + `"` + lang(l.titleLang()) + `>` + escape(l.Title) + `</a>` +
		when(l.Title != l.Path, "<br><code>"+escape(l.Path)+"</code>") + "</th>" +
		cell(l.state().html()+with("<br>", l.found(), "")) + cell(escape(grade)) + cell(l.Approval.html()) + "</tr>"
}

func (l *htmlLetter) html() markup {
	return `
<article class="entry" id="` + escape(l.ID) + `" aria-labelledby="` + escape(l.ID) + `-title">
<h3 id="` + escape(l.ID) + `-title"` + lang(l.titleLang()) + `>` + escape(l.Title) + `</h3>
<p class="about">` + when(l.Title != l.Path, "<code>"+escape(l.Path)+"</code> · ") + escape(l.Language) +
		with(" · held to the rules for: ", l.Kinds, "") + ` · ` + escape(plural(l.Forms, "form")) + `</p>
<p class="verdict">` + l.state().html() + with(": ", l.found(), "") + `</p>
<h4>Readability</h4>
<p>` + escape(l.Reading) + `.</p>` + l.hardest() + `
<h4>What it holds</h4>` + l.elements() + `
<h4>Findings</h4>` + l.findings() + l.waivers() + `
<h4>Sign-off</h4>
<p>` + l.Approval.html() + with(": <q>", l.Approval.Note, "</q>") + `</p>
</article>`
}

func (l *htmlLetter) hardest() markup {
	if len(l.Hardest) == 0 {
		return ""
	}
	return `
<p class="lead">The hardest ` + choose[markup](len(l.Hardest) == 1, "sentence", "sentences") + `:</p>
<ul class="hardest">` + each(l.Hardest, func(s htmlSentence) markup {
		return `
<li><span class="aside">Line ` + number(s.Line) + ", " + escape(s.Words) + ", " + escape(s.Share) + `</span> ` + l.quote(s.Text) + `</li>`
	}) + `
</ul>`
}

// quote is text of the letter, in its language.
func (l *htmlLetter) quote(text string) markup {
	return "<q" + lang(l.Lang) + ">" + escape(text) + "</q>"
}

func (l *htmlLetter) elements() markup {
	if len(l.Elements) == 0 {
		return "\n<p>Nothing is required of this letter.</p>"
	}
	return `
<table class="elements">
<caption class="unseen">What the letter “` + escape(l.Title) + `” should hold, and whether it does</caption>
<thead><tr><th scope="col">The letter should</th> <th scope="col">It is</th> <th scope="col">Where first</th></tr></thead>
<tbody>` + each(l.Elements, func(e htmlElement) markup {
		return `
<tr><th scope="row">` + escape(e.Says) + `</th> <td>` + e.State.html() + `</td> <td>` +
			when(e.Line > 0, "line "+number(e.Line)+": "+l.quote(e.Text)) + `</td></tr>`
	}) + `
</tbody>
</table>`
}

func (l *htmlLetter) findings() markup {
	if len(l.Findings) == 0 {
		return "\n<p>None.</p>"
	}
	return `
<ol class="findings">` + each(l.Findings, htmlFinding.html) + `
</ol>`
}

func (l *htmlLetter) waivers() markup {
	if len(l.Waivers) == 0 {
		return ""
	}
	return `
<h4>Waivers</h4>
<ul class="waivers">` + each(l.Waivers, htmlWaiver.html) + `
</ul>`
}

func (w htmlWaiver) html() markup {
	stay := "No finding stays because of it."
	if w.Stay > 0 {
		stay = plural(w.Stay, "finding") + " may stay because of it."
	}
	return `
<li><p>` + ruleLink(w.Rule) + ` for ` + escape(w.Covers) + `, set in line ` + number(w.Line) + with(" by ", w.By, "") + w.Until.until() + `. ` + escape(stay) + `</p>
<p>` + choose(w.Because == "", "No reason is given.", "Reason: "+escape(w.Because)) + `</p></li>`
}

func (f htmlFinding) html() markup {
	return `
<li class="finding">
<p class="head">` + f.State.html() + ` <span class="place">` + escape(f.Place) + `</span> ` + ruleLink(f.Rule) + `</p>
<p class="message">` + escape(f.Before) + with("<span"+lang(f.Lang)+">", f.Words, "</span>") + escape(f.After) + `</p>` + f.source() + `
<dl>` +
		entry("May stay", f.mayStay()) +
		entry("When", with(" <dd>", f.When, "</dd>")) +
		entry("Why", f.why()) +
		entry("Try", each(f.Try, func(t htmlText) markup { return ` <dd class="try"` + lang(t.Lang) + `>` + escape(t.Text) + `</dd>` })) +
		entry("Source", f.cited()) + `
</dl>
</li>`
}

// source is the lines of the letter.
func (f htmlFinding) source() markup {
	if len(f.Lines) == 0 {
		return ""
	}
	more := when(f.More > 0, `
<p><span class="number"></span> <span class="line" lang="en">… and `+escape(plural(f.More, "more line"))+`</span></p>`)
	return `
<div class="source"` + lang(f.Lang) + `>` + each(f.Lines, htmlLine.html) + more + `
</div>`
}

func (l htmlLine) html() markup {
	class, name, words := markup(""), number(l.Number), with("<mark>", l.Words, "</mark>")
	if l.Number == 0 {
		class, name, words = ` class="added"`, "+", escape(l.Words)
	}
	return `
<p` + class + `><span class="number" lang="en">` + name + `</span> <span class="line">` + escape(l.Before) + words + escape(l.After) + `</span></p>`
}

func (f htmlFinding) mayStay() markup {
	switch {
	case f.Baseline != "":
		return detail("listed in <code>" + escape(f.Baseline) + "</code>")
	case f.Waiver == nil:
		return ""
	}
	return detail(escape(f.Waiver.Because) + with(` <span class="by">(`, f.Waiver.By, ")</span>") + f.Until.until())
}

func (f htmlFinding) why() markup {
	if f.Above > 0 {
		return detail("as said above, at line " + number(f.Above))
	}
	return with(" <dd"+lang(f.Why.Lang)+">", f.Why.Text, "</dd>")
}

func (f htmlFinding) cited() markup {
	if len(f.Sources) == 0 {
		return ""
	}
	var texts []string
	for _, s := range f.Sources {
		texts = append(texts, s.Text)
	}
	return ` <dd class="cited">` + escape(strings.Join(texts, " · ")) + `</dd>`
}

func (g htmlGroup) html() markup {
	return `
<h3>` + escape(g.Says) + ` <code>` + escape(g.Name) + `</code></h3>` + each(g.Rules, htmlRule.html)
}

func (r htmlRule) html() markup {
	return `
<div class="rule" id="rule-` + escape(r.ID) + `">
<h4><code>` + escape(r.ID) + `</code></h4>
<p>` + r.State.html() + `: ` + escape(r.Says) + when(r.State.Word == "off", " Nothing was held to it.") + `</p>
<dl>` +
		entry("Why", with(" <dd>", r.Why, "</dd>")) +
		entry("Bounds", with(" <dd>", r.Bounds, "</dd>")) +
		entry("Source", each(r.Sources, htmlSource.html)) +
		entry("Set in", detail(escape(r.Set))) + `
</dl>
</div>`
}

// html is a source with its address, which is one of https: see htmlSources.
func (s htmlSource) html() markup {
	return detail(escape(s.Text) + when(s.URL != "", ` <a href="`+escape(s.URL)+`">`+escape(s.URL)+`</a>`))
}

func (s htmlState) html() markup {
	return `<span class="state ` + escape(s.Class) + `" data-shape="` + escape(s.Shape) + `">` + escape(s.Word) + `</span>`
}

func (d htmlDate) html() markup {
	if d.ISO == "" {
		return escape(d.Text)
	}
	return `<time datetime="` + escape(d.ISO) + `">` + escape(d.Text) + `</time>`
}

func (d htmlDate) until() markup { return when(d.Text != "", ", until "+d.html()) }

func (a htmlApproval) html() markup {
	return a.State.html() + when(a.By != "", `<span class="by"> `+when(a.On.Text != "", a.On.html()+" ")+"by "+escape(a.By)+`</span>`)
}

// ruleLink leads to a rule on this page.
func ruleLink(id string) markup {
	return `<a href="#rule-` + escape(id) + `"><code>` + escape(id) + `</code></a>`
}
