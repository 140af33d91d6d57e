// Package connect is the contact centre's core: agents, contacts, routing. State without I/O: audio is asked for through Media, time
// comes from a clock.
//
// Read first: Centre, Snapshot, Media. It knows no SIP, no WebRTC, no HTTP and no JSON of the wire.
package connect

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// Identifiers; each resource has its own type, so that they cannot be mixed up.
type (
	AgentID      string
	ContactID    string
	ConnectionID string
	QueueID      string
	StatusID     string

	SecurityProfileID string
	RoutingProfileID  string
	HoursID           string
	OverrideID        string
	NumberID          string
	FlowID            string
	QuickConnectID    string
)

// Why an operation is refused.
var (
	ErrNoAgent     = errors.New("no such agent")
	ErrNoContact   = errors.New("no such contact")
	ErrOutOfTurn   = errors.New("not possible in this state")
	ErrBadEndpoint = errors.New("not a number that can be dialled")
	ErrNoStatus    = errors.New("no such agent status")
	ErrCredentials = errors.New("wrong user name or password")
	ErrLocked      = errors.New("user is locked out")
	ErrExists      = errors.New("there is one already")
	ErrTooMany     = errors.New("there are too many already")
	ErrNoQueue     = errors.New("no such queue")
	ErrInvalidFlow = errors.New("the flow is not valid")
	ErrNotTheirs   = errors.New("the connection is not one of this contact's")
)

// Instance is the contact centre itself.
type Instance struct {
	ID, Alias, Region, Account string
	Number                     string // E.164
	Created                    time.Time
	AccessKeyID, SecretKey     string // of the public API
}

// ARN is the instance's resource name.
func (i Instance) ARN() string {
	return "arn:aws:connect:" + i.Region + ":" + i.Account + ":instance/" + i.ID
}

// AgentARN names an agent.
func (i Instance) AgentARN(id AgentID) string { return i.ARN() + "/agent/" + string(id) }

// QueueARN names a queue.
func (i Instance) QueueARN(id QueueID) string { return i.ARN() + "/queue/" + string(id) }

// StatusARN names an agent status.
func (i Instance) StatusARN(id StatusID) string { return i.ARN() + "/agent-state/" + string(id) }

// RoutingProfileARN names a routing profile.
func (i Instance) RoutingProfileARN(id RoutingProfileID) string {
	return i.ARN() + "/routing-profile/" + string(id)
}

// SecurityProfileARN names a security profile.
func (i Instance) SecurityProfileARN(id SecurityProfileID) string {
	return i.ARN() + "/security-profile/" + string(id)
}

// HoursARN names hours of operation.
func (i Instance) HoursARN(id HoursID) string { return i.ARN() + "/operating-hours/" + string(id) }

// FlowARN names a contact flow.
func (i Instance) FlowARN(id FlowID) string { return i.ARN() + "/contact-flow/" + string(id) }

// QuickConnectARN names a quick connect.
func (i Instance) QuickConnectARN(id QuickConnectID) string {
	return i.ARN() + "/transfer-destination/" + string(id)
}

// ContactARN names a contact.
func (i Instance) ContactARN(id ContactID) string { return i.ARN() + "/contact/" + string(id) }

// NumberARN names a telephone number, which belongs to the account.
func (i Instance) NumberARN(id NumberID) string {
	return "arn:aws:connect:" + i.Region + ":" + i.Account + ":phone-number/" + string(id)
}

// DefaultSecurityProfile is the id of a security profile that the instance came with.
func (i Instance) DefaultSecurityProfile(name string) SecurityProfileID {
	return SecurityProfileID(i.DefaultID("security-profile/" + name))
}

// DefaultFlow is the id of a flow that the instance came with.
func (i Instance) DefaultFlow(name string) FlowID { return FlowID(i.DefaultID("flow/" + name)) }

// DefaultID is the id of something that an instance has from the start, always the same for the same instance.
func (i Instance) DefaultID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(i.ARN()+"/"+name)).String()
}

