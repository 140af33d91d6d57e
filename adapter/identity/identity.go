// Package identity signs agents in with their CRM account and acts for them afterwards.
//
// Read first: Identity, Identity.Handler, Identity.Client. It knows OAuth and sessions, nothing of flows or sockets.
package identity

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/salesforce"
)

const (
	sessionLife = 12 * time.Hour // sliding: a hello renews it
	renewAfter  = time.Hour      // of it, so that many pages that come back at once are not as many writes
	signInLife  = 10 * time.Minute
)

// Config is what sign-in needs.
type Config struct {
	App     salesforce.App
	Store   *store.Store
	Key     Key
	Origins []string // pages that may ask for a sign-in
	// Panel is where the popup goes once the CRM knows the agent.
	Panel func(ctx context.Context, userID string) (Panel, error)
	// SignedOut hears that a session, by the hash of what its pages show, is over: dead, expired, or that of a user who may not sign in
	// any more. Only the node that ended it hears it: the others are to Forget the user, and to close the session's sockets.
	SignedOut func(userID, session string)
	// SignedIn hears that a user has signed in; nil for nobody.
	SignedIn func(userID string)
	// Inactive tells which of these users (ids of 18 characters) are deactivated, as Inactive does; nil asks nobody. One node asks it, and
	// Gone, for all.
	Inactive func(ctx context.Context, userIDs []string) ([]string, error)
	// Gone tells who was deactivated or frozen since a moment, as Gone does; nil asks nobody.
	Gone func(ctx context.Context, since time.Time) ([]string, error)
	// Admit takes a person in who signed in to the adapter's own pages; nil if there are none.
	Admit func(w http.ResponseWriter, r *http.Request, userID, name, back string)
	// Meter takes what the org says of its API allowance; nil for nobody.
	Meter *salesforce.Meter
	Clock clock.Clock
	Log   *slog.Logger
}

// Panel is the contact centre's panel of an agent. URL and LoginURL are "" if the agent's adapter record does not say.
type Panel struct {
	URL      string
	LoginURL string // where to sign in to it first; "" for the panel itself
	Settings string // JSON, for the page that opened the popup
}

// Identity is safe for concurrent use.
type Identity struct {
	cfg      Config
	renewals singleflight.Group // by user id: a refresh token that is rotated must not be used twice

	spent spent // states of sign-ins that have ended

	mu      sync.Mutex                    // guards what follows
	clients map[string]*salesforce.Client // by user id
	greeted map[string]bool               // users of sessions that were shown; false if nobody asked yet whether they are active
}

// New starts nothing.
func New(cfg Config) *Identity {
	return &Identity{cfg: cfg, clients: map[string]*salesforce.Client{}, greeted: map[string]bool{}}
}

// Who finds the session that a page shows, and lengthens its life. fault.Unsigned if it is not good. Its UserID is to be that of the page.
func (i *Identity) Who(ctx context.Context, session string) (store.Session, error) {
	s, err := i.cfg.Store.Session(ctx, hash(session), i.cfg.Clock.Now())
	if errors.Is(err, store.ErrNone) {
		return s, fault.New(fault.Unsigned, err, "Sign in to use the softphone.")
	}
	if err != nil {
		return s, err
	}
	i.greet(s.UserID)
	now := i.cfg.Clock.Now()
	if s.Expires.Sub(now) > sessionLife-renewAfter {
		return s, nil
	}
	if err := i.cfg.Store.LengthenSession(ctx, s.TokenHash, now.Add(sessionLife)); err != nil {
		i.cfg.Log.WarnContext(ctx, "session not lengthened", "agent", s.Username, "err", err) // it is good all the same
		return s, nil
	}
	s.Expires = now.Add(sessionLife)
	return s, nil
}

// IsOut says whether a user was signed out and has not signed in again.
func (i *Identity) IsOut(ctx context.Context, userID string) (bool, error) {
	var out store.Out
	now := i.cfg.Clock.Now()
	err := i.cfg.Store.View(ctx, func(tx *store.Tx) (err error) {
		out, err = store.SignedOut(tx, userID, now, now)
		return err
	})
	return !out.From.IsZero(), err
}

// LengthenEvery is how often Lengthen is to be called for sessions whose pages stay connected.
const LengthenEvery = sessionLife / 8

