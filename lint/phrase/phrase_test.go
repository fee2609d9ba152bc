package phrase

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// TestPatterns holds every element of the pattern language: what it finds, marked, and what it passes by.
func TestPatterns(t *testing.T) {
	for _, tt := range []struct{ name, pattern, texts string }{
		{"word", "final notice", `
			<<Final notice>>
			This is your <<FINAL  notice>>.
			<<final-notice>> and <<final/notice>> and <<final‑notice>>
			A "<<final" notice>>, a ‘<<final’ notice>>, a «<<final» notice>>
			Finally noticed. final noticeable
			final, notice; final (notice); final: notice; final — notice; final -- notice; final - notice; final! notice
			It is final. Notice the date.`},
		{"line break inside", "final notice", "<<final\nnotice>>"},
		{"no-break space", "final notice", "<<final\u00a0notice>> <<final\u2003notice>>"},
		{"apostrophe", "don't (pay|wait)", `
			<<Don't pay>>, <<don’t wait>>
			dont pay, don t pay`},
		{"possessive", "family's bill", `
			your <<family’s bill>>
			your family bill`},
		{"accents", "acción judicial", `
			una <<acción judicial>>, una <<accion judicial>>, una <<ACCIÓN JUDICIAL>>`},
		{"n with tilde", "año", `
			un <<año>>, un <<an` + "\u0303" + `o>>, un <<AÑO>>
			un ano`},
		{"n without tilde", "ano", `
			un <<ano>>
			un año, un an` + "\u0303" + `o`},
		{"hyphen in pattern", "interest-free", `
			<<interest-free>>, <<interest free>>
			interestfree`},
		{"inflected", "garnish~", `
			<<garnish>> <<garnishes>> <<garnished>> <<Garnishing>>
			garnishment`},
		{"inflected e", "charge~", "<<charge>> <<charges>> <<charged>> <<charging>> charger"},
		{"inflected ee", "agree~", "<<agrees>> <<agreed>> <<agreeing>> agreement"},
		{"inflected y", "deny~ carry~?", "<<deny>> <<denies>> <<denied>> <<denying>>"},
		{"inflected vowel y", "delay~", "<<delays>> <<delayed>> delaies"},
		{"inflected double", "stop~", "<<stop>> <<stops>> <<stopped>> <<stopping>>"},
		{"inflected two vowels", "fail~", "<<fails>> <<failed>> failled"},
		{"inflected irregular", "take~ action", "<<took action>>, <<taken action>>, <<taking action>>, taked action"},
		{"prefix", "delinquen*", `
			<<delinquent>>, <<DELINQUENCY>>, <<delinquencies>>, <<delinquen>>
			delinque`},
		{"prefix in a group", "(past|delin*|delinquent) due", `
			<<past due>>, <<delinq due>>, <<delinquent due>>
			pas due`},
		{"alternatives", "(final|last|2nd) (notice|warning)", `
			<<last notice>>, <<final warning>>, <<2nd notice>>
			first notice`},
		{"alternatives of words", "(pay|send us) (the (full|whole) (amount|sum)|all of it)", `
			<<pay the full amount>>, <<send us all of it>>, <<send us the whole sum>>
			pay the amount, send all of it`},
		{"dash in any white space", "final notice", "<<final-notice>>, final - notice, final -\nnotice, final\u00a0- notice"},
		{"optional word", "your credit score?", "<<your credit>>, <<your credit score>>, <<your credit>> file"},
		{"optional first", "please? be advised", "<<be advised>>, <<Please be advised>>"},
		{"optional group", "in (the (near|close))? future", "<<in future>>, <<in the near future>>, in the future"},
		{"gap", "take .. action", `
			<<take action>>, <<take legal action>>, <<take any other legal action>>
			take a b c d action`},
		{"gap of two", "take ..2 action", `
			<<take a b action>>
			take a b c action`},
		{"gap over comma and brackets", "send ..5 collections", `
			<<send it, today, to collections>>, <<send it (all) to collections>>
			send it; to collections, send it: to collections, send it — to collections, send it? to collections`},
		{"comma", "^hello, (our|your)", `
			<<Hello, our>> records. <<Hello (our>> office). <<Hello,
your>> bill
			hello our friends. Hello Jordan, our records. Hello; our records`},
		{"comma in a group", "hello (, dear)? our", "<<hello, dear our>>, <<hello our>>, hello dear our, hello, our"},
		{"comma before any word", "hello, [name]", "<<Hello, Jordan>>, Hello Jordan, hello, you"},
		{"any word", "dear _? _? friend", `
			<<dear friend>>, <<dear old friend>>, <<dear {{n:name}} friend>>, <<dear 5 old friend>>
			dear, friend, dear good old fine friend, dear Jordan, my friend, dear (old) friend`},
		{"any word last", "by _", "<<by any>> means, by, the by"},
		{"gap of words in groups", "(in|keep ..3) good standing", `
			<<in good standing>>, keep it <<in good standing>>, <<keep your account good standing>>`},
		{"tightest", "take ..3 action", "take, or <<take legal action>>, or action"},
		{"several", "pay (now|today)", "<<Pay now>>. <<Pay today>>. Pay. Now"},
		{"number", "within # days", `
			<<within 10 days>>, <<within {{n:integer}} days>>, <<within {{x}} days>>
			within ten days, within {{who:name}} days`},
		{"any number", "by #", `
			<<by $5>>, <<by 12/01/2026>>, <<by May 5, 2026>>, <<by 5 de mayo de 2026>>, <<by {{due:date}}>>, <<by (903) 555-0171>>
			by Friday`},
		{"money", "pay #money", `
			<<pay $1,250.00>>, <<pay €5>>, <<pay £5>>, <<pay 500 dollars>>, <<pay USD 500>>, <<pay {{b:money}}>>
			pay 500, pay {{d:date}}, pay {{x}}`},
		{"date", "by the? #date", `
			<<by 12/01/2026>>, <<by 2026-12-01>>, <<by May 5>>, <<by May 5th, 2026>>, <<by 5 May 2026>>, <<by 5th May 2026>>, <<by the 5th of May>>, <<by June 2026>>, <<by 5 de mayo>>, <<by Jan. 5>>, <<by {{d:date}}>>
			by 24/7, by 5, by may, by 555-0171`},
		{"month and number apart", "(may|june) #", "<<May 5>>, 2026"},
		{"phone", "call #phone", `
			<<call (903) 555-0171>>, <<call (55) 5555 0171>>, <<call (0251) 5550171>>, <<call (903) 555–0171>>, <<call (903)	555-0171>>, <<call 903-555-0171>>, <<call 555-0171>>, <<call 1-800-555-0100>>, <<call 903.555.0171>>, <<call 903 555 0171>>, <<call {{p:phone}}>>
			call 711, call 123-45-6789, call (903) 555, call (15) 2026-05-03, call (48) 555 010, call $5`},
		{"phone with its country", "#phone", `
			+<<57 304 5550142>>, +<<56 2 5555 0142>>, +<<573045550142>>, (+<<34 688 55 01 42>>), +1 <<903-555-0171>>
			57 304 5550142, 56 2 5555 0142, 4 + 573045550, +5, 3+4 5`},
		{"money in words", "#money", "<<AED 700>>, <<Rs. 4,000>>, <<5,000 soles>>, <<40 MXN>>, <<12 pounds>>, 12 stones"},
		{"money of other countries", "#money", "<<₹5,000>>, <<₦ 5,000>>, <<₱400.50>>, GH<<₵5>>, <<₪120>>, ₹ off"},
		{"phone behind its picture", "#phone", `
			📞 <<3005553900>>, ☎️ <<2234-5678>>, 📱: <<300 555 3900>>
			account 3005553900, 📞 24/7, 📞 123456, 🏠 3005553900`},
		{"literal number", "call 711", `
			<<call 711>>
			call 7111`},
		{"literal percent", "(0%|zero) interest", "<<0% interest>>, 0 interest"},
		{"literal time", "24/7 or 8:30", "<<24/7 or 8:30>>"},
		{"literal amount", "$400 or more", "<<$400 or more>>, 400 or more, $400.50 or more"},
		{"number and word", "30 day", "<<30-day>>, 30day, <<30 day>>"},
		{"email", "write #email", `
			<<write jane.doe+x@pay.example.org>>, <<write billing-office@example.org>>, <<write {{e:email}}>>.
			write to us`},
		{"url", "(at|see) #url", `
			<<at pay.example.org/help>>, <<at https://example.org/a?b=c>>. <<See www.example.org>>.
			at today.We, at 5 a.m. we, at e.g. home`},
		{"link to a chat with a number", "#phone", `
			<<https://wa.me/525550142>>, <<wa.me/525550142>>, <<https://api.whatsapp.com/send?phone=525550142>>,
			https://example.org/wa`},
		{"words of addresses", "example", "at example.org, me@example.org, http://example/example: an <<example>>."},
		{"shape", "#ddd-dd-dddd", `
			SSN <<123-45-6789>>.
			123-456-7890, 1234-45-6789, 123-45-678, 123456789`},
		{"shape with letters", "#dAAd-AAd", "<<1EG4-TE5>>, <<1EG4 TE5>>, 1eg4-te5, 1EG4"},
		{"shape with a prefix", "#AA-dddd", "<<XY-1234>>, xy-1234, XY 123, <<XY 1234>>"},
		{"shape and words", "(account|ssn) #dddd", "<<account 1234>>, account 123"},
		{"digits", "#d13..19", "card <<4111111111111111>>, 411111111111"},
		{"name", "(call|ask for) [name]", `
			<<call Maria>>, <<ask for {{who:name}}>>, <<ask for {{x}}>>, <<call Óscar>>
			call maria, call 711, call {{p:phone}}`},
		{"colon", "(warning|alert) :", "<<Warning>>: read this. <<ALERT>> : now. Warning; alert"},
		{"colon and more", "total : #money", "<<Total: $5>>, total $5, total; $5"},
		{"colon after a gap", "balance ..3 (is|:) #money", "<<Balance due today: $5>>, <<balance is $5>>, balance due: today $5"},
		{"start", "^important (notice|:)", `
			<<Important>>: read. <<Important notice>> 5. An important notice.
			a very important notice`},
		{"start of a line", "^questions", "Help\u2028<<Questions>>? Ask\u2028questions."},
		{"start of a group", "(^dear (patient|sir)|to whom)", "<<Dear patient>>, dear patient, <<to whom>>"},
		{"opaque", "take ..2 action", "<<take {{c:code}} action>>, {{c:code}}, take {{c:code}} a b action"},
		{"field is no word", "take value", "take {{x}}, <<take value>>"},
		{"fields side by side", "# # due", "<<{{a:money}}{{b:money}} due>>"},
		{"invisible characters", "collection agency", "<<col\u00adlec\u200btion\u00ad agen\u2060cy>>"},
		{"other scripts", "Ελλάδα", "<<ΕΛΛΆΔΑ>>, <<ελλαδα>>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := compile(t, testEnglish(), Phrase{Find: []string{tt.pattern}})
			checkMarked(t, m, tt.texts)
		})
	}
}

