package adapter

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/records"
	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/fault"
)

// pushed remembers what the pages of each user were told of the adapter record, so that changes are told, and only they.
type pushed struct {
	mu sync.Mutex // guards of
	of map[string]string
}

// news says whether a user's pages were told something else last, and remembers what they are told now.
func (t *pushed) news(userID, what string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of[userID] == what {
		return false
	}
	if t.of == nil {
		t.of = map[string]string{}
	}
	t.of[userID] = what
	return true
}

// keep forgets all users but these.
func (t *pushed) keep(users []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	here := map[string]bool{}
	for _, user := range users {
		here[user] = true
	}
	for user := range t.of {
		if !here[user] {
			delete(t.of, user)
		}
	}
}

// welcomeOf is what a page is told of its adapter record; an error's message is for the agent.
func welcomeOf(record records.Adapter, err error) (wire.Welcome, string, error) {
	if err != nil {
		why := unusable(err)
		return wire.Welcome{}, why.Text, why
	}
	w := wire.Welcome{CCPURL: record.CCPURL, Settings: settingsOf(record), Wants: record.Fires()}
	body, err := json.Marshal(w)
	return w, string(body), err
}

// unusable says why an adapter record cannot be used. That the org does not answer is nothing to tell an administrator: it passes.
func unusable(err error) *socket.Noticed {
	if effect.ReasonOf(err) != store.OrgAway {
		return noticed(told.CodeUnusable, fault.Of(err).Message)
	}
	why := noticed(told.CodeOrgDown, "")
	why.Level = "warning"
	return why
}

// noticed is an error that the agent reads as a notice.
func noticed(code, problem string) *socket.Noticed {
	why := told.Say(code, map[string]string{"problem": problem})
	return &socket.Noticed{Notice: wire.Notice{Level: "error", Text: why.Text, Code: why.Code, Args: why.Args}}
}

// push tells pages that are connected what has changed of their adapter record, or that it cannot be used any more.
func (a *Adapter) push(ctx context.Context) {
	users := slices.Collect(maps.Keys(a.hub.Census()))
	a.pushed.keep(users)
	for _, user := range users {
		record, err, known := a.records.Latest(user)
		if !known {
			continue
		}
		w, what, err := welcomeOf(record, err)
		if !a.pushed.news(user, what) {
			continue
		}
		if err != nil {
			a.cfg.Log.WarnContext(ctx, "adapter record not usable any more", "agent", user, "err", err)
			if why, ok := errors.AsType[*socket.Noticed](err); ok {
				a.hub.Notify(user, why.Notice)
			}
			continue
		}
		a.hub.Welcome(user, w)
	}
}
