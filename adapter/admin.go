package adapter

import (
	"context"
	"errors"
	"io/fs"
	"net/http"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/admin/page"
	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// sealedVisit is what the sealed sessions of the adapter's own pages are for.
const sealedVisit = "visit"

// newAdmin puts the pages of /admin together, of rooms that are there.
func (a *Adapter) newAdmin(key identity.Key, client func(context.Context) (*salesforce.Client, error)) (*admin.Admin, error) {
	built, err := fs.Sub(page.Dist, "dist")
	if err != nil {
		return nil, err
	}
	end, ended := a.others.visits()
	return admin.New(admin.Config{
		PublicURL: a.cfg.PublicURL, CRM: a.cfg.Salesforce.LoginURL, Store: a.store, Pages: built, SignIn: a.identity.Visit,
		Rights: func(ctx context.Context, userID string) (admin.Rights, error) {
			integration, err := client(ctx)
			if err != nil {
				return admin.Rights{}, err
			}
			return rightsOf(ctx, integration, userID)
		},
		Seal:  func(text string) string { return key.SealText(text, sealedVisit) },
		Open:  func(sealed string) (string, error) { return key.OpenText(sealed, sealedVisit) },
		Start: a.engine.Start, Again: a.others.again,
		Standing:  func() (open, waiting int) { s := a.engine.Standing(); return s.Open, s.Waiting },
		Connected: a.others.connected, Nodes: a.others.healths(), End: end, Ended: ended,
		Usage: func() (used, most int) { return a.meter.Used(), a.meter.Max() },
		Flows: versions.NewLibrary(client, a.cfg.Clock), FlowsChanged: a.reload,
		Presence: a.ruleBooks, CallCenterOf: a.records.CallCenterOf, StartSync: a.heart.StartSync,
		Records: a.troubled, Trace: a.trace.ID, Event: effect.EventOf, Mask: admin.NewMask(a.cfg.Masked), Clock: a.cfg.Clock, Log: a.cfg.Log,
	}), nil
}

// reload has what was changed in the org run at once, and told to pages.
func (a *Adapter) reload(ctx context.Context) {
	a.records.Reload(ctx)
	a.push(ctx)
}

// troubled lists the adapter records that have problems.
func (a *Adapter) troubled() []admin.RecordHealth {
	var all []admin.RecordHealth
	for _, t := range a.records.Troubled() {
		all = append(all, admin.RecordHealth{CallCenter: t.CallCenter, Name: t.Name, URL: t.ID, Problems: t.Problems})
	}
	return all
}

// ruleBooks are the presence rules of the adapter records in use. What is old is read again for whoever looks at them next.
func (a *Adapter) ruleBooks() (books []admin.RuleBook) {
	a.records.Refresh()
	for _, r := range a.records.Usable() {
		b := admin.RuleBook{ID: r.ID, Name: r.Name, CallCenter: r.CallCenter, On: r.Presence.On, Rules: r.Presence.Rules,
			NoOmni: r.Presence.NoOmni, Check: r.Presence.Check}
		for _, broken := range r.Presence.Broken {
			b.Idle = append(b.Idle, admin.KnownRule{Rule: broken.Rule, Active: true, Problems: broken.Problems})
		}
		for _, off := range r.Presence.Inactive {
			b.Idle = append(b.Idle, admin.KnownRule{Rule: off.Rule, Problems: off.Problems})
		}
		for _, s := range r.Presence.Statuses {
			b.Statuses = append(b.Statuses, admin.PresenceStatus{Name: s.APIName, Label: s.Label})
		}
		books = append(books, b)
	}
	return books
}

// unanswered says why the org does not tell who may see what.
func unanswered(err error) error {
	failed, answered := errors.AsType[*salesforce.Error](err)
	if answered && !failed.Passing() {
		return fault.New(fault.Unavailable, err, "The integration user may not see who has which permission set (%s): run patchcord setup apply.",
			failed.Code)
	}
	return err
}

// decide finds out which flows a fact fires, and keeps why that has to wait.
func (a *Adapter) decide(ctx context.Context, h *run.Hand) run.Next {
	return a.heart.Decider(func(ctx context.Context, userID string) (records.Adapter, error) {
		found, err := a.records.ForUser(ctx, userID)
		h.Run.Body.Reason = effect.ReasonOf(err)
		return found, err
	})(ctx, h)
}

// rejected keeps that a fact of a contact was not kept because its page spoke for another agent, so that somebody can be told why nothing
// popped.
func (a *Adapter) rejected(ctx context.Context, userID, page string, e wire.Event, reason string) {
	if e.Contact == nil || reason != "otherAgent" {
		return
	}
	now := a.cfg.Clock.Now()
	err := a.store.Do(ctx, userID, func(tx *store.Tx) error {
		detail := ""
		if e.Agent != nil {
			_, other := a.users.bind(tx, userID, e.Agent.Username, now)
			if other == nil {
				return nil // it was released meanwhile
			}
			detail = fault.Of(other).Message
		}
		return tx.Reject(fact.Of(userID, page, e, now), reason, detail, now)
	})
	if err != nil && ctx.Err() == nil {
		a.cfg.Log.WarnContext(ctx, "a rejection was not kept", "agent", userID, "err", err)
	}
}

// admit takes a person in who signed in to the pages.
func (a *Adapter) admit(w http.ResponseWriter, r *http.Request, userID, name, back string) {
	a.admin.Admit(w, r, admin.Person{UserID: userID, Name: name}, back)
}

// Local serves what patchcord calls asks to whoever may open the socket of the data folder.
func (a *Adapter) Local() http.Handler { return a.admin.Local() }
