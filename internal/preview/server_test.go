package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"bedside"
	"bedside/internal/render"
	"bedside/internal/strict"
	"bedside/lint"
)

var update = flag.Bool("update", false, "write the document as it is now; read it before you keep it")

// smallPack is a pack with a letter that is ready and one that is not, which
// means harm.
func smallPack(t *testing.T) *Pack {
	t.Helper()
	src, err := os.ReadFile("../report/testdata/office/rules.toml") // its words do not change with those of the program
	if err != nil {
		t.Fatal(err)
	}
	office := fstest.MapFS{"rules.toml": {Data: src}}
	rules, err := lint.Open(office, bedside.FS)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := render.Open(office, bedside.FS, rules.Dictionary, rules.Practice)
	if err != nil {
		t.Fatal(err)
	}
	pages.People = pages.People[:4]
	p := &Pack{Pack: rules, Pages: pages, Office: "Maple Street Family Clinic", Rules: "built-in rules"}
	for _, l := range []struct{ id, src string }{
		{"en/thanks", "+++\ntitle = \"Thank you\"\nlanguage = \"en\"\nkinds = [\"series\"]\nstage = \"thanks\"\npurpose = \"Says thank you.\"\n" +
			"never_if = [{ says = \"the patient has died\", if = \"deceased_name\" }]\n+++\n# Thank you\n\nDear {{patient_first_name}},\n\nThank you for your payment of {{payment_amount}}. We know that a medical bill can be hard to think about. We are here to help.\n\n" +
			"{{#if portal_url}}\nYou can see it at {{portal_url}}.\n{{/if}}\n\nPlease call {{office_phone}} with any question.\n\nKind regards,\n\n{{sender_name}}\n"},
		{"es/thanks", "+++\ntitle = \"Gracias\"\nlanguage = \"es\"\nkinds = [\"series\"]\n+++\n# Gracias\n\nHola, {{patient_first_name}}:\n\nGracias por su pago.\n\nLlame al {{office_phone}}.\n\nSaludos,\n\n{{sender_name}}\n"},
		{"en/harm", "# <script>alert(1)</script>\n\n<!-- bedside: allow ban.threat because \"the state asks for it\" until 2027-03-31 by \"Ana Ruiz\" -->\nDear {{patient_first_name}}, this is your **final\nnotice**.\n\n[x](javascript:alert(1)) ![x](https://example.org/x.png)\n"},
	} {
		p.Letters = append(p.Letters, Letter{l.id, rules.Check("templates/"+l.id+".md", []byte(l.src))})
	}
	p.Letters[0].Approval = lint.Approval{By: "Ana Ruiz", On: "2026-11-20", Changed: true}
	return p
}

