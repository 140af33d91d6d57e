package identity

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	expireAtOnce = 200
	// askActive is how often it is asked whether those who are there are still active; whoever comes is asked for at the next Expire. An
	// org counts requests.
	askActive = 15 * time.Minute
	// overlap is how far the org's clock may be behind ours, or what it writes be late.
	overlap = 2 * time.Minute
)

// greet notes that a user's page showed a good session.
func (i *Identity) greet(userID string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if _, known := i.greeted[userID]; !known {
		i.greeted[userID] = false
	}
}

// leave forgets a user who has no session any more.
func (i *Identity) leave(userID string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.greeted, userID)
}

// Expire ends sessions whose time is over, and all of users who were deactivated, and tells their pages by SignedOut. It is to be called
// about once a minute.
func (i *Identity) Expire(ctx context.Context) error {
	for {
		over, err := i.cfg.Store.ExpiredSessions(ctx, i.cfg.Clock.Now(), expireAtOnce)
		if err != nil {
			return fmt.Errorf("expired sessions: %w", err)
		}
		for _, s := range over {
			if err := i.drop(ctx, s, errors.New("expired")); err != nil {
				return err
			}
		}
		if len(over) < expireAtOnce {
			return i.expireInactive(ctx)
		}
	}
}

// expireInactive ends the sessions of users who were deactivated. If the CRM does not say, nobody is.
func (i *Identity) expireInactive(ctx context.Context) error {
	users := i.toAsk()
	if len(users) == 0 {
		return i.expireGone(ctx)
	}
	now := i.cfg.Clock.Now()
	inactive, err := i.cfg.Inactive(ctx, users)
	if err != nil {
		return fmt.Errorf("inactive users: %w", err)
	}
	i.mu.Lock()
	i.asked, i.askedGone = now, now
	for _, user := range users {
		if _, here := i.greeted[user]; here {
			i.greeted[user] = true
		}
	}
	i.mu.Unlock()
	return i.dropThose(ctx, users, inactive)
}

// dropThose ends the sessions of those users who are inactive.
func (i *Identity) dropThose(ctx context.Context, users, inactive []string) error {
	for _, user := range users {
		if !slices.ContainsFunc(inactive, func(id string) bool { return salesforce.SameID(id, user) }) {
			continue
		}
		if err := i.dropAll(ctx, user); err != nil {
			return err
		}
	}
	return nil
}

// expireGone ends the sessions of users who were deactivated or frozen since it was asked last: one request, however many are there.
func (i *Identity) expireGone(ctx context.Context) error {
	i.mu.Lock()
	users, since := slices.Collect(maps.Keys(i.greeted)), i.askedGone
	i.mu.Unlock()
	if i.cfg.Gone == nil || len(users) == 0 {
		return nil
	}
	now := i.cfg.Clock.Now()
	gone, err := i.cfg.Gone(ctx, since.Add(-overlap))
	if err != nil {
		return fmt.Errorf("users who are gone: %w", err)
	}
	i.mu.Lock()
	i.askedGone = now
	i.mu.Unlock()
	return i.dropThose(ctx, users, gone)
}

// Gone asks the CRM who was deactivated or frozen since a moment, by one request. What it does not let this user see counts as nobody.
func Gone(ctx context.Context, client *salesforce.Client, since time.Time) (gone []string, err error) {
	moment := since.UTC().Format("2006-01-02T15:04:05Z")
	answers, err := client.Composite(ctx, salesforce.Composite{Repeatable: true, Parts: []salesforce.Part{
		salesforce.Ask("inactive", "SELECT Id FROM User WHERE IsActive = false AND SystemModstamp >= "+moment+" LIMIT 2000"),
		salesforce.Ask("frozen", "SELECT UserId FROM UserLogin WHERE IsFrozen = true AND LastModifiedDate >= "+moment+" LIMIT 2000"),
	}})
	if err != nil {
		return nil, err
	}
	for _, part := range []string{"inactive", "frozen"} {
		var found struct{ Records []struct{ Id, UserId string } }
		if answers.Into(part, &found) != nil {
			continue
		}
		for _, row := range found.Records {
			if id := cmp.Or(row.UserId, row.Id); id != "" {
				gone = append(gone, id)
			}
		}
	}
	return gone, nil
}

// toAsk lists all users who are there, if somebody has come or it is time again; else nobody.
func (i *Identity) toAsk() (users []string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	due := i.cfg.Clock.Now().Sub(i.asked) >= askActive
	for user, known := range i.greeted {
		due = due || !known
		users = append(users, user)
	}
	if !due || i.cfg.Inactive == nil {
		return nil
	}
	slices.Sort(users)
	return users
}

// dropAll ends all sessions of a user.
func (i *Identity) dropAll(ctx context.Context, userID string) error {
	for {
		s, err := i.cfg.Store.SessionOf(ctx, userID, i.cfg.Clock.Now())
		if errors.Is(err, store.ErrNone) {
			return nil
		}
		if err == nil {
			err = i.drop(ctx, s, errors.New("the CRM user is deactivated or frozen"))
		}
		if err != nil {
			return err
		}
	}
}

// Inactive asks the CRM which of these users are deactivated or frozen, with the rights of somebody who sees all users.
func Inactive(ctx context.Context, client *salesforce.Client, userIDs []string) (inactive []string, err error) {
	for some := range slices.Chunk(userIDs, expireAtOnce) {
		quoted := make([]string, len(some))
		for n, id := range some {
			quoted[n] = salesforce.Quote(id)
		}
		rows, err := salesforce.Query[struct{ Id string }](ctx, client,
			"SELECT Id FROM User WHERE IsActive = false AND Id IN ("+strings.Join(quoted, ", ")+")")
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			inactive = append(inactive, row.Id)
		}
		frozen, err := salesforce.Query[struct{ UserId string }](ctx, client,
			"SELECT UserId FROM UserLogin WHERE IsFrozen = true AND UserId IN ("+strings.Join(quoted, ", ")+")")
		if err != nil {
			continue // not every integration user is told
		}
		for _, row := range frozen {
			if row.UserId != "" {
				inactive = append(inactive, row.UserId)
			}
		}
	}
	return inactive, nil
}
