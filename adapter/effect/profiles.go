package effect

import (
	"context"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// profiles know the profiles of users; each is asked for now and then.
type profiles struct {
	client func(ctx context.Context, userID string) (*salesforce.Client, error) // a user's own
	clock  clock.Clock

	mu    sync.Mutex // guards known
	known map[string]knownProfile
}

type knownProfile struct {
	id    string
	until time.Time
}

const (
	profileKept = 15 * time.Minute
	maxKnown    = 10_000
)

// of is the id of a user's profile, by the user's own rights. An error is not remembered.
func (p *profiles) of(ctx context.Context, userID string) (string, error) {
	p.mu.Lock()
	k, known := p.known[userID]
	p.mu.Unlock()
	if known && p.clock.Now().Before(k.until) {
		return k.id, nil
	}
	client, err := p.client(ctx, userID)
	if err != nil {
		return "", err
	}
	var user struct{ ProfileId string }
	if err := client.Get(ctx, "User", userID, []string{"ProfileId"}, &user); err != nil {
		return "", err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= maxKnown {
		clear(p.known)
	}
	p.known[userID] = knownProfile{user.ProfileId, p.clock.Now().Add(profileKept)}
	return user.ProfileId, nil
}
