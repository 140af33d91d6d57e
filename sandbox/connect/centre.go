package connect

import (
	"log/slog"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
)

const (
	maxContacts = 1000 // at once
	maxDigits   = 15   // of a number that is dialled

	returnWithin = 15 * time.Second // after a restart, until a softphone that has not come back is taken for one that will not
)

// Config is what a centre needs.
type Config struct {
	Clock clock.Clock
	IDs   func() string // fresh UUIDs
	Log   *slog.Logger
	State State // as delivered, or as it was kept
	// Keep hears of every change of what is to be kept, one after another; nil keeps nothing.
	Keep func(State) error
}

// Centre owns all agents and contacts. It is safe for concurrent use.
type Centre struct {
	cfg     Config
	media   Media
	keeping sync.Mutex // one change of configuration at a time; taken before mu, and held while it is kept

	mu       sync.Mutex // guards what follows; media is called with it held, and returns at once
	state    State      // Chosen is read from agents
	agents   map[AgentID]*agent
	contacts map[ContactID]*contact
	waiting  []ContactID // in the queue, longest first
	unkept   bool        // an agent has chosen another status
	records  map[ContactID]*Record
	order    []ContactID // of records
	delay    clock.Timer // until a contact has waited long enough for somebody
}

// New makes a centre; SetMedia must follow before calls come. Agents are in the status that they had chosen last.
func New(cfg Config) *Centre {
	c := &Centre{cfg: cfg, state: cfg.State, agents: map[AgentID]*agent{}, contacts: map[ContactID]*contact{},
		records: map[ContactID]*Record{}}
	c.state.addDefaults()
	for _, u := range c.state.Users {
		c.agents[u.ID] = c.newAgent(u)
	}
	c.awaitSoftphones()
	return c
}

// awaitSoftphones holds calls back from agents who were available when the centre ended, until their softphones are back.
func (c *Centre) awaitSoftphones() {
	until, any := c.cfg.Clock.Now().Add(returnWithin), false
	for _, a := range c.agents {
		if a.state.Type == Routable {
			a.returning, any = until, true
		}
	}
	if any {
		c.cfg.Clock.AfterFunc(returnWithin, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.media != nil {
				c.route()
			}
		})
	}
}

// SetMedia says who carries audio.
func (c *Centre) SetMedia(m Media) { c.media = m }

// unlock lets mu go, then keeps what agents have chosen meanwhile.
func (c *Centre) unlock() {
	unkept := c.unkept
	c.unkept = false
	c.mu.Unlock()
	if unkept {
		if err := c.change(func(*State) error { return nil }); err != nil {
			c.cfg.Log.Error("agents' states are not kept", "err", err)
		}
	}
}

// withAgent runs f with an agent and mu held. What f changes is published once, and contacts that wait are offered.
func (c *Centre) withAgent(id AgentID, f func(*agent) error) error {
	c.mu.Lock()
	defer c.unlock()
	a, ok := c.agents[id]
	if !ok {
		return ErrNoAgent
	}
	if err := f(a); err != nil {
		return err
	}
	c.publish(a)
	c.route()
	return nil
}

// withContact is withAgent with one of the agent's contacts; ErrNoContact for one that is not.
func (c *Centre) withContact(id AgentID, on ContactID, f func(*agent, *contact) error) error {
	return c.withAgent(id, func(a *agent) error {
		for _, k := range a.contacts {
			if k.ID == on {
				return f(a, k)
			}
		}
		return ErrNoContact
	})
}

// startTimer runs f with mu held once d has passed, unless the contact's timer is stopped or started anew before.
func (c *Centre) startTimer(k *contact, d time.Duration, f func(*agent, *contact)) {
	k.stopTimer()
	turn := k.timersStarted
	k.timer = c.cfg.Clock.AfterFunc(d, func() {
		c.mu.Lock()
		defer c.unlock()
		if k.timersStarted != turn || k.timer == nil {
			return
		}
		k.timer = nil
		a := k.agent
		f(a, k)
		c.publish(a)
		c.route()
	})
}

func (c *Centre) logContact(what string, k *contact, a *agent) {
	name := ""
	if a != nil {
		name = a.user.Username
	}
	c.cfg.Log.Info(what, "contact", string(k.ID), "agent", name)
}
