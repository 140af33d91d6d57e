package run

import (
	"container/heap"
	"maps"
	"slices"
	"time"
)

// Again has a run of a user go on at once that waits for time or for a sign-in; it is read from its row again. A run that is under way, or
// behind another one, goes on in its turn.
func (e *Engine) Again(userID string, id int64) {
	e.mu.Lock()
	e.queue.again(userID, id)
	e.mu.Unlock()
	e.turn()
}

// again lets a run be next that waits.
func (q *queue) again(userID string, id int64) {
	a := q.agents[userID]
	if a == nil {
		return
	}
	is := func(n *entry) bool { return n.id == id && n.user == userID }
	if i := slices.IndexFunc(a.unsigned, is); i >= 0 {
		n := a.unsigned[i]
		a.unsigned = slices.Delete(a.unsigned, i, i+1)
		q.wake(n)
		return
	}
	if i := slices.IndexFunc(q.sleeping, is); i >= 0 {
		if n, ok := heap.Remove(&q.sleeping, i).(*entry); ok {
			q.wake(n)
		}
		return
	}
	q.forget(a, is)
}

// forget has a run that is next, or behind another one, read from its row again when its turn comes.
func (q *queue) forget(a *agent, is func(*entry) bool) {
	for _, list := range append(slices.AppendSeq([][]*entry{a.ready}, maps.Values(q.lanes)), slices.Collect(maps.Values(q.contacts))...) {
		for _, n := range list {
			if is(n) && n.place == nowhere {
				n.run = nil
			}
		}
	}
}

// wake makes a run ready whose row may have changed.
func (q *queue) wake(n *entry) {
	n.wake, n.waits, n.unsigned, n.run = time.Time{}, "", false, nil
	q.ready(n)
}
