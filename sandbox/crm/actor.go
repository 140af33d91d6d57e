package crm

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Actor does things in the org as a user, within that user's rights and perhaps in a transaction. It is bound to one request.
type Actor struct {
	*records.Access
	user people.User
}

// User is whom the actor acts for.
func (a *Actor) User() people.User { return a.user }

// OrgID is the organization that the actor acts in.
func (a *Actor) OrgID() schema.RecordID { return a.Store.ID() }

// Through is the actor as one who came by an API: its path with its version, such as /services/data/v60.0.
func (a *Actor) Through(api string) *Actor { return &Actor{a.Access.Through(api), a.user} }

// Paging is the actor with pages of so many rows, within the platform's bounds.
func (a *Actor) Paging(rows int) *Actor { return &Actor{a.Access.Paging(rows), a.user} }

// As gives an actor with a user's rights as they are now.
func (o *Org) As(ctx context.Context, id schema.RecordID) (*Actor, error) {
	known, err := o.known(ctx, id)
	if err != nil {
		return nil, err
	}
	return &Actor{o.Store.As(rights.Of(id, known.grants)), known.user}, nil
}

// known are a user with what the user may do; only users who may log in are.
func (o *Org) known(ctx context.Context, id schema.RecordID) (*knownRights, error) {
	known, at := o.rights.get(id)
	if known == nil {
		user, err := o.People.User(ctx, id)
		if err != nil {
			return nil, err
		}
		g, err := rights.Load(ctx, o.DB(), user.ID)
		if err != nil {
			return nil, err
		}
		known = &knownRights{user, g}
		o.rights.put(id, known, at)
	}
	if !known.user.Active {
		return nil, schema.Fail(401, "INVALID_SESSION_ID", "Session expired or invalid")
	}
	return known, nil
}

// Transact runs f with an actor whose writes count together or not at all, and who acts without limits of rights.
func (o *Org) Transact(ctx context.Context, f func(*Actor) error) error {
	return o.Write(ctx, func(t *records.Tx) error { return f(o.system(t)) })
}

// system is an actor without limits of rights, for what nobody asked for.
func (o *Org) system(t *records.Tx) *Actor {
	user := people.User{ID: o.SystemUser()}
	return &Actor{t.As(rights.All(user.ID)), user}
}

// TransactAs is the same within a user's rights.
func (o *Org) TransactAs(ctx context.Context, user schema.RecordID, f func(*Actor) error) error {
	known, err := o.known(ctx, user)
	if err != nil {
		return err
	}
	return o.Write(ctx, func(t *records.Tx) error {
		return f(&Actor{t.As(rights.Of(known.user.ID, known.grants)), known.user})
	})
}

// Administer runs f with an actor who acts for a user without limits of rights: whoever calls it has asked whether the user may. All that f
// writes counts together or not at all.
func (o *Org) Administer(ctx context.Context, user schema.RecordID, f func(*Actor) error) error {
	return o.Write(ctx, func(t *records.Tx) error {
		u, err := people.Find(ctx, t.DB, user)
		if err != nil {
			return err
		}
		return f(&Actor{t.As(rights.All(u.ID)), u})
	})
}
