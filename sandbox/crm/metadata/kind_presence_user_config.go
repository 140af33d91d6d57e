package metadata

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// presenceUserConfig is what the agents whom it is assigned to may do with work, and how much of it. The records say whom: assigned to
// another one, somebody leaves the first.
func presenceUserConfig() kind {
	return kind{
		name: schema.PresenceConfig, folder: "presenceUserConfigs", suffix: ".presenceUserConfig", turn: 5, label: "presence configuration",
		install: installPresence, remove: removePresence, current: presenceConfigs,
	}
}

type presenceXML struct {
	Label         string   `xml:"label"`
	Capacity      int      `xml:"capacity"`
	Interruptible *int     `xml:"interruptibleCapacity"`
	Accepts       bool     `xml:"enableAutoAccept"`
	Declines      bool     `xml:"enableDecline"`
	Reasons       bool     `xml:"enableDeclineReason"`
	Disconnected  bool     `xml:"enableDisconnectSound"`
	Requested     *bool    `xml:"enableRequestSound"` // true if not said
	OnDecline     string   `xml:"presenceStatusOnDecline"`
	OnTimeout     string   `xml:"presenceStatusOnPushTimeout"`
	Profiles      []string `xml:"assignments>profiles>profile"`
	Users         []string `xml:"assignments>users>user"`
}

func installPresence(in *installer, ctx context.Context, p part, e *element, c *records.Component) error {
	var x presenceXML
	if err := decode(e, &x); err != nil {
		return err
	}
	if err := x.check(p, e); err != nil {
		return err
	}
	values := master(p, x.Label)
	maps.Copy(values, records.Values{
		"Capacity": x.Capacity, "InterruptibleCapacity": optional(x.Interruptible),
		"OptionsIsAutoAcceptEnabled": x.Accepts, "OptionsIsDeclineEnabled": x.Declines, "OptionsIsDeclineReasonEnabled": x.Reasons,
		"OptionsIsDisconnectSoundEnabled": x.Disconnected, "OptionsIsRequestSoundEnabled": x.Requested == nil || *x.Requested,
		"PresenceStatusOnDeclineId": nil, "PresenceStatusOnPushTimeoutId": nil,
	})
	for _, s := range []struct{ element, field, name string }{
		{"presenceStatusOnDecline", "PresenceStatusOnDeclineId", x.OnDecline},
		{"presenceStatusOnPushTimeout", "PresenceStatusOnPushTimeoutId", x.OnTimeout},
	} {
		if s.name == "" {
			continue
		}
		id, err := recordNamed(in, ctx, e, s.element, schema.PresenceStatus, "DeveloperName", s.name)
		if err != nil {
			return err
		}
		values[s.field] = string(id)
	}
	var err error
	if c.ID, err = in.put(ctx, p.kind.name, p.fullName, values); err != nil {
		return err
	}
	return assignPresence(in, ctx, e, x, c.ID)
}

// check wants what the form in Setup wants; the sentences are ours. Source: Metadata API developer guide, PresenceUserConfig.
func (x presenceXML) check(p part, e *element) error {
	switch {
	case x.Capacity < 1:
		return bad(e, "capacity must be greater than 0.")
	case x.Accepts && x.Declines:
		return bad(e, "enableAutoAccept is available only if enableDecline is false.")
	case x.OnDecline != "" && !x.Declines:
		return bad(e, "presenceStatusOnDecline is available only if enableDecline is true.")
	case x.Reasons && !x.Declines:
		return bad(e, "enableDeclineReason is available only if enableDecline is true.")
	}
	return checkMasterName(e, p.fullName)
}

// assigned is a table of whom configurations are assigned to.
type assigned struct{ object, field, of, named string }

var (
	assignedProfiles = assigned{schema.PresenceForProfile, "ProfileId", "Profile", "Name"}
	assignedUsers    = assigned{schema.PresenceForUser, "UserId", "User", "Username"}
)

