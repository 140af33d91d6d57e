package lightning

import "github.com/patchcord/patchcord/sandbox/crm/schema"

// layout is how an object is shown: its icon, its page, its lists. Custom objects bring theirs with a deploy.
type layout struct {
	icon       string
	highlights []string
	sections   []section
	columns    []string // of lists
	related    []relatedList

	required, readOnly []string // fields that the page asks for, or only shows
}

// relatedList names the records whose field points to the record shown.
type relatedList struct {
	object, field, label string
	columns              []string
}

func fields(names ...string) []string { return names }

var systemInformation = section{"System Information", [][]string{{"CreatedById"}, {"LastModifiedById"}}}

// taskColumns are read for lists and for the activity timeline alike.
var taskColumns = fields("Subject", "Status", "Priority", "ActivityDate", "TaskSubtype", "CallType",
	"CallDurationInSeconds", "Description", "IsClosed", "OwnerId", "LastModifiedDate", "CreatedDate")

// delivered is the layout of each standard object in an org as delivered.
func delivered(object string) (layout, bool) {
	switch object {
	case "Account":
		return account(), true
	case "Contact":
		return contact(), true
	case "Case":
		return caseLayout(), true
	case "Lead":
		return lead(), true
	case "Task":
		return task(), true
	case "User":
		return layout{
			icon:       "standard:user",
			highlights: fields("Username", "Email", "IsActive"),
			sections:   []section{{"About", [][]string{{"Name", "Username"}, {"Email", "ProfileId"}}}},
			columns:    fields("Name", "Username", "Email"),
		}, true
	case schema.Group:
		return layout{
			icon: "standard:queue", highlights: fields("Type"), columns: fields("Name", "Type"),
			sections: []section{{"About", [][]string{{"Name"}, {"Type"}}}},
		}, true
	}
	return layout{}, false
}

func account() layout {
	return layout{
		icon:       "standard:account",
		highlights: fields("Type", "Phone", "Website", "OwnerId", "Industry"),
		sections: []section{
			{"Account Information", [][]string{
				{"OwnerId", "Name", "ParentId", "Type", "Industry"},
				{"Phone", "Fax", "Website", "AccountNumber", "Rating"},
			}},
			{"Address Information", [][]string{
				{"BillingStreet", "BillingCity", "BillingState"},
				{"BillingPostalCode", "BillingCountry"},
			}},
			{"Description Information", [][]string{{"Description"}, {}}},
			systemInformation,
		},
		columns: fields("Name", "Phone", "Type", "Industry", "BillingCity", "OwnerId"),
		related: []relatedList{
			{"Contact", "AccountId", "Contacts", fields("Name", "Title", "Email", "Phone")},
			{"Case", "AccountId", "Cases", fields("CaseNumber", "Subject", "Priority", "Status")},
			{"Task", "WhatId", "Activities", taskColumns},
		},
	}
}

func contact() layout {
	return layout{
		icon:       "standard:contact",
		highlights: fields("Title", "AccountId", "Phone", "Email", "OwnerId"),
		sections: []section{
			{"Contact Information", [][]string{
				{"OwnerId", "Name", "AccountId", "Title", "Department", "Birthdate", "LeadSource"},
				{"Phone", "HomePhone", "MobilePhone", "OtherPhone", "Fax", "Email", "DoNotCall"},
			}},
			{"Address Information", [][]string{
				{"MailingStreet", "MailingCity", "MailingState"},
				{"MailingPostalCode", "MailingCountry"},
			}},
			{"Description Information", [][]string{{"Description"}, {}}},
			systemInformation,
		},
		columns: fields("Name", "AccountId", "Title", "Phone", "Email", "OwnerId"),
		related: []relatedList{
			{"Case", "ContactId", "Cases", fields("CaseNumber", "Subject", "Priority", "Status")},
			{"Task", "WhoId", "Activities", taskColumns},
		},
	}
}

func caseLayout() layout {
	return layout{
		icon:       "standard:case",
		highlights: fields("Subject", "Priority", "Status", "ContactId", "OwnerId"),
		sections: []section{
			{"Case Information", [][]string{
				{"OwnerId", "CaseNumber", "ContactId", "AccountId"},
				{"Status", "Priority", "Origin", "Type", "Reason"},
			}},
			{"Description Information", [][]string{{"Subject", "Description"}, {}}},
			systemInformation,
		},
		columns: fields("CaseNumber", "Subject", "ContactId", "Status", "Priority", "CreatedDate", "OwnerId"),
		related: []relatedList{{"Task", "WhatId", "Activities", taskColumns}},
	}
}

func lead() layout {
	return layout{
		icon:       "standard:lead",
		highlights: fields("Title", "Company", "Phone", "Email", "Status"),
		sections: []section{
			{"Lead Information", [][]string{
				{"OwnerId", "Name", "Company", "Title", "LeadSource"},
				{"Phone", "MobilePhone", "Fax", "Email", "Status", "Rating", "DoNotCall"},
			}},
			{"Address Information", [][]string{{"Street", "City", "State"}, {"PostalCode", "Country"}}},
			{"Description Information", [][]string{{"Description"}, {}}},
			systemInformation,
		},
		columns: fields("Name", "Title", "Company", "Phone", "Email", "Status", "OwnerId"),
		related: []relatedList{{"Task", "WhoId", "Activities", taskColumns}},
	}
}

func task() layout {
	return layout{
		icon:       "standard:task",
		highlights: fields("Status", "ActivityDate", "WhoId", "WhatId", "OwnerId"),
		sections: []section{
			{"Task Information", [][]string{
				{"OwnerId", "Subject", "ActivityDate", "WhoId", "WhatId"},
				{"Status", "Priority", "TaskSubtype"},
			}},
			{"Call Information", [][]string{
				{"CallType", "CallDurationInSeconds"},
				{"CallDisposition", "CallObject"},
			}},
			{"Description Information", [][]string{{"Description"}, {}}},
			systemInformation,
		},
		columns: fields("Subject", "WhoId", "WhatId", "ActivityDate", "Status", "Priority", "OwnerId"),
	}
}

// nameField is the field that people know a record by.
func nameField(object string) string {
	switch object {
	case "Case":
		return "CaseNumber"
	case "Task":
		return "Subject"
	}
	return "Name"
}
