package api

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// contacts are the operations about contacts and their history.
type contacts struct{ *server }

func (s contacts) startOutbound(c call) (any, error) {
	in, err := decode[struct {
		InstanceId, ContactFlowId, DestinationPhoneNumber, QueueId, SourcePhoneNumber, Name string
		Attributes                                                                          map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	if on, switched := s.cfg.Centre.State().Attributes["OUTBOUND_CALLS"]; switched && !on {
		return nil, failure(http.StatusForbidden, "OutboundContactNotPermittedException", "Outbound calls are not enabled for this instance.")
	}
	id, err := s.cfg.Centre.StartOutboundContact(connect.OutboundRequest{
		Number: in.DestinationPhoneNumber, Flow: connect.FlowID(last(in.ContactFlowId)),
		Queue: connect.QueueID(last(in.QueueId)), From: in.SourcePhoneNumber, Attributes: in.Attributes, Name: in.Name,
	})
	return entry{"ContactId": id}, err
}

func (s contacts) stopContact(c call) (any, error) {
	in, err := decode[struct{ InstanceId, ContactId string }](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	err = s.cfg.Centre.StopContact(connect.ContactID(last(in.ContactId)))
	if errors.Is(err, connect.ErrNoContact) {
		return nil, failure(http.StatusGone, "ContactNotFoundException", "The contact does not exist, or has ended.")
	}
	return nil, err
}

func (s contacts) setAttributes(c call) (any, error) {
	in, err := decode[struct {
		InstanceId, InitialContactId string
		Attributes                   map[string]string
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	if in.Attributes == nil {
		return nil, badParameter("Attributes is missing.")
	}
	return nil, s.cfg.Centre.SetAttributes(connect.ContactID(last(in.InitialContactId)), in.Attributes)
}

func (s contacts) attributesOf(c call) (any, error) {
	r, err := s.cfg.Centre.Record(connect.ContactID(c.id()))
	if r.Attributes == nil {
		r.Attributes = map[string]string{}
	}
	return entry{"Attributes": r.Attributes}, err
}

func endpoint(number string) entry {
	if number == "" {
		number = "anonymous"
	}
	return entry{"Type": "TELEPHONE_NUMBER", "Address": number}
}

// summary is what searches give of a contact.
func contactSummary(i connect.Instance, r connect.Record) entry {
	out := entry{
		"Id":                  r.ID,
		"Arn":                 i.ContactARN(r.ID),
		"InitialContactId":    r.ID,
		"InitiationMethod":    r.InitiationMethod,
		"Channel":             "VOICE",
		"InitiationTimestamp": seconds(r.Began),
	}
	stamped(out, "DisconnectTimestamp", r.Ended)
	if r.Queue != "" {
		out["QueueInfo"] = stamped(entry{"Id": r.Queue}, "EnqueueTimestamp", r.Queued)
	}
	if r.Agent != "" {
		out["AgentInfo"] = stamped(entry{"Id": r.Agent}, "ConnectedToAgentTimestamp", r.Connected)
	}
	if r.Name != "" {
		out["Name"] = r.Name
	}
	out["SegmentAttributes"] = entry{"connect:Subtype": entry{"ValueString": "connect:Telephony"}}
	return out
}

func contactOf(i connect.Instance, r connect.Record) entry {
	out := contactSummary(i, r)
	if who, ok := out["AgentInfo"].(entry); ok {
		stamped(stamped(who, "AfterContactWorkStartTimestamp", r.WorkBegan), "AfterContactWorkEndTimestamp", r.WorkEnded)
		if !r.WorkEnded.IsZero() {
			who["AfterContactWorkDuration"] = int(r.WorkEnded.Sub(r.WorkBegan).Seconds())
		}
		who["CustomerHoldDuration"] = int(r.Hold.Seconds())
	}
	out["CustomerEndpoint"], out["SystemEndpoint"] = endpoint(r.Customer), endpoint(r.System)
	out["Attributes"] = r.Attributes
	if r.Description != "" {
		out["Description"] = r.Description
	}
	if r.Reason != "" {
		out["DisconnectReason"] = r.Reason
	}
	return stamped(stamped(out, "ConnectedToSystemTimestamp", r.Began), "LastUpdateTimestamp", latest(r))
}

func latest(r connect.Record) time.Time {
	at := r.Began
	for _, t := range []time.Time{r.Queued, r.Connected, r.Ended, r.WorkEnded} {
		if t.After(at) {
			at = t
		}
	}
	return at
}

func (s contacts) describeContact(c call) (any, error) {
	r, err := s.cfg.Centre.Record(connect.ContactID(c.id()))
	return entry{"Contact": contactOf(s.cfg.Centre.State().Instance, r)}, err
}

func (s contacts) updateContact(c call) (any, error) {
	in, err := decode[struct{ Name, Description *string }](c)
	if err != nil {
		return nil, err
	}
	return nil, s.cfg.Centre.UpdateContact(connect.ContactID(c.id()), in.Name, in.Description)
}

// listReferences: contacts of the sandbox have no references.
func (s contacts) listReferences(c call) (any, error) {
	if _, err := s.cfg.Centre.Record(connect.ContactID(c.id())); err != nil {
		return nil, err
	}
	return listed(c, "ReferenceSummaryList", []entry{})
}

// epoch is a time in a body: seconds, fraction allowed.
type epoch float64

func (e epoch) time() time.Time { return time.UnixMilli(int64(e * 1000)) }

const widest = 8 * 7 * 24 * time.Hour // of one search

// times are when a contact came to a point that a search may name.
var times = map[string]func(connect.Record) time.Time{
	"INITIATION_TIMESTAMP":         func(r connect.Record) time.Time { return r.Began },
	"ENQUEUE_TIMESTAMP":            func(r connect.Record) time.Time { return r.Queued },
	"CONNECTED_TO_AGENT_TIMESTAMP": func(r connect.Record) time.Time { return r.Connected },
	"DISCONNECT_TIMESTAMP":         func(r connect.Record) time.Time { return r.Ended },
	"SCHEDULED_TIMESTAMP":          func(connect.Record) time.Time { return time.Time{} },
}

func (s contacts) searchContacts(c call) (any, error) {
	in, err := decode[struct {
		paging
		TimeRange *struct {
			Type               string
			StartTime, EndTime epoch
		}
		SearchCriteria struct{ AgentIds, Channels, InitiationMethods, QueueIds []string }
		Sort           *struct{ FieldName, Order string }
	}](c)
	if err != nil {
		return nil, err
	}
	if err := s.ours(in.InstanceId); err != nil {
		return nil, err
	}
	if in.TimeRange == nil || times[in.TimeRange.Type] == nil {
		return nil, badParameter("TimeRange needs a type, a start and an end.")
	}
	from, to := in.TimeRange.StartTime.time(), in.TimeRange.EndTime.time()
	if to.Before(from) || to.Sub(from) > widest {
		return nil, badParameter("The time range is at most eight weeks, and ends after it begins.")
	}
	i, at, k := s.cfg.Centre.State().Instance, times[in.TimeRange.Type], in.SearchCriteria
	found := []entry{}
	for _, r := range s.cfg.Centre.Records() {
		when := at(r)
		if !when.IsZero() && !when.Before(from) && !when.After(to) && wants(k.AgentIds, string(r.Agent)) &&
			wants(k.Channels, "VOICE") &&
			wants(k.InitiationMethods, string(r.InitiationMethod)) &&
			wants(k.QueueIds, string(r.Queue)) {
			found = append(found, contactSummary(i, r))
		}
	}
	if in.Sort == nil || in.Sort.Order != "ASCENDING" {
		slices.Reverse(found)
	}
	list, next, err := cut(found, in.MaxResults.String(), in.NextToken, maxFound)
	out := listing("Contacts", list, next)
	out["TotalCount"] = len(found)
	return out, err
}
