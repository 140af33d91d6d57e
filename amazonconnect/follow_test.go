package amazonconnect

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

// A call is followed from nobody's to an agent's, and no faster than the service allows.
func TestFollower(t *testing.T) {
	second := func(n int) time.Duration { return time.Duration(n) * time.Second }
	for _, tc := range []struct {
		name             string
		known, connected time.Duration // after the call began; 0 is never
		ends             time.Duration
		unreachable      bool
		found            bool
		want             string // agent
		err              bool
		after            time.Duration // Run returns
	}{
		{name: "an agent takes it", known: second(1), connected: second(4), ends: second(60), found: true, want: "amelia", after: second(4)},
		{name: "nobody does", known: second(1), ends: second(6), found: true, after: second(6)},
		{name: "somebody did in the last moment", known: second(1), connected: second(6) - 100*time.Millisecond,
			ends: second(6) - 50*time.Millisecond, found: true, want: "amelia", after: second(6) - 50*time.Millisecond},
		{name: "it is over before it was found", known: 100 * time.Millisecond, ends: 200 * time.Millisecond, found: true,
			after: 200 * time.Millisecond},
		{name: "it is another contact centre's", ends: second(60), err: true, after: second(3)},
		{name: "nobody answers for the contact centre", unreachable: true, ends: second(60), err: true, after: 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				passed := func(d time.Duration) bool { return d > 0 && time.Since(began) >= d }
				look := func() Contact {
					k := Contact{ID: "c-1"}
					if passed(tc.connected) {
						k.AgentID, k.Connected = "amelia", began.Add(tc.connected)
					}
					if passed(tc.ends) {
						k.Ended = began.Add(tc.ends)
					}
					return k
				}
				ctx, cancel := context.WithTimeout(t.Context(), tc.ends)
				defer cancel()
				asked, found := 0, 0
				got, err := Follower{Clock: clock.System{},
					Find: func(context.Context) ([]Contact, error) {
						asked++
						switch {
						case tc.unreachable:
							return nil, errors.New("connection refused")
						case passed(tc.known):
							return []Contact{look(), {ID: "c-0", Ended: began}}, nil
						}
						return []Contact{{ID: "c-0", Ended: began}}, nil
					},
					Look: func(_ context.Context, id string) (Contact, error) {
						asked++
						if id != "c-1" || asked == 3 {
							return Contact{}, errors.New("too many requests")
						}
						return look(), nil
					}}.Run(ctx, func() { found++ })
				if got.AgentID != tc.want || (err != nil) != tc.err || found == 1 != tc.found || time.Since(began) != tc.after {
					t.Errorf("%+v, %v, found %d times, after %s", got, err, found, time.Since(began))
				}
				if limit := int(tc.after/askEvery) + 2; asked > limit {
					t.Errorf("asked %d times, not %d", asked, limit)
				}
			})
		})
	}
}
