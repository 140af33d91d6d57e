package phonesetup

import (
	"context"
	"fmt"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
)

// grantOut is a profile or a permission set, and whether it lets its users open the page.
type grantOut struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	On    bool   `json:"on"`
}

type securityOut struct {
	Name     string     `json:"name"`
	Profiles []grantOut `json:"profiles"`
	Sets     []grantOut `json:"sets"`
}

// pageSecurity is who may open a page.
func (s *server) pageSecurity(ctx context.Context, r asked) (out securityOut, err error) {
	err = s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		out, err = security(ctx, a, r)
		return err
	})
	return out, err
}

func security(ctx context.Context, a *crm.Actor, r asked) (securityOut, error) {
	out := securityOut{Profiles: []grantOut{}, Sets: []grantOut{}}
	p, err := pageNamed(ctx, a, r)
	if err != nil {
		return out, err
	}
	out.Name = p.Text("Name")
	given, err := a.Query(ctx, fmt.Sprintf("SELECT Parent.Id, Parent.ProfileId FROM SetupEntityAccess WHERE SetupEntityId = '%s'", p.ID()), false)
	if err != nil {
		return out, err
	}
	opens := func(field, id string) bool {
		return slices.ContainsFunc(given.Records, func(r crm.Record) bool {
			parent, ok := r.Get("Parent").(*crm.Record)
			return ok && parent.Text(field) == id
		})
	}
	for _, list := range []struct {
		soql, label, by string
		to              *[]grantOut
	}{
		{"SELECT Id, Name FROM Profile ORDER BY Name", "Name", "ProfileId", &out.Profiles},
		{"SELECT Id, Label FROM PermissionSet WHERE IsOwnedByProfile = false ORDER BY Label", "Label", "Id", &out.Sets},
	} {
		found, err := a.Query(ctx, list.soql, false)
		if err != nil {
			return out, err
		}
		for _, row := range found.Records {
			*list.to = append(*list.to, grantOut{string(row.ID()), row.Text(list.label), opens(list.by, string(row.ID()))})
		}
	}
	return out, nil
}

// grants are those who may open the page, by id.
type grants struct {
	Profiles []string `json:"profiles"`
	Sets     []string `json:"sets"`
}

type saveSecurityIn struct {
	grants
	Was grants `json:"was"` // as it was read
}

func enabled(all []grantOut) []string {
	ids := []string{}
	for _, g := range all {
		if g.On {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// saveSecurity lets exactly the profiles and permission sets named open the page.
func (s *server) saveSecurity(ctx context.Context, r asked) (nothing, error) {
	in, err := edge.Decode[saveSecurityIn](r.Body)
	if err != nil {
		return nothing{}, err
	}
	if err := r.Actor.Require(crm.ManagePermissionSets); err != nil {
		return nothing{}, err
	}
	return nothing{}, s.cfg.Org.Administer(ctx, r.User.ID, func(a *crm.Actor) error {
		now, err := security(ctx, a, r)
		if err != nil {
			return err
		}
		if !same(enabled(now.Profiles), in.Was.Profiles) || !same(enabled(now.Sets), in.Was.Sets) {
			return errChanged
		}
		for _, list := range []struct {
			have []grantOut
			want []string
			set  func(string) (crm.RecordID, error)
			what string
		}{
			{now.Profiles, in.Profiles, func(id string) (crm.RecordID, error) { return a.ProfileSet(ctx, crm.RecordID(id)) }, "profile"},
			{now.Sets, in.Sets, func(id string) (crm.RecordID, error) { return crm.RecordID(id), nil }, "permission set"},
		} {
			for _, id := range list.want {
				if !slices.ContainsFunc(list.have, func(g grantOut) bool { return g.ID == id }) {
					return edge.Refuse(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
				}
			}
			for _, g := range list.have {
				want := slices.Contains(list.want, g.ID)
				if want == g.On {
					continue
				}
				set, err := list.set(g.ID)
				if err != nil {
					return err
				}
				if err := openPage(ctx, a, set, r.ID(), want); err != nil {
					return err
				}
				verb := map[bool]string{true: "granted to", false: "removed from"}[want]
				if err := a.Audit(ctx, "changedApexPageAccess", "Visualforce Page", "Access to Visualforce page %s %s %s %s", now.Name, verb, list.what, g.Label); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// same says whether two lists of ids hold the same.
func same(x, y []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y)))
}

// openPage gives or takes a set's access to a page.
func openPage(ctx context.Context, a *crm.Actor, set, page crm.RecordID, want bool) error {
	if want {
		_, err := a.Create(ctx, "SetupEntityAccess", crm.Values{"ParentId": string(set), "SetupEntityId": string(page), "SetupEntityType": "ApexPage"})
		return err
	}
	found, err := a.Query(ctx, fmt.Sprintf("SELECT Id FROM SetupEntityAccess WHERE ParentId = '%s' AND SetupEntityId = '%s'", set, page), false)
	if err != nil {
		return err
	}
	for _, row := range found.Records {
		if err := a.Delete(ctx, "SetupEntityAccess", row.ID()); err != nil {
			return err
		}
	}
	return nil
}