// checkMarked checks that phrase 0 hits what is marked, in each of the texts that stand on a line of their own.
func checkMarked(t *testing.T, m *Matcher, texts string) {
	t.Helper()
	for text := range strings.SplitSeq(texts, "\n\t") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		b, want := prose(unmarked(text), nil), prose(text, nil)
		if got := b.marked(m, 0); got != want.text {
			t.Errorf("want %s\n got %s", want.text, got)
		}
	}
}

func TestExcept(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{
		Find:   []string{"arrest~", "police"},
		Except: []string{"(cardiac|respiratory) arrest*", "police or accident report", "accident ..1 police"},
	})
	checkMarked(t, m, `
		an <<arrest>>, but not a cardiac arrest
		the police or accident report, the <<police>>
		an accident for police; <<police>>`)
}

func TestLists(t *testing.T) {
	lang := testEnglish()
	lang.Lists = map[string][]string{"agency": {"agency", "collector~", "recovery firm"}, "bad": {"(a"}}
	m := compile(t, lang, Phrase{Find: []string{"to (an|our) {agency}", "(lawyer|{agency}) now"}})
	checkMarked(t, m, `
		<<to our agency>>, <<to an recovery firm>>, <<to our collectors>>, <<lawyer now>>, <<collectors now>>
		to our firm, agencies now`)
	for pattern, want := range map[string]string{"an {agent}": `no list "agent"`, "an {agency": `ends with "}"`, "an {bad} now": `in the list "bad"`, "an } b": "needs a word"} {
		_, err := Compile(lang, []Phrase{{Find: []string{pattern}}})
		var fault *PatternError
		if !errors.As(err, &fault) || !strings.Contains(fault.Message, want) || fault.Offset != len("an ") {
			t.Errorf("%s: %v, want %s", pattern, err, want)
		}
	}
}

