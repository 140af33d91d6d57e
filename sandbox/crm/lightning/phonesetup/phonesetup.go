// Package phonesetup answers Setup's screens about telephony, packages, apps and pages.
//
// Read first: Handler, routes, op. routes says which permissions an address wants; the mailbox is everybody's own.
// Source: salesforce-surface.md §6.
package phonesetup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning"
	"github.com/patchcord/patchcord/sandbox/crm/metadata"
	"github.com/patchcord/patchcord/sandbox/crm/packaging"
)

// Config says which org, who asks, and what installs packages.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (crm.RecordID, error)
	Origin       string // of the pages that may ask
	Packages     *packaging.Store
	Deploys      *metadata.API
	Log          *slog.Logger
}

type server struct{ cfg Config }

// Pattern is where all of it is.
const Pattern = "/lightning/api/phone-setup/"

// Handler serves Pattern.
func Handler(cfg Config) http.Handler { return (&server{cfg}).routes() }

const (
	bodyLimit = 8 << 20 // an app's image is the largest
	patience  = 30 * time.Second
)

// asked is one request: who asks, and the body still to be read.
type asked struct {
	*http.Request
	user  crm.User
	actor *crm.Actor // with the user's rights
}

func refuse(status int, code, message string, fields ...string) error {
	return &crm.Error{Status: status, Code: code, Message: message, Fields: fields}
}

var (
	errUnreadable = refuse(http.StatusBadRequest, "BAD_REQUEST", "The request could not be read.")
	errGone       = refuse(http.StatusNotFound, "NOT_FOUND", "The record you attempted to access cannot be found. It may have been deleted by another user, or there may have been a system error.")
	errChanged    = refuse(http.StatusConflict, "CONFLICT", "The record you were editing was modified by another user during your edit session. Reload the page, then make your changes again.")
)

// mine serves what everybody may ask for themselves.
func mine[Out any](s *server, handle func(context.Context, asked) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
		who, err := s.who(ctx, r)
		if err == nil {
			var out Out
			if out, err = handle(ctx, who); err == nil {
				respond(w, http.StatusOK, out)
				return
			}
		}
		s.refused(w, r, err)
	})
}

// op serves who may view Setup and has each of these permissions.
func op[Out any](s *server, handle func(context.Context, asked) (Out, error), needs ...crm.Permission) http.Handler {
	return mine(s, func(ctx context.Context, r asked) (Out, error) {
		for _, p := range append(needs, crm.ViewSetup) {
			if err := r.actor.Require(p); err != nil {
				var none Out
				return none, err
			}
		}
		return handle(ctx, r)
	})
}

func (s *server) who(ctx context.Context, r *http.Request) (asked, error) {
	id, err := s.cfg.Authenticate(r)
	if err != nil {
		return asked{}, refuse(http.StatusUnauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
	}
	if r.Method != http.MethodGet && !lightning.MayWrite(r, s.cfg.Origin) {
		return asked{}, refuse(http.StatusForbidden, "CSRF", "This page is out of date. Refresh it and try again.")
	}
	actor, err := s.cfg.Org.As(ctx, id)
	if err != nil {
		return asked{}, err
	}
	return asked{r, actor.User(), actor}, nil
}

func respond(w http.ResponseWriter, status int, body any) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who went away needs no answer
}

type problem struct {
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Fields  []string `json:"fields"`
}

func (s *server) refused(w http.ResponseWriter, r *http.Request, err error) {
	e, known := errors.AsType[*crm.Error](err)
	if !known {
		s.cfg.Log.ErrorContext(r.Context(), "setup request failed", "path", r.URL.Path, "err", err)
		e = &crm.Error{Status: http.StatusInternalServerError, Code: "UNKNOWN_EXCEPTION", Message: "Something went wrong. Try again."}
	}
	fields := e.Fields
	if fields == nil {
		fields = []string{}
	}
	respond(w, e.Status, map[string][]problem{"errors": {{e.Code, strings.TrimSpace(e.Message), fields}}})
}

func decode[In any](r asked) (In, error) {
	var in In
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return in, errUnreadable
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return in, errUnreadable
	}
	return in, nil
}

// id is the record id of the address.
func (r asked) id() crm.RecordID { return crm.To18(r.PathValue("id")) }

type nothing struct{}

// change does what op has found the user to have the rights for, with its entry in the audit trail, in one transaction.
func (s *server) change(ctx context.Context, r asked, entry entry, f func(*crm.Actor) error) error {
	return s.cfg.Org.Administer(ctx, r.user.ID, func(a *crm.Actor) error {
		if err := f(a); err != nil {
			return err
		}
		return a.Audit(ctx, entry.action, entry.section, "%s", entry.sentence)
	})
}

// entry is a line of the audit trail: the platform's name of the action, the section of Setup, the sentence that people read.
type entry struct{ action, section, sentence string }

func entryf(action, section, sentence string, args ...any) entry {
	return entry{action, section, fmt.Sprintf(sentence, args...)}
}

// query reads rows as an administrator may.
func (s *server) query(ctx context.Context, r asked, soql string) ([]crm.Record, error) {
	found, err := r.actor.Query(ctx, soql, false)
	return found.Records, err
}

// userName is the name of a user; nothing for one that is not known.
func (s *server) userName(ctx context.Context, id crm.RecordID) string {
	u, err := s.cfg.Org.User(ctx, id)
	if err != nil {
		return ""
	}
	return u.Name
}

const moment = time.RFC3339Nano

// seen and see remember the pages that greet only once.
func (s *server) seen(ctx context.Context, r asked) (map[string]bool, error) {
	seen, err := s.cfg.Org.Seen(ctx, r.user.ID, r.PathValue("what"))
	return map[string]bool{"seen": seen}, err
}

func (s *server) see(ctx context.Context, r asked) (nothing, error) {
	what := r.PathValue("what")
	if len(what) > 40 {
		return nothing{}, errUnreadable
	}
	return nothing{}, r.actor.See(ctx, what)
}
