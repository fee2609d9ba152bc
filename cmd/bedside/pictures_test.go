package main

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"bedside/internal/render"
)

// pictures are pages as somebody sees them. They show letters of testdata:
// what the letters of the pack say changes more often than how they look.
var pictures = []struct {
	name     string
	letter   string
	envelope string
	options  render.Options
	large    bool
	view     view
	height   int // CSS pixels
}{
	{"desk", "bill.md", "#10 double window", render.Options{Person: "long-names", Form: -1}, false, view{width: 880, media: "screen"}, 1110},
	{"desk-dark-single-window", "carta.md", "#10 single window", render.Options{Person: "spanish", Form: -1}, false, view{width: 880, dark: true, media: "screen"}, 1110},
	{"desk-draft-fields", "bill.md", "#10 double window", render.Options{Fields: true, Form: -1, Draft: true}, false, view{width: 880, media: "screen"}, 1160},
	{"desk-large-print", "bill.md", "#10 double window", render.Options{Form: -1}, true, view{width: 880, media: "screen"}, 1960},
	{"phone", "bill.md", "#10 double window", render.Options{Person: "long-names", Form: -1}, false, view{width: 320, media: "screen"}, 1600},
	{"phone-lines", "lines.md", "#10 double window", render.Options{Form: -1}, false, view{width: 320, media: "screen"}, 1000},
}

// TestPictures compares pages with pictures that somebody has looked at and
// approved. -update takes new ones; look at them before you keep them.
func TestPictures(t *testing.T) {
	tab := newTab(t)
	tab.wantFonts()
	for _, c := range pictures {
		t.Run(c.name, func(t *testing.T) {
			p := openTestPack(t, "envelope", c.envelope)
			src, err := os.ReadFile("testdata/pages/" + c.letter)
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := p.pages.Sheet(p.Check(c.letter, src).Letter, c.options)
			if err != nil {
				t.Fatal(err)
			}
			tab.see(c.view)
			tab.open(p.pages.Page([]render.Sheet{sheet}, c.large))
			holdPicture(t, filepath.Join("testdata/pages", c.name+".png"), tab.picture(c.view, c.height))
		})
	}
}

// holdPicture compares a picture with the approved one.
func holdPicture(t *testing.T, approved string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(approved, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(approved)
	if err != nil {
		t.Fatal(err)
	}
	changed, err := changes(want, got)
	if err != nil {
		t.Error(err)
	}
	if changed > tolerated {
		seen := filepath.Join(os.TempDir(), "bedside-"+filepath.Base(approved))
		if e := os.WriteFile(seen, got, 0o600); e != nil {
			t.Fatal(e)
		}
		t.Errorf("%s: %.1f %% of the page looks otherwise: look at %s; go test ./cmd/bedside -run Pictures -update takes it over", approved, 100*changed, seen)
	}
}

// With these figures a change of the font, of a size, of a space, of a strong
// line or of a colour is noticed, and how a browser smooths letters is not. A
// hairline alone is not either.
const (
	patch     = 8     // CSS pixels: less than a letter
	noticed   = 10    // of 255: how far one of the colours of a patch, in its mean, may be off
	tolerated = 0.004 // of all patches
)

// changes is the share of a picture that looks otherwise than in another: the
// share of the patches whose mean colour is another. Means leave out how a
// browser smooths the edges of letters, but not where they stand.
func changes(a, b []byte) (float64, error) {
	x, err := patches(a)
	if err != nil {
		return 1, err
	}
	y, err := patches(b)
	if err != nil {
		return 1, err
	}
	if len(x) != len(y) || len(x[0]) != len(y[0]) {
		return 1, fmt.Errorf("%d by %d patches, want %d by %d", len(y[0]), len(y), len(x[0]), len(x))
	}
	changed := 0
	for row := range x {
		for col := range x[row] {
			for c := range 3 {
				if d := x[row][col][c] - y[row][col][c]; d > noticed || d < -noticed {
					changed++
					break
				}
			}
		}
	}
	return float64(changed) / float64(len(x)*len(x[0])), nil
}

// patches are the mean colours of a picture, in rows of squares.
func patches(src []byte) ([][][3]int, error) {
	img, err := png.Decode(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Bounds(), img, image.Point{}, draw.Src)
	size := flat.Bounds().Size()
	rows := make([][][3]int, size.Y/patch)
	for row := range rows {
		rows[row] = make([][3]int, size.X/patch)
		for col := range rows[row] {
			rows[row][col] = mean(flat, col*patch, row*patch)
		}
	}
	return rows, nil
}

// mean is the mean colour of the patch with its top left corner at x, y.
func mean(img *image.RGBA, x, y int) (sum [3]int) {
	for dy := range patch {
		line := img.Pix[img.PixOffset(x, y+dy):]
		for dx := range patch {
			for c := range sum {
				sum[c] += int(line[4*dx+c])
			}
		}
	}
	for c := range sum {
		sum[c] /= patch * patch
	}
	return sum
}
