package omni

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// routingFields are those in which work and configurations say how a queue's work is routed.
const routingFields = "RoutingModel, RoutingPriority, CapacityWeight, CapacityPercentage, PushTimeout"

func routing(r records.Record) omni.Routing {
	return omni.Routing{Model: r.Text("RoutingModel"), Priority: int(number(r, "RoutingPriority")), Weight: number(r, "CapacityWeight"),
		Percentage: number(r, "CapacityPercentage"), PushTimeout: time.Duration(number(r, "PushTimeout")) * time.Second}
}

func routingValues(r omni.Routing) records.Values {
	values := records.Values{"RoutingModel": r.Model, "RoutingPriority": r.Priority, "RoutingType": "QueueBased",
		"PushTimeout": int(r.PushTimeout / time.Second)}
	if r.Percentage > 0 {
		values["CapacityPercentage"] = r.Percentage
	} else {
		values["CapacityWeight"] = r.Weight
	}
	return values
}

// work reads what waits, and what agents have.
func (s *Server) work(ctx context.Context, a *crm.Actor, w *omni.World) error {
	pending, err := rows(ctx, a, "SELECT Id, WorkItemId, ServiceChannelId, GroupId, CreatedDate, "+routingFields+" FROM PendingServiceRouting")
	if err != nil {
		return err
	}
	var items []schema.RecordID
	for _, p := range pending {
		items = append(items, id(p, "WorkItemId"))
		w.Pending = append(w.Pending, omni.Pending{ID: p.ID(), Item: id(p, "WorkItemId"), Channel: id(p, "ServiceChannelId"),
			Queue: id(p, "GroupId"), Routing: routing(p), Since: moment(p, "CreatedDate")})
	}
	works, err := rows(ctx, a, "SELECT Id, UserId, WorkItemId, ServiceChannelId, OriginalQueueId, Status, RequestDateTime, AssignedDateTime, "+
		"AcceptDateTime, "+routingFields+" FROM AgentWork WHERE Status IN ('Assigned', 'Opened')")
	if err != nil {
		return err
	}
	for _, k := range works {
		items = append(items, id(k, "WorkItemId")) // which may wait again
		w.Works = append(w.Works, omni.Work{ID: k.ID(), User: id(k, "UserId"), Item: id(k, "WorkItemId"), Channel: id(k, "ServiceChannelId"),
			Queue: id(k, "OriginalQueueId"), Routing: routing(k), State: omni.State(k.Text("Status")), Requested: moment(k, "RequestDateTime"),
			Assigned: moment(k, "AssignedDateTime"), Accepted: moment(k, "AcceptDateTime")})
	}
	for some := range slices.Chunk(items, mostNews) {
		refused, err := rows(ctx, a, "SELECT UserId, WorkItemId, DeclineDateTime FROM AgentWork WHERE Status IN ('Declined', "+
			"'DeclinedOnPushTimeout') AND WorkItemId IN "+in(some))
		if err != nil {
			return err
		}
		for _, r := range refused {
			w.Refused = append(w.Refused, omni.Decline{User: id(r, "UserId"), Item: id(r, "WorkItemId"), At: moment(r, "DeclineDateTime")})
		}
	}
	return nil
}

// routed are the queues whose records are routed, and how; a routing that another system decides is not ours.
func routed(ctx context.Context, a *crm.Actor) (map[schema.RecordID]omni.Routing, error) {
	queues, err := rows(ctx, a, "SELECT Id, QueueRoutingConfigId FROM Group WHERE Type = 'Queue' AND QueueRoutingConfigId != null")
	if err != nil || len(queues) == 0 {
		return nil, err
	}
	configs, err := rows(ctx, a, "SELECT Id, "+routingFields+" FROM QueueRoutingConfig WHERE RoutingModel != 'ExternalRouting'")
	all := map[schema.RecordID]omni.Routing{}
	for _, q := range queues {
		for _, c := range configs {
			if c.ID() == id(q, "QueueRoutingConfigId") {
				all[q.ID()] = routing(c)
			}
		}
	}
	return all, err
}

// queued puts records into queues and takes them out, as their owners say that changed.
func (s *Server) queued(ctx context.Context, a *crm.Actor, w *omni.World, n latest) error {
	if o, ok := a.Schema().Object(schema.ServiceChannel); !ok || o.Off {
		s.news.about(nil)
		return nil
	}
	queues, err := routed(ctx, a)
	if err != nil {
		return err
	}
	channels, err := rows(ctx, a, "SELECT Id, RelatedEntity FROM ServiceChannel ORDER BY CreatedDate")
	if err != nil {
		return err
	}
	var objects []string
	for _, c := range channels {
		objects = append(objects, c.Text("RelatedEntity"))
	}
	s.news.about(objects)
	items := n.items
	if n.all {
		items = map[schema.RecordID]bool{}
		for _, p := range w.Pending {
			items[p.Item] = true
		}
		for _, k := range w.Works {
			items[k.Item] = true
		}
	}
	for _, c := range channels {
		o, ok := a.Schema().Object(c.Text("RelatedEntity"))
		if _, owned := o.Field("OwnerId"); !ok || !owned {
			continue
		}
		owners, err := owners(ctx, a, o, items, n.all, slices.Sorted(maps.Keys(queues)))
		if err != nil {
			return err
		}
		for _, item := range slices.Sorted(maps.Keys(owners)) {
			owner := owners[item]
			if how, ok := queues[owner]; ok {
				w.Queue(omni.Pending{Item: item, Channel: c.ID(), Queue: owner, Routing: how})
			} else {
				w.Withdraw(item, owner)
			}
			delete(items, item)
		}
	}
	return nil
}

