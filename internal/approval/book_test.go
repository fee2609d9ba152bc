package approval_test

import (
	"strings"
	"testing"

	"bedside/internal/approval"
)

func entry(by, note string) approval.Entry {
	seal := approval.Seal{Sum: "sha256:" + strings.Repeat("0a", 32), Parts: "letter:00000000 page:11111111 mail:22222222 rules:33333333", Values: "0123456789ab"}
	return approval.Entry{Seal: seal, By: by, On: "2026-11-22", Note: note}
}

func TestBookIsReadAsItWasWritten(t *testing.T) {
	book := approval.Book{
		"templates/en/b.md": entry("María O'Brien", ""),
		"templates/en/a.md": entry(`Lee "Bo" \ Park`, "with the lawyer’s words, é 👩‍⚕️"),
		`odd "name".md`:     entry("Ana", ""),
	}
	src := book.Bytes()
	lines := strings.Split(strings.TrimSpace(string(src)), "\n")
	if len(lines) != 3+len(book) || !strings.HasPrefix(lines[3], `"odd `) || !strings.HasPrefix(lines[5], `"templates/en/b.md"`) {
		t.Errorf("want one sorted line a letter below the head, got:\n%s", src)
	}
	again, err := approval.Parse("approvals.toml", src)
	if err != nil {
		t.Fatal(err)
	}
	if string(again.Bytes()) != string(src) {
		t.Errorf("read and written again it is\n%s\nand was\n%s", again.Bytes(), src)
	}
	for name, want := range book {
		if got := again[name]; got.By != want.By || got.Note != want.Note || got.On != want.On || got.Seal.Sum != want.Seal.Sum {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestFaultsInTheBookHaveAPlace(t *testing.T) {
	good := strings.TrimSpace(string(approval.Book{"a.md": entry("Ana", "")}.Bytes()))
	good = good[strings.LastIndexByte(good, '\n')+1:]
	for name, c := range map[string]struct{ src, want string }{
		"no name":        {strings.Replace(good, `"Ana"`, `" "`, 1), "1:12: this line does not say who approved the letter (by); approve the letter again, or remove the line"},
		"no day":         {strings.Replace(good, "on = 2026-11-22, ", "", 1), "1:1: this line has no day (on); approve the letter again, or remove the line"},
		"a day as text":  {strings.Replace(good, "2026-11-22", `"2026-11-22"`, 1), "this is not a day; write it without quotes, as 2026-11-22"},
		"no seal":        {strings.Replace(good, "sha256:0a", "sha256:0g", 1), "1:41: this is not a seal; approve the letter again, or remove the line"},
		"no parts":       {strings.Replace(good, "page:", "side:", 1), "these are not the parts of a seal"},
		"no values":      {strings.Replace(good, "0123456789ab", "01234", 1), "these are not the values of a seal"},
		"a hidden sign":  {strings.Replace(good, "Ana", "A\u202ena", 1), "1:12: it has a character that nobody sees, U+202E; approve"},
		"an unknown key": {strings.Replace(good, "by =", "bye =", 1), "1:12: “bye” is not a key here (did you mean “by”?)"},
		"cut off":        {good[:60], "1:60: this text is not closed: a quote mark is missing at its end"},
		"twice":          {good + "\n" + good, "2:12: this is written a second time: of two lines about one letter keep the newer"},
		"not a line":     {`"a.md" = "Ana"`, "1:1: this is text in quotes and has to be a table"},
		"a merge":        {"<<<<<<< HEAD\n" + good + "\n=======\n>>>>>>> theirs\n", "1:1: two versions of this file were not merged yet"},
	} {
		_, err := approval.Parse("approvals.toml", []byte(c.src))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s:\n got %v\nwant %s", name, err, c.want)
		}
	}
	if _, err := approval.Parse("approvals.toml", []byte(good)); err != nil {
		t.Errorf("the line that all these are made of: %v", err)
	}
	if book, err := approval.Parse("approvals.toml", nil); err != nil || len(book) != 0 {
		t.Errorf("an empty file: %v %v", book, err)
	}
}

func FuzzParseBook(f *testing.F) {
	f.Add(approval.Book{"a.md": entry("Ana", "x")}.Bytes())
	f.Add([]byte("<<<<<<< a\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		book, err := approval.Parse("approvals.toml", src)
		if err != nil {
			return
		}
		for name := range book {
			if approval.Plain(name) != nil { // approve refuses such names
				return
			}
		}
		if _, err := approval.Parse("approvals.toml", book.Bytes()); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, book.Bytes())
		}
	})
}
