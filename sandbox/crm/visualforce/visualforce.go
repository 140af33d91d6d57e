// Package visualforce serves the org's Visualforce pages and static resources, on an origin of their own as on the platform.
//
// Read first: Handler, render. It knows a subset of the page language and nothing of what pages do.
package visualforce

import (
	"archive/zip"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const maxResource = 20 << 20

// Config says which org, and who looks.
type Config struct {
	Org             *crm.Org
	Authenticate    func(*http.Request) (schema.RecordID, error) // by the cookie sid
	LightningOrigin string
	// Enter is where a browser without a session is sent; the page's own address is added, escaped.
	Enter string
	// Console is the folder that sandbox/crm/lightning/page builds: the script of sforce.one is in it.
	Console fs.FS
	// WithoutMessages leaves sforce.one out of pages that stand in the console.
	WithoutMessages bool
	Log             *slog.Logger
}

type server struct{ cfg Config }

//go:embed load-on-ready.js
var loadOnReady []byte

// Handler serves /apex/<page> and /resource/<time>/<name>/<path>, and the script that adds scripts on ready.
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /apex/{page}", s.page)
	mux.HandleFunc("GET /resource/{time}/{name}", s.resource)
	mux.HandleFunc("GET /resource/{time}/{name}/{path...}", s.resource)
	mux.HandleFunc("GET "+readyScript, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(loadOnReady)
	})
	mux.HandleFunc("GET "+sforceScript, s.sforce)
	return mux
}

// page renders a page for whoever may open it; others are sent to log in, or told that they may not.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	s.headers(w)
	id, err := s.cfg.Authenticate(r)
	if err != nil {
		http.Redirect(w, r, s.cfg.Enter+url.QueryEscape(s.cfg.Org.VisualforceOrigin()+r.URL.RequestURI()), http.StatusFound)
		return
	}
	actor, err := s.cfg.Org.As(r.Context(), id)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	name := r.PathValue("page")
	var page records.Record
	err = s.cfg.Org.Transact(r.Context(), func(system *crm.Actor) error {
		found, err := system.Query(r.Context(),
			"SELECT Id, Name, Markup FROM ApexPage WHERE Name = "+soql.Quote(name[:min(len(name), 200)]), false)
		if err == nil && len(found.Records) > 0 {
			page = found.Records[0]
		}
		return err
	})
	switch {
	case err != nil:
		s.broken(w, r, err)
		return
	case page.ID() == "":
		message(w, http.StatusNotFound, "Page does not exist", "Page "+r.PathValue("page")+" does not exist.")
		return
	case !actor.MayOpenPage(page.ID()):
		sets, err := rights.SetsOpening(r.Context(), s.cfg.Org.DB(), page.ID())
		if err != nil {
			s.broken(w, r, err)
			return
		}
		message(w, http.StatusForbidden, "Insufficient Privileges",
			"You do not have the level of access necessary to perform the operation you requested. "+missingSet(page.Text("Name"), sets))
		return
	}
	scope, err := s.scope(r, actor)
	if err != nil {
		s.broken(w, r, err)
		return
	}
	body, err := render(page.Text("Markup"), scope)
	if problem, ok := errors.AsType[*Problem](err); ok {
		message(w, http.StatusInternalServerError, "Visualforce Error", problem.Text)
		return
	}
	if err != nil {
		s.broken(w, r, err)
		return
	}
	if err := s.protect(r.Context(), w.Header(), page.Text("Markup")); err != nil {
		s.broken(w, r, err)
		return
	}
	_, _ = io.WriteString(w, body)
}

// protect sets the headers by which the session settings protect a page.
func (s *server) protect(ctx context.Context, h http.Header, markup string) error {
	sites, anyone, err := s.cfg.Org.FrameAncestors(ctx, !headerless.MatchString(markup))
	if err != nil {
		return err
	}
	permissions, err := s.cfg.Org.PermissionsPolicy(ctx)
	if err != nil {
		return err
	}
	settings, err := s.cfg.Org.SessionSettings(ctx)
	if err != nil {
		return err
	}
	h.Set("Content-Security-Policy", s.policy(scriptsOf(markup), sites, anyone))
	if permissions != "" {
		h.Set("Permissions-Policy", permissions)
	}
	if settings.Embedder {
		h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	}
	return nil
}

// headerless finds a page without the standard headers.
var headerless = regexp.MustCompile(`(?i)<apex:page\b[^>]*\bshowheader\s*=\s*["']false["']`)

var (
	scriptTag = regexp.MustCompile(`(?i)<script\b[^>]*>`)
	ofTheOrg  = regexp.MustCompile(`(?i)\ssrc\s*=\s*["'](?:/[^/]|\{!)`)
	handler   = regexp.MustCompile(`(?i)<[a-z][^>]*\son[a-z]+\s*=`)
)

// scriptsOf says which scripts a page may run. The platform forbids pages none; here one whose markup has only the org's may run no others.
func scriptsOf(markup string) string {
	own := func(tag string) bool { return !ofTheOrg.MatchString(tag) }
	if handler.MatchString(markup) || slices.ContainsFunc(scriptTag.FindAllString(markup, -1), own) {
		return "'self' 'unsafe-inline' https:"
	}
	return "'self'"
}

