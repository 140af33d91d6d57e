// Package edge lets the calls of the REST APIs in, and answers them in the platform's own shape.
//
// Read first: Door, Op, Call, Answer. It knows no resource: data, Tooling and Bulk API have their own routes and bounds.
package edge

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Door is how the calls of one API come in.
type Door struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
	API          string            // its path, with {v} for the version: addresses of records begin with it; empty: it gives none
	Body         int64             // most bytes of a request's body
	Header       map[string]string // of each answer
	Requests     *Allowance        // counts who was let in; nil: nobody counts
	Log          *slog.Logger
}

// Call is one request: who asks, with which rights, and the body that was read.
type Call struct {
	*http.Request
	Actor *crm.Actor
	Body  []byte
}

// Together runs f with the same rights in one transaction; what it wrote does not count if it fails.
func (c Call) Together(org *crm.Org, f func(*crm.Actor) error) error {
	if c.Actor.InTransaction() {
		return c.Actor.Try(c.Context(), func() error { return f(c.Actor) })
	}
	return org.TransactAs(c.Context(), c.Actor.User().ID, f)
}

type acting struct{}

// With makes the calls within a context those of an actor that was let in before, as in its transaction.
func With(ctx context.Context, actor *crm.Actor) context.Context {
	return context.WithValue(ctx, acting{}, actor)
}

// Answer is a status with JSON or CSV, or with nothing.
type Answer struct {
	Status int
	Body   any // nil: none
	CSV    []byte
	Header map[string]string
}

// Handler answers one call.
type Handler func(Call) (Answer, error)

// OK is an answer in JSON.
func OK(body any) Answer { return Answer{Status: http.StatusOK, Body: body} }

// Refuse is an error of the platform.
func Refuse(status int, code, message string) error {
	return &schema.Error{Status: status, Code: code, Message: message}
}

// ErrDisabled is what every API answers to a user without API Enabled, for all that it speaks of the org.
var ErrDisabled = Refuse(
	http.StatusForbidden, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner",
)

// ErrNoResource is the answer below an API where nothing is.
var ErrNoResource = Refuse(http.StatusNotFound, "NOT_FOUND", "The requested resource does not exist")

var (
	errSession  = Refuse(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
	errTooLarge = Refuse(http.StatusRequestEntityTooLarge, "REQUEST_BODY_TOO_LARGE", "The request body is too large.")
)

// Op authenticates, reads the body, runs the handler and writes its answer or the platform's error.
func (d *Door) Op(handle Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		for name, value := range d.Header {
			w.Header().Set(name, value)
		}
		out, err := d.handled(w, r, handle)
		if err != nil {
			out = refusal(Platform(r.Context(), d.Log, err))
		}
		write(w, out)
	}
}

func (d *Door) handled(w http.ResponseWriter, r *http.Request, handle Handler) (Answer, error) {
	actor, within := r.Context().Value(acting{}).(*crm.Actor)
	if !within {
		id, err := d.Authenticate(r)
		if err != nil {
			return Answer{}, errSession
		}
		if actor, err = d.Org.As(r.Context(), id); err != nil {
			return Answer{}, err
		}
	}
	if !actor.Can(rights.APIEnabled) {
		return Answer{}, ErrDisabled
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, d.Body))
	if err != nil {
		return Answer{}, errTooLarge
	}
	if d.Requests != nil {
		if !within { // requests within one are that one
			err = d.Requests.take()
		}
		w.Header().Set("Sforce-Limit-Info", d.Requests.header())
		if err != nil {
			return Answer{}, err
		}
	}
	return handle(Call{r, actor.Through(strings.Replace(d.API, "{v}", r.PathValue("v"), 1)), body})
}

// Platform is the platform's error in err; anything else is logged and becomes UNKNOWN_EXCEPTION.
func Platform(ctx context.Context, log *slog.Logger, err error) *schema.Error {
	if e, known := errors.AsType[*schema.Error](err); known {
		return e
	}
	log.ErrorContext(ctx, "request failed", "err", err)
	return &schema.Error{Code: "UNKNOWN_EXCEPTION", Message: "An unexpected error occurred. Please try again.",
		Status: http.StatusInternalServerError}
}

func refusal(e *schema.Error) Answer {
	type row struct {
		Message string   `json:"message"`
		Code    string   `json:"errorCode"`
		Fields  []string `json:"fields,omitempty"`
	}
	return Answer{Status: e.Status, Body: []row{{e.Message, e.Code, e.Fields}}}
}

func write(w http.ResponseWriter, out Answer) {
	for name, value := range out.Header {
		w.Header().Set(name, value)
	}
	switch {
	case out.CSV != nil:
		w.Header().Set("Content-Type", "text/csv")
		w.WriteHeader(out.Status)
		_, _ = w.Write(out.CSV)
	case out.Body != nil:
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.WriteHeader(out.Status)
		_ = json.NewEncoder(w).Encode(out.Body) // who went away needs no answer
	default:
		w.WriteHeader(out.Status)
	}
}
