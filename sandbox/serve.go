package sandbox

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/internal/lost"
	"github.com/patchcord/patchcord/sandbox/connect/api"
	connectconsole "github.com/patchcord/patchcord/sandbox/connect/console"
	"github.com/patchcord/patchcord/sandbox/connect/cti"
	"github.com/patchcord/patchcord/sandbox/crm/apiversion"
	"github.com/patchcord/patchcord/sandbox/crm/auth"
	"github.com/patchcord/patchcord/sandbox/crm/bulk"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/omni"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/setup"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/nowhere"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/rest"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/soap"
	"github.com/patchcord/patchcord/sandbox/crm/tooling"
	"github.com/patchcord/patchcord/sandbox/crm/toolkit"
	"github.com/patchcord/patchcord/sandbox/crm/visualforce"
	"github.com/patchcord/patchcord/sandbox/phone"
)

// serve puts the edges on their origins.
func (s *Sandbox) serve() error {
	pages, err := pages()
	if err != nil {
		return err
	}
	doors := auth.New(auth.Config{Org: s.org, Origin: s.crmOrigin(), Clock: s.cfg.Clock, Log: s.cfg.Log})
	connect, err := s.connectEdges(pages)
	if err != nil {
		return err
	}
	for _, edges := range []http.Handler{s.crmEdges(doors, pages), s.visualforceEdges(doors, pages), connect} {
		s.servers = append(s.servers, &http.Server{
			Handler: withoutIcon(edges), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second,
			IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
			BaseContext: func(net.Listener) context.Context { return s.ctx }, // long polls end with the sandbox
			ErrorLog:    slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelDebug),
		})
	}
	return nil
}

func (s *Sandbox) crmOrigin() string { return Origin(s.cfg.Listeners.CRM) }
func (s *Sandbox) visualforceOrigin() string {
	return OriginAt(s.cfg.PagesHost, s.cfg.Listeners.Visualforce)
}
func (s *Sandbox) connectOrigin() string { return Origin(s.cfg.Listeners.Connect) }

// crmEdges are the CRM's own host: its doors, its APIs, and the pages of Lightning.
func (s *Sandbox) crmEdges(doors *auth.Auth, pages pageFolders) http.Handler {
	s.deploys = metadata.New(metadata.Config{Org: s.org, Authenticate: doors.User, Clock: s.cfg.Clock, Log: s.cfg.Log})
	s.packages = packaging.New(packaging.Config{
		Org: s.org, Listings: s.cfg.Listings, Deploys: s.deploys, Clock: s.cfg.Clock, Log: s.cfg.Log,
	})
	mux := http.NewServeMux()
	mux.Handle("/", doors.Handler())
	s.apis(mux, doors)
	shell := lightning.Handler(lightning.Config{
		Org: s.org, Authenticate: doors.Browser, Page: pages.console, Origin: s.crmOrigin(),
		VisualforceOrigin: s.visualforceOrigin(), Log: s.cfg.Log,
	})
	for _, pattern := range []string{"/lightning", "/lightning/", "/one/"} {
		mux.Handle(pattern, shell)
	}
	mux.Handle(setup.Pattern, setup.Handler(setup.Config{
		Org: s.org, Authenticate: doors.Browser, Origin: s.crmOrigin(), Packages: s.packages, Deploys: s.deploys, Log: s.cfg.Log,
	}))
	s.omni = omni.Open(omni.Config{Org: s.org, Authenticate: doors.Browser, Origin: s.crmOrigin(), Clock: s.cfg.Clock, Log: s.cfg.Log})
	mux.Handle(omni.Pattern, s.omni.Handler())
	mux.Handle(toolkit.Pattern, toolkit.Handler(pages.console, s.cfg.WithoutLMS.OpenCTI))
	mux.HandleFunc(toolkit.ConsolePattern, toolkit.Classic)
	var by func(*http.Request, string) string
	if s.cfg.PagesHost != "" {
		by = doors.HandOver
	}
	for _, pattern := range []string{"/apex/", visualforce.BridgePath} {
		mux.Handle(pattern, visualforce.Bridge(s.visualforceOrigin(), by))
	}
	home := lost.Page{Site: "Patchcord Sandbox", Home: "/lightning/page/home", Back: "Service Console"}
	return rest.CORS(s.org, doubled(apiversion.Guard(nowhere.Guard(home.Guard(mux)))))
}

