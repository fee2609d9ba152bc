package compact

import (
	"reflect"
	"strings"
	"testing"
)

type inner struct {
	Name string
	N    int
	F    *float64
}

type embedded struct{ Word string }

type whole struct {
	embedded
	Yes     bool
	Level   uint8
	Texts   []string
	None    []string
	Empty   []string
	Inner   []inner
	ByName  map[string][]string
	Nothing map[string]string
	Other   map[string]*inner

	hidden int
}

const text = `a = "first"
b = ["second", "third, and longer"]
c = "with \" an escape"`

func values() whole {
	f := 2.5
	return whole{embedded: embedded{"first"}, Yes: true, Level: 3, Texts: []string{"third, and longer", "second", "", "first"}, Empty: []string{},
		Inner: []inner{{"second", -7, &f}, {"with \" an escape", 1 << 40, nil}}, ByName: map[string][]string{"b": {"a"}, "a": nil},
		Other: map[string]*inner{"c": {Name: strings.Repeat("not in the text ", 20)}, "a": nil}, hidden: 1}
}

func kept(t testing.TB, of string, put ...any) []byte {
	t.Helper()
	w := NewWriter(of)
	for _, v := range put {
		w.Put(v)
	}
	b, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestReadBack: what was put comes back, but for what is not exported; also
// from behind what was kept of another text.
func TestReadBack(t *testing.T) {
	want := values()
	b := append(kept(t, "another text", "text"), kept(t, text, &want, "second")...)
	r := NewReader(b, []byte(text))
	if r == nil {
		t.Fatal("nothing is kept of the text")
	}
	var got whole
	var word string
	if err := r.Get(&got); err != nil {
		t.Fatal(err)
	}
	if err := r.Get(&word); err != nil || word != "second" {
		t.Errorf("got %q (%v), want second", word, err)
	}
	want.hidden = 0
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if err := r.Get(&word); err == nil {
		t.Errorf("got %q behind the last value", word)
	}
}

// TestStringsAreReferences: what stands in the text takes a few bytes.
func TestStringsAreReferences(t *testing.T) {
	long := strings.Repeat("a long text, which is kept once ", 100)
	if n := len(kept(t, "x = '"+long+"'", long)); n > 32 {
		t.Errorf("a text of %d bytes takes %d", len(long), n)
	}
}

func TestAnotherText(t *testing.T) {
	b := kept(t, text, "first")
	for name, c := range map[string]struct {
		kept []byte
		text string
	}{
		"changed":      {b, text + " "},
		"cut":          {b[:len(b)-1], text},
		"only a head":  {b[:headSize], text},
		"no head":      {b[:headSize-1], text},
		"nothing":      {nil, text},
		"other values": {append(b[:len(b)-1:len(b)-1], b[len(b)-1]^1), text},
	} {
		if NewReader(c.kept, []byte(c.text)) != nil {
			t.Errorf("%s: it was read", name)
		}
	}
}

// TestAnotherType: a struct whose fields have changed is not filled with what
// was kept of the old one.
func TestAnotherType(t *testing.T) {
	b := kept(t, text, inner{Name: "first"})
	for _, v := range []any{&embedded{}, &whole{}, new(string), &struct {
		Title string
		N     int
		F     *float64
	}{}, &struct {
		Name string
		N    int64
		F    *float64
	}{}} {
		if err := NewReader(b, []byte(text)).Get(v); err == nil {
			t.Errorf("it was read as a %T", v)
		}
	}
}

// TestUnknownTypes: what cannot be read back is not kept in silence.
func TestUnknownTypes(t *testing.T) {
	for _, v := range []any{make(chan int), []any{1}, map[string]func(){"f": nil}} {
		w := NewWriter(text)
		w.Put(v)
		if _, err := w.Bytes(); err == nil {
			t.Errorf("a %T was kept", v)
		}
	}
}

// FuzzReader: values that no Writer wrote give an error at worst.
func FuzzReader(f *testing.F) {
	b := kept(f, text, values())[headSize:]
	shape := b[:numberSize:numberSize]
	f.Add(b[numberSize:])
	f.Add(b[numberSize : len(b)/2])
	f.Fuzz(func(_ *testing.T, b []byte) {
		var v whole
		_ = (&Reader{text: text, values: append(shape, b...), shapes: map[reflect.Type]uint32{}}).Get(&v)
	})
}
