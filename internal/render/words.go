package render

// pageWords are what a page says around a letter.
type pageWords struct {
	letters string // the title of a page with several

	questions, interpreters, formats string // before the phone number for each

	tear     string // what to do with it
	payable  string // before the name and address of the office
	from     string // before the name and account of the reader
	account  string // %s is the last digits of the account
	enclosed string // before the room to write an amount
}

// wordsIn are the words in a language; English where there are none.
func wordsIn(language string) pageWords {
	if language == "es" {
		return pageWords{
			letters:      "Cartas",
			questions:    "¿Preguntas? Llámenos",
			interpreters: "Intérpretes gratis",
			formats:      "Letra grande, braille o audio",
			tear:         "Si paga con cheque, envíe esta parte junto con él.",
			payable:      "Cheque a nombre de",
			from:         "De parte de",
			account:      "Cuenta de paciente terminada en %s",
			enclosed:     "Cantidad que envía",
		}
	}
	return pageWords{
		letters:      "Letters",
		questions:    "Questions? Please call us",
		interpreters: "Free interpreters",
		formats:      "Large print, braille, or audio",
		tear:         "If you pay by check, please send this part with it.",
		payable:      "Check payable to",
		from:         "From",
		account:      "Patient account ending in %s",
		enclosed:     "Amount enclosed",
	}
}