// TestLeadIn holds what ties a list item to the words before its list: words of the sequence, not a gap; and that the
// clause goes on, though ^ holds.
func TestLeadIn(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{
		Find:      []string{"(will|may) ..2 sue~", "^report~", "arrange ..4 plan", "legal action"},
		Negatable: true,
	})
	checkMarked(t, m, "we <<may\u2029sue>> you")
	checkMarked(t, m, "we <<may\u2029 even sue>> you")
	checkMarked(t, m, "we may do this\u2029 sue you")
	checkMarked(t, m, "please arrange to call\u2029 a plan")
	checkMarked(t, m, "we will\u2029<<report>> you")
	checkMarked(t, m, "we will never\u2029 take legal action")
	checkMarked(t, m, "we never do one thing or two of this\u2029 a long list of some and legal action")
	checkMarked(t, m, "we never do one thing or two of this\u2029 a list far too long for that and <<legal action>>")
	checkMarked(t, m, "we will\u2029 take <<legal action>>")
	checkMarked(t, m, "if this is not done\u2029 <<legal action>>")
	checkMarked(t, m, "this is not planned\u2029 legal action")
}

func TestOverlaps(t *testing.T) {
	m := compile(t, testEnglish(),
		Phrase{Find: []string{"legal action", "take ..3 legal (action|steps)", "action now"}},
		Phrase{Find: []string{"legal"}},
		Phrase{Find: []string{"we .. legal"}})
	b := prose("We take legal action now, and take legal steps.", nil)
	if got, want := b.marked(m, 0), "We <<take legal action>> now, and <<take legal steps>>."; got != want {
		t.Errorf("want %s\n got %s", want, got)
	}
	var order []int
	for _, h := range b.hits(m) {
		order = append(order, h.Phrase)
	}
	if want := []int{2, 0, 1, 0, 1}; !slices.Equal(order, want) {
		t.Errorf("phrases in order %v, want %v", order, want)
	}
}

