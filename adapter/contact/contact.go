// Package contact is what happened to a contact, as far as it is known: a state folded from facts, and the facts that follow from what a
// page lists.
//
// Read first: State, Fold, See. It is pure: it knows no clock, no store and no socket.
package contact

import (
	"cmp"
	"time"

	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/wire"
)

// Events that a contact's transitions are told by. Source: Amazon Connect Streams, Contact API.
const (
	OnIncoming   = "onIncoming"
	OnPending    = "onPending"
	OnConnecting = "onConnecting"
	OnAccepted   = "onAccepted"
	OnConnected  = "onConnected"
	OnMissed     = "onMissed"
	OnEnded      = "onEnded"
	OnDestroy    = "onDestroy"
	OnRefresh    = "onRefresh"
)

// Events by which pages tell that a customer was put on hold, and taken off. The names are ours.
const (
	OnHold   = "onHold"
	OnResume = "onResume"
)

// rank is how far a transition is in the life of a contact; what is not here is no transition.
var rank = map[string]int{
	OnIncoming: 1, OnPending: 1, OnConnecting: 2, OnAccepted: 3, OnConnected: 4, OnMissed: 5, OnEnded: 6, OnDestroy: 7,
}

const (
	lastLive   = 4 // rank of the last transition that leaves a contact alive
	maxMarks   = 32
	maxPopped  = 8
	absentFor  = 10 * time.Second
	tooOldFrom = 5 * time.Minute
)

// over says whether a contact is over in one of the contact centre's states.
func over(state string) bool {
	return state == "ended" || state == "missed" || state == "error" || state == "rejected"
}

// Mark is one transition that is known to have happened.
type Mark struct {
	Event string `json:"event"`
	// Occurrence is what the fact's key says after contact and event: the same in every tab and after every reload.
	Occurrence string `json:"occurrence"`
	Since      int64  `json:"since"` // epoch milliseconds of the contact centre's clock: of this transition if Exact, else of the state then
	Exact      bool   `json:"exact,omitempty"`
	// At is when it happened, by the adapter's clock: the first telling's.
	At       time.Time `json:"at"`
	Derived  bool      `json:"derived,omitempty"`
	Misdated bool      `json:"misdated,omitempty"`
	State    string    `json:"state,omitempty"` // the contact centre's, when it was told
}

// Popped is a record that popped for the contact.
type Popped struct {
	Record string    `json:"record"`
	At     time.Time `json:"at"` // when that happened for which a flow popped it, by the adapter's clock
}

// progress orders what is said of a contact: the contact centre's clock first, then the adapter's, then how far the contact has come.
type progress struct {
	Since int64     `json:"since"`
	At    time.Time `json:"at,omitzero"`
	Rank  int       `json:"rank"`
}

func (p progress) before(q progress) bool {
	return cmp.Or(cmp.Compare(p.Since, q.Since), p.At.Compare(q.At), cmp.Compare(p.Rank, q.Rank)) < 0
}

// State is all that is known of one contact as one CRM user has it. It is kept as JSON; its zero value, with User and ID, knows nothing.
// Every method that changes it gives a new one.
type State struct {
	User string `json:"user"` // CRM user, 18 characters
	ID   string `json:"id"`
	// Details are those of the latest state that anybody told of: its Since is that state's.
	Details wire.Contact `json:"details"`
	Latest  progress     `json:"latest"` // of Details
	Marks   []Mark       `json:"marks,omitempty"`
	// Seen is the last time that a page said it was alive, Absent the time from which on pages do not list it.
	Seen   time.Time `json:"seen,omitzero"`
	Absent time.Time `json:"absent,omitzero"`
	// Holds are changes between hold and talk, by the contact centre's clock, oldest first.
	Holds []wire.Hold `json:"holds,omitempty"`
	// Returned counts the ends that were derived and turned out to be none.
	Returned int      `json:"returned,omitempty"`
	Popped   []Popped `json:"popped,omitempty"` // in the order in which they popped
	Chosen   string   `json:"chosen,omitempty"` // record that the agent chose among several
	// Caller is what a search found of who is at the other end; nil while nothing is known.
	Caller *wire.Caller `json:"caller,omitempty"`
	// Dialled is the number that was dialled, in E.164, and DialledFrom the record on which it was clicked, if it was.
	Dialled     string `json:"dialled,omitempty"`
	DialledFrom string `json:"dialledFrom,omitempty"`
	Task        string `json:"task,omitempty"` // id of the call log's Task, once it is written
	// TaskSeconds is the duration that the log wrote into it; nil if somebody else did.
	TaskSeconds *int64 `json:"taskSeconds,omitempty"`
}

