package rest

import (
	"net/http"

	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm/people"
	"github.com/patchcord/patchcord/sandbox/crm/rest/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

func userOf(c call) schema.RecordID { return schema.RecordID(c.PathValue("id")) }

// passwordState says whether a user must set a password before anything else.
func (s *server) passwordState(c call) (answer, error) {
	has, err := people.HasPassword(c.Context(), c.Actor.Access, userOf(c))
	return edge.OK(map[string]bool{"isExpired": !has}), err
}

func (s *server) setPassword(c call) (answer, error) {
	in, err := decode[struct {
		New string `json:"NewPassword"`
	}](c.Body)
	if err == nil {
		err = people.SetUserPassword(c.Context(), c.Actor.Access, userOf(c), secret.String(in.New))
	}
	return answer{Status: http.StatusNoContent}, err
}

// resetPassword generates a password and answers with it, as the platform does.
func (s *server) resetPassword(c call) (answer, error) {
	password, err := people.GeneratePassword(c.Context(), c.Actor.Access, userOf(c))
	return edge.OK(map[string]string{"NewPassword": password.Expose()}), err
}
