package compact

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"reflect"
)

// A Reader gives back what a Writer kept.
type Reader struct {
	text   string
	last   int
	values []byte
	shapes map[reflect.Type]uint32
	failed bool
}

// NewReader returns a Reader of what was kept of a text, or nil when nothing
// was, or it is damaged.
func NewReader(kept, text []byte) *Reader {
	sum, number := checksum(text), binary.LittleEndian.Uint32
	for len(kept) >= headSize {
		of, head := number(kept), kept[numberSize:headSize]
		values := kept[headSize:]
		size := uint64(number(head[numberSize:]))
		if size > uint64(len(values)) {
			return nil
		}
		if kept, values = values[size:], values[:size]; of == sum && number(head) == checksum(values) {
			return &Reader{text: string(text), values: values, shapes: map[reflect.Type]uint32{}}
		}
	}
	return nil
}

// Text is the text whose values are read.
func (r *Reader) Text() string { return r.text }

// errOther is the only fault there can be behind a checksum that holds.
var errOther = errors.New("what was kept is of another type")

// Get sets what v points to, to the next value. Strings share the memory of
// the text.
func (r *Reader) Get(v any) error {
	value := reflect.ValueOf(v).Elem()
	sum, known := r.shapes[value.Type()]
	if !known {
		sum = shapeSum(value.Type())
		r.shapes[value.Type()] = sum
	}
	if b := r.bytes(numberSize); b == nil || binary.LittleEndian.Uint32(b) != sum {
		return errOther
	}
	r.get(value)
	if r.failed {
		return errOther
	}
	return nil
}

func (r *Reader) get(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.uvarint() != 0)
	case reflect.Int:
		v.SetInt(r.varint())
	case reflect.Uint8:
		v.SetUint(r.uvarint())
	case reflect.Float64:
		if b := r.bytes(8); b != nil {
			v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		}
	case reflect.String:
		v.SetString(r.string())
	case reflect.Pointer:
		if r.uvarint() != 0 {
			v.Set(reflect.New(v.Type().Elem()))
			r.get(v.Elem())
		}
	case reflect.Slice:
		r.list(v)
	case reflect.Map:
		n, ok := r.many()
		if !ok {
			return
		}
		v.Set(reflect.MakeMapWithSize(v.Type(), n))
		value := reflect.New(v.Type().Elem()).Elem()
		for range n {
			key := reflect.ValueOf(r.string())
			value.SetZero()
			r.get(value)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() || f.Anonymous {
				r.get(v.Field(i))
			}
		}
	default:
		r.failed = true
	}
}

// list reads a list; most are of strings.
func (r *Reader) list(v reflect.Value) {
	n, ok := r.many()
	if !ok {
		return
	}
	if v.Type() == reflect.TypeFor[[]string]() {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = r.string()
		}
		v.Set(reflect.ValueOf(texts))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), n, n))
	for i := range n {
		r.get(v.Index(i))
	}
}

// many reads how many elements follow; ok is false for nil. Each has at least
// one byte.
func (r *Reader) many() (n int, ok bool) {
	more := r.uvarint()
	if more > uint64(len(r.values))+1 {
		r.failed = true
		return 0, false
	}
	return int(more) - 1, more > 0
}

func (r *Reader) string() string {
	head := r.uvarint()
	n := int(head >> 1)
	switch {
	case n == 0:
		return ""
	case head&1 == 1:
		return string(r.bytes(n))
	}
	at := r.last + int(r.varint())
	if at < 0 || n < 0 || at > len(r.text) || n > len(r.text)-at {
		r.failed = true
		return ""
	}
	r.last = at + n
	return r.text[at : at+n]
}

func (r *Reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.values)
	r.bytes(cmp.Or(n, -1))
	return v
}

func (r *Reader) varint() int64 {
	v, n := binary.Varint(r.values)
	r.bytes(cmp.Or(n, -1))
	return v
}

// bytes takes n bytes, or fails with nil.
func (r *Reader) bytes(n int) []byte {
	if n < 0 || n > len(r.values) {
		r.failed, r.values = true, nil
		return nil
	}
	b := r.values[:n]
	r.values = r.values[n:]
	return b
}
