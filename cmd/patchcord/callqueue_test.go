//go:build !lean

package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/sandbox/telephony/caller"
)

// Who has called hears music first and somebody's voice later, and is told which is which, in this order.
func TestAQueueIsNoAnswer(t *testing.T) {
	queued := time.Date(2026, 3, 2, 10, 2, 0, 0, time.UTC)
	waiting := amazonconnect.Contact{ID: "c-1", Queued: queued}
	taken := amazonconnect.Contact{ID: "c-1", Queued: queued, AgentID: "u-1", Connected: queued.Add(4200 * time.Millisecond)}
	for _, tc := range []struct {
		name  string
		calls []amazonconnect.Contact // what is known during the call, and after its end
		err   error
		want  []string
		fails bool
	}{
		{"an agent answers", []amazonconnect.Contact{taken, taken}, nil, []string{"trying +12065550100",
			"queued music plays until an agent answers", "answered by amelia, after 4s in the queue", "ended 200"}, false},
		{"an agent had it a moment", []amazonconnect.Contact{waiting, taken}, nil, []string{"trying +12065550100",
			"queued music plays until an agent answers", "answered by amelia, after 4s in the queue", "ended 200"}, false},
		{"nobody but the queue", []amazonconnect.Contact{waiting, waiting}, nil, []string{"trying +12065550100",
			"queued music plays until an agent answers", "ended 200"}, true},
		{"nobody to ask", nil, errors.New("connection refused"), []string{"trying +12065550100",
			"answered by the far end", "ended 200"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var said []string
			w := &queueWatch{say: func(name, detail string) { said = append(said, name+" "+detail) },
				follow: func(ctx context.Context, found func()) (amazonconnect.Contact, error) {
					if tc.err != nil {
						return amazonconnect.Contact{}, tc.err
					}
					found()
					if !tc.calls[0].Connected.IsZero() {
						return tc.calls[0], nil
					}
					<-ctx.Done()
					return tc.calls[1], nil
				},
				named: func(_ context.Context, id string) string { return map[string]string{"u-1": "amelia"}[id] }}
			for _, event := range []caller.Event{{Name: "trying", Detail: "+12065550100"},
				{Name: "answered", Detail: "by the far end"}, {Name: "ended", Detail: "200"}} {
				w.hear(t.Context(), event)
			}
			if err := w.verdict(); (err != nil) != tc.fails || !slices.Equal(said, tc.want) {
				t.Errorf("%v, said %q", err, said)
			}
		})
	}
}

// A call that rang out was never answered, by a queue neither: that is said by its cause.
func TestACallThatWasNotAnsweredHasNoVerdictOfItsQueue(t *testing.T) {
	w := &queueWatch{say: func(string, string) {}}
	w.hear(t.Context(), caller.Event{Name: "ended", Detail: "486"})
	if err := w.verdict(); err != nil {
		t.Error(err)
	}
}

func TestACallAsksTheSandboxWhereItUsuallyIs(t *testing.T) {
	var c commands
	if _, err := kong.Must(&c).Parse([]string{"call"}); err != nil || c.Call.Connect != usualConnect {
		t.Errorf("%v: %s, not %s", err, c.Call.Connect, usualConnect)
	}
}

// A call is found in the contact centre however its number was written.
func TestTheNumberThatTheContactCentreHeard(t *testing.T) {
	for from, want := range map[string]string{"+12065550142": "+12065550142", "+1-206-555-0142": "+12065550142",
		"(206) 555 0142": "2065550142",
		"":               "anonymous", "nobody": "anonymous"} {
		if got := heardAs(from); got != want {
			t.Errorf("%q: %q, want %q", from, got, want)
		}
	}
}

func TestAPulledVersionIsCountedFromOne(t *testing.T) {
	if err := (flowPullCommand{Flow: "Pop", Version: -1}).run(&env{}); !errors.Is(err, errVersion) {
		t.Errorf("version -1: %v", err)
	}
}
