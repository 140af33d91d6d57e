package steps

import (
	"context"
	"slices"

	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
)

// AgentStatuses are agent statuses that the instance should have, such as one that signs the agent out.
type AgentStatuses struct {
	Instance amazonconnect.Instance
	Wanted   []WantedStatus
}

// WantedStatus is one of them.
type WantedStatus struct {
	Name string
	Why  string // it is wanted
}

// wantedStatuses are those that a configuration asks for.
func wantedStatuses(c config.Setup) []WantedStatus {
	var all []WantedStatus
	if c.LogoutStatus != "" {
		all = append(all, WantedStatus{c.LogoutStatus, "agents choose it to sign out of everything"})
	}
	for _, s := range c.Presence.Statuses {
		if s.Connect != c.LogoutStatus {
			all = append(all, WantedStatus{s.Connect, "it belongs to the status " + s.Omni + " of Omni-Channel"})
		}
	}
	return all
}

// Name says what it is.
func (AgentStatuses) Name() string { return "agent statuses" }

// Plan looks for each by its name.
func (s AgentStatuses) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if len(s.Wanted) == 0 {
		return nil, nil
	}
	have, err := p.Connect.AgentStatuses(ctx, s.Instance.ID)
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	for _, w := range s.Wanted {
		c, err := planStatus(ctx, p, AgentStatus{Instance: s.Instance.ID, Name: w.Name}, w.Why, have)
		if err != nil {
			return changes, err
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// planStatus plans for one status, of those that the instance has.
func planStatus(
	ctx context.Context, p setup.Platforms, want AgentStatus, why string, have []amazonconnect.AgentStatus,
) (setup.Change, error) {
	c := setup.Change{
		Action: setup.Create, What: want.Name, Why: why,
		Made: []setup.Made{{What: "agent status " + want.Name, Entry: want}},
		Do: func(ctx context.Context) error {
			return p.Connect.CreateAgentStatus(ctx, want.Instance, want.Name, "Made by patchcord setup")
		},
	}
	at := slices.IndexFunc(have, func(a amazonconnect.AgentStatus) bool { return a.Name == want.Name })
	if at < 0 {
		return c, nil
	}
	enabled, err := p.Connect.AgentStatusEnabled(ctx, want.Instance, have[at].ID)
	if err != nil || enabled {
		return setup.Right("%s is there", want.Name), err
	}
	c.Action, c.Old, c.New = setup.Update, "disabled", "enabled"
	c.Do = func(ctx context.Context) error { return p.Connect.EnableAgentStatus(ctx, want.Instance, have[at].ID) }
	return c, nil
}

// AgentStatus is a status that an instance got or had enabled: it is disabled, for the service cannot delete one.
type AgentStatus struct {
	Instance string `json:"instance"` // id
	Name     string `json:"name"`
}

// Kind is its name in the record.
func (AgentStatus) Kind() string { return "agent status" }

// Key is where it is found.
func (a AgentStatus) Key() string { return a.Instance + " " + a.Name }

// Undo disables it.
func (a AgentStatus) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	have, err := p.Connect.AgentStatuses(ctx, a.Instance)
	if err != nil {
		return setup.Change{}, err
	}
	at := slices.IndexFunc(have, func(s amazonconnect.AgentStatus) bool { return s.Name == a.Name })
	if at < 0 {
		return m.Gone(), nil
	}
	c := m.Remove(func(ctx context.Context) error { return p.Connect.DisableAgentStatus(ctx, a.Instance, have[at].ID) })
	c.What += " is disabled; the service cannot delete one"
	return c, nil
}
