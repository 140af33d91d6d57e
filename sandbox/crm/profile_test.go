package crm

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// bare makes a user whose profile gives nothing, and a permission set that is assigned to nobody.
func (d *desk) bare(t *testing.T) (username string, set schema.RecordID) {
	t.Helper()
	err := d.Transact(t.Context(), func(a *Actor) error {
		profile, err := a.Create(t.Context(), "Profile", records.Values{"Name": "Minimum Access", "UserType": "Standard",
			"PermissionsApiEnabled": true})
		if err != nil {
			return err
		}
		if _, err := a.Create(t.Context(), "User", records.Values{"Username": "bo@x.example", "LastName": "Bo",
			"Alias": "bo", "Email": "bo@x.example", "ProfileId": string(profile)}); err != nil {
			return err
		}
		set, err = a.Create(t.Context(), "PermissionSet", records.Values{"Name": "Desk", "Label": "Desk"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return "bo@x.example", set
}

func TestStandardObjectsHaveRights(t *testing.T) {
	d := newDesk(t)
	create(t, d.agent, "Contact", records.Values{"LastName": "Lindqvist"})
	lead := create(t, d.agent, "Lead", records.Values{"LastName": "Hansen", "Company": "Hansen"})

	t.Run("the profile Standard User reads, creates and edits, and does not delete leads", func(t *testing.T) {
		if err := d.agent.Update(t.Context(), "Lead", lead, records.Values{"Company": "Hansen & Co"}, ""); err != nil {
			t.Error(err)
		}
		if err := d.agent.Delete(t.Context(), "Lead", lead); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
			t.Errorf("delete: %v", err)
		}
		if err := d.admin.Delete(t.Context(), "Lead", lead); err != nil {
			t.Errorf("administrator: %v", err)
		}
	})

	username, set := d.bare(t)
	t.Run("a profile that gives nothing sees nothing", func(t *testing.T) {
		bo := d.as(t, username)
		for _, object := range []string{"Account", "Contact", "Case", "Lead"} {
			if _, err := bo.Query(t.Context(), "SELECT Id FROM "+object, false); !hasCode(err, "INVALID_TYPE") {
				t.Errorf("query of %s: %v", object, err)
			}
			if _, err := bo.Describe(object); !hasCode(err, "NOT_FOUND") {
				t.Errorf("describe of %s: %v", object, err)
			}
			if bo.TabVisible(object) {
				t.Errorf("the tab of %s is visible", object)
			}
		}
		if _, err := bo.Create(t.Context(), "Contact", records.Values{"LastName": "X"}); err == nil {
			t.Error("a contact was created")
		}
		if _, err := bo.Create(t.Context(), "Task", records.Values{"Subject": "X"}); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
			t.Errorf("task: %v", err)
		}
		if bo.AppVisible("standard__LightningService") || !d.agent.AppVisible("standard__LightningService") {
			t.Error("the Service Console is for those whose profile has it")
		}
		if _, err := bo.Query(t.Context(), "SELECT WhoId FROM Task", false); !hasCode(err, "INVALID_FIELD") {
			t.Errorf("a field without its right: %v", err)
		}
	})
	type entry struct {
		object string
		values records.Values
	}
	give := func(entries ...entry) {
		t.Helper()
		err := d.Transact(t.Context(), func(a *Actor) error {
			for _, e := range entries {
				if e.object != "PermissionSetAssignment" {
					e.values["ParentId"] = string(set)
				}
				if _, err := a.Create(t.Context(), e.object, e.values); err != nil {
					return err
				}
			}
			return a.Update(t.Context(), "PermissionSet", set, records.Values{"PermissionsEditTask": true}, "")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Run("a field that leads to what may not be read leads nowhere", func(t *testing.T) {
		give(entry{"FieldPermissions", records.Values{"SobjectType": "Task", "Field": "Task.WhoId", "PermissionsRead": true}},
			entry{"PermissionSetAssignment", records.Values{"PermissionSetId": string(set), "AssigneeId": string(d.as(t, username).User().ID)}})
		contact, err := d.admin.Query(t.Context(), "SELECT Id FROM Contact", false)
		if err != nil {
			t.Fatal(err)
		}
		create(t, d.admin, "Task", records.Values{"Subject": "Call", "WhoId": string(contact.Records[0].ID())})
		r, err := d.as(t, username).Query(t.Context(), "SELECT Subject, Who.Name FROM Task", false)
		if body, _ := json.Marshal(r); err != nil || !strings.Contains(string(body), `"Who":null`) {
			t.Errorf("%s, %v", body, err)
		}
	})
	t.Run("a permission set adds to the profile", func(t *testing.T) {
		give(
			entry{"ObjectPermissions", records.Values{"SobjectType": "Contact", "PermissionsRead": true, "PermissionsEdit": true}},
			entry{"FieldPermissions", records.Values{"SobjectType": "Contact", "Field": "Contact.Phone", "PermissionsRead": true}},
			entry{"PermissionSetTabSetting", records.Values{"Name": "standard-Contact", "Visibility": "Visible"}},
			entry{"SetupEntityAccess", records.Values{"SetupEntityId": "standard__LightningService", "SetupEntityType": "TabSet"}},
		)
		bo := d.as(t, username)
		if got := names(t, bo, "SELECT Name FROM Contact"); got != "Lindqvist" {
			t.Errorf("contacts %q", got)
		}
		if _, err := bo.Create(t.Context(), "Contact", records.Values{"LastName": "X"}); !hasCode(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
			t.Errorf("create: %v", err)
		}
		create(t, bo, "Task", records.Values{"Subject": "Call"})
		contact, err := bo.Query(t.Context(), "SELECT Id, Phone FROM Contact", false)
		if err != nil {
			t.Fatal(err)
		}
		if err := bo.Update(t.Context(), "Contact", contact.Records[0].ID(), records.Values{"Phone": "+12065550142"},
			""); !hasCode(err, "INVALID_FIELD_FOR_INSERT_UPDATE") {
			t.Errorf("a field that may only be read: %v", err)
		}
		if _, err := bo.Query(t.Context(), "SELECT Email FROM Contact", false); !hasCode(err, "INVALID_FIELD") {
			t.Errorf("a field without a right: %v", err)
		}
		if !bo.TabVisible("Contact") || bo.TabVisible("Account") || !bo.AppVisible("standard__LightningService") {
			t.Error("tabs and apps of the permission set")
		}
	})
}

func hasCode(err error, code string) bool {
	e, ok := errors.AsType[*schema.Error](err)
	return ok && e.Code == code
}
