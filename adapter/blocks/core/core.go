// Package core is the blocks that compute, decide and remember, and ask web services.
//
// Read first: Blocks.
package core

import (
	"time"
	_ "time/tzdata" // the machine may have none

	"github.com/patchcord/patchcord/adapter/flow"
)

// Blocks are the room's, in the order of the manual.
var Blocks = []flow.Block{
	IfElse, HTTPRequest, GetProperty, GetAllProperties, FormatPhoneNumber, FormatPhoneNumberE164, FormatDate, Truthy, IsOneOf,
	SetProperty, Log, ExtractValue, CallJQueryMethod, ReplaceString, StartsWith, EndsWith, JoinStrings, StringTemplate, Multiply, Divide,
	Delay, Length, Slice, Cast, ClearAllProperties, UnsetProperty, UpdateCounter, GetCounter, GetPayload,
}

// value is how a block goes on that gives one value; nil is unset.
func value(v any) (flow.Outcome, error) {
	result := map[string]any{}
	if v != nil {
		result["value"] = v
	}
	return flow.Outcome{Port: flow.Done, Result: result}, nil
}

// decided is how a decision goes on.
func decided(yes bool) (flow.Outcome, error) {
	if yes {
		return flow.Outcome{Port: flow.True, Result: true}, nil
	}
	return flow.Outcome{Port: flow.False, Result: false}, nil
}

// zone is a time zone by its name (IANA), UTC for none. *flow.Refused for one that is not known.
func zone(name string) (*time.Location, error) {
	if name == "" {
		return time.UTC, nil
	}
	found, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, &flow.Refused{Reason: "there is no time zone " + name + ": write it as in America/New_York"}
	}
	return found, nil
}
