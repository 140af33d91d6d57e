package identity

import (
	"cmp"
	"context"
	"encoding/json"
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
	askActive = time.Hour
	// askAgain is how often it is asked at most who was deactivated since: seldom enough that Lately has been heard meanwhile.
	askAgain = 55 * time.Second
	// lately is how far back Lately asks.
	lately = 5 * time.Minute
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

// expireInactive ends the sessions of users who were deactivated or frozen, of all who are there at any node, by one node. If the CRM does
// not say, nobody is.
func (i *Identity) expireInactive(ctx context.Context) error {
	users, err := i.present(ctx)
	if err != nil || len(users) == 0 {
		return err
	}
	if err := i.cfg.Store.Turn(ctx, "users", askAgain, i.cfg.Clock, func(ctx context.Context, last store.Finding) ([]byte, error) {
		return i.askAll(ctx, users, last)
	}); err != nil {
		return err
	}
	return i.askNew(ctx)
}

// present are the users who are there.
func (i *Identity) present(ctx context.Context) (users []string, err error) {
	if nodes := i.cfg.Store.Nodes(); nodes != nil {
		return nodes.Present(ctx)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Sorted(maps.Keys(i.greeted)), nil
}

// askedAll is what is kept of the latest question about users.
type askedAll struct {
	Whole time.Duration // how long before it everybody was asked about
}

// lastAsked is what is kept of it, as of now; known is false if there is nothing.
func lastAsked(last store.Finding) (asked askedAll, known bool) {
	known = last.Body != nil && json.Unmarshal(last.Body, &asked) == nil
	asked.Whole += last.Ago
	return asked, known
}

// askAll asks about everybody, or, if that is not long ago, who is gone since the latest question.
func (i *Identity) askAll(ctx context.Context, users []string, last store.Finding) ([]byte, error) {
	asked, known := lastAsked(last)
	if i.cfg.Inactive != nil && (!known || asked.Whole >= askActive) {
		if err := i.expireOf(ctx, users); err != nil {
			return nil, err
		}
		return json.Marshal(askedAll{})
	}
	if i.cfg.Gone != nil {
		since := i.cfg.Clock.Now().Add(-overlap)
		if known {
			since = since.Add(-last.Ago)
		}
		gone, err := i.cfg.Gone(ctx, since)
		if err != nil {
			return nil, fmt.Errorf("users who are gone: %w", err)
		}
		if err := i.dropThose(ctx, users, gone); err != nil {
			return nil, err
		}
	}
	return json.Marshal(asked)
}

// expireOf ends the sessions of those of some users who are inactive.
func (i *Identity) expireOf(ctx context.Context, users []string) error {
	inactive, err := i.cfg.Inactive(ctx, users)
	if err != nil {
		return fmt.Errorf("inactive users: %w", err)
	}
	if err := i.dropThose(ctx, users, inactive); err != nil {
		return err
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, user := range users {
		if _, here := i.greeted[user]; here {
			i.greeted[user] = true
		}
	}
	return nil
}

// askNew asks about those who came here since.
func (i *Identity) askNew(ctx context.Context) error {
	var users []string
	i.mu.Lock()
	for user, known := range i.greeted {
		if !known {
			users = append(users, user)
		}
	}
	i.mu.Unlock()
	if len(users) == 0 || i.cfg.Inactive == nil {
		return nil
	}
	slices.Sort(users)
	return i.expireOf(ctx, users)
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

// Gone asks the CRM who was deactivated or frozen since a moment, by one request. What it does not let this user see counts as nobody.
func Gone(ctx context.Context, client *salesforce.Client, since time.Time) (gone []string, err error) {
	answers, err := client.Composite(ctx, salesforce.Composite{Repeatable: true, Parts: goneSince(since)})
	if err != nil {
		return nil, err
	}
	return goneOf(answers), nil
}

// goneSince asks who was deactivated or frozen since a moment.
func goneSince(since time.Time) []salesforce.Part {
	moment := since.UTC().Format("2006-01-02T15:04:05Z")
	return []salesforce.Part{
		salesforce.Ask("inactive", "SELECT Id FROM User WHERE IsActive = false AND SystemModstamp >= "+moment+" LIMIT 2000"),
		salesforce.Ask("frozen", "SELECT UserId FROM UserLogin WHERE IsFrozen = true AND LastModifiedDate >= "+moment+" LIMIT 2000"),
	}
}

// goneOf is what the CRM has answered to goneSince.
func goneOf(answers salesforce.Answers) (gone []string) {
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
	return gone
}

// Lately is what to ask the CRM, with the rights of somebody who sees all users and together with something else, and who is to hear the
// answers: who is gone since the latest question is signed out, and Expire has nothing to ask.
func (i *Identity) Lately() (parts []salesforce.Part, hear func(context.Context, salesforce.Answers)) {
	return goneSince(i.cfg.Clock.Now().Add(-lately)), func(ctx context.Context, answers salesforce.Answers) {
		if err := i.heard(ctx, goneOf(answers)); err != nil {
			i.cfg.Log.WarnContext(ctx, "users who are gone not signed out", "err", err)
		}
	}
}

// errAsk means that an answer to Lately leaves something to ask.
var errAsk = errors.New("Expire has to ask")

func (i *Identity) heard(ctx context.Context, gone []string) error {
	users, err := i.present(ctx)
	if err != nil || len(users) == 0 {
		return err
	}
	err = i.cfg.Store.Turn(ctx, "users", 0, i.cfg.Clock, func(ctx context.Context, last store.Finding) ([]byte, error) {
		if err := i.dropThose(ctx, users, gone); err != nil {
			return nil, err
		}
		asked, known := lastAsked(last)
		if !known || asked.Whole >= askActive || last.Ago+overlap > lately {
			return nil, errAsk
		}
		return json.Marshal(asked)
	})
	if errors.Is(err, errAsk) {
		return nil
	}
	return err
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
