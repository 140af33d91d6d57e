package steps

import (
	"context"
	"fmt"

	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/setup/org"
)

// IntegrationUser is the user that the adapter signs in as when no agent is there.
type IntegrationUser struct{ Username string }

// Name says what it is.
func (IntegrationUser) Name() string { return "integration user" }

// Plan wants an active user; making one takes a licence, which is a person's decision.
func (s IntegrationUser) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if _, err := findUser(ctx, p, s.Username, "salesforce.username"); err != nil {
		return nil, err
	}
	return []setup.Change{setup.Right("%s is active", s.Username)}, nil
}

// user is what plans read of one.
type user struct {
	Id           string
	Username     string
	IsActive     bool
	CallCenterId string
}

// findUser finds an active user by name; field is where the configuration names them.
func findUser(ctx context.Context, p setup.Platforms, username, field string) (user, error) {
	where := org.Equals("Username", username)
	found, err := salesforce.Query[user](ctx, p.CRM, "SELECT Id, Username, IsActive, CallCenterId FROM User WHERE "+where)
	switch {
	case err != nil:
		return user{}, err
	case len(found) == 0:
		return user{}, &config.Error{Field: field, Message: fmt.Sprintf("the org has no user %s", username)}
	case !found[0].IsActive:
		return user{}, &config.Error{Field: field, Message: fmt.Sprintf("the user %s is not active", username)}
	}
	return found[0], nil
}
