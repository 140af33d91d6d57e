package omni

import (
	"encoding/json"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Effect is something to write, or to tell.
type Effect interface{ effect() }

type (
	// PresenceBegan writes a new current UserServicePresence.
	PresenceBegan struct{ Agent Agent }
	// PresenceEnded ends one.
	PresenceEnded struct{ Presence schema.RecordID }
	// Queued writes a PendingServiceRouting.
	Queued struct{ Pending Pending }
	// Unqueued removes one.
	Unqueued struct{ Pending schema.RecordID }
	// Pushed writes an AgentWork.
	Pushed struct{ Work Work }
	// Moved changes an AgentWork. Workload is the agent's before it.
	Moved struct {
		Work     Work
		To       State
		Reason   string
		Workload float64
	}
	// Owned makes the agent the record's owner.
	Owned struct{ Item, Owner schema.RecordID }
	// Told is an event for all tabs of a user, with the parameters that the console's application event of this name has.
	Told struct {
		User   schema.RecordID
		Name   string
		Params map[string]any
	}
)

func (PresenceBegan) effect() {}
func (PresenceEnded) effect() {}
func (Queued) effect()        {}
func (Unqueued) effect()      {}
func (Pushed) effect()        {}
func (Moved) effect()         {}
func (Owned) effect()         {}
func (Told) effect()          {}

// Short is an id as the console's events have it, of 15 characters.
func Short(id schema.RecordID) string { return string(id[:min(len(id), 15)]) }

// channels is a list of channels as events have it: a JSON string.
func channels(s Status) string {
	type channel struct {
		ID   string `json:"channelId"`
		Name string `json:"developerName"`
	}
	all := []channel{}
	for _, c := range s.Channels {
		all = append(all, channel{Short(c.ID), c.Name})
	}
	text, _ := json.Marshal(all) // texts never fail
	return string(text)
}

func (w *World) tellWork(name string, k Work) {
	w.effect(Told{k.User, name, map[string]any{"workItemId": Short(k.Item), "workId": Short(k.ID)}})
}

// tellWorkload says that a user's workload is another one, if it is. Source: Console Developer Guide, lightning:omniChannelWorkloadChanged.
func (w *World) tellWorkload(user schema.RecordID, before float64) {
	now := w.Workload(user)
	if now == before {
		return
	}
	w.effect(Told{user, "omniChannelWorkloadChanged", map[string]any{
		"configuredCapacity": w.agent(user).Config.Capacity, "previousWorkload": before, "newWorkload": now,
	}})
}
