package main

import (
	"strconv"
	"time"
)

// today is the day as it is written down, "2026-11-22": that of --date, else
// that of SOURCE_DATE_EPOCH, for those who want the same bytes on every run,
// else that of the clock.
func (p *program) today(date string) (string, error) {
	if date != "" {
		if _, err := time.Parse(time.DateOnly, date); err != nil {
			return "", refuse([]string{"Write it as 2026-11-22: year, month, day."}, "--date “%s” is not a day", date)
		}
		return date, nil
	}
	if epoch := p.env("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil || seconds < 0 || seconds >= 253402300800 { // the year 10000
			return "", refuse([]string{"It is a number of seconds since 1970. Or name the day: --date 2026-11-22"}, "SOURCE_DATE_EPOCH “%s” is not a time", epoch)
		}
		return time.Unix(seconds, 0).UTC().Format(time.DateOnly), nil
	}
	return p.since().Format(time.DateOnly), nil
}
