package crm

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// holding are the rights on an object that letters stand for: create, read, edit, delete, view all, modify all.
func holding(object, letters string) rights.ObjectPermissions {
	p := rights.ObjectPermissions{Object: object}
	for letter, held := range map[string]*bool{
		"c": &p.Create, "r": &p.Read, "e": &p.Edit, "d": &p.Delete, "v": &p.ViewAll, "m": &p.ModifyAll,
	} {
		*held = strings.Contains(letters, letter)
	}
	return p
}

func TestObjectPermissionsDependOnOthers(t *testing.T) {
	objects := schema.Schema{}.With(schema.Object{Name: "B"}).With(schema.Object{Name: "R", ControlledBy: "Of", Fields: []schema.Field{
		{Name: "Of", Type: "reference", References: []string{"B"}},
	}})
	for _, tc := range []struct {
		name, master, detail, want string
	}{
		{"nothing needs nothing", "", "", ""},
		{"reading needs nothing", "r", "", ""},
		{"everything fits together", "credvm", "credvm", ""},
		{"creating needs reading", "c", "", "Permission Create B depends on permission(s): Read B"},
		{"editing needs reading", "e", "", "Permission Edit B depends on permission(s): Read B"},
		{"deleting needs editing", "rd", "", "Permission Delete B depends on permission(s): Edit B"},
		{"seeing all needs reading", "v", "", "Permission Read All B depends on permission(s): Read B"},
		{"changing all needs seeing all", "redm", "", "Permission Modify All B depends on permission(s): Read All B"},
		{"changing all needs everything but creating", "m", "",
			"Permission Modify All B depends on permission(s): Delete B, Edit B, Read All B, Read B"},
		{"all that is wrong is told", "ce", "",
			"Permission Create B depends on permission(s): Read B; Permission Edit B depends on permission(s): Read B"},
		{"a detail needs its master", "", "r", "Permission Read R depends on permission(s): Read B"},
		{"a master needs no detail", "r", "", ""},
		{"seeing all of a detail needs seeing all of its master", "r", "rv", "Permission Read All R depends on permission(s): Read All B"},
		{"changing all of a detail needs seeing all of its master", "r", "redvm", "Permission Read All R depends on permission(s): Read All B"},
		{"changing all of a detail does not need changing its master", "rv", "redvm", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := ""
			all := []rights.ObjectPermissions{holding("R", tc.detail), holding("B", tc.master)}
			if e, ok := errors.AsType[*schema.Error](rights.CheckObjectPermissions(objects, all)); ok {
				got = e.Message
			}
			if got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestRowsOfAPermissionSetFitTogether tries each way to write a row; whatever door a client comes by, it ends here.
func TestRowsOfAPermissionSetFitTogether(t *testing.T) {
	d := newDesk(t)
	set := create(t, d.admin, "PermissionSet", records.Values{"Name": "Riders", "Label": "Riders"})
	give := func(a *Actor, p rights.ObjectPermissions) (schema.RecordID, error) {
		values := p.Values()
		values["ParentId"] = string(set)
		return a.Create(t.Context(), "ObjectPermissions", values)
	}
	const refused = "FIELD_INTEGRITY_EXCEPTION"
	if _, err := give(d.admin, holding("Contact", "m")); !hasCode(err, refused) {
		t.Errorf("Modify All alone: %v", err)
	}
	row, err := give(d.admin, holding("Contact", "re"))
	if err != nil {
		t.Fatal(err)
	}
	err = d.admin.Update(t.Context(), "ObjectPermissions", row, records.Values{"PermissionsRead": false}, "")
	if !hasCode(err, refused) {
		t.Errorf("reading taken from an editor: %v", err)
	}
	field := records.Values{
		"ParentId": string(set), "SobjectType": "Contact", "Field": "Contact.Phone", "PermissionsEdit": true,
	}
	if _, err := d.admin.Create(t.Context(), "FieldPermissions", field); !hasCode(err, refused) {
		t.Errorf("a field to edit and not to read: %v", err)
	}
	err = d.Transact(t.Context(), func(a *Actor) error {
		alone := a.Try(t.Context(), func() error { _, err := give(a, holding("Case", "m")); return err })
		if !hasCode(alone, refused) {
			t.Errorf("an attempt: %v", alone)
		}
		_, err := give(a, holding("Lead", "r"))
		return err
	})
	if err != nil {
		t.Errorf("what a failed attempt wrote was not undone: %v", err)
	}
	kept, err := d.admin.Query(t.Context(), "SELECT SobjectType FROM ObjectPermissions WHERE Parent.Name = 'Riders'", false)
	if err != nil {
		t.Fatal(err)
	}
	var on []string
	for _, r := range kept.Records {
		on = append(on, r.Text("SobjectType"))
	}
	if slices.Sort(on); !slices.Equal(on, []string{"Contact", "Lead"}) {
		t.Errorf("rows on %s", on)
	}
}
