package lightning

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"time"
)

const (
	bodyLimit = 1 << 20          // bytes of one form
	patience  = 15 * time.Second // for one request
)

// asked is one request of the page: who asks, and with which rights.
type asked struct {
	*http.Request
	user  User
	actor Actor
}

var errBadRequest = &Refusal{Status: http.StatusBadRequest, Code: "BAD_REQUEST", Message: "The request could not be read."}

// op authorises, bounds, encodes, and turns errors into what the page shows.
func op[Out any](s *server, handle func(context.Context, asked) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		out, err := authorised(ctx, s, r, handle)
		if err != nil {
			s.refuse(w, r, err)
			return
		}
		s.answer(w, r, http.StatusOK, out)
	})
}

func authorised[Out any](ctx context.Context, s *server, r *http.Request, handle func(context.Context, asked) (Out, error)) (Out, error) {
	var none Out
	id, err := s.cfg.Authenticate(r)
	if err != nil {
		return none, &Refusal{Status: http.StatusUnauthorized, Code: "INVALID_SESSION_ID", Message: "Session expired or invalid"}
	}
	if r.Method != http.MethodGet && !s.mayWrite(r) {
		return none, &Refusal{Status: http.StatusForbidden, Code: "CSRF", Message: "This page is out of date. Refresh it and try again."}
	}
	user, err := s.cfg.Data.User(ctx, string(id))
	if err != nil {
		return none, err
	}
	actor, err := s.cfg.Data.As(ctx, string(id))
	if err != nil {
		return none, err
	}
	return handle(ctx, asked{Request: r, user: user, actor: actor})
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

// refuse says what went wrong; what is nobody's business is logged instead.
func (s *server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	refusal, ok := errors.AsType[*Refusal](err)
	if !ok {
		s.cfg.Log.ErrorContext(r.Context(), "console request failed", "path", r.URL.Path, "err", err)
		refusal = &Refusal{
			Status: http.StatusInternalServerError, Code: "UNKNOWN_EXCEPTION", Message: "Something went wrong. Try again.",
		}
	}
	names := refusal.Fields
	if names == nil {
		names = []string{}
	}
	status := refusal.Status
	if status < 400 || status > 599 {
		status = http.StatusBadRequest
	}
	s.answer(w, r, status, problemOut{Errors: []problem{{refusal.Code, refusal.Message, names}}})
}

func decode[In any](r asked) (In, error) {
	var in In
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return in, errBadRequest
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return in, errBadRequest
	}
	return in, nil
}

func (s *server) nothing(context.Context, asked) (struct{}, error) {
	return struct{}{}, &Refusal{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "There is no such page."}
}

var (
	objectName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)
	recordID   = regexp.MustCompile(`^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$`)
)

// object is the one that the address names, as the user may see it.
func (r asked) object(ctx context.Context) (Object, error) {
	return r.objectNamed(ctx, r.PathValue("object"))
}

func (r asked) objectNamed(ctx context.Context, name string) (Object, error) {
	if !objectName.MatchString(name) {
		return Object{}, errBadRequest
	}
	o, err := r.actor.Object(ctx, name)
	if refusal, ok := errors.AsType[*Refusal](err); ok && refusal.Code == "NOT_FOUND" {
		return Object{}, &Refusal{
			Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS",
			Message: "You don't have access to this record. Ask your administrator for help or to request access.",
		}
	}
	return o, err
}

func (r asked) recordID() (string, error) {
	id := r.PathValue("id")
	if !recordID.MatchString(id) {
		return "", &Refusal{Status: http.StatusNotFound, Code: "NOT_FOUND", Message: "This record isn't available; it may have been deleted."}
	}
	return id, nil
}
