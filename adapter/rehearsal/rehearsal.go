// Package rehearsal runs flows on a stage: what they would do is written down, what the world would answer is given, and nothing leaves
// the machine.
//
// Read first: Test, Stage, Check. It is pure: no clock of its own, no files, no network.
package rehearsal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/internal/textfile"
)

// Test is one case of a flow, as it stands in the flow's own file under x-patchcord.tests.
type Test struct {
	Name   string `json:"name"`
	Event  Event  `json:"event"`
	Stubs  []Stub `json:"stubs,omitempty"`
	Expect Expect `json:"expect"`
}

// Event is what fires the flow. Source and Event say so to people; the flow sees the rest.
type Event struct {
	Source  string         `json:"source,omitempty"`
	Event   string         `json:"event,omitempty"`
	Payload map[string]any `json:"payload,omitempty"`
	Contact *Contact       `json:"contact,omitempty"`
	Agent   map[string]any `json:"agent,omitempty"`
	Country string         `json:"country,omitempty"` // ISO 3166 code of numbers without a country code
	// Properties are what the agent's flows have set before.
	Properties map[string]any `json:"properties,omitempty"`
}

// Contact is the event's contact, under the names by which expressions read it.
type Contact struct {
	ID          string            `json:"contactId"`
	InitialID   string            `json:"originalContactId,omitempty"`
	Type        string            `json:"type"`
	State       string            `json:"state,omitempty"`
	Inbound     bool              `json:"isInbound"`
	PhoneNumber string            `json:"phoneNumber,omitempty"`
	QueueName   string            `json:"queueName,omitempty"`
	QueueARN    string            `json:"queueARN,omitempty"`
	Method      string            `json:"initiationMethod,omitempty"`
	Attributes  map[string]string `json:"attributes,omitempty"`
}

// Stub is what an action, or every action of a block, answers in place of its own work: in a flow that was called with where that was, as
// in uid-3:1/uid-2. Of several for one, each is taken once, in order, and the last from then on.
type Stub struct {
	Action flow.ActionID `json:"action,omitempty"`
	Block  string        `json:"block,omitempty"` // type
	Answer any           `json:"answer,omitempty"`
	Port   flow.Port     `json:"port,omitempty"`   // by which it leaves; else as it would if all went well
	Refuse string        `json:"refuse,omitempty"` // why it could not do its work
}

// Effect is something that would have been done outside.
type Effect struct {
	Action flow.ActionID  `json:"action"`
	Block  string         `json:"block"` // type
	With   map[string]any `json:"with,omitempty"`
}

// Expect is what must be so after the run; what is left out does not count.
type Expect struct {
	Status  flow.Status `json:"status,omitempty"`
	Problem string      `json:"problem,omitempty"` // that the run's problem contains
	Path    []string    `json:"path,omitempty"`    // actions in order, each with the port it left by or without: uid-1, uid-2:failure
	Effects *[]Effect   `json:"effects,omitempty"` // in order; of what they are done with, all that is given here must be so
}

// maxTests bounds the tests of one flow.
const maxTests = 500

// Tests are the cases that a flow's file has. An error says what is wrong with them.
func Tests(d flow.Document) ([]Test, error) {
	raw := d.Own("tests")
	if raw == nil {
		return nil, nil
	}
	var tests []Test
	if err := strictly(raw, &tests); err != nil {
		return nil, err
	}
	if len(tests) > maxTests {
		return nil, fmt.Errorf("it has %d tests, more than %d", len(tests), maxTests)
	}
	for i, t := range tests {
		for _, s := range t.Stubs {
			if (s.Action == "") == (s.Block == "") {
				return nil, fmt.Errorf("test %d (%s): a stub names an action or a block", i+1, t.Name)
			}
		}
	}
	return tests, nil
}

// Occasion is an event from a file, with what is answered.
type Occasion struct {
	Event
	Stubs []Stub `json:"stubs,omitempty"`
	// Flows are those that may be called, by their names.
	Flows map[string]flow.Document `json:"-"`
}

// ReadOccasion reads an event from a file.
func ReadOccasion(raw []byte) (Occasion, error) {
	var o Occasion
	text, err := textfile.Decode(raw)
	if err != nil {
		return o, fmt.Errorf("it %w", err)
	}
	return o, strictly(text, &o)
}

// strictly refuses keys that nobody reads: misspelt, they would make a test that checks nothing.
func strictly(raw []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows it")
	}
	return nil
}

// as is the event for the language.
func (e Event) as() flow.Event {
	out := flow.Event{Payload: e.Payload, Agent: e.Agent, Country: e.Country}
	if c := e.Contact; c != nil {
		out.Contact = &flow.Contact{ID: c.ID, InitialID: c.InitialID, Type: c.Type, State: c.State, Inbound: c.Inbound,
			PhoneNumber: c.PhoneNumber, QueueName: c.QueueName, QueueARN: c.QueueARN, Method: c.Method, Attributes: c.Attributes}
		if c.InitialID == "" {
			out.Contact.InitialID = c.ID
		}
	}
	return out
}
