package contact

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// See compares the state with what a page lists at a time, and gives the facts that nobody told, in their order. The state that it
// returns knows that the contact was seen; the facts are the caller's to keep and to Fold, one after another. They are dated by the
// contact centre's clock where that makes sense, so that what happened long ago is known to be old. a is the agent whose contact it is.
func See(s State, c wire.Contact, a wire.Agent, at time.Time) (State, []fact.Fact) {
	if c.ContactID == "" || s.ID != "" && s.ID != c.ContactID {
		return s, nil
	}
	at = plain(at)
	s.ID = c.ContactID
	wasOver := s.EndedByAbsence()
	s.learn(c, progress{Since: c.Since, At: at})
	if at.After(s.Absent) {
		s.Absent = time.Time{}
	}
	if !over(c.State) {
		s = s.alive(at)
	}
	if wasOver && s.Live() {
		s.Returned++
	}
	var untold []fact.Fact
	told := s
	for _, f := range s.implied(c, a, at) {
		if next, news := Fold(told, f); news.Fresh {
			untold, told = append(untold, f), next
		}
	}
	return s, untold
}

// implied is all that must have happened to a contact that is in such a state.
func (s State) implied(c wire.Contact, a wire.Agent, at time.Time) []fact.Fact {
	offer := OnConnecting
	if c.Type == "queue_callback" {
		offer = OnIncoming // its onConnecting is the dialling, which pages do not tell
	}
	before := func(events ...string) (facts []fact.Fact) {
		when := c.Since
		if c.ConnectedAt > 0 {
			when = min(when, c.ConnectedAt)
		}
		for _, event := range events {
			facts = append(facts, s.derive(c, event, "", dated(at, when)))
		}
		return facts
	}
	now := func(facts []fact.Fact, events ...string) []fact.Fact {
		for _, event := range events {
			facts = append(facts, s.derive(c, event, occurrence(c), dated(at, c.Since)))
		}
		return facts
	}
	switch c.State {
	case "incoming":
		if c.Type == "voice" {
			return nil // pages tell its onConnecting alone
		}
		return now(nil, OnIncoming)
	case "pending":
		return now(nil, OnPending)
	case "connecting":
		if offer == OnIncoming {
			return before(offer)
		}
		return now(nil, offer)
	case "connected":
		return now(before(offer), OnConnected)
	case "paused":
		return before(offer, OnConnected)
	case "ended", "missed", "error", "rejected":
		switch {
		case c.ConnectedAt != 0, wasConnected(c, a):
			return now(before(offer, OnConnected), OnEnded)
		case c.State == "ended" || s.Answered():
			return now(before(offer), OnEnded)
		}
		return now(before(offer), OnMissed, OnEnded)
	}
	return nil
}

// afterCallWork is the agent's state after a contact that was connected, and after no other. Source: Amazon Connect, agent states.
const afterCallWork = "AfterCallWork"

// wasConnected says of an inbound contact that is over whether its agent's state tells that it was connected.
func wasConnected(c wire.Contact, a wire.Agent) bool {
	return c.State == "ended" && c.Inbound && a.State == afterCallWork
}

// Answer is the fact that nobody told of a contact whose end tells that it was connected; nil if there is none.
func Answer(s State, f fact.Fact) *fact.Fact {
	if f.Event != OnEnded || f.Derived || f.Contact == nil || f.Agent == nil || f.Contact.ConnectedAt != 0 || s.Answered() ||
		!wasConnected(*f.Contact, *f.Agent) {
		return nil
	}
	s.User = f.User
	answer := s.derive(*f.Contact, OnConnected, "", f.At)
	return &answer
}

// occurrence is how a page names the transition into the state that the contact is in; "" if the contact centre does not date it.
func occurrence(c wire.Contact) string {
	if c.Since <= 0 {
		return ""
	}
	return strconv.FormatInt(c.Since, 10)
}

// dated is the moment of the contact centre's clock (epoch milliseconds) if it can be meant, else now.
func dated(now time.Time, since int64) time.Time {
	at := time.UnixMilli(since).UTC()
	if since <= 0 || at.After(now) || now.Sub(at) > fact.Oldest {
		return now
	}
	return at
}

// derive is a fact that nobody told. Without an occurrence its key ends with ":derived", and is another one each time.
func (s State) derive(c wire.Contact, event, occurrence string, at time.Time) fact.Fact {
	if occurrence == "" {
		occurrence = "derived"
		n := 1
		for _, m := range s.Marks {
			if m.Event == event && strings.HasSuffix(m.Occurrence, "derived") {
				n++
			}
		}
		if n > 1 {
			occurrence = fmt.Sprintf("%d:derived", n)
		}
	}
	return fact.Fact{
		User: s.User, Key: c.ContactID + ":" + event + ":" + occurrence, At: at, Source: fact.SourceOf(c.Type), Event: event, Derived: true,
		Contact: &c,
	}
}

// Absent notes that a page which sees the agent's contacts does not list this one. If that is new of a live contact, wake is the time, in
// whole milliseconds, at which Lapse is to be asked; else it is zero.
func Absent(s State, at time.Time) (next State, wake time.Time) {
	at = plain(at)
	if !s.Live() || !s.Absent.IsZero() || at.Before(s.Seen) {
		return s, time.Time{}
	}
	s.Absent = at.Truncate(time.Millisecond)
	if s.Absent.Before(at) { // who keeps the time of waking in milliseconds does not wake too early
		s.Absent = s.Absent.Add(time.Millisecond)
	}
	return s, s.Absent.Add(absentFor)
}

// Lapse gives the end that nobody told: of a live contact that has not been seen for ten seconds. The fact is the caller's to keep and to
// Fold; it is nil if there is none. How long the contact lasted is not in it, since nobody told: see State.Duration.
func Lapse(s State, at time.Time) (State, *fact.Fact) {
	if s.Absent.IsZero() || !s.Live() || plain(at).Sub(s.Absent) < absentFor {
		return s, nil
	}
	c := s.Details
	c.State = "ended"
	f := s.derive(c, OnEnded, "", s.Absent)
	s.Absent = time.Time{}
	return s, &f
}

// SetBack puts what is dated after a time at that time: the adapter's clock was set back, and what is in its future would keep a contact
// alive that nobody lists.
func SetBack(s State, at time.Time) State {
	if at = plain(at); s.Seen.After(at) {
		s.Seen = at
	}
	if s.Absent.After(at.Add(time.Millisecond)) {
		s.Absent = at.Truncate(time.Millisecond).Add(time.Millisecond)
	}
	return s
}

// LapseAt is when Lapse is to be asked; zero for never.
func LapseAt(s State) time.Time {
	if s.Absent.IsZero() || !s.Live() {
		return time.Time{}
	}
	return s.Absent.Add(absentFor)
}