func TestCase(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"(FAP|EOBs) form?", "Señor"}, Case: true})
	checkMarked(t, m, `
		<<FAP>>, <<FAP form>>, <<FAP>> FORM, <<EOBs>>, <<Señor>>, <<Sen`+"\u0303"+`or>>
		fap, Fap, EOBS, señor, SEÑOR`)
}

// TestNegation holds every way a hit is denied, and what only looks like it.
func TestNegation(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{
		Find:      []string{"(take~|file~) ..2 (action|suit)", "sue~ (you|patients)", "send~ ..4 collections", "legal action", "contact~ us"},
		Negatable: true,
	})
	checkMarked(t, m, `
		We will not take legal action. We'll never sue you. No office will sue you. We won't sue you, or we can't sue you.
		We do not sue you or any patient. We do not, as a rule, <<sue you>>.
		Instead of taking legal action we listen. We listen rather than sue you.
		one two three not four five six seven eight nine ten <<sue you>>, not a b c d e f sue you, not a b c d e f g <<sue you>>
		We will not hesitate to take <<legal action>>. Please do not hesitate to <<contact us>>. We have no choice but to <<sue you>>.
		We will not only <<sue you>> but take <<legal action>>. We can no longer wait and will <<sue you>>.
		We will <<sue you>> without notice. We will without further notice <<sue you>>, without notice <<sue you>>.
		If you do not pay, we will <<sue you>>. If you do not pay we will <<sue you>>. Do not pay us if others <<sue you>>.
		You have not paid and we will <<sue you>>. You did not pay so lawyers <<sue you>>. Not paid (<<sue you>>).
		We do not want to have to <<send your account to collections>>. Not paid: <<sue you>>. Not paid; <<sue you>>. Not paid – <<sue you>>.
		We will never, ever <<sue you>>. Not now.
		<<Sue you>>
		Legal action will not be taken. Legal action is never our way. Legal action won't follow. Legal action not taken.
		None of this will lead to legal action, <<legal action>> of this sort. It will <<sue you>>, none of it. Not one of us will sue you.
		<<Legal action>> cannot be ruled out. <<Legal action>> will not be ruled out. Legal action cannot be taken.
		<<Legal action>> will now be taken. <<Legal action>>, not help. <<Legal action>> may not be taken.
		If we <<sue you>> never mind. We <<sue you>> not them. We sue patients never.`)
	checkMarked(t, m, "Not paid\u2028<<Sue you>>. We will not\u2028sue you.")
	checkMarked(t, m, `
		We will not report you to anyone, sue you, or send your account to collections. We do not sue you or take legal action.
		We will not call, <<sue you>>, <<send your account to collections>>. We will not call, and <<sue you>>.
		If you do not pay, we will <<sue you>> or <<take action>>. You have not called, and we will <<sue you>>, or not.
		As it was not paid, we think <<legal action>> will begin in May or June. As it was not paid, a court will take <<legal action>>, or not.
		We never call at night, at work or at home, and take <<legal action>>.`)
}

