package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/patchcord/patchcord/adapter/wire"
)

// call is one contact, and what its agent's page could know of it.
type call struct {
	agent                  int
	id, number             string
	record, decoy          string // whose number it is, "" for a stranger; and who has the same last digits in another country
	inbound                bool
	rang, connected, ended time.Time // zero if it never was
	// Whether a page told it, or could have.
	heardRing, heardAnswer bool
}

// centre is the contact centre as one agent has it: one call at a time, and what just ended.
type centre struct {
	n        int
	browser  *browser
	org      *ledgerOrg
	random   *rand.Rand // of the agent's loop alone
	numbers  *atomic.Int64
	dialling chan string // numbers that the panel was asked to call

	mu       sync.Mutex // guards what follows
	busy     bool
	contacts []wire.Contact
	since    []string // by contact: the event of its state
	calls    []*call
}

func (c *centre) agent() wire.Agent {
	return wire.Agent{Username: fmt.Sprintf("agent-%d", c.n), Name: fmt.Sprintf("Agent %d", c.n), State: "Available"}
}

// list hands over all contacts, while nothing changes them.
func (c *centre) list(to func([]wire.Contact)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to(slices.Clone(c.contacts))
}

// snapshot lets a page see, and tells it again the state of what is on.
func (c *centre) snapshot(ctx context.Context, see func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	see()
	for i, contact := range c.contacts {
		if c.since[i] == "onMissed" {
			c.say(ctx, contact, "onMissed", true)
			c.say(ctx, contact, "onEnded", true)
			continue
		}
		c.say(ctx, contact, c.since[i], true)
	}
}

// say tells the page an event of a contact; c.mu is held.
func (c *centre) say(ctx context.Context, contact wire.Contact, event string, replay bool) {
	if c.browser.real != nil {
		c.heard(contact.ContactID, event, c.browser.real.happens(c.shown(), contact.ContactID, event))
		return
	}
	agent := c.agent()
	heard := c.browser.tell(ctx, wire.Event{Source: "connectVoiceContact", Event: event, Replay: replay, Contact: &contact, Agent: &agent,
		Key: fmt.Sprintf("%s:%s:%d", contact.ContactID, event, contact.Since)}, false)
	c.heard(contact.ContactID, event, heard)
}

// heard notes that a page knows an event of a contact; c.mu is held.
func (c *centre) heard(contactID, event string, heard bool) {
	for _, one := range c.calls {
		if one.id == contactID {
			one.heardRing = one.heardRing || heard
			one.heardAnswer = one.heardAnswer || heard && event == "onConnected"
		}
	}
}

// moves takes the call into a state, and tells it.
func (c *centre) moves(ctx context.Context, state string, events ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := c.calls[len(c.calls)-1]
	now := time.Now()
	i := len(c.contacts) - 1
	contact := &c.contacts[i]
	contact.State, contact.Since = state, now.UnixMilli()
	switch state {
	case "connected":
		contact.ConnectedAt, last.connected = now.UnixMilli(), now
	case "ended", "missed":
		last.ended = now
		if !last.connected.IsZero() {
			contact.Duration = now.Sub(last.connected).Milliseconds()
		}
	}
	c.since[i] = events[0]
	for _, event := range events {
		c.say(ctx, *contact, event, false)
	}
}

// leaves takes the call off the agent's list.
func (c *centre) leaves(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.say(ctx, c.contacts[len(c.contacts)-1], "onDestroy", false)
	c.contacts, c.since, c.busy = nil, nil, false
}

// begins offers the agent a contact, or begins one that was dialled.
func (c *centre) begins(ctx context.Context, one *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := time.Now()
	one.agent, one.rang = c.n, now
	c.busy = true
	c.calls = append(c.calls, one)
	method := "OUTBOUND"
	if one.inbound {
		method = "INBOUND"
	}
	contact := wire.Contact{ContactID: one.id, InitialContactID: one.id, Type: "voice", State: "connecting", Inbound: one.inbound,
		PhoneNumber: one.number, QueueName: "Support", InitiationMethod: method, Since: now.UnixMilli()}
	c.contacts, c.since = append(c.contacts, contact), append(c.since, "onConnecting")
	c.say(ctx, contact, "onConnecting", false)
}

