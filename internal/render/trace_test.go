package render

import (
	"strings"
	"testing"

	"bedside/lint/letter"
)

// What the preview is told: of each value which field it is of, of marked
// words which mark, in text, in a table and in bold, and of what is missing
// where it belongs. What people read stays the same.
func TestTraced(t *testing.T) {
	src := "# Your *bill*\n\nDear {{patient_first_name}}, a **final notice & more** for {{provider_first_name}}.\n\n| A | Left |\n| - | - |\n| now \\| then | {{balance_due}} |\n"
	at := func(words string) letter.Span {
		start := strings.Index(src, words)
		return letter.Span{Start: start, End: start + len(words)}
	}
	p := openPack(t)
	l := letter.Parse("a.md", []byte(src), p.dict, "en")
	sheet, err := p.Sheet(l, Options{Person: "few-values", Form: -1, Traced: true, Marks: []letter.Span{
		at("a **final notice &"), at("notice"), at("{{balance_due}}"), {Start: strings.Index(src, "| A"), End: strings.Index(src, "| A")}, at("Your *bill*"), {Start: -1, End: -1}}})
	if err != nil {
		t.Fatal(err)
	}
	page := string(p.Page([]Sheet{sheet}, false))
	for _, want := range []string{
		`Dear <span data-field="patient_first_name">Thu</span>, <span data-mark="0">a </span><strong><span data-mark="0">final </span><span data-mark="0 1">notice</span><span data-mark="0"> &amp;</span> more</strong>`,
		`for <span data-field="provider_first_name"></span>.`,
		`<th scope="col"><span data-mark="3"></span>A</th>`,
		`<td>now | then</td>`,
		`<span data-mark="2"><span data-field="balance_due">$86.00</span></span>`,
		`<h1><span data-mark="4">Your </span><em><span data-mark="4">bill</span></em></h1>`,
		`<span data-field="recipient_name">Thu Nguyễn</span>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(page, `data-mark="5"`) {
		t.Error("a mark that is nowhere stands somewhere")
	}
	if t.Failed() {
		t.Log(page[strings.Index(page, "<main"):])
	}
}
