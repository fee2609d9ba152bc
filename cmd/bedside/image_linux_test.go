package main

import (
	"debug/elf"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestImage builds the program with the command of the Dockerfile and runs it
// as the image does: alone in a file system, as that user, without a network.
func TestImage(t *testing.T) {
	src, err := os.ReadFile(filepath.Join(repository, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	build, image, _ := strings.Cut(string(src), "\nFROM scratch\n")
	command := regexp.MustCompile(`(?m)^RUN (.* go build .*) -o /bedside (\./cmd/bedside)$`).FindStringSubmatch(build)
	said := regexp.MustCompile(`^COPY --from=build (/bedside) (/bedside)\nUSER (\d+):(\d+)\nWORKDIR (/letters)\nENTRYPOINT \["(/bedside)"\]\n$`).FindStringSubmatch(image)
	if command == nil || said == nil {
		t.Fatalf("the Dockerfile is not as this test knows it:\n%s", src)
	}
	uid, _ := strconv.Atoi(said[3])
	gid, _ := strconv.Atoi(said[4])
	if uid == 0 || gid == 0 {
		t.Error("it runs as root")
	}

	root := t.TempDir()
	c := exec.Command("sh", "-c", command[1]+` -o "$0" `+command[2], filepath.Join(root, "bedside"))
	c.Dir = repository
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	program, err := elf.Open(filepath.Join(root, "bedside"))
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	for _, p := range program.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Error("the program needs a library that the image does not have")
		}
	}

	if os.Getuid() != 0 {
		t.Log("NOT PROVEN: the program runs alone in its image, for only root can close a file system around it")
		return
	}
	letters := filepath.Join(root, said[5])
	if err := os.Mkdir(letters, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(letters, uid, gid); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(letters, "harsh.md"), []byte(harshLetter), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		args, printed, written string
		code                   int
	}{
		{"check --format concise --report json=result.json harsh.md", "harsh.md:5:14: error: ", "result.json", exitFindings},
		{"init office", "Created  office/rules.toml", "office/templates/practice.toml", 0},
		{"render --all --config office -o out", "out/index.html", "out/en/reminder-30.html", 0},
	} {
		c := exec.Command(said[6], strings.Fields(k.args)...)
		c.Dir, c.Env = said[5], []string{}
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Cloneflags: syscall.CLONE_NEWNET,
			Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		out, err := c.CombinedOutput()
		var exit *exec.ExitError
		code := 0
		switch {
		case errors.As(err, &exit):
			code = exit.ExitCode()
		case errors.Is(err, syscall.EPERM): // root of a container that may do less
			t.Log("NOT PROVEN: the program runs alone in its image, for root may not close a file system around it here")
			return
		case err != nil:
			t.Fatal(err)
		}
		if code != k.code || !strings.Contains(string(out), k.printed) || !exists(filepath.Join(letters, k.written)) {
			t.Errorf("%s: exit code %d, want %d:\n%s", k.args, code, k.code, out)
		}
	}
}
