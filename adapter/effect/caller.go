package effect

import (
	"context"

	"github.com/patchcord/patchcord/adapter/contact"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/find"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
)

func matchesOf(found []find.Candidate) []wire.Match {
	list := make([]wire.Match, len(found))
	for i, m := range found {
		list[i] = wire.Match{RecordID: m.ID, Object: m.Object, Name: m.Name}
	}
	return list
}

// callerOf is what a search says of a contact's other end; false if it says nothing: the record was open already, or something else than
// the number was searched for and nothing popped.
func callerOf(contactID string, f find.Found, hidden bool) (wire.Caller, bool) {
	if contactID == "" || f.Reason.Code == find.Clicked || !f.OfCaller && f.Record == "" {
		return wire.Caller{}, false
	}
	s := searchOf(f, false)
	if s.Name == "" && len(f.Matches) == 1 {
		s.Name, s.Record = f.Matches[0].Name, f.Matches[0].ID
	}
	kind, why, canAdd := told.OfCaller(told.Search{Kind: s.Kind, Reason: s.Reason, Args: s.Args, Total: s.Total, More: s.More,
		Object: s.Object, Record: s.Record, Name: s.Name}, hidden)
	c := wire.Caller{ContactID: contactID, Kind: kind, Total: f.Total, More: f.More, Text: why.Text, Code: why.Code, Args: why.Args,
		CanAdd: canAdd}
	if kind == wire.CallerKnown {
		c.Record = &matchesOf(f.Matches[:1])[0]
	}
	if f.Decision.Kind == find.Choice {
		c.Matches = matchesOf(f.Matches)
	}
	return c, true
}

// tellCaller says on the agent's pages who is at the other end, and keeps it for a page that is loaded again.
func (p *page) tellCaller(f find.Found, hidden bool) {
	r := p.hand.Run
	c, ok := callerOf(r.Contact, f, hidden)
	if !ok {
		return
	}
	p.mu.Lock()
	p.caller = &c
	p.mu.Unlock()
	c.Matches = nil // they have just been offered
	p.flows.cfg.Hub.Caller(r.User, c)
}

func (p *page) hasFound() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.caller != nil
}

// rings says whether a fact is that somebody calls.
func rings(f fact.Fact) bool {
	return f.Contact != nil && f.Contact.Inbound && (f.Event == contact.OnConnecting || f.Event == contact.OnIncoming)
}

// tellUnfound says that a caller was not looked up, or not yet.
func (x *Flows) tellUnfound(r *store.Run, next run.Next) {
	why := told.Say(told.CodeCallerFailed, map[string]string{"flow": r.Flow})
	if next.Status.Open() {
		if r.Body.Reason != store.OrgAway {
			return
		}
		why = told.Say(told.CodeCallerWaits, nil)
	}
	x.cfg.Hub.Caller(r.User, wire.Caller{
		ContactID: r.Contact, Kind: wire.CallerUnsure, Text: why.Text, Code: why.Code, Args: why.Args,
	})
}

// maxReminded is how many contacts of a list are looked at: more than anybody has.
const maxReminded = 20

// Remind tells a user's pages again who is at the other end of contacts. It is decoration: what cannot be read is not told.
func (x *Flows) Remind(ctx context.Context, userID string, contacts []wire.Contact) {
	var callers []wire.Caller
	err := x.cfg.Store.View(ctx, func(tx *store.Tx) error {
		for _, c := range contacts[:min(len(contacts), maxReminded)] {
			s := contact.New(userID, c.ContactID)
			if err := tx.State(userID, c.ContactID, &s); err != nil {
				return err
			}
			if s.Caller != nil {
				callers = append(callers, *s.Caller)
			}
		}
		return nil
	})
	if err != nil {
		x.cfg.Log.DebugContext(ctx, "callers not told again", "agent", userID, "err", err)
	}
	for _, c := range callers {
		x.cfg.Hub.Caller(userID, c)
	}
}

// Chosen tells a user's other pages what the agent chose in one of them.
func (x *Flows) Chosen(ctx context.Context, userID string, e wire.Event) {
	if id, _, ok := contact.Choice(fact.Fact{Source: e.Source, Event: e.Event, Payload: e.Payload}); ok {
		x.Remind(ctx, userID, []wire.Contact{{ContactID: id}})
	}
}
