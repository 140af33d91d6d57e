package checks

import (
	"context"

	"github.com/patchcord/patchcord/setup"
)

// microphoneGiven reads who may use the microphone in the org's pages, where the org lets it be read.
func microphoneGiven(ctx context.Context, on On) ([]setup.Finding, error) {
	return unless(ctx, on, on.Steps.Microphone, "the org's pages let the panel use the microphone")
}
