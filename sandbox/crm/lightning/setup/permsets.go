package setup

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const manageUsers = "Manage Users" // the section of the audit trail

type permissionSetOut struct {
	ID           string `json:"id"`
	Label        string `json:"label"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	License      string `json:"license"`
	Namespace    string `json:"namespace"`
	Created      string `json:"created"`
	CreatedBy    string `json:"createdBy"`
	LastModified string `json:"lastModified"`
	ModifiedBy   string `json:"modifiedBy"`
}

const permissionSetFields = "SELECT Id, Label, Name, Description, NamespacePrefix, CreatedDate, CreatedBy.Name, " +
	"LastModifiedDate, LastModifiedBy.Name FROM PermissionSet WHERE IsOwnedByProfile = false"

func permissionSetOf(r records.Record) permissionSetOut {
	return permissionSetOut{
		ID: string(r.ID()), Label: r.Text("Label"), Name: r.Text("Name"), Description: r.Text("Description"),
		Namespace: r.Text("NamespacePrefix"),
		Created:   r.Text("CreatedDate"), CreatedBy: byName(r, "CreatedBy"), LastModified: r.Text("LastModifiedDate"),
		ModifiedBy: byName(r, "LastModifiedBy"),
	}
}

// byName is who did something; what nobody asked for was done by the platform itself.
func byName(r records.Record, relationship string) string {
	if name := parentText(r, relationship, "Name"); name != "" {
		return name
	}
	return "Automated Process"
}

type permissionSetsOut struct {
	Sets []permissionSetOut `json:"sets"`
}

func (s *server) permissionSets(ctx context.Context, r asked) (permissionSetsOut, error) {
	out := permissionSetsOut{Sets: []permissionSetOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, permissionSetFields+" ORDER BY Label", false)
		for _, row := range found.Records {
			out.Sets = append(out.Sets, permissionSetOf(row))
		}
		return err
	})
	return out, err
}

// setNamed reads the permission set that the address names.
func setNamed(ctx context.Context, a *crm.Actor, r asked) (permissionSetOut, error) {
	id := r.ID()
	found, err := a.Query(ctx, permissionSetFields+" AND Id = "+soql.Quote(string(id)), false)
	if err != nil {
		return permissionSetOut{}, err
	}
	if len(found.Records) == 0 {
		return permissionSetOut{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The permission set isn't available; it may have been deleted.")
	}
	return permissionSetOf(found.Records[0]), nil
}

type propertiesIn struct {
	Label        string `json:"label"`
	Name         string `json:"name"`
	Description  string `json:"description"`
	LastModified string `json:"lastModified"` // as it was read; only for an edit
}

type idOut struct {
	ID string `json:"id"`
}

var developerName = regexp.MustCompile(`^[A-Za-z](?:_?[A-Za-z0-9])*$`)

// checkName is what the platform wants of an API name.
func checkName(w *wrong, field, what, name string) {
	switch {
	case strings.TrimSpace(name) == "":
		w.required(field, name)
	case len(name) > 80 || !developerName.MatchString(name):
		w.field(field, "The %s can only contain underscores and alphanumeric characters. It must be unique, begin with a "+
			"letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.", what)
	}
}

func checkLength(w *wrong, field, label, value string, most int) {
	if len([]rune(value)) > most {
		w.field(field, "%s: data value too large: %.40s… (max length=%d)", label, value, most)
	}
}

func (in propertiesIn) check(ctx context.Context, a *crm.Actor, own string) error {
	var w wrong
	w.required("label", in.Label)
	checkLength(&w, "label", "Label", in.Label, 80)
	checkLength(&w, "description", "Description", in.Description, 255)
	checkName(&w, "name", "API Name", in.Name)
	if err := w.err(); err != nil {
		return err
	}
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM PermissionSet WHERE Name = %s AND Id != %s",
		soql.Quote(in.Name), soql.Quote(own)), false)
	if err == nil && len(found.Records) > 0 {
		w.field("name", "This API Name already exists or has been previously used. Please choose a different one.")
	}
	if err != nil {
		return err
	}
	return w.err()
}

func (in propertiesIn) values() records.Values {
	return records.Values{"Label": strings.TrimSpace(in.Label), "Name": in.Name, "Description": in.Description}
}

func createPermissionSet(ctx context.Context, a *crm.Actor, _ asked, in propertiesIn) (idOut, error) {
	if err := in.check(ctx, a, ""); err != nil {
		return idOut{}, err
	}
	id, err := a.Create(ctx, "PermissionSet", in.values())
	if err != nil {
		return idOut{}, err
	}
	return idOut{string(id)}, a.Audit(ctx, "PermSetCreate", manageUsers, "Created permission set %s: with no license", in.Label)
}

func editPermissionSet(ctx context.Context, a *crm.Actor, r asked, in propertiesIn) (idOut, error) {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return idOut{}, err
	}
	if err := in.check(ctx, a, set.ID); err != nil {
		return idOut{}, err
	}
	if err := a.Update(ctx, "PermissionSet", schema.RecordID(set.ID), in.values(), in.LastModified); err != nil {
		return idOut{}, err
	}
	if in.Name != set.Name {
		if err := clientapp.RenameSet(ctx, a, set.Name, in.Name); err != nil {
			return idOut{}, err
		}
	}
	for _, change := range []struct{ what, from, to string }{{"label", set.Label, in.Label},
		{"API name", set.Name, in.Name}, {"description", set.Description, in.Description}} {
		if change.from == change.to {
			continue
		}
		if err := a.Audit(ctx, "PermSetEdit", manageUsers, "Changed permission set %s: %s was changed from %s to %s",
			set.Label, change.what, change.from, change.to); err != nil {
			return idOut{}, err
		}
	}
	return idOut{set.ID}, nil
}

// rightsOf are the objects that hold a permission set's rights, with the fields to copy.
var rightsOf = []struct{ object, fields string }{
	{"ObjectPermissions", "SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, " +
		"PermissionsViewAllRecords, PermissionsModifyAllRecords"},
	{"FieldPermissions", "SobjectType, Field, PermissionsRead, PermissionsEdit"},
	{"SetupEntityAccess", "SetupEntityId, SetupEntityType"},
	{"PermissionSetTabSetting", "Name, Visibility"},
}

func clonePermissionSet(ctx context.Context, a *crm.Actor, r asked, in propertiesIn) (idOut, error) {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return idOut{}, err
	}
	if err := in.check(ctx, a, ""); err != nil {
		return idOut{}, err
	}
	values := in.values()
	own, err := a.Get(ctx, "PermissionSet", schema.RecordID(set.ID))
	if err != nil {
		return idOut{}, err
	}
	for _, p := range rights.SystemPermissions() {
		values["Permissions"+p.Name] = own.Get("Permissions" + p.Name)
	}
	id, err := a.Create(ctx, "PermissionSet", values)
	if err != nil {
		return idOut{}, err
	}
	for _, rights := range rightsOf {
		found, err := a.Query(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE ParentId = %s", rights.fields, rights.object, soql.Quote(set.ID)), false)
		if err != nil {
			return idOut{}, err
		}
		for _, row := range found.Records {
			copied := records.Values{"ParentId": string(id)}
			for _, f := range row.Fields {
				copied[f.Name] = f.Value
			}
			if _, err := a.Create(ctx, rights.object, copied); err != nil {
				return idOut{}, err
			}
		}
	}
	return idOut{string(id)}, a.Audit(ctx, "PermSetCreate", manageUsers,
		"Created permission set %s: cloned from permission set %s", in.Label, set.Label)
}

func deletePermissionSet(ctx context.Context, a *crm.Actor, r asked, _ nothing) (nothing, error) {
	set, err := setNamed(ctx, a, r)
	if err != nil {
		return nothing{}, err
	}
	if set.Namespace != "" {
		return nothing{}, edge.Refuse(http.StatusBadRequest, "CANNOT_DELETE_MANAGED_OBJECT",
			"You can't delete a permission set that is part of an installed managed package.")
	}
	found, err := a.Query(ctx, "SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = "+soql.Quote(set.ID), false)
	if err != nil {
		return nothing{}, err
	}
	if found.TotalSize > 0 {
		return nothing{}, edge.Refuse(http.StatusBadRequest, "DELETE_FAILED",
			fmt.Sprintf("You can't delete this permission set because it is assigned to %s. Remove the assignments, then try "+
				"again.", counted.Noun(found.TotalSize, "user")))
	}
	if err := metadata.Remove(ctx, a, metadata.Identified{Type: "PermissionSet", FullName: set.Name}); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "PermSetDelete", manageUsers, "Deleted permission set %s", set.Label)
}

// clear deletes the records that a condition finds.
func clear(ctx context.Context, a *crm.Actor, object, where string) error {
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE %s", object, where), false)
	if err != nil {
		return err
	}
	for _, row := range found.Records {
		if err := a.Delete(ctx, object, row.ID()); err != nil {
			return err
		}
	}
	return nil
}
