package calllog

import (
	"maps"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"github.com/patchcord/patchcord/salesforce"
)

// Lengths of the fields of a Task. Source: Object Reference, Task.
const (
	maxSubject = 255
	maxObject  = 255 // of CallObject
)

// duration is a Task's field.
const duration = "CallDurationInSeconds"

// lasted is the duration of a Task as it is to be, or as the org reads it; nil for none.
func lasted(fields map[string]any) *int64 {
	switch n := fields[duration].(type) {
	case int64:
		return &n
	case float64:
		whole := int64(n)
		return &whole
	}
	return nil
}

// task is the Task of a call without its relation and its day.
func task(c Call) salesforce.Values {
	direction, kind := "Outbound", "Task"
	if c.Inbound {
		direction = "Inbound"
	}
	if c.call() {
		kind = "Call"
	}
	return salesforce.Values{
		"Subject": shortened(subject(c), maxSubject), "Status": "Completed", "Priority": "Normal", "TaskSubtype": kind,
		"CallType": direction, "CallObject": shortened(c.ContactID, maxObject), duration: seconds(c.Duration),
	}
}

func subject(c Call) string {
	switch {
	case c.Type == "chat":
		return "Chat"
	case c.Type == "task":
		return "Task"
	case c.Inbound:
		return "Call from " + readable(c.Number)
	case c.Dialled != "":
		return "Call to " + readable(c.Dialled)
	}
	return "Call to " + readable(c.Number)
}

// readable writes a number as people in its country do. What is not in international form stays as it was dialled.
func readable(number string) string {
	if number == "" {
		return "a withheld number"
	}
	if !strings.HasPrefix(number, "+") {
		return number
	}
	n, err := phonenumbers.Parse(number, "")
	switch {
	case err != nil:
		return number
	case n.GetCountryCode() == 1:
		return phonenumbers.Format(n, phonenumbers.NATIONAL)
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// day is the date on which a call ended where the agent is.
func day(c Call, zone *time.Location) string {
	at := c.EndedAt
	if at.IsZero() {
		at = c.AnsweredAt
	}
	return at.In(zone).Format(time.DateOnly)
}

// Key prefixes of the objects that a relation knows. Source: Salesforce Help, Standard Field Record ID Prefix Decoder.
const (
	accounts = "001"
	contacts = "003"
	leads    = "00Q"
	cases    = "500"
)

// related is a Task with its relation: contacts and leads are whom it was with, everything else what it was about.
func related(values salesforce.Values, record string) salesforce.Values {
	with := maps.Clone(values)
	switch {
	case record == "":
	case strings.HasPrefix(record, contacts) || strings.HasPrefix(record, leads):
		with["WhoId"] = record
	default:
		with["WhatId"] = record
	}
	return with
}

// relation is what a Task is related to; "" for nothing.
func relation(fields map[string]any) string {
	for _, field := range []string{"WhoId", "WhatId"} {
		if id, ok := fields[field].(string); ok && id != "" {
			return id
		}
	}
	return ""
}

// completed are the fields of a Task that is there already which are empty, and what they become; none if it lacks nothing. An open
// Task becomes a closed one: its call is over. A relation is only given where there is none.
func completed(have map[string]any, values salesforce.Values) salesforce.Values {
	missing := salesforce.Values{}
	for _, field := range []string{"Subject", "ActivityDate", "CallObject", "CallType", duration} {
		if value, known := values[field]; known && empty(have[field]) {
			missing[field] = value
		}
	}
	if closed, _ := have["IsClosed"].(bool); !closed {
		missing["Status"] = values["Status"]
	}
	if relation(have) == "" {
		for _, field := range []string{"WhoId", "WhatId"} {
			if value, known := values[field]; known {
				missing[field] = value
			}
		}
	}
	return missing
}

func empty(value any) bool { return value == nil || value == "" }

// completable are the fields that completed looks at.
var completable = []string{
	"Subject", "ActivityDate", "CallObject", "CallType", duration, "IsClosed", "WhoId", "WhatId",
}
