package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What others plug Bedside in with. None of those who run it is here, so the
// files are read as strictly as they read them, and their commands are run.

const harshLetter = "# Your bill\n\nDear reader,\n\nThis is your final notice.\n"

// A step of an action or of a job.
type step struct {
	Name  string
	Uses  string
	With  map[string]string
	Shell string
	Env   map[string]string
	Run   string
}

// readYAML reads a file of this repository and refuses keys that the type does
// not have.
func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(repository, name))
	if err != nil {
		t.Fatal(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// safe refuses steps that somebody else can change: an action of others that is
// not named by its commit, and a script that a value is pasted into.
func safe(t *testing.T, steps []step) {
	t.Helper()
	if len(steps) == 0 {
		t.Error("there are no steps")
	}
	pinned := regexp.MustCompile(`^(\./|[\w.-]+/[\w./-]+@[0-9a-f]{40})$`)
	for _, s := range steps {
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("%s: name the commit, not a tag that can be moved", s.Uses)
		}
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: a value is pasted into a script; hand it over in env:\n%s", s.Name, s.Run)
		}
	}
}

// An action is action.yml.
type action struct {
	Name, Description string
	Branding          struct{ Icon, Color string }
	Inputs            map[string]struct{ Description, Default string }
	Runs              struct {
		Using string
		Steps []step
	}
}

