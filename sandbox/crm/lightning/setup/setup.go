// Package setup answers what the pages of Setup ask: people and their rights, settings, telephony, packages, apps, and the audit trail.
//
// Read first: Handler, routes.go, write. It knows no SQL; each change and its audit entry are one transaction of package crm.
package setup

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Pattern is where Handler belongs.
const Pattern = "/lightning/api/setup/"

const (
	bodyLimit = 8 << 20          // bytes of one form; an app's image is the largest
	patience  = 30 * time.Second // for one request
)

// Config says which org, who asks, and what installs packages.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
	Origin       string // of the Lightning pages, http://localhost:8080
	Packages     *packaging.Store
	Deploys      *metadata.API
	Log          *slog.Logger
}

type server struct{ cfg Config }

// Handler serves /lightning/api/setup/….
func Handler(cfg Config) http.Handler {
	s := &server{cfg}
	door := &edge.Door[asked]{
		Authenticate: cfg.Authenticate, Admit: edge.WithRights(cfg.Org), Origin: cfg.Origin, Body: bodyLimit, Patience: patience, Log: cfg.Log,
	}
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		serve := r.serve
		if r.needs != everybody {
			serve = edge.Needs(serve, rights.ViewSetup, r.needs)
		}
		mux.Handle(method+" "+strings.TrimSuffix(Pattern, "/")+path, edge.Op(door, serve))
	}
	noPage := func(context.Context, asked) (any, error) { return nil, edge.ErrNoPage }
	mux.Handle(Pattern, edge.Op(door, edge.Needs(noPage, rights.ViewSetup)))
	return mux
}

// asked is one request of a user.
type asked = edge.Asked

// handler answers one request.
type handler = edge.Handler[asked, any]

// nothing is the body of a request or an answer without one.
type nothing struct{}

// Refusals that screens share; the sentences are the platform's.
var (
	errGone = edge.Refuse(http.StatusNotFound, "NOT_FOUND",
		"The record you attempted to access cannot be found. It may have been deleted by another user, or there may have been a system error.")
	errChanged = schema.ChangedBy("another user")
)

// read makes a handler of a function that changes nothing, or that takes care of its own transaction.
func read[Out any](f func(context.Context, asked) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) { return f(ctx, r) }
}

// write makes a handler of a change: its body is decoded, and all it does, with the audit entry that it must write, is one transaction by
// an actor who acts for the user without limits; the route's permission has been asked before.
func write[In, Out any](s *server, f func(context.Context, *crm.Actor, asked, In) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) {
		var in In
		if _, empty := any(in).(nothing); !empty {
			var err error
			if in, err = edge.Decode[In](r.Body); err != nil {
				return nil, err
			}
		}
		var out Out
		err := s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) (err error) {
			out, err = f(ctx, a, r, in)
			return err
		})
		return out, err
	}
}

// system reads with all rights, as Setup's own tables do.
func (s *server) system(ctx context.Context, r asked, f func(*crm.Actor) error) error {
	return s.cfg.Org.Administer(ctx, r.User.ID, f)
}

// change does what the route has found the user to have the rights for, with its entry in the audit trail, in one transaction.
func (s *server) change(ctx context.Context, r asked, entry entry, f func(*crm.Actor) error) error {
	return s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		if err := f(a); err != nil {
			return err
		}
		return a.Audit(ctx, entry.action, entry.section, "%s", entry.sentence)
	})
}

// deploy writes components as a deployment of the Metadata API does, so that every API sees the same: all of them, with the entry of the
// audit trail, or none. Files are named as in an archive.
func (s *server) deploy(ctx context.Context, r asked, done entry, files map[string][]byte) error {
	return s.change(ctx, r, done, func(a *crm.Actor) error { return s.cfg.Deploys.Apply(ctx, a, files) })
}

// entry is a line of the audit trail: the platform's name of the action, the section of Setup, the sentence that people read.
type entry struct{ action, section, sentence string }

func entryf(action, section, sentence string, args ...any) entry {
	return entry{action, section, fmt.Sprintf(sentence, args...)}
}

// query reads rows as an administrator may.
func (s *server) query(ctx context.Context, r asked, soql string) ([]records.Record, error) {
	found, err := r.Actor.Query(ctx, soql, false)
	return found.Records, err
}

// userName is the name of a user; what nobody asked for was done by the platform itself.
func (s *server) userName(ctx context.Context, id schema.RecordID) string {
	u, err := s.cfg.Org.People.User(ctx, id)
	if err != nil {
		return "Automated Process"
	}
	return u.Name
}

// parentText is a text field of a record's parent, "" when there is no parent.
func parentText(r records.Record, relationship, field string) string {
	parent, ok := r.Get(relationship).(*records.Record)
	if !ok || parent == nil {
		return ""
	}
	return parent.Text(field)
}

const moment = time.RFC3339Nano

// seen and see remember the pages that greet only once.
func (s *server) seen(ctx context.Context, r asked) (map[string]bool, error) {
	seen, err := s.cfg.Org.People.Seen(ctx, r.User.ID, r.PathValue("what"))
	return map[string]bool{"seen": seen}, err
}

func (s *server) see(ctx context.Context, r asked) (nothing, error) {
	what := r.PathValue("what")
	if len(what) > 40 {
		return nothing{}, edge.ErrUnreadable
	}
	return nothing{}, people.See(ctx, r.Actor.Access, what)
}
