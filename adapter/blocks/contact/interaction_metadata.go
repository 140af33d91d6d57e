package contact

import (
	"context"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// InteractionMetadata gives the times of the contact. No duration is ever negative, whatever the clocks say.
var InteractionMetadata = flow.Block{
	Type: "SE_ContactInteractionMetadata", Label: "Get Contact Interaction Metadata", Category: "Contact",
	Help:  "Gives when the contact went through what, and how long that took.",
	Ports: []flow.Port{flow.Done},
	Result: "callIncomingDuration, callInteractionDuration and holdDuration in seconds; " +
		"acceptedAt, connectedAt, endedAt (ISO 8601) as far as they are there",
	Place: flow.InAdapter, Repeatable: true,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		if c.Contact == nil || c.Host.Contacts == nil {
			return flow.Outcome{Port: flow.Done}, nil
		}
		times, err := c.Host.Contacts.Times(ctx)
		if err != nil {
			return flow.Outcome{}, err
		}
		result := map[string]any{
			"callIncomingDuration": offered(times, c).Seconds(), "callInteractionDuration": talked(times, c.Now).Seconds(),
			"holdDuration": times.Held.Seconds(),
		}
		for name, at := range map[string]time.Time{"acceptedAt": times.Accepted, "connectedAt": times.Connected, "endedAt": times.Ended} {
			if !at.IsZero() {
				result[name] = js.ISO(at)
			}
		}
		return flow.Outcome{Port: flow.Done, Result: result}, nil
	},
}

// offered is how long an inbound contact waited for the agent: until it was accepted, missed or declined, or until now.
func offered(t flow.Times, c flow.Call) time.Duration {
	if !c.Contact.Inbound || t.Offered.IsZero() {
		return 0
	}
	for _, until := range []time.Time{t.Accepted, t.Connected, t.Ended, c.Now} {
		if !until.IsZero() && !until.Before(t.Offered) {
			return until.Sub(t.Offered)
		}
	}
	return 0
}

// talked is how long agent and customer were connected, so far or in all; 0 if they never were.
func talked(t flow.Times, now time.Time) time.Duration {
	switch {
	case t.Talked > 0:
		return t.Talked
	case t.Connected.IsZero():
		return 0
	case t.Ended.IsZero():
		return max(0, now.Sub(t.Connected))
	}
	return max(0, t.Ended.Sub(t.Connected))
}
