package readability

import _ "embed"

// Notice is the notice of the CMU Pronouncing Dictionary, from which the table
// of exceptions was made. A program that ships the table must show it.
//
//go:embed CMUDICT-NOTICE.txt
var Notice string
