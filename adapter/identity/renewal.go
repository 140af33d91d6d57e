package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	// renewWithin bounds a renewal, which serves all who wait for it and so does not end with the first of them.
	renewWithin = time.Minute
	// renewLease is how long one node alone may use a refresh token; the org has to answer within refreshWithin of the asking for it.
	renewLease    = 30 * time.Second
	refreshWithin = 20 * time.Second
	// lookAgain is how long others wait before they look whether it has, and whoever could not keep the new token before the next try.
	lookAgain = 100 * time.Millisecond
)

// Client acts with the rights of a signed-in user; its session renews itself. fault.Unsigned if the user is signed out.
func (i *Identity) Client(ctx context.Context, userID string) (*salesforce.Client, error) {
	i.mu.Lock()
	client, ok := i.clients[userID]
	i.mu.Unlock()
	if ok {
		return client, nil
	}
	session, err := i.renew(ctx, userID, "")
	if err != nil {
		return nil, err
	}
	client = i.clientOf(userID, session)
	i.keep(userID, client)
	return client, nil
}

// Forget drops what is kept of a user whose session has ended at another node: the next Client looks whether there is another one. One who
// may have another is asked about at the next Expire.
func (i *Identity) Forget(userID string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.clients, userID)
	if _, here := i.greeted[userID]; here {
		i.greeted[userID] = false
	}
}

// clientOf acts with a session of a user, and renews it.
func (i *Identity) clientOf(userID string, session salesforce.Session) *salesforce.Client {
	var client *salesforce.Client
	client = salesforce.New(salesforce.Config{
		Session: session, HTTP: i.cfg.App.HTTP, Clock: i.cfg.Clock, Log: i.cfg.Log, Meter: i.cfg.Meter,
		Renew: func(ctx context.Context) (salesforce.Session, error) {
			return i.renew(ctx, userID, client.Session().AccessToken)
		},
	})
	return client
}

func (i *Identity) keep(userID string, client *salesforce.Client) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.clients[userID] = client
}

// renew gives an access token that is not the one that the org has refused ("" for none): what was made last, by this node or another one,
// or a new one by one of the user's refresh tokens, one renewal at a time. A token that is dead signs its own session out; the user's
// other sessions go on.
func (i *Identity) renew(ctx context.Context, userID string, refused secret.String) (salesforce.Session, error) {
	for joined := false; ; joined = true {
		done := i.renewals.DoChan(userID, func() (any, error) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewWithin)
			defer cancel()
			return i.renewAny(ctx, userID, refused)
		})
		select {
		case r := <-done:
			if r.Err != nil {
				return salesforce.Session{}, r.Err
			}
			session := r.Val.(salesforce.Session)
			if r.Shared && session.AccessToken == refused && !joined {
				continue // it was made for somebody who had an older one
			}
			return session, nil
		case <-ctx.Done():
			return salesforce.Session{}, ctx.Err()
		}
	}
}

// renewAny tries the user's sessions, the latest first, until one has an access token, or a refresh token that is good. Once one is dead,
// what the others have kept is not believed: the same may have ended them all, and whoever waits is told so by this renewal.
func (i *Identity) renewAny(ctx context.Context, userID string, refused secret.String) (salesforce.Session, error) {
	var dead error
	for {
		s, err := i.cfg.Store.SessionOf(ctx, userID, i.cfg.Clock.Now())
		switch {
		case errors.Is(err, store.ErrNone) && dead != nil:
			return salesforce.Session{}, fault.New(fault.Unsigned, dead, "Your Salesforce session has ended: sign in again.")
		case errors.Is(err, store.ErrNone):
			return salesforce.Session{}, fault.New(fault.Unsigned, err, "Sign in to use the softphone.")
		case err != nil:
			return salesforce.Session{}, unsettled(err)
		}
		session, err := i.renewOne(ctx, s, func(t secret.String) bool { return dead == nil && t != refused })
		switch {
		case err == nil:
			return session, nil
		case errors.Is(err, errElsewhere):
			if err := clock.Pause(ctx, i.cfg.Clock, lookAgain); err != nil {
				return salesforce.Session{}, unsettled(fmt.Errorf("renew session of %s: another node does, and does not end: %w", s.Username, err))
			}
		case errors.Is(err, salesforce.ErrExpired):
			dead = err
		default:
			return salesforce.Session{}, err
		}
	}
}

// errElsewhere means that a session is in another node's hand, or has another refresh token by now: it has to be looked at again.
var errElsewhere = errors.New("renewed elsewhere")

