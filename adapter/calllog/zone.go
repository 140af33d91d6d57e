package calllog

import (
	"context"
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // the machine may have none

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	zoneKept = 24 * time.Hour
	maxZones = 10_000 // users whose zone is kept
)

// Zones knows the time zones of users; each is asked for once a day. It is safe for concurrent use.
type Zones struct {
	// Client is a user's own.
	Client func(ctx context.Context, userID string) (*salesforce.Client, error)
	Clock  clock.Clock

	mu    sync.Mutex // guards what follows
	known map[string]knownZone
}

type knownZone struct {
	zone  *time.Location
	until time.Time
}

// Of is a user's zone. An error is not remembered.
func (z *Zones) Of(ctx context.Context, userID string) (*time.Location, error) {
	if zone := z.remembered(userID); zone != nil {
		return zone, nil
	}
	client, err := z.Client(ctx, userID)
	if err != nil {
		return nil, err
	}
	var user struct{ TimeZoneSidKey string }
	if err := client.Get(ctx, "User", userID, []string{"TimeZoneSidKey"}, &user); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(user.TimeZoneSidKey)
	if err != nil {
		return nil, fmt.Errorf("time zone of user %s: %w", userID, err)
	}
	z.remember(userID, zone)
	return zone, nil
}

func (z *Zones) remembered(userID string) *time.Location {
	z.mu.Lock()
	defer z.mu.Unlock()
	if k, ok := z.known[userID]; ok && z.Clock.Now().Before(k.until) {
		return k.zone
	}
	return nil
}

func (z *Zones) remember(userID string, zone *time.Location) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.known == nil || len(z.known) >= maxZones {
		z.known = map[string]knownZone{}
	}
	z.known[userID] = knownZone{zone, z.Clock.Now().Add(zoneKept)}
}
