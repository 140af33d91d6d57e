package core

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// FormatDate writes a moment by a pattern. What is no date leaves value unset.
var FormatDate = flow.Block{
	Type: "SE_CoreFormatDate", Label: "Format a Date object", Category: "Core", Help: "Writes a date as a pattern says.",
	Inputs: []flow.Input{
		{Name: "date", Label: "Date", Kind: flow.Any, Help: "ISO 8601, or milliseconds since 1970; now if unset."},
		{Name: "format", Label: "Format", Required: true,
			Help: "yyyy year, MM month, dd day, HH hour, mm minute, ss second; everything else stays as it is."},
		{Name: "timeZone", Label: "Time zone", Help: "Such as America/New_York; UTC if unset."},
	},
	Ports: []flow.Port{flow.Done}, Result: "value; unset if there is no such date", Place: flow.Anywhere, Repeatable: true,
	Run: func(_ context.Context, c flow.Call) (flow.Outcome, error) {
		where, err := zone(c.In.Text("timeZone"))
		if err != nil {
			return flow.Outcome{}, err
		}
		at := c.Now
		if given := c.In.Get("date"); given != nil && given != "" {
			var ok bool
			if at, ok = js.Date(given, where); !ok {
				return value(nil)
			}
		}
		return value(written(at.In(where), c.In.Text("format")))
	},
}

func written(t time.Time, format string) string {
	two := func(n int) string { return fmt.Sprintf("%02d", n) }
	return strings.NewReplacer("yyyy", fmt.Sprintf("%04d", t.Year()), "MM", two(int(t.Month())), "dd", two(t.Day()),
		"HH", two(t.Hour()), "mm", two(t.Minute()), "ss", two(t.Second())).Replace(format)
}
