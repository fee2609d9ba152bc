package main

import (
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

// epochName is the variable with which other programs, too, are told which
// time it is, in seconds: the same files then give the same bytes on any day.
const epochName = "SOURCE_DATE_EPOCH"

// maxEpoch is the last second of the year 9999.
const maxEpoch = 253402300799

// dateFlag is --date; what it decides is said in a few words.
func (p *program) dateFlag(f *pflag.FlagSet, decides string) {
	f.StringVar(&p.date, "date", "", "the `DAY` that counts as today, such as 2026-11-22: "+decides+" (default: that of "+epochName+", else today)")
}

// today is the day of this run, "2026-11-22": that of --date, else that of
// SOURCE_DATE_EPOCH, else that of the clock. Nothing else looks at the clock to
// decide something.
func (p *program) today() (string, error) {
	if p.date != "" {
		if _, err := time.Parse(time.DateOnly, p.date); err != nil {
			return "", refuse([]string{"Write year, month and day: --date 2026-11-22"}, "--date “%s” is not a day", p.date)
		}
		return p.date, nil
	}
	epoch := p.env(epochName)
	if epoch == "" {
		return p.since().Format(time.DateOnly), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || seconds < 0 || seconds > maxEpoch {
		return "", refuse([]string{"It has to be a number of seconds since 1970, as date +%s prints it. Without it the day of the clock is taken."},
			"%s is “%s”, which is no time", epochName, epoch)
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
}
