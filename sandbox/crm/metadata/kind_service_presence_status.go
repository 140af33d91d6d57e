package metadata

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// servicePresenceStatus is a status that agents choose: with service channels it is online, without it is busy.
func servicePresenceStatus() kind {
	return kind{
		name: schema.PresenceStatus, folder: "servicePresenceStatuses", suffix: ".servicePresenceStatus", turn: 4, label: "presence status",
		install: installStatus, remove: removeStatus,
	}
}

type statusXML struct {
	Label    string   `xml:"label"`
	Channels []string `xml:"channels>channel"`
}

func installStatus(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	var x statusXML
	if err := decode(e, &x); err != nil {
		return err
	}
	if err := checkMasterName(e, p.fullName); err != nil {
		return err
	}
	var err error
	if c.ID, err = in.put(ctx, p.kind.name, p.fullName, master(p, x.Label)); err != nil {
		return err
	}
	if err := in.clear(ctx, schema.StatusChannel, "ServicePresenceStatusId", string(c.ID)); err != nil {
		return err
	}
	for _, name := range x.Channels {
		channel, err := recordNamed(in, ctx, e, "channel", schema.ServiceChannel, "DeveloperName", name)
		if err != nil {
			return err
		}
		if _, err := in.actor.Create(ctx, schema.StatusChannel, records.Values{
			"ServicePresenceStatusId": string(c.ID), "ServiceChannelId": string(channel),
		}); err != nil {
			return err
		}
	}
	return nil
}

// removeStatus wants that no configuration sets the status and nobody is in it; who was let use it is forgotten.
func removeStatus(in *installer, ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, schema.PresenceStatus, name)
	if err != nil || id == "" {
		return err
	}
	if err := checkUnused(in, ctx, "presence status",
		usedBy{"Presence Configuration", "SELECT MasterLabel FROM PresenceUserConfig WHERE PresenceStatusOnDeclineId = " + inQuotes(id) +
			" OR PresenceStatusOnPushTimeoutId = " + inQuotes(id)},
		usedBy{"User Presence", "SELECT Name FROM UserServicePresence WHERE IsCurrentState = true AND ServicePresenceStatusId = " + inQuotes(id)},
	); err != nil {
		return err
	}
	if err := in.clear(ctx, schema.SetupAccess, "SetupEntityId", string(id)); err != nil {
		return err
	}
	return in.actor.Delete(ctx, schema.PresenceStatus, id)
}
