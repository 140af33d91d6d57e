package clientapp

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// Header is the type of the component that makes an app; the others name it.
const Header = "ExternalClientApplication"

// The types of the components that an app's settings and policies are in.
const (
	oauthKind      = "ExtlClntAppOauthSettings"
	globalKind     = "ExtlClntAppGlobalOauthSettings"
	policiesKind   = "ExtlClntAppConfigurablePolicies"
	oauthRulesKind = "ExtlClntAppOauthConfigurablePolicies"
)

// appElement names the app that a component belongs to.
const appElement = "externalClientApplication"

// setsElement names the permission sets that pre-authorise.
const setsElement = "commaSeparatedPermissionSet"

const (
	globalSuffix = ".ecaGlblOauth"
	rulesSuffix  = ".ecaOauthPlcy"
)

// places are the types of an app's components, each with how its file's name ends.
var places = []struct{ kind, suffix string }{
	{Header, ".eca"},
	{oauthKind, ".ecaOauth"},
	{globalKind, globalSuffix},
	{policiesKind, ".ecaPlcy"},
	{oauthRulesKind, rulesSuffix},
}

// Parts are the types of an app's components besides its header.
func Parts() []string { return []string{oauthKind, globalKind, policiesKind, oauthRulesKind} }

// Source gives the components of a type: an org, or an actor with what its transaction changed.
type Source interface {
	Components(ctx context.Context, kind string) ([]records.Component, error)
}

// part is one component, read.
type part struct {
	component records.Component
	document  document
}

// parts are an app's components by type.
type parts map[string]part

// load reads all apps: name in lower case to parts. Of two components of one type that name the same app, the newer counts.
func load(ctx context.Context, from Source) (map[string]parts, error) {
	apps := map[string]parts{}
	for _, p := range places {
		found, err := from.Components(ctx, p.kind)
		if err != nil {
			return nil, err
		}
		for _, c := range found {
			body, ok := c.File(p.suffix)
			if !ok {
				continue
			}
			d, err := read(body)
			if err != nil {
				continue // a deployment lets none in that cannot be read
			}
			name := c.FullName
			if p.kind != Header {
				name = d.text(appElement)
			}
			key := strings.ToLower(name)
			have := apps[key]
			if have == nil && p.kind != Header {
				continue // of an app that is gone
			}
			if have == nil {
				have = parts{}
				apps[key] = have
			}
			if old, twice := have[p.kind]; !twice || old.component.Modified.Before(c.Modified) {
				have[p.kind] = part{c, d}
			}
		}
	}
	return apps, nil
}

// List reads all apps, by label.
func List(ctx context.Context, from Source) ([]App, error) {
	all, err := load(ctx, from)
	if err != nil {
		return nil, err
	}
	apps := []App{}
	for _, p := range all {
		apps = append(apps, p.app())
	}
	slices.SortFunc(apps, func(x, y App) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Label), strings.ToLower(y.Label)), strings.Compare(x.Name, y.Name))
	})
	return apps, nil
}

// Find reads one app by its API name; false if there is none.
func Find(ctx context.Context, from Source, name string) (App, bool, error) {
	all, err := load(ctx, from)
	if err != nil {
		return App{}, false, err
	}
	p, ok := all[strings.ToLower(name)]
	if !ok {
		return App{}, false, nil
	}
	return p.app(), true, nil
}

// ByKey finds an app by its consumer key; false if there is none.
func ByKey(ctx context.Context, from Source, key string) (App, bool, error) {
	apps, err := List(ctx, from)
	if err != nil || key == "" {
		return App{}, false, err
	}
	i := slices.IndexFunc(apps, func(a App) bool { return a.OAuth.Key == key })
	if i < 0 {
		return App{}, false, nil
	}
	return apps[i], true, nil
}

func (p parts) app() App {
	head, app := p[Header], App{Policy: defaults()}
	d := head.document
	app.ID, app.Name, app.Label, app.Description = head.component.ID, head.component.FullName, d.text("label"), d.text("description")
	app.ContactEmail, app.ContactPhone, app.Distribution = d.text("contactEmail"), d.text("contactPhone"), d.text("distributionState")
	app.InfoURL, app.LogoURL, app.IconURL = d.text("infoUrl"), d.text("logoUrl"), d.text("iconUrl")
	app.CreatedBy = head.component.CreatedBy
	switches := p[policiesKind].document
	app.Enabled, app.OAuthOn = switches.flag("isEnabled", true), switches.flag("isOauthPluginEnabled", true)
	if global, ok := p[globalKind]; ok {
		app.OAuth = oauthOf(global.document, p[oauthKind].document)
	} else {
		app.OAuthOn = false
	}
	if rules, ok := p[oauthRulesKind]; ok {
		app.Policy = policyOf(rules.document)
	}
	app.stamp(p)
	return app
}

// stamp notes when and by whom any part was changed last.
func (a *App) stamp(p parts) {
	for _, at := range places {
		if one, ok := p[at.kind]; ok && !one.component.Modified.Before(a.Modified) {
			a.Modified, a.ModifiedBy = one.component.Modified, one.component.ModifiedBy
		}
	}
}

func oauthOf(global, settings document) OAuth {
	return OAuth{
		Key: global.text("consumerKey"), Secret: secret.String(global.text("consumerSecret")),
		Callbacks: append([]string{}, strings.Fields(global.text("callbackUrl"))...),
		Scopes:    settings.words("commaSeparatedOauthScopes"), Certificate: global.text("certificate"),
		SecretForWeb: !global.flag("isConsumerSecretOptional", false), SecretForRefresh: global.flag("isSecretRequiredForRefreshToken", true),
		PKCE: global.flag("isPkceRequired", true), Rotate: global.flag("isRefreshTokenRotationEnabled", false),
		ClientCredentials: global.flag("isClientCredentialsFlowEnabled", false),
	}
}

func policyOf(d document) Policy {
	p := defaults()
	for _, s := range []struct {
		to   *string
		name string
	}{{(*string)(&p.Permitted), "permittedUsersPolicyType"}, {&p.IPRelaxation, "ipRelaxationPolicyType"},
		{&p.Unit, "refreshTokenValidityUnit"}} {
		if text := d.text(s.name); text != "" {
			*s.to = text
		}
	}
	if rule := d.text("refreshTokenPolicyType"); rule != "" {
		p.Refresh, p.Period = RefreshRule(rule), d.number("refreshTokenValidityPeriod")
	}
	p.Sets, p.SessionMinutes = d.words(setsElement), d.number("sessionTimeoutInMinutes")
	for _, name := range d.words("commaSeparatedProfile") {
		p.Profiles = append(p.Profiles, profileLabel(name))
	}
	p.ClientCredentials, p.RunAs = d.flag("isClientCredentialsFlowEnabled", false), d.text("clientCredentialsFlowUser")
	return p
}

// profileNames are those standard profiles that metadata calls otherwise than people do.
var profileNames = map[string]string{"Admin": "System Administrator", "Standard": "Standard User"}

func profileLabel(name string) string {
	return cmp.Or(profileNames[name], name)
}
