package crm

import (
	"errors"
	"testing"
	"time"
)

func TestUndeleteBringsBackWhatWentAlong(t *testing.T) {
	d := newDesk(t)
	system := &Actor{org: d.Org, system: true, user: d.admin.User()}
	for _, o := range []Object{
		{Name: "Shop__c", Label: "Shop", Custom: true, Fields: []Field{{Name: "Name", Label: "Name", Type: "string", Length: 80, NameField: true}}},
		{Name: "Shelf__c", Label: "Shelf", Custom: true, ControlledBy: "Shop__c", Fields: []Field{
			{Name: "Name", Label: "Name", Type: "string", Length: 80, NameField: true},
			{Name: "Shop__c", Label: "Shop", Type: "reference", Required: true, References: []string{"Shop__c"}, Relationship: "Shop__r", Cascade: true, CreateOnly: true, Custom: true},
		}},
	} {
		if err := system.PutObject(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	shop := create(t, system, "Shop__c", Values{"Name": "Silk"})
	early := create(t, system, "Shelf__c", Values{"Name": "early", "Shop__c": string(shop)})
	create(t, system, "Shelf__c", Values{"Name": "late", "Shop__c": string(shop)})
	del := func(object string, id RecordID) {
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
	var refused *Error
	if err := system.Undelete(t.Context(), "Shop__c", shop); !errors.As(err, &refused) || refused.Code != "UNDELETE_FAILED" {
		t.Errorf("undeleted twice: %v", err)
	}
	if err := d.agent.Undelete(t.Context(), "Shop__c", shop); !errors.As(err, &refused) || refused.Status != 404 {
		t.Errorf("an agent without rights: %v", err)
	}
}

func TestPreferences(t *testing.T) {
	d := newDesk(t)
	for _, step := range []struct {
		name, want string
		write      func() error
	}{
		{"nothing at first", "", func() error { return nil }},
		{"one's own", "1", func() error { return d.agent.PutPreference(t.Context(), "k", "1") }},
		{"another person's does not show", "1", func() error { return d.admin.PutPreference(t.Context(), "k", "2") }},
		{"nothing again", "", func() error { return d.agent.PutPreference(t.Context(), "k", "") }},
	} {
		if err := step.write(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		own, err := d.agent.Preference(t.Context(), "k")
		if err != nil || own != step.want {
			t.Errorf("%s: %q (%v), want %q", step.name, own, err, step.want)
		}
	}
	if err := d.agent.PutPreference(t.Context(), "k", string(make([]byte, longestPreference+1))); err == nil {
		t.Error("a preference without bound was kept")
	}
}
