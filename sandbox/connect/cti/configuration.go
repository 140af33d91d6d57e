package cti

import (
	"maps"

	"github.com/patchcord/patchcord/sandbox/connect"
)

// agentConfiguration is what UpdateAgentConfiguration believes; name, routing profile and automatic accepting are the
// administrator's.
type agentConfiguration struct {
	SoftphoneEnabled *bool             `json:"softphoneEnabled"`
	Extension        *string           `json:"extension"`
	Preferences      map[string]string `json:"agentPreferences"`
}

// configuration is §3.2.
func (s *server) configuration(a asked) (any, error) {
	st := s.cfg.Centre.State()
	profile := st.RoutingProfileOf(a.agent)
	channels := map[string]int{}
	for _, c := range profile.Concurrency {
		channels[string(c.Channel)] = c.Most
	}
	return map[string]any{"configuration": map[string]any{
		"name": a.agent.FirstName + " " + a.agent.LastName, "username": a.agent.Username,
		"softphoneEnabled": a.agent.Phone != connect.DeskPhone, "softphoneAutoAccept": a.agent.AutoAccept, "extension": a.agent.DeskNumber,
		"agentARN": st.Instance.AgentARN(a.agent.ID), "agentPreferences": preferences(a.agent),
		"routingProfile": map[string]any{
			"name": profile.Name, "routingProfileARN": st.Instance.RoutingProfileARN(profile.ID),
			"defaultOutboundQueue": s.queue(st, profile.DefaultOutbound), "channelConcurrencyMap": channels,
		},
	}}, nil
}

// preferences always name a language: the library reads it.
func preferences(u connect.User) map[string]string {
	all := map[string]string{"LANGUAGE": "en_US"}
	maps.Copy(all, u.Preferences)
	return all
}

// updateConfiguration is UpdateAgentConfiguration: the agent's own phone and preferences. Members that are not there
// stay as they are: clients may send one alone. What the service does with such is not documented.
func (s *server) updateConfiguration(a asked) error {
	in := a.in.Configuration
	if in == nil {
		return errNoConfiguration
	}
	return s.cfg.Centre.UpdateAgentConfiguration(
		a.agent.ID,
		connect.AgentConfiguration{SoftPhone: in.SoftphoneEnabled, DeskNumber: in.Extension, Preferences: in.Preferences},
	)
}