// TestDeniedInside holds that a negator in a gap denies, and one that the pattern asks for does not.
func TestDeniedInside(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"water ..3 (will|may) ..3 shut", "(not|never) ..3 see you"}, Negatable: true})
	checkMarked(t, m, `
		Your water will not be shut off. Your water may never again be shut. The <<water that you use will be shut>> off.
		We will <<not be able to see you>>.
		The <<water will without notice be shut>> off.`)
}

func TestNegationSpanish(t *testing.T) {
	m := compile(t, testSpanish(), Phrase{Find: []string{"demandar*", "demanda~", "demandado", "cobrar* intereses"}, Negatable: true})
	checkMarked(t, m, `
		Nunca lo demandaremos. No cobraremos intereses. Jamás le vamos a demandar. Sin demandarle.
		Si no paga, lo <<demandaremos>>. No paga su cuenta y lo <<demandaremos>>. No dudaremos en <<demandarlo>>.
		Sin previo aviso lo <<demandaremos>>. No pagó porque lo <<demandaron>>. No pagó; <<cobraremos intereses>>.
		Las demandas no son nuestra manera. Una <<demanda>> no se hizo esperar. Nada de su cuenta será demandado.`)
}

func TestFirstPerson(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"within # days", "promptly"}, FirstPerson: true})
	checkMarked(t, m, `
		We will answer within 10 days. When you call, we'll answer promptly. If you call, we answer promptly. Our team answers promptly.
		Please answer <<within 10 days>>. You know we answer <<promptly>>. Answer <<promptly>>, we beg.
		We expect your answer <<within 10 days>>. We must hear from you <<promptly>>. We answer <<within 10 days>> what we require.
		We answer within 10 days, and we expect no more. We answer promptly if you expect it.`)
	es := compile(t, testSpanish(), Phrase{Find: []string{"dentro de # (horas|dias)"}, FirstPerson: true})
	checkMarked(t, es, `
		Le responderemos dentro de 48 horas. Contestamos dentro de 48 horas. Se lo diremos dentro de 2 días.
		Responda <<dentro de 48 horas>>. Le esperamos <<dentro de 48 horas>>.`)
}

