package adapter

import (
	"context"
	"encoding/json"
	"time"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/salesforce"
)

// newIdentity is who signs people in; client gives the org as the integration user.
func (a *Adapter) newIdentity(app salesforce.App, key identity.Key,
	client func(context.Context) (*salesforce.Client, error)) *identity.Identity {
	cfg := a.cfg
	return identity.New(identity.Config{
		App: app, Store: a.store, Key: key, Origins: cfg.PageOrigins, Panel: a.panel, SignedOut: a.hub.SignOut, SignedIn: a.signedIn,
		Inactive: func(ctx context.Context, userIDs []string) ([]string, error) {
			integration, err := client(ctx)
			if err != nil {
				return nil, err
			}
			return identity.Inactive(ctx, integration, userIDs)
		},
		Gone: func(ctx context.Context, since time.Time) ([]string, error) {
			integration, err := client(ctx)
			if err != nil {
				return nil, err
			}
			return identity.Gone(ctx, integration, since)
		},
		Admit: a.admit, Meter: a.meter, Clock: cfg.Clock, Log: cfg.Log,
	})
}

// askUsers has who is asked about configuration tell who may not sign in any more, if that is the integration user: others do not see it.
func askUsers(integration func(context.Context) (*salesforce.Client, error), i *identity.Identity) records.Beside {
	return func(ctx context.Context, crm *salesforce.Client) ([]salesforce.Part, func(context.Context, salesforce.Answers)) {
		if client, err := integration(ctx); err != nil || client != crm {
			return nil, nil
		}
		return i.Lately()
	}
}

// panel is where an agent who signs in goes. The page shows it before its socket is there, so it is told the settings too.
func (a *Adapter) panel(ctx context.Context, userID string) (identity.Panel, error) {
	record, err := a.records.Arrived(ctx, userID)
	if err != nil {
		return identity.Panel{}, err
	}
	settings, err := json.Marshal(settingsOf(record))
	return identity.Panel{URL: record.CCPURL, LoginURL: record.LoginURL, Settings: string(settings)}, err
}

// signedIn has go on what waited for a user's sign-in.
func (a *Adapter) signedIn(userID string) {
	a.engine.Wake(userID)
	a.others.tellHolder(letterWake, userID, nil)
}
