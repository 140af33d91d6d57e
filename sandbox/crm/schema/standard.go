package schema

import (
	"slices"
	"strings"
)

// Objects of set-up that other rooms know.
const (
	// ClientApp is the record of an external client app, and the type of the component that makes it.
	ClientApp = "ExternalClientApplication"
	// SetupAccess is the row by which a permission set opens something of set-up.
	SetupAccess = "SetupEntityAccess"
)

// WithSystemFields puts the fields that every object has around an object's own. Source: Object reference.
func WithSystemFields(o Object) []Field {
	fields := []Field{{Name: "Id", Label: "Record ID", Type: "id", Length: 18, ReadOnly: true}}
	if _, own := o.Field("OwnerId"); !own && o.ControlledBy == "" && o.Setting == "" && !o.Setup && !o.ReadOnly {
		fields = append(fields, Field{Name: "OwnerId", Label: "Owner ID", Type: "reference", Length: 18,
			References: []string{"User"}, Relationship: "Owner"})
	}
	fields = append(fields, o.Fields...)
	if o.Setting != "" {
		fields = append(fields, Field{Name: "SetupOwnerId", Label: "Location", Type: "reference", Length: 18,
			References: []string{"Organization", "Profile", "User"}, Relationship: "SetupOwner"})
		if _, own := o.Field("Name"); !own {
			fields = append(fields, Field{Name: "Name", Label: "Name", Type: "string", Length: 38, NameField: true})
		}
	}
	user := func(name, label, relationship string) Field {
		return Field{Name: name, Label: label, Type: "reference", Length: 18, ReadOnly: true, References: []string{"User"},
			Relationship: relationship}
	}
	return append(fields,
		Field{Name: "IsDeleted", Label: "Deleted", Type: "boolean", ReadOnly: true, Default: false},
		Field{Name: "CreatedDate", Label: "Created Date", Type: "datetime", ReadOnly: true},
		user("CreatedById", "Created By ID", "CreatedBy"),
		Field{Name: "LastModifiedDate", Label: "Last Modified Date", Type: "datetime", ReadOnly: true},
		user("LastModifiedById", "Last Modified By ID", "LastModifiedBy"),
		Field{Name: "SystemModstamp", Label: "System Modstamp", Type: "datetime", ReadOnly: true},
	)
}

// The constructors below keep the tables of fields readable: name is the API name, label what people see.

func text(name, label string, length int) Field {
	return Field{Name: name, Label: label, Type: "string", Length: length}
}

func required(f Field) Field { f.Required = true; return f }

func named(f Field) Field { f.NameField = true; return f }

func readOnly(f Field) Field { f.ReadOnly = true; return f }

func typed(kind, name, label string, length int) Field {
	return Field{Name: name, Label: label, Type: kind, Length: length}
}

func phone(name, label string) Field { return typed("phone", name, label, 40) }

// Checkbox is a checkbox.
func Checkbox(name, label string) Field {
	return Field{Name: name, Label: label, Type: "boolean", Default: false}
}

func lookup(name, label, relationship, children string, to ...string) Field {
	return Field{Name: name, Label: label, Type: "reference", Length: 18, References: to, Relationship: relationship,
		ChildRelationship: children}
}

// within makes a required lookup of what goes with its parent.
func within(f Field) Field {
	f.Required, f.Cascade = true, true
	return f
}

// fixed is a field that nobody changes later.
func fixed(f Field) Field {
	f.CreateOnly = true
	return f
}

// queueable is the owner of a record that may belong to a queue. On the platform those of custom objects may too.
func queueable() Field { return lookup("OwnerId", "Owner ID", "Owner", "", "User", Group) }

func choice(name, label string, values ...string) Field {
	f := Field{Name: name, Label: label, Type: "picklist", Length: 255}
	for _, v := range values {
		value, isDefault := strings.CutPrefix(v, "*")
		f.Values = append(f.Values, PicklistValue{Value: value, Label: value, Default: isDefault})
		if isDefault {
			f.Default = value
		}
	}
	return f
}

