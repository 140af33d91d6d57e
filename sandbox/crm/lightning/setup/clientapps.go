package setup

import (
	"context"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// clientAppRoutes are those of the External Client App Manager.
func (s *server) clientAppRoutes() []route {
	return []route{
		{"GET /clientapps", crm.ViewSetup, read(s.clientApps)},
		{"GET /clientapps/choices", crm.ViewSetup, read(s.clientAppChoices)},
		{"GET /clientapps/{name}", crm.ViewSetup, read(s.clientApp)},
		{"POST /clientapps", crm.CustomizeApplication, write(s, createClientApp)},
		{"PUT /clientapps/{name}/settings", crm.CustomizeApplication, write(s, putClientAppSettings)},
		{"PUT /clientapps/{name}/policies", crm.CustomizeApplication, write(s, putClientAppPolicies)},
		{"POST /clientapps/{name}/consumer", crm.CustomizeApplication, s.verified(showConsumer)},
		{"POST /clientapps/{name}/rotate", crm.CustomizeApplication, s.verified(rotateConsumer)},
		{"DELETE /clientapps/{name}", crm.CustomizeApplication, write(s, deleteClientApp)},
	}
}

const clientAppSection = "External Client Apps" // of the audit trail

type clientAppRowOut struct {
	Name         string `json:"name"`
	Label        string `json:"label"`
	Description  string `json:"description"`
	Distribution string `json:"distribution"`
	Permitted    string `json:"permitted"`
	OAuth        bool   `json:"oauth"`
	Enabled      bool   `json:"enabled"`
	CreatedBy    string `json:"createdBy"`
	Created      string `json:"created"`
	ModifiedBy   string `json:"modifiedBy"`
	Modified     string `json:"modified"`
	Users        int    `json:"users"` // for whom the app holds a token
}

type clientAppsOut struct {
	Apps []clientAppRowOut `json:"apps"`
}

func (s *server) clientApps(ctx context.Context, r asked) (clientAppsOut, error) {
	out := clientAppsOut{Apps: []clientAppRowOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		apps, err := clientapp.List(ctx, a)
		if err != nil {
			return err
		}
		for _, app := range apps {
			row, err := s.clientAppRow(ctx, a, app)
			if err != nil {
				return err
			}
			out.Apps = append(out.Apps, row)
		}
		return nil
	})
	return out, err
}

func (s *server) clientAppRow(ctx context.Context, a *crm.Actor, app clientapp.App) (clientAppRowOut, error) {
	row := clientAppRowOut{
		Name: app.Name, Label: app.Label, Description: app.Description, Distribution: app.Distribution, Permitted: string(app.Policy.Permitted), OAuth: app.OAuthOn, Enabled: app.Enabled,
		CreatedBy: s.personNamed(ctx, app.CreatedBy), Created: app.Created.UTC().Format(time.RFC3339), ModifiedBy: s.personNamed(ctx, app.ModifiedBy), Modified: app.Modified.UTC().Format(time.RFC3339),
	}
	var err error
	row.Users, err = a.ClientUsers(ctx, app.OAuth.Key)
	return row, err
}

// personNamed is who did something; what nobody asked for was done by the platform itself.
func (s *server) personNamed(ctx context.Context, id crm.RecordID) string {
	if user, err := s.cfg.Org.User(ctx, id); err == nil {
		return user.Name
	}
	return "Automated Process"
}

// clientAppSettings are what the form of the Settings tab edits.
type clientAppSettings struct {
	Label             string   `json:"label"`
	Description       string   `json:"description"`
	ContactEmail      string   `json:"contactEmail"`
	ContactPhone      string   `json:"contactPhone"`
	InfoURL           string   `json:"infoUrl"`
	LogoURL           string   `json:"logoUrl"`
	IconURL           string   `json:"iconUrl"`
	Distribution      string   `json:"distribution"`
	OAuth             bool     `json:"oauth"`
	Callbacks         []string `json:"callbacks"`
	Scopes            []string `json:"scopes"`
	JWT               bool     `json:"jwt"`
	Certificate       string   `json:"certificate"` // PEM; "" keeps the one there is
	ClientCredentials bool     `json:"clientCredentials"`
	SecretForWeb      bool     `json:"secretForWeb"`
	SecretForRefresh  bool     `json:"secretForRefresh"`
	PKCE              bool     `json:"pkce"`
	Rotate            bool     `json:"rotate"`
}

// clientAppPolicies are what the form of the Policies tab edits.
type clientAppPolicies struct {
	Enabled           bool     `json:"enabled"`
	Permitted         string   `json:"permitted"`
	Sets              []string `json:"sets"`
	Profiles          []string `json:"profiles"`
	Refresh           string   `json:"refresh"`
	Period            int      `json:"period"`
	Unit              string   `json:"unit"`
	IPRelaxation      string   `json:"ipRelaxation"`
	SessionMinutes    int      `json:"sessionMinutes"`
	ClientCredentials bool     `json:"clientCredentials"`
	RunAs             string   `json:"runAs"`
}

