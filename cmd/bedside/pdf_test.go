package main

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"bedside/internal/render"
)

// A glyph is one sign on a page of paper, in inches from its top left corner.
type glyph struct {
	text string
	render.Box
}

// A paperPage is one page of a PDF.
type paperPage struct {
	glyphs []glyph
	tagged map[int64]string // text by the number that the tree of tags knows it by
}

// A document is a PDF taken apart: where every sign stands, and in which order
// it is read to those who do not see it.
type document struct {
	pages   []paperPage
	reading string // without white space
	root    pdf.Value
	info    pdf.Value
}

func openPDF(t *testing.T, src []byte) *document {
	t.Helper()
	r, err := pdf.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	d := &document{root: r.Trailer().Key("Root"), info: r.Trailer().Key("Info")}
	at := map[int64]int{} // page by its number in the tree of tags
	for n := 1; n <= r.NumPage(); n++ {
		page := r.Page(n)
		if number := page.V.Key("StructParents"); !number.IsNull() { // a blank page has none
			at[number.Int64()] = len(d.pages)
		}
		d.pages = append(d.pages, readPDFPage(t, page))
	}
	var read strings.Builder
	var walk func(v pdf.Value, page int)
	walk = func(v pdf.Value, page int) {
		if pg := v.Key("Pg"); !pg.IsNull() {
			page = at[pg.Key("StructParents").Int64()]
		}
		switch kids := v.Key("K"); {
		case v.Kind() == pdf.Integer:
			read.WriteString(d.pages[page].tagged[v.Int64()])
		case v.Key("Type").Name() == "MCR":
			read.WriteString(d.pages[page].tagged[v.Key("MCID").Int64()])
		case kids.Kind() == pdf.Array:
			for i := range kids.Len() {
				walk(kids.Index(i), page)
			}
		case !kids.IsNull():
			walk(kids, page)
		}
	}
	walk(d.root.Key("StructTreeRoot"), 0)
	d.reading = withoutSpace(read.String())
	return d
}

// A matrix is that of PDF: [a b c d e f].
type matrix [6]float64

// after is m with another matrix applied before it.
func (m matrix) after(n matrix) matrix {
	return matrix{
		n[0]*m[0] + n[1]*m[2], n[0]*m[1] + n[1]*m[3],
		n[2]*m[0] + n[3]*m[2], n[2]*m[1] + n[3]*m[3],
		n[4]*m[0] + n[5]*m[2] + m[4], n[4]*m[1] + n[5]*m[3] + m[5],
	}
}

// A pdfFont has codes of two bytes a sign, each with its width in thousandths
// of the size.
type pdfFont struct {
	pdf.TextEncoding
	width  map[uint16]float64
	normal float64
}

// A marked part of a page: tagged with a number, or given a text of its own.
type marked struct {
	id     int64 // -1: none
	actual bool  // its signs are read as a text that was told before
}

// readPDFPage runs what draws a page and keeps what is text.
func readPDFPage(t *testing.T, page pdf.Page) paperPage {
	t.Helper()
	p := paperPage{tagged: map[int64]string{}}
	fonts := map[string]*pdfFont{}
	for _, name := range page.Fonts() {
		fonts[name] = readPDFFont(page.Font(name))
	}
	height := page.V.Key("MediaBox").Index(3).Float64()
	var ctm, line matrix
	ctm = matrix{1, 0, 0, 1, 0, 0}
	var saved []matrix
	var font *pdfFont
	var size float64
	open := []marked{{id: -1}}
	pdf.Interpret(page.V.Key("Contents"), func(stk *pdf.Stack, op string) {
		args := make([]pdf.Value, stk.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stk.Pop()
		}
		six := func() (m matrix) {
			for i := range m {
				m[i] = args[i].Float64()
			}
			return m
		}
		switch op {
		case "q":
			saved = append(saved, ctm)
		case "Q":
			ctm, saved = saved[len(saved)-1], saved[:len(saved)-1]
		case "cm":
			ctm = ctm.after(six())
		case "BDC", "BMC":
			m := open[len(open)-1]
			if op == "BDC" {
				if id := args[1].Key("MCID"); !id.IsNull() {
					m.id = id.Int64()
				}
				if text := args[1].Key("ActualText"); !text.IsNull() {
					p.tagged[m.id] += text.Text()
					m.actual = true
				}
			}
			open = append(open, m)
		case "EMC":
			open = open[:len(open)-1]
		case "Tf":
			font, size = fonts[args[0].Name()], args[1].Float64()
		case "Tm":
			line = six()
		case "Td":
			line = line.after(matrix{1, 0, 0, 1, args[0].Float64(), args[1].Float64()})
		case "Tj":
			advance := 0.0
			raw := args[0].RawString()
			for i := 0; i+1 < len(raw); i += 2 {
				code := uint16(raw[i])<<8 | uint16(raw[i+1])
				width, known := font.width[code]
				if !known {
					width = font.normal
				}
				width *= size / 1000
				m := ctm.after(line).after(matrix{1, 0, 0, 1, advance, 0})
				advance += width
				text := font.Decode(raw[i : i+2])
				p.glyphs = append(p.glyphs, glyph{text, boxOf(m, width, size, height)})
				if now := open[len(open)-1]; !now.actual {
					p.tagged[now.id] += text
				}
			}
		case "TJ", "'", "\"":
			t.Fatalf("this PDF writes text with %s, which is not read here", op)
		}
	})
	return p
}

// inch is in points, as a PDF counts.
const inch = 72

// boxOf is the box of a sign, from the top of capitals to the foot of a g, on
// a page of a height in points.
func boxOf(m matrix, width, size, page float64) render.Box {
	const capitals, foot = 0.7, 0.2
	em := math.Abs(m[3]) * size / inch
	return render.Box{Left: m[4] / inch, Top: (page-m[5])/inch - em*capitals, Width: m[0] * width / inch, Height: em * (capitals + foot)}
}

func readPDFFont(font pdf.Font) *pdfFont {
	f := &pdfFont{TextEncoding: font.Encoder(), width: map[uint16]float64{}}
	of := font.V.Key("DescendantFonts").Index(0)
	f.normal = of.Key("DW").Float64()
	for w, i := of.Key("W"), 0; i < w.Len(); {
		first := uint16(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for k := range list.Len() {
				f.width[first+uint16(k)] = list.Index(k).Float64()
			}
			i += 2
			continue
		}
		for code := first; code <= uint16(w.Index(i+1).Int64()); code++ {
			f.width[code] = w.Index(i + 2).Float64()
		}
		i += 3
	}
	return f
}
