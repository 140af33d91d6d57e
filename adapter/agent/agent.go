// Package agent is what is known of an agent: a state folded from facts, and the numbers that were dialled a moment ago.
//
// Read first: State, Fold, Take. It is pure: it knows no clock, no store and no socket.
package agent

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/wire"
)

const maxMarks = 32

// Presence is a state of the agent and since when.
type Presence struct {
	State string    `json:"state"`
	Since int64     `json:"since"`       // epoch milliseconds of the contact centre's clock
	At    time.Time `json:"at,omitzero"` // when it was told, by the adapter's clock
}

// Mark is an occurrence of an event that is known.
type Mark struct {
	Event      string    `json:"event"`
	Occurrence string    `json:"occurrence"` // what the fact's key says after agent, user and event
	At         time.Time `json:"at"`
}

// State is all that is known of one CRM user as an agent. It is kept as JSON; its zero value, with User, knows nothing. Every method that
// changes it gives a new one.
type State struct {
	User     string `json:"user"`     // CRM user, 18 characters
	Username string `json:"username"` // the contact centre's; "" until a page told it
	Name     string `json:"name"`     // as the contact centre has it
	// Centre is the agent's state at the contact centre.
	Centre         Presence `json:"centre"`
	RoutingProfile string   `json:"routingProfile"`
	// Sync is how the two presences stand, and what rules have said of them.
	Sync presence.Sync `json:"sync,omitzero"`
	// NoDesk says that a console was there and the package's component in it was not: nothing is known of Omni-Channel.
	NoDesk bool      `json:"noDesk,omitempty"`
	Seen   time.Time `json:"seen,omitzero"` // the last time that a page saw the agent signed in
	// Here says that a page has seen the agent, and that their session has not been ended since.
	Here bool `json:"here,omitempty"`
	// Left is how the session before was ended; nil once that is dealt with.
	Left  *Left  `json:"left,omitempty"`
	Marks []Mark `json:"marks,omitempty"`
	Dials []Dial `json:"dials,omitempty"` // the oldest first
}

// Left is how a session was ended whose last page had gone.
type Left struct {
	Status  string `json:"status"`            // that was set at the contact centre; "" for none
	SignOut bool   `json:"signOut,omitempty"` // the panel signs out when it loads next
}

// News is what a fact changes.
type News struct {
	Fresh bool // the agent's event was not known: flows may fire. Always false for facts of contacts
	// Renamed says that the contact centre's user is another than before, or known for the first time.
	Renamed bool
	Changed bool // the agent's state at the contact centre is another one
	// Arrived says that a page sees the agent after the session before was ended, or for the first time.
	Arrived bool
}

// New knows nothing yet.
func New(user string) State { return State{User: user} }

// Fold takes a fact of this user into the state: the agent's own events, and those of contacts for what they say of the agent. The same
// facts give the same state in whatever order and however often they come.
func Fold(s State, f fact.Fact) (State, News) {
	if f.Agent == nil || s.User != "" && f.User != s.User {
		return s, News{}
	}
	f.At = plain(f.At)
	next := s
	next.User = f.User
	fresh := f.Source == fact.Agent && next.note(f)
	next.learn(*f.Agent, f.At)
	return next, News{Fresh: fresh, Renamed: next.Username != s.Username, Changed: next.Centre.State != s.Centre.State}
}

// See takes what a page sees of the agent.
func See(s State, a wire.Agent, at time.Time) (State, News) {
	next := s
	next.learn(a, plain(at))
	if next.Seen.Before(plain(at)) {
		next.Seen = plain(at)
	}
	next.Here = true
	return next, News{Renamed: next.Username != s.Username, Changed: next.Centre.State != s.Centre.State, Arrived: !s.Here}
}

// Leave ends the session: no page of the agent is there.
func (s State) Leave(left Left) State {
	s.Here, s.Left, s.Sync = false, nil, s.Sync.Leave()
	if left != (Left{}) {
		s.Left = &left
	}
	return s
}

// Settle forgets how the session before was ended.
func (s State) Settle() State {
	s.Left = nil
	return s
}

// plain is a time as it comes back from JSON.
func plain(t time.Time) time.Time { return t.Round(0).UTC() }

// note adds an occurrence, and says whether it was not known. What is older than all that is remembered is taken as known.
func (s *State) note(f fact.Fact) (fresh bool) {
	m := Mark{f.Event, strings.TrimPrefix(f.Key, "agent:"+f.Agent.Username+":"+f.Event+":"), f.At}
	s.Marks = slices.Clone(s.Marks)
	for i, known := range s.Marks {
		if known.Event == m.Event && known.Occurrence == m.Occurrence {
			if m.At.Before(known.At) {
				s.Marks[i].At = m.At
				slices.SortFunc(s.Marks, compareMarks)
			}
			return false
		}
	}
	s.Marks = append(s.Marks, m)
	slices.SortFunc(s.Marks, compareMarks)
	if len(s.Marks) <= maxMarks {
		return true
	}
	gone := s.Marks[0]
	s.Marks = s.Marks[1:]
	return gone != m
}

func compareMarks(a, b Mark) int {
	return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Event, b.Event), strings.Compare(a.Occurrence, b.Occurrence))
}

// learn takes what is said of the agent, unless something later is known: the contact centre's clock counts, then the adapter's.
func (s *State) learn(a wire.Agent, at time.Time) {
	if a.Since < s.Centre.Since || a.Since == s.Centre.Since && at.Before(s.Centre.At) {
		return
	}
	s.Centre = Presence{a.State, a.Since, at}
	s.Username, s.Name, s.RoutingProfile = cmp.Or(a.Username, s.Username), cmp.Or(a.Name, s.Name), cmp.Or(a.RoutingProfile, s.RoutingProfile)
}
