package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/journal"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	flowWithin    = flow.MaxDuration + 5*time.Second
	commandWithin = 10 * time.Second
	// stale is the age at which an event no longer makes anything happen: nobody wants a pop for a call of an hour ago.
	stale = 5 * time.Minute
)

// laneOf keeps the events of a contact in their order, and those of an agent; what happens in the console waits for nothing.
func laneOf(r journal.Record) string {
	switch {
	case r.Event.Contact != nil:
		return r.UserID + "|" + r.Event.Contact.ContactID
	case r.Event.Source == "connectAgent":
		return r.UserID
	}
	return ""
}

// runFlows deals with an event, and tells the call log when that was a call's last.
func (a *Adapter) runFlows(ctx context.Context, r journal.Record) error {
	if err := a.fire(ctx, r); err != nil {
		return err
	}
	if ended(r) {
		return a.calls.settle(ctx, r)
	}
	return nil
}

// fire runs the flows that an event fires, each once per occurrence, in the order of their names.
func (a *Adapter) fire(ctx context.Context, r journal.Record) error {
	if a.cfg.Clock.Now().Sub(time.UnixMilli(r.Event.At)) > stale {
		a.cfg.Log.InfoContext(ctx, "event too old to act on", "event", r.Event.Event, "contact", contactID(r.Event))
		return nil
	}
	if err := a.calls.note(ctx, r); err != nil {
		return err
	}
	record, err := a.records.ForUser(ctx, r.UserID)
	if f := fault.Of(err); err != nil && f.Kind != fault.Internal {
		return nil // the page was told when it connected
	}
	if err != nil {
		return err
	}
	for _, f := range record.For(r.Event.Source, r.Event.Event) {
		if err := a.runOnce(ctx, record, f, r); err != nil {
			return err
		}
	}
	return nil
}

// runOnce runs one flow unless this occurrence has run it. A run that was cut short comes back and repeats its commands under the same
// ids, so that the page carries out only what it has not.
func (a *Adapter) runOnce(ctx context.Context, record records.Adapter, f records.Flow, r journal.Record) error {
	key := f.ID + "|" + r.UserID + "|" + r.Event.Key
	if done, err := a.store.Done(ctx, key); err != nil || done {
		return err
	}
	host := &pageHost{hub: a.hub, userID: r.UserID, key: key, event: r.Event, country: record.DefaultCountry}
	started := a.cfg.Clock.Now()
	result := flow.Run(ctx, f.Flow, host.flowEvent(), host, a.cfg.Clock.Now)
	took := a.cfg.Clock.Now().Sub(started)
	if result.Status == flow.Cancelled {
		return fmt.Errorf("flow %s: %s", f.Name, result.Problem)
	}
	a.metrics.runs.WithLabelValues(string(result.Status)).Inc()
	if why := notDialled(r, result); why != "" && !host.asked() {
		a.hub.Notify(r.UserID, wire.Notice{Level: "warning", Text: why})
	}
	a.cfg.Log.InfoContext(ctx, "flow ran", "flow", f.Name, "contact", contactID(r.Event), "status", result.Status,
		"took", took, "problem", result.Problem)
	steps, err := json.Marshal(result.Steps)
	if err != nil {
		return err
	}
	agent := ""
	if r.Event.Agent != nil {
		agent = r.Event.Agent.Username
	}
	popped := ""
	if r.Event.Contact != nil {
		popped = host.poppedRecord()
	}
	return a.store.Ran(ctx, store.Run{
		ID: key, Contact: contactID(r.Event), Agent: agent, Flow: f.Name, Event: r.Event.Event,
		Status: string(result.Status), Problem: result.Problem, Started: started, Took: took, Steps: steps,
	}, popped)
}

// notDialled is why a click on a number came to nothing before the page was asked; a page that refuses says so itself.
func notDialled(r journal.Record, result flow.Journal) string {
	if r.Event.Source != "salesforceUi" || r.Event.Event != "onClickToDial" {
		return ""
	}
	for _, step := range result.Steps {
		if step.Type == flow.DialNumber.Type && step.Port == flow.Failure {
			return step.Problem
		}
	}
	return ""
}

func contactID(e wire.Event) string {
	if e.Contact == nil {
		return ""
	}
	return e.Contact.ContactID
}

