package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
	"github.com/patchcord/patchcord/sfdx"
)

// OmniChannel is Omni-Channel enabled in the org, and a presence configuration for agents who have none: without one
// Omni-Channel gives an agent no work.
type OmniChannel struct {
	Wanted    bool
	Statuses  []OmniStatus // that will be there
	Usernames []string     // agents
	Hosts     setup.Hosts
}

// OmniStatus is a status of Omni-Channel.
type OmniStatus struct {
	Name     string // developer name
	Label    string
	Online   bool
	Channels []string // developer names of service channels; empty for that of cases
}

// omniStatuses are the statuses that a configuration asks for; mirrored rules have one of their own.
func omniStatuses(p config.Presence) []OmniStatus {
	var all []OmniStatus
	for _, s := range p.Statuses {
		all = append(all, OmniStatus{Name: s.Omni, Label: s.Label, Online: s.Online, Channels: s.Channels})
	}
	if p.Mirrored() {
		all = append(all, OmniStatus{Name: config.OnACall, Label: "On a call"})
	}
	return all
}

func namesOf(statuses []OmniStatus) []string {
	var names []string
	for _, s := range statuses {
		names = append(names, s.Name)
	}
	return names
}

// Agents are the users who have a presence, of those who get the package's permission sets.
func Agents(people map[string][]string) []string {
	var all []string
	for _, set := range agentSets {
		all = append(all, people[set]...)
	}
	return slices.Compact(slices.Sorted(slices.Values(all)))
}

// Name says what it is.
func (OmniChannel) Name() string { return "Omni-Channel" }

const (
	omniName    = "OmniChannel"
	omniFile    = "settings/OmniChannel.settings"
	omniEnabled = "enableOmniChannel"
	omniWhy     = "agents have a presence status in Salesforce only with it"
	presenceSet = "Patchcord_Presence" // presence configuration
)

// omni is how an org has Omni-Channel.
type omni string

const (
	omniOn   omni = "on"
	omniOff  omni = "off"
	omniAway omni = "away" // no licence brings it
)

// readOmni asks for the objects first, which the org has once it is enabled, and for the settings where it has not.
func readOmni(ctx context.Context, p setup.Platforms) (omni, org.Document, error) {
	_, err := salesforce.Query[struct{ Id string }](ctx, p.CRM, "SELECT Id FROM ServicePresenceStatus")
	if err == nil {
		return omniOn, "", nil
	}
	if !salesforce.IsCode(err, "INVALID_TYPE") {
		return "", "", err
	}
	files, err := p.CRM.Retrieve(ctx, salesforce.Member{Type: "Settings", Name: omniName})
	if errors.Is(err, salesforce.ErrNoRetrieve) {
		return omniAway, "", nil
	}
	if err != nil {
		return "", "", err
	}
	have := org.Document(files[fileOf(files, omniFile)])
	if have == "" {
		return omniAway, "", nil
	}
	on, err := have.Says(omniEnabled, "true")
	if on {
		return omniOn, have, err
	}
	return omniOff, have, err
}

// Plan enables it.
func (s OmniChannel) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if !s.Wanted {
		return nil, nil
	}
	state, settings, err := readOmni(ctx, p)
	switch {
	case err != nil:
		return nil, err
	case state == omniAway:
		return []setup.Change{s.unlicensed()}, nil
	case state == omniOff:
		c, err := s.enable(settings)
		return []setup.Change{c}, err // with it comes the platform's own presence configuration
	}
	changes := []setup.Change{setup.Right("Omni-Channel is enabled")}
	have, err := org.Query[struct{ Id string }](ctx, p.CRM, "SELECT Id FROM PresenceUserConfig")
	if err == nil && len(have) == 0 && len(s.Usernames) > 0 {
		changes = append(changes, s.configure())
	}
	return changes, err
}

