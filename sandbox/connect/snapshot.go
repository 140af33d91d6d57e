package connect

import (
	"slices"
	"time"
)

// Snapshot is everything that an agent's softphone shows, as it was at one version.
type Snapshot struct {
	Version      uint64    // grows by one with every change; begins anew when the process does
	At           time.Time // when it was read
	Agent        AgentID
	State        AgentState
	Next         *StatusChoice // what the agent becomes after the contact
	Availability Availability
	Contacts     []ContactView // by the time of their state
}

// AgentState is what an agent is.
type AgentState struct {
	Name   string // a status's, a system state's or an error state's
	Type   StatusType
	Status StatusID // "" for system and error states
	Since  time.Time
}

// StatusChoice is a status that was chosen for later.
type StatusChoice struct {
	Status StatusID
	Name   string
	Type   StatusType
	At     time.Time
}

// Availability is what routing thinks of the agent; while a call rings it is PendingBusy, although the state is still Available.
type Availability struct {
	State string
	At    time.Time
}

// ContactView is a contact as one agent sees it.
type ContactView struct {
	ID          ContactID
	State       string // connecting connected missed error ended
	StateAt     time.Time
	Queue       QueueID
	QueueName   string
	QueuedAt    time.Time
	StartedAt   time.Time
	Initiation  string // inbound outbound
	Customer    Endpoint
	System      Endpoint // the instance's number
	Attributes  map[string]string
	Connections []ConnectionView // the agent's first, then the customer's
	Token       string           // what the agent's audio is asked for with; "" once the contact ended for him
	AutoAccept  bool
}

// ConnectionView is one leg.
type ConnectionView struct {
	ID       ConnectionID
	Type     string // agent inbound outbound
	Initial  bool   // true for the customer's
	State    string // connecting connected hold disconnected
	StateAt  time.Time
	Endpoint Endpoint
}

// Endpoint is who is at the end of a leg.
type Endpoint struct {
	Type   string // phone_number agent
	Number string // "" when the caller withheld it
	Agent  AgentID
	Name   string
}

// equal compares everything but version and time of reading.
func (s Snapshot) equal(o Snapshot) bool {
	if s.State != o.State || s.Availability != o.Availability || (s.Next == nil) != (o.Next == nil) || s.Next != nil && *s.Next != *o.Next {
		return false
	}
	return slices.EqualFunc(s.Contacts, o.Contacts, func(a, b ContactView) bool {
		return a.ID == b.ID && a.State == b.State && a.StateAt.Equal(b.StateAt) && slices.Equal(a.Connections, b.Connections)
	})
}
