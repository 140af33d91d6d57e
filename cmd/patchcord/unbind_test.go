package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/store"
)

func TestUnbind(t *testing.T) {
	const amelia = "005000000000001AAA"
	data := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(data, "adapter.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the adapter runs meanwhile
	file := filepath.Join(data, "patchcord.yaml")
	text := "public_url: http://localhost:8082\ndata: " + data + "\nsalesforce: {login_url: http://localhost:8080}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"jane", amelia} {
		err := s.Do(t.Context(), "", func(tx *store.Tx) error {
			return tx.Bind(store.Binding{UserID: amelia, Username: "jane", At: time.Unix(1_800_000_000, 0)})
		})
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		e := &env{ctx: t.Context(), stdout: &out}
		if err := (unbindCommand{User: name, Config: file}).Run(e); err != nil || out.String() != name+" is released.\n" {
			t.Errorf("%s: %q, %v", name, out.String(), err)
		}
		err = s.View(t.Context(), func(tx *store.Tx) error {
			if found, err := tx.Bound(amelia, "jane"); err != nil || len(found) != 0 {
				t.Errorf("still bound: %v, %v", found, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := (unbindCommand{User: name, Config: file}).Run(e); !errors.Is(err, adapter.ErrNotBound) || !strings.Contains(err.Error(), name) {
			t.Errorf("a second time: %v", err)
		}
	}
}