// started is a server that shows a pack, and a function that asks it.
func started(t *testing.T, s *Server) (ask func(change func(*http.Request)) *http.Response) {
	t.Helper()
	if s.Changes == nil {
		s.Changes = func(ctx context.Context) <-chan struct{} { return nil }
	}
	if err := s.Load(); err != nil {
		t.Fatal(err)
	}
	if err := s.Listen(0); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	return func(change func(*http.Request)) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		change(r)
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { answer.Body.Close() })
		return answer
	}
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	src, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// TestRefuses: what the page itself would not ask is refused, and what it asks
// is not.
func TestRefuses(t *testing.T) {
	s := &Server{Open: func() (*Pack, error) { return smallPack(t), nil }}
	ask := started(t, s)
	port := s.URL()[strings.LastIndex(s.URL(), ":"):]
	path := func(path string) func(*http.Request) {
		return func(r *http.Request) { r.URL.Path, r.URL.RawQuery, _ = strings.Cut(path, "?"); r.URL.RawPath = "" }
	}
	host := func(host string) func(*http.Request) { return func(r *http.Request) { r.Host = host } }
	header := func(at, name, value string) func(*http.Request) {
		return func(r *http.Request) { r.URL.Path = at; r.Header.Set(name, value) }
	}
	method := func(method string) func(*http.Request) { return func(r *http.Request) { r.Method = method } }
	for name, c := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"the page":                   {path("/"), 200},
		"by name":                    {host("localhost" + port), 200},
		"by name in capitals":        {host("LOCALHOST" + port), 200},
		"by the other address":       {host("[::1]" + port), 200},
		"another host":               {host("evil.example"), 403},
		"another host, this port":    {host("evil.example" + port), 403},
		"a host that begins like it": {host("localhost.evil.example" + port), 403},
		"another port":               {host("localhost:80"), 403},
		"no host":                    {host("127.0.0.1"), 403},
		"head":                       {method("HEAD"), 200},
		"post":                       {method("POST"), 405},
		"put":                        {method("PUT"), 405},
		"delete":                     {method("DELETE"), 405},
		"options":                    {method("OPTIONS"), 405},
		"a body":                     {func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("x")), 1 }, 413},
		"a body of no length":        {func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("x")), -1 }, 413},
		"headers":                    {header("/", "X-Long", strings.Repeat("x", 2*headerBytes)), 431},
		"a letter":                   {path("/letter/en/thanks?person=typical"), 200},
		"in a form":                  {path("/letter/en/thanks?person=typical&form=0"), 200},
		"in a form there is not":     {path("/letter/en/thanks?person=typical&form=9"), 422},
		"in no form":                 {path("/letter/en/thanks?form=x"), 422},
		"nobody":                     {path("/letter/en/thanks?person=nobody"), 422},
		"a letter there is not":      {path("/letter/en/none"), 404},
		"a file":                     {path("/letter/en/thanks.md"), 404},
		"a way up":                   {path("/letter/../../../etc/passwd"), 307},
		"a hidden way up": {func(r *http.Request) {
			r.URL.Path, r.URL.RawPath = "/letter/../../rules.toml", "/letter/%2e%2e%2f%2e%2e%2frules.toml"
		}, 404},
		"a file of the program":       {path("/app/main.js"), 404},
		"the listener of all windows": {path("/events.js"), 200},
		"what a letter once was":      {path("/earlier/en/thanks?person=typical"), 200},
		"a PDF without a browser":     {path("/pdf/en/thanks"), 404},
		"the page of somebody else":   {header("/data", "Sec-Fetch-Site", "cross-site"), 403},
		"a page of the same site":     {header("/pdf/en/thanks", "Sec-Fetch-Site", "same-site"), 403},
		"the page itself":             {header("/data", "Sec-Fetch-Site", "same-origin"), 200},
		"somebody who types":          {header("/", "Sec-Fetch-Site", "none"), 200},
	} {
		t.Run(name, func(t *testing.T) {
			answer := ask(c.change)
			if answer.StatusCode != c.want {
				t.Errorf("%s, want %d", answer.Status, c.want)
			}
			if c.want == 431 {
				return // the server itself says so
			}
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"} {
				if got := answer.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if policy := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script-src 'unsafe") {
				t.Errorf("policy %q", policy)
			}
			if allow := answer.Header.Get("Access-Control-Allow-Origin"); allow != "" {
				t.Errorf("other pages may read it: %q", allow)
			}
		})
	}
	if answer := ask(func(r *http.Request) {
		r.URL.Path = "/"
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Dest", "document")
	}); answer.StatusCode != 200 {
		t.Errorf("a link from elsewhere: %s", answer.Status)
	}
	tag := ask(path("/data")).Header.Get("ETag")
	if again := ask(header("/data", "If-None-Match", tag)); tag == "" || again.StatusCode != 304 || text(t, again) != "" {
		t.Errorf("the same again: %s", again.Status)
	}
}

// TestListensHereOnly: nothing but this computer reaches the page, and a port
// that is taken is no end.
func TestListensHereOnly(t *testing.T) {
	first, second := &Server{}, &Server{}
	for _, s := range []*Server{first, second} {
		if err := s.Listen(DefaultPort); err != nil {
			t.Fatal(err)
		}
		defer s.listener.Close()
		if !s.listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
			t.Errorf("it listens at %s", s.listener.Addr())
		}
	}
	if first.URL() == second.URL() {
		t.Errorf("both are at %s", first.URL())
	}
	port := second.listener.Addr().(*net.TCPAddr).Port
	if err := (&Server{}).Listen(port); err == nil {
		t.Error("a port that somebody asked for is taken, and there is no error")
	}
}