// run runs the scripts of the action in a folder, as GitHub does, and returns
// the exit code of the first that fails.
func (a *action) run(t *testing.T, dir, temp string, inputs map[string]string) (code int, printed string) {
	t.Helper()
	path, err := filepath.Abs(repository)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, s := range a.Runs.Steps {
		if s.Run == "" {
			continue
		}
		c := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		c.Dir, c.Stdout, c.Stderr = dir, &out, &out
		c.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+path, "RUNNER_TEMP="+temp, "GITHUB_STEP_SUMMARY="+filepath.Join(temp, "summary.md"), "NO_COLOR=1")
		for name, value := range s.Env {
			if input := regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`).FindStringSubmatch(value); input != nil {
				in, ok := a.Inputs[input[1]]
				if !ok {
					t.Fatalf("%s takes the input %s, and there is none of that name", s.Name, input[1])
				}
				if value = in.Default; inputs[input[1]] != "" {
					value = inputs[input[1]]
				}
			}
			c.Env = append(c.Env, name+"="+value)
		}
		var exit *exec.ExitError
		if err := c.Run(); errors.As(err, &exit) {
			return exit.ExitCode(), out.String()
		} else if err != nil {
			t.Fatal(err)
		}
	}
	return 0, out.String()
}

func TestAction(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	safe(t, a.Runs.Steps)
	if a.Runs.Using != "composite" {
		t.Errorf("it runs %q", a.Runs.Using)
	}
	for name, in := range a.Inputs {
		if in.Description == "" {
			t.Errorf("the input %s is not described", name)
		}
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("NOT PROVEN: the scripts of the action, for there is no bash here")
	}
	temp := t.TempDir()
	for name, c := range map[string]struct {
		inputs  map[string]string
		code    int
		printed string
		files   []string
	}{
		"a harsh letter": {
			map[string]string{"paths": "letters\n", "format": "concise", "report": "json=result.json\nconcise=kept here.txt\n"},
			1, "letters/harsh.md:5:14: error: “final notice” puts pressure on the reader [ban.urgency]\n", []string{"result.json", "kept here.txt"}},
		"what a baseline lists":   {map[string]string{"paths": "letters", "baseline": "old.toml"}, 0, " accepted by old.toml.", nil},
		"a baseline that is none": {map[string]string{"paths": "letters", "baseline": "$(touch taken).toml"}, 2, "cannot read the baseline “$(touch taken).toml”", nil},
		"only a report":           {map[string]string{"paths": "letters", "format": "concise", "fail-on": "never"}, 0, "[ban.urgency]", nil},
		"the letters of the pack": {map[string]string{"format": "concise"}, 0, "letters ready", nil},
		"a path that is a command": {
			map[string]string{"paths": "letters/$(touch taken).md\n--format=json\n`touch taken`; touch taken", "format": "concise"},
			2, "“letters/$(touch taken).md”", nil},
		"a report that is a flag": {map[string]string{"paths": "letters", "format": "concise", "report": "--fail-on=never"}, 2, "the format of --report “--fail-on” is not known", nil},
	} {
		t.Run(name, func(t *testing.T) {
			sh := newShell(t)
			sh.write(t, "letters/harsh.md", harshLetter)
			if out, err := sh.run("bedside check letters --baseline old.toml --write-baseline"); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			code, printed := a.run(t, sh.dir, temp, c.inputs)
			if code != c.code || !strings.Contains(printed, c.printed) {
				t.Errorf("exit code %d, want %d, with %q in what is printed:\n%s", code, c.code, c.printed, printed)
			}
			if !strings.Contains(printed, "rules proved by") {
				t.Errorf("nothing proves the rules:\n%s", printed)
			}
			for _, file := range c.files {
				if info, err := os.Stat(filepath.Join(sh.dir, file)); err != nil || info.Size() == 0 {
					t.Errorf("the report %s: %v", file, err)
				}
			}
			if exists(filepath.Join(sh.dir, "taken")) {
				t.Error("an input was run as a command")
			}
		})
	}
}

// The hooks look at letters and at nothing else, and stop a commit with a harsh
// one.
func TestPreCommitHooks(t *testing.T) {
	var hooks []struct {
		ID, Name, Description, Entry, Language, Files string
		PassFilenames                                 bool `yaml:"pass_filenames"`
		RequireSerial                                 bool `yaml:"require_serial"`
	}
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	languages := map[string]string{}
	for _, h := range hooks {
		languages[h.ID] = h.Language
		files, err := regexp.Compile(h.Files)
		if err != nil || !h.PassFilenames || !h.RequireSerial {
			t.Fatalf("%s: %+v %v", h.ID, h, err)
		}
		for name, want := range map[string]bool{
			"templates/en/reminder-30.md": true, "office/templates/es/a.md": true, "templates/b.md": true,
			"README.md": false, "templates/fields.toml": false, "mytemplates/en/a.md": false, "templates/a.md.bak": false,
		} {
			if files.MatchString(name) != want {
				t.Errorf("%s: looks at %s: %v", h.ID, name, !want)
			}
		}
		sh := newShell(t)
		sh.write(t, "templates/en/harsh.md", harshLetter)
		sh.write(t, "templates/en/my letter.md", harshLetter)
		out, err := sh.run(h.Entry + ` templates/en/harsh.md "templates/en/my letter.md"`)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFindings || !strings.Contains(out, "✗ 2 of 2 letters need work") {
			t.Errorf("%s: %v\n%s", h.ID, err, out)
		}
	}
	if languages["bedside"] != "golang" || languages["bedside-system"] != "system" || len(hooks) != 2 {
		t.Errorf("the hooks are %v", languages)
	}
}

// A workflow is a file of .github/workflows.
type workflow struct {
	Name        string
	On          any
	Permissions map[string]string
	Concurrency struct {
		Group            string
		CancelInProgress bool `yaml:"cancel-in-progress"`
	}
	Jobs map[string]struct {
		Name     string
		Strategy struct {
			FailFast bool `yaml:"fail-fast"`
			Matrix   map[string][]string
		}
		RunsOn    string `yaml:"runs-on"`
		Container string
		Timeout   int `yaml:"timeout-minutes"`
		Steps     []step
	}
}

func TestOurWorkflow(t *testing.T) {
	var w workflow
	readYAML(t, ".github/workflows/ci.yml", &w)
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
		t.Errorf("it may do more than read: %v", w.Permissions)
	}
	if w.Concurrency.Group == "" || !w.Concurrency.CancelInProgress {
		t.Error("a run that is out of date is not stopped")
	}
	ours := false
	for name, job := range w.Jobs {
		safe(t, job.Steps)
		if job.Timeout == 0 || job.RunsOn == "" {
			t.Errorf("the job %s has no end or no place: %+v", name, job)
		}
		for _, s := range job.Steps {
			ours = ours || slices.Contains(strings.Fields(s.Run), ".ci/run")
		}
	}
	if !ours {
		t.Error("nothing runs .ci/run")
	}
}