func address(prefix string) []Field {
	return []Field{
		typed("textarea", prefix+"Street", label(prefix)+" Street", 255), text(prefix+"City", label(prefix)+" City", 40),
		text(prefix+"State", label(prefix)+" State/Province", 80), text(prefix+"PostalCode", label(prefix)+" Zip/Postal Code", 20),
		text(prefix+"Country", label(prefix)+" Country", 80),
	}
}

func label(prefix string) string {
	if prefix == "" {
		return "Address"
	}
	return prefix
}

// person is the name of a contact, lead or user: Name is put together from its parts.
func person() []Field {
	return []Field{
		choice("Salutation", "Salutation", "Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."), text("FirstName", "First Name", 40),
		required(text("LastName", "Last Name", 80)), readOnly(named(text("Name", "Full Name", 121))),
	}
}

func join(lists ...[]Field) []Field {
	var all []Field
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

var leadSources = []string{"Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"}

// Standard are the objects of an org as delivered; permissions are the fields in which profiles and permission sets hold system
// permissions. Source: Object reference.
func Standard(permissions []Field) []Object {
	return slices.Concat(Business(), setupObjects(permissions), auditObjects(), queues(), OmniChannel())
}

// Business are those of them that people work with: profiles and permission sets say who may.
func Business() []Object {
	return []Object{
		{Name: "Account", Label: "Account", Plural: "Accounts", KeyPrefix: "001", Searchable: true, Fields: join([]Field{
			named(required(text("Name", "Account Name", 255))), phone("Phone", "Account Phone"), phone("Fax", "Account Fax"),
			typed("url", "Website", "Website", 255),
			choice("Type", "Account Type", "Prospect", "Customer - Direct", "Customer - Channel", "Partner", "Other"),
			choice("Industry", "Industry", "Agriculture", "Banking", "Construction", "Consulting", "Education", "Healthcare",
				"Retail", "Technology", "Other"),
			text("AccountNumber", "Account Number", 40), lookup("ParentId", "Parent Account ID", "Parent", "ChildAccounts", "Account"),
			typed("textarea", "Description", "Account Description", 32000),
			typed("currency", "AnnualRevenue", "Annual Revenue", 0), typed("int", "NumberOfEmployees", "Employees", 0),
		}, address("Billing"), address("Shipping"))},
		{Name: "Contact", Label: "Contact", Plural: "Contacts", KeyPrefix: "003", Searchable: true, Fields: join(person(), []Field{
			lookup("AccountId", "Account ID", "Account", "Contacts", "Account"), text("Title", "Title", 128), text("Department", "Department", 80),
			phone("Phone", "Business Phone"), phone("MobilePhone", "Mobile Phone"), phone("HomePhone", "Home Phone"),
			phone("OtherPhone", "Other Phone"),
			phone("AssistantPhone", "Asst. Phone"), phone("Fax", "Business Fax"), typed("email", "Email", "Email", 80),
			choice("LeadSource", "Lead Source", leadSources...), typed("date", "Birthdate", "Birthdate", 0),
			lookup("ReportsToId", "Reports To ID", "ReportsTo", "", "Contact"),
			typed("textarea", "Description", "Contact Description", 32000), Checkbox("DoNotCall", "Do Not Call"),
			Checkbox("HasOptedOutOfEmail", "Email Opt Out"),
		}, address("Mailing"))},
		{Name: "Lead", Label: "Lead", Plural: "Leads", KeyPrefix: "00Q", Searchable: true, Fields: join(person(), []Field{
			queueable(), required(text("Company", "Company", 255)), text("Title", "Title", 128), phone("Phone", "Phone"),
			phone("MobilePhone", "Mobile Phone"), phone("Fax", "Fax"),
			typed("email", "Email", "Email", 80),
			required(choice("Status", "Lead Status", "*Open - Not Contacted", "Working - Contacted", "Closed - Converted",
				"Closed - Not Converted")),
			choice("LeadSource", "Lead Source", leadSources...), choice("Rating", "Rating", "Hot", "Warm", "Cold"),
			typed("textarea", "Description", "Description", 32000), Checkbox("DoNotCall", "Do Not Call"),
		}, address(""))},
		{Name: "Case", Label: "Case", Plural: "Cases", KeyPrefix: "500", Searchable: true, Fields: []Field{
			queueable(),
			{Name: "CaseNumber", Label: "Case Number", Type: "string", Length: 30, NameField: true, ReadOnly: true, AutoNumber: "{00001000}"},
			lookup("ContactId", "Contact ID", "Contact", "Cases", "Contact"), lookup("AccountId", "Account ID", "Account", "Cases", "Account"),
			text("Subject", "Subject", 255), typed("textarea", "Description", "Description", 32000),
			choice("Status", "Status", "*New", "Working", "Escalated", "Closed"),
			choice("Origin", "Case Origin", "Phone", "Email", "Web"), choice("Priority", "Priority", "High", "*Medium", "Low"),
			choice("Type", "Case Type", "Question", "Problem", "Feature Request"),
			choice("Reason", "Case Reason", "Installation", "Performance", "Breakdown", "Feedback", "Other"),
			lookup("ParentId", "Parent Case ID", "Parent", "Cases", "Case"), readOnly(Checkbox("IsClosed", "Closed")),
			readOnly(typed("datetime", "ClosedDate", "Closed Date", 0)),
			phone("SuppliedPhone", "Phone"), typed("email", "SuppliedEmail", "Email Address", 80),
			text("SuppliedName", "Name", 80), text("SuppliedCompany", "Company", 80),
		}},
		{Name: "Task", Label: "Task", Plural: "Tasks", KeyPrefix: "00T", Fields: []Field{
			named(text("Subject", "Subject", 255)),
			required(choice("Status", "Status", "*Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred")),
			required(choice("Priority", "Priority", "High", "*Normal", "Low")), typed("date", "ActivityDate", "Due Date Only", 0),
			lookup("WhoId", "Name ID", "Who", "Tasks", "Contact", "Lead"), lookup("WhatId", "Related To ID", "What", "Tasks", "Account", "Case"),
			typed("textarea", "Description", "Description", 32000), choice("Type", "Type", "Call", "Email", "Meeting", "Other"),
			choice("TaskSubtype", "Task Subtype", "*Task", "Call", "Email", "ListEmail", "Cadence"),
			choice("CallType", "Call Type", "Internal", "Inbound", "Outbound"),
			typed("int", "CallDurationInSeconds", "Call Duration", 0), text("CallDisposition", "Call Result", 255),
			text("CallObject", "Call Object Identifier", 255),
			readOnly(Checkbox("IsClosed", "Closed")), readOnly(Checkbox("IsHighPriority", "High Priority")),
			readOnly(typed("datetime", "CompletedDateTime", "Completed Date/Time", 0)),
		}},
	}
}

func setupObjects(permissions []Field) []Object {
	permission := func(name, label string) Field { return Checkbox("Permissions"+name, label) }
	return []Object{
		{Name: "User", Label: "User", Plural: "Users", KeyPrefix: "005", Setup: true, Searchable: true, Fields: []Field{
			required(Field{Name: "Username", Label: "Username", Type: "string", Length: 80, Unique: true}),
			required(text("LastName", "Last Name", 80)), text("FirstName", "First Name", 40),
			readOnly(named(text("Name", "Full Name", 121))), required(typed("email", "Email", "Email", 128)), required(text("Alias", "Alias", 8)),
			required(lookup("ProfileId", "Profile ID", "Profile", "Users", "Profile")),
			{Name: "IsActive", Label: "Active", Type: "boolean", Default: true},
			{Name: "TimeZoneSidKey", Label: "Time Zone", Type: "picklist", Length: 40, Default: "America/Los_Angeles"},
			{Name: "LocaleSidKey", Label: "Locale", Type: "picklist", Length: 40, Default: "en_US"},
			{Name: "LanguageLocaleKey", Label: "Language", Type: "picklist", Length: 40, Default: "en_US"},
			{Name: "EmailEncodingKey", Label: "Email Encoding", Type: "picklist", Length: 40, Default: "UTF-8"},
			{Name: "UserType", Label: "User Type", Type: "picklist", Length: 40, Default: "Standard", ReadOnly: true},
			lookup("CallCenterId", "Call Center ID", "", "", "CallCenter"),
			text("Title", "Title", 80), text("Department", "Department", 80), phone("Phone", "Phone"),
			phone("MobilePhone", "Mobile Phone"), text("Extension", "Extension", 40),
			text("CommunityNickname", "Nickname", 40), text("FederationIdentifier", "SAML Federation ID", 512),
			Checkbox("UserPermissionsSupportUser", "Service Cloud User"),
			readOnly(typed("datetime", "LastLoginDate", "Last Login", 0)),
		}},
		{Name: "Profile", Label: "Profile", Plural: "Profiles", KeyPrefix: "00e", Setup: true, ReadOnly: true, Fields: join([]Field{
			named(text("Name", "Name", 255)), text("Description", "Description", 255), text("UserType", "User Type", 40),
		}, permissions)},
		{Name: "PermissionSet", Label: "Permission Set", Plural: "Permission Sets", KeyPrefix: "0PS", Setup: true, Fields: join([]Field{
			required(text("Name", "Permission Set Name", 80)), required(named(text("Label", "Permission Set Label", 80))),
			typed("textarea", "Description", "Description", 255),
			Checkbox("IsOwnedByProfile", "Is Owned By Profile"), {Name: "IsCustom", Label: "Custom", Type: "boolean",
				Default: true}, lookup("ProfileId", "Profile ID", "Profile", "", "Profile"), text("NamespacePrefix", "Namespace Prefix", 15),
		}, permissions)},
		{Name: "PermissionSetAssignment", Label: "Permission Set Assignment", Plural: "Permission Set Assignments",
			KeyPrefix: "0Pa", Setup: true, Fields: []Field{
				within(lookup("PermissionSetId", "PermissionSet ID", "PermissionSet", "Assignments", "PermissionSet")),
				required(lookup("AssigneeId", "Assignee ID", "Assignee", "PermissionSetAssignments", "User")),
				{Name: "IsActive", Label: "Is Active", Type: "boolean", Default: true, ReadOnly: true},
			}},
		{Name: "ObjectPermissions", Label: "Object Permissions", Plural: "Object Permissions", KeyPrefix: "110", Setup: true, Fields: []Field{
			within(lookup("ParentId", "Parent ID", "Parent", "ObjectPerms", "PermissionSet")),
			required(text("SobjectType", "SObject Type Name", 80)),
			permission("Read", "Read"), permission("Create", "Create"), permission("Edit", "Edit"),
			permission("Delete", "Delete"), permission("ViewAllRecords", "View All"), permission("ModifyAllRecords", "Modify All"),
		}},
		{Name: "FieldPermissions", Label: "Field Permissions", Plural: "Field Permissions", KeyPrefix: "01k", Setup: true, Fields: []Field{
			within(lookup("ParentId", "Parent ID", "Parent", "FieldPerms", "PermissionSet")),
			required(text("SobjectType", "SObject Type Name", 80)), required(text("Field", "Field Name", 255)),
			permission("Read", "Read"), permission("Edit", "Edit"),
		}},
		{Name: SetupAccess, Label: "Setup Entity Access", Plural: "Setup Entity Access", KeyPrefix: "0J0", Setup: true, Fields: []Field{
			within(lookup("ParentId", "Parent ID", "Parent", "SetupEntityAccessItems", "PermissionSet")),
			required(text("SetupEntityId", "Setup Entity ID", 80)), text("SetupEntityType", "Setup Entity Type", 80),
		}},
		{Name: "PermissionSetTabSetting", Label: "Tab Setting", Plural: "Tab Settings", KeyPrefix: "01P", Setup: true, Fields: []Field{
			within(lookup("ParentId", "Parent ID", "Parent", "TabSettings", "PermissionSet")),
			required(text("Name", "Name", 80)), text("Visibility", "Visibility", 40),
		}},
		{Name: "CallCenter", Label: "Call Center", Plural: "Call Centers", KeyPrefix: "04v", Setup: true, Fields: []Field{
			required(named(text("Name", "Display Name", 80))),
			required(Field{Name: "InternalName", Label: "Internal Name", Type: "string", Length: 80, Unique: true}),
			text("Version", "Version", 20), typed("textarea", "AdapterUrl", "CTI Adapter URL", 2000),
			typed("textarea", "CustomSettings", "Custom Settings", 32000),
		}},
		{Name: "AdditionalNumber", Label: "Additional Directory Number", Plural: "Additional Directory Numbers",
			KeyPrefix: "04m", Setup: true, Fields: []Field{
				required(named(text("Name", "Name", 80))), required(phone("Phone", "Phone")),
				text("Description", "Description", 255), lookup("CallCenterId", "Call Center ID", "CallCenter", "AdditionalNumbers", "CallCenter"),
			}},
		{Name: ClientApp, Label: "External Client App", Plural: "External Client Apps", KeyPrefix: "0xI",
			Setup: true, ReadOnly: true, Fields: []Field{
				named(text("DeveloperName", "API Name", 80)), text("MasterLabel", "External Client App Name", 80),
			}},
		{Name: "ApexPage", Label: "Visualforce Page", Plural: "Visualforce Pages", KeyPrefix: "066", Setup: true, ReadOnly: true, Fields: []Field{
			named(text("Name", "Name", 80)), text("NamespacePrefix", "Namespace Prefix", 15), text("MasterLabel", "Label", 80),
			text("Description", "Description", 255), typed("double", "ApiVersion", "Api Version", 0), typed("textarea", "Markup", "Markup", 1048576),
		}},
		{Name: "StaticResource", Label: "Static Resource", Plural: "Static Resources", KeyPrefix: "081", Setup: true,
			ReadOnly: true, Fields: []Field{
				named(text("Name", "Name", 255)), text("NamespacePrefix", "Namespace Prefix", 15),
				text("ContentType", "MIME Type", 120), typed("int", "BodyLength", "Size", 0),
				text("CacheControl", "Cache Control", 40), text("Description", "Description", 255),
			}},
		{Name: "Organization", Label: "Organization", Plural: "Organizations", KeyPrefix: "00D", Setup: true, ReadOnly: true, Fields: []Field{
			named(text("Name", "Name", 80)), text("InstanceName", "Instance Name", 5), Checkbox("IsSandbox", "Is Sandbox"),
			typed("datetime", "TrialExpirationDate", "Trial Expiration Date", 0),
			text("NamespacePrefix", "Namespace Prefix", 15), text("OrganizationType", "Edition", 40),
			text("LanguageLocaleKey", "Language", 40), text("DefaultLocaleSidKey", "Locale", 40),
			text("TimeZoneSidKey", "Time Zone", 40), Checkbox("IsReadOnly", "Is Read Only"),
			text("PrimaryContact", "Primary Contact", 80), phone("Phone", "Phone"), text("Country", "Country", 80),
		}},
	}
}

// auditObjects are what Setup keeps about users and changes.
func auditObjects() []Object {
	return []Object{
		{Name: "SetupAuditTrail", Label: "Setup Audit Trail Entry", Plural: "Setup Audit Trail Entries", KeyPrefix: "0Ym",
			Setup: true, ReadOnly: true, Fields: []Field{
				text("Action", "Action", 255), text("Section", "Section", 255), text("Display", "Display", 1000),
				text("DelegateUser", "Delegate User", 255),
				text("CreatedByContext", "Created By Context", 255), text("CreatedByIssuer", "Created By Issuer", 255),
				text("ResponsibleNamespacePrefix", "Namespace Prefix", 255),
			}},
		{Name: "UserLogin", Label: "User Login", Plural: "User Logins", KeyPrefix: "0Yw", Setup: true, Fields: []Field{
			readOnly(required(lookup("UserId", "User ID", "", "", "User"))), Checkbox("IsFrozen", "Frozen"),
			Checkbox("IsPasswordLocked", "Password Locked"),
		}},
	}
}
