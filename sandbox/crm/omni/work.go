package omni

import (
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Refusals of what an agent asks about work. The sentences are ours: the platform's are not documented.
var (
	ErrNoWork    = schema.Fail(404, "NOT_FOUND", "This work isn't assigned to you any more.")
	ErrAccepted  = schema.Fail(400, "INVALID_OPERATION", "This work has been accepted already.")
	ErrNotOpened = schema.Fail(400, "INVALID_OPERATION", "This work hasn't been accepted yet.")
	ErrNoDecline = schema.Fail(403, "INSUFFICIENT_ACCESS", "Your presence configuration doesn't let you decline work.")
)

// own is a piece of an agent's work. What is somebody else's is not there.
func (w *World) own(user, id schema.RecordID) (Work, error) {
	at := slices.IndexFunc(w.Works, func(k Work) bool { return k.ID == id && k.User == user })
	if at < 0 {
		return Work{}, ErrNoWork
	}
	return w.Works[at], nil
}

// Accept makes an agent the owner of a record that was pushed.
func (w *World) Accept(user, id schema.RecordID) error {
	k, err := w.own(user, id)
	if err == nil && k.State != Assigned {
		err = ErrAccepted
	}
	if err == nil {
		w.accept(k)
	}
	return err
}

func (w *World) accept(k Work) {
	at := slices.IndexFunc(w.Works, func(have Work) bool { return have.ID == k.ID })
	w.Works[at].State, w.Works[at].Accepted = Opened, w.Now
	w.effect(Moved{k, Opened, "", w.Workload(k.User)})
	w.effect(Owned{k.Item, k.User})
	w.tellWork("omniChannelWorkAccepted", k)
}

// Decline gives a record that was pushed back to its queue. This agent does not get it again before logging in anew.
func (w *World) Decline(user, id schema.RecordID, reason string) error {
	k, err := w.own(user, id)
	a := w.agent(user)
	switch {
	case err != nil:
		return err
	case k.State != Assigned:
		return ErrAccepted
	case !a.Config.MayDecline:
		return ErrNoDecline
	}
	w.refuse(k, Declined, reason)
	w.changeTo(a, a.Config.OnDecline, byDecline)
	return nil
}

func (w *World) refuse(k Work, to State, reason string) {
	before := w.Workload(k.User)
	w.end(k, to, reason)
	w.Refused = append(w.Refused, Decline{k.User, k.Item, w.Now})
	w.tellWork("omniChannelWorkDeclined", k)
	w.tellWorkload(k.User, before)
	w.requeue(k)
}

// Close ends work that was accepted.
func (w *World) Close(user, id schema.RecordID) error {
	k, err := w.own(user, id)
	switch {
	case err != nil:
		return err
	case k.State != Opened:
		return ErrNotOpened
	}
	before := w.Workload(user)
	w.end(k, Closed, "")
	w.tellWork("omniChannelWorkClosed", k)
	w.tellWorkload(user, before)
	return nil
}

// end takes work off its agent.
func (w *World) end(k Work, to State, reason string) {
	w.effect(Moved{k, to, reason, w.Workload(k.User)})
	w.Works = slices.DeleteFunc(w.Works, func(have Work) bool { return have.ID == k.ID })
}

// Tick lets work go on that was not answered in time, and gives the moment when that may be the case next; the zero time for never.
func (w *World) Tick() time.Time {
	for _, k := range slices.Clone(w.Works) {
		if due := k.due(); !due.IsZero() && !due.After(w.Now) {
			w.refuse(k, TimedOut, "")
			a := w.agent(k.User)
			w.changeTo(a, a.Config.OnTimeout, byTimeout)
		}
	}
	return w.Next()
}

// Next is the moment when Tick is to be called again; the zero time for never.
func (w *World) Next() time.Time {
	next := time.Time{}
	for _, k := range w.Works {
		if due := k.due(); !due.IsZero() && (next.IsZero() || due.Before(next)) {
			next = due
		}
	}
	return next
}

// due is when work that was not answered goes on; the zero time for never.
func (k Work) due() time.Time {
	if k.State != Assigned || k.PushTimeout <= 0 {
		return time.Time{}
	}
	return k.Assigned.Add(k.PushTimeout)
}
