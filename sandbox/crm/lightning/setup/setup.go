// Package setup answers what the Setup pages ask: permission sets, users, settings, objects, and the audit trail of every change.
//
// Read first: Handler, routes.go, write. It knows no SQL; each change and its audit entry are one transaction of package crm.
package setup

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
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
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(cutPattern(r.pattern), s.op(r))
	}
	mux.Handle(Pattern, s.op(route{needs: ViewSetup, serve: nothing}))
	return mux
}

// asked is one request: who asks, and with which rights.
type asked struct {
	*http.Request
	user  crm.User
	actor *crm.Actor // with the user's rights; for reading
}

// handler answers one request; what it returns is encoded as JSON, except a file.
type handler func(context.Context, asked) (any, error)

// read makes a handler of a function that changes nothing.
func read[Out any](f func(context.Context, asked) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) { return f(ctx, r) }
}

// write makes a handler of a change: its body is decoded, and all it does, with the audit entry that it must write, is one transaction by
// an actor who acts for the user without limits; the route's permission has been asked before.
func write[In, Out any](s *server, f func(context.Context, *crm.Actor, asked, In) (Out, error)) handler {
	return func(ctx context.Context, r asked) (any, error) {
		in, err := decode[In](r)
		if err != nil {
			return nil, err
		}
		var out Out
		err = s.cfg.Org.Administer(ctx, r.user.ID, func(a *crm.Actor) error {
			out, err = f(ctx, a, r, in)
			return err
		})
		return out, err
	}
}

// system reads with all rights, as Setup's own tables do.
func (s *server) system(ctx context.Context, r asked, f func(*crm.Actor) error) error {
	return s.cfg.Org.Administer(ctx, r.user.ID, f)
}

// none is the body of a request or an answer without one.
type none struct{}

func decode[In any](r asked) (In, error) {
	var in In
	if _, empty := any(in).(none); empty {
		return in, nil
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	if err := decoder.Decode(&in); err != nil {
		return in, refuse(http.StatusBadRequest, "BAD_REQUEST", "The request could not be read.")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return in, refuse(http.StatusBadRequest, "BAD_REQUEST", "The request could not be read.")
	}
	return in, nil
}

// op authorises, bounds, and encodes.
func (s *server) op(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		out, err := s.authorised(ctx, r, route)
		if err != nil {
			s.refused(w, r, err)
			return
		}
		if f, isFile := out.(file); isFile {
			f.serve(w)
			return
		}
		s.answer(w, r, http.StatusOK, out)
	})
}

func (s *server) authorised(ctx context.Context, r *http.Request, route route) (any, error) {
	id, err := s.cfg.Authenticate(r)
	if err != nil {
		return nil, refuse(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
	}
	if r.Method != http.MethodGet && !lightning.MayWrite(r, s.cfg.Origin) {
		return nil, refuse(http.StatusForbidden, "CSRF", "This page is out of date. Refresh it and try again.")
	}
	actor, err := s.cfg.Org.As(ctx, id)
	if err != nil {
		return nil, err
	}
	if !actor.Can(crm.ViewSetup) || !actor.Can(crm.Permission(route.needs)) {
		return nil, refuse(http.StatusForbidden, "INSUFFICIENT_ACCESS", "You do not have the level of access necessary to perform the operation you requested. Please contact the owner of the record or your administrator if access is necessary.")
	}
	return route.serve(ctx, asked{r, actor.User(), actor})
}

func (s *server) answer(w http.ResponseWriter, r *http.Request, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		s.cfg.Log.DebugContext(r.Context(), "answer not sent", "path", r.URL.Path, "err", err)
	}
}

// file is an answer to be saved by the browser.
type file struct {
	name, kind string
	body       []byte
}

func (f file) serve(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Content-Disposition", `attachment; filename="`+f.name+`"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(f.body)
}

func nothing(context.Context, asked) (any, error) {
	return nil, refuse(http.StatusNotFound, "NOT_FOUND", "There is no such page.")
}
