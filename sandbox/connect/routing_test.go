package connect

import (
	"errors"
	"strings"
	"testing"
	"time"
)

const main = "+12065550100"

// twoQueueFloor is a floor with a second queue, whose number is claimed, and a second routing profile that omar has.
type twoQueueFloor struct {
	*floor
	vip    Queue
	number Number
}

func twoQueues(t *testing.T, priority int, delay time.Duration) *twoQueueFloor {
	t.Helper()
	d := newFloor(t)
	s := d.State()
	vip, err := d.CreateQueue(Queue{Name: "VIP", Hours: s.Hours[0].ID}, nil)
	d.must(err)
	content := strings.ReplaceAll(s.Flows[0].Content, string(s.Queues[0].ID), string(vip.ID))
	flow, err := d.CreateFlow(Flow{Name: "VIP inbound", Type: ContactFlow, Content: content, Published: true}, nil)
	d.must(err)
	n, err := d.ClaimNumber("+12065550111", "VIP line", nil)
	d.must(err)
	d.must(d.ChangeNumber(n.ID, func(n *Number) { n.Flow = flow.ID }))
	both, err := d.CreateRoutingProfile(RoutingProfile{
		Name: "Both", Description: "both queues", DefaultOutbound: vip.ID, Concurrency: []Concurrency{{Voice, 1}},
		Queues: []RoutingProfileQueue{{s.Queues[0].ID, Voice, 2, 0}, {vip.ID, Voice, priority, delay}},
	}, nil)
	d.must(err)
	d.must(d.ChangeUser(omar, func(u *User) { u.FirstName, u.LastName, u.RoutingProfile = "Omar", "Haddad", both.ID }))
	return &twoQueueFloor{d, vip, n}
}

func (f *twoQueueFloor) rings(who AgentID, id ContactID) {
	f.Helper()
	cs := f.now(who).Contacts
	if len(cs) != 1 || cs[0].ID != id || cs[0].State != Connecting {
		f.Errorf("%s has %+v, want %s to ring", who, cs, id)
	}
}

func TestAgentsGetTheContactsOfTheirQueues(t *testing.T) {
	f := twoQueues(t, 1, 0)
	id := f.Arrived("+12065550142", f.number.E164)
	f.available(amelia)
	f.Ready()
	f.stands(amelia, "Available")
	f.available(omar)
	f.rings(omar, id)
	if got := f.now(omar).Contacts[0]; got.Queue != f.vip.ID || got.System != f.number.E164 {
		t.Errorf("%+v", got)
	}
	check(t, f.Centre)
}

func TestPriorityComesBeforeAge(t *testing.T) {
	f := twoQueues(t, 1, 0)
	old := f.Arrived("+12065550142", main)
	f.clock.Advance(time.Minute)
	vip := f.Arrived("+12065550143", f.number.E164)
	f.available(omar)
	f.rings(omar, vip)
	f.available(amelia)
	f.rings(amelia, old)
}

func TestTheSamePriorityGoesByAge(t *testing.T) {
	f := twoQueues(t, 2, 0)
	old := f.Arrived("+12065550142", main)
	f.clock.Advance(time.Minute)
	f.Arrived("+12065550143", f.number.E164)
	f.available(omar)
	f.rings(omar, old)
}

func TestADelayedQueueWaitsForItsDelay(t *testing.T) {
	f := twoQueues(t, 1, 30*time.Second)
	f.available(omar)
	id := f.Arrived("+12065550143", f.number.E164)
	f.Ready()
	f.stands(omar, "Available")
	f.clock.Advance(29 * time.Second)
	f.stands(omar, "Available")
	f.clock.Advance(time.Second)
	f.rings(omar, id)
}

