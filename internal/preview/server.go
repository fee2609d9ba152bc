package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bedside/internal/render"
	"bedside/lint/letter"
)

// DefaultPort is where the page is, unless something else is there.
const DefaultPort = 4747

// A Server shows a pack to the browsers of this computer.
type Server struct {
	Open    func() (*Pack, error)                                        // reads the pack as it is now
	Changes func(ctx context.Context) <-chan struct{}                    // tells that a file may have changed
	PDF     func(ctx context.Context, page []byte) (pdf []byte, e error) // nil: there is no browser for it

	listener net.Listener
	now      atomic.Pointer[state]
	printing sync.Mutex // one PDF at a time
}

// A state is what is shown until the next one.
type state struct {
	pack     *Pack
	document *document
	src      []byte // of the document
	version  string
	next     chan struct{} // closed when there is a newer state
}

// Limits of what a browser may ask, and how long it may take. Nothing that the
// page does comes near.
const (
	headerBytes = 8 << 10
	connections = 64
	readTime    = 5 * time.Second
	writeTime   = 10 * time.Second
	idleTime    = time.Minute
	pingTime    = 15 * time.Second
)

// What pages may load and do. The app runs its own script and nothing else;
// the paper in its frame runs none. The listener of all windows asks for events.
const (
	appPolicy    = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	eventsPolicy = "default-src 'none'; connect-src 'self'"
	paperPolicy  = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-modals"
)

// emptyPaper is the page in the frame, before the app has put a letter on it.
const emptyPaper = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Letter</title></head><body></body></html>`

// Listen takes the port or, when the usual one is taken, a free one.
func (s *Server) Listen(port int) error {
	listener, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil && port == DefaultPort {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return err
	}
	s.listener = &limited{listener, make(chan struct{}, connections)}
	return nil
}

// URL is where the page is.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Pack is what is shown now.
func (s *Server) Pack() *Pack { return s.now.Load().pack }

// Serve shows the pack until the context ends.
func (s *Server) Serve(ctx context.Context) error {
	server := &http.Server{
		Handler:           s.guard(s.routes()),
		ReadHeaderTimeout: readTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    headerBytes,
		ErrorLog:          log.New(io.Discard, "", 0),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	go s.follow(ctx)
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// follow reads the pack again whenever it may have changed.
func (s *Server) follow(ctx context.Context) {
	for range s.Changes(ctx) {
		_ = s.Load() // the page tells
	}
}

// Load reads the pack, before Serve for the first time. One that cannot be
// read any more leaves the last one, and the page says why.
func (s *Server) Load() error {
	last := s.now.Load()
	pack, fault := s.Open()
	if fault != nil && last == nil {
		return fault
	}
	if fault != nil {
		pack = last.pack
	}
	var known *document
	if last != nil {
		known = last.document
	}
	d := pack.document(known)
	d.PDF = s.PDF != nil
	if fault != nil {
		d.Fault = faultOf(fault)
	}
	src := d.encode()
	version := hash(string(src))
	if last != nil && last.version == version {
		return nil
	}
	s.now.Store(&state{pack, d, src, version, make(chan struct{})})
	if last != nil {
		close(last.next)
	}
	return nil
}

// guard refuses whatever the page would not ask: other hosts, which is how a
// page of somebody else could reach this computer (DNS rebinding), other
// methods, bodies, and requests that pages of others make.
func (s *Server) guard(next http.Handler) http.Handler {
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	hosts := []string{"localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", paperPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-store")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		switch {
		case !slices.Contains(hosts, strings.ToLower(r.Host)):
			http.Error(w, "this page is for this computer only: open "+s.URL(), http.StatusForbidden)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "this page only shows; it takes nothing", http.StatusMethodNotAllowed)
		case r.ContentLength != 0:
			h.Set("Connection", "close")
			http.Error(w, "this page takes nothing", http.StatusRequestEntityTooLarge)
		case !fromHere(r):
			http.Error(w, "another page asked for this", http.StatusForbidden)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// fromHere reports whether the page itself asks, or somebody who follows a
// link to it.
func fromHere(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
		return true
	}
	return r.URL.Path == "/" && r.Header.Get("Sec-Fetch-Dest") == "document"
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", appPolicy)
		answer(w, r, "text/html; charset=utf-8", []byte(indexHTML))
	})
	mux.HandleFunc("/app.css", func(w http.ResponseWriter, r *http.Request) { answer(w, r, "text/css; charset=utf-8", []byte(appCSS)) })
	mux.HandleFunc("/app.js", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, "text/javascript; charset=utf-8", []byte(script()))
	})
	mux.HandleFunc("/events.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", eventsPolicy)
		answer(w, r, "text/javascript; charset=utf-8", []byte(eventsJS))
	})
	mux.HandleFunc("/paper", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, "text/html; charset=utf-8", []byte(emptyPaper))
	})
	mux.HandleFunc("/data", func(w http.ResponseWriter, r *http.Request) {
		now := s.now.Load()
		w.Header().Set("Bedside-Version", now.version)
		answer(w, r, "application/json", now.src)
	})
	mux.HandleFunc("/events", s.events)
	mux.HandleFunc("/letter/{id...}", s.letter)
	mux.HandleFunc("/earlier/{id...}", s.earlier)
	mux.HandleFunc("/pdf/{id...}", s.pdf)
	return mux
}

// answer writes what was asked for, unless the browser has it already.
func answer(w http.ResponseWriter, r *http.Request, kind string, body []byte) {
	etag := `"` + hash(string(body)) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // whoever left does not wait for it
	}
}

