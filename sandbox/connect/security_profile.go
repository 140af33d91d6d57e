package connect

import (
	"slices"
)

// SecurityProfile says what its users may do.
type SecurityProfile struct {
	ID          SecurityProfileID
	Name        string
	Description string
	Permissions []string
}

func (p SecurityProfile) key() string   { return string(p.ID) }
func (p SecurityProfile) title() string { return p.Name }

const maxSecurityProfiles = 100

// Permissions are those that are used here. Source: the service's list of security profile permissions.
var Permissions = []string{
	"AccessMetrics", "AgentStates.Create", "AgentStates.Edit", "AgentStates.EnableAndDisable", "AgentStates.View", "BasicAgentAccess",
	"ContactAttributes.View", "ContactFlows.Create", "ContactFlows.Delete", "ContactFlows.Edit", "ContactFlows.Publish",
	"ContactFlows.View", "ContactSearch.View",
	"HoursOfOperation.Create", "HoursOfOperation.Delete", "HoursOfOperation.Edit", "HoursOfOperation.View", "OutboundCallAccess",
	"PhoneNumbers.Claim", "PhoneNumbers.Edit", "PhoneNumbers.Release", "PhoneNumbers.View",
	"Queues.Create", "Queues.Delete", "Queues.Edit", "Queues.EnableAndDisable", "Queues.View",
	"RoutingPolicies.Create", "RoutingPolicies.Delete", "RoutingPolicies.Edit", "RoutingPolicies.View",
	"SecurityProfiles.Create", "SecurityProfiles.Delete", "SecurityProfiles.Edit", "SecurityProfiles.View",
	"TransferDestinations.Create", "TransferDestinations.Delete", "TransferDestinations.Edit", "TransferDestinations.View",
	"Users.Create", "Users.Delete", "Users.Edit", "Users.EditPermission", "Users.View",
}

func defaultSecurityProfiles(i Instance) []SecurityProfile {
	var manager []string
	for _, p := range Permissions {
		if !slices.Contains([]string{"SecurityProfiles.Create", "SecurityProfiles.Delete", "SecurityProfiles.Edit",
			"PhoneNumbers.Claim", "PhoneNumbers.Release", "ContactFlows.Delete"}, p) {
			manager = append(manager, p)
		}
	}
	return []SecurityProfile{
		{i.DefaultSecurityProfile("Admin"), "Admin", "Has permissions for all", Permissions},
		{
			i.DefaultSecurityProfile("Agent"),
			"Agent",
			"Has permissions for the Contact Control Panel",
			[]string{"BasicAgentAccess", "OutboundCallAccess"},
		},
		{
			i.DefaultSecurityProfile("CallCenterManager"),
			"CallCenterManager",
			"Has permissions for users, routing and metrics",
			manager,
		},
		{
			i.DefaultSecurityProfile("QualityAnalyst"),
			"QualityAnalyst",
			"Has permissions for metrics",
			[]string{"AccessMetrics", "ContactAttributes.View", "ContactSearch.View"},
		},
	}
}

func (p SecurityProfile) check() error {
	for _, one := range p.Permissions {
		if !slices.Contains(Permissions, one) {
			return invalid("Permissions", "There is no permission %.60q.", one)
		}
	}
	return first(named("SecurityProfileName", p.Name, 127), described(p.Description, 250))
}

// CreateSecurityProfile adds one.
func (c *Centre) CreateSecurityProfile(p SecurityProfile, tags map[string]string) (SecurityProfile, error) {
	p.ID = SecurityProfileID(c.cfg.IDs())
	if err := p.check(); err != nil {
		return p, err
	}
	return p, c.change(func(s *State) error {
		return first(add(&s.SecurityProfiles, p, "security profile", maxSecurityProfiles), s.tag(s.Instance.SecurityProfileARN(p.ID), tags))
	})
}

// ChangeSecurityProfile alters one; its name stays, and Admin keeps all its permissions.
func (c *Centre) ChangeSecurityProfile(id SecurityProfileID, f func(*SecurityProfile)) error {
	return c.change(func(s *State) error {
		return alter(s.SecurityProfiles, string(id), "security profile", func(p *SecurityProfile) error {
			name := p.Name
			f(p)
			p.ID, p.Name = id, name
			if id == s.Instance.DefaultSecurityProfile("Admin") && len(p.Permissions) < len(Permissions) {
				return invalid("Permissions", "The Admin security profile keeps all permissions.")
			}
			return p.check()
		})
	})
}

// DeleteSecurityProfile takes one away that nobody has; those that the instance came with stay.
func (c *Centre) DeleteSecurityProfile(id SecurityProfileID) error {
	return c.change(func(s *State) error {
		for _, u := range s.Users {
			if slices.Contains(u.SecurityProfiles, id) {
				return inUse("security profile", "the user "+u.Username)
			}
		}
		if id == s.Instance.DefaultSecurityProfile("Admin") {
			return &Refusal{Why: ErrDenied, Message: "The Admin security profile cannot be deleted."}
		}
		return drop(s, &s.SecurityProfiles, string(id), "security profile", s.Instance.SecurityProfileARN(id))
	})
}

// May says whether a person has a permission.
func (s *State) May(id AgentID, permission string) bool {
	i := at(s.Users, string(id))
	if i < 0 {
		return false
	}
	for _, p := range s.SecurityProfiles {
		if slices.Contains(s.Users[i].SecurityProfiles, p.ID) && slices.Contains(p.Permissions, permission) {
			return true
		}
	}
	return false
}

// Administers says whether a person is the account's administrator: who has the Admin security profile.
func (s *State) Administers(id AgentID) bool {
	i := at(s.Users, string(id))
	return i >= 0 && slices.Contains(s.Users[i].SecurityProfiles, s.Instance.DefaultSecurityProfile("Admin"))
}
