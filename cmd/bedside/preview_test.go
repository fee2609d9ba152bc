package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"bedside/internal/preview"
)

// A desk is a running preview of a pack, and a browser that looks at it.
type desk struct {
	*tab
	dir  string
	data string // of one real person
	stop context.CancelFunc
	at   string
}

// harsh is a letter that needs work, and that means harm.
const harsh = `+++
title = "Bill <img src=x onerror=alert(1)>"
language = "en"
kinds = ["payment"]
+++

# About your bill

Dear {{patient_first_name}},

This is your **final notice** before further action, <script>alert(2)</script> [x](javascript:alert(3)).
You owe {{balance_due}}.

{{#if portal_url}}
If it would be convenient, additional assistance with an arrangement is available at {{portal_url}}.
{{else}}
Pay immediately.
{{/if}}

Kind regards,

{{sender_name}}
`

// newDesk starts a preview of the letters of an office, which has one that
// needs work, and opens it in the browser.
func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	if code, _, said := run(t, dir, "init"); code != 0 {
		t.Fatal(said)
	}
	writeFile(t, filepath.Join(dir, "templates/en/harsh.md"), harsh)
	d := &desk{tab: newTab(t), dir: dir}
	d.start(t, 0)
	d.see(view{width: 1280, media: "screen"})
	return d
}

// start starts the program.
func (d *desk) start(t *testing.T, port int) {
	t.Helper()
	v := &previewing{program: testProgram(d.dir), folder: ".", data: d.data, language: "en"}
	s := &preview.Server{Open: v.read, Changes: v.changes}
	if b, err := v.browser(); err == nil {
		s.PDF = b.pdf
	}
	if err := s.Load(); err != nil {
		t.Fatal(err)
	}
	if err := s.Listen(port); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	d.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		ended <- nil
	}
	t.Cleanup(func() { d.stop() })
	d.home, d.at = s.URL(), s.URL()+"/"
}

// port is where the page is.
func (d *desk) port(t *testing.T) int {
	t.Helper()
	port, err := strconv.Atoi(strings.Trim(d.at[strings.LastIndex(d.at, ":"):], ":/"))
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// testProgram is the program as it runs in a folder.
func testProgram(dir string) *program {
	return &program{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr, dir: dir, env: os.Getenv, since: time.Now}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// helpers of the scripts below: $ is one element, paper the document of the
// letter, until waits for what has to become true.
const helpers = `
globalThis.$ = (s, root = document) => root.querySelector(s);
globalThis.paper = () => $('.papers iframe')?.contentDocument;
globalThis.shown = () => paper()?.querySelector('.letter')?.innerText ?? '';
globalThis.until = async (what, is) => {
  for (let i = 0; i < 400; i++) { if (await is()) return; await new Promise(r => setTimeout(r, 10)); }
  throw new Error('it never came: ' + what + '. ' + document.body.innerText.slice(0, 300));
};
globalThis.want = (what, is) => { if (!is) throw new Error('not so: ' + what); };
globalThis.choose = (s, value) => { const e = $(s); e.value = value; e.dispatchEvent(new Event('change')); };
globalThis.type = (s, text) => { const e = $(s); e.focus(); e.value = text; e.dispatchEvent(new Event('input')); };
`

// open opens the page at a letter, or at all of them.
func (d *desk) open(letter string) {
	d.t.Helper()
	d.call("Page.navigate", map[string]any{"url": "about:blank"}, nil)
	d.visit(d.at + "#" + letter)
	d.eval(helpers, nil)
	if letter == "" {
		d.do(`await until('the cards', () => $('.cards li')); await until('a picture', () => $('.mini iframe')?.contentDocument?.querySelector('.letter'))`)
	} else {
		d.do(`await until('the letter', () => shown() !== '')`)
	}
}

// do runs steps in the page.
func (d *desk) do(script string) {
	d.t.Helper()
	d.eval("(async () => {"+script+"\n})()", nil)
}

// expect takes away what a browser says to itself of a program that refuses or
// has stopped.
func (d *desk) expect(parts ...string) {
	d.said = slices.DeleteFunc(d.said, func(said string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(said, part) })
	})
}

