package lightning

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// standardTabs are the navigation items of the Service Console as delivered; Home comes first.
var standardTabs = []string{"Account", "Contact", "Case", "Lead", "Task"}

// bootstrap is all that the console needs before it can draw: who, which app, which call centre.
func (s *server) bootstrap(ctx context.Context, r asked) (bootstrapOut, error) {
	objects := objectsOf(r)
	app, err := s.app(ctx, r, objects)
	if err != nil {
		return bootstrapOut{}, err
	}
	center, err := s.callCenter(ctx, r.Actor)
	if err != nil {
		return bootstrapOut{}, err
	}
	own, err := first(ctx, r.Actor, fmt.Sprintf("SELECT Id, LocaleSidKey FROM User WHERE Id = '%s'", r.User.ID))
	if err != nil {
		return bootstrapOut{}, err
	}
	org, err := first(ctx, r.Actor, "SELECT Id, Name FROM Organization")
	if err != nil {
		return bootstrapOut{}, err
	}
	tabs, err := s.pageTabs(ctx, r.Actor)
	if err != nil {
		return bootstrapOut{}, err
	}
	channels, err := s.channels(ctx)
	if err != nil {
		return bootstrapOut{}, err
	}
	out := bootstrapOut{
		CSRF: edge.Token(r.Request),
		User: userOut{
			ID: string(r.User.ID), Name: r.User.Name, Username: r.User.Username, Email: r.User.Email,
			TimeZone: r.User.TimeZone, Locale: own.Text("LocaleSidKey"), ViewsSetup: r.Actor.Can(rights.ViewSetup),
		},
		Organization:     organizationOut{ID: string(s.cfg.Org.ID()), Name: org.Text("Name")},
		App:              app,
		VisualforceOrig:  s.cfg.VisualforceOrigin,
		CallCenter:       center,
		Tabs:             tabs,
		MessageChannels:  channels,
		KindsByKeyPrefix: map[string]kindOut{},
	}
	for _, o := range objects {
		if o.KeyPrefix != "" {
			out.KindsByKeyPrefix[o.KeyPrefix] = kindOut{Object: o.Name, Label: o.Label, Plural: o.Plural, Icon: s.iconOf(ctx, o.Name)}
		}
	}
	return out, nil
}

// objectsOfTabs reads tab names as metadata writes them: standard-home, standard-Contact, AC_CtiAdapter__c.
func objectsOfTabs(tabs []string) []string {
	out := make([]string, 0, len(tabs))
	for _, tab := range tabs {
		name := strings.TrimPrefix(tab, "standard-")
		if name == "home" { // the only standard tab that is no object
			name = homeItem.Object
		}
		out = append(out, name)
	}
	return out
}

// first is the first row of a query; an empty record for none.
func first(ctx context.Context, a *crm.Actor, soql string) (records.Record, error) {
	result, err := a.Query(ctx, soql, false)
	if err != nil || len(result.Records) == 0 {
		return records.Record{}, err
	}
	return result.Records[0], nil
}

// callCenter is the one that the user is in; null when there is none, or when it does not allow Lightning.
func (s *server) callCenter(ctx context.Context, a *crm.Actor) (*callCenterOut, error) {
	id := a.User().CallCenterID
	if id == "" {
		return nil, nil
	}
	found, err := first(ctx, a, fmt.Sprintf("SELECT Id, InternalName FROM CallCenter WHERE Id = '%s'", id))
	if err != nil {
		return nil, err
	}
	name := found.Text("InternalName")
	source, err := s.source(ctx, "CallCenter", name)
	if err != nil || source == nil {
		return nil, err
	}
	parsed, err := parse[callCenterXML](source)
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "call centre not readable", "name", name, "err", err)
		return nil, nil
	}
	settings := parsed.settings(name)
	if mode := settings[general+"reqSalesforceCompatibilityMode"]; !strings.Contains(mode, "Lightning") {
		return nil, nil
	}
	address := s.resolve(settings[general+"reqAdapterUrl"])
	if address == "" {
		return nil, nil
	}
	return &callCenterOut{
		Name:       parsed.DisplayName,
		AdapterURL: address,
		StandbyURL: s.resolve(settings[general+"reqStandbyUrl"]),
		Timeout:    milliseconds(settings[general+"reqTimeout"]),
		Height:     pixels(settings[general+"reqSoftphoneHeight"]),
		Width:      pixels(settings[general+"reqSoftphoneWidth"]),
		Settings:   settings,
	}, nil
}

// resolve makes an adapter's address absolute on the Visualforce origin; nothing for what is no web address.
func (s *server) resolve(address string) string {
	if address == "" {
		return ""
	}
	base, err := url.Parse(s.cfg.VisualforceOrigin)
	if err != nil {
		return ""
	}
	u, err := base.Parse(address)
	if err != nil || originOf(u.String()) == "" {
		return ""
	}
	return u.String()
}

// adapterOrigins are where the user's softphone may come from, for the page's policy.
func (s *server) adapterOrigins(ctx context.Context, user schema.RecordID) []string {
	actor, err := s.cfg.Org.As(ctx, user)
	if err != nil {
		return nil
	}
	center, err := s.callCenter(ctx, actor)
	if err != nil || center == nil {
		return nil
	}
	origins := []string{originOf(center.AdapterURL)}
	if standby := originOf(center.StandbyURL); standby != "" {
		origins = append(origins, standby)
	}
	return origins
}

// pageTabs are the tabs that show a Visualforce page.
func (s *server) pageTabs(ctx context.Context, a *crm.Actor) (map[string]string, error) {
	deployed, err := a.Components(ctx, "CustomTab")
	if err != nil {
		return nil, err
	}
	tabs := map[string]string{}
	for _, c := range deployed {
		source, err := s.source(ctx, "CustomTab", c.FullName)
		if err != nil {
			return nil, err
		}
		if tab, err := parse[tabXML](source); err == nil && tab.Page != "" {
			tabs[c.FullName] = "/apex/" + url.PathEscape(tab.Page)
		}
	}
	return tabs, nil
}

// channels are the org's message channels, which the console's pages talk over.
func (s *server) channels(ctx context.Context) ([]channelOut, error) {
	all, err := s.cfg.Org.MessageChannels(ctx)
	out := make([]channelOut, 0, len(all))
	for _, c := range all {
		out = append(out, channelOut(c))
	}
	return out, err
}
