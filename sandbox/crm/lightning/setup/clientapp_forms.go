package setup

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

type clientAppIn struct {
	Name string `json:"name"`
	clientAppSettings
}

type nameOut struct {
	Name string `json:"name"`
}

func createClientApp(ctx context.Context, a *crm.Actor, _ asked, in clientAppIn) (nameOut, error) {
	app := clientapp.New()
	app.Name = in.Name
	var w wrong
	checkName(&w, "name", "API Name", in.Name)
	if _, taken, err := clientapp.Find(ctx, a, in.Name); err != nil {
		return nameOut{}, err
	} else if taken {
		w.field("name", "This API Name already exists or has been previously used. Please choose a different one.")
	}
	in.check(&w, app)
	if err := w.err(); err != nil {
		return nameOut{}, err
	}
	in.into(&app)
	if err := clientapp.Save(ctx, a, app); err != nil {
		return nameOut{}, err
	}
	return nameOut{app.Name}, a.Audit(ctx, "createdExternalClientApplication", clientAppSection, "Created external client app %s", app.Label)
}

// errMeanwhile is what the slower of two administrators is told.
var errMeanwhile = edge.Refuse(http.StatusConflict, "CONFLICT", "The record you were editing was modified by someone else during your edit session.")

type settingsIn struct {
	Revision string `json:"revision"` // as it was read
	clientAppSettings
}

func putClientAppSettings(ctx context.Context, a *crm.Actor, r asked, in settingsIn) (none, error) {
	app, err := appNamed(ctx, a, r)
	if err != nil {
		return none{}, err
	}
	if app.Revision != in.Revision {
		return none{}, errMeanwhile
	}
	before := app
	var w wrong
	in.check(&w, app)
	if err := w.err(); err != nil {
		return none{}, err
	}
	in.into(&app)
	if err := clientapp.Save(ctx, a, app); err != nil {
		return none{}, err
	}
	if err := endIfOff(ctx, a, before, app); err != nil {
		return none{}, err
	}
	return none{}, auditChanges(ctx, a, app.Label, settingsOf(before).told(before), settingsOf(app).told(app))
}

// endIfOff ends the sessions of an app that was switched off.
func endIfOff(ctx context.Context, a *crm.Actor, before, now clientapp.App) error {
	if before.Live() && !now.Live() {
		return a.EndSessions(ctx, now.OAuth.Key)
	}
	return nil
}

// check is what the platform wants of the Settings form.
func (in clientAppSettings) check(w *wrong, was clientapp.App) {
	w.required("label", in.Label)
	checkLength(w, "label", "External Client App Name", in.Label, 80)
	checkLength(w, "description", "Description", in.Description, 256)
	checkLength(w, "contactPhone", "Contact Phone", in.ContactPhone, 40)
	w.required("contactEmail", in.ContactEmail)
	if address, err := mail.ParseAddress(in.ContactEmail); strings.TrimSpace(in.ContactEmail) != "" && (err != nil || address.Address != strings.TrimSpace(in.ContactEmail) || len(in.ContactEmail) > 80) {
		w.field("contactEmail", "Contact Email: invalid email address: %.80s", in.ContactEmail)
	}
	if !clientapp.Has(clientapp.Distributions, in.Distribution) && in.Distribution != was.Distribution {
		w.field("distribution", "bad value for restricted picklist field: %.40s", in.Distribution)
	}
	for field, link := range map[string]struct{ label, url string }{"infoUrl": {"Info URL", in.InfoURL}, "logoUrl": {"Logo Image URL", in.LogoURL}, "iconUrl": {"Icon URL", in.IconURL}} {
		u, err := url.Parse(link.url)
		if link.url != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(link.url) > 255) {
			w.field(field, "%s: invalid URL: %.80s", link.label, link.url)
		}
	}
	if in.OAuth {
		in.checkOAuth(w, was)
	}
}

func (in clientAppSettings) checkOAuth(w *wrong, was clientapp.App) {
	if len(in.callbacks()) == 0 {
		w.required("callbacks", "")
	} else if text := clientapp.CheckCallbacks(in.callbacks()); text != "" {
		w.field("callbacks", "%s", text)
	}
	if len(in.Scopes) == 0 {
		w.field("scopes", "You must select at least one OAuth scope.")
	}
	for _, scope := range in.Scopes {
		known := slices.ContainsFunc(clientapp.Scopes, func(s struct {
			clientapp.Choice
			Name string
		}) bool {
			return s.Value == scope
		})
		if !known && !slices.Contains(was.OAuth.Scopes, scope) {
			w.field("scopes", "bad value for restricted picklist field: %.40s", scope)
		}
	}
	switch {
	case !in.JWT:
	case in.Certificate == "" && was.OAuth.Certificate == "":
		w.field("certificate", "To enable the JWT Bearer Flow, upload a digital certificate.")
	case in.Certificate != "":
		c, err := clientapp.Certificate(in.Certificate)
		if err != nil || len(in.Certificate) > 32<<10 {
			w.field("certificate", "Upload an X.509 certificate in PEM format.")
		} else if c.PublicKeyAlgorithm.String() != "RSA" {
			w.field("certificate", "Upload a certificate with an RSA key: assertions are signed with RS256.")
		}
	}
}

// callbacks are the URLs, one a line, without what is empty.
func (in clientAppSettings) callbacks() []string {
	var out []string
	for _, line := range in.Callbacks {
		for word := range strings.FieldsSeq(line) {
			if !slices.Contains(out, word) {
				out = append(out, word)
			}
		}
	}
	return out
}