// New knows nothing yet.
func New(user, id string) State { return State{User: user, ID: id} }

// Phase is how far a contact has come at this agent.
type Phase string

// Phases.
const (
	None      Phase = "" // nothing is told
	Offered   Phase = "offered"
	Accepted  Phase = "accepted"
	Connected Phase = "connected"
	Ended     Phase = "ended"
)

// Phase is that of the latest ring.
func (s State) Phase() Phase {
	r, ok := s.latest()
	if !ok {
		return None
	}
	if _, ended := r.end(s.Seen); ended {
		return Ended
	}
	for _, p := range []struct {
		phase Phase
		of    []string
	}{{Connected, []string{OnConnected}}, {Accepted, []string{OnAccepted}}, {Offered, []string{OnIncoming, OnPending, OnConnecting}}} {
		if _, ok := r.first(p.of...); ok {
			return p.phase
		}
	}
	return None
}

// Over says whether the contact has ended at this agent. One that rings a second time is not over.
func (s State) Over() bool { return s.Phase() == Ended }

// Live says whether the contact is on: something of it is known, and no end.
func (s State) Live() bool {
	phase := s.Phase()
	return phase != None && phase != Ended
}

// clearedWithin is how long after its end a contact may stand in a panel before it is cleared, if nobody says that it was.
const clearedWithin = 2 * time.Hour

// Listed says whether a page may still list a contact, and would tell it again: until it is cleared after the call.
func (s State) Listed(now time.Time) bool {
	return s.Live() || s.At(OnDestroy).IsZero() && now.Sub(s.At(OnEnded)) < clearedWithin
}

// EndedByAbsence says that nobody told the end: it follows from the contact not being listed any more.
func (s State) EndedByAbsence() bool {
	r, _ := s.latest()
	end, ok := r.end(s.Seen)
	return ok && end.Derived && !end.Exact
}

// At is when a transition happened first, by the adapter's clock, in the latest ring that had it; zero if it never did.
func (s State) At(event string) time.Time {
	rings := s.rings()
	for i := len(rings) - 1; i >= 0; i-- {
		if m, ok := rings[i].first(event); ok {
			return m.At
		}
	}
	return time.Time{}
}

// Answered says whether agent and customer were ever connected.
func (s State) Answered() bool {
	return s.Details.ConnectedAt != 0 || !s.At(OnConnected).IsZero()
}

// Missed says that an inbound contact has ended and nobody took it, whoever's will that was.
func (s State) Missed() bool {
	return s.Details.Inbound && s.Over() && !s.Answered()
}

// Rejected says that the agent turned the contact down. Where the contact centre tells only an error, it cannot be known.
func (s State) Rejected() bool {
	r, _ := s.latest()
	for _, m := range r {
		if m.State == "rejected" {
			return true
		}
	}
	return false
}

// Duration is how long they were connected: what the contact centre says, else the difference of its times, else of the adapter's.
// Zero while the contact is on.
func (s State) Duration() time.Duration {
	if !s.Answered() || !s.Over() {
		return 0
	}
	if s.Details.Duration > 0 {
		return time.Duration(s.Details.Duration) * time.Millisecond
	}
	r, _ := s.latest()
	end, _ := r.end(s.Seen)
	connected, told := r.first(OnConnected)
	from := s.Details.ConnectedAt
	if from == 0 && connected.Exact {
		from = connected.Since
	}
	to := int64(0)
	switch {
	case end.Exact:
		to = end.Since
	case !s.EndedByAbsence() && over(s.Details.State):
		to = s.Details.Since
	}
	switch {
	case from != 0 && to >= from:
		return time.Duration(to-from) * time.Millisecond
	case told:
		return max(0, end.At.Sub(connected.At))
	}
	return 0
}

// TooOld says that nobody wants a pop, a dial or the panel any more for a fact: the contact has ended since, or five minutes have passed.
// What happens at the end itself, such as opening a page for the wrap-up, is not too late for having come after it; what leaves a contact
// alive is, whatever its date: two clocks may have dated the two.
func (s State) TooOld(now time.Time, f fact.Fact) bool {
	if now.Sub(f.At) > tooOldFrom {
		return true
	}
	r, _ := s.latest()
	end, ended := r.end(s.Seen)
	lives := rank[f.Event] > 0 && rank[f.Event] <= lastLive
	return ended && (lives || f.At.Before(end.At))
}
