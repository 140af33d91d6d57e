package lightning

import (
	"context"
	"net/url"
	"strings"
)

const (
	consoleApp = "standard__LightningService"
	appID      = "06m000000000001AAA"
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
	pinned, err := pins(ctx, r)
	if err != nil {
		return bootstrapOut{}, err
	}
	out := bootstrapOut{
		Pinned: pinned,
		CSRF:   csrfToken(r.Request),
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

// app is the Service Console with what a deploy made of it: its tabs and its utility bar.
func (s *server) app(ctx context.Context, r asked, objects []Object) (appOut, error) {
	out := appOut{ID: appID, Label: "Service Console", Visible: r.actor.SeesApp(ctx, consoleApp), Utilities: []utilityOut{}, Navigation: []navItemOut{}}
	if !out.Visible {
		return out, nil
	}
	source, err := s.cfg.Data.Component(ctx, "CustomApplication", consoleApp)
	if err != nil {
		return appOut{}, err
	}
	if source != nil {
		deployed, err := parse[applicationXML](source)
		if err != nil {
			s.cfg.Log.WarnContext(ctx, "deployed app not readable", "app", consoleApp, "err", err)
		}
		if out.Utilities, err = s.utilities(ctx, deployed.UtilityBar); err != nil {
			return appOut{}, err
		}
	}
	out.Navigation, _, _, err = s.navigation(ctx, r, objects)
	return out, err
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

func (s *server) utilities(ctx context.Context, bar string) ([]utilityOut, error) {
	none := []utilityOut{}
	if bar == "" {
		return none, nil
	}
	source, err := s.cfg.Data.Component(ctx, "FlexiPage", bar)
	if err != nil || source == nil {
		return none, err
	}
	page, err := parse[flexiPageXML](source)
	if err != nil {
		s.cfg.Log.WarnContext(ctx, "utility bar not readable", "page", bar, "err", err)
		return none, nil
	}
	return page.utilities(), nil
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
