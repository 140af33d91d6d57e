package api

import (
	"slices"

	"github.com/patchcord/patchcord/sandbox/connect"
)

type outboundCallerConfig struct{ OutboundCallerIdName, OutboundCallerIdNumberId, OutboundFlowId string }

func (k outboundCallerConfig) apply(q *connect.Queue) {
	q.CallerName, q.CallerNumber, q.WhisperFlow = k.OutboundCallerIdName,
		connect.NumberID(last(k.OutboundCallerIdNumberId)), connect.FlowID(last(k.OutboundFlowId))
}

// queues are the operations about queues and quick connects.
type queues struct{ *server }

func (s queues) queue(st connect.State, q connect.Queue) entry {
	arn := st.Instance.QueueARN(q.ID)
	caller := entry{}
	for name, value := range map[string]string{"OutboundCallerIdName": q.CallerName,
		"OutboundCallerIdNumberId": string(q.CallerNumber), "OutboundFlowId": string(q.WhisperFlow)} {
		if value != "" {
			caller[name] = value
		}
	}
	out := entry{"QueueId": q.ID, "QueueArn": arn, "Name": q.Name, "Description": q.Description,
		"Status": state(q.Disabled), "HoursOfOperationId": q.Hours, "OutboundCallerConfig": caller}
	if q.MaxContacts > 0 {
		out["MaxContacts"] = q.MaxContacts
	}
	return tagged(out, st, arn)
}

func (s queues) listQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["queueTypes"]
	var all []entry
	for _, q := range st.Queues {
		if wants(wanted, "STANDARD") {
			all = append(all, entry{"Id": q.ID, "Arn": st.Instance.QueueARN(q.ID), "Name": q.Name, "QueueType": "STANDARD"})
		}
	}
	for _, u := range st.Users {
		if wants(wanted, "AGENT") {
			all = append(all, entry{"Id": u.ID, "Arn": st.Instance.ARN() + "/queue/agent/" + string(u.ID), "QueueType": "AGENT"})
		}
	}
	return listed(c, "QueueSummaryList", all)
}

func (s queues) describeQueue(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(c.id(), "queue", "Queue", st.Queues, func(q connect.Queue) string { return string(q.ID) },
		func(q connect.Queue) entry { return s.queue(st, q) })
}

func (s queues) searchQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "Queues", st.Queues, func(q connect.Queue) (fields, string, entry) {
		f := named(string(q.ID), q.Name, q.Description)
		f["queuetype"] = []string{"STANDARD"}
		return f, st.Instance.QueueARN(q.ID), s.queue(st, q)
	})
}

