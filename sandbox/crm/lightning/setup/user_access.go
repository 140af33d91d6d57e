package setup

import (
	"context"
	"fmt"
	"net/http"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/people"
)

type passwordsIn struct {
	Users []string `json:"users"`
}

type mailedOut struct {
	Mailed []string `json:"mailed"` // addresses
}

// resetPasswords takes users' passwords away and mails each a link to a new one. Nobody but the user is told more.
func resetPasswords(ctx context.Context, a *crm.Actor, _ asked, in passwordsIn) (mailedOut, error) {
	out := mailedOut{Mailed: []string{}}
	if len(in.Users) == 0 || len(in.Users) > mostPicked {
		return out, edge.Refuse(http.StatusBadRequest, "BAD_REQUEST", fmt.Sprintf("Select 1 to %d users.", mostPicked))
	}
	for _, id := range in.Users {
		user, err := userWith(ctx, a, id)
		if err != nil {
			return out, err
		}
		if !on(user, "IsActive") {
			return out, edge.Refuse(http.StatusBadRequest, "INACTIVE_OWNER_OR_USER", "You can't reset the password of an inactive user.")
		}
		if err := people.ResetPassword(ctx, a.Access, user.ID()); err != nil {
			return out, err
		}
		if err := a.Audit(ctx, "resetpassword", manageUsers, "Reset password for user %s", user.Text("Name")); err != nil {
			return out, err
		}
		out.Mailed = append(out.Mailed, user.Text("Email"))
	}
	return out, nil
}

type freezeIn struct {
	Frozen bool `json:"frozen"`
}

func freezeUser(ctx context.Context, a *crm.Actor, r asked, in freezeIn) (nothing, error) {
	user, err := userNamed(ctx, a, r)
	if err != nil {
		return nothing{}, err
	}
	if user.ID() == r.User.ID {
		return nothing{}, edge.Refuse(http.StatusBadRequest, "FIELD_INTEGRITY_EXCEPTION", "You can't freeze yourself.")
	}
	if err := people.Freeze(ctx, a.Access, user.ID(), in.Frozen); err != nil {
		return nothing{}, err
	}
	action, verb := "frozeuser", "Froze"
	if !in.Frozen {
		action, verb = "unfrozeuser", "Unfroze"
	}
	return nothing{}, a.Audit(ctx, action, manageUsers, "%s user %s", verb, user.Text("Name"))
}
