package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

type profileOut struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	UserType    string `json:"userType"`
	Description string `json:"description"`
	Custom      bool   `json:"custom"`
	Users       int    `json:"users"`
}

type profilesOut struct {
	Profiles []profileOut `json:"profiles"`
}

// profilePageOut is a profile with all that it gives.
type profilePageOut struct {
	profileOut
	System   []accessOut   `json:"system"`
	Objects  []objectRight `json:"objects"`
	Apps     []accessOut   `json:"apps"`
	Pages    []accessOut   `json:"pages"`
	Settings []accessOut   `json:"settings"`
	Statuses []accessOut   `json:"statuses"`
}

func (s *server) profiles(ctx context.Context, r asked) (profilesOut, error) {
	out := profilesOut{Profiles: []profileOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, "SELECT Id, Name, UserType, Description FROM Profile ORDER BY Name", false)
		for _, p := range found.Records {
			out.Profiles = append(out.Profiles, profileOut{ID: string(p.ID()), Name: p.Text("Name"),
				UserType: p.Text("UserType"), Description: p.Text("Description")})
		}
		return err
	})
	return out, err
}

func (s *server) profile(ctx context.Context, r asked) (profilePageOut, error) {
	out := profilePageOut{System: []accessOut{}}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		p, err := a.Get(ctx, "Profile", schema.RecordID(r.PathValue("id")))
		if err != nil {
			return err
		}
		out.ID, out.Name, out.UserType, out.Description = string(p.ID()), p.Text("Name"), p.Text("UserType"), p.Text("Description")
		for _, right := range rights.SystemPermissions() {
			out.System = append(out.System, accessOut{right.Name, right.Label, on(p, "Permissions"+right.Name)})
		}
		found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM User WHERE ProfileId = %s AND IsActive = true", soql.Quote(out.ID)), false)
		out.Users = found.TotalSize
		if err != nil {
			return err
		}
		return out.own(ctx, a)
	})
	return out, err
}

// own reads the rights that the profile's own permission set holds.
func (out *profilePageOut) own(ctx context.Context, a *crm.Actor) error {
	found, err := a.Query(ctx, "SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = "+soql.Quote(out.ID), false)
	if err != nil {
		return err
	}
	var set setOut
	if len(found.Records) > 0 {
		set.ID = string(found.Records[0].ID())
	}
	for _, part := range []func(context.Context, *crm.Actor, *setOut) error{objectRights, entities, apps, statuses} {
		if err := part(ctx, a, &set); err != nil {
			return err
		}
	}
	out.Objects, out.Apps, out.Pages, out.Settings, out.Statuses = set.Objects, set.Apps, set.Pages, set.Settings, set.Statuses
	return nil
}
