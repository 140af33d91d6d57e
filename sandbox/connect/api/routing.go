package api

import (
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

type queueConfig struct {
	QueueReference  struct{ QueueId, Channel string }
	Priority, Delay int
}

func queuesOf(in []queueConfig) []connect.RoutingProfileQueue {
	var out []connect.RoutingProfileQueue
	for _, e := range in {
		out = append(out, connect.RoutingProfileQueue{
			Queue: connect.QueueID(last(e.QueueReference.QueueId)), Channel: connect.Channel(e.QueueReference.Channel), Priority: e.Priority,
			Delay: time.Duration(min(max(e.Delay, -1), 1<<31)) * time.Second,
		})
	}
	return out
}

type concurrency struct {
	Channel     string
	Concurrency int
}

func concurrencies(in []concurrency) []connect.Concurrency {
	var out []connect.Concurrency
	for _, e := range in {
		out = append(out, connect.Concurrency{Channel: connect.Channel(e.Channel), Most: e.Concurrency})
	}
	return out
}

// profiles are the operations about routing profiles.
type profiles struct{ *server }

func (s profiles) routingProfile(st connect.State, p connect.RoutingProfile) entry {
	arn := st.Instance.RoutingProfileARN(p.ID)
	channels := []entry{}
	for _, k := range p.Concurrency {
		channels = append(channels, entry{"Channel": k.Channel, "Concurrency": k.Most})
	}
	queues, users := map[connect.QueueID]bool{}, 0
	associated := []string{}
	for _, e := range p.Queues {
		if !queues[e.Queue] {
			associated = append(associated, string(e.Queue))
		}
		queues[e.Queue] = true
	}
	for _, u := range st.Users {
		if u.RoutingProfile == p.ID {
			users++
		}
	}
	return tagged(entry{
		"RoutingProfileId": p.ID, "RoutingProfileArn": arn, "InstanceId": st.Instance.ID, "Name": p.Name,
		"Description": p.Description, "MediaConcurrencies": channels,
		"DefaultOutboundQueueId": p.DefaultOutbound, "AssociatedQueueIds": associated,
		"NumberOfAssociatedQueues": len(p.Queues), "NumberOfAssociatedUsers": users,
		"IsDefault": string(p.ID) == st.Instance.DefaultID("routing-profile"),
	}, st, arn)
}

func (s profiles) listRoutingProfiles(c call) (any, error) {
	st := s.cfg.Centre.State()
	var all []entry
	for _, p := range st.RoutingProfiles {
		all = append(all, entry{"Id": p.ID, "Arn": st.Instance.RoutingProfileARN(p.ID), "Name": p.Name})
	}
	return listed(c, "RoutingProfileSummaryList", all)
}

func (s profiles) describeRoutingProfile(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "routing profile", "RoutingProfile", st.RoutingProfiles,
		func(p connect.RoutingProfile) string { return string(p.ID) }, func(p connect.RoutingProfile) entry { return s.routingProfile(st, p) })
}

func (s profiles) searchRoutingProfiles(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "RoutingProfiles", st.RoutingProfiles, func(p connect.RoutingProfile) (fields, string, entry) {
		out := s.routingProfile(st, p)
		f := named(string(p.ID), p.Name, p.Description)
		f["associatedqueueids"] = []string{}
		for _, e := range p.Queues {
			f["associatedqueueids"] = append(f["associatedqueueids"], string(e.Queue))
		}
		return f, st.Instance.RoutingProfileARN(p.ID), out
	})
}

func (s profiles) listRoutingProfileQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	for _, p := range st.RoutingProfiles {
		if string(p.ID) != c.id() {
			continue
		}
		var all []entry
		for _, e := range p.Queues {
			name := ""
			for _, q := range st.Queues {
				if q.ID == e.Queue {
					name = q.Name
				}
			}
			all = append(all, entry{"QueueId": e.Queue, "QueueArn": st.Instance.QueueARN(e.Queue), "QueueName": name,
				"Priority": e.Priority, "Delay": int(e.Delay.Seconds()), "Channel": e.Channel})
		}
		return listed(c, "RoutingProfileQueueConfigSummaryList", all)
	}
	return nil, missing("The routing profile")
}

func (s profiles) createRoutingProfile(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, DefaultOutboundQueueId string
		MediaConcurrencies                        []concurrency
		QueueConfigs                              []queueConfig
		Tags                                      map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	p, err := s.cfg.Centre.CreateRoutingProfile(connect.RoutingProfile{
		Name: in.Name, Description: in.Description, DefaultOutbound: connect.QueueID(last(in.DefaultOutboundQueueId)),
		Concurrency: concurrencies(in.MediaConcurrencies), Queues: queuesOf(in.QueueConfigs),
	}, in.Tags)
	return entry{"RoutingProfileId": p.ID, "RoutingProfileArn": s.cfg.Centre.State().Instance.RoutingProfileARN(p.ID)}, err
}

// routingProfileChange is every member that updates of a routing profile carry.
type routingProfileChange struct {
	Name, Description, DefaultOutboundQueueId *string
	MediaConcurrencies                        []concurrency
	QueueConfigs                              []queueConfig
	QueueReferences                           []struct{ QueueId, Channel string }
}

func (s profiles) updateRoutingProfile(f func(routingProfileChange, *connect.RoutingProfile) error) func(call) (any, error) {
	return func(c call) (any, error) {
		in, err := decode[routingProfileChange](c)
		if err != nil {
			return nil, err
		}
		return nil, s.cfg.Centre.ChangeRoutingProfile(connect.RoutingProfileID(c.id()), func(p *connect.RoutingProfile) error { return f(in, p) })
	}
}

func (s profiles) routingProfileUpdates() map[string]func(call) (any, error) {
	return map[string]func(call) (any, error){
		"POST /routing-profiles/{instance}/{id}/name": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				set(&p.Name, in.Name)
				set(&p.Description, in.Description)
				return nil
			},
		),
		"POST /routing-profiles/{instance}/{id}/default-outbound-queue": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				if in.DefaultOutboundQueueId != nil {
					p.DefaultOutbound = connect.QueueID(last(*in.DefaultOutboundQueueId))
				}
				return nil
			},
		),
		"POST /routing-profiles/{instance}/{id}/concurrency": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				p.Concurrency = concurrencies(in.MediaConcurrencies)
				return nil
			},
		),
		"POST /routing-profiles/{instance}/{id}/associate-queues": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				return p.AddQueues(queuesOf(in.QueueConfigs), false)
			},
		),
		"POST /routing-profiles/{instance}/{id}/queues": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				return p.AddQueues(queuesOf(in.QueueConfigs), true)
			},
		),
		"POST /routing-profiles/{instance}/{id}/disassociate-queues": s.updateRoutingProfile(
			func(in routingProfileChange, p *connect.RoutingProfile) error {
				var less []connect.RoutingProfileQueue
				for _, r := range in.QueueReferences {
					less = append(
						less,
						connect.RoutingProfileQueue{Queue: connect.QueueID(last(r.QueueId)), Channel: connect.Channel(r.Channel)},
					)
				}
				return p.DropQueues(less)
			},
		),
	}
}

func (s profiles) deleteRoutingProfile(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteRoutingProfile(connect.RoutingProfileID(c.id()))
}
