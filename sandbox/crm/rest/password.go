package rest

import (
	"net/http"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
)

func userOf(c call) crm.RecordID { return crm.RecordID(c.PathValue("id")) }

// passwordState says whether a user must set a password before anything else.
func (s *server) passwordState(c call) (answer, error) {
	has, err := c.Actor.HasPassword(c.Context(), userOf(c))
	return edge.OK(map[string]bool{"isExpired": !has}), err
}

func (s *server) setPassword(c call) (answer, error) {
	in, err := decode[struct {
		New string `json:"NewPassword"`
	}](c.Body)
	if err == nil {
		err = c.Actor.SetUserPassword(c.Context(), userOf(c), secret.String(in.New))
	}
	return answer{Status: http.StatusNoContent}, err
}

// resetPassword generates a password and answers with it, as the platform does.
func (s *server) resetPassword(c call) (answer, error) {
	password, err := c.Actor.GeneratePassword(c.Context(), userOf(c))
	return edge.OK(map[string]string{"NewPassword": password.Expose()}), err
}