// into writes a checked form into the app. What belongs to OAuth stays as it is while OAuth is off.
func (in clientAppSettings) into(app *clientapp.App) {
	app.Label, app.Description, app.Distribution = strings.TrimSpace(in.Label), strings.TrimSpace(in.Description), in.Distribution
	app.ContactEmail, app.ContactPhone = strings.TrimSpace(in.ContactEmail), strings.TrimSpace(in.ContactPhone)
	app.InfoURL, app.LogoURL, app.IconURL = strings.TrimSpace(in.InfoURL), strings.TrimSpace(in.LogoURL), strings.TrimSpace(in.IconURL)
	app.OAuthOn = in.OAuth
	if !in.OAuth {
		return
	}
	o := &app.OAuth
	if o.Key == "" {
		o.Key, o.Secret = clientapp.NewKey(), clientapp.NewSecret()
	}
	o.Callbacks, o.Scopes = in.callbacks(), in.Scopes
	o.SecretForWeb, o.SecretForRefresh, o.PKCE, o.Rotate, o.ClientCredentials = in.SecretForWeb, in.SecretForRefresh, in.PKCE, in.Rotate, in.ClientCredentials
	switch {
	case !in.JWT:
		o.Certificate = ""
	case in.Certificate != "":
		if c, err := clientapp.Certificate(in.Certificate); err == nil {
			o.Certificate = strings.TrimSpace(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})))
		}
	}
}

type policiesIn struct {
	Revision string `json:"revision"` // as it was read
	clientAppPolicies
}

func putClientAppPolicies(ctx context.Context, a *crm.Actor, r asked, in policiesIn) (none, error) {
	app, err := appNamed(ctx, a, r)
	if err != nil {
		return none{}, err
	}
	if app.Revision != in.Revision {
		return none{}, errMeanwhile
	}
	before := app
	if err := in.check(ctx, a, app); err != nil {
		return none{}, err
	}
	if !in.specific() {
		in.Period, in.Unit = 0, before.Policy.Unit
	}
	app.Enabled = in.Enabled
	app.Policy = clientapp.Policy{
		Permitted: clientapp.Permitted(in.Permitted), Sets: in.Sets, Profiles: in.Profiles, Refresh: clientapp.RefreshRule(in.Refresh), Period: in.Period, Unit: in.Unit,
		IPRelaxation: in.IPRelaxation, SessionMinutes: in.SessionMinutes, ClientCredentials: in.ClientCredentials, RunAs: strings.TrimSpace(in.RunAs),
	}
	if err := clientapp.Save(ctx, a, app); err != nil {
		return none{}, err
	}
	if err := endIfOff(ctx, a, before, app); err != nil {
		return none{}, err
	}
	return none{}, auditChanges(ctx, a, app.Label, policiesOf(before).told(), policiesOf(app).told())
}

// specific says whether refresh tokens are good for a time.
func (in clientAppPolicies) specific() bool {
	return in.Refresh == string(clientapp.SpecificLifetime) || in.Refresh == string(clientapp.SpecificInactivity)
}

const longestPeriod = 9999 // of a refresh token's life, in its unit

// check is what the platform wants of the Policies form.
func (in clientAppPolicies) check(ctx context.Context, a *crm.Actor, was clientapp.App) error {
	var w wrong
	for _, list := range []struct {
		field, value, had string
		of                []clientapp.Choice
	}{
		{"permitted", in.Permitted, "", clientapp.PermittedBy}, {"refresh", in.Refresh, "", clientapp.RefreshRules}, {"unit", in.Unit, "", clientapp.Units},
		{"ipRelaxation", in.IPRelaxation, was.Policy.IPRelaxation, clientapp.IPRelaxations},
		{"sessionMinutes", strconv.Itoa(in.SessionMinutes), strconv.Itoa(was.Policy.SessionMinutes), clientapp.Timeouts},
	} {
		if !clientapp.Has(list.of, list.value) && list.value != list.had {
			w.field(list.field, "bad value for restricted picklist field: %.40s", list.value)
		}
	}
	if in.specific() && (in.Period < 1 || in.Period > longestPeriod) {
		w.field("period", "Refresh Token Validity Period must be a whole number from 1 to %d.", longestPeriod)
	}
	for _, list := range []struct {
		field, object, label string
		names, had           []string
	}{{"sets", "PermissionSet", "permission set", in.Sets, was.Policy.Sets}, {"profiles", "Profile", "profile", in.Profiles, was.Policy.Profiles}} {
		for _, name := range list.names {
			found, err := a.Query(ctx, "SELECT Id FROM "+list.object+" WHERE Name = "+soql.Quote(name), false)
			if err != nil {
				return err
			}
			if strings.Contains(name, ",") || found.TotalSize == 0 && !slices.Contains(list.had, name) {
				w.field(list.field, "There is no %s %.80s.", list.label, name)
			}
		}
	}
	if err := in.checkRunAs(ctx, a, &w, was); err != nil {
		return err
	}
	return w.err()
}

// checkRunAs wants an active user for the client credentials flow, which the settings must allow.
func (in clientAppPolicies) checkRunAs(ctx context.Context, a *crm.Actor, w *wrong, was clientapp.App) error {
	name := strings.TrimSpace(in.RunAs)
	if in.ClientCredentials && !was.OAuth.ClientCredentials {
		w.field("clientCredentials", "Enable the Client Credentials Flow in the app's settings first.")
	}
	if in.ClientCredentials && name == "" {
		w.required("runAs", "")
	}
	if name == "" {
		return nil
	}
	found, err := a.Query(ctx, "SELECT Id FROM User WHERE IsActive = true AND Username = "+soql.Quote(name), false)
	if err == nil && found.TotalSize == 0 {
		w.field("runAs", "There is no active user with the username %.80s.", name)
	}
	return err
}