func (s queues) createQueue(c call) (any, error) {
	in, err := decode[struct {
		Name, Description, HoursOfOperationId string
		OutboundCallerConfig                  outboundCallerConfig
		MaxContacts                           int
		QuickConnectIds                       []string
		Tags                                  map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	q := connect.Queue{Name: in.Name, Description: in.Description, Hours: connect.HoursID(last(in.HoursOfOperationId)),
		MaxContacts: in.MaxContacts, QuickConnects: idsOf[connect.QuickConnectID](in.QuickConnectIds)}
	in.OutboundCallerConfig.apply(&q)
	q, err = s.cfg.Centre.CreateQueue(q, in.Tags)
	return entry{"QueueId": q.ID, "QueueArn": s.cfg.Centre.State().Instance.QueueARN(q.ID)}, err
}

// queueChange is every member that updates of a queue carry; each operation reads its own.
type queueChange struct {
	Name, Description, HoursOfOperationId, Status *string
	MaxContacts                                   *int
	OutboundCallerConfig                          *outboundCallerConfig
	QuickConnectIds                               []string
}

func (s queues) updateQueue(f func(queueChange, *connect.Queue)) func(call) (any, error) {
	return func(c call) (any, error) {
		in, err := decode[queueChange](c)
		if err != nil {
			return nil, err
		}
		if in.Status != nil {
			if _, err := enabled(*in.Status); err != nil {
				return nil, err
			}
		}
		return nil, s.cfg.Centre.ChangeQueue(connect.QueueID(c.id()), func(q *connect.Queue) { f(in, q) })
	}
}

func (s queues) deleteQueue(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteQueue(connect.QueueID(c.id()))
}

func (s queues) queueUpdates() map[string]func(call) (any, error) {
	return map[string]func(call) (any, error){
		"POST /queues/{instance}/{id}/name": s.updateQueue(func(in queueChange, q *connect.Queue) {
			set(&q.Name, in.Name)
			set(&q.Description, in.Description)
		}),
		"POST /queues/{instance}/{id}/hours-of-operation": s.updateQueue(func(in queueChange, q *connect.Queue) {
			if in.HoursOfOperationId != nil {
				q.Hours = connect.HoursID(last(*in.HoursOfOperationId))
			}
		}),
		"POST /queues/{instance}/{id}/max-contacts": s.updateQueue(func(in queueChange, q *connect.Queue) {
			q.MaxContacts = 0 // without a number the limit goes
			set(&q.MaxContacts, in.MaxContacts)
		}),
		"POST /queues/{instance}/{id}/status": s.updateQueue(func(in queueChange, q *connect.Queue) {
			q.Disabled = in.Status != nil && *in.Status == "DISABLED"
		}),
		"POST /queues/{instance}/{id}/outbound-caller-config": s.updateQueue(func(in queueChange, q *connect.Queue) {
			if in.OutboundCallerConfig != nil {
				in.OutboundCallerConfig.apply(q)
			}
		}),
		"POST /queues/{instance}/{id}/associate-quick-connects": s.updateQueue(func(in queueChange, q *connect.Queue) {
			q.QuickConnects = slices.Clone(q.QuickConnects)
			for _, id := range idsOf[connect.QuickConnectID](in.QuickConnectIds) {
				if !slices.Contains(q.QuickConnects, id) {
					q.QuickConnects = append(q.QuickConnects, id)
				}
			}
		}),
		"POST /queues/{instance}/{id}/disassociate-quick-connects": s.updateQueue(func(in queueChange, q *connect.Queue) {
			less := idsOf[connect.QuickConnectID](in.QuickConnectIds)
			q.QuickConnects = slices.DeleteFunc(slices.Clone(q.QuickConnects),
				func(id connect.QuickConnectID) bool { return slices.Contains(less, id) })
		}),
	}
}

func (s queues) listQueueQuickConnects(c call) (any, error) {
	st := s.cfg.Centre.State()
	for _, q := range st.Queues {
		if string(q.ID) != c.id() {
			continue
		}
		var all []entry
		for _, k := range st.QuickConnects {
			if slices.Contains(q.QuickConnects, k.ID) {
				all = append(all, s.quickConnectSummary(st, k))
			}
		}
		return listed(c, "QuickConnectSummaryList", all)
	}
	return nil, missing("The queue")
}

func (s queues) quickConnectSummary(st connect.State, k connect.QuickConnect) entry {
	return entry{"Id": k.ID, "Arn": st.Instance.QuickConnectARN(k.ID), "Name": k.Name, "QuickConnectType": k.Type}
}

type quickConnectConfig struct {
	QuickConnectType string
	UserConfig       *struct{ UserId, ContactFlowId string }
	QueueConfig      *struct{ QueueId, ContactFlowId string }
	PhoneConfig      *struct{ PhoneNumber string }
}

func (k quickConnectConfig) apply(q *connect.QuickConnect) {
	*q = connect.QuickConnect{ID: q.ID, Name: q.Name, Description: q.Description, Type: connect.QuickConnectType(k.QuickConnectType)}
	if k.UserConfig != nil && q.Type == connect.ToUser {
		q.User, q.Flow = connect.AgentID(last(k.UserConfig.UserId)), connect.FlowID(last(k.UserConfig.ContactFlowId))
	}
	if k.QueueConfig != nil && q.Type == connect.ToQueue {
		q.Queue, q.Flow = connect.QueueID(last(k.QueueConfig.QueueId)), connect.FlowID(last(k.QueueConfig.ContactFlowId))
	}
	if k.PhoneConfig != nil && q.Type == connect.ToNumber {
		q.Number = k.PhoneConfig.PhoneNumber
	}
}

func (s queues) quickConnect(st connect.State, k connect.QuickConnect) entry {
	arn := st.Instance.QuickConnectARN(k.ID)
	config := entry{"QuickConnectType": k.Type}
	switch k.Type {
	case connect.ToUser:
		config["UserConfig"] = entry{"UserId": k.User, "ContactFlowId": k.Flow}
	case connect.ToQueue:
		config["QueueConfig"] = entry{"QueueId": k.Queue, "ContactFlowId": k.Flow}
	case connect.ToNumber:
		config["PhoneConfig"] = entry{"PhoneNumber": k.Number}
	}
	return tagged(entry{"QuickConnectId": k.ID, "QuickConnectARN": arn, "Name": k.Name, "Description": k.Description,
		"QuickConnectConfig": config}, st, arn)
}

func (s queues) listQuickConnects(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["QuickConnectTypes"]
	var all []entry
	for _, k := range st.QuickConnects {
		if wants(wanted, string(k.Type)) {
			all = append(all, s.quickConnectSummary(st, k))
		}
	}
	return listed(c, "QuickConnectSummaryList", all)
}

func (s queues) describeQuickConnect(c call) (any, error) {
	st := s.cfg.Centre.State()
	return one(
		c.id(),
		"quick connect",
		"QuickConnect",
		st.QuickConnects,
		func(k connect.QuickConnect) string { return string(k.ID) },
		func(k connect.QuickConnect) entry { return s.quickConnect(st, k) },
	)
}

func (s queues) searchQuickConnects(c call) (any, error) {
	st := s.cfg.Centre.State()
	return searched(s.server, c, "QuickConnects", st.QuickConnects, func(k connect.QuickConnect) (fields, string, entry) {
		f := named(string(k.ID), k.Name, k.Description)
		f["quickconnecttype"] = []string{string(k.Type)}
		return f, st.Instance.QuickConnectARN(k.ID), s.quickConnect(st, k)
	})
}

func (s queues) createQuickConnect(c call) (any, error) {
	in, err := decode[struct {
		Name, Description  string
		QuickConnectConfig quickConnectConfig
		Tags               map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	q := connect.QuickConnect{Name: in.Name, Description: in.Description}
	in.QuickConnectConfig.apply(&q)
	q, err = s.cfg.Centre.CreateQuickConnect(q, in.Tags)
	return entry{"QuickConnectId": q.ID, "QuickConnectARN": s.cfg.Centre.State().Instance.QuickConnectARN(q.ID)}, err
}

func (s queues) updateQuickConnectName(c call) (any, error) {
	in, err := decode[struct{ Name, Description *string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeQuickConnect(connect.QuickConnectID(c.id()), func(q *connect.QuickConnect) {
		set(&q.Name, in.Name)
		set(&q.Description, in.Description)
	})
}

func (s queues) updateQuickConnectConfig(c call) (any, error) {
	in, err := decode[struct{ QuickConnectConfig quickConnectConfig }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.ChangeQuickConnect(connect.QuickConnectID(c.id()), in.QuickConnectConfig.apply)
}

func (s queues) deleteQuickConnect(c call) (any, error) {
	return nil, s.cfg.Centre.DeleteQuickConnect(connect.QuickConnectID(c.id()))
}
