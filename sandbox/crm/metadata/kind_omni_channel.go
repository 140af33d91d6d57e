package metadata

import (
	"context"
	"fmt"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

// omniChannel are the types that an org has once Omni-Channel is enabled.
func omniChannel() []kind {
	all := []kind{serviceChannel(), queueRoutingConfig(), servicePresenceStatus(), presenceUserConfig()}
	for i := range all {
		all[i].omni, all[i].fixed, all[i].section = true, true, "Omni-Channel"
	}
	return all
}

// settings are the org's, one file a feature. Those of Omni-Channel enable it, in a deployment's last turn: what needs it comes in
// another one, as on the platform, where the order within one cannot be relied on.
func settings() kind {
	return kind{
		name: settingsKind, folder: "settings", suffix: ".settings", turn: 6, anyRoot: true,
		install: installSettings, current: currentSettings,
	}
}

const (
	settingsKind = "Settings"
	omniSettings = "OmniChannel"
	enableOmni   = "enableOmniChannel"
)

func installSettings(in *installer, ctx context.Context, p part, e *element, _ *records.Component) error {
	if p.fullName != omniSettings {
		return nil
	}
	if err := checkElement(e, e.name); err != nil {
		return err
	}
	if e.get(enableOmni) == "" {
		return nil // says nothing of it
	}
	if err := in.actor.SetOmniChannel(ctx, e.Flag(enableOmni)); err != nil || !e.Flag(enableOmni) {
		return err
	}
	return defaultPresence(in, ctx)
}

// currentSettings are the settings that were deployed, and those of Omni-Channel as they are.
func currentSettings(_ context.Context, actor *crm.Actor, name string, kept []records.Component) ([]records.Component, error) {
	for _, c := range kept {
		if strings.EqualFold(c.FullName, omniSettings) {
			return kept, nil
		}
	}
	if name != "" && !strings.EqualFold(name, omniSettings) {
		return kept, nil
	}
	e := &element{name: "OmniChannelSettings", kids: []*element{flagged(enableOmni, actor.OmniChannelOn())}}
	return append(kept, records.Component{Type: settingsKind, FullName: omniSettings,
		Files: map[string][]byte{settings().file(omniSettings): e.file()}}), nil
}

// defaultPresence makes the configuration that an org gets with Omni-Channel; it counts for agents who have no other.
// Source: Salesforce Help, "Create Presence Configurations". Its capacity is a guess.
func defaultPresence(in *installer, ctx context.Context) error {
	have, err := in.actor.Query(ctx, "SELECT Id FROM PresenceUserConfig LIMIT 1", false)
	if err != nil || len(have.Records) > 0 {
		return err
	}
	e := &element{name: schema.PresenceConfig, kids: []*element{
		texted("capacity", "5"), flagged("enableAutoAccept", false), flagged("enableDecline", false),
		flagged("enableDeclineReason", false), flagged("enableDisconnectSound", true), flagged("enableRequestSound", true),
		texted("label", "Default Presence Configuration"),
	}}
	const name = schema.DefaultPresence
	k := presenceUserConfig()
	unsaid := *in
	unsaid.untold = true
	return unsaid.install(ctx, part{kind: k, fullName: name, file: k.file(name), described: e.file()}, &message{})
}

// checkMasterName wants a developer name that the platform takes.
func checkMasterName(at *element, name string) error {
	const rest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
	if strings.Trim(name, rest) != "" || strings.Trim(name[:1], rest[:52]) != "" || strings.Contains(name, "__") ||
		strings.HasSuffix(name, "_") {
		return bad(at, "The Developer Name can only contain underscores and alphanumeric characters. It must be unique, begin "+
			"with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.")
	}
	return nil
}

// recordNamed finds the record of an object that a component names in an element; a problem if there is none.
func recordNamed(in *installer, ctx context.Context, at *element, element, object, field, name string) (schema.RecordID, error) {
	found, err := in.actor.Query(ctx, fmt.Sprintf("SELECT Id FROM %s WHERE %s = %s", object, field, soql.Quote(name)), false)
	if err == nil && len(found.Records) == 0 {
		err = bad(at, "In field: %s - no %s named %s found", element, object, name)
	}
	if err != nil {
		return "", err
	}
	return found.Records[0].ID(), nil
}

// master is a component's name as its record has it.
func master(p part, label string) records.Values {
	return records.Values{"DeveloperName": p.fullName, "MasterLabel": label}
}

// usedBy is a query for the names of records that name one, and what they are to people.
type usedBy struct{ kind, names string }

// checkUnused wants nothing to name a record that is to be deleted.
func checkUnused(in *installer, ctx context.Context, what string, uses ...usedBy) error {
	for _, u := range uses {
		found, err := in.actor.Query(ctx, u.names+" LIMIT 1", false)
		if err != nil {
			return err
		}
		if len(found.Records) > 0 {
			name, _ := found.Records[0].Fields[0].Value.(string)
			return &problem{fmt.Sprintf("This %s is referenced elsewhere in salesforce.com. Remove the usage and try again. : %s - %s.",
				what, u.kind, name), 1, 1}
		}
	}
	return nil
}

func inQuotes(id schema.RecordID) string { return soql.Quote(string(id)) }
