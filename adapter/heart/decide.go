package heart

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
)

// soon is how long a decision waits at least after the CRM did not answer, and at most while its call is young: somebody's telephone rings.
const soon = time.Second

// Decider makes runs of a kind that read the rules first, which may take the CRM's answer, and then make the runs that follow. While the
// CRM does not answer they wait; an answer to one has all of them go on.
func (h *Heart) Decider(read func(ctx context.Context, userID string) (records.Adapter, error)) run.Doer {
	return func(ctx context.Context, hand *run.Hand) run.Next {
		hand.Park()
		f := hand.Run.Body.Fact
		before := h.undecided.answered()
		rules, err := read(ctx, f.User)
		if records.Passes(err) {
			return h.undecidedYet(hand, before, err)
		}
		for _, userID := range h.undecided.users() {
			h.decideNow(userID)
		}
		return h.also(f.User, func(c *change) error {
			c.rules, c.broken, c.known = rules, err, true
			return c.decided(f)
		})
	}
}

// decideNow has a user's decisions go on that wait, in their order.
func (h *Heart) decideNow(userID string) {
	for _, id := range h.undecided.take(userID) {
		h.cfg.Again(userID, id)
	}
}

// undecidedYet has a decision wait: as long as for anything that the CRM does not answer, but for a call that is still young only a moment.
func (h *Heart) undecidedYet(hand *run.Hand, before int, err error) run.Next {
	r := &hand.Run
	r.Body.Tries++
	now := h.cfg.Clock.Now()
	wait := min(clock.Backoff(r.Body.Tries), max(soon, now.Sub(r.Body.Fact.At)/8))
	if !h.undecided.add(r.User, r.ID, before) {
		wait = 0
	}
	return run.Next{Status: store.Waiting, Wake: now.Add(wait), Problem: "The flows of this agent could not be read: " + err.Error()}
}

// undecided are the decisions that wait for the rules.
type undecided struct {
	mu      sync.Mutex                    // guards what follows
	of      map[string]map[int64]struct{} // by user
	answers int
}

func newUndecided() undecided { return undecided{of: map[string]map[int64]struct{}{}} }

// answered counts how often the CRM said what the rules are to those who waited, or might have.
func (u *undecided) answered() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.answers
}

// add notes a decision that waits; false if the CRM has answered somebody since, for whom it would have gone on.
func (u *undecided) add(userID string, id int64, since int) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.answers != since {
		return false
	}
	if u.of[userID] == nil {
		u.of[userID] = map[int64]struct{}{}
	}
	u.of[userID][id] = struct{}{}
	return true
}

// users notes that the CRM answers, and lists whose decisions wait for that.
func (u *undecided) users() []string {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answers++
	return slices.Collect(maps.Keys(u.of))
}

// take takes out the decisions of a user that wait, oldest first.
func (u *undecided) take(userID string) []int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	ids := slices.Sorted(maps.Keys(u.of[userID]))
	delete(u.of, userID)
	return ids
}
