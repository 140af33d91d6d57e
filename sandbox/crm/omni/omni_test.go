package omni

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	amelia, omar = schema.RecordID("amelia"), schema.RecordID("omar")
	cases, leads = schema.RecordID("cases"), schema.RecordID("leads") // channels
	support      = schema.RecordID("support")                         // a queue
)

var (
	available = Status{ID: "available", Label: "Available", Name: "Available", Channels: []Channel{{cases, "Cases", "Case"}}}
	selling   = Status{ID: "selling", Label: "Selling", Name: "Selling", Channels: []Channel{{leads, "Leads", "Lead"}}}
	lunch     = Status{ID: "lunch", Label: "At Lunch", Name: "Lunch"}
)

// room is a World in which a test does one thing after another.
type room struct {
	t *testing.T
	*World
	made int
}

// open is a room with two agents of one queue who are logged out.
func open(t *testing.T) *room {
	t.Helper()
	r := &room{t: t, World: &World{Now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC), Agents: map[schema.RecordID]*Agent{}}}
	r.NewID = func(object string) schema.RecordID {
		r.made++
		return schema.RecordID(fmt.Sprintf("%s%d", object, r.made))
	}
	for _, user := range []schema.RecordID{amelia, omar} {
		r.Agents[user] = &Agent{User: user, Allowed: []Status{available, lunch}, Queues: map[schema.RecordID]bool{support: true},
			Config: Config{Capacity: 5, MayDecline: true}}
	}
	return r
}

func (r *room) is(user schema.RecordID, s Status) {
	r.t.Helper()
	if err := r.SetStatus(user, s.ID, ByHand); err != nil {
		r.t.Fatal(err)
	}
	r.Route()
}

// comes puts a case into the queue.
func (r *room) comes(item schema.RecordID, how Routing) {
	r.World.Queue(Pending{Item: item, Channel: cases, Queue: support, Routing: how})
	r.Route()
}

// has is what an agent has, such as "c1 Assigned, c2 Opened".
func (r *room) has(user schema.RecordID, want string) {
	r.t.Helper()
	var all []string
	for _, k := range r.Works {
		if k.User == user {
			all = append(all, string(k.Item)+" "+string(k.State))
		}
	}
	if got := strings.Join(all, ", "); got != want {
		r.t.Errorf("%s has %q, want %q", user, got, want)
	}
}

// work is the id of the work that is a case.
func (r *room) work(item schema.RecordID) schema.RecordID {
	r.t.Helper()
	for _, k := range r.Works {
		if k.Item == item {
			return k.ID
		}
	}
	r.t.Fatalf("nobody has %s", item)
	return ""
}

// told is what an agent's tabs were told since it was asked last, without omniChannel and with the parameter that tells events apart.
func (r *room) told(user schema.RecordID, want string) {
	r.t.Helper()
	var all []string
	var rest []Effect
	for _, e := range r.Effects {
		told, ok := e.(Told)
		if !ok || told.User != user {
			rest = append(rest, e)
			continue
		}
		line := strings.TrimPrefix(told.Name, "omniChannel")
		for _, name := range []string{"statusApiName", "reason", "workItemId", "newWorkload"} {
			if value, ok := told.Params[name]; ok {
				line += fmt.Sprint(" ", value)
			}
		}
		all = append(all, line)
	}
	r.Effects = rest
	if got := strings.Join(all, ", "); got != want {
		r.t.Errorf("%s was told %q, want %q", user, got, want)
	}
}

var one = Routing{Model: "LeastActive", Weight: 1}

func TestPresence(t *testing.T) {
	r := open(t)
	if err := r.SetStatus(amelia, selling.ID, ByToolkit); err != ErrStatus {
		t.Errorf("a status that is not hers is refused with %v", err)
	}
	if err := r.SetStatus("nobody", available.ID, ByToolkit); err != ErrStatus {
		t.Errorf("a status of a user who is allowed none is refused with %v", err)
	}
	r.is(amelia, available)
	r.told(amelia, "LoginSuccess, StatusChanged Available OmniLoginStatusChange")
	r.is(amelia, available)
	r.told(amelia, "")
	if err := r.SetStatus(amelia, lunch.ID, ByToolkit); err != nil {
		t.Error(err)
	}
	r.told(amelia, "StatusChanged Lunch OmniToolkitStatusChange")
	r.LogOut(amelia, "")
	r.LogOut(amelia, "")
	r.told(amelia, "Logout")
	r.is(amelia, lunch)
	r.told(amelia, "LoginSuccess, StatusChanged Lunch OmniLoginStatusChange")
	r.LogOut(amelia, Elsewhere)
	r.told(amelia, "Logout DuplicateLogin")
	r.told(omar, "")
}

