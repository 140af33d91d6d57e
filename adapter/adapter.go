// Package adapter puts the adapter's rooms together and serves them: softphone pages on /ws, sign-in on /auth, health and metrics.
//
// Read first: New, Adapter.Run, Config. It knows the two platforms by their public protocols only.
package adapter

import (
	"cmp"
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/absence"
	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/heart"
	"github.com/patchcord/patchcord/adapter/identity"
	"github.com/patchcord/patchcord/adapter/node"
	"github.com/patchcord/patchcord/adapter/outbound"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/trace"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/lost"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

// Config is all the adapter needs to know.
type Config struct {
	PublicURL   string   // origin at which browsers reach the adapter
	PageOrigins []string // origins of softphone pages: the org's Visualforce domain; with none, no page may connect
	Data        string   // folder for the store and the key; "" keeps all in memory
	// Postgres is the DSN of a database that other adapters may share; "" keeps the store in the folder.
	Postgres   secret.String
	Node       string // what this adapter is called among those that share the database
	KeyFile    string // of the key that seals tokens; "" is the folder's own
	Version    string // of the program, and Address where it serves, for people
	Address    string
	Salesforce Salesforce
	Flows      []records.DefaultFlow // what an adapter record gets that never had a flow
	Centre     Centre                // asked who its users are; nil takes the pages' word for it
	// AgentUsername is the field of a CRM user, Email or FederationIdentifier, that must be the user's name in the contact centre; "" for
	// none.
	AgentUsername string
	// CertificateEnds is when the time of the certificate is over that it is served with; nil without one.
	CertificateEnds func() time.Time
	// Masked are attributes of contacts whose values nobody is to see.
	Masked []string
	// Traces says who is told of calls as traces. Its Clock and Log are the adapter's.
	Traces trace.Config
	Clock  clock.Clock
	Log    *slog.Logger
}

// Centre is what is asked of the contact centre's public API.
type Centre interface {
	effect.CentreAPI
	effect.Statuses
	// UserExists says whether somebody may sign in to the contact centre by exactly this name.
	UserExists(ctx context.Context, username string) (bool, error)
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
	time     *node.Time // nil alone
	node     *node.Node // nil alone
	others   *otherNodes
	leaving  atomic.Bool // its pages are sent to other nodes
	heart    *heart.Heart
	engine   *run.Engine
	identity *identity.Identity
	records  *records.Reader
	hub      *socket.Hub
	flows    *effect.Flows
	web      *outbound.Client
	calls    *effect.Calls
	greeter  *greeter
	sessions *effect.Sessions
	presence *effect.Presence
	absence  *absence.Watch
	users    users
	meter    *salesforce.Meter
	pushed   pushed
	metrics  metrics
	trace    *trace.Tracer // nil tells nobody
	results  *lastResults
	links    *links
	registry *prometheus.Registry
	setUp    setUp
	admin    *admin.Admin
}

// New opens the store and takes up what an earlier adapter left. Run serves until its context ends, and Close lets go of all.
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
	if err := a.join(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("adapter: %s: %w", a.store.Name(), err), a.Close())
	}
	return a, nil
}

