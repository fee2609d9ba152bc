package report

// A fault is a fault of the file itself as people meet it: what it looks like,
// what is right, and the way there. Some cannot be shown in words.
type fault struct{ wrong, right, way string }

// faults are those of the built-in rules, which have no words in rules.toml.
var faults = map[string]fault{
	"letter.unknown-field":  {"Dear {{patient_frist_name}},", "Dear {{patient_first_name}},", "All fields: bedside fields"},
	"letter.no-value":       {"", "", "Give it a value in templates/practice.toml, or put what needs it between {{#if name}} and {{/if}}."},
	"letter.condition":      {"{{#if portal_url}} Pay online.", "{{#if portal_url}}\nPay online.\n{{/if}}", "Each mark stands alone on its line, and each {{#if}} has its {{/if}}."},
	"letter.too-many-forms": {"", "", "Make two letters of it, or leave out a condition."},
	"letter.blank":          {"Dear [Patient Name],", "Dear {{patient_first_name}},", "The field for a blank: bedside fields \"Patient Name\""},
	"letter.front-matter":   {"+++\nlanguage = en\n+++", "+++\nlanguage = \"en\"\n+++", "Texts stand in quotation marks, lists in brackets: kinds = [\"series\"]"},
	"letter.hold": {"+++\nnever_if = [{ if = \"deceased_name\" }]\n+++", "+++\nnever_if = [{ says = \"the patient has died\", if = \"deceased_name\" }]\n+++",
		"Each condition says in words what has to be so; { if = \"name\" } beside it lets a program hold the letter back."},
	"letter.language":  {"+++\nlanguage = \"xx\"\n+++", "+++\nlanguage = \"en\"\n+++", "A letter without front matter: bedside check --language es"},
	"letter.encoding":  {"", "", "Save it as UTF-8 (“Save as”, encoding “UTF-8”)."},
	"letter.too-large": {"", "", "Check that this file is a letter."},
	"letter.empty":     {"", "", "Write the letter, or remove the file."},
	"letter.nesting":   {"", "", "Write the paragraph without quotes inside quotes or lists inside lists."},
	"letter.table":     {"| Visit | Amount |\n| -- |", "| Visit | Amount |\n| -- | -- |", ""},
	"letter.raw-html":  {"<b>Thank you</b>", "**Thank you**", "Bold is **text**, a heading # text, a link [text](https://…)."},
	"letter.image":     {"![Our logo](https://example.org/logo.png)", "", "A logo belongs into templates/letter.html, where it stands on every page."},
	"letter.link":      {"[Pay online](http://example.org/pay)", "[Pay online](https://example.org/pay)", ""},
	"letter.heading":   {"# Your bill\n\n# How to pay", "# Your bill\n\n## How to pay", "One line with one # says what the letter is about."},
	"letter.twin":      {"", "", "Give letters such as templates/en/thanks.md and templates/es/thanks.md the same kinds, fields, conditions and promises. The words are free."},
	"letter.approval":  {"", "", "Read it, then: bedside approve LETTER --by \"NAME\". What has changed since the last time: bedside diff LETTER"},
	"letter.waiver": {"<!-- bedside: allow ban.legalese -->", "<!-- bedside: allow ban.legalese because \"required by state form 12-B\" -->",
		"On a line of its own before a paragraph, list or table it covers that. For what a letter lacks it stands in the front matter: waivers = [{ allow = \"require.due-date\", because = \"nothing is left to pay\" }]"},
	"letter.waiver-expired": {"", "", "Decide again: give the waiver a later day, or remove it and change what the rule finds."},
	"letter.waiver-unused":  {"", "", "Remove the waiver, or put it right before the block that it is for."},
}

// fault prints what a fault of the file looks like and what to do.
func (e *explanation) fault(f fault) {
	label := "Instead"
	if f.wrong != "" {
		e.pair(label, e.paint(red, "✗"), f.wrong)
		label = ""
	}
	if f.right != "" {
		e.pair(label, e.paint(green, "✓"), f.right)
	}
	if f.way != "" {
		e.paragraph("Way out", f.way)
	}
}
