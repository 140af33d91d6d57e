package adapter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/internal/leak"
)

// A copy that was made while the adapter worked is started in its place: agents stay signed in, and calls are told of.
func TestABackupTakesTheAdaptersPlace(t *testing.T) {
	leak.Check(t)
	o := newOrg(t)
	o.sets = []string{"AC_Manager"}
	data, copied := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	cfg := testConfig(t, o.url, data)
	n := begin(t, cfg)
	session := signIn(t, n.server)
	page := open(t, n.server, session)
	page.tell(connecting("c-1"))
	for _, kind := range []string{"search", "screenPop"} {
		c := page.command(kind)
		page.does(c, popsMaya(c))
	}
	cookie := visit(t, n.server)
	var before admin.CallDetail
	for len(before.Legs) == 0 || before.Legs[0].Call.Outcome != "popped" {
		asks(t, n.server, cookie, "calls/c-1", &before)
	}
	if err := Backup(t.Context(), data, copied); err != nil {
		t.Fatal(err)
	}
	if err := Backup(t.Context(), data, copied); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("over a backup: %v", err)
	}
	n.end()
	for _, name := range []string{"", "adapter.db", "key"} {
		info, err := os.Stat(filepath.Join(copied, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}

	cfg.Data = copied
	again := begin(t, cfg)
	t.Cleanup(again.end)
	open(t, again.server, session).tell(connecting("c-2"))
	var after admin.CallDetail
	asks(t, again.server, cookie, "calls/c-1", &after)
	if len(after.Legs) != 1 || after.Legs[0].Call.Why.Text != before.Legs[0].Call.Why.Text {
		t.Errorf("%+v", after)
	}
	err := Backup(t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "b"))
	if err == nil || !strings.Contains(err.Error(), "no adapter has worked") {
		t.Errorf("of an empty folder: %v", err)
	}
}
