// Package rights is what set-up needs to be allowed on both platforms, and nothing beyond: one list, from which the
// policies, the documentation and the words of a refusal are made.
//
// Read first: Actions, Permissions, Policy. It knows the names of steps and checks, and none of them.
package rights

import (
	"slices"
	"strings"
)

// SignIn is the place of what is needed before the first step: both platforms are signed in to and looked at.
const SignIn = "sign-in"

// Action is something that the AWS user may do.
type Action struct {
	Name string   // as in an IAM policy
	By   []string // steps and checks that need it
	For  string   // what for
	// Anywhere is true where no resource narrows it, so that a policy has to allow it on *.
	Anywhere bool
}

// Actions are what set-up does at Amazon Connect, in the order in which it is needed. Source: Service Authorization
// Reference, Amazon Connect; the dependent action of ListInstances stands there too.
var Actions = []Action{
	{"connect:ListInstances", []string{SignIn}, "finds the instance by its alias", true},
	{"ds:DescribeDirectories", []string{SignIn}, "connect:ListInstances is refused without it", true},
	{"connect:ListPhoneNumbersV2", []string{SignIn}, "names the number to call", false},
	{"connect:ListApprovedOrigins", []string{"approved origins"}, "sees what is approved", false},
	{"connect:AssociateApprovedOrigin", []string{"approved origins"}, "approves the org's origins", false},
	{"connect:ListAgentStatuses", []string{"agent statuses"}, "looks for the status", false},
	{"connect:CreateAgentStatus", []string{"agent statuses"}, "makes the status", false},
	{"connect:DescribeAgentStatus", []string{"agent statuses"}, "sees whether it is enabled", false},
	{"connect:ListUsers", []string{"agents"}, "verify looks for the agents", false},
	{"connect:UpdateAgentStatus", []string{"agent statuses"}, "enables a status; destroy disables it", false},
	{"connect:DisassociateApprovedOrigin", []string{"approved origins"}, "destroy takes approvals back", false},
}

// Permission is a system permission of the Salesforce user.
type Permission struct {
	Name  string // in metadata
	Label string // in Setup
	By    []string
	For   string
	// Refusal is how an org refuses a user without it.
	Refusal Refusal
}

// Refusal is how an org refuses.
type Refusal string

// The refusals, by the code of the platform's error.
const (
	Insufficient Refusal = "INSUFFICIENT_ACCESS"
	Disabled     Refusal = "API_DISABLED_FOR_ORG"
	Hidden       Refusal = "INVALID_TYPE" // about an object that every org has
)

// Permissions are what set-up does in the org, in the order in which it is needed. What they depend on in an org of
// its own kind is said by the org when the permission set is deployed.
var Permissions = []Permission{
	{"ApiEnabled", "API Enabled", []string{SignIn}, "every request", Disabled},
	{
		"ModifyMetadata", "Modify Metadata Through Metadata API Functions",
		[]string{
			SignIn, "Salesforce package", "External Client App", "trusted URLs", "microphone", "framing",
			"call center", "Service Console", "Omni-Channel", "presence statuses", "access to presence statuses",
		},
		"reads and deploys metadata, first the record of set-up", Insufficient,
	},
	{
		"ViewSetup", "View Setup and Configuration",
		[]string{SignIn, "Salesforce package", "permission sets", "agents"},
		"reads pages, static resources, permission sets and who has them", Hidden,
	},
	{
		"ManageProfilesPermissionsets", "Manage Profiles and Permission Sets", []string{"access to the External Client App"},
		"lets the users of the package's permission sets into the app", Insufficient,
	},
	{
		"AssignPermissionSets", "Assign Permission Sets", []string{"permission sets", "access to presence statuses"},
		"gives users their sets, itself AC_Administrator", Insufficient,
	},
	{
		"ManageInternalUsers", "Manage Internal Users", []string{"call center users"},
		"puts users into the call center", Insufficient,
	},
	{
		"CustomizeApplication", "Customize Application", []string{"Toolkit for Amazon Connect"},
		"writes the org's custom setting", Insufficient,
	},
}

// RecordSet is the permission set of the package with which set-up writes the package's records.
const RecordSet = "AC_Administrator"

// IntegrationSet is the permission set of the package that the integration user has, and nobody else: it reads the
// adapter's configuration, and writes the rows of the package's objects, whoever they belong to.
const IntegrationSet = "AC_Integration"

// Lacking is the action that a refusal is about: the one it names, or the operation's own; false if neither is ours.
// said is the service's sentence, operation its name as the SDK has it.
func Lacking(operation, said string) (Action, bool) {
	const before, after = "not authorized to perform: ", " "
	name := "connect:" + operation
	if _, rest, found := strings.Cut(said, before); found {
		name, _, _ = strings.Cut(rest, after)
	}
	at := slices.IndexFunc(Actions, func(a Action) bool { return strings.EqualFold(a.Name, name) })
	if at < 0 {
		return Action{Name: name}, false
	}
	return Actions[at], true
}

// LackingOrg are the labels of the permissions for whose lack an org refuses a place so; of all that it refuses so if the
// place is not known to need any.
func LackingOrg(place string, how Refusal) string {
	var labels, all []string
	for _, p := range Permissions {
		if p.Refusal != how {
			continue
		}
		all = append(all, p.Label)
		if slices.Contains(p.By, place) {
			labels = append(labels, p.Label)
		}
	}
	if labels == nil {
		labels = all
	}
	return strings.Join(labels, ", ")
}
