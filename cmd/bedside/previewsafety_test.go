package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestPreviewKeepsWhatIsTyped: values that somebody types run no script, and no
// request of the page carries them: not for a form, an older version, two
// languages, large print or field names.
func TestPreviewKeepsWhatIsTyped(t *testing.T) {
	d := newDesk(t)
	const secret = "Zebulon"
	d.open("en/reminder-30")
	var names []string
	d.do(`$('#part-values').open = true`)
	d.eval(`[...document.querySelectorAll('.values input')].map(i => i.id)`, &names)
	if len(names) < 5 {
		t.Fatalf("few values: %q", names)
	}
	d.asked = nil
	src, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	d.do(`for (const id of ` + string(src) + `) if ($('#' + id)) type('#' + id, '` + secret + ` <img src=x onerror=alert(1)><script>alert(2)<\/script>{{balance_due}}');
		await until('it is on the paper', () => shown().includes('` + secret + ` <img')); want('it is text', !paper().querySelector('img, script'));
		$('#part-forms').open = true; $('.switches input').click(); await new Promise(r => setTimeout(r, 100)); $('.switches input').click();
		choose('#beside', 'twin'); await until('both', () => document.querySelectorAll('.papers iframe')[1]?.contentDocument.querySelector('.letter'));
		$('#look-large').click(); await until('larger', () => paper().body.className === 'large-print'); $('#fields').click(); await until('names', () => shown().includes('{{balance_due}}')); $('#fields').click();
		want('no address has it', ![...document.querySelectorAll('[href], [src]')].some(n => (n.getAttribute('href') + n.getAttribute('src')).includes('` + secret + `')) && !location.href.includes('` + secret + `'));
		want('nothing is kept', localStorage.length === 0 && sessionStorage.length === 0 && document.cookie === '')`)
	if len(d.asked) < 4 {
		t.Errorf("few requests: %q", d.asked)
	}
	for _, request := range d.asked {
		if strings.Contains(request, secret) {
			t.Errorf("a request has what was typed: %s", request)
		}
	}
}