// press presses a key as a person does.
func (d *desk) press(key string) {
	d.t.Helper()
	text := key
	if len(key) > 1 {
		text = map[string]string{"Enter": "\r"}[key]
	}
	code := map[string]int{"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40}[key]
	d.call("Input.dispatchKeyEvent", map[string]any{"type": "keyDown", "key": key, "text": text, "windowsVirtualKeyCode": code}, nil)
	d.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}, nil)
}

// TestPreviewByClick goes the ways of an office manager with the pointer.
func TestPreviewByClick(t *testing.T) {
	d := newDesk(t)
	d.open("")
	for _, step := range []struct{ name, script string }{
		{"all letters are there", `want('48 letters', document.querySelectorAll('.cards li').length === 48); want('how many are ready', $('.summary').textContent === '47 of 48 letters ready');
			want('words and signs', $('a[href="#en/harsh"]').innerText.includes('Needs work') && $('a[href="#en/harsh"]').innerText.includes('●'))`},
		{"search by typing", `type('#search', 'condolencia pesame'); want('none', !$('.gallery .notice').hidden); type('#search', 'agency move');
			want('some', $('.count').textContent.startsWith('1 of 48') && $('.cards li:not([hidden])').innerText.includes('agency'))`},
		{"filters", `type('#search', ''); choose('#by-language', 'es'); want('Spanish', $('.count').textContent === '16 of 48 letters'); choose('#by-state', 'work');
			want('none', !$('.gallery .notice').hidden); $('.gallery .notice button').click(); choose('#by-state', 'work'); want('one', $('.count').textContent === '1 of 48 letters')`},
		{"only letters in sight are drawn", `$('.gallery .notice button').click(); want('pictures', document.querySelectorAll('.mini iframe').length < 30)`},
		{"open one", `$('a[href="#en/harsh"]').click(); await until('the letter', () => $('.papers') && shown().includes('final notice'));
			want('who', shown().includes('Jordan Lee')); want('no way out of the frame', paper().querySelectorAll('[href]').length === 0)`},
		{"a finding marks its words", `const b = [...document.querySelectorAll('.finding button')].find(b => b.innerText.includes('final notice')); b.click();
			await until('marked', () => [...paper().querySelectorAll('.found')].map(n => n.textContent).join('') === 'final notice'); want('pressed', b.getAttribute('aria-pressed') === 'true');
			want('why and try', $('.side').innerText.includes('Why') && $('.side').innerText.includes('Try'))`},
		{"a finding of another form shows that form", `const b = [...document.querySelectorAll('.finding button')].find(b => b.innerText.includes('immediately')); b.click();
			await until('the form', () => shown().includes('Pay immediately')); await until('marked', () => paper().querySelector('.found')?.textContent === 'Pay immediately')`},
		{"what may be missing", `$('#part-forms').open = true; $('#has-portal_url').click(); await until('the other form', () => shown().includes('pay.example.org') && !shown().includes('immediately'))`},
		{"another person", `choose('#person', 'long-names'); await until('the person', () => shown().includes('Cunningham')); want('fits', $('.under').innerText.includes('Every address fits'))`},
		{"a value", `$('#part-values').open = true; type('#value-balance_due', '<b onclick="alert(4)">1</b>{{sender_name}}');
			want('as it is', shown().includes('<b onclick="alert(4)">1</b>{{sender_name}}') && !paper().querySelector('[onclick]'))`},
		{"a value that is emptied", `type('#value-patient_first_name', ''); want('its name, marked', paper().querySelector('.missing')?.innerText === "the patient's first name"); $('#reset').click(); await until('back', () => shown().includes('Cunningham') && !paper().querySelector('.missing'));
			type('#value-balance_due', 'alert(4)')`},
		{"a value that is taken away", `type('#value-portal_url', ''); await until('the form without', () => shown().includes('Pay immediately')); want('the other stays', shown().includes('alert(4)'))`},
		{"back", `$('#reset').click(); await until('the old values', () => !shown().includes('alert(4)') && shown().includes('pay.example.org'))`},
		{"names of fields", `$('#fields').click(); await until('names', () => shown().includes('{{balance_due}}')); $('#fields').click(); await until('values', () => !shown().includes('{{'))`},
		{"large print", `$('#look-large').click(); await until('larger', () => paper().body.className === 'large-print')`},
		{"phone", `$('#look-phone').click(); await until('narrow', () => $('.papers .sheet').getBoundingClientRect().width < 400); $('#look-letter').click(); await until('paper', () => $('.papers .sheet').offsetWidth === 816)`},
		{"another envelope", `choose('#envelope', '#10 single window'); await until('one window', () => document.querySelectorAll('.window').length === 1);
			want('the address is in it', $('.under').innerText.includes('Every address fits'))`},
		{"an address that leaves it", `for (const n of paper().querySelectorAll('[data-field=recipient_address_line1]')) n.dataset.was = 'A street with a very long name, and then a very long name once more, and once more again';
			choose('#envelope', '#9 double window'); $('#part-values').open = true; paper().querySelector('.to p').append(...['1', '2', '3', '4'].flatMap(x => [paper().createElement('br'), x])); dispatchEvent(new Event('resize'));
			$('#value-balance_due').dispatchEvent(new Event('input')); want('red, and words', $('.window.out') && $('.under').innerText.includes('leaves the window'))`},
		{"what it is never sent for", `location.hash = 'en/reminder-30'; await until('the letter', () => shown().includes('Checking in')); want('folded, and said', !$('#part-never').open && $('#part-never').innerText.includes('Never if one of')
			&& $('#part-send').open); location.hash = 'en/harsh'; await until('the letter', () => shown().includes('final notice'))`},
		{"print", `let printed = 0; $('.papers iframe').contentWindow.print = () => printed++; $('#print').click(); want('once', printed === 1); want('nothing is marked', !paper().querySelector('.found'))`},
		{"two languages", `location.hash = 'en/reminder-30'; await until('the letter', () => shown().includes('Checking in')); choose('#beside', 'twin');
			await until('both', () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.body?.innerText.includes('factura'))`},
		{"reading", `location.hash = 'en/harsh'; await until('the letter', () => shown().includes('final notice')); $('#part-reading').open = true; $('.hard').click(); want('marked', paper().querySelector('.found'))`},
		{"nobody to whom it is never sent", `location.hash = 'en/estate-condolence'; await until('the letter', () => $('h1').textContent.includes('sympathy') && shown().includes('Dear'));
			want('they cannot be chosen', $('optgroup option').disabled && $('#part-send').innerText.includes('Send only if'))`},
		{"back to all", `$('#all').click(); await until('all', () => $('.cards')); want('the focus is where it was', document.activeElement.hash === '#en/estate-condolence')`},
	} {
		t.Run(step.name, func(t *testing.T) {
			d.t = t
			d.do(step.script)
		})
	}
	d.t = t
}