// certificateOut is what people see of a certificate.
type certificateOut struct {
	Subject string `json:"subject"`
	Expires string `json:"expires"`
}

// clientAppOut is one app. Its key and secret are told only to who proves who they are.
type clientAppOut struct {
	clientAppRowOut
	Settings    clientAppSettings `json:"settings"`
	Policies    clientAppPolicies `json:"policies"`
	Certificate *certificateOut   `json:"certificate"`
	HasKey      bool              `json:"hasKey"`
	Revision    string            `json:"revision"`
}

func (s *server) clientApp(ctx context.Context, r asked) (clientAppOut, error) {
	var out clientAppOut
	err := s.system(ctx, r, func(a *crm.Actor) error {
		app, err := appNamed(ctx, a, r)
		if err != nil {
			return err
		}
		out = clientAppOut{Settings: settingsOf(app), Policies: policiesOf(app), HasKey: app.OAuth.Key != "", Revision: app.Revision}
		if c, err := clientapp.Certificate(app.OAuth.Certificate); err == nil {
			out.Certificate = &certificateOut{c.Subject.String(), c.NotAfter.UTC().Format(time.RFC3339)}
		}
		out.clientAppRowOut, err = s.clientAppRow(ctx, a, app)
		return err
	})
	return out, err
}

// appNamed reads the app that the address names.
func appNamed(ctx context.Context, a *crm.Actor, r asked) (clientapp.App, error) {
	app, ok, err := clientapp.Find(ctx, a, r.PathValue("name"))
	if err == nil && !ok {
		err = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The external client app isn't available; it may have been deleted.")
	}
	return app, err
}

func settingsOf(app clientapp.App) clientAppSettings {
	o := app.OAuth
	return clientAppSettings{
		Label: app.Label, Description: app.Description, ContactEmail: app.ContactEmail, ContactPhone: app.ContactPhone, InfoURL: app.InfoURL, LogoURL: app.LogoURL, IconURL: app.IconURL,
		Distribution: app.Distribution, OAuth: app.OAuthOn, Callbacks: o.Callbacks, Scopes: o.Scopes, JWT: o.Certificate != "", ClientCredentials: o.ClientCredentials,
		SecretForWeb: o.SecretForWeb, SecretForRefresh: o.SecretForRefresh, PKCE: o.PKCE, Rotate: o.Rotate,
	}
}

func policiesOf(app clientapp.App) clientAppPolicies {
	p := app.Policy
	return clientAppPolicies{
		Enabled: app.Enabled, Permitted: string(p.Permitted), Sets: p.Sets, Profiles: p.Profiles, Refresh: string(p.Refresh), Period: p.Period, Unit: p.Unit,
		IPRelaxation: p.IPRelaxation, SessionMinutes: p.SessionMinutes, ClientCredentials: p.ClientCredentials, RunAs: p.RunAs,
	}
}

type clientAppChoicesOut struct {
	Settings      clientAppSettings `json:"settings"` // of a new app
	Distributions []optionOut       `json:"distributions"`
	Scopes        []optionOut       `json:"scopes"`
	Permitted     []optionOut       `json:"permitted"`
	Sets          []optionOut       `json:"sets"`
	Profiles      []optionOut       `json:"profiles"`
	Refresh       []optionOut       `json:"refresh"`
	Units         []optionOut       `json:"units"`
	IPRelaxations []optionOut       `json:"ipRelaxations"`
	Timeouts      []optionOut       `json:"timeouts"`
}

// clientAppChoices are the lists of the forms, and what a new app begins with.
func (s *server) clientAppChoices(ctx context.Context, r asked) (clientAppChoicesOut, error) {
	out := clientAppChoicesOut{
		Settings: settingsOf(clientapp.New()), Scopes: []optionOut{}, Sets: []optionOut{}, Profiles: []optionOut{},
		Distributions: shown(clientapp.Distributions), Permitted: shown(clientapp.PermittedBy), Refresh: shown(clientapp.RefreshRules), Units: shown(clientapp.Units),
		IPRelaxations: shown(clientapp.IPRelaxations), Timeouts: shown(clientapp.Timeouts),
	}
	for _, scope := range clientapp.Scopes {
		out.Scopes = append(out.Scopes, optionOut{scope.Value, scope.Label})
	}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		sets, err := a.Query(ctx, "SELECT Id, Name, Label FROM PermissionSet WHERE IsOwnedByProfile = false ORDER BY Label", false)
		if err != nil {
			return err
		}
		for _, set := range sets.Records {
			out.Sets = append(out.Sets, optionOut{set.Text("Name"), set.Text("Label")})
		}
		profiles, err := a.Query(ctx, "SELECT Id, Name FROM Profile ORDER BY Name", false)
		for _, p := range profiles.Records {
			out.Profiles = append(out.Profiles, optionOut{p.Text("Name"), p.Text("Name")})
		}
		return err
	})
	return out, err
}

func shown(list []clientapp.Choice) []optionOut {
	out := []optionOut{}
	for _, c := range list {
		out = append(out, optionOut{c.Value, c.Label})
	}
	return out
}
