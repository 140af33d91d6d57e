// Package phonesetup answers Setup's screens about telephony, packages, apps and pages.
//
// Read first: Handler, routes, op. routes says which permissions an address wants; the mailbox is everybody's own.
// Source: salesforce-surface.md §6.
package phonesetup

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
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

// asked is one request of a user.
type asked = edge.Asked

var (
	errGone    = edge.Refuse(http.StatusNotFound, "NOT_FOUND", "The record you attempted to access cannot be found. It may have been deleted by another user, or there may have been a system error.")
	errChanged = crm.ErrChangedBy("another user")
)

// op serves who may view Setup and has each of these permissions.
func op[Out any](d *edge.Door[asked], handle edge.Handler[asked, Out], needs ...crm.Permission) http.Handler {
	return edge.Op(d, edge.Needs(handle, append(needs, crm.ViewSetup)...))
}

type nothing struct{}

// change does what op has found the user to have the rights for, with its entry in the audit trail, in one transaction.
func (s *server) change(ctx context.Context, r asked, entry entry, f func(*crm.Actor) error) error {
	return s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
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
	found, err := r.Actor.Query(ctx, soql, false)
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
	seen, err := s.cfg.Org.Seen(ctx, r.User.ID, r.PathValue("what"))
	return map[string]bool{"seen": seen}, err
}

func (s *server) see(ctx context.Context, r asked) (nothing, error) {
	what := r.PathValue("what")
	if len(what) > 40 {
		return nothing{}, edge.ErrUnreadable
	}
	return nothing{}, r.Actor.See(ctx, what)
}
