package setup

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const omniSection = "Omni-Channel" // of the audit trail

type omniOut struct {
	Enabled bool `json:"enabled"`
}

func (s *server) omniChannel(_ context.Context, r asked) (omniOut, error) {
	return omniOut{r.Actor.OmniChannelOn()}, nil
}

// saveOmniChannel deploys the settings with the switch as it was set; what else they say stays.
func saveOmniChannel(s *server) handler {
	return write(s, func(ctx context.Context, a *crm.Actor, _ asked, in omniOut) (nothing, error) {
		kept, err := metadata.Current(ctx, a, "Settings")
		if err != nil {
			return nothing{}, err
		}
		file := metadata.NewElement("OmniChannelSettings")
		for _, c := range kept {
			if body, ok := c.File("OmniChannel.settings"); ok {
				if file, err = metadata.Read(body); err != nil {
					return nothing{}, err
				}
			}
		}
		verb := "Enabled"
		if !in.Enabled {
			verb = "Disabled"
		}
		file.SetText("enableOmniChannel", fmt.Sprint(in.Enabled))
		if err := s.cfg.Deploys.Apply(ctx, a, map[string][]byte{"settings/OmniChannel.settings": file.File()}); err != nil {
			return nothing{}, err
		}
		return nothing{}, a.Audit(ctx, "omniChannelOnOff", omniSection, "%s Omni-Channel", verb)
	})
}

// omniRoutes are those of the screens of Omni-Channel and of queues.
func (s *server) omniRoutes() []route {
	all := []route{
		{"GET /omni-channel", customize, read(s.omniChannel)},
		{"POST /omni-channel", customize, saveOmniChannel(s)},
		{"PUT /permsets/{id}/statuses", sets, write(s, setStatuses)},
		{"PUT /profiles/{id}/statuses", sets, write(s, setProfileStatuses)},
	}
	for _, p := range []componentPages{
		{kind: schema.PresenceStatus, folder: "servicePresenceStatuses", suffix: ".servicePresenceStatus", path: "presence-statuses",
			what: "presence status", texts: []string{"label"}, lists: map[string]string{"channels": "channels/channel"},
			choices: offers{"channels": offered("SELECT DeveloperName, MasterLabel FROM ServiceChannel ORDER BY MasterLabel")}},
		{kind: schema.ServiceChannel, folder: "serviceChannels", suffix: ".serviceChannel", path: "service-channels",
			what: "service channel", texts: []string{"label", "relatedEntityType"}, flags: []string{"doesMinimizeWidgetOnAccept"},
			choices: offers{"relatedEntityType": routed}},
		{kind: schema.PresenceConfig, folder: "presenceUserConfigs", suffix: ".presenceUserConfig", path: "presence-configurations",
			what:  "presence configuration",
			texts: []string{"label", "capacity", "presenceStatusOnDecline", "presenceStatusOnPushTimeout"},
			flags: []string{"enableAutoAccept", "enableDecline", "enableDisconnectSound", "enableRequestSound"},
			lists: map[string]string{"users": "assignments/users/user", "profiles": "assignments/profiles/profile"},
			spell: map[string]func(string) string{"profiles": metadata.ProfileName},
			choices: offers{"users": userChoices, "profiles": profileChoices,
				"statuses": offered("SELECT DeveloperName, MasterLabel FROM ServicePresenceStatus ORDER BY MasterLabel")}},
		{kind: schema.RoutingConfig, folder: "queueRoutingConfigs", suffix: ".queueRoutingConfig", path: "routing-configurations",
			what: "routing configuration", texts: []string{"label", "routingPriority", "routingModel", "pushTimeout", "capacityWeight",
				"capacityPercentage", "queueOverflowAssignee"},
			choices: offers{"queues": offered("SELECT DeveloperName, Name FROM Group WHERE Type = 'Queue' ORDER BY Name")}},
	} {
		p.server, p.needs, p.section, p.label, p.omni = s, customize, omniSection, "label", true
		all = append(all, p.routes()...)
	}
	return append(all, componentPages{server: s, kind: "Queue", folder: "queues", suffix: ".queue", path: "queues", needs: rights.ManageUsers,
		what: "queue", section: manageUsers, label: "name", texts: []string{"name", "email", "queueRoutingConfig"},
		flags: []string{"doesSendEmailToMembers"},
		lists: map[string]string{"objects": "queueSobject+/sobjectType", "users": "queueMembers/users/user"},
		choices: offers{"objects": routed, "users": userChoices,
			"routing": offered("SELECT DeveloperName, MasterLabel FROM QueueRoutingConfig ORDER BY MasterLabel")}}.routes()...)
}

// offers are what a form's lists and fields choose from.
type offers = map[string]func(context.Context, *crm.Actor) ([]choice, error)

var userChoices = offered("SELECT Username, Name FROM User WHERE IsActive = true ORDER BY Name LIMIT 2000")

// statuses are the presence statuses that there are, and which of them a set lets people choose.
func statuses(ctx context.Context, a *crm.Actor, out *setOut) error {
	out.Statuses = []accessOut{}
	if !a.OmniChannelOn() {
		return nil
	}
	given, err := rows(ctx, a, schema.SetupAccess, rightsOf[2].fields, out.ID)
	if err != nil {
		return err
	}
	found, err := a.Query(ctx, "SELECT Id, MasterLabel FROM ServicePresenceStatus ORDER BY MasterLabel", false)
	for _, s := range found.Records {
		on := slices.ContainsFunc(given, func(r records.Record) bool { return r.Text("SetupEntityId") == string(s.ID()) })
		out.Statuses = append(out.Statuses, accessOut{string(s.ID()), s.Text("MasterLabel"), on})
	}
	return err
}

func isStatus(ctx context.Context, a *crm.Actor) func(id string) bool {
	return func(id string) bool {
		found, err := a.Query(ctx, "SELECT Id FROM ServicePresenceStatus WHERE Id = "+soql.Quote(id), false)
		return err == nil && found.TotalSize == 1
	}
}

func setStatuses(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	return nothing{}, setEntities(ctx, a, r, in, schema.PresenceStatus, "service presence status access", isStatus(ctx, a))
}

// setProfileStatuses gives them to a profile, whose own permission set holds them.
func setProfileStatuses(ctx context.Context, a *crm.Actor, r asked, in enabledIn) (nothing, error) {
	p, err := a.Get(ctx, "Profile", r.ID())
	if err != nil {
		return nothing{}, edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The profile isn't available; it may have been deleted.")
	}
	set, err := people.ProfileSet(ctx, a.Access, p.ID())
	if err != nil {
		return nothing{}, err
	}
	if err := replaceEntities(ctx, a, string(set), in, schema.PresenceStatus, isStatus(ctx, a)); err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Audit(ctx, "profileSetupEntityAccess", manageUsers, "Changed profile %s: service presence status access was changed",
		p.Text("Name"))
}
