package api

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// group is one row of metrics: the queues or the routing profile that it counts.
type group struct {
	dimensions entry
	queues     []connect.QueueID
	profile    connect.RoutingProfileID // "" counts the agents of the queues
}

// metrics are the operations that measure.
type metrics struct{ *server }

// currentMetricsOf are the current metrics of a group. Source: Amazon Connect API reference.
func (s metrics) currentMetricsOf(st connect.State, g group, agents []agentNow, waiting []connect.Contact) map[string]float64 {
	now := s.cfg.Clock.Now()
	n := map[string]float64{}
	for _, name := range strings.Fields("AGENTS_ONLINE AGENTS_AVAILABLE AGENTS_ON_CALL AGENTS_NON_PRODUCTIVE " +
		"AGENTS_AFTER_CONTACT_WORK AGENTS_ERROR AGENTS_STAFFED AGENTS_ON_CONTACT CONTACTS_IN_QUEUE OLDEST_CONTACT_AGE " +
		"CONTACTS_SCHEDULED SLOTS_ACTIVE SLOTS_AVAILABLE ESTIMATED_WAIT_TIME") {
		n[name] = 0
	}
	for _, k := range waiting {
		if slices.Contains(g.queues, k.Queue) {
			n["CONTACTS_IN_QUEUE"]++
			n["OLDEST_CONTACT_AGE"] = max(n["OLDEST_CONTACT_AGE"], now.Sub(k.Queued).Seconds())
		}
	}
	for _, a := range agents {
		p := st.RoutingProfileOf(a.user)
		counts := g.profile != "" && p.ID == g.profile ||
			g.profile == "" &&
				slices.ContainsFunc(
					p.Queues,
					func(e connect.RoutingProfileQueue) bool { return slices.Contains(g.queues, e.Queue) },
				)
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

func (s metrics) currentMetrics(c call) (any, error) {
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
		n := s.currentMetricsOf(st, g, agents, waiting)
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
func (s metrics) groups(st connect.State, queues []connect.QueueID, profiles []connect.RoutingProfileID, by []string) ([]group, error) {
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
