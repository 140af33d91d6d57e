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
	app   bool // it may be a matter of time
}

// waiting says what is missing in the org; "" once the integration user has signed in. app is true while the org may
// yet come to know the app.
func (s *setUp) waiting(ctx context.Context) (said string, app bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock.Now()
	if !s.asked.IsZero() && now.Sub(s.asked) < askAgain {
		return s.said, s.app
	}
	ctx, cancel := context.WithTimeout(ctx, healthWithin)
	defer cancel()
	_, err := s.client(ctx)
	s.asked, s.said, s.app = now, missing(err), waitsForApp(err)
	return s.said, s.app
}

// waitsForApp says whether the org does not know the app yet, or does not let it in yet: it may in some minutes.
func waitsForApp(err error) bool {
	return salesforce.IsCode(err, "invalid_client_id", "invalid_client", "invalid_grant", "invalid_app_access")
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
