package omni

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// rows are all rows of a query.
func rows(ctx context.Context, a *crm.Actor, soql string) ([]records.Record, error) {
	page, err := a.Query(ctx, soql, false)
	all := page.Records
	for err == nil && page.Locator != "" {
		page, err = a.QueryMore(ctx, page.Locator)
		all = append(all, page.Records...)
	}
	return all, err
}

func id(r records.Record, field string) schema.RecordID { return schema.RecordID(r.Text(field)) }

func number(r records.Record, field string) float64 {
	switch n := r.Get(field).(type) {
	case int64:
		return float64(n)
	case float64:
		return n
	}
	return 0
}

func moment(r records.Record, field string) time.Time {
	at, err := time.Parse(records.DateTime, r.Text(field))
	if err != nil {
		return time.Time{} // the field is empty
	}
	return at
}

func flag(r records.Record, field string) bool { on, _ := r.Get(field).(bool); return on }

// in is a list of ids as a condition has it.
func in(ids []schema.RecordID) string {
	quoted := make([]string, len(ids))
	for i, id := range ids {
		quoted[i] = "'" + string(id) + "'"
	}
	return "(" + strings.Join(quoted, ",") + ")"
}

// world reads the org's Omni-Channel: who is logged in, and, besides, the users asked for.
func (s *Server) world(ctx context.Context, a *crm.Actor, asked []schema.RecordID) (*omni.World, error) {
	w := &omni.World{
		Now: s.cfg.Clock.Now().UTC().Truncate(time.Millisecond), Agents: map[schema.RecordID]*omni.Agent{},
		NewID: func(object string) schema.RecordID {
			o, _ := a.Schema().Object(object)
			return a.Store.NewID(o.KeyPrefix)
		},
	}
	if o, ok := a.Schema().Object(schema.PresenceStatus); !ok || o.Off {
		for user := range s.were { // whoever was logged in when it was disabled is not any more
			asked = append(asked, user)
		}
		for _, user := range asked {
			w.Agents[user] = &omni.Agent{User: user, Config: omni.Default}
		}
		return w, nil
	}
	statuses, err := statuses(ctx, a)
	if err != nil {
		return nil, err
	}
	configs, err := configs(ctx, a)
	if err != nil {
		return nil, err
	}
	queues, err := memberships(ctx, a)
	if err != nil {
		return nil, err
	}
	present, err := rows(ctx, a, "SELECT Id, UserId, ServicePresenceStatusId, StatusStartDate FROM UserServicePresence "+
		"WHERE IsCurrentState = true")
	if err != nil {
		return nil, err
	}
	for _, p := range present {
		asked = append(asked, id(p, "UserId"))
	}
	for _, user := range asked {
		if w.Agents[user] != nil {
			continue
		}
		agent := &omni.Agent{User: user, Config: omni.Default, Queues: queues[user], LoggedIn: s.came[user], Last: s.last[user]}
		if as, err := s.cfg.Org.As(ctx, user); err == nil { // who may not log in is allowed nothing
			agent.Config = configs.of(user, as.User().ProfileID)
			agent.Allowed = slices.DeleteFunc(slices.Clone(statuses), func(st omni.Status) bool { return !as.Given(st.ID) })
		}
		w.Agents[user] = agent
	}
	for _, p := range present {
		agent := w.Agents[id(p, "UserId")]
		agent.Presence, agent.Since = p.ID(), moment(p, "StatusStartDate")
		if at := slices.IndexFunc(statuses, func(st omni.Status) bool { return st.ID == id(p, "ServicePresenceStatusId") }); at >= 0 {
			agent.Status = statuses[at]
		}
		if agent.LoggedIn.IsZero() { // it was before the start: declines before this status are forgotten
			agent.LoggedIn = agent.Since
		}
	}
	return w, s.work(ctx, a, w)
}