// TestPreviewByKeyboard goes the same ways without a pointer.
func TestPreviewByKeyboard(t *testing.T) {
	d := newDesk(t)
	d.open("")
	d.press("/")
	for _, key := range "harm" {
		d.press(string(key))
	}
	d.do(`want('nothing is called so', $('#search').value === 'harm' && $('.cards li:not([hidden])') === null)`)
	d.press("Escape")
	d.do(`want('empty', $('#search').value === '')`)
	d.press("Escape")
	d.press("j")
	d.press("j")
	d.press("k")
	d.press("j")
	d.do(`want('the second', document.activeElement === document.querySelectorAll('.card')[1])`)
	d.press("Enter")
	d.do(`await until('the letter', () => $('.papers') && shown() !== ''); want('its title', $('h1').textContent === 'Your bill is lower now'); $('.papers iframe').contentWindow.print = () => { globalThis.printed = true; }`)
	d.press("p")
	d.do(`want('printed', globalThis.printed)`)
	d.do(`$('.papers iframe').focus()`) // as after a click on the paper
	d.press("j")
	d.do(`await until('the next', () => $('h1').textContent === 'About your request for help')`)
	d.do(`location.hash = 'en/harsh'; await until('the letter', () => shown().includes('final notice'))`)
	d.press("f")
	d.press("f")
	d.do(`want('the second finding', document.activeElement === document.querySelectorAll('.finding button:not([disabled])')[1] && document.activeElement.getAttribute('aria-pressed') === 'true')`)
	d.press("?")
	d.do(`want('the list of keys', $('#help').open && $('#help').contains(document.activeElement))`)
	d.press("Escape")
	d.do(`want('closed', !$('#help').open)`)
	d.press("Escape")
	d.do(`await until('all', () => $('.cards')); want('the focus', document.activeElement.hash === '#en/harsh')`)
	d.do(`location.hash = 'en/harsh'; await until('the letter', () => $('.papers'))`)
	d.press("/")
	d.do(`await new Promise(r => setTimeout(r, 50)); want('search', document.activeElement === $('#search')); $('.skip').focus(); $('.skip').click(); want('the letters', document.activeElement === $('#main'))`)
	d.press("?")
	d.do(`$('#help input').click()`)
	d.press("Escape")
	d.press("/")
	d.do(`want('single keys are off', document.activeElement !== $('#search'))`)
}

