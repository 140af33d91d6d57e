package steps

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/salesforce"
	"github.com/patchcord/patchcord/setup"
	"github.com/patchcord/patchcord/sfdx"
)

// SignIn waits until the org lets the adapter in: it may take its time to know a new External Client App.
type SignIn struct {
	Adapter string // origin; "" asks nobody
	App     OAuthApp
	Clock   clock.Clock
}

// Name says what it is.
func (SignIn) Name() string { return "the adapter's sign-in" }

const (
	appKnownWithin = 30 * time.Minute // the longest that people report
	askWithin      = 10 * time.Second
)

// Plan asks the adapter, once the org has the app: an adapter goes by a session from before for a while. An app with a
// key of the org's own is not waited for: a person has to tell the adapter.
func (s SignIn) Plan(ctx context.Context, p setup.Platforms) ([]setup.Change, error) {
	if s.Adapter == "" {
		return []setup.Change{setup.Right("the adapter is not asked")}, nil
	}
	have, err := readClientApp(ctx, p)
	if err != nil && !errors.Is(err, salesforce.ErrNoRetrieve) {
		return nil, err
	}
	isThere := err != nil || have.has(sfdx.AppHeader)
	now := s.ask(ctx)
	switch {
	case isThere && now.said == "":
		return []setup.Change{setup.Right("the org lets the adapter in")}, nil
	case isThere && !now.passes:
		return []setup.Change{setup.Right("not waited for: %s", now.said)}, nil
	case have.key() != "" && have.key() != s.App.ClientID:
		return []setup.Change{setup.Right("not waited for: the adapter has to learn its client_id first")}, nil
	}
	return []setup.Change{{
		Action: setup.Create,
		What:   fmt.Sprintf("wait until the org lets the adapter in, for %s at most", appKnownWithin),
		Why:    "a new External Client App is known within minutes, on some orgs within thirty",
		Wait: &setup.Waiting{Clock: s.Clock, For: appKnownWithin, Ask: func(ctx context.Context) (string, error) {
			return s.ask(ctx).said, ctx.Err()
		}},
	}}, nil
}

// waits is what an adapter waits for; said is "" for nothing.
type waits struct {
	said   string
	passes bool // time alone may mend it
}

func (s SignIn) ask(ctx context.Context) waits {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Adapter+"/readyz", nil)
	if err != nil {
		return waits{said: err.Error()}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return waits{said: "the adapter at " + s.Adapter + " does not answer"}
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return waits{}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 4<<10))
	if err != nil {
		return waits{said: "the adapter at " + s.Adapter + " does not answer"}
	}
	said := strings.TrimSpace(string(body))
	if said == "" {
		said = resp.Status
	}
	return waits{said: said, passes: resp.Header.Get("Patchcord-Waits-For") == "app"}
}
