// Package compact keeps values that were read from a text, as references into
// that text: to get them back costs a small part of reading it again.
package compact

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"reflect"
	"slices"
	"strings"
)

// table is one that processors count with.
var table = crc32.MakeTable(crc32.Castagnoli)

// Values that are kept begin with three numbers: the checksum of the text, that
// of the values, and how many bytes these take.
const (
	numberSize = 4
	headSize   = 3 * numberSize
)

func checksum(b []byte) uint32 { return crc32.Checksum(b, table) }

// A Writer keeps values that were read from a text.
type Writer struct {
	text   string
	last   int // where in the text the last string ends
	values []byte
	err    error
}

// NewWriter returns a Writer of values that come from a text.
func NewWriter(text string) *Writer { return &Writer{text: text} }

// Put keeps a value, or what it points to: of a struct, the exported fields. A value that holds
// others than truth values, numbers (int, uint8, float64), strings, and pointers, lists, maps by
// string and structs of such makes Bytes fail.
func (w *Writer) Put(v any) {
	value := reflect.Indirect(reflect.ValueOf(v))
	w.values = binary.LittleEndian.AppendUint32(w.values, shapeSum(value.Type()))
	w.put(value)
}

// Bytes returns what a Reader reads, alone or behind what was kept of other
// texts.
func (w *Writer) Bytes() ([]byte, error) {
	var b []byte
	for _, n := range []uint32{checksum([]byte(w.text)), checksum(w.values), uint32(len(w.values))} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return append(b, w.values...), w.err
}

func (w *Writer) put(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		w.length(b2i(v.Bool()))
	case reflect.Int:
		w.values = binary.AppendVarint(w.values, v.Int())
	case reflect.Uint8:
		w.values = binary.AppendUvarint(w.values, v.Uint())
	case reflect.Float64:
		w.values = binary.LittleEndian.AppendUint64(w.values, math.Float64bits(v.Float()))
	case reflect.String:
		w.string(v.String())
	case reflect.Pointer:
		w.length(b2i(!v.IsNil()))
		if !v.IsNil() {
			w.put(v.Elem())
		}
	case reflect.Slice:
		if w.many(v) {
			for i := range v.Len() {
				w.put(v.Index(i))
			}
		}
	case reflect.Map:
		if w.many(v) {
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
			for _, key := range keys {
				w.string(key.String())
				w.put(v.MapIndex(key))
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() || v.Type().Field(i).Anonymous {
				w.put(v.Field(i))
			}
		}
	default:
		w.err = fmt.Errorf("a %s cannot be kept", v.Type())
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (w *Writer) length(n int) { w.values = binary.AppendUvarint(w.values, uint64(n)) }

// many writes how many elements a list or map has, one more than there are:
// 0 is nil.
func (w *Writer) many(v reflect.Value) bool {
	if v.IsNil() {
		w.length(0)
		return false
	}
	w.length(v.Len() + 1)
	return true
}

// string writes the length of a string and how far behind the last one it
// stands in the text; one that does not stand there, with an escape in it, is
// written out.
func (w *Writer) string(s string) {
	w.length(len(s) << 1)
	if s == "" {
		return
	}
	at := strings.Index(w.text[w.last:], s) + w.last
	if at < w.last {
		at = strings.Index(w.text, s)
	}
	if at < 0 {
		w.values[len(w.values)-uvarintLen(len(s)<<1)] |= 1
		w.values = append(w.values, s...)
		return
	}
	w.values = binary.AppendVarint(w.values, int64(at-w.last))
	w.last = at + len(s)
}

func uvarintLen(n int) int { return len(binary.AppendUvarint(nil, uint64(n))) }

// shapeSum tells types apart whose values are kept in different ways.
func shapeSum(t reflect.Type) uint32 {
	return checksum(shape(nil, t))
}

// shape is a type written out, with the names of fields: after a change of
// any, what was kept before is not read.
func shape(b []byte, t reflect.Type) []byte {
	b = append(b, t.Kind().String()...)
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		b = shape(append(b, ' '), t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			b = append(append(append(b, ' '), f.Name...), ' ')
			b = append(shape(append(b, f.Tag...), f.Type), ';')
		}
	}
	return b
}
