package letter

import (
	"fmt"
	"testing"
)

func TestBlanksStandForWhatTheyName(t *testing.T) {
	for src, want := range map[string]string{
		"Dear [Patient Name],":             "[Patient Name] name patient_first_name",
		"You owe $[amount] now.":           "[amount] money balance_due",
		"You owe {amount_due}.":            "{amount_due} money balance_due",
		"Dear «Recip_FirstName»,":          "«Recip_FirstName» name patient_first_name",
		"Dear %(customer_name)s,":          "%(customer_name)s name patient_first_name",
		"Dear ((client name)),":            "((client name)) name ",
		"Pay by ${due_date}.":              "${due_date} date due_date",
		"Call ________ today.":             "________  ",
		"Dear [Patient\nName],":            "[Patient\nName] name patient_first_name",
		"Dear [Patient\u00a0Name],":        "[Patient\u00a0Name] name patient_first_name",
		"Llame al [Tele\u0301fono 2].":     "[Tele\u0301fono 2] phone ",
		"We ask for the amount ______":     "______ money balance_due",
		"Amount due: ______":               "______ money balance_due",
		"Dear {{ doc.customer_name }},":    "{{ doc.customer_name }} name patient_first_name",
		"Total: {{ invoice.grand_total }}": "{{ invoice.grand_total }} money ",
		"Due @Model.DueDate.":              "@Model.DueDate date due_date",
		"Was due XX/XX/XXXX, please.":      "XX/XX/XXXX date ",
		"Call XXX-XXX-XXXX.":               "XXX-XXX-XXXX phone ",
		"You owe $XXXX.":                   "XXXX money ",
		"You owe EUR %(open)s now.":        "%(open)s money ",
		"Son {{ doc.resto }} € en total.":  "{{ doc.resto }} money ",
		"Paga S/ {monto_x} ya.":            "{monto_x} money ",
		"Paga Bs. {credito} ya.":           "{credito} money ",
		"You owe $X now.":                  "X money ",
		"You owe $X,XXX.XX.":               "X,XXX.XX money ",
		"You owe $[N] now.":                "[N] money ",
		"You owe [$—] now.":                "[$—] money ",
		"You owe ₦X,XXX now.":              "X,XXX money ",
		"You owe ₱ {sum_open} now.":        "{sum_open} money ",
		"You owe [₹ ] now.":                "[₹ ] money ",
		"You owe [$XXX] now.":              "[$XXX] money ",
		"Son [0.00] € en total.":           "[0.00] money ",
		"Call us at (office phone).":       "(office phone) phone office_phone",
		"A balance of\n(amount) is left.":  "(amount) money balance_due",
		"Dear (Patient Name):":             "(Patient Name) name patient_first_name",
		"See {$subscr_ref} there.":         "{$subscr_ref}  ",
		"Cuota #{installmentNumber} hoy.":  "#{installmentNumber} integer ",
		"Van {days_past_due} days.":        "{days_past_due} integer ",
		"Pague: [opciones de pago]":        "[opciones de pago] words ",
		"Hola {{ESTUDIANTE}}, pague.":      "{{ESTUDIANTE}} name ",
		"It is {payment_status} now.":      "{payment_status} words ",
		"Su {plataforma} ya no va.":        "{plataforma} words ",
		"The {grace_plan} is over.":        "{grace_plan}  ",
	} {
		l := parseTest(t, src)
		b := l.Blocks[0]
		if len(b.Marks) != 1 {
			t.Errorf("%s: marks %v", src, b.Marks)
			continue
		}
		m := b.Marks[0]
		if got := fmt.Sprintf("%s %s %s", b.Text[m.Start:m.End], m.Type, m.Name); got != want || m.Kind != MarkBlank {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// A field or code at the start of a line does not hold the break before it.
func TestMarksAreTheirWords(t *testing.T) {
	for src, want := range map[string]string{
		"Pay\n{{balance_due}} now":     "$218.40",
		"Pay\\\n{{balance_due}} now":   "$218.40",
		"> Pay\n> `now` or later":      "now",
		"Pay\r\n{{ doc.total }}":       "{{ doc.total }}",
		"Pay\n<Patient Name> now":      "<Patient Name>",
		"Pay\n**{{balance_due}}** now": "$218.40",
	} {
		b := &parseTest(t, src).Blocks[0]
		if len(b.Marks) != 1 {
			t.Errorf("%q: marks %v", src, b.Marks)
			continue
		}
		if m := b.Marks[0]; b.Text[m.Start:m.End] != want {
			t.Errorf("%q: marked %q, want %q", src, b.Text[m.Start:m.End], want)
		}
	}
}

func TestAFixIsSafeOnlyOnFlatWords(t *testing.T) {
	for src, want := range map[string]string{
		"Dear [Patient Name],":            "{{patient_first_name}}",
		"Dear {{patientname}},":           "{{patient_first_name}}",
		"Dear {{patient_firs_name}},":     "",
		"Pay by [Date].":                  "",
		"Dear <PatientName>,":             "{{patient_first_name}}",
		"Dear <<PatientName>>,":           "",
		"Pay ${{Amount Due}} today.":      "",
		"Dear [Customer Name],":           "",
		"Pay [Amount] today.":             "",
		"Pay by XX/XX/XXXX.":              "",
		"Due date: ..........":            "",
		"Pay [Amount Due] today.":         "{{balance_due}}",
		"Pay $[Amount Due] today.":        "",
		"Pay ${{amountdue}} today.":       "",
		"Pay {{amountdue}} EUR today.":    "",
		`Dear \[Patient Name\],`:          "",
		"Amount: ______":                  "",
		"[a]({{office_phone}})":           "tel:{{office_phone}}",
		"[a](https://{{portal_url}}/pay)": "{{portal_url}}",
	} {
		l := parseTest(t, src)
		got := ""
		for _, p := range l.Problems {
			got += p.Fix
		}
		if got != want {
			t.Errorf("%s: fix %q, want %q", src, got, want)
		}
	}
}