// TestPreviewFollows: a saved letter changes where it is shown, at once; what
// is broken leaves the last good page; a program that was started again is
// found again.
func TestPreviewFollows(t *testing.T) {
	d := newDesk(t)
	d.open("en/harsh")
	file := filepath.Join(d.dir, "templates/en/harsh.md")
	d.do(`$('#part-reading').open = true; choose('#person', 'long-names'); await until('the person', () => shown().includes('Cunningham')); scrollTo(0, 200);
		globalThis.frame = $('.papers iframe'); globalThis.flashes = 0; new MutationObserver(() => { if (shown() === '') flashes++; }).observe(paper(), {subtree: true, childList: true})`)
	d.do(`$('#part-values').open = true; type('#value-sender_name', 'Somebody'); $('#value-sender_name').setSelectionRange(3, 3)`)
	var took []time.Duration
	for i := range 25 {
		words := "number " + strings.Repeat("I", i+1) + "."
		d.do(`globalThis.seen = until('the change', () => shown().includes('` + words + `'))`)
		began := time.Now()
		writeFile(t, file, strings.Replace(harsh, "You owe", "This is "+words+" You owe", 1))
		d.do("await seen")
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from saving to a page that shows it, 25 times: p50 %s, p95 %s", took[12].Round(time.Millisecond), took[23].Round(time.Millisecond))
	d.do(`want('no flash, the same frame', flashes === 0 && frame === $('.papers iframe')); want('scroll and choices', scrollY === 200 && $('#person').value === 'long-names' && $('#part-reading').open);
		want('who types goes on', document.activeElement.id === 'value-sender_name' && document.activeElement.selectionStart === 3 && document.activeElement.value === 'Somebody' && shown().includes('Somebody'))`)

	writeFile(t, file, strings.Replace(harsh, "This is your **final notice** before further action, ", "", 1))
	d.do(`await until('fixed', () => $('#status').textContent.includes('fixed'))`)
	writeFile(t, file, "")
	d.do(`await until('a banner', () => $('.notes').innerText.includes('cannot be shown')); want('the last good page', shown().includes('You owe'));
		want('what, who and where', $('.notes').innerText.startsWith('This letter cannot be shown as it is now. You see it as it was. There are no words in its file. Whoever changed it last can put it right') &&
			$('.notes .exact').innerText === 'Exactly: templates/en/harsh.md:1:1: this file is empty')`)
	writeFile(t, file, "+++\ntitle = \"x\n"+harsh[4:])
	d.do(`const mistake = () => $('.finding .exact')?.parentNode.parentNode.innerText ?? ''; await until('a thing to look at', () => mistake().includes('at the top of its file, have a mistake in them'));
		want('where', mistake().includes('templates/en/harsh.md:2:11: this text is not closed: a quote mark is missing at its end'))`)
	writeFile(t, file, harsh)
	d.do(`await until('no banner', () => $('.notes').innerText === '')`)
	rules := filepath.Join(d.dir, "rules.toml")
	writeFile(t, rules, "extends = ")
	d.do(`await until('a banner', () => $('.banner.fault')); want('the letters', shown().includes('final notice'));
		want('no words of programs but in the last line', $('.banner.fault').innerText.split('\n')[0] === 'You see the letters as they last were. The file rules.toml, with the rules that your letters are held to, was saved with a mistake in it. '
			+ 'Whoever changed it last can put it right, and this page goes on by itself.'); want('where', $('.banner.fault .exact').innerText.startsWith('Exactly: rules.toml:1:'))`)
	writeFile(t, rules, "extends = \"bedside\"\n")
	d.do(`await until('no banner', () => !$('.banner.fault'))`)

	d.stop()
	d.do(`await until('told', () => $('.banner.lost'))`)
	d.expect("status of 422", "net::ERR_")
	writeFile(t, file, strings.Replace(harsh, "You owe", "Since then you owe", 1))
	d.start(t, d.port(t))
	d.do(`await until('caught up', () => !$('.banner.lost') && shown().includes('Since then'))`)
	d.expect("status of 422", "net::ERR_")

	d.stop()
	d.do(`await until('told', () => $('.banner.lost')); choose('#person', 'typical');
		await until('whose paper it is not', () => $('.notes').innerText === 'You see the paper from before the program stopped.')`)
	d.start(t, d.port(t))
	d.do(`await until('the person chosen meanwhile', () => !$('.banner.lost') && shown().includes('Jordan Lee') && $('.notes').innerText === '')`)
	d.expect("net::ERR_")
}

// TestPreviewRests: a tab that nobody looks at keeps no connection, so that
// seven tabs work as well as one.
func TestPreviewRests(t *testing.T) {
	d := newDesk(t)
	d.open("en/reminder-30")
	d.do(`Object.defineProperty(document, 'hidden', {value: true, configurable: true}); document.dispatchEvent(new Event('visibilitychange'))`)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, strings.Replace(string(src), "# Checking in", "# Looking in", 1))
	time.Sleep(400 * time.Millisecond)
	d.do(`want('it rests', shown().includes('Checking in about'));
		Object.defineProperty(document, 'hidden', {value: false, configurable: true}); document.dispatchEvent(new Event('visibilitychange'));
		await until('it catches up', () => shown().includes('Looking in about'))`)
}