// refuse says why there is no page, in the words of the app.
func refuse(w http.ResponseWriter, status int, held []string, why *fault) {
	src, err := json.Marshal(map[string]any{"held": held, "fault": why})
	if err != nil {
		panic(err) // it is made of texts
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(src)
}

// lookOf reads how a letter is to be looked at.
func lookOf(r *http.Request) (look, error) {
	q := r.URL.Query()
	how := look{person: q.Get("person"), form: -1, fields: q.Get("fields") == "1", large: q.Get("large") == "1"}
	if text := q.Get("form"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return how, fmt.Errorf("there is no such form")
		}
		how.form = n
	}
	return how, nil
}

// paper makes the page that a request asks for; when it cannot, it has said why.
func (s *Server) paper(w http.ResponseWriter, r *http.Request, traced bool) []byte {
	pack := s.now.Load().pack
	l, ok := pack.find(r.PathValue("id"))
	if !ok {
		refuse(w, http.StatusNotFound, nil, &fault{Says: "There is no such letter any more."})
		return nil
	}
	how, err := lookOf(r)
	var page []byte
	var marks []letter.Span
	if traced {
		marks = pack.marks(l)
	}
	if err == nil {
		page, err = pack.page(l, how, marks)
	}
	if held, ok := errors.AsType[*render.HeldBack](err); ok {
		refuse(w, http.StatusConflict, reasons(held.Reasons), nil)
		return nil
	}
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, nil, faultOf(err))
		return nil
	}
	return page
}

func (s *Server) letter(w http.ResponseWriter, r *http.Request) {
	if page := s.paper(w, r, true); page != nil {
		answer(w, r, "text/html; charset=utf-8", page)
	}
}

func (s *Server) pdf(w http.ResponseWriter, r *http.Request) {
	if s.PDF == nil {
		refuse(w, http.StatusNotFound, nil, &fault{Says: "No browser was found that could make a PDF."})
		return
	}
	page := s.paper(w, r, false)
	if page == nil {
		return
	}
	s.printing.Lock()
	defer s.printing.Unlock()
	out := http.NewResponseController(w)
	_ = out.SetReadDeadline(time.Time{}) // the browser has a limit of its own
	_ = out.SetWriteDeadline(time.Time{})
	pdf, err := s.PDF(r.Context(), page)
	_ = out.SetWriteDeadline(time.Now().Add(writeTime))
	if err != nil {
		refuse(w, http.StatusBadGateway, nil, &fault{"The PDF could not be made.", err.Error()})
		return
	}
	name := strings.ReplaceAll(r.PathValue("id"), "/", "-")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename*=UTF-8''%s.pdf", url.PathEscape(name)))
	answer(w, r, "application/pdf", pdf)
}

// events tells the version of what is shown, now and whenever it is another.
// A browser that does not take it in time is dropped.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	say := func(text string) bool {
		if out.SetWriteDeadline(time.Now().Add(writeTime)) != nil {
			return false
		}
		_, err := w.Write([]byte(text))
		return err == nil && out.Flush() == nil
	}
	_ = out.SetReadDeadline(time.Time{}) // it stays open, and says nothing
	ping := time.NewTicker(pingTime)
	defer ping.Stop()
	if r.Method == http.MethodHead || !say("retry: 500\n\n") {
		return
	}
	for now := s.now.Load(); say("data: " + now.version + "\n\n"); now = s.now.Load() {
		for waiting := true; waiting; {
			select {
			case <-now.next:
				waiting = false
			case <-ping.C:
				if !say(": still here\n\n") {
					return
				}
			case <-r.Context().Done():
				return
			}
		}
	}
}

// A limited listener has so many connections at most.
type limited struct {
	net.Listener
	slots chan struct{}
}

func (l *limited) Accept() (net.Conn, error) {
	l.slots <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &slot{Conn: c, free: sync.OnceFunc(func() { <-l.slots })}, nil
}

type slot struct {
	net.Conn
	free func()
}

func (s *slot) Close() error {
	defer s.free()
	return s.Conn.Close()
}
