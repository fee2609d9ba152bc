package lint

import (
	"testing"
)

// TestCallsByName: a name at the beginning of a letter, set off, greets its
// reader; in an address, a notice, a list or a signature it does not.
func TestCallsByName(t *testing.T) {
	t.Parallel()
	p := openPack(t)
	for _, c := range []struct{ letter, want string }{
		{"{name},\n\nYou owe $20.", "{name}"},
		{"[CLIENT NAME],\n\nYou owe $20.", "[CLIENT NAME]"},
		{"[Tenant Name]:\n\nYou owe $20.", "[Tenant Name]"},
		{"______,\n\nYou owe $20.", "______"},
		{"**{{patient_first_name}}**, you owe $20.", "Jordan"},
		{"{{patient_first_name}}: this bill is open.", "Jordan"},
		{"{{1}}. We write about a bill.", "{{1}}"},
		{"⚠️ {nombre}: Su cuenta tiene un saldo.", "{nombre}"},
		{"{nombre}\n\nYour bill is still open.", "{nombre}"},
		{"[SMS] {name}, your bill is open.", "{name}"},
		{"{first_name} {last_name}, your bill is open.", "{last_name}"},
		{"# A\n\nMay 4, 2026\n\n{name},\n\nYou owe $20.", "{name}"},
		{"Subject: A note about the bill that we sent you\n\n{name},\n\nYou owe $20.", "{name}"},
		{"## {name}, is all well?\n\nYour bill is open.", "{name}"},
		{"{{#if portal_url}}\n{name}, pay online.\n{{else}}\n{name}, pay by check.\n{{/if}}", "{name}"},
		{"{{#if portal_url}}\n{name}, pay online.\n{{else}}\nPlease pay by check.\n{{/if}}", ""},

		{"{{#if portal_url}}\nYou can pay online.\n{{/if}}\n\n{name}, pay by check.", ""},
		{"{name}\n\nDear Patient,\n\nYour bill is open.", ""},
		{"{company}\n\nYour bill is still open.", ""},
		{"# {name}\n\nYour bill is still open.", ""},
		{"{name}\\\n{address}\n\nYour bill is open.", ""},
		{"{name},\\\n{address},\\\n{city}\n\nYour bill is open.", ""},
		{"{company}, a clinic, writes to you.", ""},
		{"{gym_name}: your bill is open.", ""},
		{"Maple Clinic: {name}, your bill is open.", ""},
		{"{company}: {name}, your bill is open.", ""},
		{"NOTICE - {name}\n\nYour bill is open.", ""},
		{"{name} - NOTICE\n\nYour bill is open.", ""},
		{"{due_date}, {city}\n\nYour bill is open.", ""},
		{"`{name}`, your bill is open.", ""},
		{"Patient: {name},\n\nYour bill is open.", ""},
		{"| {name}: | $20 |\n|---|---|\n| A | B |", ""},
		{"Please pay this bill by {date}:\n\n{name}, please call us.", ""},
		{"{{1}} is due on {{2}}.", ""},
		{"Your bill is open.\n\n{name}, please call us.", ""},
		{"Your bill is open.\n\nSincerely,\n\n{name},\nBilling", ""},
	} {
		res := p.Check("x.md", []byte(c.letter))
		if got := words(res, "personal-greeting"); got != c.want {
			t.Errorf("%q: greets with %q, want %q", c.letter, got, c.want)
		}
	}
}

// TestCallsInSomeForms: where something has been said before it in one form, a
// name greets in the others.
func TestCallsInSomeForms(t *testing.T) {
	t.Parallel()
	res := openPack(t).Check("x.md", []byte("{{#if portal_url}}\nYou can pay online.\n{{/if}}\n\n{{patient_first_name}}, pay by check.\n"))
	for _, f := range res.Findings {
		if f.Rule.ID == "require.personal-greeting" {
			if got, want := f.Message, "when {{portal_url}} is there, this letter does not greet the reader by name"; got != want {
				t.Errorf("%q, want %q", got, want)
			}
			return
		}
	}
	t.Error("no greeting is missed")
}
