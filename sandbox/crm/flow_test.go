package crm

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
)

// An org that was made before there were flows has no column for the right to run them.
func TestAnOlderOrgGetsTheRightToRunFlows(t *testing.T) {
	cfg := Config{Dir: t.TempDir(), Clock: clock.NewFake(monday), Log: slog.New(slog.DiscardHandler), Users: []SeedUser{
		{Username: "agent@x.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amel", Password: "secret-1"},
	}}
	o, err := Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Profile", "PermissionSet"} {
		object, _ := o.Schema().Object(name)
		object.Fields = slices.DeleteFunc(slices.Clone(object.Fields), func(f Field) bool { return f.Name == "PermissionsRunFlow" })
		definition, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.write.ExecContext(t.Context(), `UPDATE object SET definition = ? WHERE name = ?`, string(definition), strings.ToLower(name)); err != nil {
			t.Fatal(err)
		}
		if _, err := o.write.ExecContext(t.Context(), `ALTER TABLE `+table(name)+` DROP COLUMN "PermissionsRunFlow"`); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if o, err = Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.Close() })
	u, err := o.UserByName(t.Context(), "agent@x.example")
	if err != nil {
		t.Fatal(err)
	}
	a, err := o.As(t.Context(), u.ID)
	if err != nil || !a.Can(RunFlow) || a.Can(ManageFlow) {
		t.Errorf("the agent may run flows: %v, manage them: %v; %v", a.Can(RunFlow), a.Can(ManageFlow), err)
	}
}
