package adapter

import (
	"context"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// users knows which users of the contact centre there are, as far as it may be asked. It asks once a day for each, never for a call.
type users struct {
	centre Centre // nil: pages are taken at their word
	clock  clock.Clock

	mu    sync.Mutex // guards there
	there map[string]time.Time
}

const (
	thereFor  = 24 * time.Hour
	asksAbout = 10 * time.Second
	maxThere  = 50_000
)

// known says whether a user is known to be there, without asking.
func (u *users) known(username string) bool {
	if u.centre == nil {
		return true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	until, ok := u.there[username]
	return ok && u.clock.Now().Before(until)
}

// check asks whether a user is there. fault.Conflict if not; that the contact centre does not answer is no reason to refuse anybody.
func (u *users) check(ctx context.Context, username string) error {
	if u.known(username) {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, asksAbout)
	defer cancel()
	is, err := u.centre.UserExists(limited, username)
	switch {
	case err != nil:
		return nil // it is asked again with the next page
	case !is:
		return fault.New(fault.Conflict, nil, "The contact centre has no user %s: the softphone is signed in to another instance than the "+
			"adapter asks. An administrator can compare connect.instance_id of patchcord.yaml with the AC CTI Adapter record.", username)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.there == nil || len(u.there) >= maxThere {
		u.there = map[string]time.Time{}
	}
	u.there[username] = u.clock.Now().Add(thereFor)
	return nil
}
