package connect

import (
	"maps"
	"regexp"
)

const (
	maxPreferences = 50
	maxPreference  = 256 // bytes of a name, and of a value
)

// locales are what the panel's language may be written as, such as en_US.
var locales = regexp.MustCompile(`^[a-z]{2,3}_[A-Z]{2}$`)

// AgentConfiguration is what an agent alters of the own configuration; nil leaves a member as it is.
//
// Automatic accepting is not among it: no document says that an agent may switch it, and an administrator sets it for a user.
type AgentConfiguration struct {
	SoftPhone   *bool
	DeskNumber  *string           // E.164; "" takes it away
	Preferences map[string]string // those that are named; that others stay is a guess
}

// UpdateAgentConfiguration alters the part of a user that is the agent's own. It counts from the next call on.
func (c *Centre) UpdateAgentConfiguration(id AgentID, in AgentConfiguration) error {
	return c.change(func(s *State) error {
		if at(s.Users, string(id)) < 0 {
			return ErrNoAgent
		}
		return alter(s.Users, string(id), "user", func(u *User) error {
			if in.SoftPhone != nil {
				u.Phone = DeskPhone
				if *in.SoftPhone {
					u.Phone = SoftPhone
				}
			}
			if in.DeskNumber != nil {
				u.DeskNumber = *in.DeskNumber
			}
			if len(in.Preferences) > 0 {
				u.Preferences = maps.Clone(u.Preferences)
				if u.Preferences == nil {
					u.Preferences = map[string]string{}
				}
				maps.Copy(u.Preferences, in.Preferences)
			}
			u.Changed = c.cfg.Clock.Now()
			return first(u.checkPhone(), checkPreferences(u.Preferences))
		})
	})
}

func checkPreferences(p map[string]string) error {
	if len(p) > maxPreferences {
		return invalid("agentPreferences", "An agent has at most %d preferences.", maxPreferences)
	}
	for name, value := range p {
		switch {
		case name == "" || len(name) > maxPreference || len(value) > maxPreference:
			return invalid("agentPreferences", "A preference has a name and a value of at most %d bytes.", maxPreference)
		case (name == "LANGUAGE" || name == "locale") && !locales.MatchString(value):
			return invalid("agentPreferences", "A language is written as en_US.")
		}
	}
	return nil
}

func (u User) checkPhone() error {
	switch {
	case u.Phone != SoftPhone && u.Phone != DeskPhone:
		return invalid("PhoneType", "The phone type is SOFT_PHONE or DESK_PHONE.")
	case (u.Phone == DeskPhone || u.DeskNumber != "") && dialable(u.DeskNumber) == "": // also one that is not used now
		return invalid("DeskPhoneNumber", "Enter the desk phone's number in E.164, such as +12065550142.")
	}
	return nil
}

// deskPhone is the number of a user who speaks through a desk phone; "" for the others.
func (u User) deskPhone() string {
	if u.Phone == DeskPhone {
		return u.DeskNumber
	}
	return ""
}
