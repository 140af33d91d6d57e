package contact

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// News is what a fact changes.
type News struct {
	// Fresh says that this occurrence was not known, told or derived: flows may fire. It is true once for each.
	Fresh bool
	// Ended and Answered say that the contact is over, or answered, and was not before. Ended may come without Fresh: after an end that
	// turned out to be none. What was written of the first one is to be corrected then.
	Ended, Answered bool
	// Resurrected says that a derived end turned out to be none.
	Resurrected bool
	// Revised says that the contact was over, and is known better now how long it lasted, or how long of that on hold.
	Revised bool
}

// Fold takes a fact of this contact into the state. A fact of another user or contact, or of none, changes nothing. The same facts give
// the same state in whatever order and however often they come.
func Fold(s State, f fact.Fact) (State, News) {
	if f.Contact == nil || s.ID != "" && (f.Contact.ContactID != s.ID || f.User != s.User) {
		return s, News{}
	}
	f.At = plain(f.At)
	next := s
	next.User, next.ID = f.User, f.Contact.ContactID
	m := markOf(f)
	next.Marks = slices.Clone(s.Marks)
	fresh := next.note(m)
	next.learn(*f.Contact, progress{f.Contact.Since, f.At, rank[f.Event]})
	if !f.Derived && !f.Misdated && !over(f.Contact.State) && rank[f.Event] <= lastLive {
		next = next.alive(f.At)
	}
	news := News{
		Fresh: fresh, Ended: next.Over() && !s.Over(), Answered: next.Answered() && !s.Answered(),
		Resurrected: s.EndedByAbsence() && next.Live(),
		Revised:     s.Over() && next.Over() && (s.Duration() != next.Duration() || s.Held(f.At) != next.Held(f.At)),
	}
	if news.Resurrected {
		next.Returned++
	}
	return next, news
}

// plain is a time as it comes back from JSON.
func plain(t time.Time) time.Time { return t.Round(0).UTC() }

// alive notes that the contact was seen alive at a time.
func (s State) alive(at time.Time) State {
	if at.After(s.Seen) {
		s.Seen = at
	}
	if at.After(s.Absent) {
		s.Absent = time.Time{}
	}
	return s
}

// markOf is a fact as it is remembered. The key of a transition ends with the moment of the state that it led to. When a contact goes
// from a page's sight without having ended there, the key has that of the state before; so has the key of onDestroy.
func markOf(f fact.Fact) Mark {
	m := Mark{
		Event: f.Event, Occurrence: f.Key, Since: f.Contact.Since, At: f.At, Derived: f.Derived, Misdated: f.Misdated, State: f.Contact.State,
	}
	if rest, ok := strings.CutPrefix(f.Key, f.Contact.ContactID+":"+f.Event+":"); ok {
		m.Occurrence = rest
	}
	since, err := strconv.ParseInt(m.Occurrence, 10, 64)
	if err != nil || since <= 0 || rank[f.Event] == 0 {
		return m
	}
	m.Since = since
	m.Exact = rank[f.Event] <= lastLive || f.Event != OnDestroy && over(f.Contact.State)
	return m
}

// note adds a mark, and says whether what it tells was not known.
func (s *State) note(m Mark) (fresh bool) {
	for i, known := range s.Marks {
		if known.Event == m.Event && known.Occurrence == m.Occurrence {
			if m.saysBetter(known) {
				s.Marks[i] = m
				slices.SortFunc(s.Marks, compareMarks)
			}
			return false
		}
	}
	s.Marks = append(s.Marks, m)
	slices.SortFunc(s.Marks, compareMarks)
	if !s.prune(m) {
		return false
	}
	if rank[m.Event] == 0 {
		return true
	}
	for _, r := range s.rings() {
		if slices.Contains(r, m) {
			return !r.knows(m)
		}
	}
	return false
}

// knows says whether the ring has the same transition from another telling. Only what may happen again within a ring, at another time of
// the contact centre's, is another occurrence.
func (r ring) knows(m Mark) bool {
	again := m.Exact && (m.Event == OnConnected || m.Event == OnPending)
	for _, other := range r {
		if other.Event == m.Event && other.Occurrence != m.Occurrence && (!again || !other.Exact) {
			return true
		}
	}
	return false
}

func compareMarks(a, b Mark) int {
	return cmp.Or(strings.Compare(a.Event, b.Event), cmp.Compare(a.Since, b.Since), a.At.Compare(b.At),
		strings.Compare(a.Occurrence, b.Occurrence))
}

// prune keeps the latest marks of each transition, and of all else together; false if the new one is none of those. What is older than
// all that is remembered is taken as known.
func (s *State) prune(added Mark) bool {
	bucket := func(m Mark) bool { return m.Event == added.Event || rank[m.Event] == 0 && rank[added.Event] == 0 }
	oldest, n := -1, 0
	for i, m := range s.Marks {
		if !bucket(m) {
			continue
		}
		n++
		if oldest < 0 || m.Since < s.Marks[oldest].Since || m.Since == s.Marks[oldest].Since && m.At.Before(s.Marks[oldest].At) {
			oldest = i
		}
	}
	if n <= maxMarks {
		return true
	}
	gone := s.Marks[oldest]
	s.Marks = slices.Delete(s.Marks, oldest, oldest+1)
	return gone != added
}

// learn takes the details of the contact, if nothing later is known; what the later does not say is taken from the earlier.
func (s *State) learn(c wire.Contact, told progress) {
	s.hold(c.Hold)
	c.Hold = nil
	if c.State == "" {
		told = progress{} // a page that could not read it
	}
	if s.Details.ContactID == "" || !told.before(s.Latest) {
		s.Details, s.Latest = filled(c, s.Details), told
		return
	}
	s.Details = filled(s.Details, c)
}

// filled is what one says of a contact, with the gaps filled from the other.
func filled(c, from wire.Contact) wire.Contact {
	for _, text := range []struct{ to, from *string }{
		{&c.InitialContactID, &from.InitialContactID}, {&c.Type, &from.Type}, {&c.State, &from.State},
		{&c.PhoneNumber, &from.PhoneNumber}, {&c.QueueName, &from.QueueName}, {&c.QueueARN, &from.QueueARN},
		{&c.InitiationMethod, &from.InitiationMethod},
	} {
		if *text.to == "" {
			*text.to = *text.from
		}
	}
	if len(c.Attributes) == 0 {
		c.Attributes = from.Attributes
	}
	if c.ConnectedAt == 0 {
		c.ConnectedAt = from.ConnectedAt
	}
	if c.Duration == 0 && over(c.State) {
		c.Duration = from.Duration // known at the end, not later
	}
	return c
}
