package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"bedside"
	"bedside/internal/approval"
	"bedside/internal/render"
	"bedside/lint"
	"bedside/lint/letter"
)

// A register is what the people of an office have approved.
type register struct {
	book    approval.Book
	written bool             // there is an approvals.toml
	sealer  *approval.Sealer // nil without one
}

// openRegister reads what was approved of a pack, if it keeps that: the one
// inside the program never does. With pages that are open already, those are
// what is sealed.
func (p *program) openRegister(o *office, pages *render.Pack) error {
	if o.builtin {
		return nil
	}
	book, written, err := p.readBook(o)
	if err != nil || !written && !o.ApprovalRequired {
		return err
	}
	o.register = &register{book: book, written: written}
	if written {
		o.register.sealer, err = p.sealer(o, pages)
	}
	return err
}

// sealer prepares to seal letters of a pack.
func (p *program) sealer(o *office, pages *render.Pack) (*approval.Sealer, error) {
	if pages == nil {
		var err error
		if pages, err = render.Open(o.fsys, bedside.FS, o.Dictionary, o.Practice); err != nil {
			return nil, p.packError(o, err)
		}
	}
	return approval.NewSealer(o.Pack, pages), nil
}

// readBook reads approvals.toml of a pack; without one the book is empty.
func (p *program) readBook(o *office) (book approval.Book, written bool, err error) {
	src, err := fs.ReadFile(o.fsys, approval.FileName)
	if errors.Is(err, fs.ErrNotExist) {
		return approval.Book{}, false, nil
	}
	if err == nil {
		book, err = approval.Parse(approval.FileName, src)
	}
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, true, refuse([]string{"Make it readable. What was approved stands in it."}, "cannot read “%s”: %s", p.bookName(o), file.Err)
	}
	if err != nil {
		return nil, true, p.packError(o, err)
	}
	return book, true, nil
}

// bookName is approvals.toml as the user would type it.
func (p *program) bookName(o *office) string {
	return p.shown(p.relative(filepath.Join(o.dir, approval.FileName)))
}

// nameOf is what a letter is called in the pack: its path there, with /. It is
// "" for a letter that does not lie in the pack's folder.
func (o *office) nameOf(full string) string {
	name, err := filepath.Rel(o.dir, full)
	if err != nil || !filepath.IsLocal(name) {
		return ""
	}
	return filepath.ToSlash(name)
}

// approved takes down who approved a letter, and what has changed since.
func (o *office) approved(res *lint.Result, full string) (*lint.Result, error) {
	if o.register == nil {
		return res, nil
	}
	var a lint.Approval
	if name := o.nameOf(full); o.register.book.Has(name) {
		seal, err := o.register.sealer.Seal(name, res.Letter)
		if err != nil {
			return nil, fmt.Errorf("cannot tell whether “%s” was approved: %w", res.Path, err)
		}
		a = o.register.book.Of(name, seal)
	}
	o.Approve(res, a)
	return res, nil
}

// asSigned is the newest version of a letter, of those that git has, whose
// words have the seal that was signed.
func (o *office) asSigned(h *versions, full, language string) (src []byte, commit string, ok bool) {
	name := o.nameOf(full)
	for _, commit := range h.commits() {
		src, ok := h.at(commit)
		if !ok {
			continue // it was removed there
		}
		was, err := o.register.sealer.LetterDigest(name, letter.Parse(name, src, o.Dictionary, language))
		if err == nil && o.register.book[name].Seal.Has(was) {
			return src, commit, true
		}
	}
	return nil, "", false
}

// patience is how long to wait for somebody else who is approving letters.
const patience = 10 * time.Second

// changeBook changes approvals.toml while nobody else does: it is read once
// more, and what others wrote in the meantime stays. What is locked is the
// file with the rules, for approvals.toml itself is another file after each
// change.
func (p *program) changeBook(o *office, change func(approval.Book)) error {
	f, err := os.OpenFile(o.file, os.O_RDWR, 0) // some systems lock only what may be written
	if err != nil {
		f, err = os.Open(o.file)
	}
	if err != nil {
		return refuse(nil, "cannot read “%s”: %s", o.rules, reason(err))
	}
	defer f.Close()
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		busy, err := lock(f)
		if err != nil {
			return refuse([]string{"Nothing was approved. On this drive files cannot be kept from two people at once; copy the folder to another."},
				"cannot lock “%s”: %s", o.rules, reason(err))
		}
		if !busy {
			break
		}
		if time.Since(begun) > patience {
			return refuse([]string{"Nothing was approved. Please try again."}, "somebody else is approving letters of this pack right now")
		}
	}
	book, _, err := p.readBook(o)
	if err != nil {
		return err
	}
	change(book)
	return p.write(filepath.Join(o.dir, approval.FileName), book.Bytes(), forAll)
}