// assemble puts the rooms together in a folder that is held.
func assemble(ctx context.Context, cfg Config, home folder) (*Adapter, error) {
	key, err := identity.LoadKey(cmp.Or(cfg.KeyFile, home.file("key")))
	if err != nil {
		return nil, err
	}
	kept, shared, err := openStore(ctx, cfg, home)
	if err != nil {
		return nil, err
	}
	if shared != nil {
		cfg.Clock = shared
	}
	a := &Adapter{cfg: cfg, home: home, store: kept, time: shared, registry: prometheus.NewRegistry()}
	a.others = &otherNodes{a}
	shareTurns(cfg.Centre, a.store)
	a.metrics = newMetrics(a.registry)
	if err := errors.Join(a.sameAsOthers(ctx, key), a.beginTraces(ctx)); err != nil {
		return nil, errors.Join(err, a.store.Close())
	}
	app := salesforce.App{
		LoginURL: cfg.Salesforce.LoginURL, ClientID: cfg.Salesforce.ClientID, Key: cfg.Salesforce.Key,
		RedirectURL: cfg.PublicURL + "/auth/callback", HTTP: a.orgHTTP(), Clock: cfg.Clock,
	}
	a.meter = &salesforce.Meter{}
	client := integration(app, cfg, a.meter)
	a.users = users{centre: cfg.Centre, field: cfg.AgentUsername, crm: client, clock: cfg.Clock, log: cfg.Log,
		seldom: rate.Sometimes{First: 5, Interval: 10 * time.Second}}
	a.setUp = setUp{client: client, clock: cfg.Clock}
	a.records = records.NewReader(a.reading, cfg.Flows, shareReading(a.store, cfg.Clock), cfg.Clock, cfg.Log)
	a.hub = socket.NewHub(socket.Config{
		Origins: cfg.PageOrigins, Who: a.who, Welcome: a.welcome, Keep: a.keep, Speaks: a.users.speaks, Sees: a.sees, Presence: a.reads,
		Clock: cfg.Clock, Log: cfg.Log,
		Came: func(userID string) { a.absence.Back(userID) }, Left: func(userID string, goodbye bool) { a.absence.Left(userID, goodbye) },
		Elsewhere: a.others.elsewhere(),
	})
	a.absence = absence.New(absence.Config{Pages: a.hub.Pages, Patience: a.patience, Gone: a.gone, Clock: cfg.Clock})
	a.identity = a.newIdentity(app, key, client)
	a.records.AskBeside(askUsers(client, a.identity))
	held := store.Held{Store: a.store}
	a.web = outbound.New()
	a.greeter = newGreeter(a.identity.Client, cfg.Clock)
	a.flows = newFlows(a, held)
	a.calls = effect.NewCalls(effect.CallsConfig{
		Store: held, Client: a.identity.Client, Integration: client, Hub: a.tracedPages(a.hub), Clock: cfg.Clock, Log: cfg.Log,
	})
	a.sessions = effect.NewSessions(effect.SessionsConfig{
		Store: held, Hub: a.hub, Rule: a.sessionEnd, Statuses: cfg.Centre, Clock: cfg.Clock,
	})
	a.presence = a.newPresence()
	a.results = newLastResults(client, a.meter.Share, a.records.Reload, cfg.Clock, cfg.Log)
	a.links = &links{client: client, share: a.meter.Share, usable: a.records.Usable, address: cfg.PublicURL + "/admin/calls", log: cfg.Log,
		seen: map[string]bool{}}
	a.engine = run.New(run.Config{Store: held, Clock: cfg.Clock, Log: cfg.Log, Ended: a.ended, Kinds: a.traced(a.kinds())})
	a.store.OnDoubt(a.others.doubted)
	a.heart = heart.New(heart.Config{
		Store: a.store, Rules: a.records.Known, Start: a.engine.Start, Open: a.engine.Open, Again: a.engine.Again,
		Bind: a.users.bind, Rings: a.greeter.greet, Stops: a.stopped, GoesOn: a.goesOn, Over: a.others.over, Kept: a.keptFacts(),
		Clock: cfg.Clock, Log: cfg.Log,
	})
	a.registerGauges()
	if a.admin, err = a.newAdmin(key, client); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// newFlows is who carries out flows, of rooms that are there.
func newFlows(a *Adapter, held store.Held) *effect.Flows {
	cfg := a.cfg
	return effect.NewFlows(effect.FlowsConfig{
		Store: held, Hub: a.tracedPages(timedHub{a.hub, cfg.Clock, a.metrics.command}), Client: a.identity.Client,
		Web: a.tracedWeb(a.web), Hosts: a.hosts, Centre: cfg.Centre, Mark: a.mark(), Clock: cfg.Clock, Log: cfg.Log,
		ForeignQueries: func(userID string) bool {
			known, err, _ := a.records.Known(userID)
			return err == nil && known.ForeignQueries
		},
		StatusID: a.statusID,
		Asked:    func(operation string) { a.metrics.asked.WithLabelValues(operation).Inc() },
	})
}

// kinds say who carries out which runs.
func (a *Adapter) kinds() map[string]run.Kind {
	return map[string]run.Kind{
		heart.Flow:    {Do: a.masked(a.timed(effect.TellOrg(a.hub, a.flows.Do)))},
		heart.Decide:  {Do: a.decide},
		heart.Lapse:   {Do: func(ctx context.Context, h *run.Hand) run.Next { return a.heart.Lapse(ctx, h) }},
		heart.Task:    {Do: effect.TellOrg(a.hub, a.calls.Task), Last: true},
		heart.Channel: {Do: a.calls.Channel, Last: true},
		heart.Refresh: {Do: a.calls.Refresh},
		heart.Leave:   {Do: a.sessions.Leave},
		heart.Arrive:  {Do: a.sessions.Arrive},
		heart.Present: {Do: a.presence.Do},
		heart.Work:    {Do: a.acceptedWork},
	}
}

// ended hears of each run that has ended.
func (a *Adapter) ended(r store.Run) {
	a.metrics.ended(r)
	a.trace.Ended(r)
	if r.Kind == heart.Flow {
		a.results.note(r)
	}
	level := slog.LevelInfo
	if r.Status == store.GivenUp {
		level = slog.LevelError
	}
	about := []any{"kind", r.Kind, "flow", r.Flow, "agent", r.User, "contact", r.Contact, "status", r.Status, "took", r.Body.Took,
		"problem", r.Problem}
	if id := a.trace.ID(r.User, r.Contact); id != "" && r.Contact != "" {
		about = append(about, "trace", id)
	}
	a.cfg.Log.Log(context.Background(), level, "run ended", about...)
}

// Close lets go of everything, after Run has returned. Runs that have not ended go on with the next adapter.
func (a *Adapter) Close() error {
	a.hub.Close()
	a.absence.Close()
	a.engine.Close()
	var left error
	if a.node != nil {
		left = a.node.Leave(context.Background())
	}
	a.calls.Close()
	a.greeter.close()
	a.records.Close()
	a.web.Close()
	return errors.Join(left, a.trace.Close(), a.store.Close(), a.home.release())
}

// Handler serves the adapter's origin.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ws", func(w http.ResponseWriter, r *http.Request) {
		if a.others.takesPages(w) { // else a balancer asks another node at once
			a.hub.ServeHTTP(w, r)
		}
	})
	mux.HandleFunc("POST /goodbye", a.hub.Goodbye)
	mux.Handle("/auth/", a.identity.Handler())
	mux.Handle("/admin/", a.admin.Handler())
	mux.Handle("/admin", a.admin.Handler())
	a.routes(mux)
	return lost.Page{Site: "Patchcord", Home: "/admin/calls", Back: "Calls"}.Guard(mux)
}

