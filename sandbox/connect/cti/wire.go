package cti

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// The snapshot's shapes on the wire. Times are epoch seconds. Source: what Amazon Connect Streams sends and takes.

type wireState struct {
	ARN   string  `json:"agentStateARN,omitempty"`
	Type  string  `json:"type"`
	Name  string  `json:"name"`
	Start float64 `json:"startTimestamp,omitempty"`
}

type wireTimed struct {
	Type string  `json:"type"`
	At   float64 `json:"timestamp"`
}

type wireEndpoint struct {
	ARN         string `json:"endpointARN,omitempty"`
	Type        string `json:"type"`
	Name        string `json:"name,omitempty"`
	PhoneNumber string `json:"phoneNumber,omitempty"`
	Login       string `json:"agentLogin,omitempty"`
}

type wireConnection struct {
	ID       string       `json:"connectionId"`
	Type     string       `json:"type"`
	Initial  bool         `json:"initial"`
	State    wireTimed    `json:"state"`
	Endpoint wireEndpoint `json:"endpoint"`
	Media    *wireMedia   `json:"softphoneMediaInfo,omitempty"`
}

type wireMedia struct {
	CallType   string `json:"callType"`
	AutoAccept bool   `json:"autoAccept"`
	Token      string `json:"callContextToken"`
	Config     string `json:"callConfigJson"`
}

type wireAttribute struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type wireContact struct {
	ID          string                   `json:"contactId"`
	Initial     string                   `json:"initialContactId"`
	Type        string                   `json:"type"`
	State       wireTimed                `json:"state"`
	Queue       map[string]any           `json:"queue"`
	Queued      float64                  `json:"queueTimestamp"`
	Method      string                   `json:"initiationMethod"`
	Attributes  map[string]wireAttribute `json:"attributes"`
	Features    map[string]bool          `json:"contactFeatures"`
	Connections []wireConnection         `json:"connections"`
	Customer    *wireEndpoint            `json:"customerEndpoint,omitempty"`
	System      wireEndpoint             `json:"connectSystemEndpoint"`
}

type wireSnapshot struct {
	State        wireState      `json:"state"`
	Next         *wireState     `json:"nextState,omitempty"`
	Availability map[string]any `json:"agentAvailabilityState"`
	Contacts     []wireContact  `json:"contacts"`
	At           float64        `json:"snapshotTimestamp"`
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

func (s *server) wireSnapshot(agent connect.User, snap connect.Snapshot) (wireSnapshot, error) {
	st := s.cfg.Centre.State()
	state := func(a connect.AgentState) wireState {
		w := wireState{Type: string(a.Type), Name: a.Name, Start: seconds(a.Since)}
		if a.ID != "" {
			w.ARN = st.Instance.StatusARN(a.ID)
		}
		return w
	}
	out := wireSnapshot{State: state(snap.State), Contacts: []wireContact{}, At: seconds(s.cfg.Clock.Now())}
	available := snap.State.Name
	if snap.Next != nil {
		next := state(*snap.Next)
		out.Next = &next
	}
	for _, c := range snap.Contacts {
		w, err := s.wireContact(st, agent, c)
		if err != nil {
			return out, err
		}
		out.Contacts = append(out.Contacts, w)
		if c.State == connect.Connecting && c.Inbound {
			available = "PendingBusy"
		}
	}
	out.Availability = map[string]any{"state": available, "timeStamp": seconds(snap.State.Since)}
	return out, nil
}

func (s *server) wireContact(st connect.State, agent connect.User, c connect.Contact) (wireContact, error) {
	media, err := s.media(agent, c)
	if err != nil {
		return wireContact{}, err
	}
	customer := wireEndpoint{Type: "phone_number", PhoneNumber: c.Customer}
	if c.Customer == "" {
		customer.PhoneNumber = "anonymous" // the service's word for a number that is withheld, or none
	}
	method, kind := strings.ToLower(string(c.InitiationMethod)), "inbound"
	if !c.Inbound {
		kind = "outbound"
	}
	w := wireContact{
		ID: string(c.ID), Initial: string(c.ID), Type: "voice", State: wireTimed{string(c.State), seconds(c.Since)},
		Queue: s.queue(st, c.Queue), Queued: seconds(c.Queued), Method: method,
		Attributes: map[string]wireAttribute{}, Features: map[string]bool{"multiPartyConferenceEnabled": false},
		Customer: &customer, System: wireEndpoint{Type: "phone_number", PhoneNumber: c.System},
	}
	for name, value := range c.Attributes {
		w.Attributes[name] = wireAttribute{name, value}
	}
	w.Connections = []wireConnection{
		{
			ID:    string(c.AgentConnection.ID),
			Type:  "agent",
			State: wireTimed{string(c.AgentConnection.State), seconds(c.AgentConnection.Since)},
			Media: media,
			Endpoint: wireEndpoint{
				ARN:   st.Instance.AgentARN(agent.ID),
				Type:  "agent",
				Name:  agent.Username,
				Login: agent.Username,
			},
		},
		{
			ID:       string(c.CustomerConnection.ID),
			Type:     kind,
			Initial:  true,
			State:    wireTimed{string(c.CustomerConnection.State), seconds(c.CustomerConnection.Since)},
			Endpoint: customer,
		},
	}
	return w, nil
}

// media is what the softphone needs for a call; nil for one at a desk phone. The addresses are those of
// CreateTransport. Source: §3.1, §6.1.
func (s *server) media(agent connect.User, c connect.Contact) (*wireMedia, error) {
	if c.DeskPhone != "" {
		return nil, nil
	}
	servers, err := s.cfg.Softphone.Servers(agent.Username)
	if err != nil {
		return nil, err
	}
	config, err := json.Marshal(map[string]any{"useWebSocketProvider": true,
		"signalingEndpoint": "wss://unused.invalid/rtc", "iceServers": servers})
	return &wireMedia{"AUDIO_ONLY", c.AutoAccept, string(c.ID), string(config)}, err
}
