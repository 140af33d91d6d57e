// Package omni is what Omni-Channel decides: who is there with which status, how much work one takes, and who gets the next piece of it.
//
// Read first: World, its SetStatus and Route, Effect. It knows no record, no session and no clock of its own: a World is what is true at
// one moment, and what is to be done about it comes out as Effects. Source: Salesforce Help, Omni-Channel; Console Developer Guide.
package omni

import (
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Channel is a service channel: the kind of record that it brings to agents.
type Channel struct {
	ID     schema.RecordID
	Name   string // developer name
	Object string // Case
}

// Status is a presence status.
type Status struct {
	ID          schema.RecordID
	Label, Name string // MasterLabel and DeveloperName
	Channels    []Channel
}

// Online says whether work comes to who has the status; the others are busy.
func (s Status) Online() bool { return len(s.Channels) > 0 }

func (s Status) brings(channel schema.RecordID) bool {
	for _, c := range s.Channels {
		if c.ID == channel {
			return true
		}
	}
	return false
}

// Config is a presence configuration.
type Config struct {
	Capacity               float64
	AutoAccept, MayDecline bool
	OnDecline, OnTimeout   schema.RecordID // statuses that declining, or not answering, sets; "" leaves it
}

// Default is the configuration of an org that has none. Source: Salesforce Help, Presence Configuration Settings.
var Default = Config{Capacity: 5}

// Agent is a user who is logged in to Omni-Channel, or about to be.
type Agent struct {
	User     schema.RecordID
	Presence schema.RecordID // the row of the status now; "" when logged out
	Status   Status
	Since    time.Time // of the status
	LoggedIn time.Time
	Last     time.Time // when work came last
	Allowed  []Status  // by profile or permission sets
	Config   Config
	Queues   map[schema.RecordID]bool // whose member the user is
}

// Online says whether work may come.
func (a *Agent) Online() bool { return a.Presence != "" && a.Status.Online() }

// State is how a piece of work stands: the values of AgentWork's Status.
type State string

// The states of work.
const (
	Assigned    State = "Assigned"
	Unavailable State = "Unavailable" // the agent logged out before it was accepted
	Declined    State = "Declined"
	Opened      State = "Opened"
	Closed      State = "Closed"
	TimedOut    State = "DeclinedOnPushTimeout"
	Canceled    State = "Canceled"    // somebody else took the record before it was accepted
	Transferred State = "Transferred" // the same after it was
)

// Routing is how a queue's work is routed.
type Routing struct {
	Model       string // MostAvailable or LeastActive
	Priority    int    // less comes first
	Weight      float64
	Percentage  float64       // of the agent's capacity, instead of a weight; 0 for none
	PushTimeout time.Duration // until work that nobody answers goes on; 0 waits for ever
}

// size is how much of an agent's capacity a piece of work takes.
func (r Routing) size(capacity float64) float64 {
	if r.Percentage > 0 {
		return capacity * r.Percentage / 100
	}
	return r.Weight
}

// Pending is a record that waits for an agent.
type Pending struct {
	ID, Item, Channel, Queue schema.RecordID
	Routing
	Since time.Time
}

// Work is a record that was pushed to an agent, until it is closed: Assigned or Opened.
type Work struct {
	ID, User, Item, Channel, Queue schema.RecordID
	Routing
	State              State
	Requested          time.Time // when it came to the queue
	Assigned, Accepted time.Time
}

// Decline says when an agent refused a record, or let it go on.
type Decline struct {
	User, Item schema.RecordID
	At         time.Time
}

// World is the Omni-Channel of an org at one moment.
type World struct {
	Now     time.Time
	NewID   func(object string) schema.RecordID // of a new record
	Agents  map[schema.RecordID]*Agent
	Pending []Pending
	Works   []Work
	Refused []Decline // of records that are pending, or may be again
	Effects []Effect  // what came of all that was done, in its order
}

// Workload is how much an agent has: what was accepted, and what may yet be.
func (w *World) Workload(user schema.RecordID) float64 {
	sum := 0.0
	for _, k := range w.Works {
		if k.User == user {
			sum += k.size(w.agent(user).Config.Capacity)
		}
	}
	return sum
}

// agent is a user's; of somebody who is not there one that is logged out and allowed nothing.
func (w *World) agent(user schema.RecordID) *Agent {
	if a, ok := w.Agents[user]; ok {
		return a
	}
	return &Agent{User: user, Config: Default}
}

func (w *World) effect(e Effect) { w.Effects = append(w.Effects, e) }
