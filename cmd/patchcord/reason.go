package main

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/patchcord/patchcord/adapter"
	"github.com/patchcord/patchcord/adapter/admin"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/config"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/setup/checks"
)

// reasons asks the adapter of a configuration why calls popped or did not, as patchcord calls does: by its data folder if it runs here,
// else by a token. nil if it can be asked in neither way.
func reasons(cfg config.File) (tell checks.Tell, done func()) {
	var ask *asking
	socket := filepath.Join(cfg.Data, adapter.SocketName)
	switch token := secret.String(os.Getenv("PATCHCORD_TOKEN")); {
	case cfg.Data != "" && trusted(socket) == nil && answers(socket):
		ask = askSocket(socket)
	case token != "":
		var err error
		if ask, err = askElsewhere(cfg.PublicURL, token); err != nil {
			return nil, func() {}
		}
	default:
		return nil, func() {}
	}
	return func(ctx context.Context, from string, since time.Time) (checks.Reason, bool, error) {
		return latest(ctx, ask, cfg.PublicURL, from, since)
	}, ask.close
}

// latest is what the adapter says of the latest call since a moment.
func latest(ctx context.Context, ask *asking, origin, from string, since time.Time) (checks.Reason, bool, error) {
	q := url.Values{"limit": {"1"}, "from": {since.UTC().Format(time.RFC3339)}}
	if from != "" {
		q.Set("number", from)
	}
	var list admin.CallList
	if _, err := ask.get(ctx, "calls?"+q.Encode(), &list); err != nil || len(list.Calls) == 0 {
		return checks.Reason{}, false, err
	}
	call := list.Calls[0]
	return checks.Reason{
		Popped: call.Outcome == told.Popped, Settled: call.Outcome != told.Waiting && call.Outcome != told.Nothing,
		Sentence: call.Why.Text, Link: origin + "/admin/calls/" + url.PathEscape(call.ContactID),
	}, true, nil
}
