package main

import (
	"context"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"syscall"

	"bedside/internal/render"
)

// make makes a file of each group of sheets: a page of HTML, or the PDF of
// that page.
func (r *rendering) make(groups [][]render.Sheet) ([][]byte, error) {
	made := make([][]byte, len(groups))
	for i, sheets := range groups {
		made[i] = r.pages.Page(sheets, r.large)
	}
	if !r.pdf {
		return made, nil
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	type printed struct {
		pdf []byte
		err error
	}
	var failed error
	i := 0
	// All are waited for, also after a fault: each browser cleans up behind itself.
	for p := range inOrder(len(made), min(runtime.NumCPU(), 4), func(i int) printed {
		pdf, err := r.browser.pdf(ctx, made[i])
		return printed{pdf, err}
	}) {
		if p.err != nil && failed == nil {
			failed = p.err
			cancel()
		}
		made[i] = p.pdf
		i++
	}
	return made, failed
}

// onePage is how a PDF of Chromium begins a page.
var onePage = regexp.MustCompile(`/Type\s*/Page\b`)

// sheetsOfPaper counts the pages of a PDF; of a page of HTML there are none.
func sheetsOfPaper(pdf []byte) int { return len(onePage.FindAll(pdf, -1)) }

// paper says how many pages PDFs have, after a sign; nothing of pages of HTML.
func (r *rendering) paper(sign string, pdfs ...[]byte) string {
	n := 0
	for _, pdf := range pdfs {
		n += sheetsOfPaper(pdf)
	}
	if !r.pdf || n == 0 {
		return ""
	}
	return sign + count(n, "page", "pages")
}
