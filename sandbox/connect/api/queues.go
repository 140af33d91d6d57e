package api

import (
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// jsonNumber is a number in a body, or none.
type jsonNumber int

// String is "" for none.
func (n jsonNumber) String() string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(int(n))
}

func (s *server) listQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	wanted := c.r.URL.Query()["queueTypes"]
	var all []map[string]any
	for _, q := range st.Queues {
		if wants(wanted, "STANDARD") {
			all = append(all, map[string]any{"Id": q.ID, "Arn": st.Instance.QueueARN(q.ID), "Name": q.Name, "QueueType": "STANDARD"})
		}
	}
	for _, u := range st.Users {
		if wants(wanted, "AGENT") {
			all = append(all, map[string]any{"Id": u.ID, "Arn": st.Instance.ARN() + "/queue/agent/" + string(u.ID), "QueueType": "AGENT"})
		}
	}
	list, next, err := page(c, all)
	return listing("QueueSummaryList", list, next), err
}

func (s *server) describeQueue(c call) (any, error) {
	st := s.cfg.Centre.State()
	return found(c, "the queue", "Queue", st.Queues, func(q connect.Queue) string { return string(q.ID) }, func(q connect.Queue) map[string]any {
		return map[string]any{
			"QueueId": q.ID, "QueueArn": st.Instance.QueueARN(q.ID), "Name": q.Name, "Status": "ENABLED", "HoursOfOperationId": st.Instance.Resource("hours"),
			"OutboundCallerConfig": map[string]any{"OutboundCallerIdNumberId": st.Instance.Resource("phone-number")},
		}
	})
}

const profileName = "Basic Routing Profile"

func (s *server) listRoutingProfiles(c call) (any, error) {
	i := s.cfg.Centre.State().Instance
	list, next, err := page(c, []map[string]any{{"Id": i.Resource("routing-profile"), "Arn": i.RoutingProfileARN(), "Name": profileName}})
	return listing("RoutingProfileSummaryList", list, next), err
}

func (s *server) describeRoutingProfile(c call) (any, error) {
	st := s.cfg.Centre.State()
	return found(c, "the routing profile", "RoutingProfile", []string{st.Instance.Resource("routing-profile")}, func(id string) string { return id }, func(id string) map[string]any {
		return map[string]any{
			"RoutingProfileId": id, "RoutingProfileArn": st.Instance.RoutingProfileARN(), "InstanceId": st.Instance.ID, "Name": profileName, "Description": "A basic routing profile", "IsDefault": true,
			"MediaConcurrencies": []map[string]any{{"Channel": "VOICE", "Concurrency": 1}}, "DefaultOutboundQueueId": st.Queues[0].ID, "AssociatedQueueIds": []connect.QueueID{st.Queues[0].ID},
			"NumberOfAssociatedQueues": 1, "NumberOfAssociatedUsers": len(st.Users),
		}
	})
}

func (s *server) listRoutingProfileQueues(c call) (any, error) {
	st := s.cfg.Centre.State()
	if c.id() != st.Instance.Resource("routing-profile") {
		return nil, missing("the routing profile")
	}
	q := st.Queues[0]
	list, next, err := page(c, []map[string]any{{"QueueId": q.ID, "QueueArn": st.Instance.QueueARN(q.ID), "QueueName": q.Name, "Priority": 1, "Delay": 0, "Channel": "VOICE"}})
	return listing("RoutingProfileQueueConfigSummaryList", list, next), err
}

const hoursName = "Basic Hours"

func (s *server) listHours(c call) (any, error) {
	i := s.cfg.Centre.State().Instance
	id := i.Resource("hours")
	list, next, err := page(c, []map[string]any{{"Id": id, "Arn": i.ARN() + "/operating-hours/" + id, "Name": hoursName}})
	return listing("HoursOfOperationSummaryList", list, next), err
}

// describeHours: the one queue is always open.
func (s *server) describeHours(c call) (any, error) {
	i := s.cfg.Centre.State().Instance
	return found(c, "the hours of operation", "HoursOfOperation", []string{i.Resource("hours")}, func(id string) string { return id }, func(id string) map[string]any {
		var days []map[string]any
		for day := range strings.FieldsSeq("SUNDAY MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY") {
			days = append(days, map[string]any{"Day": day, "StartTime": map[string]int{"Hours": 0, "Minutes": 0}, "EndTime": map[string]int{"Hours": 0, "Minutes": 0}})
		}
		return map[string]any{"HoursOfOperationId": id, "HoursOfOperationArn": i.ARN() + "/operating-hours/" + id, "Name": hoursName, "Description": "Always open", "TimeZone": "UTC", "Config": days}
	})
}
