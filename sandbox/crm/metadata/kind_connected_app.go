package metadata

import (
	"context"

	"github.com/patchcord/patchcord/sandbox/crm/records"
)

// connectedApp is a type of which nobody may make new components any more.
func connectedApp() kind {
	return kind{name: "ConnectedApp", folder: "connectedApps", suffix: ".connectedApp", turn: 7, install: (*installer).refuseConnectedApp}
}

func (in *installer) refuseConnectedApp(_ context.Context, _ part, e *element, _ *records.Component) error {
	return bad(e, "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support. "+
		"Use an external client app instead.")
}
