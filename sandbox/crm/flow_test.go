package crm

import (
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
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
		object.Fields = slices.DeleteFunc(slices.Clone(object.Fields), func(f schema.Field) bool { return f.Name == "PermissionsRunFlow" })
		definition, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Write(t.Context(), func(tx *records.Tx) error {
			_, first := tx.DB.ExecContext(t.Context(), `UPDATE object SET definition = ? WHERE name = ?`, string(definition), strings.ToLower(name))
			_, second := tx.DB.ExecContext(t.Context(), `ALTER TABLE `+schema.Table(name)+` DROP COLUMN "PermissionsRunFlow"`)
			return errors.Join(first, second)
		}); err != nil {
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
	u, err := o.People.UserByName(t.Context(), "agent@x.example")
	if err != nil {
		t.Fatal(err)
	}
	a, err := o.As(t.Context(), u.ID)
	if err != nil || !a.Can(rights.RunFlow) || a.Can(rights.ManageFlow) {
		t.Errorf("the agent may run flows: %v, manage them: %v; %v", a.Can(rights.RunFlow), a.Can(rights.ManageFlow), err)
	}
}
