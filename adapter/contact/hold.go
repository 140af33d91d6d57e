package contact

import (
	"cmp"
	"slices"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

// maxHolds is how many of the latest changes between hold and talk are remembered of a contact.
const maxHolds = 200

// hold notes how it stood with the customer at some moment. What is noted is a set: the order in which it comes does not matter.
func (s *State) hold(h *wire.Hold) {
	if h == nil || h.Since <= 0 {
		return
	}
	i, known := slices.BinarySearchFunc(s.Holds, *h, compareHolds)
	if known {
		return
	}
	s.Holds = slices.Insert(slices.Clone(s.Holds), i, *h)
	s.Holds = s.Holds[max(0, len(s.Holds)-maxHolds):]
}

func compareHolds(a, b wire.Hold) int {
	on := func(h wire.Hold) int {
		if h.On {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(on(a), on(b)))
}

// Held is how long the customer was on hold while they were connected, until now if the contact is on. Of a hold whose end nobody told,
// though another one came after it, nothing counts.
func (s State) Held(now time.Time) time.Duration {
	from, to := s.connection(now)
	if from == 0 {
		return 0
	}
	held, began := int64(0), int64(0) // 0 is that nobody is on hold
	count := func(until int64) {
		if began > 0 {
			held += max(0, min(until, to)-max(began, from))
		}
		began = 0
	}
	for _, h := range s.Holds {
		if h.On {
			began = h.Since
		} else {
			count(h.Since)
		}
	}
	count(to)
	total := time.Duration(held) * time.Millisecond
	if s.Over() {
		total = min(total, s.Duration())
	}
	return total
}

// connection is from when to when agent and customer were connected in the latest ring, or are until now, in epoch milliseconds: by the
// contact centre's clock as far as it tells. 0 is that they never were.
func (s State) connection(now time.Time) (from, to int64) {
	r, _ := s.latest()
	connected, told := r.first(OnConnected)
	switch {
	case s.Details.ConnectedAt > 0:
		from = s.Details.ConnectedAt
	case told && connected.Exact:
		from = connected.Since
	case told:
		from = connected.At.UnixMilli()
	}
	end, ended := r.end(s.Seen)
	switch {
	case !ended:
		to = now.UnixMilli()
	case end.Exact:
		to = end.Since
	case !s.EndedByAbsence() && over(s.Details.State):
		to = s.Details.Since
	default:
		to = end.At.UnixMilli()
	}
	return from, to
}
