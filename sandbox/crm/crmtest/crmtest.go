// Package crmtest opens orgs for tests: an org is delivered once for each configuration, and the next ones are copies.
//
// Read first: Open. Delivering takes twenty times as long as opening, and a test's process opens dozens.
package crmtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
)

const file = "crm.db" // that an org keeps all it has in, once it is closed

var delivered struct {
	sync.Mutex                   // guards all
	all        map[string][]byte // the files, by configuration
}

// Open is crm.Open. What the folder has already is opened as it is.
func Open(t testing.TB, cfg crm.Config) (*crm.Org, error) {
	t.Helper()
	name := filepath.Join(cfg.Dir, file)
	if _, err := os.Stat(name); err == nil {
		return crm.Open(t.Context(), cfg)
	}
	body, err := deliver(t, cfg)
	if err == nil {
		err = os.WriteFile(name, body, 0o600)
	}
	if err != nil {
		return nil, err
	}
	return crm.Open(t.Context(), cfg)
}

// deliver makes an org of a configuration, or remembers it.
func deliver(t testing.TB, cfg crm.Config) ([]byte, error) {
	delivered.Lock()
	defer delivered.Unlock()
	key := fmt.Sprintf("%s %s %+v", cfg.Origin, cfg.VisualforceOrigin, cfg.Users)
	for _, u := range cfg.Users {
		key += u.Password.Expose()
	}
	if _, isSystem := cfg.Clock.(clock.System); !isSystem {
		key += cfg.Clock.Now().String()
	}
	if body, ok := delivered.all[key]; ok {
		return body, nil
	}
	cfg.Dir = t.TempDir()
	org, err := crm.Open(t.Context(), cfg)
	if err != nil {
		return nil, err
	}
	if err := org.Close(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(cfg.Dir, file+"-wal")); err == nil {
		return nil, errors.New("an org that is closed keeps something beside its file")
	}
	body, err := os.ReadFile(filepath.Join(cfg.Dir, file))
	if err != nil {
		return nil, err
	}
	if delivered.all == nil {
		delivered.all = map[string][]byte{}
	}
	delivered.all[key] = body
	return body, nil
}
