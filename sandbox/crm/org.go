// Package crm is the sandbox CRM's core: an org, and who acts in it, in which transaction.
//
// Read first: Open, Org.As, Actor. It stands on its rooms schema, rights, records and people; its edges speak REST, SOAP and HTML.
package crm

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// Config says where an org is kept and where it is reached.
type Config struct {
	Dir               string // folder for the database
	Clock             clock.Clock
	Log               *slog.Logger
	Origin            string // of the Lightning pages and the APIs, such as http://localhost:8080
	VisualforceOrigin string
	Users             []SeedUser // made when the org is new
}

// SeedUser is a user that a new org has.
type SeedUser struct {
	Username, FirstName, LastName, Alias string
	Password                             secret.String
	Administrator                        bool
	MinimumAccess                        bool // all rights come from permission sets
}

// Org is one org: its records and its people. It is safe for concurrent use.
type Org struct {
	*records.Store
	People *people.People
	cfg    Config
	rights rightsCache
}

// tables keep what Setup keeps for softphones and packages.
const tables = phoneTables + packageTables

// Open opens the org's database, or makes it with the org as delivered.
func Open(ctx context.Context, cfg Config) (*Org, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("open org: %w", err)
	}
	o := &Org{cfg: cfg}
	store, fresh, err := records.Open(ctx, records.Config{
		File: filepath.Join(cfg.Dir, "crm.db"), Tables: people.Tables + tables, Clock: cfg.Clock, Origin: cfg.Origin, Committing: o.rights.close,
	})
	if err != nil {
		return nil, fmt.Errorf("open org: %w", err)
	}
	o.Store, o.People = store, people.Of(store)
	if err = o.People.Upgrade(ctx); err == nil {
		if fresh {
			err = o.deliver(ctx)
		} else {
			err = o.upgrade(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open org: %w", err), o.Close())
	}
	return o, nil
}

// VisualforceOrigin is where Visualforce pages are.
func (o *Org) VisualforceOrigin() string { return o.cfg.VisualforceOrigin }
