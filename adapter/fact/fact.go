// Package fact is what happened: told by a page, or told by the adapter to itself because nobody told it.
//
// Read first: Fact, Date, Check. It is pure: it knows no clock, no store and no socket.
package fact

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

// Fact is one occurrence, as it is kept. User and Key together name it: it counts once.
type Fact struct {
	User string `json:"user"` // CRM user of the page that told it, 18 characters
	Key  string `json:"key"`
	Page string `json:"page"`
	// At is when it happened, by the adapter's clock.
	At     time.Time `json:"at"`
	Source string    `json:"source"`
	Event  string    `json:"event"`
	// Derived says that nobody told it: it follows from what a page sees, or sees no more.
	Derived bool `json:"derived,omitempty"`
	// Misdated says that the page's age made no sense: At is the arrival.
	Misdated bool            `json:"misdated,omitempty"`
	Replay   bool            `json:"replay,omitempty"`
	Contact  *wire.Contact   `json:"contact,omitempty"`
	Agent    *wire.Agent     `json:"agent,omitempty"`
	Payload  json.RawMessage `json:"payload,omitempty"`
}

// ContactID is the contact that it is about; "" for none.
func (f Fact) ContactID() string {
	if f.Contact == nil {
		return ""
	}
	return f.Contact.ContactID
}

// Name is source and event, as flows are fired by it.
func (f Fact) Name() string { return f.Source + "." + f.Event }

// Oldest is how long a page keeps what was not acknowledged; what claims to be older is dated at its arrival.
const Oldest = 7 * 24 * time.Hour

// Date is when something happened that arrived now and is said to be so many milliseconds old. An age that makes no sense counts as none.
func Date(now time.Time, age int64) (at time.Time, misdated bool) {
	if age < 0 || age > Oldest.Milliseconds() {
		return now, true
	}
	return now.Add(-time.Duration(age) * time.Millisecond), false
}

// ahead is how far the contact centre's clock may be ahead of the adapter's.
const ahead = time.Hour

// Plausible is an agent whose state began at most an hour after it was told, by the adapter's clock: what is said to begin later, by a
// clock that was set back since or by a page that lies, would have nothing else count until then.
func Plausible(a wire.Agent, told time.Time) wire.Agent {
	a.Since = min(a.Since, told.Add(ahead).UnixMilli())
	return a
}

// Sources of facts. Source: the original adapter's manual, but for Patchcord, which is ours.
const (
	Start     = "initialization"
	Agent     = "connectAgent"
	Voice     = "connectVoiceContact"
	Callback  = "connectQueueCallbackContact"
	Chat      = "connectChatContact"
	Task      = "connectTaskContact"
	Interface = "salesforceUi"
	Presence  = "salesforceAgent"
	WorkItem  = "salesforceAgentWork"
	Patchcord = "patchcord"
)

// SourceOf is the source of a contact's events, by the contact's type.
func SourceOf(contactType string) string {
	switch contactType {
	case "queue_callback":
		return Callback
	case "chat":
		return Chat
	case "task":
		return Task
	}
	return Voice
}

// Bounds of a fact.
const (
	MaxKey        = 400 // bytes
	maxID         = 256 // bytes of a contact's id
	maxAttributes = 32 << 10
	maxText       = 1 << 10
)

var sources = map[string]bool{
	Start: true,
	Agent: true, Voice: true, Callback: true, Chat: true, Task: true, Interface: true, Presence: true, WorkItem: true, Patchcord: true,
}

// Check says why an event can be no fact, however often it is sent; "" if it can.
func Check(e wire.Event) string {
	switch {
	case e.Key == "" || len(e.Key) > MaxKey:
		return "its key is missing or too long"
	case !sources[e.Source]:
		return "its source is not known"
	case !isWord(e.Event):
		return "its event is no word"
	case e.Contact != nil && e.Source != SourceOf(e.Contact.Type):
		return "its source is not that of its contact"
	case e.Contact == nil && strings.HasSuffix(e.Source, "Contact"):
		return "it is about a contact and names none"
	case e.Source == Agent && e.Agent == nil:
		return "it is about the agent and names none"
	}
	if e.Agent != nil {
		if why := CheckAgent(*e.Agent); why != "" {
			return why
		}
	}
	if e.Contact != nil {
		return CheckContact(*e.Contact)
	}
	return ""
}

// CheckAgent says why nobody can be such an agent; "" if somebody can.
func CheckAgent(a wire.Agent) string {
	for _, text := range []string{a.Username, a.Name, a.State, a.RoutingProfile} {
		if len(text) > maxText {
			return "its agent has a text that is too long"
		}
	}
	return ""
}

// CheckContact says why a contact can be none that happened; "" if it can.
func CheckContact(c wire.Contact) string {
	size := 0
	for name, value := range c.Attributes {
		size += len(name) + len(value)
	}
	switch {
	case c.ContactID == "" || len(c.ContactID) > maxID || len(c.InitialContactID) > maxID:
		return "its contact has no id, or one that is too long"
	case size > maxAttributes: // Source: Amazon Connect, attributes of a contact: 32 KB
		return "its contact's attributes are larger than 32 KB"
	}
	for _, text := range []string{c.PhoneNumber, c.QueueName, c.QueueARN, c.State, c.Type, c.InitiationMethod} {
		if len(text) > maxText {
			return "its contact has a text that is too long"
		}
	}
	return ""
}

// isWord is true for a name such as onConnecting.
func isWord(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return text != "" && len(text) <= 40
}

// Of is the fact that an event tells.
func Of(user, page string, e wire.Event, now time.Time) Fact {
	at, misdated := Date(now, e.Age)
	if e.Agent != nil {
		e.Agent = new(Plausible(*e.Agent, at))
	}
	return Fact{
		User: user, Key: e.Key, Page: page, At: at, Source: e.Source, Event: e.Event, Misdated: misdated, Replay: e.Replay,
		Contact: e.Contact, Agent: e.Agent, Payload: e.Payload,
	}
}

// Refused is why a fact was not kept, and when it may be told again; never if After is 0.
type Refused struct {
	Reason string // as wire.Refusal has it
	After  time.Duration
}

// Error is the reason.
func (e *Refused) Error() string { return "fact not kept: " + e.Reason }
