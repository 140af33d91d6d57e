package adapter

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/internal/secret"
)

// runs runs one of PostgreSQL's programs.
func runs(t *testing.T, name string, args ...string) {
	t.Helper()
	bin, err := pgtest.Find()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), filepath.Join(bin, name), args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
}

// A dump that was made while a node worked is restored into a fresh database: agents stay signed in, and what was under way goes on, once.
func TestADumpTakesTheDatabasesPlace(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	cfg := testConfig(t, o.url, "")
	cfg.KeyFile, cfg.Node = filepath.Join(t.TempDir(), "key"), "a"
	cfg.Postgres = secret.String(pgtest.Shared(t))
	a := begin(t, cfg)
	session := signIn(t, a.server)
	page := open(t, a.server, session)
	page.tell(connecting("c-1"))
	page.command("search")
	dump := filepath.Join(t.TempDir(), "dump")
	runs(t, "pg_dump", "--format=custom", "--file="+dump, cfg.Postgres.Expose())
	a.end()

	cfg.Postgres, cfg.Node = secret.String(pgtest.Shared(t)), "b"
	runs(t, "pg_restore", "--exit-on-error", "--no-owner", "--dbname="+cfg.Postgres.Expose(), dump)
	b := begin(t, cfg)
	defer b.end()
	page = open(t, b.server, session)
	searches(page, true)
	page.tell(connected("c-1"))
	page.tell(ended("c-1"))
	loggedOnce(t, o, "c-1")
}
