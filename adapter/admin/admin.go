// Package admin serves the pages of /admin and what patchcord calls asks: calls and why each popped or did not, what waits, and health.
//
// Read first: api.go, New, Admin.Handler, Admin.Local. It knows the CRM only by what it is handed.
package admin

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/versions"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
)

// Config is what the pages need of the other rooms.
type Config struct {
	PublicURL string // origin of the pages
	CRM       string // origin of the org, for links to records
	Store     *store.Store
	Pages     fs.FS // as they were built
	// SignIn sends a browser to the org, and to a path of ours when it comes back.
	SignIn func(w http.ResponseWriter, r *http.Request, back string)
	// Rights says what the org lets a user do. fault.Unavailable, or any error without a fault, if it does not answer.
	Rights func(ctx context.Context, userID string) (Rights, error)
	// Seal makes text unreadable and unchangeable to others, Open undoes it.
	Seal func(text string) string
	Open func(sealed string) (string, error)
	// Start has a run carried out that was just opened again; Again has one that waits go on at once, or be let go of if it was dropped.
	Start func(...*store.Run)
	Again func(userID string, run int64)
	// Standing counts the runs that have not ended, and those that wait for a sign-in.
	Standing func() (open, waiting int)
	// Connected counts the softphone pages of each user, at whichever nodes.
	Connected func(ctx context.Context) map[string]int
	// Nodes are the adapters that share the store; nil is none but this one.
	Nodes func(ctx context.Context) ([]NodeHealth, error)
	// Usage is what the org said of its API allowance of 24 hours; 0 of 0 if it has not.
	Usage func() (used, max int)
	// Records lists adapter records in use that have problems; URL is the record's id, or "".
	Records func() []RecordHealth
	// End has all nodes know of a session that was ended before its time, Ended says whether one was; nil is none but this node.
	End   func(ctx context.Context, session string) error
	Ended func(ctx context.Context, session string) (bool, error)
	// Presence are the presence rules of the adapter records in use; they are soon read again, since somebody looks at them.
	Presence func() []RuleBook
	// CallCenterOf is the internal name of the call centre that a user is in; "" if it is not known.
	CallCenterOf func(userID string) string
	// StartSync starts the presence sync of an agent again that was stopped, and says whether it was.
	StartSync func(ctx context.Context, userID string) (stopped bool, err error)
	// Flows are the CTI flows of the org, with their versions; FlowsChanged has what was changed of them run at once.
	Flows        *versions.Library
	FlowsChanged func(ctx context.Context)
	// Event is a fact as flows see it.
	Event func(store.Body) flow.Event
	// Trace is the trace of a contact as one user had it, "" for none; nil is none of any.
	Trace func(userID, contactID string) string
	// Mask hides the values of contacts' attributes that nobody is to see.
	Mask  Mask
	Clock clock.Clock
	Log   *slog.Logger
}

// Admin is safe for concurrent use.
type Admin struct {
	cfg     Config
	index   *index
	rights  rights
	revoked revoked
	reads   singleflight.Group // of rights, by user
	// comparing is held by whoever compares a draft.
	comparing chan struct{}
}

// New serves nothing yet.
func New(cfg Config) *Admin {
	return &Admin{cfg: cfg, index: &index{store: cfg.Store, clock: cfg.Clock, mask: cfg.Mask}, rights: newRights(), revoked: newRevoked(),
		comparing: make(chan struct{}, 1)}
}

// Run keeps the list of calls up to date until ctx ends.
func (a *Admin) Run(ctx context.Context) error {
	for {
		if err := a.index.all(ctx); err != nil && ctx.Err() == nil && !errors.Is(err, store.ErrEnded) {
			a.cfg.Log.WarnContext(ctx, "the list of calls is not up to date", "err", err)
		}
		if clock.Pause(ctx, a.cfg.Clock, indexEvery) != nil {
			return nil
		}
	}
}

// answerer answers one question of a person.
type answerer func(ctx context.Context, p person, r *http.Request) (any, error)

// question is one row of the API.
type question struct {
	pattern string
	need    Sees // Everything is for those who see everybody's calls
	answer  answerer
	brings  load
}

// load is what a question brings.
type load int

const (
	small       load = iota
	bringsFlow       // the file of a flow
	changesFlow      // the same, for the org's own flows: administrators alone may
)

func (a *Admin) questions() []question {
	return []question{
		{"GET me", Own, a.me, small},
		{"GET filters", Own, a.filters, small},
		{"GET calls", Own, a.list, small},
		{"GET calls/{contact}", Own, a.detail, small},
		{"GET runs/{id}/steps", Own, a.steps, small},
		{"GET waiting", Everything, a.waiting, small},
		{"GET health", Everything, a.health, small},
		{"GET presence", Everything, a.presenceRules, small},
		{"POST presence/try", Everything, a.tryPresence, small},
		{"GET presence/agents", Everything, a.presenceAgents, small},
		{"GET presence/agents/{user}", Own, a.presenceHistory, small},
		{"POST presence/agents/{user}/start", Everything, a.startSync, small},
		{"POST runs/{id}/retry", Everything, a.retry, small},
		{"POST runs/{id}/drop", Everything, a.drop, small},
		{"POST bindings/{user}/release", Everything, a.release, small},
		{"POST forget", Everything, a.forget, small},
		{"POST token", Own, a.token, small},
		{"POST shadow", Everything, a.shadow, bringsFlow},
		{"GET flows", Everything, a.flows, small},
		{"GET flows/{flow}", Everything, a.flow, small},
		{"GET flows/{flow}/file", Everything, a.flowFile, small},
		{"POST flows", Everything, a.pushFlow, changesFlow},
		{"POST flows/{flow}/activate", Everything, a.activateFlow, changesFlow},
		{"POST flow-types", Everything, a.setFlowTypes, changesFlow},
	}
}

