package setup

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/clientapp"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

type passwordIn struct {
	Password string `json:"password"`
}

// consumerOut is what an app shows the platform; only to who has just proved who they are.
type consumerOut struct {
	Key    string `json:"key"`
	Secret string `json:"secret"`
}

// verified makes a handler of a change that asks for the user's password first. Wrong ones count as in a log-in.
func (s *server) verified(f func(context.Context, *crm.Actor, clientapp.App) (consumerOut, error)) handler {
	return func(ctx context.Context, r asked) (any, error) {
		in, err := edge.Decode[passwordIn](r.Body)
		if err != nil {
			return nil, err
		}
		var w wrong
		w.required("password", in.Password)
		if err := w.err(); err != nil {
			return nil, err
		}
		switch err := s.cfg.Org.Verify(ctx, r.User.ID, secret.String(in.Password)); {
		case errors.Is(err, crm.ErrLocked):
			w.field("password", "Your account is locked because of too many failed attempts. Try again in 15 minutes, or contact your Salesforce administrator.")
			return nil, w.err()
		case errors.Is(err, crm.ErrBadCredentials), errors.Is(err, crm.ErrInactive):
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
			out, err = f(ctx, a, app)
			return err
		})
		return out, err
	}
}

func showConsumer(ctx context.Context, a *crm.Actor, app clientapp.App) (consumerOut, error) {
	return consumerOut{app.OAuth.Key, app.OAuth.Secret.Expose()}, a.Audit(ctx, "viewedExtlClntAppConsumer", clientAppSection, "Viewed the consumer key and secret of external client app %s", app.Label)
}

// rotateConsumer gives an app a new secret; the old one is no longer good.
func rotateConsumer(ctx context.Context, a *crm.Actor, app clientapp.App) (consumerOut, error) {
	app.OAuth.Secret = clientapp.NewSecret()
	if err := clientapp.Save(ctx, a, app); err != nil {
		return consumerOut{}, err
	}
	return consumerOut{app.OAuth.Key, app.OAuth.Secret.Expose()}, a.Audit(ctx, "rotatedExtlClntAppConsumerSecret", clientAppSection, "Rotated the consumer secret of external client app %s", app.Label)
}

func deleteClientApp(ctx context.Context, a *crm.Actor, r asked, _ none) (none, error) {
	app, err := appNamed(ctx, a, r)
	if err != nil {
		return none{}, err
	}
	if _, err := clientapp.Remove(ctx, a, app.Name); err != nil {
		return none{}, err
	}
	return none{}, a.Audit(ctx, "deletedExternalClientApplication", clientAppSection, "Deleted external client app %s", app.Label)
}

// told is one value of a form as the audit trail writes it.
type told struct{ what, value string }

func (in clientAppSettings) told(app clientapp.App) []told {
	certificate := ""
	if c, err := clientapp.Certificate(app.OAuth.Certificate); err == nil {
		certificate = c.Subject.String() + " (" + c.SerialNumber.String() + ")"
	}
	return []told{
		{"name", in.Label}, {"description", in.Description}, {"contact email", in.ContactEmail}, {"contact phone", in.ContactPhone}, {"info URL", in.InfoURL}, {"logo URL", in.LogoURL},
		{"icon URL", in.IconURL}, {"distribution state", in.Distribution}, {"OAuth", onOff(in.OAuth)}, {"callback URL", strings.Join(in.Callbacks, " ")}, {"OAuth scopes", strings.Join(in.Scopes, ", ")},
		{"JWT bearer flow", onOff(in.JWT)}, {"certificate", certificate}, {"client credentials flow", onOff(in.ClientCredentials)}, {"secret for web server flow", onOff(in.SecretForWeb)},
		{"secret for refresh token flow", onOff(in.SecretForRefresh)}, {"PKCE", onOff(in.PKCE)}, {"refresh token rotation", onOff(in.Rotate)},
	}
}

func (in clientAppPolicies) told() []told {
	return []told{
		{"app status", onOff(in.Enabled)}, {"permitted users", in.Permitted}, {"permission sets", strings.Join(in.Sets, ", ")}, {"profiles", strings.Join(in.Profiles, ", ")},
		{"refresh token policy", in.Refresh}, {"refresh token validity", fmt.Sprint(in.Period, " ", in.Unit)}, {"IP relaxation", in.IPRelaxation},
		{"session timeout", fmt.Sprint(in.SessionMinutes, " minutes")}, {"client credentials flow", onOff(in.ClientCredentials)}, {"run as", in.RunAs},
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// auditChanges writes an entry for each value that is no longer what it was.
func auditChanges(ctx context.Context, a *crm.Actor, label string, before, now []told) error {
	for i, n := range now {
		if before[i].value == n.value {
			continue
		}
		if err := a.Audit(ctx, "changedExternalClientApplication", clientAppSection, "Changed external client app %s: %s was changed from %s to %s", label, n.what, orNone(before[i].value), orNone(n.value)); err != nil {
			return err
		}
	}
	return nil
}
