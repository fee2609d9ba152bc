// Package bedside carries the rules, the letter pack and the notices inside
// the program, so that it needs no other file. It lives at the root because
// embedding cannot climb.
package bedside

import "embed"

// FS holds the pack: rules.toml, templates and, for a quick start, pack.index.
//
//go:embed rules.toml templates pack.index
var FS embed.FS

// Notices are the names and licences of the works of others in the program,
// which whoever passes it on has to pass on with it.
//
//go:embed NOTICE
var Notices string