func (s OmniChannel) unlicensed() setup.Change {
	return setup.Change{
		Action: setup.Person,
		What: "Get a licence that brings Omni-Channel, such as Service Cloud, or take presence out of patchcord.yaml: " +
			"this org has no settings for Omni-Channel, so nothing of presence sync is set up in it.",
		Why: omniWhy, Link: s.Hosts.Lightning + "/lightning/setup/CompanyProfileInfo/home",
	}
}

func (s OmniChannel) enable(settings org.Document) (setup.Change, error) {
	edited, err := settings.SetChild(omniEnabled, "true")
	entry := OmniEnabled{}
	for _, status := range s.Statuses {
		entry.Statuses = append(entry.Statuses, status.Name)
	}
	return setup.Change{
		Action: setup.Update, What: "Omni-Channel", Old: "disabled", New: "enabled", Why: omniWhy,
		Deploy: org.One("Settings", omniName, omniFile, string(edited)),
		Hidden: true, // the org knows no status before
		Made:   []setup.Made{{What: "Omni-Channel enabled", Before: "false", After: "true", Entry: entry}},
	}, err
}

// configure makes a presence configuration in an org that has none at all; the platform brings one as a rule, and an
// administrator may have deleted it. Source: Salesforce Help, Create Presence Configurations.
func (s OmniChannel) configure() setup.Change {
	var users strings.Builder
	for _, name := range s.Usernames {
		users.WriteString("\n            <user>" + org.Escape(name) + "</user>")
	}
	body := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<PresenceUserConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <assignments>
        <users>%s
        </users>
    </assignments>
    <capacity>5</capacity>
    <enableAutoAccept>false</enableAutoAccept>
    <enableDecline>true</enableDecline>
    <enableDeclineReason>false</enableDeclineReason>
    <enableDisconnectSound>true</enableDisconnectSound>
    <enableRequestSound>true</enableRequestSound>
    <label>Patchcord</label>
</PresenceUserConfig>
`, users.String())
	what := "presence configuration " + presenceSet + " for the agents, with a capacity of 5"
	return setup.Change{
		Action: setup.Create, What: what, Why: "Omni-Channel lets nobody in who has none, and the org has none at all",
		Deploy: org.One("PresenceUserConfig", presenceSet, "presenceUserConfigs/"+presenceSet+".presenceUserConfig", body),
		Made:   []setup.Made{{What: what, Entry: component("PresenceUserConfig", presenceSet)}},
	}
}

// OmniEnabled is Omni-Channel that was not enabled before: it is disabled, unless somebody else uses it by then.
type OmniEnabled struct {
	Statuses []string `json:"statuses"` // developer names of the statuses that set-up makes
}

// Kind is its name in the record.
func (OmniEnabled) Kind() string { return "Omni-Channel" }

// Key is the same for all: an org has it once.
func (OmniEnabled) Key() string { return omniName }

// Undo disables it in the settings as they are by then.
func (o OmniEnabled) Undo(ctx context.Context, p setup.Platforms, m setup.Made) (setup.Change, error) {
	statuses, err := org.Query[omniRow](ctx, p.CRM, "SELECT DeveloperName FROM ServicePresenceStatus")
	if err != nil {
		return setup.Change{}, err
	}
	if slices.ContainsFunc(statuses, func(s omniRow) bool { return !slices.Contains(o.Statuses, s.DeveloperName) }) {
		return setup.Right("%s: there are presence statuses that set-up did not make, so it stays", m.What), nil
	}
	disable := func(d org.Document) (org.Document, bool, error) {
		on, err := d.Says(omniEnabled, "true")
		if err != nil || !on {
			return d, false, err
		}
		d, err = d.SetChild(omniEnabled, "false")
		return d, true, err
	}
	return undoInFile(ctx, p, m, sfdx.Member{Type: "Settings", Name: omniName}, omniFile, disable)
}

// omniRow is a record of Omni-Channel's configuration.
type omniRow struct {
	DeveloperName string
	RelatedEntity string
}
