// Package setup answers what the Setup pages ask: permission sets, users, settings, objects, and the audit trail of every change.
//
// Read first: Handler, routes.go, write. It knows no SQL; each change and its audit entry are one transaction of package crm.
package setup

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// Pattern is where Handler belongs.
const Pattern = "/lightning/api/setup/"

const (
	bodyLimit = 4 << 20          // bytes of one form; an imported definition is the largest
	patience  = 20 * time.Second // for one request
)

// Config says which org, and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (crm.RecordID, error)
	Origin       string // of the Lightning pages, http://localhost:8080
	Clock        clock.Clock
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
		mux.Handle(cutPattern(r.pattern), edge.Op(door, edge.Needs(r.serve, crm.ViewSetup, r.needs)))
	}
	mux.Handle(Pattern, edge.Op(door, edge.Needs(nothing, crm.ViewSetup)))
	return mux
}

// asked is one request of a user.
type asked = edge.Asked

// handler answers one request.
type handler = edge.Handler[asked, any]

// read makes a handler of a function that changes nothing.
func read[Out any](f func(context.Context, asked) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) { return f(ctx, r) }
}

// write makes a handler of a change: its body is decoded, and all it does, with the audit entry that it must write, is one transaction by
// an actor who acts for the user without limits; the route's permission has been asked before.
func write[In, Out any](s *server, f func(context.Context, *crm.Actor, asked, In) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) {
		var in In
		if _, empty := any(in).(none); !empty {
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

// none is the body of a request or an answer without one.
type none struct{}

func nothing(context.Context, asked) (any, error) {
	return nil, edge.ErrNoPage
}
