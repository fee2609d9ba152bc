package lint

import "testing"

// TestBlanksAndLinksMeetNeeds: a blank stands for what it is called, and what
// is an order in a sentence is a way to do it in a link.
func TestBlanksAndLinksMeetNeeds(t *testing.T) {
	t.Parallel()
	p := openPack(t)
	for _, c := range []struct{ element, letter, want string }{
		{"payment-options", "Your bill is open.\n\n[Payment Link]", "[Payment Link]"},
		{"payment-options", "+++\nlanguage = \"es\"\n+++\n\nSu factura.\n\n🔗 {payLink}", "{payLink}"},
		{"payment-options", "+++\nlanguage = \"es\"\n+++\n\nPague: [opciones de pago]", "[opciones de pago]"},
		{"payment-options", "Thank you. {{bankInfo}}", "{{bankInfo}}"},
		{"payment-options", "{{ payment_url }}", "{{ payment_url }}"},
		{"payment-options", "Your bill: [Invoice Link]", ""},
		{"payment-options", "Your payment by {payment_method} came back.", ""},
		{"payment-options", "`[Payment Link]`", ""},
		{"payment-options", "Your plan rests.\n\n[→ **Pay** now &amp; keep it](https://example.org)", "→ Pay now & keep it"},
		{"payment-options", "> Your plan rests. [Renew\n> it](https://example.org) or [see it](https://example.org).", "Renew\nit"},
		{"payment-options", "+++\nlanguage = \"es\"\n+++\n\n[Pay now](https://example.org)", "Pay now"},
		{"contact-info", "A question? [Chat with us](https://example.org)", "Chat with us"},
		{"contact-info", "A question? Chat with us", ""},
		{"payment-options", "Pay now & keep it.", ""},
		{"payment-options", "See [what you can pay](https://example.org) or our [payroll](https://example.org).", ""},
		{"contact-info", "Questions? Ask [Support Contact].", "[Support Contact]"},
		{"contact-info", "Llame: [Contact Name]", ""},
		{"amount-owed", "You owe $[X] now.", "[X]"},
		{"amount-owed", "Payment {payment_number} is late.", ""},
	} {
		if got := words(p.Check("x.md", []byte(c.letter)), c.element); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.element, c.letter, got, c.want)
		}
	}
}

// words are those with which a letter has an element in every form, or "".
func words(res *Result, element string) string {
	for _, e := range res.Elements {
		if e.Name == element && e.Present {
			return e.block.Text[e.start:e.end]
		}
	}
	return ""
}
