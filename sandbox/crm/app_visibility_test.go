package crm

import (
	"slices"
	"testing"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func TestWhichProfilesShowAnApp(t *testing.T) {
	d := newDesk(t)
	sees := func(username string) bool { return d.as(t, username).AppVisible(serviceConsole.FullName) }
	who := d.as(t, "agent@x.example").User()
	if !sees("agent@x.example") || !sees("admin@x.example") {
		t.Fatal("an org as delivered does not show the Service Console to everybody")
	}
	ctx := t.Context()
	show := func(profiles ...schema.RecordID) []schema.RecordID {
		t.Helper()
		var have []schema.RecordID
		if err := d.Transact(ctx, func(a *Actor) error {
			err := people.ShowApp(ctx, a.Access, serviceConsole.FullName, profiles)
			if err == nil {
				have, err = people.AppProfiles(ctx, a.Access, serviceConsole.FullName)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return have
	}
	if got := show(who.ProfileID); !slices.Equal(got, []schema.RecordID{who.ProfileID}) || sees("admin@x.example") ||
		!sees("agent@x.example") {
		t.Errorf("shown to %v", got)
	}
	if got := show(); len(got) != 0 || sees("agent@x.example") {
		t.Errorf("shown to %v", got)
	}
	if err := d.upgrade(ctx); err != nil { // as when the org is opened again
		t.Fatal(err)
	}
	if sees("agent@x.example") {
		t.Error("what an administrator took away came back")
	}
}
