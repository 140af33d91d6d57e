// Package connect is the contact centre's core: contacts, agents, queues and routing as state, with a clock passed in.
//
// Read first: Centre (the one owner of the state), Contact and its Next, AgentState and its Next. It knows neither HTTP nor telephony:
// edges call its commands and read its snapshots, voice carries out its orders and reports what happened to the audio.
//
// A contact, by its phase (rows) and event; an event that is not listed is refused with ErrOutOfTurn and changes nothing.
//
//	Queued   Assigned → Offered · CustomerLeft → Over
//	Offered  Accepted → Offered (waits for audio) or Talking · AudioUp → Offered or Talking · RangOut, Rejected, AgentGone → Queued · CustomerLeft → Over
//	Calling  AudioUp → Calling (customer is dialled) · Answered → Talking · DialFailed, RangOut → Over · AgentLeft, AgentGone → Over
//	Talking  Held, Resumed → Talking · AgentLeft, CustomerLeft, AudioLost, AgentGone → Over
//	Over     nothing more; each agent's view of it stays until it is cleared
//
// An agent, by what the contact centre does with him: Free, Ringing, OnCall, WrappingUp, Failed (see agent_state.go).
package connect

import (
	"errors"
	"fmt"
	"time"
)

// Names of things. Each is the id alone; the instance makes ARNs of them.
type (
	InstanceID       string
	AgentID          string
	QueueID          string
	StatusID         string
	RoutingProfileID string
	ContactID        string
	ConnectionID     string
)

// What commands refuse with. Edges map them to the platform's exceptions.
var (
	ErrNoAgent      = errors.New("no such agent")
	ErrNoContact    = errors.New("no such contact")
	ErrNoConnection = errors.New("no such connection")
	ErrNoQueue      = errors.New("no such queue")
	ErrNoStatus     = errors.New("no such status")
	ErrOutOfTurn    = errors.New("not in the right state for that")  // InvalidStateException
	ErrBadEndpoint  = errors.New("not a number that can be dialled") // BadEndpointException
	ErrNotPermitted = errors.New("not permitted")
	ErrBadToken     = errors.New("the call's token is not valid")
	ErrPassword     = errors.New("wrong username or password")
	ErrLocked       = errors.New("locked after too many wrong passwords")
	ErrBadInput     = errors.New("invalid value")
	ErrDuplicate    = errors.New("exists already")
	ErrLimit        = errors.New("too many")
	ErrClosed       = errors.New("the centre is closed")
)

// Instance is the contact centre itself.
type Instance struct {
	ID      InstanceID `json:"id"` // UUID
	Alias   string     `json:"alias"`
	Region  string     `json:"region"`
	Account string     `json:"account"`
	Number  string     `json:"number"` // E.164, what callers dial
	Created time.Time  `json:"created"`
}

// ARN names the instance.
func (i Instance) ARN() string {
	return fmt.Sprintf("arn:aws:connect:%s:%s:instance/%s", i.Region, i.Account, i.ID)
}

// AgentARN names a user.
func (i Instance) AgentARN(id AgentID) string { return i.ARN() + "/agent/" + string(id) }

// QueueARN names a queue; an agent's own queue has an id that begins with "agent/".
func (i Instance) QueueARN(id QueueID) string { return i.ARN() + "/queue/" + string(id) }

// StatusARN names a status that agents choose.
func (i Instance) StatusARN(id StatusID) string { return i.ARN() + "/agent-state/" + string(id) }

// RoutingProfileARN names a routing profile.
func (i Instance) RoutingProfileARN(id RoutingProfileID) string {
	return i.ARN() + "/routing-profile/" + string(id)
}

// ContactARN names a contact.
func (i Instance) ContactARN(id ContactID) string { return i.ARN() + "/contact/" + string(id) }

// Agent is a user of the contact centre.
type Agent struct {
	ID               AgentID          `json:"id"`
	Username         string           `json:"username"`
	FirstName        string           `json:"firstName"`
	LastName         string           `json:"lastName"`
	SecurityProfiles []string         `json:"securityProfiles"` // Admin, Agent, CallCenterManager
	RoutingProfile   RoutingProfileID `json:"routingProfile"`
	AutoAccept       bool             `json:"autoAccept"`
	Language         string           `json:"language"` // such as en_US
	Created          time.Time        `json:"created"`
}

// OwnQueue is where contacts for this agent alone wait.
func (a Agent) OwnQueue() QueueID { return QueueID("agent/" + string(a.ID)) }

// MayDial says whether the agent may call out.
func (a Agent) MayDial() bool { return len(a.SecurityProfiles) > 0 }

// StatusType says what a status does to routing.
type StatusType string

// The types of status.
const (
	Routable    StatusType = "routable"
	NotRoutable StatusType = "not_routable"
	Offline     StatusType = "offline"
	System      StatusType = "system" // only in AgentState
	Failure     StatusType = "error"  // only in AgentState
)

// Status is what an agent can choose to be.
type Status struct {
	ID          StatusID   `json:"id"`
	Name        string     `json:"name"`
	Description string     `json:"description,omitzero"`
	Type        StatusType `json:"type"`
	Disabled    bool       `json:"disabled,omitzero"`
	Order       int        `json:"order"`
}

// Queue is where contacts wait.
type Queue struct {
	ID    QueueID `json:"id"`
	Name  string  `json:"name"`
	Agent AgentID `json:"agent,omitzero"` // whose own queue it is; "" for a standard one
}

// RoutingProfile says which queues an agent serves.
type RoutingProfile struct {
	ID              RoutingProfileID `json:"id"`
	Name            string           `json:"name"`
	Queues          []QueueID        `json:"queues"` // without the agent's own, which every agent serves
	DefaultOutbound QueueID          `json:"defaultOutbound"`
}

// APIKey signs requests to the public API.
type APIKey struct {
	ID     string
	Secret string
}
