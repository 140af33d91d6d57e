package setup

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
	"github.com/patchcord/patchcord/sandbox/crm/soql"
)

const mostAssigned = 200 // users at once

type assignmentsOut struct {
	Set    permissionSetOut `json:"set"`
	People []personOut      `json:"people"`
	More   bool             `json:"more"`
}

// assignments lists who has a permission set.
func (s *server) assignments(ctx context.Context, r asked) (assignmentsOut, error) {
	return s.people(ctx, r, "Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = %s)")
}

// candidates lists active users who do not have it.
func (s *server) candidates(ctx context.Context, r asked) (assignmentsOut, error) {
	return s.people(ctx, r, "IsActive = true AND Id NOT IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = %s)")
}

func (s *server) people(ctx context.Context, r asked, where string) (assignmentsOut, error) {
	var out assignmentsOut
	err := s.system(ctx, r, func(a *crm.Actor) (err error) {
		if out.Set, err = setNamed(ctx, a, r); err != nil {
			return err
		}
		where := fmt.Sprintf(where, soql.Quote(out.Set.ID))
		if q := r.URL.Query().Get("q"); q != "" {
			q = q[:min(len(q), 80)]
			where += fmt.Sprintf(" AND (Name LIKE %s OR Username LIKE %s OR Alias LIKE %s)", like(q), like(q), like(q))
		}
		found, err := persons(ctx, a, where)
		out.People, out.More = found.People, found.More
		return err
	})
	return out, err
}

type usersIn struct {
	Users []string `json:"users"`
}

func (in usersIn) check() error {
	switch {
	case len(in.Users) == 0:
		return edge.Refuse(http.StatusBadRequest, "REQUIRED_FIELD_MISSING", "You must select at least one user.")
	case len(in.Users) > mostAssigned:
		return edge.Refuse(http.StatusBadRequest, "LIMIT_EXCEEDED", fmt.Sprintf("You can select at most %d users at a time.", mostAssigned))
	}
	return nil
}

type assignedOut struct {
	Assigned int `json:"assigned"`
	Already  int `json:"already"` // had it before, by somebody else's doing
}

func assign(ctx context.Context, a *crm.Actor, r asked, in usersIn) (assignedOut, error) {
	var out assignedOut
	set, err := setNamed(ctx, a, r)
	if err == nil {
		err = in.check()
	}
	if err != nil {
		return out, err
	}
	for _, id := range in.Users {
		user, err := a.Get(ctx, "User", schema.RecordID(id), "Name", "IsActive")
		if err != nil {
			return out, err
		}
		if active, _ := user.Get("IsActive").(bool); !active {
			return out, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION",
				fmt.Sprintf("You can't assign a permission set to the inactive user %s.", user.Text("Name")))
		}
		_, err = a.Create(ctx, "PermissionSetAssignment", records.Values{"PermissionSetId": set.ID, "AssigneeId": id})
		if refused, ok := errors.AsType[*schema.Error](err); ok && refused.Code == "DUPLICATE_VALUE" {
			out.Already++
			continue
		}
		if err != nil {
			return out, err
		}
		out.Assigned++
		if err := a.Audit(ctx, "PermSetAssign", manageUsers, "Permission set %s: assigned to user %s (UserID: [%.15s])",
			set.Label, user.Text("Name"), id); err != nil {
			return out, err
		}
	}
	return out, nil
}

func unassign(ctx context.Context, a *crm.Actor, r asked, in usersIn) (assignedOut, error) {
	var out assignedOut
	set, err := setNamed(ctx, a, r)
	if err == nil {
		err = in.check()
	}
	if err != nil {
		return out, err
	}
	for _, id := range in.Users {
		user, err := a.Get(ctx, "User", schema.RecordID(id), "Name")
		if err != nil {
			return out, err
		}
		if err := clear(ctx, a, "PermissionSetAssignment", fmt.Sprintf("PermissionSetId = %s AND AssigneeId = %s",
			soql.Quote(set.ID), soql.Quote(string(schema.To18(id))))); err != nil {
			return out, err
		}
		out.Assigned++
		if err := a.Audit(ctx, "PermSetUnassign", manageUsers,
			"Permission set %s: unassigned from user %s (UserID: [%.15s])", set.Label, user.Text("Name"), id); err != nil {
			return out, err
		}
	}
	return out, nil
}