// profileNames are the metadata's names of profiles that people know by others, in lower case.
var profileNames = map[string]string{"admin": "System Administrator", "standard": "Standard User"}

// ProfileName is how files name a profile that people know by this name.
func ProfileName(label string) string {
	for short, known := range profileNames {
		if strings.EqualFold(label, known) || strings.EqualFold(label, short) {
			return short
		}
	}
	return label
}

func assignPresence(in *installer, ctx context.Context, e *element, x presenceXML, config schema.RecordID) error {
	profiles := slices.Clone(x.Profiles)
	for i, name := range profiles {
		if label := profileNames[strings.ToLower(name)]; label != "" {
			profiles[i] = label
		}
	}
	for table, names := range map[assigned][]string{assignedProfiles: profiles, assignedUsers: x.Users} {
		if err := in.clear(ctx, table.object, "PresenceUserConfigId", string(config)); err != nil {
			return err
		}
		for _, name := range names {
			who, err := recordNamed(in, ctx, e, strings.ToLower(table.of), table.of, table.named, name)
			if err != nil {
				return err
			}
			if err := in.clear(ctx, table.object, table.field, string(who)); err != nil {
				return err
			}
			if _, err := in.actor.Create(ctx, table.object, records.Values{
				"PresenceUserConfigId": string(config), table.field: string(who),
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func removePresence(in *installer, ctx context.Context, name string, _ manifest) error {
	id, err := in.id(ctx, schema.PresenceConfig, name)
	if err != nil || id == "" {
		return err
	}
	return in.actor.Delete(ctx, schema.PresenceConfig, id)
}

// presenceConfigs are the components with whom they are assigned to now.
func presenceConfigs(ctx context.Context, actor *crm.Actor, _ string, kept []records.Component) ([]records.Component, error) {
	k := presenceUserConfig()
	for i, c := range kept {
		file, _ := c.File(k.suffix)
		e, err := tree(file)
		if err != nil {
			return nil, err
		}
		var says presenceXML
		if err := decode(e, &says); err != nil {
			return nil, err
		}
		profiles, err := assignees(ctx, actor, assignedProfiles, c.ID)
		if err != nil {
			return nil, err
		}
		for j, name := range profiles {
			profiles[j] = ProfileName(name)
		}
		users, err := assignees(ctx, actor, assignedUsers, c.ID)
		if err != nil {
			return nil, err
		}
		if sameNames(says.Profiles, profiles) && sameNames(says.Users, users) {
			continue
		}
		e.SetKids("assignments", assignments(profiles, users)...)
		kept[i].Files = map[string][]byte{k.file(c.FullName): e.file()}
	}
	return kept, nil
}

// assignees are the names of those whom a configuration is assigned to, by name.
func assignees(ctx context.Context, actor *crm.Actor, table assigned, config schema.RecordID) ([]string, error) {
	var names []string
	err := each(ctx, actor, "SELECT "+table.named+" FROM "+table.of+" WHERE Id IN (SELECT "+table.field+" FROM "+table.object+
		" WHERE PresenceUserConfigId = "+inQuotes(config)+") ORDER BY "+table.named,
		func(r records.Record) { names = append(names, r.Text(table.named)) })
	return names, err
}

// sameNames compares names whatever their order and case, and profiles whichever of their names is used.
func sameNames(x, y []string) bool {
	plain := func(names []string) []string {
		var all []string
		for _, n := range names {
			all = append(all, strings.ToLower(ProfileName(n)))
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(plain(x), plain(y))
}

// assignments is the element that says whom a configuration is assigned to; none if nobody is.
func assignments(profiles, users []string) []*element {
	all := &element{name: "assignments"}
	for _, group := range []struct {
		name, each string
		names      []string
	}{{"profiles", "profile", profiles}, {"users", "user", users}} {
		if len(group.names) == 0 {
			continue
		}
		one := &element{name: group.name}
		one.SetTexts(group.each, group.names)
		all.kids = append(all.kids, one)
	}
	if len(all.kids) == 0 {
		return nil
	}
	return []*element{all}
}
