package crm

import (
	"errors"
	"testing"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func TestWhoMayFreezeUsersOverTheAPIs(t *testing.T) {
	d := newDesk(t)
	victim := d.admin.User().ID
	login, err := d.agent.FirstID(t.Context(), "SELECT Id FROM UserLogin WHERE UserId = '"+string(victim)+"'")
	if err != nil || login == "" {
		t.Fatalf("each user has a row: %q %v", login, err)
	}
	for _, tc := range []struct {
		permission string
		may        bool
	}{{"CustomizeApplication", false}, {"FreezeUsers", true}, {"ManageUsers", true}} {
		t.Run(tc.permission, func(t *testing.T) {
			if err := d.Transact(t.Context(), func(a *Actor) error {
				set := create(t, a, "PermissionSet", records.Values{"Name": tc.permission, "Label": tc.permission, "Permissions" + tc.permission: true})
				given := create(t, a, "PermissionSetAssignment",
					records.Values{"AssigneeId": string(d.agent.User().ID), "PermissionSetId": string(set)})
				t.Cleanup(func() {
					_ = d.Transact(t.Context(), func(a *Actor) error { return a.Delete(t.Context(), "PermissionSetAssignment", given) })
				})
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			session, err := d.People.CreateSession(t.Context(), people.Session{User: victim, Kind: "ui"}, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			who := d.as(t, "agent@x.example")
			err = who.Update(t.Context(), "UserLogin", login, records.Values{"IsFrozen": true}, "")
			if (err == nil) != tc.may {
				t.Errorf("freezing: %v", err)
			}
			if _, err := d.People.Session(t.Context(), session); errors.Is(err, people.ErrNoSession) != tc.may {
				t.Errorf("the session: %v", err)
			}
			if tc.may {
				if err := who.Update(t.Context(), "UserLogin", login, records.Values{"IsFrozen": false}, ""); err != nil {
					t.Errorf("unfreezing: %v", err)
				}
			}
			values := records.Values{"UserId": string(victim), "IsFrozen": true}
			if _, err := who.Create(t.Context(), "UserLogin", values); !refusedAs(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
				t.Errorf("creating: %v", err)
			}
			if err := who.Delete(t.Context(), "UserLogin", login); !refusedAs(err, "INSUFFICIENT_ACCESS_OR_READONLY") {
				t.Errorf("deleting: %v", err)
			}
			if err := who.Update(t.Context(), "UserLogin", login, records.Values{"UserId": string(who.Who())}, ""); err == nil {
				t.Error("the row was given to another user")
			}
		})
	}
}

func refusedAs(err error, code string) bool {
	refused, ok := errors.AsType[*schema.Error](err)
	return ok && refused.Code == code
}
