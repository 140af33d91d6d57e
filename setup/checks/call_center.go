package checks

import (
	"context"

	"github.com/patchcord/patchcord/internal/counted"
	"github.com/patchcord/patchcord/setup"
)

func callCenterRight(ctx context.Context, on On) ([]setup.Finding, error) {
	found, err := unless(ctx, on, on.Steps.CallCenter, "height and width are right")
	if err != nil {
		return found, err
	}
	members := on.Config.Users()
	users, err := unless(ctx, on, on.Steps.CallCenterUsers, "in it: "+counted.Noun(len(members), "user"))
	return append(found, users...), err
}
