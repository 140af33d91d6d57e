package adapter

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

func TestSetUpWaiting(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		says string
		app  bool
	}{
		{"an org that knows us is ready", nil, "", false},
		{"an org without the app is waited for", &salesforce.Error{Status: 400, Code: "invalid_client_id"},
			"does not know the adapter's External Client App", true},
		{"a user whom the app does not let in is waited for", &salesforce.Error{Status: 400, Code: "invalid_grant",
			Message: "user hasn't approved this consumer"}, "hasn't approved", true},
		{"another refusal is named by its code", &salesforce.Error{Status: 400, Code: "inactive_org"}, "inactive_org", false},
		{"an org that is away is said to be away", errors.New("connection refused"), "does not answer", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := setUp{clock: clock.System{}, client: func(context.Context) (*salesforce.Client, error) { return nil, tc.err }}
			got, app := s.waiting(t.Context())
			if tc.says == "" && got != "" || !strings.Contains(got, tc.says) || app != tc.app {
				t.Errorf("said %q, for the app: %t; want %q in it, %t", got, app, tc.says, tc.app)
			}
		})
	}
}

func TestSetUpIsSeenWithoutARestart(t *testing.T) {
	fake := clock.NewFake(time.Unix(1_800_000_000, 0))
	var err error = &salesforce.Error{Status: 400, Code: "invalid_grant", Message: "invalid assertion"}
	asked := 0
	s := setUp{clock: fake, client: func(context.Context) (*salesforce.Client, error) { asked++; return nil, err }}
	for range 3 {
		if said, _ := s.waiting(t.Context()); said == "" {
			t.Fatal("ready before the org was set up")
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times within a second, want once", asked)
	}
	err = nil
	fake.Advance(askAgain)
	if got, _ := s.waiting(t.Context()); got != "" {
		t.Errorf("still %q after the set-up", got)
	}
}

// A way in that hangs leaves time to read with the agent's own rights.
func TestTheIntegrationUserIsNotWaitedForTooLong(t *testing.T) {
	hangs := errors.New("it hangs")
	left := time.Duration(0)
	a := &Adapter{cfg: Config{Log: slog.New(slog.DiscardHandler)}}
	a.setUp.client = func(ctx context.Context) (*salesforce.Client, error) {
		until, _ := ctx.Deadline()
		left = time.Until(until)
		return nil, hangs
	}
	s, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	a.identity = identity.New(identity.Config{Store: s, Clock: clock.System{}, Log: a.cfg.Log})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := a.reading(ctx, agentID); !errors.Is(err, hangs) || left <= 0 || left > letInWithin {
		t.Errorf("waited for up to %s, %v", left, err)
	}
}
