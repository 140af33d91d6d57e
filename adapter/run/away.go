package run

import (
	"container/heap"
	"context"
	"maps"
	"slices"

	"github.com/patchcord/patchcord/adapter/store"
)

// drop forgets all runs of a user: they are another engine's. What is under way is told to stop, and counts no more.
func (q *queue) drop(userID string) {
	a := q.agents[userID]
	if a == nil {
		return
	}
	for id, n := range q.known {
		if n.user != userID {
			continue
		}
		delete(q.known, id)
		delete(q.lanes, n.lane)
		delete(q.contacts, contactOf(n))
		if n.place == active {
			q.active--
		}
		n.gone, n.place = true, nowhere
		if n.stop != nil {
			n.stop()
		}
	}
	q.turns = slices.DeleteFunc(q.turns, func(other *agent) bool { return other == a })
	q.sleeping = slices.DeleteFunc(q.sleeping, func(n *entry) bool { return n.gone })
	heap.Init(&q.sleeping)
	delete(q.agents, userID)
}

// LoadUsers takes up the runs of users that have not ended and are not known yet, oldest first, as far as the users' work is in this
// node's hand, and lets go of the others'.
func (e *Engine) LoadUsers(userIDs ...string) {
	e.mu.Lock()
	ended := e.ended
	if !ended {
		e.work.Add(1)
	}
	e.mu.Unlock()
	if ended {
		return
	}
	defer e.work.Done()
	e.loading.Lock()
	defer e.loading.Unlock()
	var open []store.OpenRun
	var held map[string]store.Holding
	err := e.cfg.Store.View(e.ctx, func(tx *store.Tx) (err error) {
		open, held, err = tx.OpenRunsOf(userIDs...)
		return err
	})
	if err != nil {
		if e.ctx.Err() == nil {
			e.seldom.Do(func() { e.cfg.Log.WarnContext(e.ctx, "runs are not taken up", "agents", len(userIDs), "err", err) })
			e.cfg.Clock.AfterFunc(againAfter, func() { e.LoadUsers(userIDs...) })
		}
		return
	}
	for _, userID := range userIDs {
		if _, mine := held[userID]; !mine {
			e.drop(userID)
		}
	}
	e.mu.Lock()
	maps.Copy(e.holdings, held)
	e.takeUp(slices.DeleteFunc(open, func(r store.OpenRun) bool { _, mine := held[r.User]; return !mine }))
	e.mu.Unlock()
	e.turn()
}

// takeUp adds runs in their order; e.mu is held. What a run added after the log's is before it all the same.
func (e *Engine) takeUp(open []store.OpenRun) {
	for _, last := range []bool{false, true} {
		for _, r := range open {
			if e.cfg.Kinds[r.Kind].Last == last {
				// What waited for a sign-in tries once more: nobody knows what the agent did meanwhile.
				e.queue.add(&entry{id: r.ID, user: r.User, contact: r.Contact, lane: r.Lane, kind: r.Kind, wake: r.Wake, last: last})
			}
		}
	}
}

// Drop lets go of a user's runs, which another node has in hand as of a fence, unless this one has them as of a later one: it says whether
// they are another's. What is under way here is told to stop.
func (e *Engine) Drop(userID string, fence int64) (others bool) {
	e.mu.Lock()
	others = e.holdings[userID].Fence < fence
	e.mu.Unlock()
	if others {
		e.drop(userID)
	}
	return others
}

func (e *Engine) drop(userID string) {
	e.mu.Lock()
	e.queue.drop(userID)
	delete(e.holdings, userID)
	e.mu.Unlock()
	e.turn()
}

// DropAll lets go of everything.
func (e *Engine) DropAll() {
	e.mu.Lock()
	users := map[string]bool{}
	for userID := range e.queue.agents {
		users[userID] = true
	}
	for userID := range e.holdings {
		users[userID] = true
	}
	e.mu.Unlock()
	for userID := range users {
		e.drop(userID)
	}
}

// under is a context for a run that is under way: it ends when the run is let go of. e.mu is not held.
func (e *Engine) under(n *entry) (context.Context, func()) {
	ctx, stop := context.WithCancel(e.ctx)
	e.mu.Lock()
	defer e.mu.Unlock()
	if n.stop = stop; n.gone {
		stop()
	}
	return ctx, stop
}
