package api

import (
	"slices"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// agentNow is an agent with what they are doing.
type agentNow struct {
	user connect.User
	snap connect.Snapshot
	live *connect.Contact
}

func (s metrics) agents(st connect.State) []agentNow {
	var all []agentNow
	for _, u := range st.Users {
		snap, err := s.cfg.Centre.Snapshot(u.ID)
		if err != nil {
			continue // gone since
		}
		a := agentNow{user: u, snap: snap}
		for i, k := range snap.Contacts {
			if k.State == connect.Connecting || k.State == connect.Connected {
				a.live = &snap.Contacts[i]
			}
		}
		all = append(all, a)
	}
	return all
}

// contactStates are the agent's view in the API's words. Source: Amazon Connect API reference.
var contactStates = map[connect.ContactState]string{connect.Connecting: "CONNECTING", connect.Connected: "CONNECTED",
	connect.Missed: "MISSED", connect.Errored: "ERROR", connect.Ended: "ENDED"}

func (s metrics) userData(c call) (any, error) {
	in, err := decode[struct {
		paging
		Filters *struct {
			Queues, RoutingProfiles, Agents, UserHierarchyGroups []string
			ContactFilter                                        *struct{ ContactStates []string }
		}
	}](c)
	if err != nil {
		return nil, err
	}
	f := in.Filters
	if f == nil || len(f.Queues)+len(f.RoutingProfiles)+len(f.Agents)+len(f.UserHierarchyGroups) == 0 && f.ContactFilter == nil {
		return nil, badParameter("Filters needs at least one filter.")
	}
	st := s.cfg.Centre.State()
	found := []entry{}
	for _, a := range s.agents(st) {
		profile := st.RoutingProfileOf(a.user)
		inQueue := len(f.Queues) == 0 ||
			slices.ContainsFunc(
				profile.Queues,
				func(e connect.RoutingProfileQueue) bool { return slices.Contains(f.Queues, string(e.Queue)) },
			)
		if !inQueue || len(f.UserHierarchyGroups) > 0 || !wants(f.Agents, string(a.user.ID)) ||
			!wants(f.RoutingProfiles, string(profile.ID)) ||
			a.snap.State.Type == connect.Offline && a.live == nil && len(f.Agents) == 0 {
			continue
		}
		contacts := []entry{}
		for _, k := range a.snap.Contacts {
			contactState := contactStates[k.State]
			since := k.Since
			if k.State == connect.Connected && k.CustomerConnection.State == connect.ConnectionHold {
				contactState = "CONNECTED_ONHOLD"
			}
			if f.ContactFilter != nil && !wants(f.ContactFilter.ContactStates, contactState) {
				continue
			}
			one := entry{
				"ContactId":           k.ID,
				"Channel":             "VOICE",
				"InitiationMethod":    k.InitiationMethod,
				"AgentContactState":   contactState,
				"StateStartTimestamp": seconds(since),
				"Queue":               entry{"Id": k.Queue, "Arn": st.Instance.QueueARN(k.Queue)},
			}
			if r, err := s.cfg.Centre.Record(k.ID); err == nil {
				stamped(one, "ConnectedToAgentTimestamp", r.Connected)
			}
			contacts = append(contacts, one)
		}
		if f.ContactFilter != nil && len(contacts) == 0 {
			continue
		}
		found = append(found, s.userNow(st, profile, a, contacts))
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	out := listing("UserDataList", list, next)
	out["ApproximateTotalCount"] = len(found)
	return out, err
}

func (s metrics) userNow(st connect.State, profile connect.RoutingProfile, a agentNow, contacts []entry) entry {
	most, active, free := map[string]int{}, map[string]int{}, map[string]int{}
	for _, k := range profile.Concurrency {
		most[string(k.Channel)] = k.Most
		if k.Channel == connect.Voice && a.live != nil {
			active["VOICE"] = 1
		}
		if a.snap.State.Type == connect.Routable {
			free[string(k.Channel)] = max(0, k.Most-active[string(k.Channel)])
		}
	}
	status := entry{"StatusName": a.snap.State.Name, "StatusStartTimestamp": seconds(a.snap.State.Since)}
	if a.snap.State.ID != "" {
		status["StatusArn"] = st.Instance.StatusARN(a.snap.State.ID)
	}
	out := entry{
		"User":           entry{"Id": a.user.ID, "Arn": st.Instance.AgentARN(a.user.ID)},
		"RoutingProfile": entry{"Id": profile.ID, "Arn": st.Instance.RoutingProfileARN(profile.ID)}, "Status": status,
		"MaxSlotsByChannel": most, "ActiveSlotsByChannel": active, "AvailableSlotsByChannel": free, "Contacts": contacts,
	}
	if a.snap.Next != nil {
		out["NextStatus"] = a.snap.Next.Name
	}
	return out
}
