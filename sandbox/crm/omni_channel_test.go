package crm

import (
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func (d *desk) omniChannel(t *testing.T, on bool) {
	t.Helper()
	if err := d.Transact(t.Context(), func(a *Actor) error { return a.SetOmniChannel(t.Context(), on) }); err != nil {
		t.Fatal(err)
	}
}

// made is a record that only the platform makes.
func (d *desk) made(t *testing.T, object string, values records.Values) schema.RecordID {
	t.Helper()
	var id schema.RecordID
	if err := d.Transact(t.Context(), func(a *Actor) (err error) { id, err = a.Create(t.Context(), object, values); return err }); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestOmniChannelComesWhenItIsEnabled(t *testing.T) {
	d := newDesk(t)
	const query = "SELECT MasterLabel FROM ServicePresenceStatus"
	if _, err := d.admin.Query(t.Context(), query, false); !hasCode(err, "INVALID_TYPE") {
		t.Errorf("before: %v", err)
	}
	d.omniChannel(t, true)
	status := d.made(t, schema.PresenceStatus, records.Values{"DeveloperName": "Ready", "MasterLabel": "Ready"})
	if status[:3] != "0N5" {
		t.Errorf("id %s", status)
	}
	for who, a := range map[string]*Actor{"administrator": d.admin, "agent": d.agent} {
		if found, err := a.Query(t.Context(), query, false); err != nil || len(found.Records) != 1 {
			t.Errorf("%s: %+v %v", who, found, err)
		}
	}
	d.omniChannel(t, false)
	if _, err := d.admin.Describe("AgentWork"); !hasCode(err, "NOT_FOUND") || d.admin.OmniChannelOn() {
		t.Errorf("after: %v", err)
	}
	d.omniChannel(t, true)
	if found, err := d.admin.Query(t.Context(), query, false); err != nil || len(found.Records) != 1 {
		t.Errorf("enabled again, the status is not there: %+v %v", found, err)
	}
}

func TestNobodyWritesOmniChannelByTheAPI(t *testing.T) {
	d := newDesk(t)
	d.omniChannel(t, true)
	for _, o := range schema.OmniChannel() {
		if _, err := d.admin.Create(t.Context(), o.Name, records.Values{}); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
}

func TestDeveloperNamesAreForWhoSeesSetup(t *testing.T) {
	d := newDesk(t)
	d.omniChannel(t, true)
	const query = "SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = 'Ready'"
	if _, err := d.admin.Query(t.Context(), query, false); err != nil {
		t.Error(err)
	}
	if _, err := d.agent.Query(t.Context(), query, false); !hasCode(err, "INVALID_FIELD") {
		t.Errorf("agent: %v", err)
	}
}

func TestPresenceIsOnesOwn(t *testing.T) {
	d := newDesk(t)
	d.omniChannel(t, true)
	status := d.made(t, schema.PresenceStatus, records.Values{"DeveloperName": "Ready", "MasterLabel": "Ready"})
	var of []schema.RecordID
	for _, a := range []*Actor{d.admin, d.agent} {
		of = append(of, d.made(t, schema.UserPresence, records.Values{"OwnerId": string(a.Who()), "UserId": string(a.Who()),
			"ServicePresenceStatusId": string(status), "IsCurrentState": true}))
	}
	const query = "SELECT Id FROM UserServicePresence WHERE IsCurrentState = true"
	for who, a := range map[string]*Actor{"administrator": d.admin, "agent": d.agent} {
		found, err := a.Query(t.Context(), query, false)
		if want := map[string]int{"administrator": 2, "agent": 1}[who]; err != nil || len(found.Records) != want {
			t.Errorf("%s sees %+v %v", who, found, err)
		}
	}
	if err := d.agent.Delete(t.Context(), schema.UserPresence, of[1]); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
		t.Errorf("the agent deletes it: %v", err)
	}
	if err := d.admin.Delete(t.Context(), schema.UserPresence, of[1]); err != nil {
		t.Errorf("who customises the org deletes it: %v", err)
	}
	if err := d.admin.Update(t.Context(), schema.UserPresence, of[0], records.Values{"IsAway": true}, ""); err == nil {
		t.Error("an administrator changes presence")
	}
}

func TestQueuesOwnCases(t *testing.T) {
	d := newDesk(t)
	group := func(kind, object string) schema.RecordID {
		made := d.made(t, schema.Group, records.Values{"Name": kind + object, "Type": kind})
		d.made(t, schema.QueueObject, records.Values{"QueueId": string(made), "SobjectType": object})
		return made
	}
	support := group("Queue", "Case")
	others := map[string]schema.RecordID{"a queue of leads": group("Queue", "Lead"), "a public group": group("Regular", "Case")}
	for name, owner := range others {
		if _, err := d.agent.Create(t.Context(), "Case", records.Values{"OwnerId": string(owner)}); !hasCode(err, "INVALID_OPERATION") {
			t.Errorf("%s owns a case: %v", name, err)
		}
	}
	if _, err := d.agent.Create(t.Context(), "Case", records.Values{"OwnerId": string(support)}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.agent.Create(t.Context(), "Case", records.Values{}); err != nil {
		t.Fatal(err)
	}
	found, err := d.agent.Query(t.Context(), "SELECT Owner.Name, Owner.Type, Owner.Username FROM Case ORDER BY Owner.Type", false)
	if err != nil || len(found.Records) != 2 {
		t.Fatalf("%+v %v", found, err)
	}
	queue, ok := found.Records[0].Get("Owner").(*records.Record)
	user, also := found.Records[1].Get("Owner").(*records.Record)
	if !ok || !also || queue.Text("Type") != "Group" || queue.Text("Name") != "QueueCase" || user.Text("Type") != "User" ||
		user.Text("Username") == "" {
		t.Errorf("owners %+v and %+v", found.Records[0], found.Records[1])
	}
}
