package identity

import (
	"context"
	"errors"
	"fmt"
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
		return nil
	}
	inactive, err := i.cfg.Inactive(ctx, users)
	if err != nil {
		return fmt.Errorf("inactive users: %w", err)
	}
	i.mu.Lock()
	i.asked = i.cfg.Clock.Now()
	for _, user := range users {
		if _, here := i.greeted[user]; here {
			i.greeted[user] = true
		}
	}
	i.mu.Unlock()
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
			err = i.drop(ctx, s, errors.New("the CRM user is deactivated"))
		}
		if err != nil {
			return err
		}
	}
}

// Inactive asks the CRM which of these users are deactivated, with the rights of somebody who sees all users.
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
	}
	return inactive, nil
}
