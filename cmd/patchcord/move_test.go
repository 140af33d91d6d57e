package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/pgtest"
)

// binds has a user be bound in a store.
func binds(t *testing.T, s *store.Store, userID, username string) {
	t.Helper()
	err := s.Do(t.Context(), userID, func(tx *store.Tx) error {
		return tx.Bind(store.Binding{UserID: userID, Username: username, At: time.Unix(1_800_000_000, 0)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// written is a configuration of these lines beside what every one has.
func written(t *testing.T, lines string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "patchcord.yaml")
	text := "public_url: http://localhost:8082\nsalesforce: {login_url: http://localhost:8080, client_id: c, username: u}\n" + lines
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// said runs a command and gives what it says.
func said(t *testing.T, command interface{ Run(*env) error }) (string, error) {
	t.Helper()
	var out strings.Builder
	err := command.Run(&env{ctx: t.Context(), stdout: &out})
	return out.String(), err
}

// From a folder to nodes and back, by the commands, with what they say; meanwhile others are asked of the nodes.
func TestMove(t *testing.T) {
	const amelia = "005000000000001AAA"
	data, dsn := filepath.Join(t.TempDir(), "data"), pgtest.Shared(t)
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(data, "adapter.db"))
	if err != nil {
		t.Fatal(err)
	}
	binds(t, s, amelia, "jane")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "key"), []byte(strings.Repeat("k", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	file := written(t, fmt.Sprintf("data: %s\npostgres: %s\n", data, dsn))
	for config, want := range map[string]string{written(t, "data: "+data): "postgres: missing", written(t, "listen: :1"): "data: "} {
		if _, err := said(t, moveToPostgresCommand{Config: config}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}

	out, err := said(t, moveToPostgresCommand{Config: file})
	for _, part := range []string{"1 row is in postgres://", "binding 1", data + "/key", data + "/app.json", "adapter.db.moved"} {
		if err != nil || !strings.Contains(out, part) {
			t.Errorf("%v, %q: not %q", err, out, part)
		}
	}
	if _, err := said(t, unbindCommand{User: "jane", Config: written(t, "data: "+data)}); err == nil ||
		!strings.Contains(err.Error(), "moved to PostgreSQL") {
		t.Errorf("unbind in the folder that was moved: %v", err)
	}
	asksTheNodes(t, file, dsn)
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(strings.Repeat("k", 32)), 0o600); err != nil {
		t.Fatal(err)
	}
	backsUpSecrets(t, file, key, dsn)

	out, err = said(t, moveToFolderCommand{Config: file})
	for _, part := range []string{"0 rows are in " + data, "Take postgres, node and key_file out of " + file} {
		if err != nil || !strings.Contains(out, part) {
			t.Errorf("%v, %q: not %q", err, out, part)
		}
	}
	if _, err := said(t, unbindCommand{User: "jane", Config: file}); err == nil || !strings.Contains(err.Error(), "moved into the folder") {
		t.Errorf("unbind at the database that was moved: %v", err)
	}
}

// asksTheNodes releases a user while a node works.
func asksTheNodes(t *testing.T, file, dsn string) {
	t.Helper()
	s, err := store.OpenPostgres(t.Context(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Nodes().Join(t.Context(), "a", json.RawMessage(`{}`)); err != nil {
		t.Fatal(err)
	}
	if out, err := said(t, unbindCommand{User: "jane", Config: file}); err != nil || out != "jane is released.\n" {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := said(t, moveToFolderCommand{Config: file}); err == nil || !strings.Contains(err.Error(), "a: end every node first") &&
		!strings.Contains(err.Error(), "is there") {
		t.Errorf("while a node works: %v", err)
	}
	if err := s.Nodes().Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// backsUpSecrets copies what is beside the database, and says what is not copied.
func backsUpSecrets(t *testing.T, file, key, dsn string) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "backup")
	out, err := said(t, backupCommand{Folder: to, Config: file})
	if err != nil || !strings.HasPrefix(out, "key, app.json: copied to "+to) || !strings.Contains(out, "NOT copied") {
		t.Errorf("%q, %v", out, err)
	}
	for _, name := range []string{"key", "app.json"} {
		if info, err := os.Stat(filepath.Join(to, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	alone := written(t, fmt.Sprintf("postgres: %s\nkey_file: %s\n", dsn, key))
	text, err := os.ReadFile(alone)
	if err != nil {
		t.Fatal(err)
	}
	named := strings.Replace(string(text), "username: u", "username: u, key_file: app.pem", 1)
	if err := os.WriteFile(alone, []byte(named), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := said(t, backupCommand{Folder: filepath.Join(t.TempDir(), "b"), Config: alone}); err != nil ||
		!strings.HasPrefix(out, "key: copied") {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := socketOf(alone); err == nil || !strings.Contains(err.Error(), "name one, or use --url") {
		t.Errorf("the socket of a node without a folder: %v", err)
	}
}