// pageHost lets a run's blocks act through the agent's softphone page.
type pageHost struct {
	hub         *socket.Hub
	userID, key string
	event       wire.Event
	country     string

	mu     sync.Mutex // guards what follows
	n      int        // commands so far
	popped string
}

var _ flow.Host = (*pageHost)(nil)

// Do sends a command to the page. Its id is the same when the run is repeated.
func (h *pageHost) Do(ctx context.Context, command any) (any, error) {
	body, err := commandBody(command)
	if err != nil {
		return nil, err
	}
	h.mu.Lock()
	h.n++
	id := fmt.Sprintf("%s|%d", h.key, h.n)
	h.mu.Unlock()
	limited, cancel := context.WithTimeout(ctx, commandWithin)
	defer cancel()
	raw, err := h.hub.Do(limited, h.userID, id, body)
	if refused, ok := errors.AsType[*socket.Refused](err); ok {
		return nil, &flow.Refused{Reason: refused.Reason}
	}
	if errors.Is(err, socket.ErrNoPage) && ctx.Err() == nil {
		return nil, &flow.Refused{Reason: "the softphone page did not answer in time"}
	}
	if err != nil || len(raw) == 0 {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, fmt.Errorf("answer of the page: %w", err)
	}
	h.note(command, value)
	return value, nil
}

// asked says whether the run asked the page for anything.
func (h *pageHost) asked() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.n > 0
}

// note remembers which record popped.
func (h *pageHost) note(command, value any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch command := command.(type) {
	case flow.Pop:
		h.popped = command.RecordID
	case flow.SearchPop:
		if id, ok := onlyRecord(value); ok && !command.Deferred && command.CallType == "inbound" {
			h.popped = id
		}
	}
}

// onlyRecord is the id of the record when a search gave exactly one. Source: Open CTI, searchAndScreenPop: records by id, and
// SCREEN_POP_DATA beside them.
func onlyRecord(value any) (string, bool) {
	records, ok := value.(map[string]any)
	if !ok {
		return "", false
	}
	only := ""
	for id := range records {
		if id == "SCREEN_POP_DATA" {
			continue
		}
		if only != "" {
			return "", false
		}
		only = id
	}
	return only, only != ""
}

func (h *pageHost) poppedRecord() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.popped
}

// Contact is the contact of the event.
func (h *pageHost) Contact() (flow.Contact, bool) {
	c := h.event.Contact
	if c == nil {
		return flow.Contact{Country: h.country}, false
	}
	return flow.Contact{
		ID: c.ContactID, InitialID: c.InitialContactID, Type: c.Type, State: c.State, Inbound: c.Inbound, PhoneNumber: c.PhoneNumber,
		QueueName: c.QueueName, QueueARN: c.QueueARN, Method: c.InitiationMethod, Attributes: c.Attributes, Country: h.country,
	}, true
}

func (h *pageHost) flowEvent() flow.Event {
	e := flow.Event{}
	if c, ok := h.Contact(); ok {
		e.Contact = &c
	}
	if len(h.event.Payload) > 0 && json.Unmarshal(h.event.Payload, &e.Payload) != nil {
		e.Payload = nil
	}
	if a := h.event.Agent; a != nil {
		e.Agent = map[string]any{"name": a.Name, "username": a.Username, "state": a.State, "routingProfile": a.RoutingProfile}
	}
	return e
}

func commandBody(command any) (wire.CommandBody, error) {
	switch c := command.(type) {
	case flow.SearchPop:
		return wire.CommandBody{Type: "searchAndScreenPop", SearchPop: &wire.SearchPop{
			SearchParams: c.Search, QueryParams: c.Query, DefaultFieldValues: c.Defaults, CallType: c.CallType, Deferred: c.Deferred,
		}}, nil
	case flow.Pop:
		return wire.CommandBody{Type: "screenPop", ScreenPop: &wire.ScreenPop{RecordID: c.RecordID}}, nil
	case flow.Dial:
		return wire.CommandBody{Type: "dial", Dial: &wire.Dial{PhoneNumber: c.PhoneNumber, QueueARN: c.QueueARN}}, nil
	case flow.LogLine:
		return wire.CommandBody{Type: "log", Log: &wire.LogLine{Level: c.Level, Message: c.Message}}, nil
	}
	return wire.CommandBody{}, fmt.Errorf("no command for %T", command)
}