func TestEachPresenceHasARow(t *testing.T) {
	r := open(t)
	r.is(amelia, available)
	r.is(amelia, lunch)
	r.LogOut(amelia, "")
	var rows []string
	for _, e := range r.Effects {
		switch e := e.(type) {
		case PresenceBegan:
			rows = append(rows, "+"+string(e.Agent.Presence)+" "+e.Agent.Status.Name)
		case PresenceEnded:
			rows = append(rows, "-"+string(e.Presence))
		}
	}
	want := "+UserServicePresence1 Available -UserServicePresence1 +UserServicePresence2 Lunch -UserServicePresence2"
	if got := strings.Join(rows, " "); got != want {
		t.Errorf("rows %s, want %s", got, want)
	}
}

func TestChannelsAreToldAsText(t *testing.T) {
	r := open(t)
	r.is(amelia, available)
	told, ok := r.Effects[len(r.Effects)-1].(Told)
	if !ok || told.Params["channels"] != `[{"channelId":"cases","developerName":"Cases"}]` {
		t.Errorf("told %+v", told)
	}
}

func TestWhoGetsWork(t *testing.T) {
	least, most := one, Routing{Model: "MostAvailable", Weight: 1}
	for _, tc := range []struct {
		name         string
		given        func(*room)
		how          Routing
		amelia, omar string
	}{
		{"nobody is there", func(*room) {}, least, "", ""},
		{"one is busy", func(r *room) { r.is(amelia, lunch); r.is(omar, available) }, least, "", "new Assigned"},
		{"one is not of the queue", func(r *room) {
			r.Agents[amelia].Queues = nil
			r.is(amelia, available)
			r.is(omar, available)
		}, least, "", "new Assigned"},
		{"one's status brings other work", func(r *room) {
			r.Agents[amelia].Allowed = []Status{selling}
			r.is(amelia, selling)
		}, least, "", ""},
		{"one has less open work", func(r *room) {
			r.is(amelia, available)
			r.comes("old", least)
			r.is(omar, available)
		}, least, "old Assigned", "new Assigned"},
		{"one has less work, another more room", func(r *room) {
			r.Agents[amelia].Config.Capacity = 50
			r.is(amelia, available)
			r.comes("old", least)
			r.is(omar, available)
		}, most, "old Assigned, new Assigned", ""},
		{"equals: who has waited longest for work", func(r *room) {
			r.is(amelia, available)
			r.Agents[amelia].Last = r.Now
			r.is(omar, available)
		}, least, "", "new Assigned"},
		{"no room left", func(r *room) {
			r.Agents[amelia].Config.Capacity = 1
			r.is(amelia, available)
			r.comes("old", least)
		}, least, "old Assigned", ""},
		{"half of the capacity fits", func(r *room) { r.is(amelia, available) }, Routing{Percentage: 50}, "new Assigned", ""},
		{"more than the capacity does not", func(r *room) { r.is(amelia, available) }, Routing{Weight: 5.5}, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := open(t)
			tc.given(r)
			r.comes("new", tc.how)
			r.has(amelia, tc.amelia)
			r.has(omar, tc.omar)
		})
	}
}

func TestPressingWorkComesFirst(t *testing.T) {
	r := open(t)
	r.Agents[amelia].Config.Capacity = 1
	r.comes("early", Routing{Priority: 2, Weight: 1})
	r.Now = r.Now.Add(time.Minute)
	r.comes("later", Routing{Priority: 2, Weight: 1})
	r.comes("pressing", Routing{Priority: 1, Weight: 1})
	r.is(amelia, available)
	for _, item := range []schema.RecordID{"pressing", "early", "later"} {
		r.has(amelia, string(item)+" Assigned")
		if err := r.Accept(amelia, r.work(item)); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(amelia, r.work(item)); err != nil {
			t.Fatal(err)
		}
		r.Route()
	}
	r.has(amelia, "")
}

func TestAPieceOfWorksLife(t *testing.T) {
	r := open(t)
	r.is(amelia, available)
	r.told(amelia, "LoginSuccess, StatusChanged Available OmniLoginStatusChange")
	r.comes("c1", one)
	r.told(amelia, "WorkAssigned c1, WorkloadChanged 1")
	id := r.work("c1")
	if err := r.Close(amelia, id); err != ErrNotOpened {
		t.Errorf("work that was not accepted is closed with %v", err)
	}
	if err := r.Accept(omar, id); err != ErrNoWork {
		t.Errorf("another agent's work is accepted with %v", err)
	}
	if err := r.Accept(amelia, id); err != nil {
		t.Fatal(err)
	}
	r.told(amelia, "WorkAccepted c1")
	owned := false
	for _, e := range r.Effects {
		owned = owned || e == Owned{"c1", amelia}
	}
	if !owned {
		t.Error("the agent did not become the owner")
	}
	if err := r.Accept(amelia, id); err != ErrAccepted {
		t.Errorf("accepted twice with %v", err)
	}
	if err := r.Decline(amelia, id, ""); err != ErrAccepted {
		t.Errorf("declined after it was accepted with %v", err)
	}
	r.Withdraw("c1", amelia) // the record is hers now: nothing changes
	r.has(amelia, "c1 Opened")
	if err := r.Close(amelia, id); err != nil {
		t.Fatal(err)
	}
	r.told(amelia, "WorkClosed c1, WorkloadChanged 0")
	r.told(omar, "")
}

