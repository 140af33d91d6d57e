package setup

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rights"
)

type startOut struct {
	Permissions []string   `json:"permissions"` // system permissions of the user
	Recent      []auditOut `json:"recent"`      // the user's own last changes
	Users       int        `json:"users"`       // active ones
}

// start is what the frame of Setup and its home need.
func (s *server) start(ctx context.Context, r asked) (startOut, error) {
	out := startOut{Permissions: []string{}}
	for _, p := range rights.SystemPermissions() {
		if r.Actor.Can(rights.Permission(p.Name)) {
			out.Permissions = append(out.Permissions, p.Name)
		}
	}
	err := s.system(ctx, r, func(a *crm.Actor) error {
		found, err := a.Query(ctx, "SELECT Id FROM User WHERE IsActive = true", false)
		out.Users = found.TotalSize
		if err != nil {
			return err
		}
		out.Recent, err = entries(ctx, a, fmt.Sprintf(" WHERE CreatedById = '%s'", r.User.ID), 5)
		return err
	})
	return out, err
}
