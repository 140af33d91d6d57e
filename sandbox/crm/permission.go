package crm

import "strings"

// Permission is a system permission, as profiles and permission sets name it. Source: salesforce-surface.md §9.
type Permission string

// The permissions that decide something here; there are many more on the platform.
const (
	APIEnabled             Permission = "ApiEnabled"
	ViewSetup              Permission = "ViewSetup"
	CustomizeApplication   Permission = "CustomizeApplication"
	ManageUsers            Permission = "ManageUsers"
	AssignPermissionSets   Permission = "AssignPermissionSets"
	ManagePermissionSets   Permission = "ManageProfilesPermissionsets"
	ManageCallCenters      Permission = "ManageCallCenters"
	ModifyMetadata         Permission = "ModifyMetadata"
	ModifyAllData          Permission = "ModifyAllData"
	ViewAllData            Permission = "ViewAllData"
	ViewAllCustomSettings  Permission = "ViewAllCustomSettings"
	InstallPackages        Permission = "InstallMultiforce"
	FreezeUsers            Permission = "FreezeUsers"
	ResetPasswords         Permission = "ResetPasswords"
	LightningUser          Permission = "LightningExperienceUser"
	ManageFlow             Permission = "ManageInteraction"
	RunFlow                Permission = "RunFlow"
	EditTask               Permission = "EditTask"
	anybody                Permission = "" // whoever is logged in
	nobody                 Permission = "-"
	permissionFieldsPrefix            = "Permissions"
)

// permissions are all of them with their labels, in the order of their columns.
var permissions = []struct {
	name  Permission
	label string
}{
	{APIEnabled, "API Enabled"}, {ViewSetup, "View Setup and Configuration"}, {CustomizeApplication, "Customize Application"}, {ManageUsers, "Manage Users"},
	{AssignPermissionSets, "Assign Permission Sets"}, {ManagePermissionSets, "Manage Profiles and Permission Sets"}, {ManageCallCenters, "Manage Call Centers"},
	{ModifyMetadata, "Modify Metadata Through Metadata API Functions"}, {ModifyAllData, "Modify All Data"}, {ViewAllData, "View All Data"},
	{ViewAllCustomSettings, "View All Custom Settings"}, {InstallPackages, "Download AppExchange Packages"}, {LightningUser, "Lightning Experience User"}, {FreezeUsers, "Freeze Users"},
	{ResetPasswords, "Reset User Passwords and Unlock Users"}, {ManageFlow, "Manage Flow"}, {RunFlow, "Run Flows"}, {EditTask, "Edit Tasks"},
}

// Permissions lists the system permissions there are, with their labels.
func Permissions() map[Permission]string {
	all := map[Permission]string{}
	for _, p := range permissions {
		all[p.name] = p.label
	}
	return all
}

// permissionFields are the fields of profiles and permission sets that hold system permissions.
func permissionFields() []Field {
	var fields []Field
	for _, p := range permissions {
		fields = append(fields, flag(permissionFieldsPrefix+string(p.name), p.label))
	}
	return fields
}

func permissionColumns() string {
	var columns []string
	for _, p := range permissions {
		columns = append(columns, column(permissionFieldsPrefix+string(p.name)))
	}
	return strings.Join(columns, ", ")
}

// setupRights says which permission reads and which writes an object of set-up data. Others are read by anybody who is logged in.
var setupRights = map[string]struct{ read, write Permission }{
	"User":                    {anybody, ManageUsers},
	"Profile":                 {anybody, ManagePermissionSets},
	"CallCenter":              {anybody, ManageCallCenters},
	"AdditionalNumber":        {anybody, ManageCallCenters},
	"PermissionSet":           {ViewSetup, ManagePermissionSets},
	"PermissionSetAssignment": {ViewSetup, AssignPermissionSets},
	"ObjectPermissions":       {ViewSetup, ManagePermissionSets},
	"FieldPermissions":        {ViewSetup, ManagePermissionSets},
	"SetupEntityAccess":       {ViewSetup, ManagePermissionSets},
	"PermissionSetTabSetting": {ViewSetup, ManagePermissionSets},
	"ApexPage":                {ViewSetup, CustomizeApplication},
	"StaticResource":          {ViewSetup, CustomizeApplication},
}

// Can says whether the actor has a system permission, by profile or permission set.
func (a *Actor) Can(p Permission) bool {
	return a.system || p == anybody || p != nobody && a.grants.system[p]
}

// Require refuses an actor without a permission, as the platform does.
func (a *Actor) Require(p Permission) error {
	if a.Can(p) {
		return nil
	}
	return fail(403, "INSUFFICIENT_ACCESS", "You do not have the level of access necessary to perform the operation you requested. Please contact the owner of the record or your administrator if access is necessary.")
}

// setup is what the actor may do with an object of set-up data.
func (a *Actor) setup(o Object) objectGrant {
	need, known := setupRights[o.Name]
	if !known {
		need.read, need.write = anybody, CustomizeApplication
	}
	write := a.Can(need.write) && !o.ReadOnly
	return objectGrant{read: a.Can(need.read), create: write, edit: write, remove: write}
}

// settings is what the actor may do with a custom setting: reading one takes its own access, writing one takes set-up rights.
func (a *Actor) settings(o Object) objectGrant {
	write := a.Can(CustomizeApplication)
	read := write || a.Can(ViewAllCustomSettings) || a.grants.entries[strings.ToLower(o.Name)]
	return objectGrant{read: read, create: write, edit: write, remove: write}
}
