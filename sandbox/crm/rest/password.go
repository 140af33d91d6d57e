package rest

import (
	"net/http"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
)

func userOf(c call) crm.RecordID { return crm.RecordID(c.r.PathValue("id")) }

// passwordState says whether a user must set a password before anything else.
func (s *server) passwordState(c call) (answer, error) {
	has, err := c.actor.HasPassword(c.ctx, userOf(c))
	return ok(map[string]bool{"isExpired": !has}), err
}

func (s *server) setPassword(c call) (answer, error) {
	in, err := decode[struct {
		New string `json:"NewPassword"`
	}](c.body)
	if err == nil {
		err = c.actor.SetUserPassword(c.ctx, userOf(c), secret.String(in.New))
	}
	return answer{status: http.StatusNoContent}, err
}

// resetPassword generates a password and answers with it, as the platform does.
func (s *server) resetPassword(c call) (answer, error) {
	password, err := c.actor.GeneratePassword(c.ctx, userOf(c))
	return ok(map[string]string{"NewPassword": password.Expose()}), err
}
