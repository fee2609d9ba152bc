package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"bedside"
	"bedside/internal/report"
	"bedside/lint"
)

// A build is what a bug report needs to say about the program.
type build struct {
	Version string     `json:"version"`
	Commit  string     `json:"commit"`
	Date    string     `json:"date"` // of the commit
	Rules   buildRules `json:"rules"`
	Go      string     `json:"go"`
	OS      string     `json:"os"`
}

// buildRules are the rules inside the program.
type buildRules struct {
	Version int    `json:"version"`
	Count   int    `json:"count"`
	Digest  string `json:"digest"`
}

func versionCommand(p *program) *cobra.Command {
	format, notices := "text", false
	c := &cobra.Command{
		Use:   "version",
		Short: "say which program and which built-in rules these are",
		Args:  atMost(0, ""),
		RunE: func(*cobra.Command, []string) error {
			if notices {
				_, err := io.WriteString(p.out, bedside.Notices)
				return err
			}
			if err := oneOf("--format", format, textOrJSON); err != nil {
				return err
			}
			return p.version(format)
		},
	}
	c.Flags().StringVar(&format, "format", format, "how to print it; `FORMAT` is one of text, json")
	complete(c, "format", textOrJSON...)
	c.Flags().BoolVar(&notices, "notices", false, "print the names and licences of the works of others in the program")
	return c
}

func (p *program) version(format string) error {
	pack, err := lint.Open(bedside.FS, bedside.FS)
	if err != nil {
		return err
	}
	b := build{Version: "(devel)", Go: runtime.Version(), OS: runtime.GOOS + "/" + runtime.GOARCH,
		Rules: buildRules{pack.Version, report.InForce(pack), pack.Digest}}
	if info, ok := debug.ReadBuildInfo(); ok {
		b.read(info)
	}
	if format == "json" {
		enc := json.NewEncoder(p.out)
		enc.SetIndent("", "  ")
		return enc.Encode(b)
	}
	fmt.Fprintf(p.out, "bedside %s", b.Version)
	if b.Commit != "" {
		fmt.Fprintf(p.out, "   %.12s %.10s", b.Commit, b.Date)
	}
	_, err = fmt.Fprintf(p.out, "\nrules v%d, %d rules, %.19s\n%s %s\n", b.Rules.Version, b.Rules.Count, b.Rules.Digest, b.Go, b.OS)
	return err
}

func (b *build) read(info *debug.BuildInfo) {
	if info.Main.Version != "" {
		b.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		}
	}
}
