package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"bedside/internal/report"
)

// TestReadmeIntoCI runs the commands of the files in the section “Into CI” in a
// pack with a harsh letter: the rules are proven, the letter stops the run, and
// every report that is written is one that the file hands on.
func TestReadmeIntoCI(t *testing.T) {
	var seen []string
	for _, f := range fences(t, readPage(t)) {
		_, file, isFile := strings.Cut(f.info, " ")
		if f.section != "Into CI" || !isFile {
			continue
		}
		seen = append(seen, file)
		t.Run(file, func(t *testing.T) {
			sh := newShell(t)
			sh.write(t, "rules.toml", "extends = \"bedside\"\n")
			sh.write(t, "templates/en/harsh.md", harshLetter)
			text := strings.Join(f.lines, "\n")
			var reports []string
			switch file {
			case ".pre-commit-config.yaml":
				knownHooks(t, text)
				return
			case ".github/workflows/letters.yml":
				reports = runAction(t, sh, text)
			default:
				reports = runCommands(t, sh, commandsIn(t, file, text))
			}
			if len(reports) == 0 {
				t.Error("it writes no report")
			}
			for _, r := range reports {
				format, name, _ := strings.Cut(r, "=")
				if info, err := os.Stat(filepath.Join(sh.dir, name)); err != nil || info.Size() == 0 {
					t.Errorf("the report %s: %v", r, err)
				}
				if report.Find(format) == nil || strings.Count(text, name) != 2 {
					t.Errorf("%s is written, and nothing takes it up", r)
				}
			}
		})
	}
	want := []string{".github/workflows/letters.yml", ".pre-commit-config.yaml", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml"}
	if !slices.Equal(seen, want) {
		t.Errorf("the section has %q, want %q", seen, want)
	}
}

// commandsIn are the commands that the file of a CI system types, but for those
// that fetch and build the program.
func commandsIn(t *testing.T, file, text string) []string {
	t.Helper()
	var commands []string
	if file == "Jenkinsfile" {
		for _, m := range regexp.MustCompile(`(?m)^ *sh '([^'\n]+)'$`).FindAllStringSubmatch(text, -1) {
			commands = append(commands, m[1])
		}
		return commands
	}
	var tree any
	if err := yaml.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, below := range v {
				look(below)
			}
		case map[string]any:
			switch script := v["script"].(type) {
			case string: // Azure
				commands = append(commands, script)
			case []any: // GitLab
				for _, line := range script {
					commands = append(commands, fmt.Sprint(line))
				}
			}
			for _, below := range v {
				look(below)
			}
		}
	}
	look(tree)
	return commands
}

// runCommands runs the commands: all but the last succeed, and that one finds
// the harsh letter. It returns the reports that they were asked for.
func runCommands(t *testing.T, sh *shell, commands []string) (reports []string) {
	t.Helper()
	if len(commands) < 2 {
		t.Fatalf("the commands are only %q", commands)
	}
	for i, command := range commands {
		out, err := sh.run(command)
		want := "<nil>"
		if i == len(commands)-1 {
			want = "exit status 1"
		}
		if fmt.Sprint(err) != want {
			t.Errorf("%s: %v, want %s\n%s", command, err, want, out)
		}
		for _, m := range regexp.MustCompile(`--report (\S+)`).FindAllStringSubmatch(command, -1) {
			reports = append(reports, m[1])
		}
	}
	return reports
}

// runAction runs the action as the workflow asks, and returns the reports.
func runAction(t *testing.T, sh *shell, text string) (reports []string) {
	t.Helper()
	var w workflow
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	var a action
	readYAML(t, "action.yml", &a)
	for _, s := range w.Jobs["letters"].Steps {
		if !strings.HasPrefix(s.Uses, "OWNER/bedside@") {
			continue
		}
		for name := range s.With {
			if _, ok := a.Inputs[name]; !ok {
				t.Errorf("the action has no input %s", name)
			}
		}
		temp := t.TempDir()
		if code, out := a.run(t, sh.dir, temp, s.With); code != exitFindings || !strings.Contains(out, "::error file=templates/en/harsh.md,") {
			t.Errorf("exit code %d:\n%s", code, out)
		}
		if !exists(filepath.Join(temp, "summary.md")) {
			t.Error("the page of the run has no summary")
		}
		reports = append(reports, strings.Fields(s.With["report"])...)
	}
	return reports
}

// knownHooks: the hooks of a configuration are ours.
func knownHooks(t *testing.T, text string) {
	t.Helper()
	var config struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	if err := yaml.Unmarshal([]byte(text), &config); err != nil {
		t.Fatal(err)
	}
	ours, err := os.ReadFile(filepath.Join(repository, ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range config.Repos[0].Hooks {
		if !strings.Contains(string(ours), "- id: "+h.ID+"\n") {
			t.Errorf("there is no hook %s", h.ID)
		}
	}
	if len(config.Repos[0].Hooks) == 0 {
		t.Error("it names no hook")
	}
}
