package amazonconnect

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
)

// Contact is how far a voice contact has come. A time is zero before.
type Contact struct {
	ID        string
	Customer  string // the number; "anonymous" when it was withheld
	AgentID   string // "" before an agent was connected
	Queued    time.Time
	Connected time.Time // with that agent
	Ended     time.Time
}

// Contact describes a contact as it is now.
func (c *Client) Contact(ctx context.Context, instanceID, contactID string) (Contact, error) {
	got, err := c.api.DescribeContact(ctx, &connect.DescribeContactInput{InstanceId: &instanceID, ContactId: &contactID})
	if err != nil {
		return Contact{}, fmt.Errorf("describe contact: %w", err)
	}
	if got.Contact == nil {
		return Contact{}, fmt.Errorf("describe contact %s: the answer has none", contactID)
	}
	k := Contact{ID: contactID, Ended: aws.ToTime(got.Contact.DisconnectTimestamp)}
	if end := got.Contact.CustomerEndpoint; end != nil {
		k.Customer = aws.ToString(end.Address)
	}
	if queue := got.Contact.QueueInfo; queue != nil {
		k.Queued = aws.ToTime(queue.EnqueueTimestamp)
	}
	if agent := got.Contact.AgentInfo; agent != nil {
		k.AgentID, k.Connected = aws.ToString(agent.Id), aws.ToTime(agent.ConnectedToAgentTimestamp)
	}
	return k, nil
}

const (
	clocksDiffer = 5 * time.Second // ours and the service's, at most
	maxDescribed = 5               // of what is found: a request each
)

// InboundContacts are calls from a number that began between two moments, the latest first.
func (c *Client) InboundContacts(ctx context.Context, instanceID, customer string, from, to time.Time) ([]Contact, error) {
	found, err := c.api.SearchContacts(ctx, &connect.SearchContactsInput{
		InstanceId: &instanceID, MaxResults: aws.Int32(maxDescribed),
		TimeRange: &types.SearchContactsTimeRange{Type: types.SearchContactsTimeRangeTypeInitiationTimestamp,
			StartTime: aws.Time(from.Add(-clocksDiffer)), EndTime: aws.Time(to.Add(clocksDiffer))},
		SearchCriteria: &types.SearchCriteria{Channels: []types.Channel{types.ChannelVoice},
			InitiationMethods: []types.ContactInitiationMethod{types.ContactInitiationMethodInbound}},
		Sort: &types.Sort{FieldName: types.SortableFieldNameInitiationTimestamp, Order: types.SortOrderDescending},
	})
	if err != nil {
		return nil, fmt.Errorf("search contacts: %w", err)
	}
	var all []Contact
	for _, summary := range found.Contacts {
		k, err := c.Contact(ctx, instanceID, aws.ToString(summary.Id))
		if err != nil {
			return nil, err
		}
		if sameNumber(k.Customer, customer) {
			all = append(all, k)
		}
	}
	return all, nil
}

// sameNumber compares numbers that may lack their plus.
func sameNumber(a, b string) bool { return strings.TrimPrefix(a, "+") == strings.TrimPrefix(b, "+") }
