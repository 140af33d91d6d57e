package adapter

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
)

// askAgain is how long an answer about the org's set-up is believed.
const askAgain = time.Second

// setUp watches whether the org lets the adapter in. Until it does, the adapter serves what it can and says what it waits for.
type setUp struct {
	client func(context.Context) (*salesforce.Client, error)
	clock  clock.Clock

	mu    sync.Mutex // guards asked and said; held while asking, so that many probes ask once
	asked time.Time
	said  string
}

// waiting says what is missing in the org; "" once the integration user has signed in.
func (s *setUp) waiting(ctx context.Context) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	if !s.asked.IsZero() && now.Sub(s.asked) < askAgain {
		return s.said
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	_, err := s.client(ctx)
	s.asked, s.said = now, missing(err)
	return s.said
}

// missing names the part of the set-up that an integration sign-in fell over.
func missing(err error) string {
	failed, refused := errors.AsType[*salesforce.Error](err)
	switch {
	case err == nil:
		return ""
	case !refused:
		return "waiting for set-up: the org does not answer"
	case failed.Code == "invalid_client_id" || failed.Code == "invalid_client":
		return "waiting for set-up: the org does not know the adapter's External Client App; run patchcord setup apply"
	case failed.Code == "invalid_grant" || failed.Code == "invalid_app_access":
		return "waiting for set-up: the External Client App does not let the integration user in (" + failed.Message +
			"); run patchcord setup apply"
	}
	return "waiting for set-up: the org refused the integration user (" + failed.Code + ")"
}