// TestSlowClients: who begins a request and does not end it is dropped.
func TestSlowClients(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits")
	}
	t.Parallel()
	s := &Server{Open: func() (*Pack, error) { return smallPack(t), nil }}
	started(t, s)
	c, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: "); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_ = c.SetReadDeadline(began.Add(3 * readTime))
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("it was still there after %s: %v", time.Since(began), err)
	}
}

// TestEvents: a stream tells the version now and when it is another; a pack
// that cannot be read leaves the last one.
func TestEvents(t *testing.T) {
	pack, broken := smallPack(t), error(nil)
	changes := make(chan struct{})
	s := &Server{Open: func() (*Pack, error) { return pack, broken }, Changes: func(context.Context) <-chan struct{} { return changes }}
	ask := started(t, s)
	stream := bufio.NewScanner(ask(func(r *http.Request) { r.URL.Path = "/events" }).Body)
	next := func() string {
		t.Helper()
		for stream.Scan() {
			if version, ok := strings.CutPrefix(stream.Text(), "data: "); ok {
				return version
			}
		}
		t.Fatal("the stream ended", stream.Err())
		return ""
	}
	document := func() (d document, version string) {
		t.Helper()
		answer := ask(func(r *http.Request) { r.URL.Path = "/data" })
		if err := json.Unmarshal([]byte(text(t, answer)), &d); err != nil {
			t.Fatal(err)
		}
		return d, answer.Header.Get("Bedside-Version")
	}
	before := next()
	if _, version := document(); version != before {
		t.Errorf("the document is %s, the stream says %s", version, before)
	}
	pack = smallPack(t)
	pack.Letters = pack.Letters[:1]
	changes <- struct{}{}
	after := next()
	if d, version := document(); version != after || version == before || len(d.Letters) != 1 {
		t.Errorf("after a change: %s, the stream says %s; %d letters", version, after, len(d.Letters))
	}
	broken = &strict.Error{File: "rules.toml", Src: "a\nb", Place: strict.Place{Offset: 2}, Message: "what is this"}
	changes <- struct{}{}
	next()
	if d, _ := document(); d.Fault == nil || d.Fault.Detail != "rules.toml:2:1: what is this" || len(d.Letters) != 1 {
		t.Errorf("broken: %v, %d letters", d.Fault, len(d.Letters))
	}
	broken = nil
	changes <- struct{}{}
	if again := next(); again != after {
		t.Errorf("mended: %s, want %s", again, after)
	}
	changes <- struct{}{} // nothing is different
	changes <- struct{}{}
	pack = smallPack(t)
	changes <- struct{}{}
	if back := next(); back != before {
		t.Errorf("as before: %s, want %s", back, before)
	}
}

// TestDocument compares all that the page knows with what was last read.
func TestDocument(t *testing.T) {
	d := smallPack(t).document(nil)
	for _, l := range d.Letters {
		l.Version = "" // it is another with every change of a page
	}
	src, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/document.json"
	if *update {
		if err := os.WriteFile(file, append(src, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(src)+"\n" {
		t.Errorf("the document is another: go test ./internal/preview -update writes it; read it before you keep it")
	}
}

// A letter that is ready and has changed since it was approved prints as a
// draft where the office wants approvals, and as a letter where it does not.
func TestNotApprovedIsADraft(t *testing.T) {
	p := smallPack(t)
	thanks, _ := p.find("en/thanks")
	if !thanks.Ready {
		t.Fatal("the letter is not ready")
	}
	for _, required := range []bool{false, true} {
		p.ApprovalRequired = required
		page, err := p.page(thanks, look{form: -1}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if draft := strings.Contains(string(page), `class="draft-banner"`); draft != required {
			t.Errorf("with approvals required: %v, it is a draft: %v", required, draft)
		}
	}
}
