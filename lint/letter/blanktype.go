package letter

import (
	"slices"
	"strings"
	"unicode"

	"bedside/lint/phrase"
)

// typeWords tell the type of a value from a word in its name. The first that
// fits decides: neither a number of payments nor the status of one is money.
var typeWords = []struct {
	t     Type
	words []string
}{
	{"email", []string{"email", "correo"}},
	{"phone", []string{"phone", "tel", "fax", "telefono", "teléfono", "mobile", "cell", "celular", "movil", "móvil", "fono", "whatsapp", "wsp", "hotline", "helpline"}},
	{"url", []string{"url", "link", "website", "portal", "enlace"}},
	{"date", []string{"date", "deadline", "fecha", "day", "vencimiento", "vence", "vto", "plazo", "maturity", "cutoff"}},
	{"words", []string{"status", "reason", "error", "message", "note", "description", "type", "method", "methods", "options", "instructions", "medios", "metodos", "métodos", "opciones", "formas", "motivo", "mensaje", "descripcion", "descripción", "tipo", "metodo", "método"}},
	{"integer", []string{"number", "count", "days", "num", "nro", "numero", "número", "id", "no"}},
	{"money", []string{"amount", "amt", "balance", "total", "fee", "price", "cost", "sum", "monto", "saldo", "importe", "cantidad", "payment", "pago", "due", "debt", "deuda", "owed", "owing", "valor", "restante", "pendiente", "adeudo", "outstanding", "charge", "rent", "renta", "premium", "instalment", "installment", "cuota", "paid", "open"}},
	{"integer", []string{"account", "invoice"}},
	{"name", []string{"name", "nombre", "nombres", "apellido", "apellidos", "patient", "client", "customer", "cliente", "paciente", "tenant", "guest", "recipient", "inquilino", "student", "estudiante", "alumno", "parent", "member", "socio", "user", "usuario", "debtor", "deudor", "titular", "owner", "propietario", "resident", "residente", "borrower", "first", "last", "company", "firm", "clinic", "practice"}},
}

// guessType tells the type of a value from its name, "" when nothing tells.
func guessType(name string) Type {
	if strings.ContainsAny(name, phrase.CurrencySigns) && isRoom(name) {
		return "money"
	}
	words := strings.FieldsFunc(splitCamel(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, t := range typeWords {
		for _, w := range words {
			if slices.Contains(t.words, strings.ToLower(w)) {
				return t.t
			}
		}
	}
	if len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(things, strings.ToLower(w)) }) {
		return "words"
	}
	return ""
}

// things are what a blank can be called that holds neither a number nor a name.
var things = []string{"service", "services", "servicio", "servicios", "plan", "platform", "plataforma", "product", "producto", "project", "proyecto", "course", "curso",
	"concept", "concepto", "item", "subscription", "suscripcion", "suscripción"}

// splitCamel parts "PatientName" into "Patient Name".
func splitCamel(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}
