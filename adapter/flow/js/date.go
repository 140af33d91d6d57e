package js

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// maxMillis is the furthest moment from 1970 that a date can be. Source: ECMA-262, 21.4.1.1.
const maxMillis = 8.64e15

// isoDate is the language's date-time string format, with what browsers take beside it: a space for T, an offset without its colon, any
// number of decimals. Source: ECMA-262, 21.4.1.32.
var isoDate = regexp.MustCompile(`^([+-][0-9]{6}|[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?` +
	`(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?$`)

// epoch is a moment in milliseconds that came as text: attributes and payloads are text. A year has fewer digits.
var epoch = regexp.MustCompile(`^-?[0-9]{9,16}$`)

// Date is new Date(v) of milliseconds or ISO 8601 text, false for what is none. A time of day without an offset is in zone, a date alone is
// in UTC. Unlike the language it takes milliseconds as text too, and no date in a country's own writing.
func Date(v any, zone *time.Location) (time.Time, bool) {
	switch v := v.(type) {
	case float64, int:
		return fromMillis(Number(v))
	case string:
		if text := Trim(v); epoch.MatchString(text) {
			return fromMillis(parse(text))
		}
		return parseDate(v, zone)
	}
	return time.Time{}, false
}

func fromMillis(ms float64) (time.Time, bool) {
	if math.IsNaN(ms) || math.Abs(ms) > maxMillis {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(ms)).UTC(), true
}

func parseDate(text string, zone *time.Location) (time.Time, bool) {
	m := isoDate.FindStringSubmatch(text)
	if m == nil || m[1] == "-000000" {
		return time.Time{}, false
	}
	year, month, day := number(m[1]), orOne(m[2]), orOne(m[3])
	hour, minute, second := number(m[4]), number(m[5]), number(m[6])
	ms := number((m[7] + "000")[:3])
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 59 ||
		hour == 24 && minute+second+ms > 0 {
		return time.Time{}, false
	}
	where := time.UTC
	if m[4] != "" {
		var ok bool
		if where, ok = offset(m[8], zone); !ok {
			return time.Time{}, false
		}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, ms*int(time.Millisecond), where).UTC()
	return t, math.Abs(float64(t.UnixMilli())) <= maxMillis
}

// offset is Z, +hh:mm, +hhmm, or the zone for nothing.
func offset(text string, zone *time.Location) (*time.Location, bool) {
	switch text {
	case "":
		return zone, true
	case "Z":
		return time.UTC, true
	}
	digits := strings.ReplaceAll(text[1:], ":", "")
	hours, minutes := number(digits[:2]), number(digits[2:])
	if hours > 23 || minutes > 59 {
		return nil, false
	}
	seconds := (hours*60 + minutes) * 60
	if text[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds), true
}

// number reads digits that were matched; 0 for none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

func orOne(digits string) int {
	if digits == "" {
		return 1
	}
	return number(digits)
}

// ISO is t.toISOString().
func ISO(t time.Time) string {
	t = t.UTC()
	year := fmt.Sprintf("%04d", t.Year())
	if t.Year() < 0 || t.Year() > 9999 {
		year = fmt.Sprintf("%+07d", t.Year())
	}
	return year + t.Format("-01-02T15:04:05.000Z")
}