// Lengthen moves the end of a session, by the hash of what its pages show. One that is over stays over.
func (i *Identity) Lengthen(ctx context.Context, tokenHash string) error {
	now := i.cfg.Clock.Now()
	s, err := i.cfg.Store.Session(ctx, tokenHash, now)
	if errors.Is(err, store.ErrNone) || err == nil && s.Expires.Sub(now) > sessionLife-renewAfter {
		return nil
	}
	if err != nil {
		return err
	}
	return i.cfg.Store.LengthenSession(ctx, tokenHash, now.Add(sessionLife))
}

// drop ends a session whose token is dead and tells its pages. One that has got another token meanwhile goes on.
func (i *Identity) drop(ctx context.Context, s store.Session, why error) error {
	dropped, err := i.cfg.Store.DropSession(ctx, s, i.cfg.Clock.Now())
	if err != nil || !dropped {
		return err
	}
	i.cfg.Log.InfoContext(ctx, "session ended", "agent", s.Username, "err", why)
	i.mu.Lock()
	delete(i.clients, s.UserID)
	i.mu.Unlock()
	if _, err := i.cfg.Store.SessionOf(ctx, s.UserID, i.cfg.Clock.Now()); errors.Is(err, store.ErrNone) {
		i.leave(s.UserID)
	}
	i.cfg.SignedOut(s.UserID, s.TokenHash)
	return nil
}

// begin turns an authorisation code into a session and returns what the page shows from then on. A page that was made for another user,
// "" for an unknown one, gets none.
func (i *Identity) begin(ctx context.Context, code, verifier, pageUser string) (session string, userID string, err error) {
	grant, err := i.cfg.App.Exchange(ctx, code, verifier)
	if err != nil {
		return "", "", fault.New(fault.Unsigned, err, "Salesforce did not confirm the sign-in: close this window and try again.")
	}
	if grant.RefreshToken == "" {
		return "", "", fault.New(fault.Invalid, nil, "The External Client App gives no refresh token: add the scope RefreshToken to it.")
	}
	userID = grant.Session.UserID
	if pageUser != "" && !salesforce.SameID(pageUser, userID) {
		return "", "", i.otherUser(ctx, grant.Session, pageUser)
	}
	client := i.clientOf(userID, grant.Session)
	var user struct{ Name, Username string }
	if err := client.Get(ctx, "User", userID, []string{"Name", "Username"}, &user); salesforce.NoAPI(err) {
		return "", "", fault.New(fault.Denied, err,
			"Your Salesforce user may not use the API: ask an administrator for a permission set with API Enabled.")
	} else if err != nil {
		return "", "", fmt.Errorf("read user: %w", err)
	}
	session = token()
	now := i.cfg.Clock.Now()
	err = i.cfg.Store.PutSession(ctx, store.Session{
		TokenHash: hash(session), UserID: userID, Username: user.Username, Name: user.Name, Instance: grant.Session.InstanceURL,
		Refresh: i.cfg.Key.Seal(grant.RefreshToken, userID), Access: i.cfg.Key.sealAccess(grant.Session, userID), Expires: now.Add(sessionLife),
	}, now)
	if err != nil {
		return "", "", fmt.Errorf("keep session: %w", err)
	}
	i.keep(userID, client)
	i.cfg.Log.InfoContext(ctx, "agent signed in", "agent", user.Username)
	if i.cfg.SignedIn != nil {
		i.cfg.SignedIn(userID)
	}
	return session, userID, nil
}

// otherUser says to whom the page belongs and who is signed in to the CRM. The session that says so is used for that alone.
func (i *Identity) otherUser(ctx context.Context, session salesforce.Session, pageUser string) error {
	client := salesforce.New(salesforce.Config{Session: session, HTTP: i.cfg.App.HTTP, Clock: i.cfg.Clock, Log: i.cfg.Log})
	called := func(userID, otherwise string) string {
		var user struct{ Name, Username string }
		if err := client.Get(ctx, "User", userID, []string{"Name", "Username"}, &user); err != nil || user.Username == "" {
			return otherwise
		}
		return fmt.Sprintf("%s (%s)", user.Name, user.Username)
	}
	page, now := called(pageUser, "another user"), called(session.UserID, "somebody else")
	return fault.New(fault.Denied, nil, "This page belongs to %s, but in this browser Salesforce is signed in as %s. Close this window; then "+
		"reload the page to work as %s, or log in to Salesforce as %s and try again.", page, now, now, page)
}
