package sandbox

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect/api"
	connectconsole "github.com/patchcord/patchcord/sandbox/connect/console"
	"github.com/patchcord/patchcord/sandbox/connect/cti"
	"github.com/patchcord/patchcord/sandbox/crm/apiversion"
	"github.com/patchcord/patchcord/sandbox/crm/auth"
	"github.com/patchcord/patchcord/sandbox/crm/bulk"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/setup"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/nowhere"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/rest"
	"github.com/patchcord/patchcord/sandbox/crm/soap"
	"github.com/patchcord/patchcord/sandbox/crm/tooling"
	"github.com/patchcord/patchcord/sandbox/crm/toolkit"
	"github.com/patchcord/patchcord/sandbox/crm/visualforce"
	"github.com/patchcord/patchcord/sandbox/phone"
)

// serve puts the edges on their origins.
func (s *Sandbox) serve() error {
	console, panel, handset, centreConsole, err := pages()
	if err != nil {
		return err
	}
	origin, visual := Origin(s.cfg.Listeners.CRM), Origin(s.cfg.Listeners.Visualforce)
	doors := auth.New(auth.Config{Org: s.org, Origin: origin, Clock: s.cfg.Clock, Log: s.cfg.Log})
	s.deploys = metadata.New(metadata.Config{Org: s.org, Authenticate: doors.User, Clock: s.cfg.Clock, Log: s.cfg.Log})

	crmMux := http.NewServeMux()
	crmMux.Handle("/", doors.Handler())
	s.packages = packaging.New(packaging.Config{Org: s.org, Listings: s.cfg.Listings, Deploys: s.deploys, Clock: s.cfg.Clock, Log: s.cfg.Log})
	tools := tooling.New(tooling.Config{Org: s.org, Authenticate: doors.User, Packages: shelf{s.packages}, Log: s.cfg.Log})
	records := rest.Handler(rest.Config{Org: s.org, Authenticate: doors.User, Definitions: tools, Log: s.cfg.Log})
	crmMux.Handle("/services/data", records)
	crmMux.Handle("/services/data/", records)
	crmMux.Handle(rest.ApexPattern, rest.Apex(rest.Config{Org: s.org, Authenticate: doors.User, Log: s.cfg.Log}))
	jobs := bulk.Handler(bulk.Config{Org: s.org, Authenticate: doors.User, Clock: s.cfg.Clock, Log: s.cfg.Log})
	crmMux.Handle(bulk.Root, jobs)
	crmMux.Handle(bulk.Pattern, jobs)
	crmMux.Handle(tooling.Root, tools.Handler())
	crmMux.Handle(tooling.Pattern, tools.Handler())
	crmMux.Handle(metadata.RESTPattern, s.deploys.Handler())
	crmMux.Handle(metadata.RESTPattern+"/", s.deploys.Handler())
	for _, pattern := range soap.Patterns {
		crmMux.Handle(pattern, soap.Handler(soap.Config{Org: s.org, Authenticate: doors.User, Doors: doors.Handler(), Log: s.cfg.Log}))
	}
	crmMux.Handle(metadata.SOAPPattern, s.deploys.Handler())
	pagesOf := lightning.Handler(lightning.Config{
		Org: s.org, Authenticate: doors.Browser, Page: console, Origin: origin, VisualforceOrigin: visual, Log: s.cfg.Log,
	})
	for _, pattern := range []string{"/lightning", "/lightning/", "/one/"} {
		crmMux.Handle(pattern, pagesOf)
	}
	crmMux.Handle(setup.Pattern, setup.Handler(setup.Config{
		Org: s.org, Authenticate: doors.Browser, Origin: origin, Packages: s.packages, Deploys: s.deploys, Log: s.cfg.Log,
	}))
	crmMux.Handle(toolkit.Pattern, toolkit.Handler(console))
	crmMux.HandleFunc(toolkit.ConsolePattern, toolkit.Classic)
	for _, pattern := range []string{"/apex/", visualforce.BridgePath} {
		crmMux.Handle(pattern, visualforce.Bridge(visual))
	}

	visualMux := http.NewServeMux()
	visualMux.Handle("/", visualforce.Handler(visualforce.Config{Org: s.org, Authenticate: doors.Browser,
		LightningOrigin: origin, Log: s.cfg.Log}))
	visualMux.Handle(toolkit.Pattern, toolkit.Handler(console))
	visualMux.HandleFunc(toolkit.ConsolePattern, toolkit.Classic)

	connectMux := http.NewServeMux()
	public, plain := api.Handlers(api.Config{
		Centre: s.centre, Origin: Origin(s.cfg.Listeners.Connect), Policy: s.cfg.Policy, Clock: s.cfg.Clock, Log: s.cfg.Log,
	})
	agents, browser := cti.Open(s.ctx, cti.Config{
		Centre: s.centre, Softphone: softphone{s.voice, s.exchange}, Page: panel, Origin: Origin(s.cfg.Listeners.Connect),
		Console: connectconsole.Root, Key: s.centre.State().Key, Clock: s.cfg.Clock, Log: s.cfg.Log,
	})
	connectMux.Handle("/", agents)
	connectMux.Handle(connectconsole.Root, connectconsole.Handler(connectconsole.Config{
		Centre: s.centre, Operations: plain, Authenticate: browser, Page: centreConsole,
		Origin: Origin(s.cfg.Listeners.Connect), Key: s.centre.State().Key, Log: s.cfg.Log,
	}))
	if s.phones, err = phone.Listen(phone.Config{
		Trunk: s.exchange.SIPAddr(), Servers: s.exchange.TURNServers, Page: handset,
		Origin: Origin(s.cfg.Listeners.Connect), Own: s.cfg.Caller, Far: s.cfg.Number, Clock: s.cfg.Clock, Log: s.cfg.Log,
	}); err != nil {
		return err
	}
	for _, pattern := range phone.Patterns {
		connectMux.Handle(pattern, s.phones.Handler())
	}
	for _, mux := range []*http.ServeMux{crmMux, visualMux, connectMux} {
		mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	}
	guarded := rest.CORS(s.org, doubled(apiversion.Guard(nowhere.Guard(crmMux))))
	for _, mux := range []http.Handler{guarded, visualMux, api.Route(public, connectMux)} {
		s.servers = append(s.servers, &http.Server{
			Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
			BaseContext: func(net.Listener) context.Context { return s.ctx }, // long polls end with the sandbox
			ErrorLog:    slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
		})
	}
	return nil
}

// doubled takes doubled slashes at the beginning of a path for one: a published client sends them. A mux would redirect, and lose a body.
func doubled(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for len(r.URL.Path) > 1 && r.URL.Path[:2] == "//" {
			r.URL.Path = r.URL.Path[1:]
			if len(r.URL.RawPath) > 1 {
				r.URL.RawPath = r.URL.RawPath[1:]
			}
		}
		next.ServeHTTP(w, r)
	})
}
