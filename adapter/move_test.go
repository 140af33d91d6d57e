package adapter

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/store/move"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/internal/secret"
)

// searches waits for a page's search, which may have been asked before.
func searches(p *softphone, again bool) {
	p.t.Helper()
	c := p.command("search")
	if c.Again != again {
		p.t.Errorf("asked again: %t, want %t", c.Again, again)
	}
	p.does(c, mayaOnly)
	pop := p.command("screenPop")
	p.does(pop, popsMaya(pop))
}

// What a folder keeps moves to a database, and from there into another folder: agents stay signed in, and what was under way goes on.
func TestAMoveTakesAllAlong(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	alone := testConfig(t, o.url, t.TempDir())
	n := begin(t, alone)
	session := signIn(t, n.server)
	page := open(t, n.server, session)
	page.tell(connecting("c-1"))
	page.command("search")
	shared := alone
	shared.Postgres = secret.String(pgtest.Shared(t))
	if _, err := MoveToPostgres(t.Context(), shared, false, nil); err == nil || !strings.Contains(err.Error(), "another adapter works") {
		t.Errorf("while an adapter works in the folder: %v", err)
	}
	n.end()
	if _, err := New(t.Context(), shared); err == nil || !strings.Contains(err.Error(), "patchcord move") {
		t.Errorf("a node that would begin without what the folder keeps: %v", err)
	}
	moved, err := MoveToPostgres(t.Context(), shared, false, nil)
	if err != nil || moved.Key != filepath.Join(alone.Data, "key") || there(moved.Left) == "" {
		t.Fatalf("%+v, %v", moved, err)
	}
	if _, err := MoveToPostgres(t.Context(), shared, false, nil); err == nil || !strings.Contains(err.Error(), "moved to PostgreSQL already") {
		t.Errorf("a second time: %v", err)
	}
	if _, err := New(t.Context(), alone); err == nil || !strings.Contains(err.Error(), "patchcord move to-folder") {
		t.Errorf("in the folder that was moved: %v", err)
	}

	shared.Node, shared.KeyFile, shared.Data = "a", moved.Key, ""
	a := begin(t, shared)
	other := shared
	other.Node = "b"
	b := begin(t, other)
	page = open(t, b.server, session)
	searches(page, true)
	page.tell(connecting("c-2"))
	page.command("search")
	back := shared
	back.Data = t.TempDir()
	living, is := errors.AsType[*store.Living](second(MoveToFolder(t.Context(), back, nil)))
	if !is || strings.Join(living.Names, " ") != "a b" {
		t.Errorf("while nodes live: %v", living)
	}
	a.end()
	b.end()
	if _, err := MoveToFolder(t.Context(), back, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := New(t.Context(), shared); err == nil || !strings.Contains(err.Error(), back.Data) {
		t.Errorf("on the database that was moved: %v", err)
	}

	back.Postgres, back.KeyFile, back.Node = "", "", ""
	n = begin(t, back)
	defer n.end()
	page = open(t, n.server, session)
	searches(page, true)
	page.tell(connected("c-2"))
	page.tell(ended("c-2"))
	loggedOnce(t, o, "c-2")
}

func second[T any](_ T, err error) error { return err }

// A move that was cut off is not taken for a whole one, and is begun anew only by somebody who says so.
func TestAMoveThatWasCutOff(t *testing.T) {
	o := newOrg(t)
	cfg := testConfig(t, o.url, t.TempDir())
	n := begin(t, cfg)
	session := signIn(t, n.server)
	page := open(t, n.server, session)
	page.tell(connecting("c-1"))
	page.command("search")
	n.end()
	node := cfg
	node.Postgres, node.Node, node.Data, node.KeyFile = secret.String(pgtest.Shared(t)), "a", "", filepath.Join(cfg.Data, "key")
	cfg.Postgres = node.Postgres

	ctx, cancel := context.WithCancel(t.Context())
	_, err := MoveToPostgres(ctx, cfg, false, func(p move.Part) {
		if p.Table == "fact" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "--again") {
		t.Errorf("cut off: %v", err)
	}
	for what, err := range map[string]error{
		"a node": second(New(t.Context(), node)), "a second move": second(MoveToPostgres(t.Context(), cfg, false, nil)),
		"a move back": second(MoveToFolder(t.Context(), func() Config { c := node; c.Data = t.TempDir(); return c }(), nil)),
	} {
		if shut, is := errors.AsType[*store.Shut](err); !is || !strings.Contains(shut.Error(), "--again") {
			t.Errorf("%s after that: %v", what, err)
		}
	}
	if _, err := MoveToPostgres(t.Context(), cfg, true, nil); err != nil {
		t.Fatal(err)
	}
	a := begin(t, node)
	searches(open(t, a.server, session), true)
	a.end()

	back := node
	back.Data = t.TempDir()
	ctx, cancel = context.WithCancel(t.Context())
	_, err = MoveToFolder(ctx, back, func(p move.Part) {
		if p.Table == "run" && p.Checked {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || there(filepath.Join(back.Data, storeFile)) != "" {
		t.Errorf("back, cut off: %v", err)
	}
	a = begin(t, node) // it may go on
	a.end()
	if _, err := MoveToFolder(t.Context(), back, nil); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(back.Data)
	for _, f := range left {
		if strings.Contains(f.Name(), ".part") {
			t.Errorf("%s is left", f.Name())
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// What has rows is not moved into, whatever somebody says, nor a folder that has a store; another key or app is refused.
func TestAMoveSpoilsNothing(t *testing.T) {
	o := newOrg(t)
	cfg := testConfig(t, o.url, t.TempDir())
	begin(t, cfg).end()
	used := cfg
	used.Postgres, used.Node, used.Data, used.KeyFile = secret.String(pgtest.Shared(t)), "a", "", filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(used.KeyFile, []byte(strings.Repeat("k", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	a := begin(t, used)
	signIn(t, a.server)
	a.end()
	cfg.Postgres = used.Postgres
	for _, again := range []bool{false, true} {
		_, err := MoveToPostgres(t.Context(), cfg, again, nil)
		if !errors.Is(err, move.ErrNotEmpty) || !strings.Contains(err.Error(), "session") {
			t.Errorf("into a database that is used, again %t: %v", again, err)
		}
	}
	cfg.KeyFile = used.KeyFile
	if _, err := MoveToPostgres(t.Context(), cfg, false, nil); err == nil || !strings.Contains(err.Error(), "another key") {
		t.Errorf("with another key for the nodes: %v", err)
	}
	cfg.KeyFile = ""
	if _, err := MoveToFolder(t.Context(), cfg, nil); err == nil || !strings.Contains(err.Error(), storeFile+" is there") {
		t.Errorf("into a folder that has a store: %v", err)
	}
	for _, c := range []struct {
		why  string
		with func(*Config)
	}{
		{"another app", func(c *Config) { c.Salesforce.ClientID = "another" }},
		{"another key", func(c *Config) {
			if err := os.WriteFile(filepath.Join(c.Data, "key"), []byte(strings.Repeat("x", 32)), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
		{"is not there", func(c *Config) { c.KeyFile = "" }},
	} {
		to := used
		to.Data = t.TempDir()
		c.with(&to)
		if _, err := MoveToFolder(t.Context(), to, nil); err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}