func TestQueuesThatAreFullOrDisabledTakeNobody(t *testing.T) {
	f := twoQueues(t, 1, 0)
	f.must(f.ChangeQueue(f.vip.ID, func(q *Queue) { q.MaxContacts = 1 }))
	if f.Arrived("", f.number.E164) == "" || f.Arrived("", f.number.E164) != "" {
		t.Error("a queue for one takes another number")
	}
	f.must(f.ChangeQueue(f.vip.ID, func(q *Queue) { q.MaxContacts, q.Disabled = 0, true }))
	if f.Arrived("", f.number.E164) != "" {
		t.Error("a disabled queue takes a contact")
	}
	f.must(f.ChangeNumber(f.number.ID, func(n *Number) { n.Flow = "" }))
	if f.Arrived("", f.number.E164) != "" || f.Arrived("", "+12065550199") != "" {
		t.Error("a number without a flow, or of somebody else, takes a contact")
	}
	if err := f.DeleteQueue(f.vip.ID); !errors.Is(err, ErrInUse) {
		t.Errorf("a queue with a contact is deleted: %v", err)
	}
}

func TestCallsForTheAPIWaitOnceTheyAreAnswered(t *testing.T) {
	f := twoQueues(t, 1, 0)
	f.available(amelia)
	s := f.State()
	id, err := f.StartOutboundContact(
		OutboundRequest{
			Number:     "+12065550177",
			Queue:      s.Queues[0].ID,
			Flow:       s.Flows[0].ID,
			Attributes: map[string]string{"campaign": "x"},
		},
	)
	f.must(err)
	if len(f.audio) != 1 || f.audio[0] != "dial +12065550177 as "+main {
		t.Errorf("asked of audio: %v", f.audio)
	}
	f.stands(amelia, "Available")
	check(t, f.Centre)
	f.CustomerAnswered(id)
	f.rings(amelia, id)
	f.must(f.AcceptContact(amelia, id))
	f.must(f.StopContact(id))
	r, err := f.Record(id)
	f.must(err)
	if r.Reason != "API" || r.InitiationMethod != InitiatedByAPI || r.Attributes["campaign"] != "x" || r.Agent != amelia ||
		r.Connected.IsZero() {
		t.Errorf("%+v", r)
	}
	f.stands(amelia, "AfterCallWork [ended disconnected/disconnected]")
	if err := f.StopContact(id); !errors.Is(err, ErrNoContact) {
		t.Errorf("stopped twice: %v", err)
	}
	id, err = f.StartOutboundContact(OutboundRequest{Number: "+12065550177", From: main, Flow: s.Flows[0].ID})
	f.must(err)
	f.CustomerDisconnected(id, IsBusy)
	check(t, f.Centre)
	for _, bad := range []OutboundRequest{
		{Number: "x", Queue: s.Queues[0].ID, Flow: s.Flows[0].ID}, {Number: "+12065550177", Flow: s.Flows[0].ID},
		{Number: "+12065550177", Queue: "none", Flow: s.Flows[0].ID},
		{Number: "+12065550177", Queue: s.Queues[0].ID, Flow: "none"},
		{Number: "+12065550177", From: "+1999", Flow: s.Flows[0].ID}, {Number: "+12065550177", Queue: s.Queues[0].ID, Flow: s.Flows[1].ID},
	} {
		if _, err := f.StartOutboundContact(bad); err == nil {
			t.Errorf("called: %+v", bad)
		}
	}
}

func TestADeletedAgentIsGone(t *testing.T) {
	d := newFloor(t)
	id := ringing(d)
	d.must(d.DeleteUser(amelia))
	if _, err := d.Snapshot(amelia); !errors.Is(err, ErrNoAgent) {
		t.Errorf("snapshot: %v", err)
	}
	d.available(omar)
	if cs := d.now(omar).Contacts; len(cs) != 1 || cs[0].ID != id {
		t.Errorf("omar has %+v", cs)
	}
	check(t, d.Centre)
	talks := newFloor(t)
	call := talking(talks)
	talks.must(talks.DeleteUser(amelia))
	if r, err := talks.Record(call); err != nil || r.Ended.IsZero() {
		t.Errorf("%+v, %v", r, err)
	}
	check(t, talks.Centre)
}