func TestSpanishForms(t *testing.T) {
	for pattern, texts := range map[string]string{
		"pagar~":    "<<pagar>> <<pago>> <<pagas>> <<pague>> <<paguen>> <<pagué>> <<pagamos>> <<pagarán>> <<pagaría>> <<pagado>> <<pagando>> pagador",
		"cobrar~":   "<<cobro>> <<cobre>> <<cobraremos>> <<cobradas>>",
		"deber~":    "<<debe>> <<deben>> <<debido>> <<debía>> <<deberá>> <<deba>>",
		"escribir~": "<<escriba>> <<escribió>> <<escribimos>> <<escribirán>>",
		"avanzar~":  "<<avance>> <<avanzo>>",
		"cuenta~":   "<<cuenta>> <<cuentas>>",
		"plan~":     "<<plan>> <<planes>>",
		"vez~":      "<<vez>> <<veces>>",
	} {
		checkMarked(t, compile(t, testSpanish(), Phrase{Find: []string{pattern}}), texts)
	}
}

func TestSentences(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"pay ..9 now"}})
	text := "pay it now pay it now pay it now"
	var got []int
	m.Scanner().Scan(text, nil, []Span{{Start: 0, End: 10}, {Start: 22, End: 32}}, nil, func(h Hit) { got = append(got, h.Sentence) })
	if want := []int{0, -1, 1}; !slices.Equal(got, want) {
		t.Errorf("hits in sentences %v, want %v", got, want)
	}
}

func TestNothingInsideMarks(t *testing.T) {
	m := compile(t, testEnglish(), Phrase{Find: []string{"#ddd-dd-dddd", "FAP", "#", "example*"}})
	text := "123-45-6789 FAP $5 examples"
	marks := []Mark{{0, 11, Opaque, ""}, {12, 15, Field, "text"}, {16, 18, Field, "name"}, {19, 27, Opaque, "money"}}
	if hits := (block{text: text, marks: marks}).hits(m); hits != nil {
		t.Errorf("hits %v inside marks", hits)
	}
}

func TestWords(t *testing.T) {
	m := compile(t, testEnglish())
	s := m.Scanner()
	text := "Pay $5, Señor O’Neil: see a.example.org VALUE on the 5th"
	s.Scan(text, nil, nil, []Mark{{Start: strings.Index(text, "VALUE"), End: strings.Index(text, " on")}}, func(Hit) {})
	var got []string
	for _, w := range s.Words() {
		word := text[w.Start:w.End]
		if !w.Letters() {
			word = "(" + word + ")"
		}
		got = append(got, word)
	}
	if got, want := strings.Join(got, " "), "Pay ($5) Señor O’Neil see (a.example.org) (VALUE) on the 5th"; got != want {
		t.Errorf("words %s\n want %s", got, want)
	}
}