// dial asks the panel for a call; false while the agent has one.
func (c *centre) dial(number string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy {
		return false
	}
	select {
	case c.dialling <- number:
		return true
	default:
		return false
	}
}

// work has the agent take calls and click on numbers until ctx ends; what has begun comes to its end.
func (c *centre) work(ctx, until context.Context) {
	for until.Err() == nil {
		select {
		case number := <-c.dialling:
			c.outbound(ctx, number)
			continue
		case <-time.After(c.between(300, 1800)):
		}
		if c.random.IntN(10) == 0 {
			c.clicks(ctx)
			continue
		}
		c.inbound(ctx)
	}
}

func (c *centre) between(from, to int) time.Duration {
	return time.Duration(from+c.random.IntN(to-from)) * time.Millisecond
}

// inbound is a call from its ring to its end: of somebody known here, or abroad where another has the same digits, or of a stranger.
func (c *centre) inbound(ctx context.Context) {
	k := c.numbers.Add(1)
	one := &call{id: fmt.Sprintf("contact-%d-%d", c.n, k), inbound: true, number: fmt.Sprintf("+1206%07d", 2_000_000+k)}
	switch c.random.IntN(10) {
	case 0, 1: // a stranger
	case 2:
		one.number, one.record, one.decoy = fmt.Sprintf("+4420%08d", 79_000_000+k), person(k), decoyOf(k)
		c.org.enlist(one.decoy, fmt.Sprintf("+120%08d", 79_000_000+k))
	default:
		one.record = person(k)
	}
	if one.record != "" {
		c.org.enlist(one.record, one.number)
	}
	c.begins(ctx, one)
	if !wait(ctx, c.between(1000, 3000)) {
		return
	}
	if c.random.IntN(7) == 0 {
		c.moves(ctx, "missed", "onMissed", "onEnded")
	} else {
		c.talks(ctx)
	}
	wait(ctx, c.between(200, 1500))
	c.leaves(ctx)
}

// talks answers the call and ends it.
func (c *centre) talks(ctx context.Context) {
	c.mu.Lock()
	c.say(ctx, c.contacts[len(c.contacts)-1], "onAccepted", false)
	c.mu.Unlock()
	c.moves(ctx, "connected", "onConnected")
	wait(ctx, c.between(2000, 6000))
	c.moves(ctx, "ended", "onEnded")
}

func (c *centre) outbound(ctx context.Context, number string) {
	var k int64
	_, _ = fmt.Sscanf(number, "+1312%d", &k)
	k -= 2_000_000
	c.begins(ctx, &call{id: fmt.Sprintf("contact-%d-%d", c.n, k), number: number, record: clicked(k)})
	wait(ctx, c.between(500, 1500))
	c.talks(ctx)
	wait(ctx, c.between(200, 1000))
	c.leaves(ctx)
}

// clicks clicks on a number in a record.
func (c *centre) clicks(ctx context.Context) {
	k := c.numbers.Add(1)
	payload, _ := json.Marshal(map[string]string{ // texts
		"number": fmt.Sprintf("+1312%07d", 2_000_000+k), "recordId": clicked(k), "objectType": "Case",
	})
	if c.browser.real != nil {
		c.browser.real.clicks(payload)
		return
	}
	c.browser.tell(ctx, wire.Event{
		Source: "salesforceUi", Event: "onClickToDial", Key: fmt.Sprintf("ui:onClickToDial:%d", k), Payload: payload,
	}, true)
}

func person(k int64) string  { return fmt.Sprintf("003%012dAAA", k) }
func decoyOf(k int64) string { return fmt.Sprintf("0039%011dAAA", k) }
func clicked(k int64) string { return fmt.Sprintf("500%012dAAA", k) }
