package metadata

import (
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func serviceChannel() kind {
	return kind{
		name: schema.ServiceChannel, folder: "serviceChannels", suffix: ".serviceChannel", turn: 3, label: "service channel",
		install: installServiceChannel, remove: removeServiceChannel,
	}
}

type channelXML struct {
	Label     string `xml:"label"`
	Object    string `xml:"relatedEntityType"`
	Priority  string `xml:"secondaryRoutingPriorityField"`
	Component string `xml:"interactionComponent"`
	Minimizes bool   `xml:"doesMinimizeWidgetOnAccept"`
}

func installServiceChannel(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	var x channelXML
	if err := decode(e, &x); err != nil {
		return err
	}
	if err := checkMasterName(e, p.fullName); err != nil {
		return err
	}
	routed := Routed(in.actor.Schema())
	i := slices.IndexFunc(routed, func(o schema.Object) bool { return strings.EqualFold(o.Name, x.Object) })
	if i < 0 {
		var names []string
		for _, o := range routed {
			names = append(names, o.Name)
		}
		return bad(e, "Only related entity type(s) of %s are currently supported.", strings.Join(names, ", "))
	}
	values := master(p, x.Label)
	values["RelatedEntity"], values["SecondaryRoutingPriorityField"] = routed[i].Name, x.Priority
	values["InteractionComponent"], values["DoesMinimizeWidgetOnAccept"] = x.Component, x.Minimizes
	var err error
	c.ID, err = in.put(ctx, p.kind.name, p.fullName, values)
	return err
}

// Routed are the objects whose records queues own and Omni-Channel routes, by name. Source: Salesforce Help, "Supported Objects for
// Omni-Channel"; of those this org has cases, leads and custom objects that belong to no master.
func Routed(all schema.Schema) []schema.Object {
	return slices.DeleteFunc(all.Objects(), func(o schema.Object) bool {
		return !rights.OfObject(o) || o.ControlledBy != "" || !o.Custom && o.Name != "Case" && o.Name != "Lead"
	})
}

// removeServiceChannel wants that no status has the channel and no work came by it.
func removeServiceChannel(in *installer, ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, schema.ServiceChannel, name)
	if err != nil || id == "" {
		return err
	}
	if err := checkUnused(in, ctx, "service channel",
		usedBy{"Presence Status", "SELECT MasterLabel FROM ServicePresenceStatus WHERE Id IN (SELECT ServicePresenceStatusId FROM " +
			"ServiceChannelStatus WHERE ServiceChannelId = " + inQuotes(id) + ")"},
		usedBy{"Pending Service Routing", "SELECT Name FROM PendingServiceRouting WHERE ServiceChannelId = " + inQuotes(id)},
		usedBy{"Agent Work", "SELECT Name FROM AgentWork WHERE Status IN ('Assigned', 'Opened') AND ServiceChannelId = " + inQuotes(id)},
	); err != nil {
		return err
	}
	return in.actor.Delete(ctx, schema.ServiceChannel, id)
}