// renewOne gives a session's access token, if it may be good, or else has its refresh token used by this node alone. A token that is dead,
// salesforce.ErrExpired, ends the session.
func (i *Identity) renewOne(ctx context.Context, s store.Session, good func(secret.String) bool) (salesforce.Session, error) {
	if session, ok := i.access(s, good); ok {
		return session, nil
	}
	limited, cancel := context.WithTimeout(ctx, refreshWithin)
	defer cancel()
	s, mine, err := i.cfg.Store.BeginRenewal(ctx, s, renewLease)
	switch {
	case errors.Is(err, store.ErrNone) || err == nil && !mine:
		return salesforce.Session{}, errElsewhere
	case err != nil:
		return salesforce.Session{}, unsettled(err)
	}
	session, known := i.access(s, good)
	if !known {
		session, err = i.renewWith(ctx, s, func(token secret.String) (salesforce.Grant, error) { return i.cfg.App.Refresh(limited, token) })
	}
	if known || err != nil {
		if err := i.cfg.Store.EndRenewal(context.WithoutCancel(ctx), s); err != nil {
			i.cfg.Log.WarnContext(ctx, "others wait for a renewal that is over", "agent", s.Username, "err", err)
		}
	}
	return session, err
}

// use gets new tokens by a refresh token.
type use func(secret.String) (salesforce.Grant, error)

// renewWith uses one session's refresh token, and keeps what it got.
func (i *Identity) renewWith(ctx context.Context, s store.Session, use use) (salesforce.Session, error) {
	refresh, err := i.cfg.Key.Open(s.Refresh, s.UserID)
	if err != nil {
		return salesforce.Session{}, i.dead(ctx, s, err)
	}
	grant, err := use(refresh)
	switch {
	case errors.Is(err, salesforce.ErrExpired):
		return salesforce.Session{}, i.dead(ctx, s, err)
	case err != nil:
		return salesforce.Session{}, fmt.Errorf("renew session of %s: %w", s.Username, err)
	}
	return grant.Session, i.keepGrant(ctx, s, grant, grant.RefreshToken != refresh)
}

// keepGrant keeps the tokens that a session got. Without a refresh token that is new the session is lost: it is tried for as long as
// somebody waits. errElsewhere if the session is not what it was.
func (i *Identity) keepGrant(ctx context.Context, s store.Session, grant salesforce.Grant, rotated bool) error {
	sealed := s.Refresh
	if rotated {
		sealed = i.cfg.Key.Seal(grant.RefreshToken, s.UserID)
	}
	for {
		renewed, err := i.cfg.Store.Renew(ctx, s, sealed, i.cfg.Key.sealAccess(grant.Session, s.UserID))
		switch {
		case err == nil && renewed:
			return nil
		case err == nil:
			return errElsewhere
		case !rotated || errors.Is(err, store.ErrEnded) || clock.Pause(ctx, i.cfg.Clock, lookAgain) != nil:
			return unsettled(err)
		}
	}
}

// dead ends a session whose refresh token is good for nothing, unless it has another one by now.
func (i *Identity) dead(ctx context.Context, s store.Session, why error) error {
	if err := i.drop(ctx, s, why); err != nil {
		return unsettled(err)
	}
	return fmt.Errorf("%w: %w", salesforce.ErrExpired, why)
}

// unsettled is the error of whoever could not find out whether a user is signed in, for a reason that is not the org's: it passes.
func unsettled(err error) error {
	return fault.New(fault.Unavailable, err, "The adapter cannot look now whether the agent is signed in: it is tried again.")
}

// access is the access token that a session has, if it may be good.
func (i *Identity) access(s store.Session, good func(secret.String) bool) (salesforce.Session, bool) {
	session, err := i.cfg.Key.openAccess(s.Access, s.UserID)
	return session, err == nil && session.AccessToken != "" && good(session.AccessToken)
}

// sealedAccess is a way in as it is kept.
type sealedAccess struct {
	Token    string `json:"token"`
	Instance string `json:"instance"`
	Org      string `json:"org"`
}

// accessOf is what a user's access token is bound to: not what a refresh token is.
func accessOf(userID string) string { return "access of " + userID }

func (k Key) sealAccess(s salesforce.Session, userID string) []byte {
	body, err := json.Marshal(sealedAccess{s.AccessToken.Expose(), s.InstanceURL, s.OrgID})
	if err != nil {
		return nil // the next one who needs it renews
	}
	return k.Seal(secret.String(body), accessOf(userID))
}

func (k Key) openAccess(sealed []byte, userID string) (salesforce.Session, error) {
	body, err := k.Open(sealed, accessOf(userID))
	if err != nil {
		return salesforce.Session{}, err
	}
	var a sealedAccess
	err = json.Unmarshal([]byte(body.Expose()), &a)
	return salesforce.Session{InstanceURL: a.Instance, AccessToken: secret.String(a.Token), UserID: userID, OrgID: a.Org}, err
}
