package adapter

import (
	"context"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// greeter makes sure, while a contact rings, that the agent's session with the CRM is good: an agent who has to sign in again is told
// before the call is over, since who finds out that a session is dead tells its pages.
type greeter struct {
	client func(ctx context.Context, userID string) (*salesforce.Client, error)
	clock  clock.Clock
	ctx    context.Context // ends with the greeter
	stop   context.CancelFunc
	work   sync.WaitGroup

	mu    sync.Mutex      // guards what follows
	under map[string]bool // users who are being asked about
	over  bool
}

const (
	greetAfter  = 500 * time.Millisecond // for then the record of who calls has popped, which has to be first
	greetWithin = 30 * time.Second
)

func newGreeter(client func(ctx context.Context, userID string) (*salesforce.Client, error), c clock.Clock) *greeter {
	ctx, stop := context.WithCancel(context.Background())
	return &greeter{client: client, clock: c, ctx: ctx, stop: stop, under: map[string]bool{}}
}

// greet uses a user's session once, soon, beside everything else. That the org does not answer is no matter here.
func (g *greeter) greet(userID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over || g.under[userID] {
		return
	}
	g.under[userID] = true
	g.clock.AfterFunc(greetAfter, func() { g.ask(userID) })
}

func (g *greeter) ask(userID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over {
		return
	}
	g.work.Go(func() {
		defer g.done(userID)
		ctx, cancel := context.WithTimeout(g.ctx, greetWithin)
		defer cancel()
		client, err := g.client(ctx, userID)
		if err != nil {
			return
		}
		var user struct{ Id string }
		_ = client.Get(ctx, "User", userID, []string{"Id"}, &user)
	})
}

func (g *greeter) done(userID string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.under, userID)
}

func (g *greeter) close() {
	g.mu.Lock()
	g.over = true
	g.mu.Unlock()
	g.stop()
	g.work.Wait()
}
