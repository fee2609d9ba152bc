package main

import (
	"bytes"
	"slices"

	"bedside/internal/approval"
	"bedside/internal/preview"
)

// earlier tells what the letters of a folder were before: when somebody
// approved them, and in the last commit. What reads as it does now is left out.
func (v *previewing) earlier(o *office, files map[string]string) func(preview.Letter) []preview.Earlier {
	return func(l preview.Letter) []preview.Earlier {
		h, err := v.versions(files[l.ID])
		if err != nil {
			return nil
		}
		var all []preview.Earlier
		add := func(name, says string, src []byte) {
			now := append(all, preview.Earlier{Src: l.Letter.Src})
			if !slices.ContainsFunc(now, func(e preview.Earlier) bool { return sameLines(e.Src, src) }) {
				all = append(all, preview.Earlier{Name: name, Says: says, Src: src})
			}
		}
		if a := l.Approval; a.Changed && slices.Contains(a.What, approval.TheLetter) {
			if src, _, ok := o.asSigned(h, files[l.ID], v.language); ok {
				add(sinceApproved, "as it was when "+a.By+" approved it", src)
			}
		}
		if commit, err := h.commit("HEAD"); err == nil {
			if src, ok := h.at(commit); ok {
				add("saved", "before your changes", src)
			}
		}
		return all
	}
}

// sameLines compares two texts; git may have written the ends of lines anew.
func sameLines(a, b []byte) bool {
	unix := func(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }
	return bytes.Equal(unix(a), unix(b))
}