// TestPreviewTellsWhoApproved: what is signed shows at once, and that it has
// changed since.
func TestPreviewTellsWhoApproved(t *testing.T) {
	d := newDesk(t)
	d.open("")
	d.do(`want('nobody', !$('a[href="#en/reminder-30"]').innerText.includes('Approved'))`)
	if code, _, said := run(t, d.dir, "approve", "templates/en/reminder-30.md", "--by", "Ana Ruiz"); code != exitClean {
		t.Fatal(said)
	}
	d.do(`await until('approved', () => $('a[href="#en/reminder-30"]').innerText.includes('Approved by Ana Ruiz'));
		choose('#by-state', 'approved'); want('one', $('.count').textContent === '1 of 48 letters')`)
	file := filepath.Join(d.dir, "templates/en/reminder-30.md")
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, file, strings.Replace(string(src), "# Checking in", "# Looking in", 1))
	d.do(`await until('changed', () => $('a[href="#en/reminder-30"]').innerText.includes('Changed since it was approved')); want('none', $('.count').textContent === '0 of 48 letters');
		choose('#by-state', 'changed'); want('one', $('.count').textContent === '1 of 48 letters'); $('a[href="#en/reminder-30"]').click();
		await until('the letter', () => $('#part-approved')); want('who and what', $('#part-approved').innerText.includes('Ana Ruiz') && $('#part-approved').innerText.includes('What has changed'))`)
}

