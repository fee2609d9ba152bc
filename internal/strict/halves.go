package strict

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// long is from how many bytes on a file is read in two halves at once.
const long = 64 << 10

// decode decodes the file into v, a long one in two parts at once: reading
// rules.toml is most of what the program does before the first letter. What
// follows a table header is a TOML file as well. When it is not, or both parts
// have a first key, the file is read as a whole.
func (f *File) decode(v any) error {
	if cut := f.middle(); cut > 0 && f.decodeHalves(cut, v) {
		return nil
	}
	meta, err := toml.Decode(f.Src, v)
	f.metas = []*toml.MetaData{&meta}
	return err
}

// middle is the offset of the first table header after the middle of a long
// file that begins with another key than the one before it, or 0.
func (f *File) middle() int {
	if len(f.Src) < long {
		return 0
	}
	const header = "\n["
	at := strings.LastIndex(f.Src[:len(f.Src)/2], header)
	for at >= 0 {
		n := strings.Index(f.Src[at+1:], header)
		if n < 0 {
			return 0
		}
		before := at
		if at += 1 + n; firstKey(f.Src[before+1:]) != firstKey(f.Src[at+1:]) {
			return at + 1
		}
	}
	return 0
}

// firstKey is the first key of a table header.
func firstKey(header string) string {
	name := strings.TrimLeft(header, "[")
	return name[:max(0, strings.IndexAny(name, ".]\n"))]
}

// decodeHalves decodes what stands before and after the cut into v. It reports
// whether that is the same as to decode the whole.
func (f *File) decodeHalves(cut int, v any) bool {
	type half struct {
		table toml.Primitive
		meta  toml.MetaData
		err   error
	}
	read := func(src string) (h half) {
		h.meta, h.err = toml.Decode(src, &h.table)
		return h
	}
	later := make(chan half)
	go func() { later <- read(f.Src[cut:]) }()
	a := read(f.Src[:cut])
	b := <-later
	if a.err != nil || b.err != nil {
		return false
	}
	for _, key := range b.meta.Keys() {
		if a.meta.IsDefined(key[0]) {
			return false
		}
	}
	f.metas = []*toml.MetaData{&a.meta, &b.meta}
	return a.meta.PrimitiveDecode(a.table, v) == nil && b.meta.PrimitiveDecode(b.table, v) == nil
}

// metaOf is what the toml package says of the part of the file that has the
// key.
func (f *File) metaOf(key []string) *toml.MetaData {
	for _, meta := range f.metas {
		if meta.IsDefined(key...) {
			return meta
		}
	}
	return f.metas[0]
}

// keysOfAll lists the keys of all parts in order, as list names them.
func (f *File) keysOfAll(list func(*toml.MetaData) []toml.Key) (keys []toml.Key) {
	for _, meta := range f.metas {
		keys = append(keys, list(meta)...)
	}
	return keys
}