// mostBody is how many bytes a question may bring.
func (q question) mostBody() int64 {
	if q.brings != small {
		return maxFlowBody
	}
	return maxBody
}

const (
	apiPath     = "/admin/api/"
	maxBody     = 16 << 10
	maxFlowBody = 2 << 20 // the longest flow in UTF-16, in base64, or the longest map of types
	answersIn   = 30 * time.Second
	contentJSON = "application/json; charset=utf-8"
)

// Handler serves /admin to browsers and to programs with a token.
func (a *Admin) Handler() http.Handler {
	mux := http.NewServeMux()
	a.serve(mux, a.who)
	mux.HandleFunc("POST "+apiPath+"sign-out", a.signOut)
	mux.HandleFunc("GET /admin/sign-in", func(w http.ResponseWriter, r *http.Request) {
		a.cfg.SignIn(w, r, backOf(r.URL.Query().Get("back")))
	})
	mux.Handle("/admin/", a.pages())
	mux.Handle("/admin", http.RedirectHandler("/admin/", http.StatusSeeOther))
	return secure(mux)
}

// Local serves the same questions to whoever may open the socket of the data folder: who may is the file's to say.
func (a *Admin) Local() http.Handler {
	mux := http.NewServeMux()
	a.serve(mux, func(*http.Request) (person, error) {
		return person{name: "an administrator of this machine", sees: Everything, flows: true}, nil
	})
	return mux
}

// serve adds the questions, each answered to whom who finds asking.
func (a *Admin) serve(mux *http.ServeMux, who func(*http.Request) (person, error)) {
	for _, q := range a.questions() {
		method, path, _ := strings.Cut(q.pattern, " ")
		mux.HandleFunc(method+" "+apiPath+path, func(w http.ResponseWriter, r *http.Request) {
			ctx, cancel := context.WithTimeout(r.Context(), answersIn)
			defer cancel()
			r.Body = http.MaxBytesReader(w, r.Body, q.mostBody())
			p, err := who(r)
			if err == nil && q.need == Everything && p.sees != Everything {
				err = fault.New(fault.Denied, nil, "This is for administrators and managers: ask for the permission set AC_Manager.")
			}
			if err == nil && q.brings == changesFlow && !p.flows {
				err = errNoFlows
			}
			var answer any
			if err == nil {
				answer, err = q.answer(ctx, p, r)
			}
			a.write(w, r, answer, err)
		})
	}
	mux.HandleFunc(apiPath, func(w http.ResponseWriter, r *http.Request) {
		a.write(w, r, nil, fault.New(fault.Missing, nil, "There is no such question."))
	})
}

var httpStatus = map[fault.Kind]int{
	fault.Invalid: 400, fault.Unsigned: 401, fault.Denied: 403, fault.Missing: 404, fault.Conflict: 409, fault.Unavailable: 503,
	fault.Internal: 500,
}

// write answers with JSON, which is never a page: what is in it of others' making is text.
func (a *Admin) write(w http.ResponseWriter, r *http.Request, answer any, err error) {
	status := http.StatusOK
	if err != nil {
		f := fault.Of(err)
		switch {
		case errors.Is(err, store.ErrFull):
			f = fault.New(fault.Unavailable, err, "%s", a.full())
		case f.Kind == fault.Internal && r.Context().Err() == nil:
			a.cfg.Log.ErrorContext(r.Context(), "question not answered", "path", r.URL.Path, "err", err)
		}
		status, answer = httpStatus[f.Kind], Problem{Code: string(f.Kind), Sentence: f.Message}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		a.cfg.Log.ErrorContext(r.Context(), "answer not written", "path", r.URL.Path, "err", err)
		status, body = http.StatusInternalServerError, []byte(`{"code":"internal","sentence":"Something went wrong."}`)
	}
	h := w.Header()
	h.Set("Content-Type", contentJSON)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// full says that the store takes nothing.
func (a *Admin) full() string {
	if a.cfg.Nodes != nil {
		return "Nothing can be read or kept at the moment: PostgreSQL does not answer, or takes nothing."
	}
	return "Nothing can be kept at the moment: the adapter's disk takes nothing."
}

// secure sets what browsers are to allow: nothing of others', nothing inline, no frame around it.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// pages serves the built files, and the page itself for every other path, so that a link leads where it says.
func (a *Admin) pages() http.Handler {
	files := http.StripPrefix("/admin/", http.FileServerFS(a.cfg.Pages))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "a page can only be read", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/admin/")
		if info, err := fs.Stat(a.cfg.Pages, name); err == nil && !info.IsDir() && name != "index.html" && !strings.HasPrefix(name, ".") {
			if strings.HasPrefix(name, "assets/") { // their names change with what is in them
				w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			}
			files.ServeHTTP(w, r)
			return
		}
		page, err := fs.ReadFile(a.cfg.Pages, "index.html")
		if err != nil || strings.HasPrefix(name, "assets/") {
			http.Error(w, "there is no such page", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(page)
	})
}
