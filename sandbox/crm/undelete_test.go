package crm

import (
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func TestUndeleteBringsBackWhatWentAlong(t *testing.T) {
	d := newDesk(t)
	system := &Actor{Access: d.admin.Unbound(), user: d.admin.User()}
	for _, o := range []schema.Object{
		{Name: "Shop__c", Label: "Shop", Custom: true,
			Fields: []schema.Field{{Name: "Name", Label: "Name", Type: "string", Length: 80, NameField: true}}},
		{Name: "Shelf__c", Label: "Shelf", Custom: true, ControlledBy: "Shop__c", Fields: []schema.Field{
			{Name: "Name", Label: "Name", Type: "string", Length: 80, NameField: true},
			{Name: "Shop__c", Label: "Shop", Type: "reference", Required: true, References: []string{"Shop__c"},
				Relationship: "Shop__r", Cascade: true, CreateOnly: true, Custom: true},
		}},
	} {
		if err := system.PutObject(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	shop := create(t, system, "Shop__c", records.Values{"Name": "Silk"})
	early := create(t, system, "Shelf__c", records.Values{"Name": "early", "Shop__c": string(shop)})
	create(t, system, "Shelf__c", records.Values{"Name": "late", "Shop__c": string(shop)})
	del := func(object string, id schema.RecordID) {
		t.Helper()
		if err := system.Delete(t.Context(), object, id); err != nil {
			t.Fatal(err)
		}
		d.clock.Advance(time.Minute)
	}
	del("Shelf__c", early)
	del("Shop__c", shop)
	if got := names(t, system, "SELECT Name FROM Shelf__c"); got != "" {
		t.Fatalf("shelves of a deleted shop: %s", got)
	}
	if err := system.Undelete(t.Context(), "Shop__c", shop); err != nil {
		t.Fatal(err)
	}
	if got := names(t, system, "SELECT Name FROM Shop__c"); got != "Silk" {
		t.Errorf("shops = %s", got)
	}
	if got := names(t, system, "SELECT Name FROM Shelf__c"); got != "late" {
		t.Errorf("shelves = %s, want late: the other one was deleted on its own", got)
	}
	var refused *schema.Error
	if err := system.Undelete(t.Context(), "Shop__c", shop); !errors.As(err, &refused) || refused.Code != "UNDELETE_FAILED" {
		t.Errorf("undeleted twice: %v", err)
	}
	if err := d.agent.Undelete(t.Context(), "Shop__c", shop); !errors.As(err, &refused) || refused.Status != 404 {
		t.Errorf("an agent without rights: %v", err)
	}
}

// TestOnlyWhoMayDeleteARecordBringsItBack has agents with the object's right to delete, whose records are private.
func TestOnlyWhoMayDeleteARecordBringsItBack(t *testing.T) {
	d := newDesk(t)
	var set, other schema.RecordID
	if err := d.Transact(t.Context(), func(a *Actor) error {
		if err := a.PutObject(t.Context(), schema.Object{Name: "Ride__c", Label: "Ride", Plural: "Rides", Custom: true, Sharing: schema.Private,
			Fields: []schema.Field{{Name: "Name", Label: "Ride", Type: "string", Length: 80, NameField: true}}}); err != nil {
			return err
		}
		set = create(t, a, "PermissionSet", records.Values{"Name": "Riders", "Label": "Riders"})
		create(t, a, "ObjectPermissions", records.Values{"ParentId": string(set), "SobjectType": "Ride__c", "PermissionsRead": true,
			"PermissionsCreate": true, "PermissionsEdit": true, "PermissionsDelete": true})
		create(t, a, "PermissionSetAssignment", records.Values{"AssigneeId": string(d.agent.User().ID), "PermissionSetId": string(set)})
		other = create(t, a, "Ride__c", records.Values{"Name": "other", "OwnerId": string(d.admin.User().ID)})
		return a.Delete(t.Context(), "Ride__c", other)
	}); err != nil {
		t.Fatal(err)
	}
	rider := d.as(t, "agent@x.example")
	own := create(t, rider, "Ride__c", records.Values{"Name": "own"})
	if err := rider.Delete(t.Context(), "Ride__c", own); err != nil {
		t.Fatal(err)
	}
	var refused *schema.Error
	if err := rider.Undelete(t.Context(), "Ride__c", other); !errors.As(err, &refused) || refused.Status != 404 {
		t.Errorf("another's private record: %v", err)
	}
	if err := rider.Undelete(t.Context(), "Ride__c", own); err != nil {
		t.Errorf("an own record: %v", err)
	}
	if got := names(t, &Actor{Access: d.admin.Unbound(), user: d.admin.User()}, "SELECT Name FROM Ride__c"); got != "own" {
		t.Errorf("rides = %s", got)
	}
}

func TestPreferences(t *testing.T) {
	d := newDesk(t)
	for _, step := range []struct {
		name, want string
		write      func() error
	}{
		{"nothing at first", "", func() error { return nil }},
		{"one's own", "1", func() error { return people.PutPreference(t.Context(), d.agent.Access, "k", "1") }},
		{"another person's does not show", "1", func() error { return people.PutPreference(t.Context(), d.admin.Access, "k", "2") }},
		{"nothing again", "", func() error { return people.PutPreference(t.Context(), d.agent.Access, "k", "") }},
	} {
		if err := step.write(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		own, err := people.Preference(t.Context(), d.agent.Access, "k")
		if err != nil || own != step.want {
			t.Errorf("%s: %q (%v), want %q", step.name, own, err, step.want)
		}
	}
	if err := people.PutPreference(t.Context(), d.agent.Access, "k", string(make([]byte, 256<<10+1))); err == nil {
		t.Error("a preference without bound was kept")
	}
}
