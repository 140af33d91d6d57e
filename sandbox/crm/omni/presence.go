package omni

import (
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Reasons of a change of status, and of a log-out that the user did not ask for. Source: Console Developer Guide.
const (
	ByToolkit     = "OmniToolkitStatusChange"
	ByHand        = "OmniManualStatusChange"
	ByLogin       = "OmniLoginStatusChange"
	byDecline     = "OmniDeclineWork"
	byTimeout     = "OmniPushTimeout"
	Elsewhere     = "DuplicateLogin"       // the user logged in on another device
	BySupervisor  = "OmniSupervisorLogout" // somebody removed the user's presence
	statusChanged = "omniChannelStatusChanged"
)

// ErrStatus refuses a status that is not there, or not the user's. The sentence is ours: the platform's is not documented.
var ErrStatus = schema.Fail(400, "INVALID_PRESENCE_STATUS",
	"This presence status isn't available to you. Ask your administrator for help or to request access.")

// SetStatus gives a user a status and logs in who is not. reason is ByToolkit, ByHand or ByLogin.
func (w *World) SetStatus(user, status schema.RecordID, reason string) error {
	a := w.agent(user)
	at := slices.IndexFunc(a.Allowed, func(s Status) bool { return s.ID == status })
	if at < 0 {
		return ErrStatus
	}
	to := a.Allowed[at]
	if a.Presence == "" {
		a.LoggedIn, reason = w.Now, ByLogin
		w.effect(Told{user, "omniChannelLoginSuccess", map[string]any{"statusId": Short(to.ID)}})
	} else if a.Status.ID == status {
		return nil
	}
	w.change(a, to, reason)
	return nil
}

// change ends a presence and begins the next.
func (w *World) change(a *Agent, to Status, reason string) {
	if a.Presence != "" {
		w.effect(PresenceEnded{a.Presence})
	}
	a.Presence, a.Status, a.Since = w.NewID(schema.UserPresence), to, w.Now
	w.effect(PresenceBegan{*a})
	w.effect(Told{a.User, statusChanged, map[string]any{
		"statusId": Short(to.ID), "statusName": to.Label, "statusApiName": to.Name, "channels": channels(to), "reason": reason,
	}})
}

// changeTo is the same for a status that a configuration names; one that the user is not allowed is left out.
func (w *World) changeTo(a *Agent, status schema.RecordID, reason string) {
	at := slices.IndexFunc(a.Allowed, func(s Status) bool { return s.ID == status })
	if a.Presence == "" || at < 0 || a.Status.ID == status {
		return
	}
	w.change(a, a.Allowed[at], reason)
}

// LogOut ends a user's presence. Work that was not accepted goes back to its queue, the rest is closed (assumed of the platform: its
// documentation says only that the workload changes). reason is "" for who asked for it.
func (w *World) LogOut(user schema.RecordID, reason string) {
	a := w.agent(user)
	if a.Presence == "" {
		return
	}
	w.effect(PresenceEnded{a.Presence})
	a.Presence, a.Status = "", Status{}
	before := w.Workload(user)
	for _, k := range slices.Clone(w.Works) {
		switch {
		case k.User != user:
		case k.State == Opened:
			w.end(k, Closed, "")
			w.tellWork("omniChannelWorkClosed", k)
		default:
			w.end(k, Unavailable, "")
			w.requeue(k)
		}
	}
	w.tellWorkload(user, before)
	params := map[string]any{}
	if reason != "" {
		params["reason"] = reason
	}
	w.effect(Told{user, "omniChannelLogout", params})
}
