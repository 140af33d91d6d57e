package auth

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// client is an OAuth client: an external client app as it is now, or the command line's, which every org knows.
type client struct {
	id                schema.RecordID // of the app's record; "" for the command line
	key, label        string
	secret            secret.String
	redirects, scopes []string
	blocked           bool // switched off by an administrator
	pkce              bool
	secretForWeb      bool
	secretForRefresh  bool
	rotate            bool // a refresh token is good once
	certificate       any  // public key for the JWT bearer flow; nil for none
	runsAs            bool // the settings allow the client credentials flow
	policy            clientapp.Policy
}

// commandLine is the client of the sf command.
var commandLine = client{
	key: "PlatformCLI", label: "Salesforce CLI", redirects: []string{"http://localhost:1717/OauthRedirect"},
	scopes: []string{"refresh_token", "api", "web"}, policy: clientapp.Policy{Permitted: clientapp.AllSelfAuthorized,
		Refresh: clientapp.Infinite},
}

var errNoApp = errors.New("no such client")

// app finds a client by its consumer key.
func (a *Auth) app(ctx context.Context, key string) (client, error) {
	if key == commandLine.key {
		return commandLine, nil
	}
	app, ok, err := clientapp.ByKey(ctx, a.cfg.Org, key)
	switch {
	case err != nil:
		return client{}, err
	case !ok:
		return client{}, errNoApp
	}
	o := app.OAuth
	c := client{
		id: app.ID, key: o.Key, label: app.Label, secret: o.Secret, redirects: o.Callbacks, scopes: o.ScopeNames(),
		blocked: !app.Live(), pkce: o.PKCE,
		secretForWeb: o.SecretForWeb, secretForRefresh: o.SecretForRefresh, rotate: o.Rotate, runsAs: o.ClientCredentials, policy: app.Policy,
	}
	if certificate, err := clientapp.Certificate(o.Certificate); err == nil {
		c.certificate = certificate.PublicKey
	}
	return c, nil
}

// admitted finds a client for the token endpoint; one that is switched off gets nothing.
func (a *Auth) admitted(ctx context.Context, key string) (client, error) {
	app, err := a.app(ctx, key)
	switch {
	case errors.Is(err, errNoApp):
		return client{}, refused("invalid_client_id", "client identifier invalid")
	case err != nil:
		return client{}, err
	case app.blocked:
		return client{}, errBlocked
	}
	return app, nil
}

// What an administrator has laid down. Source: answers of the platform that people report.
var (
	errBlocked     = refused("OAUTH_APP_BLOCKED", "this app is blocked by admin")
	errNotApproved = refused("invalid_app_access", "user is not admin approved to access this app")
)

// approved says whether the app may act for a user without asking: a permission set or profile of theirs is in the
// app's policies, or a row of SetupEntityAccess connects such a set with the app.
func (c client) approved(ctx context.Context, actor *crm.Actor) (bool, error) {
	if c.policy.Permitted == clientapp.AdminApproved && c.id != "" && actor.Given(c.id) {
		return true, nil
	}
	profile, err := actor.Get(ctx, "Profile", actor.User().ProfileID)
	return err == nil && c.policy.Covers(profile.Text("Name"), actor.HasPermissionSet), err
}

// keepsOut says whether only administrators let people in, and this one they did not.
func (c client) keepsOut(ctx context.Context, actor *crm.Actor) error {
	if c.policy.Permitted != clientapp.AdminApproved {
		return nil
	}
	approved, err := c.approved(ctx, actor)
	if err == nil && !approved {
		err = errNotApproved
	}
	return err
}

// checkSecret compares the app's secret. It may be left out where the app does not require it; one that is given must be right.
func (c client) checkSecret(given string, required bool) error {
	if c.secret == "" || given == "" && !required {
		return nil
	}
	if subtle.ConstantTimeCompare([]byte(given), []byte(c.secret.Expose())) != 1 {
		return refused("invalid_client", "invalid client credentials")
	}
	return nil
}

// life is how long a session of the app may lie unused.
func (c client) life() time.Duration {
	if c.policy.SessionMinutes > 0 {
		return time.Duration(c.policy.SessionMinutes) * time.Minute
	}
	return apiLife
}
