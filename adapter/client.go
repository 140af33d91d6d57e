package adapter

import (
	"context"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/salesforce"
)

// integration gives the integration user's client: signed in on first use, renewed by another assertion.
func integration(app salesforce.App, cfg Config, meter *salesforce.Meter) func(context.Context) (*salesforce.Client, error) {
	renew := func(ctx context.Context) (salesforce.Session, error) {
		grant, err := app.JWT(ctx, cfg.Salesforce.Username)
		return grant.Session, err
	}
	turn := make(chan *salesforce.Client, 1)
	turn <- nil
	return func(ctx context.Context) (*salesforce.Client, error) {
		var client *salesforce.Client
		select {
		case client = <-turn:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		defer func() { turn <- client }()
		if client != nil {
			return client, nil
		}
		session, err := renew(ctx)
		if err != nil {
			return nil, fmt.Errorf("integration user %s: %w", cfg.Salesforce.Username, err)
		}
		client = salesforce.New(salesforce.Config{Session: session, Renew: renew, HTTP: app.HTTP, Clock: cfg.Clock, Log: cfg.Log,
			Meter: meter})
		return client, nil
	}
}

// letInWithin is how long it may take to sign the integration user in before an agent's own way in is tried.
const letInWithin = 5 * time.Second

// reading gives the client to read configuration with: the integration user's, or the agent's own where that user is not let in.
func (a *Adapter) reading(ctx context.Context, userID string) (*salesforce.Client, error) {
	limited, cancel := context.WithTimeout(ctx, letInWithin)
	defer cancel()
	client, err := a.setUp.client(limited)
	if err == nil {
		return client, nil
	}
	if own, ownErr := a.identity.Client(ctx, userID); ownErr == nil {
		a.cfg.Log.DebugContext(ctx, "configuration is read with the agent's rights", "agent", userID, "err", err)
		return own, nil
	}
	return nil, err
}