// statuses are the org's presence statuses with their channels, by name.
func statuses(ctx context.Context, a *crm.Actor) ([]omni.Status, error) {
	channels, err := rows(ctx, a, "SELECT Id, DeveloperName, RelatedEntity FROM ServiceChannel")
	if err != nil {
		return nil, err
	}
	joined, err := rows(ctx, a, "SELECT ServiceChannelId, ServicePresenceStatusId FROM ServiceChannelStatus")
	if err != nil {
		return nil, err
	}
	found, err := rows(ctx, a, "SELECT Id, DeveloperName, MasterLabel FROM ServicePresenceStatus ORDER BY MasterLabel")
	var all []omni.Status
	for _, st := range found {
		status := omni.Status{ID: st.ID(), Label: st.Text("MasterLabel"), Name: st.Text("DeveloperName")}
		for _, c := range channels {
			if slices.ContainsFunc(joined, func(j records.Record) bool {
				return id(j, "ServiceChannelId") == c.ID() && id(j, "ServicePresenceStatusId") == st.ID()
			}) {
				status.Channels = append(status.Channels, omni.Channel{ID: c.ID(), Name: c.Text("DeveloperName"), Object: c.Text("RelatedEntity")})
			}
		}
		all = append(all, status)
	}
	return all, err
}

// given are the presence configurations by who has them: a user, a profile, or nobody, which is who has none.
type given map[schema.RecordID]omni.Config

const nobody = schema.RecordID("")

func (g given) of(user, profile schema.RecordID) omni.Config {
	if own, ok := g[user]; ok {
		return own
	}
	if own, ok := g[profile]; ok {
		return own
	}
	if own, ok := g[nobody]; ok {
		return own
	}
	return omni.Default
}

func configs(ctx context.Context, a *crm.Actor) (given, error) {
	found, err := rows(ctx, a, "SELECT Id, DeveloperName, Capacity, OptionsIsAutoAcceptEnabled, OptionsIsDeclineEnabled, "+
		"PresenceStatusOnDeclineId, PresenceStatusOnPushTimeoutId FROM PresenceUserConfig")
	if err != nil {
		return nil, err
	}
	all, g := map[schema.RecordID]omni.Config{}, given{}
	for _, c := range found {
		all[c.ID()] = omni.Config{
			Capacity: number(c, "Capacity"), AutoAccept: flag(c, "OptionsIsAutoAcceptEnabled"), MayDecline: flag(c, "OptionsIsDeclineEnabled"),
			OnDecline: id(c, "PresenceStatusOnDeclineId"), OnTimeout: id(c, "PresenceStatusOnPushTimeoutId"),
		}
		if c.Text("DeveloperName") == schema.DefaultPresence {
			g[nobody] = all[c.ID()]
		}
	}
	for object, field := range map[string]string{schema.PresenceForUser: "UserId", schema.PresenceForProfile: "ProfileId"} {
		holders, err := rows(ctx, a, "SELECT PresenceUserConfigId, "+field+" FROM "+object)
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			g[id(h, field)] = all[id(h, "PresenceUserConfigId")]
		}
	}
	return g, nil
}

// memberships are the groups that each user is in, also by way of other groups.
func memberships(ctx context.Context, a *crm.Actor) (map[schema.RecordID]map[schema.RecordID]bool, error) {
	found, err := rows(ctx, a, "SELECT GroupId, UserOrGroupId FROM GroupMember")
	if err != nil {
		return nil, err
	}
	groups := map[schema.RecordID][]schema.RecordID{} // that one is directly in
	for _, m := range found {
		member := id(m, "UserOrGroupId")
		groups[member] = append(groups[member], id(m, "GroupId"))
	}
	all := map[schema.RecordID]map[schema.RecordID]bool{}
	for member := range groups {
		of := map[schema.RecordID]bool{}
		for waiting := slices.Clone(groups[member]); len(waiting) > 0; waiting = waiting[1:] {
			if group := waiting[0]; !of[group] {
				of[group] = true
				waiting = append(waiting, groups[group]...)
			}
		}
		all[member] = of
	}
	return all, nil
}