func TestDecline(t *testing.T) {
	r := open(t)
	r.Agents[amelia].Config.OnDecline = lunch.ID
	r.is(amelia, available)
	r.comes("c1", one)
	r.Effects = nil
	if err := r.Decline(amelia, r.work("c1"), "too hard"); err != nil {
		t.Fatal(err)
	}
	r.Route()
	r.told(amelia, "WorkDeclined c1, WorkloadChanged 0, StatusChanged Lunch OmniDeclineWork")
	r.Now = r.Now.Add(time.Second)
	r.is(amelia, available)
	r.has(amelia, "") // not to the same agent's session
	r.is(omar, available)
	r.has(omar, "c1 Assigned")
	if err := r.Decline(omar, r.work("c1"), ""); err != nil {
		t.Fatal(err)
	}
	r.Now = r.Now.Add(time.Second)
	r.LogOut(amelia, "")
	r.is(amelia, available)
	r.has(amelia, "c1 Assigned") // a new session
	r.Agents[amelia].Config.MayDecline = false
	if err := r.Decline(amelia, r.work("c1"), ""); err != ErrNoDecline {
		t.Errorf("who may not decline is refused with %v", err)
	}
}

func TestPushTimeout(t *testing.T) {
	r := open(t)
	r.Agents[amelia].Config.OnTimeout = lunch.ID
	r.is(amelia, available)
	r.comes("c1", Routing{Weight: 1, PushTimeout: 30 * time.Second})
	began := r.Now
	r.Now = began.Add(29 * time.Second)
	if next := r.Tick(); next != began.Add(30*time.Second) {
		t.Errorf("next tick at %v", next)
	}
	r.has(amelia, "c1 Assigned")
	r.Effects = nil
	r.Now = began.Add(30 * time.Second)
	if next := r.Tick(); !next.IsZero() {
		t.Errorf("next tick at %v, want never", next)
	}
	r.Route()
	r.told(amelia, "WorkDeclined c1, WorkloadChanged 0, StatusChanged Lunch OmniPushTimeout")
	r.has(amelia, "")
	r.is(omar, available)
	r.has(omar, "c1 Assigned")
}

func TestAcceptedByItself(t *testing.T) {
	r := open(t)
	r.Agents[amelia].Config.AutoAccept = true
	r.is(amelia, available)
	r.Effects = nil
	r.comes("c1", one)
	r.told(amelia, "WorkAssigned c1, WorkloadChanged 1, WorkAccepted c1")
	r.has(amelia, "c1 Opened")
}

func TestLoggingOutWithWork(t *testing.T) {
	r := open(t)
	r.is(amelia, available)
	r.comes("c1", one)
	r.comes("c2", one)
	if err := r.Accept(amelia, r.work("c1")); err != nil {
		t.Fatal(err)
	}
	r.Effects = nil
	r.LogOut(amelia, "")
	r.told(amelia, "WorkClosed c1, WorkloadChanged 0, Logout")
	r.has(amelia, "")
	r.is(omar, available)
	r.has(omar, "c2 Assigned")
}

func TestARecordThatSomebodyTook(t *testing.T) {
	r := open(t)
	r.is(amelia, available)
	r.comes("c1", one)
	r.comes("c2", one)
	if err := r.Accept(amelia, r.work("c2")); err != nil {
		t.Fatal(err)
	}
	r.Effects = nil
	r.Withdraw("c1", omar)
	r.Withdraw("c2", omar)
	r.told(amelia, "WorkClosed c1, WorkloadChanged 1, WorkClosed c2, WorkloadChanged 0")
	r.has(amelia, "")
	if len(r.Pending) != 0 {
		t.Errorf("%+v still waits", r.Pending)
	}
	var ends []State
	for _, e := range r.Effects {
		if m, ok := e.(Moved); ok {
			ends = append(ends, m.To)
		}
	}
	if len(ends) != 2 || ends[0] != Canceled || ends[1] != Transferred {
		t.Errorf("work ended as %v", ends)
	}
}

func TestARecordIsQueuedOnce(t *testing.T) {
	r := open(t)
	r.comes("c1", one)
	r.comes("c1", one)
	if len(r.Pending) != 1 {
		t.Errorf("%d wait, want 1", len(r.Pending))
	}
	r.is(amelia, available)
	r.comes("c1", one) // assigned: it waits for her answer
	r.has(amelia, "c1 Assigned")
	if len(r.Pending) != 0 {
		t.Errorf("%+v waits as well", r.Pending)
	}
}
