package heart

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/fault"
)

// change is one transaction of the heart: what its facts change, and the runs that they make.
type change struct {
	tx     *store.Tx
	heart  *Heart
	rules  records.Adapter
	broken error // why there are no rules, for people
	known  bool  // the rules were read
	now    time.Time

	runs      []*store.Run
	versions  []string // of flows, that were kept
	rings     bool     // a contact begins to ring
	stops     bool     // the presences changed too often to be kept in step
	goesOn    bool     // they are kept in step again
	over      []string // contacts that have ended
	elsewhere bool     // another node has the user's work in hand
	fresh     []fact.Fact
}

// add keeps a fact and folds it, unless it was kept before.
func (c *change) add(f fact.Fact) error {
	fresh, err := c.tx.AddFact(f)
	if err != nil || !fresh {
		return err
	}
	if c.heart.cfg.Kept != nil {
		c.fresh = append(c.fresh, f)
	}
	switch {
	case f.Contact != nil:
		return c.ofContact(f)
	case f.Source == fact.Agent:
		return c.ofAgent(f)
	case f.Source == fact.Presence:
		return c.ofPresence(f)
	case f.Source == fact.Patchcord:
		return c.ofChoice(f)
	}
	return c.fire(f)
}

func (c *change) ofContact(f fact.Fact) error {
	s := contact.New(f.User, f.ContactID())
	err := c.tx.State(f.User, s.ID, &s)
	if err != nil {
		return err
	}
	if answer := contact.Answer(s, f); answer != nil {
		if err := errors.Join(c.add(*answer), c.tx.State(f.User, s.ID, &s)); err != nil {
			return err
		}
	}
	next, news := contact.Fold(s, f)
	related := false
	if !f.Contact.Inbound && next.Dialled == "" && (next.Live() || f.Event == contact.OnConnecting) {
		if related, err = c.dialled(&next, f); err != nil {
			return err
		}
	}
	if err := c.tx.PutState(f.User, next.ID, c.now, next.Live(), next); err != nil {
		return err
	}
	if news.Fresh {
		c.rings = c.rings || f.Event == contact.OnConnecting && !f.Replay
		if err := c.fire(f); err != nil {
			return err
		}
	}
	if news.Ended {
		c.over = append(c.over, next.ID)
	}
	if news.Ended || news.Revised || (related || news.Answered) && next.Over() {
		return c.log(next, f)
	}
	return nil
}

// dialled relates an outbound contact to the dial that it came of, if there is one.
func (c *change) dialled(s *contact.State, f fact.Fact) (related bool, err error) {
	a := agent.New(f.User)
	if err := c.tx.State(f.User, "", &a); err != nil {
		return false, err
	}
	next, dial, ok := a.Take(s.ID, f.Contact.PhoneNumber, f.At)
	if !ok && f.Derived { // it is dated by the contact centre's clock, the dial by ours
		next, dial, ok = a.Take(s.ID, f.Contact.PhoneNumber, c.now)
	}
	if !ok {
		return false, nil
	}
	*s = s.Dial(dial.Number, dial.Record)
	return true, c.tx.PutState(f.User, "", c.now, true, next)
}

func (c *change) ofAgent(f fact.Fact) error {
	s := agent.New(f.User)
	if err := c.tx.State(f.User, "", &s); err != nil {
		return err
	}
	next, news := agent.Fold(s, f)
	if err := c.tx.PutState(f.User, "", c.now, true, next); err != nil {
		return err
	}
	if !news.Fresh {
		return nil
	}
	if c.known && f.Event == stateChanged {
		if err := c.centreChanged(f); err != nil {
			return err
		}
	}
	return c.fire(f)
}

// decided has a fact followed that waited for the rules.
func (c *change) decided(f fact.Fact) error {
	switch {
	case f.Source == fact.Presence:
		return c.ofPresence(f)
	case f.Source == fact.Agent && f.Event == stateChanged:
		if err := c.centreChanged(f); err != nil {
			return err
		}
	}
	return c.fire(f)
}

// ofChoice notes what the agent chose among several records. A contact that is not the agent's own is not there to be chosen for.
func (c *change) ofChoice(f fact.Fact) error {
	id, record, ok := contact.Choice(f)
	if !ok {
		return nil
	}
	s := contact.New(f.User, id)
	if err := c.tx.State(f.User, id, &s); err != nil || s.Phase() == contact.None {
		return err
	}
	s = s.Choose(record)
	return c.tx.PutState(f.User, id, c.now, s.Live(), s)
}

