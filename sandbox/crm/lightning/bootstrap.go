package lightning

import (
	"context"
	"net/url"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// standardTabs are the navigation items of the Service Console as delivered; Home comes first.
var standardTabs = []string{"Account", "Contact", "Case", "Lead", "Task"}

// bootstrap is all that the console needs before it can draw: who, which app, which call centre.
func (s *server) bootstrap(ctx context.Context, r asked) (bootstrapOut, error) {
	objects, err := r.actor.Objects(ctx)
	if err != nil {
		return bootstrapOut{}, err
	}
	orgID, orgName, err := s.cfg.Data.Organization(ctx, r.user.ID)
	if err != nil {
		return bootstrapOut{}, err
	}
	app, err := s.app(ctx, r, objects)
	if err != nil {
		return bootstrapOut{}, err
	}
	center, err := s.callCenter(ctx, r.user)
	if err != nil {
		return bootstrapOut{}, err
	}
	person, err := r.actor.Person(ctx)
	if err != nil {
		return bootstrapOut{}, err
	}
	out := bootstrapOut{
		CSRF: edge.Token(r.Request),
		User: userOut{
			ID: r.user.ID, Name: r.user.Name, Username: r.user.Username, Email: r.user.Email,
			TimeZone: person.TimeZone, Locale: person.Locale, ViewsSetup: person.ViewsSetup,
		},
		Organization:     organizationOut{ID: orgID, Name: orgName},
		App:              app,
		VisualforceOrig:  s.cfg.VisualforceOrigin,
		CallCenter:       center,
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

// callCenter is the one that the user is in; null when there is none, or when it does not allow Lightning.
func (s *server) callCenter(ctx context.Context, user User) (*callCenterOut, error) {
	if user.CallCenter == "" {
		return nil, nil
	}
	source, err := s.cfg.Data.Component(ctx, "CallCenter", user.CallCenter)
	if err != nil || source == nil {
		return nil, err
	}
	parsed, err := parse[callCenterXML](source)
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "call centre not readable", "name", user.CallCenter, "err", err)
		return nil, nil
	}
	settings := parsed.settings(user.CallCenter)
	if mode := settings["/reqGeneralInfo/reqSalesforceCompatibilityMode"]; !strings.Contains(mode, "Lightning") {
		return nil, nil
	}
	address := s.resolve(settings["/reqGeneralInfo/reqAdapterUrl"])
	if address == "" {
		return nil, nil
	}
	return &callCenterOut{
		Name:       parsed.DisplayName,
		AdapterURL: address,
		Height:     pixels(settings["/reqGeneralInfo/reqSoftphoneHeight"]),
		Width:      pixels(settings["/reqGeneralInfo/reqSoftphoneWidth"]),
		Settings:   settings,
	}, nil
}

// resolve makes an adapter's address absolute on the Visualforce origin; nothing for what is no web address.
func (s *server) resolve(address string) string {
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

// adapterOrigin is where the user's softphone comes from, for the page's policy.
func (s *server) adapterOrigin(ctx context.Context, userID string) string {
	user, err := s.cfg.Data.User(ctx, userID)
	if err != nil {
		return ""
	}
	center, err := s.callCenter(ctx, user)
	if err != nil || center == nil {
		return ""
	}
	return originOf(center.AdapterURL)
}