// missingSet says which permission set a user lacks to open a page.
func missingSet(page string, sets []string) string {
	if len(sets) == 0 {
		return "No permission set gives access to the page " + page + ": ask your administrator to add it to one."
	}
	last := len(sets) - 1
	names := sets[last]
	if last > 0 {
		names = "one of the permission sets " + strings.Join(sets[:last], ", ") + " or " + sets[last]
	} else {
		names = "the permission set " + names
	}
	return "To open the page " + page + " you need " + names + ": ask your administrator to assign it to you."
}

func (s *server) headers(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache, no-store, must-revalidate")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "origin-when-cross-origin")
	h.Set("Content-Security-Policy", s.policy("'self'", nil, false))
}

// policy says what a page may load, and who may frame it: its own origin, the Lightning pages, and the session settings' trusted sites.
func (s *server) policy(scripts string, sites []string, anyone bool) string {
	policy := "default-src 'self'; script-src " + scripts + "; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; " +
		"connect-src *; frame-src *; media-src *; object-src 'none'; base-uri 'none'"
	if anyone {
		return policy
	}
	return strings.Join(append([]string{policy + "; frame-ancestors 'self'", s.cfg.LightningOrigin}, sites...), " ")
}

func (s *server) broken(w http.ResponseWriter, r *http.Request, err error) {
	s.cfg.Log.ErrorContext(r.Context(), "page failed", "path", r.URL.Path, "err", err)
	message(w, http.StatusInternalServerError, "An internal server error has occurred", "Please try again.")
}

var messagePage = template.Must(template.New("message").Parse(`<!doctype html><html lang="en"><head><meta ` +
	`charset="utf-8"><title>{{.Title}}</title><style>body{margin:1rem;color:#181818;font:.8125rem/1.5 ` +
	`-apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif}h1{margin:0 0 ` +
	`.5rem;font-size:1.125rem}</style></head><body><h1>{{.Title}}</h1><p>{{.Text}}</p></body></html>`))

func message(w http.ResponseWriter, status int, title, text string) {
	w.WriteHeader(status)
	_ = messagePage.Execute(w, struct{ Title, Text string }{title, text})
}

// scope is what a page's expressions may read.
func (s *server) scope(r *http.Request, actor *crm.Actor) (scope, error) {
	user := actor.User()
	channels, err := s.cfg.Org.MessageChannels(r.Context())
	return scope{
		parameters: r.URL.Query(),
		values:     globals(user, s.cfg.Org),
		resource:   func(name, file string) (string, bool) { return s.resourceURL(r.Context(), name, file) },
		setting: func(object, field string) (string, bool) {
			value, err := s.setting(r.Context(), user, object, field)
			return value, err == nil
		},
		accessible: func(object string) (may, known bool) {
			o, known := s.cfg.Org.Schema().Object(object)
			return known && actor.On(o).Read, known
		},
		channels:  channels,
		inConsole: s.inConsole(r.URL.Query()) && !s.cfg.WithoutMessages,
	}, err
}

// globals are the values that are the same on all of a user's pages, by name in lower case.
func globals(user people.User, org *crm.Org) map[string]string {
	return map[string]string{
		"$user.id": string(user.ID), "$user.username": user.Username, "$user.email": user.Email, "$user.profileid": string(user.ProfileID),
		"$organization.id": string(org.ID()), "$organization.name": "Patchcord Sandbox",
	}
}

func (s *server) resourceURL(ctx context.Context, name, file string) (string, bool) {
	c, found, err := s.cfg.Org.Component(ctx, "StaticResource", name)
	if err != nil || !found {
		return "", false
	}
	at := fmt.Sprintf("/resource/%d/%s", c.Modified.UnixMilli(), c.FullName)
	if file != "" {
		at += "/" + strings.TrimPrefix(path.Clean("/"+file), "/")
	}
	return at, true
}

// setting reads a hierarchy custom setting: the user's row, else the profile's, else the org's. Pages read settings without regard to
// the user's rights, as on the platform.
func (s *server) setting(ctx context.Context, user people.User, object, field string) (string, error) {
	o, ok := s.cfg.Org.Schema().Object(object)
	f, has := o.Field(field)
	if !ok || !has || o.Setting == "" {
		return "", errors.New("no such setting")
	}
	rows := map[string]string{}
	err := s.cfg.Org.Transact(ctx, func(system *crm.Actor) error {
		found, err := system.Query(ctx, "SELECT SetupOwnerId, "+f.Name+" FROM "+o.Name, false)
		for _, r := range found.Records {
			if value := r.Get(f.Name); value != nil {
				rows[r.Text("SetupOwnerId")] = fmt.Sprint(value)
			}
		}
		return err
	})
	for _, owner := range []schema.RecordID{user.ID, user.ProfileID, s.cfg.Org.ID()} {
		if value, ok := rows[string(owner)]; ok {
			return value, err
		}
	}
	return "", err
}

// resource serves a static resource: a file of its zip, or the whole. Its address changes with it, so it may be kept for long.
func (s *server) resource(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	c, found, err := s.cfg.Org.Component(r.Context(), "StaticResource", r.PathValue("name"))
	if err != nil || !found {
		http.NotFound(w, r)
		return
	}
	var body []byte
	for name, content := range c.Files {
		if strings.HasSuffix(name, ".resource") {
			body = content
		}
	}
	name := c.FullName
	if file := r.PathValue("path"); file != "" {
		if body, err = unzip(body, file); err != nil {
			http.NotFound(w, r)
			return
		}
		name = file
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeContent(w, r, "", c.Modified, bytes.NewReader(body))
}

func unzip(archive []byte, name string) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	f, err := z.Open(path.Clean(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxResource))
}
