package contact

import (
	"cmp"
	"slices"
	"time"
)

// ring is what happened from one offer of the contact to this agent to its end. A contact that was missed and goes back to its queue may
// ring again, under the same id. Which marks belong to which ring follows from all that are known, so that their order of arrival does
// not matter.
type ring []Mark

// rings are all of them, in order.
func (s State) rings() []ring {
	sorted := make([]Mark, 0, len(s.Marks))
	for _, m := range s.Marks {
		if rank[m.Event] > 0 {
			sorted = append(sorted, m)
		}
	}
	slices.SortFunc(sorted, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(rank[a.Event], rank[b.Event]), cmp.Compare(a.Occurrence, b.Occurrence))
	})
	var out []ring
	for _, m := range sorted {
		if len(out) == 0 || out[len(out)-1].isLeftBy(m) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], m)
	}
	return out
}

func (s State) latest() (ring, bool) {
	rings := s.rings()
	if len(rings) == 0 {
		return nil, false
	}
	return rings[len(rings)-1], true
}

// isLeftBy says that a mark, which is not before those of the ring, is the first of the next one. Ends alone do not begin a ring: two
// moments of one end are likelier than a ring of which nobody told anything else.
func (r ring) isLeftBy(m Mark) bool {
	if rank[m.Event] > lastLive {
		return false
	}
	for _, e := range r {
		ends := rank[e.Event] > lastLive
		switch {
		case ends && e.Exact && e.Since < m.Since:
			return true
		case ends && !e.Exact && !e.Derived && m.Exact && e.At.Before(m.At): // it had gone from a page, and is there in a new state
			return true
		case e.Exact && m.Exact && e.Event == m.Event && e.Since != m.Since && (m.Event == OnConnecting || m.Event == OnIncoming):
			return true
		}
	}
	return false
}

// first is the mark of one of the events that says best when it happened; false if none of them did.
func (r ring) first(events ...string) (best Mark, found bool) {
	for _, m := range r {
		if slices.Contains(events, m.Event) && (!found || m.saysBetter(best)) {
			best, found = m, true
		}
	}
	return best, found
}

// saysBetter prefers what the contact centre dates, what the page could date, what was told to what was derived, and what is first.
func (m Mark) saysBetter(than Mark) bool {
	for _, p := range [][2]bool{{m.Exact, than.Exact}, {!m.Misdated, !than.Misdated}, {!m.Derived, !than.Derived}} {
		if p[0] != p[1] {
			return p[0]
		}
	}
	return m.At.Before(than.At)
}

// end is the ring's end; false while it is on. An end that follows from absence alone stands only while nobody saw the contact alive
// later.
func (r ring) end(seen time.Time) (Mark, bool) {
	var stands ring
	var absent Mark
	for _, m := range r {
		switch {
		case rank[m.Event] <= lastLive:
		case m.Exact || !m.Derived:
			stands = append(stands, m)
		case m.At.After(absent.At):
			absent = m
		}
	}
	if m, ok := stands.first(OnMissed, OnEnded); ok {
		return m, true
	}
	if m, ok := stands.first(OnDestroy); ok {
		return m, true
	}
	return absent, absent.Event != "" && !seen.After(absent.At)
}

// isOn says whether a ring was on at a time.
func (r ring) isOn(at, seen time.Time) bool {
	for _, m := range r {
		if rank[m.Event] <= lastLive && !m.At.After(at) {
			end, ended := r.end(seen)
			return !ended || at.Before(end.At)
		}
	}
	return false
}