// TestErrors holds what can be wrong with a pattern: where, and a word of the way out.
func TestErrors(t *testing.T) {
	for _, tt := range []struct{ pattern, at, message string }{
		{"", "", "empty"},
		{"  ", "  ", "empty"},
		{"pay (now|today", "(now|today", "not closed"},
		{"pay now)", ")", "no bracket is open"},
		{"(late|overdue)~ fee", "~ fee", "'~' goes behind each word of a choice: (late~|overdue~)"},
		{"pay|now", "|now", "in brackets"},
		{"pay ()", ")", "empty"},
		{"pay (now|)", ")", "may be missing"},
		{"pay (|now)", "|now)", "may be missing"},
		{".. pay", ".. pay", "both sides"},
		{"pay ..", "..", "both sides"},
		{"pay (now|a ..3)", "..3)", "both sides"},
		{"pay ..12 now", "..12 now", "..1 to ..9"},
		{"pay ..0 now", "..0 now", "..1 to ..9"},
		{"pay ..3? now", "? now", "remove"},
		{"pay? (now)?", "pay? (now)?", "without any word"},
		{"^", "^", "without any word"},
		{"? pay", "? pay", "word before"},
		{"~", "~", "word before"},
		{"*remos", "*remos", "word before"},
		{"pay ~", "~", "word before"},
		{"pay; now", "; now", "leave it out"},
		{"pay now,", ",", "both sides"},
		{", now", ", now", "both sides"},
		{"_ (_)?", "_ (_)?", "add one to look for"},
		{"pay, ..2 now", ", ..2", "remove the comma"},
		{"pay & now", "& now", "leave it out"},
		{"pay - now", "- now", "is no word"},
		{"(a|b)c", "c", "a space before"},
		{"pay..5 now", "..5 now", "a space before"},
		{"see pay.example.org", "pay.example.org", "#url"},
		{"pay #mony", "#mony", "did you mean “#money”"},
		{"write #mail", "#mail", "did you mean “#email”"},
		{"pay #whatever", "#whatever", "the types are #money, #date, #phone, #email, #url,"},
		{"ask [nam]", "[nam]", "[name]"},
		{": now", ": now", "word before it"},
		{"a ..3 :", ":", "right before it"},
		{"a ^b", "^b", "first word"},
		{"a ..9 b ..9 c ..9 d ..9 e ..9 f ..9 g ..9 h", "a ..9", "shorten"},
		{strings.Repeat("(a b|c d|e f) ", 6), "(a b", "split"},
	} {
		t.Run(tt.pattern, func(t *testing.T) {
			_, err := Compile(testSpanish(), []Phrase{{Find: []string{"fine"}}, {Except: []string{tt.pattern}}})
			var e *PatternError
			if !errors.As(err, &e) {
				t.Fatalf("no error")
			}
			if e.Phrase != 1 || e.Pattern != tt.pattern || !strings.HasPrefix(tt.pattern[e.Offset:], tt.at) || !strings.Contains(e.Message, tt.message) {
				t.Errorf("want %q at %q, got %v", tt.message, tt.at, e)
			}
		})
	}
}

func TestErrorsOfLanguageAndAll(t *testing.T) {
	lang := testSpanish()
	lang.Traps = append(lang.Traps, "no (")
	_, err := Compile(lang, []Phrase{{Find: []string{"a)", "FAP~"}, Case: true}})
	all, ok := err.(interface{ Unwrap() []error })
	if !ok || len(all.Unwrap()) != 3 {
		t.Fatalf("want three errors, got %v", err)
	}
	var phrases []int
	for _, e := range all.Unwrap() {
		phrases = append(phrases, e.(*PatternError).Phrase)
	}
	if want := []int{0, 0, -1}; !slices.Equal(phrases, want) {
		t.Errorf("errors of phrases %v, want %v", phrases, want)
	}
}

// TestLatin holds the letters that are read quickly to the keys they have.
func TestLatin(t *testing.T) {
	for r := 'À'; r <= 'ÿ'; r++ {
		want := appendKey(nil, string(r), false)
		if got := latinAt(string(r), 0); got == 0 && len(want) == 1 || got != 0 && string(want) != string(got) {
			t.Errorf("%c is read as %q and not as %q", r, got, want)
		}
	}
}

// TestRunWords holds that the numbers of the words of dates and amounts are those of their lists.
func TestRunWords(t *testing.T) {
	for name, c := range map[string]struct {
		list string
		last word
	}{"months": {monthNames, lastMonth}, "of": {monthNames + " " + ofNames, lastOf}, "units": {monthNames + " " + ofNames + " " + unitNames, lastUnit}} {
		if n := len(strings.Fields(c.list)); word(n) != c.last {
			t.Errorf("%s: %d words, and the last is %d", name, n, c.last)
		}
	}
}
