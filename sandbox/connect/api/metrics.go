package api

import (
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// agentNow is an agent with what they are doing.
type agentNow struct {
	user connect.User
	snap connect.Snapshot
	live *connect.Contact
}

func (s *server) agents(st connect.State) []agentNow {
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

// contactStates are the agent's view in the API's words. Source: connect-public-api.md §6.
var contactStates = map[connect.ContactState]string{connect.Connecting: "CONNECTING", connect.Connected: "CONNECTED", connect.Missed: "MISSED", connect.Errored: "ERROR", connect.Ended: "ENDED"}

func (s *server) userData(c call) (any, error) {
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
		profile := st.ProfileOf(a.user)
		inQueue := len(f.Queues) == 0 || slices.ContainsFunc(profile.Queues, func(e connect.QueueOfProfile) bool { return slices.Contains(f.Queues, string(e.Queue)) })
		if !inQueue || len(f.UserHierarchyGroups) > 0 || !wants(f.Agents, string(a.user.ID)) || !wants(f.RoutingProfiles, string(profile.ID)) || a.snap.State.Type == connect.Offline && a.live == nil && len(f.Agents) == 0 {
			continue
		}
		contacts := []entry{}
		for _, k := range a.snap.Contacts {
			stands := contactStates[k.State]
			since := k.Since
			if k.State == connect.Connected && k.OtherLeg.State == connect.LegHold {
				stands = "CONNECTED_ONHOLD"
			}
			if f.ContactFilter != nil && !wants(f.ContactFilter.ContactStates, stands) {
				continue
			}
			one := entry{"ContactId": k.ID, "Channel": "VOICE", "InitiationMethod": k.Method, "AgentContactState": stands, "StateStartTimestamp": seconds(since), "Queue": entry{"Id": k.Queue, "Arn": st.Instance.QueueARN(k.Queue)}}
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

func (s *server) userNow(st connect.State, profile connect.RoutingProfile, a agentNow, contacts []entry) entry {
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
		"User": entry{"Id": a.user.ID, "Arn": st.Instance.AgentARN(a.user.ID)}, "RoutingProfile": entry{"Id": profile.ID, "Arn": st.Instance.RoutingProfileARN(profile.ID)}, "Status": status,
		"MaxSlotsByChannel": most, "ActiveSlotsByChannel": active, "AvailableSlotsByChannel": free, "Contacts": contacts,
	}
	if a.snap.Next != nil {
		out["NextStatus"] = a.snap.Next.Name
	}
	return out
}

// group is one row of metrics: the queues or the routing profile that it counts.
type group struct {
	dimensions entry
	queues     []connect.QueueID
	profile    connect.RoutingProfileID // "" counts the agents of the queues
}

// figures count a group now. Source: connect-public-api.md §6.
func (s *server) figures(st connect.State, g group, agents []agentNow, waiting []connect.Contact) map[string]float64 {
	now := s.cfg.Clock.Now()
	n := map[string]float64{}
	for _, name := range strings.Fields("AGENTS_ONLINE AGENTS_AVAILABLE AGENTS_ON_CALL AGENTS_NON_PRODUCTIVE AGENTS_AFTER_CONTACT_WORK AGENTS_ERROR AGENTS_STAFFED AGENTS_ON_CONTACT CONTACTS_IN_QUEUE OLDEST_CONTACT_AGE CONTACTS_SCHEDULED SLOTS_ACTIVE SLOTS_AVAILABLE ESTIMATED_WAIT_TIME") {
		n[name] = 0
	}
	for _, k := range waiting {
		if slices.Contains(g.queues, k.Queue) {
			n["CONTACTS_IN_QUEUE"]++
			n["OLDEST_CONTACT_AGE"] = max(n["OLDEST_CONTACT_AGE"], now.Sub(k.Queued).Seconds())
		}
	}
	for _, a := range agents {
		p := st.ProfileOf(a.user)
		counts := g.profile != "" && p.ID == g.profile || g.profile == "" && slices.ContainsFunc(p.Queues, func(e connect.QueueOfProfile) bool { return slices.Contains(g.queues, e.Queue) })
		if !counts || a.snap.State.Type == connect.Offline && a.live == nil {
			continue
		}
		n["AGENTS_ONLINE"]++
		switch {
		case a.live != nil:
			n["SLOTS_ACTIVE"]++
			n["AGENTS_ON_CONTACT"]++
			n["AGENTS_STAFFED"]++
			if a.live.State == connect.Connected || !a.live.Inbound {
				n["AGENTS_ON_CALL"]++
			}
		case a.snap.State.Name == "AfterCallWork":
			n["AGENTS_AFTER_CONTACT_WORK"]++
			n["AGENTS_STAFFED"]++
		case a.snap.State.Type == connect.ErrorState:
			n["AGENTS_ERROR"]++
			n["AGENTS_STAFFED"]++
		case a.snap.State.Type == connect.Routable:
			n["AGENTS_AVAILABLE"]++
			n["SLOTS_AVAILABLE"]++
			n["AGENTS_STAFFED"]++
		default:
			n["AGENTS_NON_PRODUCTIVE"]++
		}
	}
	return n
}

func (s *server) currentMetrics(c call) (any, error) {
	in, err := decode[struct {
		paging
		Filters        *struct{ Queues, Channels, RoutingProfiles []string }
		CurrentMetrics []struct{ Name, Unit, MetricId string }
		Groupings      []string
	}](c)
	if err != nil {
		return nil, err
	}
	st := s.cfg.Centre.State()
	f := in.Filters
	switch {
	case f == nil || len(f.Queues)+len(f.RoutingProfiles) == 0:
		return nil, badParameter("Filters needs queues or routing profiles.")
	case len(f.Queues) > maxFound || len(f.RoutingProfiles) > maxFound:
		return nil, badParameter("There may be at most 100 queues or routing profiles.")
	case len(in.CurrentMetrics) == 0:
		return nil, badParameter("CurrentMetrics is missing.")
	case len(f.Channels) > 0 && !slices.Contains(f.Channels, "VOICE"):
		return entry{"MetricResults": []entry{}, "DataSnapshotTime": seconds(s.cfg.Clock.Now()), "ApproximateTotalCount": 0}, nil
	}
	groups, err := s.groups(st, idsOf[connect.QueueID](f.Queues), idsOf[connect.RoutingProfileID](f.RoutingProfiles), in.Groupings)
	if err != nil {
		return nil, err
	}
	agents, waiting := s.agents(st), s.cfg.Centre.Waiting()
	found := []entry{}
	for _, g := range groups {
		n := s.figures(st, g, agents, waiting)
		collections := []entry{}
		for _, m := range in.CurrentMetrics {
			value, known := n[m.Name]
			if !known {
				return nil, badParameter("There is no metric " + m.Name[:min(len(m.Name), 60)] + ".")
			}
			unit := "COUNT"
			if m.Name == "OLDEST_CONTACT_AGE" || m.Name == "ESTIMATED_WAIT_TIME" {
				unit = "SECONDS"
			}
			collections = append(collections, entry{"Metric": entry{"Name": m.Name, "Unit": unit}, "Value": value})
		}
		found = append(found, entry{"Dimensions": g.dimensions, "Collections": collections})
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	out := listing("MetricResults", list, next)
	out["DataSnapshotTime"], out["ApproximateTotalCount"] = seconds(s.cfg.Clock.Now()), len(found)
	return out, err
}

// groups are the rows that are asked for: one for all, or one for each queue, routing profile or channel.
func (s *server) groups(st connect.State, queues []connect.QueueID, profiles []connect.RoutingProfileID, by []string) ([]group, error) {
	for _, id := range queues {
		if !slices.ContainsFunc(st.Queues, func(q connect.Queue) bool { return q.ID == id }) {
			return nil, missing("The queue " + string(id[:min(len(id), 60)]))
		}
	}
	if len(queues) == 0 {
		for _, p := range st.RoutingProfiles {
			for _, e := range p.Queues {
				if slices.Contains(profiles, p.ID) && !slices.Contains(queues, e.Queue) {
					queues = append(queues, e.Queue)
				}
			}
		}
	}
	base := entry{}
	if slices.Contains(by, "CHANNEL") {
		base["Channel"] = "VOICE"
	}
	with := func(name string, id, arn string) entry {
		d := entry{name: entry{"Id": id, "Arn": arn}}
		for k, v := range base {
			d[k] = v
		}
		return d
	}
	var all []group
	switch {
	case slices.Contains(by, "QUEUE"):
		for _, id := range queues {
			all = append(all, group{with("Queue", string(id), st.Instance.QueueARN(id)), []connect.QueueID{id}, ""})
		}
	case slices.Contains(by, "ROUTING_PROFILE"):
		for _, p := range st.RoutingProfiles {
			if len(profiles) == 0 || slices.Contains(profiles, p.ID) {
				all = append(all, group{with("RoutingProfile", string(p.ID), st.Instance.RoutingProfileARN(p.ID)), queues, p.ID})
			}
		}
	default:
		all = []group{{base, queues, ""}}
	}
	return all, nil
}

type filterV2 struct {
	FilterKey    string
	FilterValues []string
}

func (s *server) metricData(c call) (any, error) {
	in, err := decode[struct {
		paging
		ResourceArn        string
		StartTime, EndTime epoch
		Filters            []filterV2
		Groupings          []string
		Metrics            []struct {
			Name      string
			Threshold []struct {
				Comparison     string
				ThresholdValue float64
			}
		}
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.ResourceArn); err != nil {
		return nil, err
	}
	from, to := in.StartTime.time(), in.EndTime.time()
	switch {
	case len(in.Filters) == 0 || len(in.Metrics) == 0:
		return nil, badParameter("Filters and Metrics are needed.")
	case !from.Before(to) || to.Sub(from) > 35*24*time.Hour:
		return nil, badParameter("The time range is at most 35 days, and ends after it begins.")
	}
	for _, f := range in.Filters {
		if !slices.Contains([]string{"QUEUE", "ROUTING_PROFILE", "AGENT", "CHANNEL"}, f.FilterKey) {
			return nil, badParameter("There is no filter " + f.FilterKey[:min(len(f.FilterKey), 60)] + ".")
		}
	}
	st := s.cfg.Centre.State()
	rows := map[string][]connect.Record{}
	dimensions := map[string]map[string]string{}
	for _, r := range s.cfg.Centre.Records() {
		key := keyOf(st, r)
		if r.Began.Before(from) || !r.Began.Before(to) || !passes(key, in.Filters) {
			continue
		}
		name, d := "", map[string]string{}
		for _, g := range in.Groupings {
			d[g] = key[g]
			name += g + "=" + key[g] + ";"
		}
		rows[name], dimensions[name] = append(rows[name], r), d
	}
	found := []entry{}
	for _, name := range slices.Sorted(keysOf(rows)) {
		collections := []entry{}
		for _, m := range in.Metrics {
			limit := 0.0
			if len(m.Threshold) > 0 {
				limit = m.Threshold[0].ThresholdValue
			}
			one := entry{"Metric": entry{"Name": m.Name}}
			value, has, known := measure(m.Name, rows[name], limit)
			if !known {
				return nil, badParameter("There is no metric " + m.Name[:min(len(m.Name), 60)] + ".")
			}
			if has {
				one["Value"] = value
			}
			collections = append(collections, one)
		}
		found = append(found, entry{
			"Dimensions": dimensions[name], "Collections": collections, "MetricInterval": entry{"Interval": "TOTAL", "StartTime": float64(in.StartTime), "EndTime": float64(in.EndTime)},
		})
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	return listing("MetricResults", list, next), err
}
