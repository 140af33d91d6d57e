package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// PresenceStatuses are the statuses that agents have in Omni-Channel, and the service channel by which work comes to those
// who are online. A status that is there stays as it is: somebody may have given it other channels.
type PresenceStatuses struct{ Statuses []OmniStatus }

// Name says what it is.
func (PresenceStatuses) Name() string { return "presence statuses" }

const caseChannel = "Cases" // developer name of our own

// Plan looks for each by its developer name.
func (s PresenceStatuses) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if len(s.Statuses) == 0 {
		return nil, nil
	}
	state, _, err := readOmni(ctx, p)
	if err != nil || state == omniAway {
		return nil, err
	}
	channels, err := org.Query[omniRow](ctx, p.CRM, "SELECT DeveloperName, RelatedEntity FROM ServiceChannel")
	if err != nil {
		return nil, err
	}
	statuses, err := org.Query[omniRow](ctx, p.CRM, "SELECT DeveloperName FROM ServicePresenceStatus")
	if err != nil {
		return nil, err
	}
	var changes []setup.Change
	missing := slices.DeleteFunc(slices.Clone(s.Statuses), func(want OmniStatus) bool {
		there := slices.ContainsFunc(statuses, func(have omniRow) bool { return strings.EqualFold(have.DeveloperName, want.Name) })
		if there {
			changes = append(changes, setup.Right("%s is there", want.Name))
		}
		return there
	})
	if len(missing) == 0 {
		return changes, nil
	}
	cases, made := channelOfCases(channels)
	if slices.ContainsFunc(missing, func(m OmniStatus) bool { return m.usesCases() }) && made != nil {
		changes = append(changes, *made)
	}
	for i, m := range missing {
		if missing[i].Channels, err = m.channels(channels, cases); err != nil {
			return changes, err
		}
	}
	return append(changes, create(missing)), nil
}

// usesCases says that nobody named the status's channels.
func (s OmniStatus) usesCases() bool { return s.Online && len(s.Channels) == 0 }

// channelOfCases is the org's service channel for cases, or the change that makes it: an object has one at most.
func channelOfCases(have []omniRow) (name string, made *setup.Change) {
	at := slices.IndexFunc(have, func(c omniRow) bool { return c.RelatedEntity == "Case" })
	if at >= 0 {
		return have[at].DeveloperName, nil
	}
	const what = "service channel " + caseChannel + " for cases"
	body := `<?xml version="1.0" encoding="UTF-8"?>
<ServiceChannel xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
</ServiceChannel>
`
	return caseChannel, &setup.Change{
		Action: setup.Create, What: what, Why: "a status is an online one by the channels by which work comes to it",
		Deploy: org.One("ServiceChannel", caseChannel, "serviceChannels/"+caseChannel+".serviceChannel", body),
		Made:   []setup.Made{{What: what, Entry: component("ServiceChannel", caseChannel)}},
	}
}

// channels are those that the status gets.
func (s OmniStatus) channels(have []omniRow, cases string) ([]string, error) {
	if !s.Online {
		return nil, nil
	}
	if len(s.Channels) == 0 {
		return []string{cases}, nil
	}
	var names []string
	for _, c := range have {
		names = append(names, c.DeveloperName)
	}
	slices.Sort(names)
	for _, name := range s.Channels {
		if !slices.Contains(names, name) {
			known := "it has none yet"
			if len(names) > 0 {
				known = "there are " + strings.Join(names, ", ")
			}
			return nil, &config.Error{
				Field:   "setup.presence.statuses",
				Message: s.Name + " wants the service channel " + name + ", which the org does not have: " + known,
			}
		}
	}
	return s.Channels, nil
}

// create brings all that are missing, at once.
func create(missing []OmniStatus) setup.Change {
	c := setup.Change{
		Action: setup.Create, Why: "the rules set them", Deploy: sfdx.Bundle{},
	}
	var names []string
	for _, m := range missing {
		var body strings.Builder
		body.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<ServicePresenceStatus xmlns="http://soap.sforce.com/2006/04/metadata">
`)
		kind := "busy"
		if m.Online {
			kind = "online: " + strings.Join(m.Channels, ", ")
			body.WriteString("    <channels>\n")
			for _, name := range m.Channels {
				body.WriteString("        <channel>" + org.Escape(name) + "</channel>\n")
			}
			body.WriteString("    </channels>\n")
		}
		body.WriteString("    <label>" + org.Escape(m.Label) + "</label>\n</ServicePresenceStatus>\n")
		c.Deploy.Add("ServicePresenceStatus", m.Name, "servicePresenceStatuses/"+m.Name+".servicePresenceStatus", []byte(body.String()))
		c.Made = append(c.Made, setup.Made{What: "presence status " + m.Name, Entry: component("ServicePresenceStatus", m.Name)})
		names = append(names, m.Name+" ("+kind+")")
	}
	c.What = strings.Join(names, ", ")
	return c
}