// TestPreviewExport: the exported page opens from the disk, without a server.
func TestPreviewExport(t *testing.T) {
	d := newDesk(t)
	d.stop()
	writeFile(t, filepath.Join(d.dir, "templates/en/empty.md"), "")
	if code, _, said := run(t, d.dir, "preview", "--export", "review"); code != 0 || said != "✓ 49 letters → review/index.html   open it with a double click; it needs nothing else\n" {
		t.Fatalf("%d %s", code, said)
	}
	file := filepath.Join(d.dir, "review", "index.html")
	d.home, d.at = "file://"+filepath.ToSlash(file), "file://"+filepath.ToSlash(file)
	d.open("")
	d.do(`want('49 letters', document.querySelectorAll('.cards li').length === 49);
		$('a[href="#en/empty"]').scrollIntoView(); await until('a letter that cannot be shown says so', () => $('a[href="#en/empty"] .mini').innerText === 'This letter cannot be shown as it is now.')`)
	d.open("en/harsh")
	d.do(`choose('#person', 'long-names'); await until('the person', () => shown().includes('Cunningham')); choose('#person', 'typical'); await until('the person', () => shown().includes('Jordan Lee'));
		$('#part-forms').open = true; $('#has-portal_url').click(); await until('the form', () => shown().includes('Pay immediately'));
		choose('#person', 'large-balance'); await until('the person', () => shown().includes('Begay') && !shown().includes('immediately')); $('#has-portal_url').click();
		await until('they in the other form', () => shown().includes('Begay') && shown().includes('Pay immediately')); want('nothing to explain', $('.notes').innerText === '');
		$('#fields').click(); await until('names', () => shown().includes('{{balance_due}}') && shown().includes('Pay immediately')); want('no PDF', !$('#pdf'));
		location.hash = 'en/empty'; await until('told', () => $('.notes').innerText.includes('cannot be shown'))`)
	d.see(view{width: 1280})
	d.open("en/itemized-bill")
	d.do(`$('#look-large').click(); await until('larger', () => paper().body.className === 'large-print'); await new Promise(r => setTimeout(r, 100))`)
	if printed := openPDF(t, d.print()); len(printed.pages) != 3 || strings.Contains(glyphsOf(printed), "Envelope") {
		t.Errorf("from the menu: %d pages", len(printed.pages))
	}
	if info, err := os.Stat(file); err != nil || info.Size() > 1<<20 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestPreviewManyLetters: two hundred letters are no more work than fifty.
func TestPreviewManyLetters(t *testing.T) {
	d := newDesk(t)
	d.stop()
	for i := range 153 {
		writeFile(t, filepath.Join(d.dir, "templates/en", "more-"+strings.Repeat("i", i)+".md"), harsh)
	}
	began := time.Now()
	d.start(t, 0)
	d.open("")
	took := time.Since(began)
	d.do(`want('201 letters', document.querySelectorAll('.cards li').length === 201); want('pictures', document.querySelectorAll('.mini iframe').length < 30);
		scrollTo(0, document.body.scrollHeight); await until('the last picture', () => $('.cards li:last-child iframe')); await until('the first ones are gone', () => !$('.cards li:first-child iframe'))`)
	t.Logf("201 letters: %s from the start of the program to the first picture", took.Round(time.Millisecond))
}

// TestPreviewOnAPhone: where the paper is small, it can be looked at as large
// as it is printed, and the page itself does not scroll sideways.
func TestPreviewOnAPhone(t *testing.T) {
	d := newDesk(t)
	d.see(view{width: 390, media: "screen"})
	d.open("en/reminder-30")
	d.do(`const desk = $('.column .desk'), wide = () => $('.sheet').getBoundingClientRect().width;
		await until('the way to it', () => $('#near')?.textContent === 'Larger'); want('all of it', wide() <= innerWidth);
		$('#near').click(); want('as printed', Math.round(wide()) === 816 && desk.scrollWidth >= 816 && document.activeElement.id === 'near');
		want('no sideways scrolling', document.scrollingElement.scrollWidth <= innerWidth);
		$('#near').click(); want('all of it again', wide() <= innerWidth && $('#near').textContent === 'Larger')`)
	d.see(view{width: 1280, media: "screen"})
	d.open("en/reminder-30")
	d.do(`want('large as it is', !$('#near'))`)
}