// StatusType is how a status counts for routing.
type StatusType string

// The types; system and error belong to states that nobody chooses.
const (
	Routable    StatusType = "routable"
	NotRoutable StatusType = "not_routable"
	Offline     StatusType = "offline"
	System      StatusType = "system"
	ErrorState  StatusType = "error"
)

// AgentState is what an agent is in.
type AgentState struct {
	ID    StatusID // "" for states that nobody chooses
	Name  string
	Type  StatusType
	Since time.Time
}

// ContactState is a contact's state in its agent's eyes. Source: what Amazon Connect Streams sends and takes.
type ContactState string

// The states that are used here.
const (
	Connecting ContactState = "connecting"
	Connected  ContactState = "connected"
	Missed     ContactState = "missed"
	Errored    ContactState = "error"
	Ended      ContactState = "ended"
)

// ConnectionState is a connection's state, in Streams' words.
type ConnectionState string

// The states of a connection.
const (
	ConnectionConnecting   ConnectionState = "connecting"
	ConnectionConnected    ConnectionState = "connected"
	ConnectionHold         ConnectionState = "hold"
	ConnectionDisconnected ConnectionState = "disconnected"
)

// Connection is one party's part in a contact. Its audio, if there is any, is a leg of package telephony.
type Connection struct {
	ID      ConnectionID
	Agent   bool // the agent's own
	Inbound bool // of the customer: who called whom
	State   ConnectionState
	Since   time.Time
}

// Contact is a conversation as its agent sees it.
type Contact struct {
	ID                                  ContactID
	State                               ContactState
	Since                               time.Time
	Inbound                             bool             // it comes to the agent, who accepts it
	InitiationMethod                    InitiationMethod // how it began
	Customer                            string           // E.164; "" when withheld, or no number at all
	System                              string           // the instance's number
	Queue                               QueueID
	Queued, Began                       time.Time
	AgentConnection, CustomerConnection Connection
	Attributes                          map[string]string
	AutoAccept                          bool
	DeskPhone                           string // number of the agent's desk phone, which is called for it; "" is a softphone
}

// InitiationMethod is how a contact began, in the public API's words.
type InitiationMethod string

// The methods.
const (
	InitiatedInbound  InitiationMethod = "INBOUND"
	InitiatedOutbound InitiationMethod = "OUTBOUND"
	InitiatedByAPI    InitiationMethod = "API"
)

// Snapshot is what an agent's panel shows. Versions count up by one.
type Snapshot struct {
	Version  uint64
	At       time.Time
	State    AgentState
	Next     *AgentState
	Contacts []Contact
}

// Cause is why a customer's call ends, as the telephone network says it.
type Cause string

// The causes.
const (
	Cleared  Cause = "cleared"
	IsBusy   Cause = "busy"
	NoAnswer Cause = "no answer"
	Invalid  Cause = "invalid number"
)

// Party is one end of a conversation.
type Party string

// The two parties.
const (
	TheCustomer Party = "customer"
	TheAgent    Party = "agent"
)

// Media carries out what the core decides about audio. Its methods return at once and are called in order.
type Media interface {
	// Connect lets customer and agent hear each other as soon as both are there.
	Connect(ContactID)
	// Hold plays music to a party; the other one hears nothing of it. Who is on hold stays so until Connect.
	Hold(ContactID, Party)
	// DialDeskPhone calls the desk phone of a contact's agent, whose connection it is. What comes of it is told
	// by DeskPhoneAnswered and DeskPhoneDisconnected; DropAgent and End end it.
	DialDeskPhone(id ContactID, connection ConnectionID, number, from string)
	// Dial calls the customer of an outbound contact; the agent's audio is there.
	Dial(id ContactID, number, from string)
	// DropAgent ends the agent's audio; the customer stays and hears music.
	DropAgent(ContactID)
	// End ends all audio of a contact.
	End(ContactID)
	// Digits presses keys towards the customer.
	Digits(id ContactID, keys string)
}
