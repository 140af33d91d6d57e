package run

import (
	"container/heap"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
)

// entry is a run that has not ended, as the queue knows it.
type entry struct {
	id                        int64
	user, contact, lane, kind string
	wake                      time.Time // zero for at once
	waits                     string
	last                      bool       // after all earlier ones of its contact; it has no lane
	run                       *store.Run // nil until it is taken
	place                     place
	offered                   bool // it is among those that start, or that wait for time or a sign-in
	unsigned                  bool // it waits for a sign-in
	signIns                   int  // of its agent, when it was last taken

	gone bool   // it is another engine's, and counts no more
	stop func() // of one that is under way: ends what its doer has
}

// place is where an entry is counted while it is under way.
type place uint8

const (
	nowhere place = iota // it is not under way
	active               // it takes one of its agent's places
	parked               // it is under way and takes none
)

// queue says which run is next. It is pure, and not safe for concurrent use.
type queue struct {
	known    map[int64]*entry    // by id
	lanes    map[string][]*entry // by lane, oldest first: only the first may start
	contacts map[string][]*entry // by user and contact, oldest first
	agents   map[string]*agent
	turns    []*agent // agents with something to start, in whose turn it is
	sleeping sleeping
	active   int
}

// agent is what the queue holds of one user.
type agent struct {
	open, active, parked int
	ready                []*entry // to start, oldest first
	queued               bool     // among the turns
	unsigned             []*entry // waiting for a sign-in
	signIns              int      // since there is something to do
}

func newQueue() queue {
	return queue{known: map[int64]*entry{}, lanes: map[string][]*entry{}, contacts: map[string][]*entry{}, agents: map[string]*agent{}}
}

func contactOf(n *entry) string { return n.user + "|" + n.contact }

// add takes a run in that comes after all others; one that is there already stays as it is.
func (q *queue) add(n *entry) {
	if q.known[n.id] != nil {
		return
	}
	q.known[n.id] = n
	a := q.agents[n.user]
	if a == nil {
		a = &agent{}
		q.agents[n.user] = a
	}
	a.open++
	if n.lane != "" {
		q.lanes[n.lane] = append(q.lanes[n.lane], n)
	}
	if n.contact != "" {
		key := contactOf(n)
		q.contacts[key] = slices.Insert(q.contacts[key], turnOf(q.contacts[key], n), n)
	}
	q.offer(n)
}

// turnOf is where a run comes in among those of its contact: at the end, but before what is to be the last and has not begun.
func turnOf(all []*entry, n *entry) int {
	i := len(all)
	for !n.last && i > 0 && all[i-1].last && !all[i-1].offered {
		i--
	}
	return i
}

// offer lets a run be next if nothing is before it.
func (q *queue) offer(n *entry) {
	switch {
	case n.lane != "" && q.lanes[n.lane][0] != n, n.last && n.contact != "" && !q.isNext(n):
		return
	case n.waits == store.SignIn && q.agents[n.user].signIns == n.signIns:
		a := q.agents[n.user]
		a.unsigned = append(a.unsigned, n)
		n.unsigned = true
		n.offered = true
		q.release(n)
		return
	case !n.wake.IsZero():
		heap.Push(&q.sleeping, n)
	default:
		q.ready(n)
	}
	n.offered = true
}

// isNext says whether a last run of a contact has none to wait for. One that waits for a sign-in, and is to be last itself, waits for a
// person: nothing waits for it.
func (q *queue) isNext(n *entry) bool {
	for _, m := range q.contacts[contactOf(n)] {
		if m == n {
			return true
		}
		if !m.last || !m.unsigned {
			return false
		}
	}
	return true
}

// release lets those of a run's contact be next that waited for it.
func (q *queue) release(n *entry) {
	if n.contact == "" {
		return
	}
	for _, m := range q.contacts[contactOf(n)] {
		if m.last && !m.offered && q.isNext(m) {
			q.offer(m)
		}
	}
}

func (q *queue) ready(n *entry) {
	a := q.agents[n.user]
	a.ready = append(a.ready, n)
	q.queueUp(a)
}

// queueUp gives an agent a turn, if there is something to start and a place to start it in.
func (q *queue) queueUp(a *agent) {
	if !a.queued && len(a.ready) > 0 && a.active < atOnce {
		a.queued = true
		q.turns = append(q.turns, a)
	}
}

// take gives the run that is to start now, nil for none: the agents take turns.
func (q *queue) take(now time.Time) *entry {
	for len(q.sleeping) > 0 && !q.sleeping[0].wake.After(now) {
		if n, ok := heap.Pop(&q.sleeping).(*entry); ok {
			n.wake = time.Time{}
			q.ready(n)
		}
	}
	if len(q.turns) == 0 || q.active >= allAtOnce {
		return nil
	}
	a := q.turns[0]
	q.turns = q.turns[1:]
	a.queued = false
	n := a.ready[0]
	a.ready = a.ready[1:]
	n.place, n.waits, n.signIns = active, "", a.signIns
	a.active++
	q.active++
	q.queueUp(a)
	return n
}

// park frees the place of a run that only waits; beyond a bound it keeps it, so that nobody fills the memory with what waits.
func (q *queue) park(n *entry) {
	if n.gone {
		return
	}
	a := q.agents[n.user]
	if n.place != active || a.parked >= maxParked {
		return
	}
	q.leave(n)
	n.place = parked
	a.parked++
}

// leave frees whatever place a run takes.
func (q *queue) leave(n *entry) {
	a := q.agents[n.user]
	switch n.place {
	case active:
		a.active--
		q.active--
	case parked:
		a.parked--
	case nowhere:
	}
	n.place = nowhere
	q.queueUp(a)
}

// back takes in again a run that was under way and waits.
func (q *queue) back(n *entry) {
	if n.gone {
		return
	}
	q.leave(n)
	n.offered = false
	q.offer(n)
}

// end forgets a run and lets those next that waited for it.
func (q *queue) end(n *entry) {
	if n.gone {
		return
	}
	delete(q.known, n.id)
	q.leave(n)
	if n.lane != "" {
		q.lanes[n.lane] = without(q.lanes[n.lane], n)
		if rest := q.lanes[n.lane]; len(rest) == 0 {
			delete(q.lanes, n.lane)
		} else {
			q.offer(rest[0])
		}
	}
	if n.contact != "" {
		key := contactOf(n)
		if q.contacts[key] = without(q.contacts[key], n); len(q.contacts[key]) == 0 {
			delete(q.contacts, key)
		}
		q.release(n)
	}
	a := q.agents[n.user]
	a.open--
	if a.open == 0 {
		delete(q.agents, n.user)
	}
}

func without(list []*entry, n *entry) []*entry {
	if i := slices.Index(list, n); i >= 0 {
		return slices.Delete(list, i, i+1)
	}
	return list
}

// signedIn wakes what waits for a user's sign-in.
func (q *queue) signedIn(userID string) {
	a := q.agents[userID]
	if a == nil {
		return
	}
	a.signIns++
	waiting := a.unsigned
	a.unsigned = nil
	for _, n := range waiting {
		n.waits, n.unsigned = "", false
		n.wake = time.Time{}
		q.ready(n)
	}
}

func (q *queue) open(userID string) int {
	if a := q.agents[userID]; a != nil {
		return a.open
	}
	return 0
}

func (q *queue) standing() Standing {
	var s Standing
	for _, a := range q.agents {
		s.Open += a.open
		s.UnderWay += a.active + a.parked
		s.Waiting += len(a.unsigned)
	}
	return s
}
