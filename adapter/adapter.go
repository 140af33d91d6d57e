// Package adapter puts the adapter's rooms together and serves them: softphone pages on /ws, sign-in on /auth, health and metrics.
//
// Read first: New, Adapter.Run, Config. It knows the two platforms by their public protocols only.
package adapter

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/journal"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// Config is all the adapter needs to know.
type Config struct {
	PublicURL   string   // origin at which browsers reach the adapter
	PageOrigins []string // origins of softphone pages: the org's Visualforce domain; with none, no page may connect
	Data        string   // folder for the store, the journal and the key; "" keeps all in memory
	Salesforce  Salesforce
	Flows       []records.DefaultFlow // what an adapter record gets that never had a flow
	Clock       clock.Clock
	Log         *slog.Logger
}

// Salesforce is how the adapter reaches the org.
type Salesforce struct {
	LoginURL string // My Domain origin
	ClientID string // consumer key of the External Client App
	Username string // integration user
	Key      *rsa.PrivateKey
	// Certificate (DER) of the key, which set-up gives to the org.
	Certificate []byte
}

func (c Config) validate() error {
	switch {
	case c.PublicURL == "":
		return errors.New("adapter: public_url is missing")
	case c.Salesforce.LoginURL == "", c.Salesforce.ClientID == "", c.Salesforce.Username == "", c.Salesforce.Key == nil:
		return errors.New("adapter: salesforce needs login_url, client_id, username and key_file")
	}
	return nil
}

// Adapter is a running adapter.
type Adapter struct {
	cfg      Config
	home     folder
	store    *store.Store
	journal  *journal.Journal
	identity *identity.Identity
	records  *records.Reader
	hub      *socket.Hub
	calls    *callLog
	metrics  metrics
	registry *prometheus.Registry
	setUp    setUp
}

const (
	flowsUnderWay = 64
	flowTries     = 3
	callTries     = 8
	callWithin    = 60 * time.Second
	sweepEvery    = time.Hour
	keepRuns      = 7 * 24 * time.Hour
)

// New opens the store and the journal. Run serves until its context ends, and Close lets go of both.
func New(ctx context.Context, cfg Config) (*Adapter, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	home, err := holdFolder(cfg.Data)
	if err != nil {
		return nil, fmt.Errorf("adapter: %w", err)
	}
	a, err := assemble(ctx, cfg, home)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("adapter: %w", err), home.release())
	}
	return a, nil
}

// assemble puts the rooms together in a folder that is held.
func assemble(ctx context.Context, cfg Config, home folder) (*Adapter, error) {
	key, err := identity.LoadKey(home.file("key"))
	if err != nil {
		return nil, err
	}
	a := &Adapter{cfg: cfg, home: home, registry: prometheus.NewRegistry()}
	a.metrics = newMetrics(a.registry)
	if a.store, err = store.Open(ctx, home.file("adapter.db"), cfg.Clock); err != nil {
		return nil, err
	}
	if a.journal, err = journal.Open(ctx, journal.Config{Dir: home.file("journal"), Log: cfg.Log}); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	app := salesforce.App{
		LoginURL: cfg.Salesforce.LoginURL, ClientID: cfg.Salesforce.ClientID, Key: cfg.Salesforce.Key,
		RedirectURL: cfg.PublicURL + "/auth/callback", Clock: cfg.Clock,
	}
	client := integration(app, cfg)
	a.setUp = setUp{client: client, clock: cfg.Clock}
	a.records = records.NewReader(a.reading, cfg.Flows, cfg.Clock, cfg.Log)
	a.hub = socket.NewHub(socket.Config{
		Origins: cfg.PageOrigins, Who: a.who, Settings: a.settings, Keep: a.keep, Clock: cfg.Clock, Log: cfg.Log,
	})
	a.identity = identity.New(identity.Config{
		App: app, Store: a.store, Key: key, Origins: cfg.PageOrigins, Panel: a.panel, SignedOut: a.hub.SignOut, Clock: cfg.Clock, Log: cfg.Log,
	})
	a.calls = &callLog{store: a.store, client: a.identity.Client, settled: map[string]chan struct{}{}}
	return a, nil
}

// integration gives the integration user's client: signed in on first use, renewed by another assertion.
func integration(app salesforce.App, cfg Config) func(context.Context) (*salesforce.Client, error) {
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
		client = salesforce.New(salesforce.Config{Session: session, Renew: renew, Clock: cfg.Clock, Log: cfg.Log})
		return client, nil
	}
}

