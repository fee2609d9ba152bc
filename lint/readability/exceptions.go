package readability

//go:generate go test -run TestExceptions -update .

// exception returns the count of a word that the rules get wrong, or 0.
//
// The table is static data, so that a program that asks for no score does no
// work for it: one string of words, each followed by its count ('0' plus the
// number), ordered by the bucket their hash falls into, and where each bucket
// begins.
func exception(w []byte) int {
	b := bucket(w)
	entries := exceptions[exceptionStarts[b]:exceptionStarts[b+1]]
	for i := 0; i < len(entries); {
		end := i + len(w)
		if end < len(entries) && isCount(entries[end]) && entries[i:end] == string(w) {
			return int(entries[end] - '0')
		}
		for !isCount(entries[i]) {
			i++
		}
		i++
	}
	return 0
}

// isCount tells a count from the letters and apostrophes of words.
func isCount(c byte) bool { return '0' <= c && c < 'a' }

// bucket is the FNV-1a hash of w, folded to the number of buckets.
func bucket(w []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range w {
		h = (h ^ uint32(c)) * 16777619
	}
	return (h ^ h>>16) % exceptionBuckets
}
