package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Presence is how agents' statuses at the contact centre and in Omni-Channel are to follow each other. Without the section
// nothing of it is set up.
type Presence struct {
	// Sync has the rules work; without it they are there, and nothing follows yet.
	Sync bool `yaml:"sync"`
	// Rules are mirror or none, for an administrator who writes them; mirror by default.
	Rules string `yaml:"rules"`
	// Statuses belong together; Available, Lunch and Break by default.
	Statuses []StatusPair `yaml:"statuses"`
}

// StatusPair is an agent status of the contact centre and the presence status of Omni-Channel that belongs to it.
type StatusPair struct {
	Connect string `yaml:"connect"` // its name at the contact centre
	Omni    string `yaml:"omni"`    // its developer name; the name with _ for what is no letter or digit by default
	Label   string `yaml:"label"`   // what agents read in Omni-Channel; the name by default
	// Online lets Omni-Channel give the agent work; without it the status is a busy one.
	Online bool `yaml:"online"`
	// Channels are developer names of service channels by which work comes to an online status; that of cases by default.
	Channels []string `yaml:"channels"`
}

// The rules that set-up makes.
const (
	MirrorRules = "mirror"
	NoRules     = "none"
)

const (
	// OnACall is the developer name of the busy status that mirrored rules give to an agent who has a contact.
	OnACall = "On_a_Call"
	offline = "Offline" // of an agent who is logged out: no status of either side that somebody makes

	maxStatuses  = 40
	maxDeveloper = 80
	maxLabel     = 40
)

// Given says that the file has the section, and wants something.
func (p Presence) Given() bool { return p.Sync || p.Rules != "" || len(p.Statuses) > 0 }

// Mirrored says that set-up makes rules by which each side follows the other.
func (p Presence) Mirrored() bool { return p.Rules == MirrorRules }

// MirroredPresence is what sync: true alone stands for.
func MirroredPresence() Presence { return Presence{Sync: true}.complete() }

// complete fills in what has a default.
func (p Presence) complete() Presence {
	if !p.Given() {
		return p
	}
	if p.Rules == "" {
		p.Rules = MirrorRules
	}
	if len(p.Statuses) == 0 {
		p.Statuses = []StatusPair{{Connect: "Available", Online: true}, {Connect: "Lunch"}, {Connect: "Break"}}
	}
	p.Statuses = slices.Clone(p.Statuses)
	for i, s := range p.Statuses {
		if s.Omni == "" {
			p.Statuses[i].Omni = developerName(s.Connect)
		}
		if s.Label == "" {
			p.Statuses[i].Label = s.Connect
		}
	}
	return p
}

var notInNames = regexp.MustCompile(`[^A-Za-z0-9]+`)

func developerName(label string) string {
	return strings.Trim(notInNames.ReplaceAllString(label, "_"), "_")
}

var developerNames = regexp.MustCompile(`^[A-Za-z](_?[A-Za-z0-9])*$`)

func (p Presence) check() error {
	switch {
	case p.Rules != "" && p.Rules != MirrorRules && p.Rules != NoRules:
		return wrong("presence.rules", "%q is neither mirror nor none", p.Rules)
	case len(p.Statuses) > maxStatuses:
		return wrong("presence.statuses", "write at most %d", maxStatuses)
	}
	connect, omni := map[string]bool{}, map[string]bool{}
	for i, s := range p.Statuses {
		field := fmt.Sprintf("presence.statuses[%d]", i)
		if err := s.check(field); err != nil {
			return err
		}
		if connect[s.Connect] || omni[strings.ToLower(s.Omni)] {
			return wrong(field, "%s and %s: one of them belongs to a status already; each side would take back what the other chose",
				s.Connect, s.Omni)
		}
		connect[s.Connect], omni[strings.ToLower(s.Omni)] = true, true
	}
	return nil
}

func (s StatusPair) check(field string) error {
	switch {
	case s.Connect == "":
		return wrong(field+".connect", "name the status at the contact centre")
	case s.Connect == offline || s.Omni == offline:
		return wrong(field, "Offline is an agent who is logged out: leave it out, the mirrored rules see to it")
	case !developerNames.MatchString(s.Omni) || len(s.Omni) > maxDeveloper:
		return wrong(field+".omni", "%q is no developer name: letters, digits and single _, a letter first, as in On_a_Break", s.Omni)
	case strings.EqualFold(s.Omni, OnACall):
		return wrong(field+".omni", "%s is the status of agents who have a contact: choose another name", s.Omni)
	case len([]rune(s.Label)) > maxLabel:
		return wrong(field+".label", "write at most %d characters", maxLabel)
	case len(s.Channels) > 0 && !s.Online:
		return wrong(field+".channels", "work comes by service channels to an online status only: write online: true, or no channels")
	case slices.Contains(s.Channels, ""):
		return wrong(field+".channels", "a name is empty")
	}
	return nil
}
