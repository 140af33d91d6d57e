package told

import (
	"strings"
	"testing"
	"time"
)

func TestWhoMadeAChange(t *testing.T) {
	for _, tc := range []struct {
		change StatusChange
		want   string
	}{
		{StatusChange{Cause: "somebody", Side: "Omni-Channel"}, "The agent or somebody else chose it, or Omni-Channel set it."},
		{StatusChange{Cause: "system"}, "Amazon Connect set it, as a contact went."},
		{StatusChange{Cause: "rule", By: "To lunch"}, "The rule To lunch set it."},
		{StatusChange{Cause: "flow", By: "Wrap up"}, "The CTI flow Wrap up set it."},
		{StatusChange{Cause: "session"}, "The end of the agent's session set it."},
		{StatusChange{Cause: "found"}, "It was so when the agent's page came back."},
		{StatusChange{Cause: "failed", To: "At lunch", By: "To lunch", Why: "Not allowed to your profile."},
			"It should have become At lunch by the rule To lunch, and did not. Not allowed to your profile."},
		{StatusChange{Cause: "failed", To: "At lunch", Why: "Not allowed."},
			"It should have become At lunch again, as somebody had chosen, and did not. Not allowed."},
		{StatusChange{Cause: "stopped"}, "The statuses changed ten times within five seconds, so the sync of this agent was stopped."},
		{StatusChange{Cause: "a later version's"}, "A later version's."},
	} {
		t.Run(tc.change.Cause, func(t *testing.T) {
			if got := OfStatusChange(tc.change).Text; got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestSinceWhenASyncIsStopped(t *testing.T) {
	s := OfStopped(time.Date(2026, 3, 2, 9, 0, 0, 5, time.UTC))
	if s.Args["stoppedAt"] != "2026-03-02T09:00:00Z" || !strings.Contains(s.Text, "stopped at 09:00:00 UTC,") {
		t.Errorf("%+v", s)
	}
}
