package identity

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/fault"
	"github.com/patchcord/patchcord/internal/pgtest"
	"github.com/patchcord/patchcord/salesforce"
)

// rotating is an org that rotates refresh tokens: the use of an old one ends the session. Its latest access token alone is good.
type rotating struct {
	*httptest.Server

	mu      sync.Mutex // guards what follows
	n       int        // of the tokens that are good
	expired bool       // the access token is not
	again   int        // uses of refresh tokens that were used before
}

func newRotating(t *testing.T) *rotating {
	o := &rotating{}
	o.Server = httptest.NewServer(o)
	t.Cleanup(o.Close)
	return o
}

func (o *rotating) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case strings.HasSuffix(r.URL.Path, "/token") && r.FormValue("grant_type") == "refresh_token" &&
		r.FormValue("refresh_token") != fmt.Sprintf("r%d", o.n):
		o.again++
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error":"invalid_grant","error_description":"expired access/refresh token"}`)
	case strings.HasSuffix(r.URL.Path, "/token"):
		o.n++
		o.expired = false
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": fmt.Sprintf("a%d", o.n), "refresh_token": fmt.Sprintf("r%d", o.n),
			"instance_url": o.URL, "id": o.URL + "/id/00D1/" + amelia})
	case o.expired || r.Header.Get("Authorization") != fmt.Sprintf("Bearer a%d", o.n):
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]`)
	default:
		_, _ = io.WriteString(w, `{"Name":"Amelia Okafor","Username":"agent@x.example"}`)
	}
}

// expire ends the access token, and says how many refresh tokens were used until then.
func (o *rotating) expire() (used int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.expired = true
	return o.n
}

// at is a node's sign-in with this org.
func (o *rotating) at(t *testing.T, s *store.Store, key Key) *Identity {
	t.Helper()
	return New(Config{
		App: salesforce.App{LoginURL: o.URL, ClientID: "client", RedirectURL: "http://adapter/auth/callback"}, Store: s, Key: key,
		Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		SignedOut: func(user, _ string) { t.Errorf("%s was signed out", user) },
	})
}

func newKey(t *testing.T) Key {
	t.Helper()
	key, err := NewKey(random(32))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func read(t *testing.T, i *Identity, userID string) error {
	client, err := i.Client(t.Context(), userID)
	if err != nil {
		return err
	}
	var user struct{ Name string }
	return client.Get(t.Context(), "User", userID, []string{"Name"}, &user)
}

// join opens a database on a server as a node.
func join(t *testing.T, dsn, name string) *store.Store {
	t.Helper()
	s, err := store.OpenPostgres(t.Context(), dsn, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Nodes().Join(t.Context(), name, json.RawMessage(`{}`)); err != nil {
		t.Fatal(err)
	}
	return s
}

// With rotation a token is good once, however many nodes find out at one time that they need another one.
func TestNodesUseEachRefreshTokenOnce(t *testing.T) {
	org, dsn, key := newRotating(t), pgtest.Shared(t), newKey(t)
	one, two := org.at(t, join(t, dsn, "one"), key), org.at(t, join(t, dsn, "two"), key)
	if _, _, err := one.begin(t.Context(), "c", "v", amelia); err != nil {
		t.Fatal(err)
	}
	for round := 1; round <= 4; round++ {
		if used := org.expire(); used != round {
			t.Fatalf("%d tokens were made before round %d", used, round)
		}
		var all sync.WaitGroup
		for range 25 {
			for _, node := range []*Identity{one, two} {
				all.Go(func() {
					if err := read(t, node, amelia); err != nil {
						t.Error(err)
					}
				})
			}
		}
		all.Wait()
	}
	if org.again != 0 {
		t.Errorf("%d times a token was used again", org.again)
	}
}

// Whoever comes anew has no reason to renew: what was made last may be good still, and if it is not the org says so.
func TestARestartRenewsNothing(t *testing.T) {
	org, key := newRotating(t), newKey(t)
	s, err := store.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, _, err := org.at(t, s, key).begin(t.Context(), "c", "v", amelia); err != nil {
		t.Fatal(err)
	}
	again := org.at(t, s, key)
	if err := read(t, again, amelia); err != nil || org.n != 1 {
		t.Errorf("%v, %d tokens made", err, org.n)
	}
	org.expire()
	if err := read(t, org.at(t, s, key), amelia); err != nil || org.n != 2 {
		t.Errorf("%v, %d tokens made", err, org.n)
	}
	kept, err := s.SessionOf(t.Context(), amelia, time.Now())
	if err != nil || strings.Contains(string(kept.Access), "a2") {
		t.Errorf("kept in the clear: %q, %v", kept.Access, err)
	}
	if _, err := key.Open(kept.Access, amelia); err == nil {
		t.Error("an access token opens as a refresh token")
	}
}

// Whoever was signed out at one node is so at the others, once they were told.
func TestAnotherNodesClientIsForgotten(t *testing.T) {
	org, dsn, key := newRotating(t), pgtest.Shared(t), newKey(t)
	one, two := org.at(t, join(t, dsn, "one"), key), org.at(t, join(t, dsn, "two"), key)
	one.cfg.SignedOut = func(user, _ string) { two.Forget(user) }
	if _, _, err := one.begin(t.Context(), "c", "v", amelia); err != nil {
		t.Fatal(err)
	}
	if err := read(t, two, amelia); err != nil {
		t.Fatal(err)
	}
	if err := one.dropAll(t.Context(), amelia); err != nil {
		t.Fatal(err)
	}
	if err := read(t, two, amelia); fault.Of(err).Kind != fault.Unsigned {
		t.Errorf("the other node still acts for them: %v", err)
	}
}

// A renewal for which nobody could wait any longer may still be under way at the org, which refuses the next one because of that alone.
func TestARenewalThatTheOrgIsStillAtEndsNoSession(t *testing.T) {
	b := newBench(t)
	session, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.dead = func(string) bool { return true }
	b.refusal = `{"error":"invalid_grant","error_description":"token request is already being processed"}`
	_, err = b.renew(t.Context(), user, "a of rc")
	if failed, ok := errors.AsType[*salesforce.Error](err); !ok || !failed.Passing() || len(b.signedOut) != 0 {
		t.Errorf("signed out %q: %v", b.signedOut, err)
	}
	if _, err := b.Who(t.Context(), session); err != nil {
		t.Errorf("the good session is gone: %v", err)
	}
	b.dead = nil
	if _, err := b.renew(t.Context(), user, "a of rc"); err != nil {
		t.Errorf("it is not tried again: %v", err)
	}
}

// Whoever cannot look whether a user is signed in does not know it: that passes, and is no answer of the org.
func TestAStoreThatDoesNotAnswerSignsNobodyOut(t *testing.T) {
	b := newBench(t)
	_, user, err := b.begin(t.Context(), "c", "v", "")
	if err != nil {
		t.Fatal(err)
	}
	b.Forget(user)
	if err := b.cfg.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Client(t.Context(), user); fault.Of(err).Kind != fault.Unavailable {
		t.Errorf("%v", err)
	}
}
