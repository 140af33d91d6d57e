package connect

import (
	"maps"
	"slices"
	"time"
)

// Record is what is known of a contact, also after it has ended. Zero times have not come.
type Record struct {
	ID                              ContactID
	InitiationMethod                InitiationMethod
	Customer, System                string
	Queue                           QueueID
	Agent                           AgentID
	Began, Queued, Connected, Ended time.Time
	WorkBegan, WorkEnded            time.Time
	Reason                          string // why it ended: CUSTOMER_DISCONNECT, AGENT_DISCONNECT …
	Attributes                      map[string]string
	Name, Description               string
	State                           ContactState // in its agent's eyes
	Missed                          int          // agents who let it go by
	Hold                            time.Duration
	holdBegan                       time.Time
}

// maxRecords is how many contacts are remembered; the oldest that have ended are forgotten first.
const maxRecords = 10_000

// Why a contact ended. Source: Amazon Connect API reference.
const (
	byCustomer       = "CUSTOMER_DISCONNECT"
	byAgent          = "AGENT_DISCONNECT"
	byAPI            = "API"
	byFlow           = "CONTACT_FLOW_DISCONNECT"
	byTelecomProblem = "TELECOM_PROBLEM"
)

// openRecord opens a contact's record; c.mu is held.
func (c *Centre) openRecord(k *contact) {
	k.rec = &Record{
		ID:               k.ID,
		InitiationMethod: k.InitiationMethod,
		Customer:         k.Customer,
		System:           k.System,
		Queue:            k.Queue,
		Began:            k.Began,
		Attributes:       k.Attributes,
	}
	c.records[k.ID] = k.rec
	if c.order = append(c.order, k.ID); len(c.order) > maxRecords {
		i := slices.IndexFunc(c.order, func(id ContactID) bool { return !c.records[id].Ended.IsZero() })
		if i >= 0 {
			delete(c.records, c.order[i])
			c.order = slices.Delete(c.order, i, i+1)
		}
	}
}

// close notes the end of a contact, once; c.mu is held.
func (r *Record) close(now time.Time, reason string) {
	if r.Ended.IsZero() {
		r.Ended, r.Reason = now, reason
		r.unhold(now)
	}
}

func (r *Record) unhold(now time.Time) {
	if !r.holdBegan.IsZero() {
		r.Hold += now.Sub(r.holdBegan)
		r.holdBegan = time.Time{}
	}
}

// Record is what is known of a contact; ErrNoContact if nothing is.
func (c *Centre) Record(id ContactID) (Record, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.records[id]
	if !ok {
		return Record{}, ErrNoContact
	}
	return r.copy(c), nil
}

func (r *Record) copy(c *Centre) Record {
	now := *r
	now.Attributes = maps.Clone(r.Attributes)
	if k, ok := c.contacts[r.ID]; ok {
		now.State = k.State
	}
	return now
}

// Records are all contacts that are remembered, in the order they began.
func (c *Centre) Records() []Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := make([]Record, 0, len(c.order))
	for _, id := range c.order {
		all = append(all, c.records[id].copy(c))
	}
	return all
}

const maxAttributes = 32 << 10 // bytes of names and values

// SetAttributes gives a contact attributes; others stay as they are. They may come after its end too.
func (c *Centre) SetAttributes(id ContactID, values map[string]string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.records[id]
	if !ok {
		return ErrNoContact
	}
	all := maps.Clone(r.Attributes)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, values)
	size := 0
	for name, value := range all {
		if name == "" || len(name) > 32767 {
			return invalid("Attributes", "An attribute's name has 1 to 32767 characters.")
		}
		size += len(name) + len(value)
	}
	if size > maxAttributes {
		return invalid("Attributes", "The attributes of a contact may have at most 32 kilobytes.")
	}
	r.Attributes = all
	if k, ok := c.contacts[id]; ok {
		k.Attributes = all
		if k.agent != nil {
			c.publish(k.agent)
		}
	}
	return nil
}

// UpdateContact gives a contact a name and a description; nil leaves one as it is.
func (c *Centre) UpdateContact(id ContactID, name, description *string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	r, ok := c.records[id]
	if !ok {
		return ErrNoContact
	}
	if name != nil {
		r.Name = *name
	}
	if description != nil {
		r.Description = *description
	}
	return nil
}

// StopContact ends a contact from the API; ErrNoContact if it is not there, or has ended.
func (c *Centre) StopContact(id ContactID) error {
	c.mu.Lock()
	defer c.unlock()
	k, ok := c.contacts[id]
	if !ok || k.disconnected || k.agent != nil && !k.live() {
		return ErrNoContact
	}
	k.rec.close(c.cfg.Clock.Now(), byAPI)
	c.endByCustomer(k, Cleared)
	return nil
}

// Waiting are the contacts in queues, those that wait longest first.
func (c *Centre) Waiting() []Contact {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []Contact
	for _, id := range c.waiting {
		all = append(all, c.contacts[id].Contact)
	}
	return all
}
