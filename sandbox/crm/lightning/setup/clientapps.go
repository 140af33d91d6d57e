package setup

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

type clientAppRowOut struct {
	Name          string `json:"name"`
	Label         string `json:"label"`
	Description   string `json:"description"`
	Distribution  string `json:"distribution"`
	Authorization string `json:"authorization"` // who may use the app, as people read it
	Enabled       bool   `json:"enabled"`
	CreatedBy     string `json:"createdBy"`
	Modified      string `json:"modified"`
}

type clientAppsOut struct {
	Apps []clientAppRowOut `json:"apps"`
}

func (s *server) clientApps(ctx context.Context, _ asked) (clientAppsOut, error) {
	out := clientAppsOut{Apps: []clientAppRowOut{}}
	apps, err := clientapp.List(ctx, s.cfg.Org)
	for _, app := range apps {
		out.Apps = append(out.Apps, s.clientAppRow(ctx, app))
	}
	return out, err
}

func (s *server) clientAppRow(ctx context.Context, app clientapp.App) clientAppRowOut {
	row := clientAppRowOut{
		Name: app.Name, Label: app.Label, Description: app.Description, Authorization: "OAuth is not enabled",
		Distribution: app.Distribution, Enabled: app.Enabled,
		CreatedBy: s.userName(ctx, app.CreatedBy), Modified: app.Modified.UTC().Format(time.RFC3339),
	}
	if app.OAuthOn {
		row.Authorization = clientapp.Label(clientapp.PermittedBy, string(app.Policy.Permitted))
	}
	return row
}

// detailOut is an item of a page that is only shown: lines of text, or a check box.
type detailOut struct {
	Label string   `json:"label"`
	Lines []string `json:"lines"`
	On    *bool    `json:"on"`
}

func text(label string, lines ...string) detailOut {
	return detailOut{Label: label, Lines: append([]string{}, lines...)}
}

func ticked(label string, on bool) detailOut {
	return detailOut{Label: label, Lines: []string{}, On: &on}
}

type detailsOut struct {
	Title string      `json:"title"`
	Items []detailOut `json:"items"`
}

// clientAppOut is one app. Its key and secret are told only to who proves who they are.
type clientAppOut struct {
	clientAppRowOut
	Settings []detailsOut `json:"settings"`
	Policies []detailsOut `json:"policies"`
	HasKey   bool         `json:"hasKey"`
}

func (s *server) clientApp(ctx context.Context, r asked) (clientAppOut, error) {
	app, err := appNamed(ctx, s.cfg.Org, r)
	if err != nil {
		return clientAppOut{}, err
	}
	out := clientAppOut{clientAppRowOut: s.clientAppRow(ctx, app), HasKey: app.OAuth.Key != "", Policies: policiesOf(app)}
	out.Settings = []detailsOut{{"Basic Information", []detailOut{
		text("External Client App Name", app.Label), text("API Name", app.Name), text("Contact Email", app.ContactEmail),
		text("Contact Phone", app.ContactPhone), text("Distribution State", app.Distribution), text("Info URL", app.InfoURL),
		text("Logo Image URL", app.LogoURL), text("Icon URL", app.IconURL), text("Description", app.Description),
		text("Created By", out.CreatedBy), text("Last Modified By", s.userName(ctx, app.ModifiedBy)),
	}}, {"OAuth Settings", append([]detailOut{ticked("Enable OAuth", app.OAuthOn)}, oauthOf(app.OAuth)...)}}
	return out, nil
}

// appNamed reads the app that the address names.
func appNamed(ctx context.Context, from clientapp.Source, r asked) (clientapp.App, error) {
	app, ok, err := clientapp.Find(ctx, from, r.PathValue("name"))
	if err == nil && !ok {
		err = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The external client app isn't available; it may have been deleted.")
	}
	return app, err
}