// owners are whose records of an object are: of those that changed, "" for one that is gone, and of all that queues own when all are
// asked for.
func owners(ctx context.Context, a *crm.Actor, o schema.Object, items map[schema.RecordID]bool, all bool, queues []schema.RecordID,
) (map[schema.RecordID]schema.RecordID, error) {
	owners := map[schema.RecordID]schema.RecordID{}
	var some []schema.RecordID
	for item := range items {
		if string(item[:min(3, len(item))]) == o.KeyPrefix {
			some, owners[item] = append(some, item), ""
		}
	}
	var conditions []string
	for chunk := range slices.Chunk(some, mostNews) {
		conditions = append(conditions, "Id IN "+in(chunk))
	}
	if all && len(queues) > 0 {
		conditions = append(conditions, "OwnerId IN "+in(queues))
	}
	for _, condition := range conditions {
		found, err := rows(ctx, a, "SELECT Id, OwnerId FROM "+o.Name+" WHERE "+condition+" ORDER BY CreatedDate, Id")
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			owners[r.ID()] = id(r, "OwnerId")
		}
	}
	return owners, nil
}

// carry writes what came of a decision; what is to be told is told once it counts.
func (s *Server) carry(ctx context.Context, a *crm.Actor, w *omni.World, e omni.Effect) error {
	now := w.Now.Format(records.Stored)
	switch e := e.(type) {
	case omni.PresenceBegan:
		_, err := a.Create(ctx, schema.UserPresence, records.Values{
			"Id": string(e.Agent.Presence), "UserId": string(e.Agent.User), "OwnerId": string(e.Agent.User),
			"ServicePresenceStatusId": string(e.Agent.Status.ID), "StatusStartDate": now, "IsCurrentState": true,
			"IsAway": !e.Agent.Status.Online(), "ConfiguredCapacity": int(e.Agent.Config.Capacity),
		})
		return err
	case omni.PresenceEnded:
		return s.endPresence(ctx, a, e.Presence, w.Now)
	case omni.Queued:
		values := routingValues(e.Pending.Routing)
		maps.Copy(values, records.Values{"Id": string(e.Pending.ID), "WorkItemId": string(e.Pending.Item),
			"ServiceChannelId": string(e.Pending.Channel), "GroupId": string(e.Pending.Queue), "IsReadyForRouting": true})
		_, err := a.Create(ctx, schema.PendingRouting, values)
		return err
	case omni.Unqueued:
		return a.Delete(ctx, schema.PendingRouting, e.Pending)
	case omni.Pushed:
		values := routingValues(e.Work.Routing)
		maps.Copy(values, records.Values{"Id": string(e.Work.ID), "UserId": string(e.Work.User), "OwnerId": string(e.Work.User),
			"WorkItemId": string(e.Work.Item), "ServiceChannelId": string(e.Work.Channel), "OriginalQueueId": string(e.Work.Queue),
			"Status": string(omni.Assigned), "AssignedDateTime": now,
			"RequestDateTime": cmp.Or(e.Work.Requested, w.Now).Format(records.Stored)})
		_, err := a.Create(ctx, schema.AgentWork, values)
		return err
	case omni.Moved:
		return a.Update(ctx, schema.AgentWork, e.Work.ID, moved(e, w.Now), "")
	case omni.Owned:
		o, _ := a.Schema().ByPrefix(e.Item)
		return a.Update(ctx, o.Name, e.Item, records.Values{"OwnerId": string(e.Owner)}, "")
	}
	return nil
}

// seconds is how long something took, as durations are kept.
func seconds(from, to time.Time) int { return int(max(0, to.Sub(from)) / time.Second) }

// moved are the fields that a change of an AgentWork writes.
func moved(e omni.Moved, at time.Time) records.Values {
	now := at.Format(records.Stored)
	values := records.Values{"Status": string(e.To)}
	switch e.To {
	case omni.Opened:
		values["AcceptDateTime"], values["SpeedToAnswer"] = now, seconds(e.Work.Requested, at)
	case omni.Closed, omni.Transferred:
		values["CloseDateTime"], values["HandleTime"] = now, seconds(e.Work.Accepted, at)
	case omni.Declined, omni.TimedOut:
		values["DeclineDateTime"], values["AgentCapacityWhenDeclined"] = now, e.Workload
		if e.Reason != "" {
			values["DeclineReason"] = e.Reason
		}
	case omni.Canceled, omni.Unavailable:
		values["CancelDateTime"] = now
	}
	return values
}

// endPresence ends a row; one that somebody deleted has ended.
func (s *Server) endPresence(ctx context.Context, a *crm.Actor, presence schema.RecordID, now time.Time) error {
	found, err := rows(ctx, a, "SELECT Id, StatusStartDate FROM UserServicePresence WHERE Id = '"+string(presence)+"'")
	if err != nil || len(found) == 0 {
		return err
	}
	return a.Update(ctx, schema.UserPresence, presence, records.Values{"IsCurrentState": false,
		"StatusEndDate": now.Format(records.Stored), "StatusDuration": seconds(moment(found[0], "StatusStartDate"), now)}, "")
}
