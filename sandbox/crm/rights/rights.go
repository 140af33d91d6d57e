// Package rights is who may do what in the sandbox CRM: permissions, profiles' and permission sets' grants, and sharing, as decisions.
//
// Read first: Rights, Grants, Permission. Records of rights are records like others; this room reads them and decides.
package rights

import (
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Rights are what one may do in an org: what a user's profile and permission sets give, or everything.
type Rights struct {
	who    schema.RecordID
	all    bool
	grants *Grants
}

// Of are a user's rights.
func Of(user schema.RecordID, g *Grants) Rights { return Rights{who: user, grants: g} }

// All are rights without limits, in a user's name.
func All(user schema.RecordID) Rights { return Rights{who: user, all: true} }

// Who is the user who acts.
func (r Rights) Who() schema.RecordID { return r.who }

// Unlimited says that nothing is asked.
func (r Rights) Unlimited() bool { return r.all }

// HasPermissionSet says whether a permission set of this name is assigned to the user.
func (r Rights) HasPermissionSet(name string) bool { return r.all || r.grants.sets[name] }

// MayOpenPage says whether the user may open a Visualforce page: who customises the org, and whoever a permission set lets in.
func (r Rights) MayOpenPage(id schema.RecordID) bool {
	return r.Can(CustomizeApplication) || r.grants.given[id]
}

// Given says whether a profile or a permission set gives the user a setup entity, such as a flow, by its id.
func (r Rights) Given(entity schema.RecordID) bool { return r.all || r.grants.given[entity] }

// TabVisible says whether an object's tab is shown: a profile or a permission set shows it, and the object may be read.
func (r Rights) TabVisible(o schema.Object) bool {
	return r.all || r.On(o).Read && tabShown(r.grants.tabs[strings.ToLower(TabOf(o))])
}

func tabShown(visibility string) bool { return visibility == "Visible" || visibility == "Available" }

// AppVisible says whether the user may open an app, by its name in metadata.
func (r Rights) AppVisible(app string) bool {
	return r.all || r.grants.entries[strings.ToLower(app)]
}

// removable are the objects whose records the platform makes and who customises the org may delete. Source: Object reference.
var removable = map[string]bool{schema.UserPresence: true, schema.AgentWork: true}

// On says what one may do with records of an object.
func (r Rights) On(o schema.Object) ObjectGrant {
	all := ObjectGrant{true, true, true, true, true, true}
	switch {
	case r.all:
		return all
	case o.Off:
		return ObjectGrant{}
	case o.Setup:
		return r.setup(o)
	case o.ReadOnly:
		return ObjectGrant{Read: true, Remove: removable[o.Name] && r.Can(CustomizeApplication)}
	case o.Setting != "":
		return r.settings(o)
	case r.Can(ModifyAllData):
		return all
	case o.Name == "Task": // whose rights are no object's
		write := r.Can(EditTask)
		return ObjectGrant{Read: true, Create: write, Edit: write, Remove: write}
	}
	can := r.grants.objects[strings.ToLower(o.Name)]
	can.Read = can.Read || r.Can(ViewAllData)
	return can
}

// OnField says what one may do with a field. System, required and name fields follow the object; others need an entry of their own
// even for an administrator. Source: Salesforce Help, permissions.
func (r Rights) OnField(o schema.Object, f schema.Field) FieldGrant {
	if r.all {
		return FieldGrant{true, true}
	}
	can := r.On(o)
	if o.Setup && (f.Name == "Markup" && !r.Can(CustomizeApplication) || f.Name == "DeveloperName" && !r.Can(ViewSetup)) {
		return FieldGrant{}
	}
	if OfField(o, f) {
		return r.grants.fields[strings.ToLower(o.Name+"."+f.Name)]
	}
	return FieldGrant{can.Read, can.Create || can.Edit}
}

// Can says whether one has a system permission, by profile or permission set.
func (r Rights) Can(p Permission) bool {
	if (p == ManageInternalUsers || p == FreezeUsers) && !r.all && r.grants.system[ManageUsers] {
		return true // on the platform the wider one cannot be had without them
	}
	return r.all || p == anybody || p != nobody && r.grants.system[p]
}

// Require refuses whoever lacks a permission, as the platform does.
func (r Rights) Require(p Permission) error {
	if r.Can(p) {
		return nil
	}
	return schema.Fail(403, "INSUFFICIENT_ACCESS",
		"You do not have the level of access necessary to perform the operation you requested. Please contact the owner of "+
			"the record or your administrator if access is necessary.")
}

// setup is what one may do with an object of set-up data.
func (r Rights) setup(o schema.Object) ObjectGrant {
	need, known := setupRights[o.Name]
	if !known {
		need.read, need.write = anybody, CustomizeApplication
	}
	write := r.Can(need.write) && !o.ReadOnly
	whole := write && o.Name != userLogin
	return ObjectGrant{Read: r.Can(need.read), Create: whole, Edit: write, Remove: whole}
}

// settings is what one may do with a custom setting: reading one takes its own access, writing one takes set-up rights.
func (r Rights) settings(o schema.Object) ObjectGrant {
	write := r.Can(CustomizeApplication)
	read := write || r.Can(ViewAllCustomSettings) || r.grants.entries[strings.ToLower(o.Name)]
	return ObjectGrant{Read: read, Create: write, Edit: write, Remove: write}
}
