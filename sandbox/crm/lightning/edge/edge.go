// Package edge lets the requests of Lightning's pages in: who asks, with which rights, how much, how long; and answers them in JSON.
//
// Read first: Door, Op, Asked, Refuse. It knows no screen: each room beside it has its own routes, bounds and sentences.
package edge

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Door is how the requests of a room come in. A is what its handlers get of one: the request, who asks, and with which rights.
type Door[A any] struct {
	Authenticate func(*http.Request) (schema.RecordID, error)
	Admit        func(ctx context.Context, r *http.Request, user schema.RecordID) (A, error)
	Origin       string        // of the pages that may change something, http://localhost:8080
	Body         int64         // most bytes of a request's body
	Patience     time.Duration // for one request
	Log          *slog.Logger
}

// Handler answers one request; what it returns is encoded as JSON.
type Handler[A, Out any] func(context.Context, A) (Out, error)

// Asked is one request of a user.
type Asked struct {
	*http.Request
	User  people.User
	Actor *crm.Actor // with the user's rights
}

// ID is the record id that the address names.
func (r Asked) ID() schema.RecordID { return schema.To18(r.PathValue("id")) }

// WithRights admits users with the rights that they have now.
func WithRights(org *crm.Org) func(context.Context, *http.Request, schema.RecordID) (Asked, error) {
	return func(ctx context.Context, r *http.Request, id schema.RecordID) (Asked, error) {
		actor, err := org.As(ctx, id)
		if err != nil {
			return Asked{}, err
		}
		return Asked{r, actor.User(), actor}, nil
	}
}

// Needs lets a handler answer only who has each of the permissions.
func Needs[Out any](handle Handler[Asked, Out], permissions ...rights.Permission) Handler[Asked, Out] {
	return func(ctx context.Context, r Asked) (Out, error) {
		for _, p := range permissions {
			if err := r.Actor.Require(p); err != nil {
				var none Out
				return none, err
			}
		}
		return handle(ctx, r)
	}
}

// Op authorises, bounds and encodes, and turns errors into what the page shows.
func Op[A, Out any](d *Door[A], handle Handler[A, Out]) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), d.Patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, d.Body)
		asked, err := d.admit(ctx, r)
		if err != nil {
			d.refuse(w, r, err)
			return
		}
		out, err := handle(ctx, asked)
		if err != nil {
			d.refuse(w, r, err)
			return
		}
		d.answer(w, r, http.StatusOK, out)
	})
}

func (d *Door[A]) admit(ctx context.Context, r *http.Request) (A, error) {
	var nobody A
	id, err := d.Authenticate(r)
	if err != nil {
		return nobody, errSession
	}
	if r.Method != http.MethodGet && !mayWrite(r, d.Origin) {
		return nobody, errForged
	}
	return d.Admit(ctx, r, id)
}

// Decode reads a request's body: one JSON value without fields that nobody asked for, numbers kept exact.
func Decode[In any](body io.Reader) (In, error) {
	var in In
	decoder := json.NewDecoder(body)
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	if err := decoder.Decode(&in); err != nil {
		return in, ErrUnreadable
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return in, ErrUnreadable
	}
	return in, nil
}
