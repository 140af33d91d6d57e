package checks

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/amazonconnect"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/setup/steps"
)

// centreHas wants the statuses of the contact centre that rules name to be in the agents' menu.
func centreHas(ctx context.Context, on On, p records.Presence) ([]setup.Finding, error) {
	instance := on.Site.Instance.ID
	have, err := on.Site.Connect.AgentStatuses(ctx, instance)
	if err != nil {
		return nil, err
	}
	var enabled []string
	for _, name := range named(p.Rules, presence.Centre) {
		at := slices.IndexFunc(have, func(s amazonconnect.AgentStatus) bool { return s.Name == name })
		if at < 0 {
			continue
		}
		there, err := on.Site.Connect.AgentStatusEnabled(ctx, instance, have[at].ID)
		if err != nil {
			return nil, err
		}
		if there {
			enabled = append(enabled, name)
		}
	}
	return unknown(p, enabled), nil
}

// named are the statuses of a side that rules set or wait for, those that the platform itself gives left out.
func named(rules []presence.Rule, side presence.Side) (names []string) {
	for _, r := range rules {
		if r.Destination == side {
			names = append(names, r.Value)
		}
		names = append(names, awaited(r, side)...)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return n == presence.Offline || presence.IsSystem(n) })
	slices.Sort(names)
	return slices.Compact(names)
}

// awaited are the statuses of a side that a rule compares with.
func awaited(r presence.Rule, side presence.Side) (names []string) {
	operands := []presence.Operand{presence.OrgNew}
	if side == presence.Centre {
		operands = []presence.Operand{presence.CentreNew, presence.CentreOld}
	}
	add := func(a, b presence.Term) {
		if slices.Contains(operands, a.Operand) && b.Operand == presence.Static {
			names = append(names, strings.TrimSpace(b.Value))
		}
	}
	for _, c := range r.Criteria {
		add(c.A, c.B)
		add(c.B, c.A)
	}
	return names
}

// unknown are the rules that set or wait for a status that agents cannot have; enabled are those of the contact centre.
// That a rule sets a status which Omni-Channel does not have is told with the rules that do nothing.
func unknown(p records.Presence, enabled []string) (found []setup.Finding) {
	tell := func(r presence.Rule, does, name, where string) {
		found = append(found, setup.Finding{
			Verdict: setup.Warned, What: ruleNaming(r, "%s %s, which is no status that agents can choose %s", does, name, where),
			Why:  "it does nothing",
			Mend: "Mend the name in the rule (capital letters count), or make the status.",
		})
	}
	given := func(name string) bool {
		return name == presence.Offline || presence.IsSystem(name) || slices.Contains(enabled, name)
	}
	for _, r := range p.Rules {
		if r.Destination == presence.Centre && !given(r.Value) {
			tell(r, "sets", r.Value, "at the contact centre")
		}
		for _, name := range awaited(r, presence.Centre) {
			if !given(name) {
				tell(r, "waits for", name, "at the contact centre")
			}
		}
		for _, name := range awaited(r, presence.Org) {
			if _, there := p.Status(name); !there && name != presence.Offline {
				tell(r, "waits for", name, "in Omni-Channel, by its developer name")
			}
		}
	}
	return found
}

// agentsMay wants each agent to have been given each status that rules set in Omni-Channel, by a permission set or by the
// profile.
func agentsMay(ctx context.Context, on On, p records.Presence) ([]setup.Finding, error) {
	agents := steps.Agents(on.Config.Setup.People)
	if len(agents) == 0 {
		return nil, nil
	}
	var found []setup.Finding
	for _, name := range named(p.Rules, presence.Org) {
		status, there := p.Status(name)
		if !there {
			continue
		}
		may, err := whoMay(ctx, on, status.ID, agents)
		if err != nil {
			return found, err
		}
		without := slices.DeleteFunc(slices.Clone(agents), func(a string) bool { return slices.Contains(may, a) })
		if len(without) > 0 {
			found = append(found, setup.Finding{
				Verdict: setup.Warned, What: strings.Join(without, ", ") + " may not choose the presence status " + name,
				Why: "Omni-Channel refuses to set it",
				Mend: "Add the status to setup.presence.statuses and run patchcord setup apply, or give it by a permission set or profile: " +
					"Enabled Service Presence Status Access.",
			})
		}
	}
	return found, nil
}

// whoMay are those of the agents who were given a status.
func whoMay(ctx context.Context, on On, status string, agents []string) ([]string, error) {
	parents, err := org.Query[struct{ ParentId string }](ctx, on.Site.CRM,
		"SELECT ParentId FROM SetupEntityAccess WHERE "+org.Equals("SetupEntityId", status))
	if err != nil || len(parents) == 0 {
		return nil, err
	}
	var sets []string
	for _, p := range parents {
		sets = append(sets, p.ParentId)
	}
	given, err := org.Query[struct{ Assignee struct{ Username string } }](ctx, on.Site.CRM,
		"SELECT Assignee.Username FROM PermissionSetAssignment WHERE "+oneOf("PermissionSetId", sets)+" AND "+
			oneOf("Assignee.Username", agents))
	var may []string
	for _, g := range given {
		may = append(may, g.Assignee.Username)
	}
	return may, err
}

// oneOf is the condition that a field is one of values.
func oneOf(field string, values []string) string {
	var quoted []string
	for _, v := range values {
		quoted = append(quoted, salesforce.Quote(v))
	}
	return field + " IN (" + strings.Join(quoted, ", ") + ")"
}

// onlineHasChannels wants the statuses that the configuration says are online to have a service channel: without one they
// are busy ones, whatever they are called.
func onlineHasChannels(ctx context.Context, on On, p records.Presence) ([]setup.Finding, error) {
	var found []setup.Finding
	for _, s := range on.Config.Setup.Presence.Statuses {
		status, there := p.Status(s.Omni)
		if !s.Online || !there {
			continue
		}
		channel, err := org.Find(ctx, on.Site.CRM, "ServiceChannelStatus", org.Equals("ServicePresenceStatusId", status.ID))
		if err != nil {
			return found, err
		}
		if channel == "" {
			found = append(found, setup.Finding{
				Verdict: setup.Warned, What: "the presence status " + s.Omni + " is to be online and has no service channel",
				Why:  "agents who have it are busy, and get no work",
				Mend: "Setup → Presence Statuses → " + status.Label + ": choose Online and a service channel, or take online: true out.",
				Link: on.Site.Hosts.Lightning + "/lightning/setup/ServicePresenceStatuses/home",
			})
		}
	}
	return found, nil
}
