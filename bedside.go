// Package bedside carries the rules and the letter pack inside the program,
// so that it needs no other file. It lives at the root because embedding
// cannot climb.
package bedside

import "embed"

// FS holds rules.toml and templates.
//
//go:embed rules.toml templates
var FS embed.FS