// oauthOf is nothing for an app that never had OAuth.
func oauthOf(o clientapp.OAuth) []detailOut {
	if o.Key == "" {
		return nil
	}
	certificate := ""
	if c, err := clientapp.Certificate(o.Certificate); err == nil {
		certificate = c.Subject.String() + ", expires " + c.NotAfter.UTC().Format(time.DateOnly)
	}
	var scopes []string
	for _, s := range o.Scopes {
		scopes = append(scopes, clientapp.ScopeLabel(s))
	}
	return []detailOut{
		text("Callback URL", o.Callbacks...), text("Selected OAuth Scopes", scopes...),
		ticked("Enable Client Credentials Flow", o.ClientCredentials), ticked("Enable JWT Bearer Flow", o.Certificate != ""),
		text("Certificate", certificate), ticked("Require secret for Web Server Flow", o.SecretForWeb),
		ticked("Require secret for Refresh Token Flow", o.SecretForRefresh),
		ticked("Require Proof Key for Code Exchange (PKCE)", o.PKCE), ticked("Enable Refresh Token Rotation", o.Rotate),
	}
}

func policiesOf(app clientapp.App) []detailsOut {
	p := app.Policy
	status, period := "Disabled", ""
	if app.Enabled {
		status = "Enabled"
	}
	if p.Refresh == clientapp.SpecificLifetime || p.Refresh == clientapp.SpecificInactivity {
		period = fmt.Sprint(p.Period, " ", clientapp.Label(clientapp.Units, p.Unit))
	}
	return []detailsOut{{"App Policies", []detailOut{
		text("App Status", status), text("Selected Profiles", p.Profiles...), text("Selected Permission Sets", p.Sets...),
	}}, {"OAuth Policies", []detailOut{
		text("Permitted Users", clientapp.Label(clientapp.PermittedBy, string(p.Permitted))),
		ticked("Enable Client Credentials Flow", p.ClientCredentials), text("Run As (Username)", p.RunAs),
	}}, {"App Authorization", []detailOut{
		text("Refresh Token Policy", clientapp.Label(clientapp.RefreshRules, string(p.Refresh))), text("Refresh Token Validity Period", period),
		text("IP Relaxation", clientapp.Label(clientapp.IPRelaxations, p.IPRelaxation)),
		text("Session Timeout", clientapp.Label(clientapp.Timeouts, strconv.Itoa(p.SessionMinutes))),
	}}}
}

type passwordIn struct {
	Password string `json:"password"`
}

// consumerOut is what an app shows the platform; only to who has just proved who they are.
type consumerOut struct {
	Key    string `json:"key"`
	Secret string `json:"secret"`
}

// clientAppConsumer asks for the user's password first. Wrong ones count as in a log-in.
func (s *server) clientAppConsumer(ctx context.Context, r asked) (any, error) {
	in, err := edge.Decode[passwordIn](r.Body)
	if err != nil {
		return nil, err
	}
	var w wrong
	w.required("password", in.Password)
	if err := w.err(); err != nil {
		return nil, err
	}
	switch err := s.cfg.Org.People.Verify(ctx, r.User.ID, secret.String(in.Password)); {
	case errors.Is(err, people.ErrLocked):
		w.field("password", "Your account is locked because of too many failed attempts. Try again in 15 minutes, or "+
			"contact your Salesforce administrator.")
		return nil, w.err()
	case errors.Is(err, people.ErrBadCredentials), errors.Is(err, people.ErrInactive):
		w.field("password", "We couldn't verify your identity. Check your password and try again.")
		return nil, w.err()
	case err != nil:
		return nil, err
	}
	var out consumerOut
	err = s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		app, err := appNamed(ctx, a, r)
		if err == nil && app.OAuth.Key == "" {
			err = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "OAuth was never enabled for this external client app.")
		}
		if err != nil {
			return err
		}
		out = consumerOut{app.OAuth.Key, app.OAuth.Secret.Expose()}
		return a.Audit(ctx, "viewedExtlClntAppConsumer", "External Client Apps",
			"Viewed the consumer key and secret of external client app %s", app.Label)
	})
	return out, err
}
