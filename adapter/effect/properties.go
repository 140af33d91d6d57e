package effect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
)

// Bounds of what the flows of one agent keep.
const (
	maxProperties    = 200
	maxPropertyBytes = 64 << 10 // of keys and values together
	maxPropertyKey   = 200      // bytes
)

const contactKey = "contact:" // before a key that belongs to the run's contact

// properties are what the flows of a run's agent share. The store writes one transaction after another, so nobody's change is lost; what an
// effect did is written with it, so that it is done once.
type properties struct {
	flows *Flows
	run   *store.Run
	hand  *run.Hand
}

var _ flow.Properties = (*properties)(nil)

// place is to whom a key belongs, and its name there. *flow.Refused for one that nothing can be kept under.
func (p *properties) place(key string) (store.Leg, string, error) {
	name, bound := strings.CutPrefix(key, contactKey)
	switch {
	case name == "":
		return store.Leg{}, "", &flow.Refused{Reason: "the key of the property is empty"}
	case len(name) > maxPropertyKey:
		return store.Leg{}, "", &flow.Refused{Reason: fmt.Sprintf("the key of the property is longer than %d bytes", maxPropertyKey)}
	case bound && p.run.Contact == "":
		return store.Leg{}, "", &flow.Refused{Reason: "the property " + key + " belongs to a contact, and this event has none"}
	case bound:
		return store.Leg{User: p.run.User, Contact: p.run.Contact}, name, nil
	}
	return store.Leg{User: p.run.User}, name, nil
}

// Get is a property that a flow has set, or one of the adapter's own.
func (p *properties) Get(ctx context.Context, key string) (value any, found bool, err error) {
	switch key {
	case flow.OpenAgentTabs:
		return float64(p.flows.cfg.Hub.Pages(p.run.User)), true, nil
	case flow.UserProfile:
		id, err := p.profile(ctx)
		return id, err == nil, err
	}
	leg, name, err := p.place(key)
	if err != nil {
		return nil, false, err
	}
	err = p.flows.cfg.Store.View(ctx, func(tx *store.Tx) error {
		kept, is, err := tx.Kept().Get(leg, name)
		if err != nil || !is {
			return err
		}
		found = true
		return json.Unmarshal(kept.Value, &value)
	})
	return value, found, ours(err)
}

// profile is the id of the agent's, as the CRM tells it.
func (p *properties) profile(ctx context.Context) (id string, err error) {
	err = p.flows.patiently(ctx, p.hand, func(ctx context.Context) (err error) {
		id, err = p.flows.profiles.of(ctx, p.run.User)
		return err
	})
	return id, err
}

// All has the agent's profile only where the CRM told it.
func (p *properties) All(ctx context.Context) (map[string]any, error) {
	all := map[string]any{flow.OpenAgentTabs: float64(p.flows.cfg.Hub.Pages(p.run.User))}
	if id, err := p.profile(ctx); err == nil {
		all[flow.UserProfile] = id
	}
	err := p.flows.cfg.Store.View(ctx, func(tx *store.Tx) error {
		for _, of := range p.legs() {
			kept, err := tx.Kept().Of(of.leg)
			if err != nil {
				return err
			}
			for _, one := range kept {
				var value any
				if err := json.Unmarshal(one.Value, &value); err != nil {
					return err
				}
				all[of.before+one.Key] = value
			}
		}
		return nil
	})
	return all, ours(err)
}

type legged struct {
	leg    store.Leg
	before string // its keys
}

// legs are whose properties a run sees: the agent's, and the contact's.
func (p *properties) legs() []legged {
	all := []legged{{store.Leg{User: p.run.User}, ""}}
	if p.run.Contact != "" {
		all = append(all, legged{store.Leg{User: p.run.User, Contact: p.run.Contact}, contactKey})
	}
	return all
}

// Set keeps a value.
func (p *properties) Set(ctx context.Context, effect flow.Effect, key string, value any) error {
	_, err := p.write(ctx, effect, key, func(tx *store.Tx, leg store.Leg, name string) (float64, error) {
		return 0, p.put(tx, leg, name, value)
	})
	return err
}

// Unset drops a value.
func (p *properties) Unset(ctx context.Context, effect flow.Effect, key string) error {
	_, err := p.write(ctx, effect, key, func(tx *store.Tx, leg store.Leg, name string) (float64, error) {
		return 0, tx.Kept().Drop(leg, name)
	})
	return err
}

