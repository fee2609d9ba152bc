package main

import (
	"bytes"
	"fmt"
	"os"
)

// A stepSummary is what GitHub shows on the page of a run about one of its
// steps. It goes behind what other commands of the step have put there.
type stepSummary struct {
	file  *os.File
	shown string
	text  bytes.Buffer
}

// mostSummary is the size of a summary, in bytes, above which GitHub shows
// nothing of it.
const mostSummary = 1 << 20

// stepSummary opens the file that GitHub names for --format github, or returns
// nil.
func (k *check) stepSummary() (*stepSummary, error) {
	path := k.env("GITHUB_STEP_SUMMARY")
	if k.format != "github" || path == "" {
		return nil, nil
	}
	f, err := os.OpenFile(k.full(path), os.O_APPEND|os.O_CREATE|os.O_WRONLY, forAll)
	if err != nil {
		return nil, refuse([]string{"GITHUB_STEP_SUMMARY names it. Outside of GitHub leave that name unset."}, "cannot write “%s”: %s", k.shown(path), reason(err))
	}
	return &stepSummary{file: f, shown: k.shown(path)}, nil
}

// commit writes the report, or as many of its lines as GitHub shows.
func (s *stepSummary) commit() error {
	room := mostSummary
	if info, err := s.file.Stat(); err == nil {
		room -= int(info.Size())
	}
	_, err := s.file.Write(firstLines(s.text.Bytes(), room))
	if closed := s.file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return refuse(nil, "cannot write “%s”: %s", s.shown, reason(err))
	}
	return nil
}

// firstLines are the lines of a text that fit into so many bytes, with a last
// one that counts the others; nothing where there is no room for that.
func firstLines(text []byte, room int) []byte {
	if len(text) <= room {
		return text
	}
	last := func(lines int) string {
		return fmt.Sprintf("\n%d more lines: bedside check --report markdown=FILE\n", lines)
	}
	room -= len(last(len(text)))
	if room < 0 {
		return nil
	}
	end := bytes.LastIndexByte(text[:room], '\n') + 1
	return append(text[:end:end], last(bytes.Count(text[end:], []byte{'\n'}))...)
}
