package rights

import (
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Permission is a system permission, as profiles and permission sets name it. Source: Salesforce Help, permissions.
type Permission string

// The permissions that decide something here; there are many more on the platform.
const (
	APIEnabled            Permission = "ApiEnabled"
	ViewSetup             Permission = "ViewSetup"
	CustomizeApplication  Permission = "CustomizeApplication"
	ManageUsers           Permission = "ManageUsers"
	ManageInternalUsers   Permission = "ManageInternalUsers"
	AssignPermissionSets  Permission = "AssignPermissionSets"
	ManagePermissionSets  Permission = "ManageProfilesPermissionsets"
	ManageCallCenters     Permission = "ManageCallCenters"
	ModifyMetadata        Permission = "ModifyMetadata"
	ModifyAllData         Permission = "ModifyAllData"
	ViewAllData           Permission = "ViewAllData"
	ViewAllCustomSettings Permission = "ViewAllCustomSettings"
	InstallPackages       Permission = "InstallMultiforce"
	FreezeUsers           Permission = "FreezeUsers"
	ResetPasswords        Permission = "ResetPasswords"
	LightningUser         Permission = "LightningExperienceUser"
	ManageFlow            Permission = "ManageInteraction"
	RunFlow               Permission = "RunFlow"
	EditTask              Permission = "EditTask"
	AuthorApex            Permission = "AuthorApex"
	anybody               Permission = "" // whoever is logged in
	nobody                Permission = "-"
	fieldPrefix                      = "Permissions"
)

// permissions are all of them with their labels, in the order of their columns.
var permissions = []struct {
	name  Permission
	label string
}{
	{APIEnabled, "API Enabled"}, {ViewSetup, "View Setup and Configuration"},
	{CustomizeApplication, "Customize Application"}, {ManageUsers, "Manage Users"},
	{AssignPermissionSets, "Assign Permission Sets"}, {ManagePermissionSets, "Manage Profiles and Permission Sets"},
	{ManageCallCenters, "Manage Call Centers"},
	{ModifyMetadata, "Modify Metadata Through Metadata API Functions"}, {ModifyAllData, "Modify All Data"}, {ViewAllData, "View All Data"},
	{ViewAllCustomSettings, "View All Custom Settings"}, {InstallPackages, "Download AppExchange Packages"},
	{LightningUser, "Lightning Experience User"}, {FreezeUsers, "Freeze Users"},
	{ResetPasswords, "Reset User Passwords and Unlock Users"}, {ManageFlow, "Manage Flow"}, {RunFlow, "Run Flows"}, {EditTask, "Edit Tasks"},
	{AuthorApex, "Author Apex"},
	{ManageInternalUsers, "Manage Internal Users"},
}

// Permissions lists the system permissions there are, with their labels.
func Permissions() map[Permission]string {
	all := map[Permission]string{}
	for _, p := range permissions {
		all[p.name] = p.label
	}
	return all
}

// Field is the field of profiles and permission sets that holds a system permission.
func (p Permission) Field() string { return fieldPrefix + string(p) }

// Fields are all such fields.
func Fields() []schema.Field {
	var fields []schema.Field
	for _, p := range permissions {
		fields = append(fields, schema.Checkbox(p.name.Field(), p.label))
	}
	return fields
}

func columns() string {
	var names []string
	for _, p := range permissions {
		names = append(names, schema.Column(p.name.Field()))
	}
	return strings.Join(names, ", ")
}

// setupRights says which permission reads and which writes an object of set-up data. Others are read by anybody who is logged in.
var setupRights = map[string]struct{ read, write Permission }{
	"User":                    {anybody, ManageInternalUsers},
	userLogin:                 {anybody, FreezeUsers},
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
	schema.ClientApp:          {ViewSetup, CustomizeApplication},
	schema.Group:              {anybody, ManageInternalUsers},
	schema.GroupMember:        {anybody, ManageInternalUsers},
	schema.QueueObject:        {anybody, ManageInternalUsers},
}

// userLogin is the object whose records the platform makes, one for each user; others may only change them.
const userLogin = "UserLogin"

// SystemPermission is a right that concerns the whole org. Name is the metadata's word; the field of Profile and PermissionSet has
// Permissions before it.
type SystemPermission struct{ Name, Label string }

// SystemPermissions are those that this org knows, by label.
func SystemPermissions() []SystemPermission {
	all := make([]SystemPermission, 0, len(permissions))
	for _, p := range permissions {
		all = append(all, SystemPermission{string(p.name), p.label})
	}
	slices.SortFunc(all, func(a, b SystemPermission) int { return strings.Compare(a.Label, b.Label) })
	return all
}