// Clear drops all that flows have set and the run can see.
func (p *properties) Clear(ctx context.Context, effect flow.Effect) error {
	_, err := p.once(ctx, effect, func(tx *store.Tx) (float64, error) {
		for _, of := range p.legs() {
			if err := tx.Kept().DropAll(of.leg); err != nil {
				return 0, err
			}
		}
		return 0, nil
	})
	return err
}

// Count adds to a counter.
func (p *properties) Count(ctx context.Context, effect flow.Effect, key string, delta float64) (float64, error) {
	return p.write(ctx, effect, key, func(tx *store.Tx, leg store.Leg, name string) (float64, error) {
		var value any = 0.0
		kept, is, err := tx.Kept().Get(leg, name)
		if err == nil && is {
			err = json.Unmarshal(kept.Value, &value)
		}
		if err != nil {
			return 0, err
		}
		n := js.Number(value) + delta
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return 0, &flow.Refused{Reason: "the property " + key + " is no number that can be counted on"}
		}
		return n, p.put(tx, leg, name, n)
	})
}

// put keeps a value within the agent's bounds.
func (p *properties) put(tx *store.Tx, leg store.Leg, name string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return &flow.Refused{Reason: "the value of the property " + name + " is no JSON"}
	}
	if err := tx.Kept().Put(store.Property{Leg: leg, Key: name, Value: body, At: p.flows.cfg.Clock.Now()}); err != nil {
		return err
	}
	n, bytes, err := tx.Kept().Size(leg.User)
	if err == nil && (n > maxProperties || bytes > maxPropertyBytes) {
		return &flow.Refused{Reason: fmt.Sprintf("the property %s was not kept: an agent's properties may be %d and %d kB together. "+
			"Let a flow unset what is not needed any more", name, maxProperties, maxPropertyBytes>>10)}
	}
	return err
}

// write does something to the property of a key, once.
func (p *properties) write(ctx context.Context, effect flow.Effect, key string,
	do func(tx *store.Tx, leg store.Leg, name string) (float64, error)) (float64, error) {
	if flow.BuiltIn(key) {
		return 0, &flow.Refused{Reason: "the property " + key + " is the adapter's own: flows only read it"}
	}
	leg, name, err := p.place(key)
	if err != nil {
		return 0, err
	}
	return p.once(ctx, effect, func(tx *store.Tx) (float64, error) { return do(tx, leg, name) })
}

// once does something in a transaction that also says that it is done. Done before, it gives what it gave then.
func (p *properties) once(ctx context.Context, effect flow.Effect, do func(*store.Tx) (float64, error)) (value float64, err error) {
	id := effectID(*p.run, effect)
	err = p.flows.cfg.Store.Do(ctx, p.run.User, func(tx *store.Tx) error {
		var did bool
		if value, did, err = tx.Kept().Happened(p.run.User, id); err != nil || did {
			return err
		}
		if value, err = do(tx); err != nil {
			return err
		}
		return tx.Kept().Happen(store.Leg{User: p.run.User, Contact: p.run.Contact}, id, value, p.flows.cfg.Clock.Now())
	})
	if refused, no := errors.AsType[*flow.Refused](err); no {
		return 0, refused
	}
	return value, ours(err)
}

// sweepAtOnce is how many contacts one round of DropCleared looks at.
const sweepAtOnce = 1000

// DropCleared drops the properties of contacts that no page lists any more and no run needs. It is to be called about once a minute.
func (x *Flows) DropCleared(ctx context.Context) error {
	var over []store.Leg
	err := x.cfg.Store.View(ctx, func(tx *store.Tx) error {
		legs, err := tx.Kept().Legs(sweepAtOnce)
		for _, leg := range legs {
			if err == nil {
				err = x.ifCleared(tx, leg, func() error {
					over = append(over, leg)
					return nil
				})
			}
		}
		return err
	})
	for _, leg := range over {
		if err == nil {
			err = x.cfg.Store.Do(ctx, leg.User, func(tx *store.Tx) error {
				return x.ifCleared(tx, leg, func() error { return tx.Kept().DropAll(leg) })
			})
			if errors.Is(err, store.ErrStale) {
				err = nil // it is for another node to do
			}
		}
	}
	return err
}

// ifCleared does something if no page lists a contact any more and no run needs it.
func (x *Flows) ifCleared(tx *store.Tx, leg store.Leg, do func() error) error {
	s := contact.New(leg.User, leg.Contact)
	if err := tx.State(leg.User, leg.Contact, &s); err != nil {
		return err
	}
	needed, err := tx.HasOpenRun(leg)
	if err != nil || needed || s.Listed(x.cfg.Clock.Now()) {
		return err
	}
	return do()
}