// reading gives the client to read configuration with: the integration user's, or the agent's own where that user is not let in.
func (a *Adapter) reading(ctx context.Context, userID string) (*salesforce.Client, error) {
	client, err := a.setUp.client(ctx)
	if err == nil {
		return client, nil
	}
	if own, ownErr := a.identity.Client(ctx, userID); ownErr == nil {
		a.cfg.Log.DebugContext(ctx, "configuration is read with the agent's rights", "agent", userID, "err", err)
		return own, nil
	}
	return nil, err
}

// Run consumes the journal until ctx ends.
func (a *Adapter) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		return a.journal.Run(ctx, journal.Consumer{
			Name: "flows", Parallel: flowsUnderWay, Tries: flowTries, Within: flowWithin, Lane: laneOf, Handle: a.runFlows,
		})
	})
	group.Go(func() error {
		return a.journal.Run(ctx, journal.Consumer{Name: "calls", Parallel: 16, Tries: callTries, Within: callWithin, Handle: a.calls.handle})
	})
	group.Go(func() error { return a.sweep(ctx) })
	group.Go(func() error { return a.keepFresh(ctx) })
	group.Go(func() error {
		<-ctx.Done()
		a.hub.Close()
		return nil
	})
	return group.Wait()
}

// sweep forgets old rows once an hour.
func (a *Adapter) sweep(ctx context.Context) error {
	return a.every(ctx, sweepEvery, func() {
		if err := a.store.Sweep(ctx, keepRuns); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "old rows not swept", "err", err)
		}
	})
}

// keepFresh reads configuration again while agents are there, so that the first call after a quiet while need not wait for it.
func (a *Adapter) keepFresh(ctx context.Context) error {
	return a.every(ctx, records.Every, func() {
		if a.hub.Connected() > 0 {
			a.records.Refresh()
		}
	})
}

// every does something again and again until ctx ends.
func (a *Adapter) every(ctx context.Context, pause time.Duration, do func()) error {
	for {
		due := make(chan struct{})
		timer := a.cfg.Clock.AfterFunc(pause, func() { close(due) })
		select {
		case <-due:
			do()
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
}

// Close lets go of the store and the journal, after Run has returned.
func (a *Adapter) Close() error {
	a.hub.Close()
	a.records.Close()
	return errors.Join(a.journal.Close(), a.store.Close(), a.home.release())
}

// Handler serves the adapter's origin.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /ws", a.hub)
	mux.Handle("/auth/", a.identity.Handler())
	a.routes(mux)
	return mux
}

func (a *Adapter) who(ctx context.Context, session string) (socket.User, error) {
	s, err := a.identity.Who(ctx, session)
	return socket.User{ID: s.UserID, Name: s.Name, Session: s.TokenHash}, err
}

// settings welcomes a page; an error's message is for the agent.
func (a *Adapter) settings(ctx context.Context, userID string) (string, wire.Settings, error) {
	record, err := a.records.Arrived(ctx, userID)
	if err != nil {
		f := fault.Of(err)
		a.cfg.Log.WarnContext(ctx, "adapter record not usable", "agent", userID, "err", err)
		return "", wire.Settings{}, errors.New(f.Message)
	}
	return record.CCPURL, settingsOf(record), nil
}

func settingsOf(record records.Adapter) wire.Settings {
	panel := wire.Panel(record.Panel)
	return wire.Settings{
		Region: record.Region, DefaultCountry: record.DefaultCountry, ClickToDial: len(record.For("salesforceUi", "onClickToDial")) > 0,
		LoginURL: record.LoginURL, DebugLevel: record.DebugLevel, Problems: record.Problems, Panel: &panel,
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

// keep makes an event durable before it is acknowledged.
func (a *Adapter) keep(ctx context.Context, userID, page string, e wire.Event) error {
	if e.Key == "" || len(e.Key) > 400 || e.Source == "" || !plain(e.Source) {
		a.cfg.Log.WarnContext(ctx, "malformed event dropped", "agent", userID, "source", e.Source)
		return nil // acknowledged: sending it again would not make it better
	}
	a.metrics.events.WithLabelValues(e.Source).Inc()
	return a.journal.Append(ctx, journal.Record{UserID: userID, Page: page, Event: e})
}

// plain is true for a word that may be part of a subject.
func plain(word string) bool {
	for _, r := range word {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return len(word) <= 40
}