// who tells whose session a page shows, if it is that of the user for whom the page was made.
func (a *Adapter) who(ctx context.Context, session, pageUser string) (socket.User, error) {
	if !a.others.sure() {
		return socket.User{}, errNotSure // without a question that the store would not answer
	}
	s, err := a.identity.Who(ctx, session)
	if err == nil && !salesforce.SameID(s.UserID, pageUser) {
		return socket.User{}, socket.ErrOtherUser
	}
	return socket.User{ID: s.UserID, Name: s.Name, Session: s.TokenHash}, err
}

// welcome greets a page; an error's message is for the agent.
func (a *Adapter) welcome(ctx context.Context, userID string) (wire.Welcome, error) {
	record, err := a.records.Arrived(ctx, userID)
	if err != nil {
		a.cfg.Log.WarnContext(ctx, "adapter record not usable", "agent", userID, "err", err)
	}
	w, what, err := welcomeOf(record, err)
	if a.pushed.news(userID, what) && err == nil {
		a.hub.Welcome(userID, w) // the user's other pages
	}
	return w, err
}

func settingsOf(record records.Adapter) wire.Settings {
	panel := wire.Panel(record.Panel)
	return wire.Settings{
		Region: record.Region, DefaultCountry: record.DefaultCountry, ClickToDial: len(record.For("salesforceUi", "onClickToDial")) > 0,
		LoginURL: record.LoginURL, DebugLevel: record.DebugLevel, Problems: record.Problems, Panel: &panel,
	}
}

// keep makes a fact durable before it is acknowledged.
func (a *Adapter) keep(ctx context.Context, userID, page string, e wire.Event) error {
	began := a.cfg.Clock.Now()
	err := a.heart.Keep(ctx, userID, page, e)
	if err == nil {
		a.metrics.committed.Observe(a.cfg.Clock.Now().Sub(began).Seconds())
		a.metrics.facts.WithLabelValues(e.Source).Inc()
		a.flows.Chosen(ctx, userID, e)
		return nil
	}
	reason := "error"
	if refused, ok := errors.AsType[*fact.Refused](err); ok {
		reason = refused.Reason
	}
	a.metrics.refused.WithLabelValues(reason).Inc()
	a.rejected(ctx, userID, page, e, reason)
	return err
}

// sees takes in what a page sees; an error's message is for the agent.
func (a *Adapter) sees(ctx context.Context, userID, page string, s wire.Sees) error {
	err := a.heart.Sees(ctx, userID, page, s)
	if err == nil {
		a.flows.Remind(ctx, userID, s.Contacts)
	}
	return a.users.otherAgent(ctx, userID, err)
}

// hosts are the web services that a user's flows may ask.
func (a *Adapter) hosts(ctx context.Context, userID string) (outbound.Hosts, error) {
	record, err := a.records.ForUser(ctx, userID)
	return record.WebHosts, err
}