// fire makes the runs of the flows that a fact fires, or one that says why there are none.
func (c *change) fire(f fact.Fact) error {
	switch {
	case !c.known:
		return c.addRun(store.Run{Kind: Decide, Status: store.Waiting, Body: store.Body{Fact: f}})
	case c.broken != nil:
		return c.notRun(f, store.RecordBroken, fault.Of(c.broken).Message)
	}
	flows := c.rules.For(f.Source, f.Event)
	if len(flows) == 0 && f.Source == fact.Callback && f.Event == contact.OnIncoming {
		flows = c.rules.For(fact.Voice, f.Event) // which is what that event of a call has always meant
	}
	if len(flows) == 0 && expected(f) {
		return c.noFlow(f)
	}
	for _, flow := range flows {
		if err := c.keepVersion(flow); err != nil {
			return err
		}
		calls, err := c.pin(flow)
		if err != nil {
			return err
		}
		body := store.Body{Fact: f, FlowID: flow.ID, Version: flow.Version, Calls: calls, Country: c.rules.DefaultCountry}
		run := store.Run{Kind: Flow, Lane: laneOf(flow.ID, f), Flow: flow.Name, Status: store.Waiting, Body: body}
		if f.Contact != nil && (f.Misdated || c.now.Sub(f.At) > heldBack) {
			run.Wake = c.now.Add(moreComes)
		}
		if err := c.addRun(run); err != nil {
			return err
		}
	}
	return nil
}

const (
	// heldBack is the age from which on a fact was held back, mostly while the adapter was away. One that nobody can date may be of any age.
	heldBack = 500 * time.Millisecond
	// moreComes is how long its flows wait then: a page tells what it held back in one go, and a call that is over by then pops nothing.
	moreComes = 300 * time.Millisecond
)

// expected says whether somebody may ask why nothing happened.
func expected(f fact.Fact) bool {
	switch f.Event {
	case contact.OnConnecting, contact.OnIncoming:
		return f.Contact != nil && f.Contact.Inbound
	case "onClickToDial":
		return true
	}
	return false
}

// laneOf keeps a flow's runs for one contact, or for what one agent does, in their order. What happens in the console waits for nothing.
func laneOf(flowID string, f fact.Fact) string {
	switch {
	case f.Contact != nil:
		return flowID + "|" + f.User + "|" + f.ContactID()
	case f.Source == fact.Agent:
		return flowID + "|" + f.User
	}
	return ""
}

func (c *change) keepVersion(flow records.Flow) error {
	if c.heart.kept.knows(flow.Version, c.now) {
		return nil
	}
	c.versions = append(c.versions, flow.Version)
	return c.tx.KeepVersion(flow.Version, flow.Script, c.now)
}

// log has an ended contact written into the call log.
func (c *change) log(s contact.State, f fact.Fact) error {
	kind := Channel
	if s.Answered() && isCall(s) {
		kind = Task // which has the channel written when it is done
	}
	return c.addRun(store.Run{Kind: kind, Status: store.Waiting, Body: store.Body{Fact: f}})
}

// isCall says whether somebody speaks.
func isCall(s contact.State) bool {
	return s.Details.Type == "voice" || s.Details.Type == "queue_callback"
}

// noFlow says that nothing is there to run; a flow that was left out may be why.
func (c *change) noFlow(f fact.Fact) error {
	reason, why := store.NoFlow, fmt.Sprintf("No CTI Flow of the AC CTI Adapter record %s is active for %s.", c.rules.Name, f.Name())
	for _, problem := range c.rules.Problems {
		if strings.HasPrefix(problem, records.LeftOut) {
			reason, why = store.FlowBroken, why+" "+problem
		}
	}
	return c.notRun(f, reason, why)
}

func (c *change) notRun(f fact.Fact, reason store.Reason, why string) error {
	return c.addRun(store.Run{Kind: Flow, Status: store.NotRun, Problem: why, Ended: c.now, Body: store.Body{Fact: f, Reason: reason}})
}

// addRun adds a run of the user and contact of its fact.
func (c *change) addRun(r store.Run) error {
	r.User, r.Created = r.Body.Fact.User, c.now
	if r.Kind != Lapse {
		r.Contact = r.Body.Fact.ContactID()
	}
	if err := c.tx.AddRun(&r); err != nil {
		return err
	}
	c.runs = append(c.runs, &r)
	return nil
}

// errLongStatus is of a reading whose words are no status.
var errLongStatus = errors.New("the status of Omni-Channel has too many words")

// errNoUser is of a list of contacts that says not whose they are.
var errNoUser = errors.New("the list of contacts does not say whose they are")