// apis are what programs ask of the CRM.
func (s *Sandbox) apis(mux *http.ServeMux, doors *auth.Auth) {
	tools := tooling.New(tooling.Config{Org: s.org, Authenticate: doors.User, Packages: shelf{s.packages}, Log: s.cfg.Log})
	data := rest.Config{Org: s.org, Authenticate: doors.User, Definitions: tools, Log: s.cfg.Log}
	if n := s.cfg.APIRequests; n > 0 {
		data.Requests = edge.NewAllowance(n, true, s.cfg.Clock.Now)
	}
	records := rest.Handler(data)
	jobs := bulk.Handler(bulk.Config{Org: s.org, Authenticate: doors.User, Clock: s.cfg.Clock, Log: s.cfg.Log})
	partner := soap.Handler(soap.Config{Org: s.org, Authenticate: doors.User, Doors: doors.Handler(), Log: s.cfg.Log})
	for pattern, handler := range map[string]http.Handler{
		"/services/data":  records,
		"/services/data/": records,
		rest.ApexPattern:  rest.Apex(rest.Config{Org: s.org, Authenticate: doors.User, Log: s.cfg.Log}),
		bulk.Root:         jobs,
		bulk.Pattern:      jobs,
		tooling.Root:      tools.Handler(),
		tooling.Pattern:   tools.Handler(),

		metadata.RESTPattern:       s.deploys.Handler(),
		metadata.RESTPattern + "/": s.deploys.Handler(),
		metadata.SOAPPattern:       s.deploys.Handler(),
	} {
		mux.Handle(pattern, handler)
	}
	for _, pattern := range soap.Patterns {
		mux.Handle(pattern, partner)
	}
}

// visualforceEdges are the host of Visualforce pages.
func (s *Sandbox) visualforceEdges(doors *auth.Auth, pages pageFolders) http.Handler {
	mux := http.NewServeMux()
	enter := s.crmOrigin() + "/?startURL="
	if s.cfg.PagesHost != "" {
		enter = s.crmOrigin() + visualforce.BridgePath + "?url="
		mux.HandleFunc("GET "+auth.DoorPath, doors.Door)
	}
	mux.Handle("/", visualforce.Handler(visualforce.Config{
		Org: s.org, Authenticate: doors.Browser, LightningOrigin: s.crmOrigin(), Enter: enter,
		Console: pages.console, WithoutMessages: s.cfg.WithoutLMS.Visualforce, Log: s.cfg.Log,
	}))
	mux.Handle(toolkit.Pattern, toolkit.Handler(pages.console, s.cfg.WithoutLMS.OpenCTI))
	mux.HandleFunc(toolkit.ConsolePattern, toolkit.Classic)
	return lost.Page{Site: "Patchcord Sandbox", Home: s.crmOrigin(), Back: "Service Console"}.Guard(mux)
}

// connectEdges are the contact centre's host: its panel, its public API, its console, and the customer's handset.
func (s *Sandbox) connectEdges(pages pageFolders) (http.Handler, error) {
	mux := http.NewServeMux()
	public, plain := api.Handlers(api.Config{
		Centre: s.centre, Origin: s.connectOrigin(), Policy: s.cfg.Policy, Clock: s.cfg.Clock, Log: s.cfg.Log,
	})
	agents, browser := cti.Open(s.ctx, cti.Config{
		Centre: s.centre, Softphone: softphone{s.voice, s.exchange}, Page: pages.panel, Origin: s.connectOrigin(),
		CrossSite: s.cfg.PagesHost != "",
		Console:   connectconsole.Root, Key: s.centre.State().Key, Clock: s.cfg.Clock, Log: s.cfg.Log,
	})
	mux.Handle("/", agents)
	mux.Handle(connectconsole.Root, connectconsole.Handler(connectconsole.Config{
		Centre: s.centre, Operations: plain, Authenticate: browser, Page: pages.centreConsole,
		Origin: s.connectOrigin(), Key: s.centre.State().Key, Log: s.cfg.Log,
	}))
	var err error
	if s.phones, err = phone.Listen(phone.Config{
		Trunk: s.exchange.SIPAddr(), Servers: s.exchange.TURNServers, Page: pages.handset,
		Origin: s.connectOrigin(), Own: s.cfg.Caller, Far: s.cfg.Number, Answered: s.cfg.Answered, Clock: s.cfg.Clock, Log: s.cfg.Log,
	}); err != nil {
		return nil, err
	}
	if err = s.exchange.RingAt(s.phones.Addr(), s.cfg.Answered...); err != nil {
		return nil, err
	}
	for _, pattern := range phone.Patterns {
		mux.Handle(pattern, s.phones.Handler())
	}
	home := lost.Page{Site: "Patchcord Sandbox's contact centre", Home: "/", Back: "Contact centre"}
	return api.Route(public, home.Guard(mux)), nil
}

// withoutIcon answers a browser's question for an icon before anybody is asked to log in for it.
func withoutIcon(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" && r.Method == http.MethodGet {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
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
