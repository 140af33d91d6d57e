package adapter

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/patchcord/patchcord/adapter/socket"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

// users knows which users of the contact centre there are, and who may work as them, as far as it may be asked. It asks once a day for
// each, never for a call.
type users struct {
	centre Centre // nil: pages are taken at their word
	// field is that of a CRM user which must be the user's name in the contact centre: Email, FederationIdentifier, or "" for none.
	field string
	crm   func(ctx context.Context) (*salesforce.Client, error)
	clock clock.Clock
	log   *slog.Logger
	// seldom keeps pages of other agents from filling the log.
	seldom rate.Sometimes

	mu    sync.Mutex // guards there
	there map[string]time.Time
}

const (
	thereFor  = 24 * time.Hour
	asksAbout = 10 * time.Second
	maxThere  = 50_000
)

// known says whether a CRM user is known to be the contact centre's user, without asking.
func (u *users) known(userID, username string) bool {
	if u.centre == nil && u.field == "" {
		return true
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	until, ok := u.there[userID+"|"+username]
	return ok && u.clock.Now().Before(until)
}

// speaks finds out whether a page speaks for its user's own agent; an error's message is for the agent.
func (u *users) speaks(ctx context.Context, userID string, agent wire.Agent) error {
	return u.otherAgent(ctx, userID, u.check(ctx, userID, agent.Username))
}

// otherAgent is what an agent reads whose page speaks for another one; nil for every other error, after which the page tells it again.
func (u *users) otherAgent(ctx context.Context, userID string, err error) error {
	if err == nil {
		return nil
	}
	u.seldom.Do(func() { u.log.WarnContext(ctx, "what a page sees was not taken in", "agent", userID, "err", err) })
	if f := fault.Of(err); f.Kind == fault.Conflict {
		other := noticed(told.CodeOtherAgent, f.Message)
		other.Err = socket.ErrOtherAgent
		return other
	}
	return nil
}

// check asks whether a user is there, and is the CRM user's. fault.Conflict if not; that nobody answers is no reason to refuse anybody.
func (u *users) check(ctx context.Context, userID, username string) error {
	if u.known(userID, username) {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, asksAbout)
	defer cancel()
	for _, ask := range []func(context.Context, string, string) error{u.askCentre, u.askCRM} {
		err := ask(limited, userID, username)
		if fault.Of(err).Kind == fault.Conflict && err != nil {
			return err
		}
		if err != nil {
			return nil // it is asked again with the next page
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.there == nil || len(u.there) >= maxThere {
		u.there = map[string]time.Time{}
	}
	u.there[userID+"|"+username] = u.clock.Now().Add(thereFor)
	return nil
}

func (u *users) askCentre(ctx context.Context, _, username string) error {
	if u.centre == nil {
		return nil
	}
	is, err := u.centre.UserExists(ctx, username)
	if err == nil && !is {
		return fault.New(fault.Conflict, nil, "The contact centre has no user %s: the softphone is signed in to another instance than the "+
			"adapter asks. An administrator can compare connect.instance_id of patchcord.yaml with the AC CTI Adapter record.", username)
	}
	return err
}

// labels are what people call the fields.
var labels = map[string]string{"Email": "e-mail address", "FederationIdentifier": "Federation ID"}

func (u *users) askCRM(ctx context.Context, userID, username string) error {
	if u.field == "" {
		return nil
	}
	client, err := u.crm(ctx)
	if err != nil {
		return err
	}
	var user struct{ Email, FederationIdentifier string }
	if err := client.Get(ctx, "User", userID, []string{u.field}, &user); err != nil {
		return err
	}
	if value := user.Email + user.FederationIdentifier; !strings.EqualFold(value, username) {
		return fault.New(fault.Conflict, nil, "You are signed in to the contact centre as %s, but the %s of your Salesforce user is %q: sign in "+
			"to the contact centre with that, or ask an administrator to correct it.", username, labels[u.field], value)
	}
	return nil
}
